"""Time: half-open periods, their calendar, working days, and days of lead time split over periods."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from onenumber.errors.model import BadCalendarError, NoSuchPeriodError, OutsideCalendarError

Days = npt.NDArray[np.datetime64]
YEAR_OF_WEEKS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One period: the half-open range of days [start, end) with its place in the plan's calendar.

    ``season`` counts from 0 within the calendar year of periods; ``fiscal_year`` is the year in which it ends.
    """

    index: int
    label: str
    start: dt.date
    end: dt.date
    fiscal_year: int
    season: int

    @property
    def days(self) -> int:
        """Days in the period.

        Example:
            >>> Calendar.months(start=dt.date(2024, 1, 1), periods=24)[1].days
            29
        """
        return (self.end - self.start).days


@dataclass(frozen=True)
class Calendar:
    """The plan's periods in order, without gaps, and how many make a year (the season).

    Rooms ask the calendar for days, season and years; none computes with 12 or 30.
    """

    periods: tuple[Period, ...]
    periods_a_year: int

    def __post_init__(self) -> None:
        if not self.periods:
            raise BadCalendarError(what="it has no period")
        if any(a.end != b.start for a, b in zip(self.periods, self.periods[1:], strict=False)):
            raise BadCalendarError(what="its periods leave a gap or overlap")

    @classmethod
    def months(cls, *, start: dt.date, periods: int, fiscal_year_start: int = 1) -> "Calendar":
        """Calendar months from the month of ``start``; the fiscal year starts in month ``fiscal_year_start``.

        Example:
            >>> c = Calendar.months(start=dt.date(2026, 11, 1), periods=24, fiscal_year_start=7)
            >>> c[0].label, c[2].label, c[0].fiscal_year, c[8].fiscal_year
            ('2026-11', '2027-01', 2027, 2028)
        """
        first = start.year * 12 + start.month - 1
        starts = [dt.date((first + k) // 12, (first + k) % 12 + 1, 1) for k in range(periods + 1)]
        seasons = [day.month - 1 for day in starts[:-1]]
        labels = [f"{day:%Y-%m}" for day in starts[:-1]]
        years = [day.year + (day.month >= fiscal_year_start > 1) for day in starts[:-1]]
        return cls(_chain(starts, labels, seasons, years), 12)

    @classmethod
    def four_four_five(cls, *, start: dt.date, periods: int) -> "Calendar":
        """Quarters of 4, 4 and 5 weeks from ``start``, 52 weeks a year.

        Example:
            >>> c = Calendar.four_four_five(start=dt.date(2026, 1, 5), periods=24)
            >>> [p.days for p in c.periods[:3]], c[0].label, c[12].label
            ([28, 28, 35], '2026-P01', '2027-P01')
        """
        return cls._of_weeks(start, [(4, 4, 5)[k % 3] for k in range(periods)], 12)

    @classmethod
    def four_weeks(cls, *, start: dt.date, periods: int) -> "Calendar":
        """Thirteen periods of four weeks a year from ``start``.

        Example:
            >>> Calendar.four_weeks(start=dt.date(2026, 1, 5), periods=26)[13].label
            '2027-P01'
        """
        return cls._of_weeks(start, [4] * periods, 13)

    @classmethod
    def _of_weeks(cls, start: dt.date, weeks: list[int], a_year: int) -> "Calendar":
        ends = np.cumsum([0, *weeks]).tolist()
        starts = [start + dt.timedelta(weeks=w) for w in ends]
        seasons = [k % a_year for k in range(len(weeks))]
        years = [start.year + k // a_year for k in range(len(weeks))]
        labels = [f"{year}-P{season + 1:02d}" for year, season in zip(years, seasons, strict=True)]
        return cls(_chain(starts, labels, seasons, years), a_year)

    def __len__(self) -> int:
        return len(self.periods)

    def __getitem__(self, index: int) -> Period:
        if not 0 <= index < len(self.periods):
            raise OutsideCalendarError(day=f"period {index}", first=self.periods[0].start, last=self.periods[-1].end)
        return self.periods[index]

    @cached_property
    def starts(self) -> Days:
        """First day of each period."""
        return np.array([p.start for p in self.periods], dtype="datetime64[D]")

    @cached_property
    def ends(self) -> Days:
        """First day after each period."""
        return np.array([p.end for p in self.periods], dtype="datetime64[D]")

    def indices(self, days: Days) -> npt.NDArray[np.int64]:
        """Index of the period each day falls in; -1 outside the calendar or for no day (NaT).

        Example:
            >>> c = Calendar.months(start=dt.date(2026, 1, 1), periods=24)
            >>> c.indices(np.array(["2025-12-31", "2026-01-01", "2026-03-31", "NaT"], dtype="datetime64[D]")).tolist()
            [-1, 0, 2, -1]
        """
        found = np.searchsorted(self.starts, days, side="right") - 1
        inside = (days >= self.starts[0]) & (days < self.ends[-1])
        return np.where(inside, found, -1).astype(np.int64)

    def index_of(self, day: dt.date) -> int:
        """Index of the period that ``day`` falls in.

        Raises:
            OutsideCalendarError: if it falls in none.

        Example:
            >>> Calendar.months(start=dt.date(2026, 1, 1), periods=24).index_of(dt.date(2026, 7, 31))
            6
        """
        found = int(self.indices(np.array([day], dtype="datetime64[D]"))[0])
        if found < 0:
            raise OutsideCalendarError(day=day, first=self.periods[0].start, last=self.periods[-1].end)
        return found

    def labelled(self, label: str) -> Period:
        """The period called ``label``.

        Raises:
            NoSuchPeriodError: if there is none.

        Example:
            >>> Calendar.months(start=dt.date(2026, 1, 1), periods=24).labelled("2026-07").index
            6
        """
        found = next((p for p in self.periods if p.label == label), None)
        if found is None:
            raise NoSuchPeriodError(label=label, first=self.periods[0].label, last=self.periods[-1].label)
        return found

    def fiscal_year_of(self, index: int) -> range:
        """Indices of the periods in the fiscal year of period ``index``, as far as the calendar holds them.

        Example:
            >>> Calendar.months(start=dt.date(2026, 1, 1), periods=36, fiscal_year_start=7).fiscal_year_of(7)
            range(6, 18)
        """
        year = self[index].fiscal_year
        inside = [p.index for p in self.periods if p.fiscal_year == year]
        return range(inside[0], inside[-1] + 1)


def _chain(starts: list[dt.date], labels: list[str], seasons: list[int], years: list[int]) -> tuple[Period, ...]:
    return tuple(
        Period(index=k, label=labels[k], start=starts[k], end=starts[k + 1], fiscal_year=years[k], season=seasons[k])
        for k in range(len(labels))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMapping:
    """How an order date becomes a period in one channel: ``offset_days`` are added first.

    Example:
        >>> PeriodMapping(offset_days=4, date_used="ordered").shift(np.array(["2014-04-28"], dtype="datetime64[D]"))
        array(['2014-05-02'], dtype='datetime64[D]')
    """

    offset_days: int
    date_used: str

    def shift(self, days: Days) -> Days:
        """The days as they are looked up in the calendar."""
        return days + np.timedelta64(self.offset_days, "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDays:
    """The working days of a site: days of the week (1 = Monday) less closed days.

    Example:
        >>> week = WorkDays(workdays="12345", closed=frozenset({dt.date(2026, 1, 1)}))
        >>> week.count(dt.date(2026, 1, 1), dt.date(2026, 2, 1)), week.add(dt.date(2025, 12, 31), 1)
        (21, datetime.date(2026, 1, 2))
    """

    workdays: str
    closed: frozenset[dt.date] = frozenset()

    def count(self, start: dt.date, end: dt.date) -> int:
        """Working days in the half-open range [start, end)."""
        return int(np.busday_count(start, end, busdaycal=_busdays(self)))

    def counts(self, starts: Days, ends: Days) -> npt.NDArray[np.int64]:
        """Working days in each half-open range [start, end).

        Example:
            >>> days = np.array(["2026-01-01", "2026-02-01", "2026-03-01"], dtype="datetime64[D]")
            >>> WorkDays(workdays="12345").counts(days[:-1], days[1:]).tolist()
            [22, 20]
        """
        return np.busday_count(starts, ends, busdaycal=_busdays(self)).astype(np.int64)

    def add(self, day: dt.date, days: int) -> dt.date:
        """The ``days``-th working day after ``day`` (which itself moves to a working day first)."""
        moved = np.busday_offset(day, days, roll="backward", busdaycal=_busdays(self))
        return moved.astype(dt.date)  # type: ignore[no-any-return]  # numpy types it as Any


@lru_cache(maxsize=256)
def _busdays(week: WorkDays) -> np.busdaycalendar:
    mask = [str(k) in week.workdays for k in range(1, 8)]
    return np.busdaycalendar(weekmask=mask, holidays=sorted(week.closed))


def lead_time_shares(*, calendar: Calendar, first: int, count: int, days: int) -> npt.NDArray[np.float64]:
    """Share of what is ordered evenly over each day of period i that arrives in period j, ``days`` later.

    Formula: ``share[i, j] = |[start_i + days, end_i + days) ∩ [start_j, end_j)| / |period i|``; axes are
    (ordered in x arrives in), both ``count`` periods from index ``first``. Rows sum to 1 less what arrives
    after the last period.

    Example:
        >>> c = Calendar.months(start=dt.date(2026, 4, 1), periods=24)
        >>> lead_time_shares(calendar=c, first=0, count=2, days=15).round(3).tolist()
        [[0.5, 0.5], [0.0, 0.516]]
    """
    starts = calendar.starts[first : first + count].astype(np.int64)
    ends = calendar.ends[first : first + count].astype(np.int64)
    low = np.maximum(starts[:, None] + days, starts[None, :])
    high = np.minimum(ends[:, None] + days, ends[None, :])
    shares: npt.NDArray[np.float64] = np.maximum(high - low, 0) / (ends - starts)[:, None]
    return shares
