"""What a person's sales figures did to the error a month ahead, against the baseline that she was given."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.measure.value_added import StepValue, value_added
from onenumber.model.cube import Cube, State, Values

FEWEST, FAR = 6, 0.10
"""Cycles from which a habit is spoken of, and the share of it beyond which a baseline counts as moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What stood in a cycle: sales figure and baseline on one axis, the worth of a unit per stream, and the patches."""

    cycle: int
    sales: Cube
    baseline: Cube
    worth: Values
    patches: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month that was called a month ahead, in money: by sales, by the baseline, and what came."""

    period: int
    sales: float
    baseline: float
    actual: float

    @property
    def over(self) -> float | None:
        """How far sales were over (+) or under (-) what came, as a share of it.

        Example:
            >>> Month(period=3, sales=12.0, baseline=10.0, actual=10.0).over
            0.2
        """
        return None if not self.actual else round(self.sales / self.actual - 1, 9)

    @property
    def raised(self) -> float | None:
        """How far sales put the baseline up (+) or down (-), as a share of it."""
        return None if not self.baseline else self.sales / self.baseline - 1

    @property
    def nearer(self) -> bool:
        """Whether what came was nearer to the call than to the baseline."""
        return abs(self.sales - self.actual) < abs(self.baseline - self.actual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A person's months, and her value added over the baseline on the cells that both forecast; None without any."""

    months: tuple[Month, ...]
    added: StepValue | None

    def moved(self, sign: int) -> tuple[Month, ...]:
        """The months in which the baseline was put up (sign 1) or down (-1) by more than :data:`FAR`."""
        return tuple(one for one in self.months if one.raised is not None and sign * one.raised > FAR)

    @property
    def bias(self) -> float | None:
        """All months together: how far the calls were over what came, as a share of it."""
        came = sum(one.actual for one in self.months)
        return sum(one.sales - one.actual for one in self.months) / came if came else None


def skill(calls: Sequence[Call], *, actual: Cube) -> Skill:
    """The skill that stands in some cycles' calls, by what was asked a month later.

    A call counts where its month has happened and is known. Cells are streams, weighed with what a unit is worth in
    the cycle; one without a price, or that is asked for no more by any label of ``actual``, takes no part.

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> axis = Axis("stream", np.array(["A|x"]), {"patch": np.array(["Nord"])})
        >>> said, base, came = (cube(measure=m, values=np.full((1, 2), v), axis=axis, first=4, unit="pcs")
        ...                     for m, v in (("S", 12.0), ("L1", 9.0), ("demand", 10.0)))
        >>> found = skill([Call(cycle=4, sales=said, baseline=base, worth=np.ones(1), patches=["Nord"])], actual=came)
        >>> found.months, found.added.added
        ((Month(period=5, sales=12.0, baseline=9.0, actual=10.0),), -0.1)
    """
    scored = [one for one in (_scored(call, actual) for call in calls) if one is not None]
    if not scored:
        return Skill(months=(), added=None)
    rows = {key: k for k, key in enumerate(sorted({key for one in scored for key in one.keys}))}
    sides = [np.full((len(rows), len(scored)), np.nan) for _ in range(3)]
    for column, one in enumerate(scored):
        at = [rows[key] for key in one.keys]
        for side, values in zip(sides, (one.baseline, one.sales, one.actual), strict=True):
            side[at, column] = values
    baseline, sales, came = sides
    steps = value_added(steps={"baseline": baseline, "sales": sales}, actual=came)
    return Skill(months=tuple(one.month for one in scored), added=steps[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    period: int
    keys: list[str]
    sales: Values
    baseline: Values
    actual: Values

    @property
    def month(self) -> Month:
        """Its sums."""
        sums = (float(side.sum()) for side in (self.sales, self.baseline, self.actual))
        return Month(period=self.period, **dict(zip(("sales", "baseline", "actual"), sums, strict=True)))


def _scored(call: Call, actual: Cube) -> _Scored | None:
    period = call.cycle + 1
    if not all(period in one.indices for one in (call.sales, call.baseline, actual)):
        return None
    found = actual.axis.find(call.sales.axis.keys)
    came = actual.values[found, period - actual.first]
    base = call.baseline.axis.find(call.sales.axis.keys)
    there = actual.state[found, period - actual.first] != State.MISSING
    known = (found >= 0) & (base >= 0) & there & np.isfinite(call.worth)
    rows = np.flatnonzero(known & np.isin(call.sales.axis.labels("patch"), sorted(call.patches)))
    if not len(rows):
        return None
    worth = call.worth[rows]
    given = call.baseline.values[base[rows], period - call.baseline.first]
    return _Scored(
        period=period, keys=call.sales.axis.keys[rows].tolist(), baseline=given * worth, actual=came[rows] * worth,
        sales=call.sales.values[rows, period - call.sales.first] * worth,
    )  # fmt: skip
