"""What a person types at any level becomes leaf values: figure, change or percent, split with locks held."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from onenumber.errors.consensus import AllLockedError, EmptyPlaceError, LockedExceedError, NegativeDemandError
from onenumber.model.cube import Values

Mask = npt.NDArray[np.bool_]
ROUNDING = 1e-12
"""Share of what stood within which what is left of it is the rounding of floats."""
SAME = 1e-6  # C25: layers that cancel leave this much, of either sign


class Mode(StrEnum):
    """How a value was typed."""

    SET = "set"  # a figure
    ADD = "add"  # a change, signed
    PERCENT = "percent"  # a change in percent of what stood there


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed: the value in its mode; percent means 5 for +5 %."""

    mode: Mode
    value: float

    def total(self, standing: float) -> float:
        """The total that is meant where ``standing`` stood; what a change leaves within rounding of zero is zero.

        Example:
            >>> Typed(mode=Mode.PERCENT, value=-5).total(200.0)
            190.0
            >>> Typed(mode=Mode.ADD, value=-0.3).total(0.1 + 0.2)
            0.0
        """
        if self.mode is Mode.SET:
            return self.value
        added = self.value if self.mode is Mode.ADD else standing * self.value / 100.0
        total = standing + added
        return 0.0 if abs(total) <= ROUNDING * abs(standing) or -SAME <= total < 0 else total


def spread(*, shown: Values, typed: Typed, locked: Mask, history: Values, place: str) -> Values:
    """The leaves after an edit at their total; (leaves x periods) in and out, each period by itself.

    The new total less what is locked is shared over the unlocked leaves (1) by their present values, (2) if those
    are all zero by ``history`` (mean of the last year, one value per leaf), (3) if that is zero too, equally. The
    leaves add up to the total (to the last float digit that the largest leaf can take).

    Raises:
        EmptyPlaceError: if there is no leaf.
        AllLockedError: if every leaf of a period is locked and its total would change.
        LockedExceedError: if the locked leaves are more than the total.
        NegativeDemandError: if the total would be negative.

    Example:
        >>> s = spread(shown=np.array([[30.0], [10.0]]), typed=Typed(mode=Mode.SET, value=80.0),
        ...            locked=np.array([[False], [False]]), history=np.array([1.0, 1.0]), place="F1")
        >>> s.tolist()
        [[60.0], [20.0]]
    """
    if not len(shown):
        raise EmptyPlaceError(place=place)
    columns = [
        _spread_one(shown[:, k], typed.total(float(shown[:, k].sum())), locked[:, k], history, place)
        for k in range(shown.shape[1])
    ]
    return np.stack(columns, axis=1)


def _spread_one(shown: Values, total: float, locked: Mask, history: Values, place: str) -> Values:
    held = float(shown[locked].sum())
    if total < 0:
        raise NegativeDemandError(typed=total, place=place)
    if total == float(shown.sum()):
        return shown.copy()  # to the last bit: 0 % leaves what stands
    if bool(locked.all()):
        raise AllLockedError(leaves=len(shown), place=place)
    if total < held - SAME:
        raise LockedExceedError(typed=total, locked=held, place=place)
    free = ~locked
    after = shown.copy()
    after[free] = _share(max(total - held, 0.0), shown[free], history[free])
    return _closed(after, free, total)


def _share(amount: float, values: Values, history: Values) -> Values:
    weights = next((w for w in (values, history) if float(w.sum()) > 0), np.ones_like(values))
    return amount * (weights / float(weights.sum()))


def _closed(after: Values, free: Mask, total: float) -> Values:
    """Put the float residue of the split on the largest free leaf, so that the parts add up."""
    largest = int(np.argmax(np.where(free, after, -np.inf)))
    after[largest] = max(after[largest] + (total - float(after.sum())), 0.0)
    return after
