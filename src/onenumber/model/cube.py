"""Numbers on an axis over periods, each cell with its state."""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from onenumber.errors.model import BadCubeError, LabelMismatchError, UnlikeUnitsError
from onenumber.model.axis import Axis, Labels, Rows

Values = npt.NDArray[np.float64]
States = npt.NDArray[np.uint8]


class State(IntEnum):
    """What a cell is. Only ``PRESENT`` carries a number; the others carry 0.0 that nobody may read as one."""

    PRESENT = 0
    NONE = 1  # structurally absent: adds nothing
    MISSING = 2  # should be there: left out of a sum, and counted
    WITHHELD = 3  # there, but not for this reader
    NOT_COMPUTED = 4


@dataclass(frozen=True)
class Cube:
    """One measure: float64 values and a state per cell, (series x periods).

    ``first`` is the calendar index of column 0; ``units`` names one unit per series.
    """

    measure: str
    values: Values
    state: States
    axis: Axis
    first: int
    units: Labels

    def __post_init__(self) -> None:
        if self.values.shape != self.state.shape or self.values.ndim != 2:  # noqa: PLR2004 - series x periods
            raise BadCubeError(measure=self.measure, what=f"{self.values.shape} values, {self.state.shape} states")
        if len(self.axis) != self.values.shape[0] or len(self.units) != self.values.shape[0]:
            what = f"{self.values.shape[0]} series for {len(self.axis)} labels and {len(self.units)} units"
            raise BadCubeError(measure=self.measure, what=what)
        if not bool(np.all(np.isfinite(self.values))):
            raise BadCubeError(measure=self.measure, what="a value is not finite; mark the cell missing instead")

    @property
    def periods(self) -> int:
        """Number of periods."""
        return int(self.values.shape[1])

    @property
    def indices(self) -> range:
        """Calendar indices of the columns."""
        return range(self.first, self.first + self.periods)

    def same_labels(self, other: "Cube") -> None:
        """Refuse to go on unless both cubes stand on the same axis and periods.

        Raises:
            LabelMismatchError: if they do not.
        """
        if self.axis != other.axis:
            odd = set(self.axis.keys.tolist()) ^ set(other.axis.keys.tolist())
            example = min(odd, default="the same labels with other attributes")
            raise LabelMismatchError(left=self.measure, right=other.measure, example=example)
        if self.indices != other.indices:
            example = f"periods {self.indices} and {other.indices}"
            raise LabelMismatchError(left=self.measure, right=other.measure, example=example)

    def add(self, other: "Cube") -> "Cube":
        """Cell by cell sum; *none* adds nothing, anything else that is not present wins over the sum.

        Raises:
            LabelMismatchError: if labels differ.

        Example:
            >>> axis = Axis("item", np.array(["A"]), {})
            >>> a = cube(measure="a", values=np.array([[1.0, 2.0]]), axis=axis, first=0, unit="pcs")
            >>> a.add(a).values.tolist()
            [[2.0, 4.0]]
        """
        self.same_labels(other)
        mine, theirs = self.state, other.state
        state = np.where(mine == State.NONE, theirs, np.where(theirs == State.NONE, mine, np.maximum(mine, theirs)))
        values = np.where(state == State.PRESENT, self.values + other.values, 0.0)
        return replace(self, values=values, state=state.astype(np.uint8))

    def rename(self, measure: str) -> "Cube":
        """The same numbers under another measure."""
        return replace(self, measure=measure)

    def cut(self, first: int, periods: int) -> "Cube":
        """The same series over ``periods`` periods from calendar index ``first``; cells outside are *not computed*.

        Example:
            >>> axis = Axis("item", np.array(["A"]), {})
            >>> c = cube(measure="a", values=np.array([[1.0, 2.0]]), axis=axis, first=5, unit="pcs").cut(6, 2)
            >>> c.values.tolist(), c.state.tolist()
            ([[2.0, 0.0]], [[0, 4]])
        """
        values = np.zeros((len(self.axis), periods))
        state = np.full((len(self.axis), periods), State.NOT_COMPUTED, dtype=np.uint8)
        low, high = max(first, self.first), min(first + periods, self.first + self.periods)
        if low < high:
            values[:, low - first : high - first] = self.values[:, low - self.first : high - self.first]
            state[:, low - first : high - first] = self.state[:, low - self.first : high - self.first]
        return replace(self, values=values, state=state, first=first)

    def take(self, rows: Rows) -> "Cube":
        """The cube cut to some series."""
        kept = np.unique(rows)
        return replace(
            self, values=self.values[kept], state=self.state[kept], axis=self.axis.take(kept), units=self.units[kept]
        )


