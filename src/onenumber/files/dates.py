"""Dates: year first in any common form, day first with points, and two orders with slashes."""

import polars as pl

from onenumber.files.readings import Readings, Way, distinct

TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})" + TIME
COMPACT = r"(?P<y2>\d{4})(?P<m2>\d{2})(?P<d2>\d{2})"
POINTS = r"(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>\d{4})" + TIME
TWO_ORDERS = r"(?P<d4>\d{1,2})[-/](?P<m4>\d{1,2})[-/](?P<y4>\d{4})" + TIME
DATE = f"^(?:{YEAR_FIRST}|{COMPACT}|{POINTS}|{TWO_ORDERS})$"
"""The four forms; a text has one at most. In the last the month may stand where the day does."""
NO_YEAR = "0000"
"""No calendar has it: polars would read it, and neither Python nor a database could say it."""


def date_readings(text: pl.Series) -> Readings:
    """Every distinct text with its date when the day (first) or the month (second) is written before the other.

    Read are year-month-day with hyphens, slashes, points or nothing between, and day.month.year; a time of day
    behind it is left out. 3/4/2026 has two readings. Two digits of a year are not a date: nothing is guessed. Years
    begin with 1.

    Example:
        >>> date_readings(pl.Series(["31.7.2026", "3/4/2026", "2026-02-30"])).table.select("first", "second").rows()
        [(datetime.date(2026, 7, 31), datetime.date(2026, 7, 31)), (datetime.date(2026, 4, 3), datetime.date(2026, 3, 4)), (None, None)]
    """  # noqa: E501 - one line of output
    parts = distinct(text).with_columns(pl.col("text").str.extract_groups(DATE).struct.unnest())
    year, month, day = (pl.coalesce(f"^{part}.$") for part in "ymd")
    first = _date(year, month, day)
    second = pl.when(pl.col("y4").is_not_null()).then(_date(year, day, month)).otherwise(first)
    wrong = pl.when(year.is_null()).then(pl.lit("not_a_date")).otherwise(pl.lit("no_such_day"))
    return Readings(table=parts.select("text", first=first, second=second, wrong=wrong, ruled=pl.lit(value=False)))


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    parts = [year, month.str.zfill(2), day.str.zfill(2)]
    return pl.when(year != NO_YEAR).then(pl.concat_str(parts, separator="-")).str.to_date("%Y-%m-%d", strict=False)


DATES = Way(read=date_readings, ambiguous="ambiguous_date", otherwise="other_date_form")
"""How columns of dates are read."""
