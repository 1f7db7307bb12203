"""History as arrays: (periods x series), the last row is the last period of every series."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
LARGEST = 1e100
"""No demand is larger; squares of it still fit a float, so one absurd value can't overflow its batch."""


@dataclass(frozen=True)
class Panel:
    """Observations, (periods x series), 0.0 where nothing was seen; ``seen`` tells a true zero from a gap.

    A series begins with its first observation: what lies before is not there, a gap after it is missing.
    """

    values: Floats
    seen: Bools

    @property
    def periods(self) -> int:
        """Number of periods."""
        return int(self.values.shape[0])

    @property
    def series(self) -> int:
        """Number of series."""
        return int(self.values.shape[1])

    @cached_property
    def live(self) -> Bools:
        """True from the first observation of a series on, (periods x series)."""
        return np.logical_or.accumulate(self.seen, axis=0)

    @cached_property
    def observed(self) -> Floats:
        """Number of observations per series."""
        return total(self.seen)

    @cached_property
    def age(self) -> Floats:
        """Number of periods since a series began, per period: 1 in the first, 0 before it."""
        return np.add.accumulate(self.live, axis=0, dtype=np.float64)

    def take(self, columns: Ints | slice) -> "Panel":
        """The panel cut to some series."""
        return Panel(self.values[:, columns], self.seen[:, columns])

    def until(self, periods: int) -> "Panel":
        """The panel as it was known when ``periods`` periods had passed."""
        return Panel(self.values[:periods], self.seen[:periods])

    def where(self, values: Floats) -> "Panel":
        """Other values, seen in the same cells."""
        return Panel(np.where(self.seen, values, 0.0), self.seen)


def panel_of(values: Floats) -> Panel:
    """The panel of values given as (series x periods); what is not finite, or beyond :data:`LARGEST`, was not seen.

    Example:
        >>> p = panel_of(np.array([[np.nan, 3.0, np.nan, 0.0]]))
        >>> p.observed.tolist(), p.live[:, 0].tolist(), p.age[:, 0].tolist()
        ([2.0], [False, True, True, True], [0.0, 1.0, 2.0, 3.0])
    """
    columns = np.ascontiguousarray(values.T, dtype=np.float64)
    seen = np.abs(columns) <= LARGEST
    return Panel(np.where(seen, columns, 0.0), seen)


def total(values: Floats | Bools) -> Floats:
    """Sum over periods, (periods x series) -> (series), period by period.

    ``np.sum`` groups its terms by the shape of the array; this sum has one order, so that a series gives the same
    bits alone, in a batch and behind any number of empty periods.

    Example:
        >>> total(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
        [4.0, 6.0]
    """
    if not len(values):
        return np.zeros(values.shape[1])
    sums: Floats = np.add.accumulate(values, axis=0, dtype=np.float64)[-1]
    return sums


def every(values: Bools) -> Bools:
    """True where every period is, (periods x series) -> (series)."""
    held: Bools = np.logical_and.reduce(values, axis=0)
    return held


def divide(numerator: Floats, denominator: Floats, otherwise: float = 0.0) -> Floats:
    """Quotient, cell by cell, and ``otherwise`` where the denominator is zero.

    Example:
        >>> divide(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
        [0.25, 0.0]
    """
    safe = np.where(denominator == 0.0, 1.0, denominator)
    return np.where(denominator == 0.0, otherwise, numerator / safe)