@dataclass(frozen=True)
class Total:
    """A sum of present cells, and how many cells it should have had and had (its coverage), per group and period."""

    values: Values
    present: Values
    expected: Values

    @property
    def coverage(self) -> Values:
        """Share of expected cells that are present; NaN where none was expected."""
        with np.errstate(invalid="ignore"):
            return np.where(self.expected > 0, self.present / np.maximum(self.expected, 1.0), np.nan)


def cube(*, measure: str, values: Values, axis: Axis, first: int, unit: str | Labels) -> Cube:
    """A cube of present cells; NaN becomes *missing*.

    Example:
        >>> axis = Axis("item", np.array(["A"]), {})
        >>> cube(measure="q", values=np.array([[np.nan]]), axis=axis, first=0, unit="pcs").state.tolist()
        [[2]]
    """
    missing = np.isnan(values)
    units = np.full(len(axis), unit) if isinstance(unit, str) else unit
    state = np.where(missing, State.MISSING, State.PRESENT).astype(np.uint8)
    return Cube(measure, np.where(missing, 0.0, values), state, axis, first, units)


def sum_by(source: Cube, codes: Rows, groups: int) -> Total:
    """Sum of a cube's series per group: (groups x periods), added in row order so that bits repeat.

    Raises:
        UnlikeUnitsError: if the series of one group carry different units.

    Example:
        >>> axis = Axis("item", np.array(["A", "B"]), {})
        >>> q = cube(measure="q", values=np.array([[1.0], [np.nan]]), axis=axis, first=0, unit="pcs")
        >>> t = sum_by(q, np.array([0, 0]), 1)
        >>> t.values.tolist(), t.coverage.tolist()
        ([[1.0]], [[0.5]])
    """
    _refuse_unlike_units(source.units, codes, groups)
    present = (source.state == State.PRESENT).astype(np.float64)
    expected = (source.state != State.NONE).astype(np.float64)
    return Total(*(_add(part, codes, groups) for part in (source.values * present, present, expected)))


def _add(values: Values, codes: Rows, groups: int) -> Values:
    total = np.zeros((groups, values.shape[1]))
    np.add.at(total, codes, values)
    return total


def alike(total: float, units: Labels) -> float | None:
    """A sum over series, or None where their units are unlike, so that it is a sum of nothing (C18).

    Example:
        >>> alike(5.0, np.array(["pcs", "pcs"])), alike(5.0, np.array(["pcs", "kg"]))
        (5.0, None)
    """
    return float(total) if len(np.unique(units)) <= 1 else None


def _refuse_unlike_units(units: Labels, codes: Rows, groups: int) -> None:
    _, unit_codes = np.unique(units, return_inverse=True)
    low = np.full(groups, np.iinfo(np.int64).max)
    high = np.full(groups, -1)
    np.minimum.at(low, codes, unit_codes)
    np.maximum.at(high, codes, unit_codes)
    mixed = np.flatnonzero((low < high) & (high >= 0))
    if len(mixed):
        raise UnlikeUnitsError(units=" and ".join(np.unique(units[codes == mixed[0]]).tolist()))
