"""The model company's time: 48 months of history before the month of the as-of date, twelve closed cycles in it."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onenumber.model.period import Calendar, Days

HISTORY = 48
"""Months of facts before the current cycle."""
CLOSED = 12
"""Cycles closed before the current one."""
PERIODS = 84
"""Months in the calendar: history, and room for the horizon and two fiscal years."""
HORIZON = 18
"""Months planned ahead."""

Months = npt.NDArray[np.int64]
_WEEK = "1111100"
_FIXED = ((1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The calendar, and the index of the month that all stories are told from: the open cycle at the first start.

    ``later`` is how many months have happened since: everything before the month ``reached`` has.
    """

    calendar: Calendar
    now: int
    later: int = 0

    @property
    def reached(self) -> int:
        """Index of the first month that has not happened yet."""
        return self.now + self.later

    @property
    def morning(self) -> dt.date:
        """First day of the month reached: facts end before it."""
        return self.calendar[self.reached].start

    @property
    def today(self) -> dt.date:
        """First day of the month that stories are told from."""
        return self.calendar[self.now].start

    def day(self, month: int, day: int = 1) -> dt.date:
        """The ``day``-th of the month that lies ``month`` months from the current one.

        Example:
            >>> clock_at(dt.date(2026, 11, 25)).day(-1, 10)
            datetime.date(2026, 10, 10)
        """
        return self.calendar[self.now + month].start + dt.timedelta(days=day - 1)

    @property
    def closed_days(self) -> list[dt.date]:
        """Holidays of every site, in order."""
        years = range(self.calendar[0].start.year, self.calendar.periods[-1].end.year + 1)
        return [dt.date(year, month, day) for year in years for month, day in _FIXED]

    @property
    def workdays(self) -> Months:
        """Working days of each month of the calendar."""
        counted = np.busday_count(self.calendar.starts, self.calendar.ends, weekmask=_WEEK, holidays=self.closed_days)
        return counted.astype(np.int64)

    @property
    def fullness(self) -> npt.NDArray[np.float64]:
        """Working days of each month over those of an average one."""
        days = self.workdays.astype(np.float64)
        full: npt.NDArray[np.float64] = days / days.mean()
        return full

    def on_workday(self, days: Days, *, forward: bool) -> Days:
        """Each day, moved to the next (or else the last) working day where it is none."""
        if forward:
            return np.busday_offset(days, 0, roll="forward", weekmask=_WEEK, holidays=self.closed_days)
        return np.busday_offset(days, 0, roll="backward", weekmask=_WEEK, holidays=self.closed_days)

    def on_workday_or_none(self, days: Days) -> Days:
        """Each day, moved to the next working day; no day stays none."""
        known = ~np.isnat(days)
        moved = days.copy()
        moved[known] = self.on_workday(days[known], forward=True)
        return moved


def clock_at(as_of: dt.date, *, later: int = 0) -> Clock:
    """The clock of a company whose stories are told from the month of ``as_of``, ``later`` months after it.

    Example:
        >>> c = clock_at(dt.date(2026, 11, 25))
        >>> c.today, c.calendar[0].start, c.now
        (datetime.date(2026, 11, 1), datetime.date(2022, 11, 1), 48)
    """
    start = dt.date(as_of.year - HISTORY // 12, as_of.month, 1)
    return Clock(calendar=Calendar.months(start=start, periods=PERIODS), now=HISTORY, later=later)
