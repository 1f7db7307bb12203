"""The periods of one plan, and dated tables spread over them."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.axis import Labels
from onenumber.model.period import Calendar, Days, Period
from onenumber.model.validity import Dated

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """``count`` periods of a calendar from index ``first`` on; inside the room they count from 0."""

    calendar: Calendar
    first: int
    count: int

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods in order."""
        return self.calendar.periods[self.first : self.first + self.count]

    @property
    def start(self) -> dt.date:
        """First day of the first period."""
        return self.calendar[self.first].start

    @property
    def starts(self) -> Days:
        """First day of each period."""
        return self.calendar.starts[self.first : self.first + self.count]

    @property
    def ends(self) -> Days:
        """First day after each period."""
        return self.calendar.ends[self.first : self.first + self.count]

    def at(self, days: Days) -> Ints:
        """Period of each day counted from 0; negative before the horizon, ``count`` or more after it.

        Example:
            >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=3, count=6)
            >>> h.at(np.array(["2026-03-31", "2026-04-01", "2026-12-01"], dtype="datetime64[D]")).tolist()
            [-1, 0, 8]
        """
        found = np.searchsorted(self.calendar.starts, days, side="right") - 1
        return (found - self.first).astype(np.int64)


def over_periods(table: pl.DataFrame, *, key: list[str], horizon: Horizon) -> Dated:
    """The row of each key that holds on the first day of each period, with the period in ``t`` (from 0).

    Example:
        >>> t = pl.DataFrame({"k": ["a"], "valid_from": [dt.date(2026, 2, 1)], "valid_to": [None]},
        ...                  schema={"k": pl.String, "valid_from": pl.Date, "valid_to": pl.Date})
        >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=0, count=3)
        >>> over_periods(t, key=["k"], horizon=h).t.tolist()
        [1, 2]
    """
    return Dated.of(table, horizon.starts, key)


def matches(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Places of all pairs of equal numbers, in the order of the left and, for each of them, of the right.

    Example:
        >>> [places.tolist() for places in matches(np.array([7, 5, 9]), np.array([5, 7, 5]))]
        [[0, 1, 1], [1, 0, 2]]
    """
    order = np.argsort(right, kind="stable")
    first = np.searchsorted(right[order], left, side="left")
    count = np.searchsorted(right[order], left, side="right") - first
    before = np.cumsum(count) - count
    at = np.arange(int(count.sum())) - np.repeat(before - first, count)
    return np.repeat(np.arange(len(left)), count), order[at]


def numbered(*labels: Labels) -> list[Ints]:
    """The same number for the same label in all arrays, in the order of the labels.

    Example:
        >>> [numbers.tolist() for numbers in numbered(np.array(["B", "A"]), np.array(["C", "B"]))]
        [[1, 0], [2, 1]]
    """
    numbers = np.unique(np.concatenate(labels), return_inverse=True)[1].astype(np.int64)
    return np.split(numbers, np.cumsum([len(one) for one in labels[:-1]]))


def distinct(*columns: Ints | Floats) -> tuple[Ints, Ints]:
    """The first of each distinct row of some columns, in the order of their values, and which of them each row is.

    Example:
        >>> [found.tolist() for found in distinct(np.array([7, 5, 7]), np.array([0.5, 0.5, 0.5]))]
        [[1, 0], [1, 0, 1]]
    """
    order = np.lexsort(columns[::-1])
    new = np.zeros(len(order), dtype=bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[order[1:]] != column[order[:-1]]
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return order[new].astype(np.int64), number
