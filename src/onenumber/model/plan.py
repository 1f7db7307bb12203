"""The frame of a plan: its calendar, currency, time zone and horizon, from the one row of the `plan` table."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from onenumber.errors.model import BadCalendarError
from onenumber.model.period import Calendar, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFrame:
    """What every sheet of a plan shares. ``horizon`` counts periods from the firm first one."""

    plan: str
    name: str
    currency: str
    currency_decimals: int
    time_zone: str
    calendar: Calendar
    horizon: int


def plan_frame(table: pl.DataFrame) -> PlanFrame:
    """The frame that the `plan` table describes.

    Raises:
        BadCalendarError: if the table has not exactly one row, or names no known calendar.

    Example:
        >>> row = {"plan": "p", "name": "P", "currency": "EUR", "currency_decimals": 2.0, "time_zone": "UTC",
        ...        "calendar": "months", "calendar_start": dt.date(2024, 1, 1), "periods": 60,
        ...        "fiscal_year_start": 1, "horizon": 18}
        >>> plan_frame(pl.DataFrame([row])).calendar[12].label
        '2025-01'
    """
    if len(table) != 1:
        raise BadCalendarError(what=f"the plan table has {len(table)} rows instead of one")
    row = table.row(0, named=True)
    return PlanFrame(
        plan=row["plan"],
        name=row["name"],
        currency=row["currency"],
        currency_decimals=int(row["currency_decimals"]),
        time_zone=row["time_zone"],
        calendar=_calendar(row["calendar"], row["calendar_start"], row["periods"], row["fiscal_year_start"]),
        horizon=row["horizon"],
    )


def missing_periods(table: pl.DataFrame, *, first: int) -> tuple[Period, ...]:
    """The periods of a horizon from calendar index ``first`` on that lie behind the calendar's end.

    Raises:
        BadCalendarError: if the `plan` table describes no calendar.

    Example:
        >>> row = {"plan": "p", "name": "P", "currency": "EUR", "currency_decimals": 2.0, "time_zone": "UTC",
        ...        "calendar": "months", "calendar_start": dt.date(2026, 1, 1), "periods": 24,
        ...        "fiscal_year_start": 1, "horizon": 6}
        >>> [p.label for p in missing_periods(pl.DataFrame([row]), first=20)]
        ['2028-01', '2028-02']
    """
    held = len(plan_frame(table).calendar)
    wanted = first + plan_frame(table).horizon
    if wanted <= held:
        return ()
    longer = plan_frame(table.with_columns(pl.lit(wanted, dtype=pl.Int64).alias("periods")))
    return longer.calendar.periods[held:]


def _calendar(kind: str, start: dt.date, periods: int, fiscal_year_start: int) -> Calendar:
    match kind:
        case "months":
            return Calendar.months(start=start, periods=periods, fiscal_year_start=fiscal_year_start)
        case "4-4-5":
            return Calendar.four_four_five(start=start, periods=periods)
        case "4-weeks":
            return Calendar.four_weeks(start=start, periods=periods)
        case _:
            raise BadCalendarError(what=f"{kind!r} is none of months, 4-4-5 and 4-weeks")
