"""Dates: year first in any common form, day first with points, and two orders with slashes."""

import re

import polars as pl

from onenumber.files.readings import Codes, Readings, distinct

CODES = Codes(ambiguous="ambiguous_date", otherwise="other_date_form")
TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d{2}:?\d{2})?)?$"
YEAR_FIRST = r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + TIME
COMPACT = r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$"
POINTS = r"^(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})" + TIME
DAY_FIRST = r"^(?P<d>\d{1,2})[-/](?P<m>\d{1,2})[-/](?P<y>\d{4})" + TIME
MONTH_FIRST = r"^(?P<m>\d{1,2})[-/](?P<d>\d{1,2})[-/](?P<y>\d{4})" + TIME

SHAPES = tuple(re.sub(r"\?P<.>", "?:", shape) for shape in (YEAR_FIRST, COMPACT, POINTS, DAY_FIRST))


def date_readings(text: pl.Series) -> Readings:
    """Every distinct text with its date when the day (first) or the month (second) is written before the other.

    Read are year-month-day with hyphens, slashes, points or nothing between, and day.month.year; a time of day
    behind it is left out. 3/4/2026 has two readings. Two digits of a year are not a date: nothing is guessed.

    Example:
        >>> date_readings(pl.Series(["31.7.2026", "3/4/2026", "2026-02-30"])).table.select("first", "second").rows()
        [(datetime.date(2026, 7, 31), datetime.date(2026, 7, 31)), (datetime.date(2026, 4, 3), datetime.date(2026, 3, 4)), (None, None)]
    """  # noqa: E501 - one line of output
    table = distinct(text)
    certain = pl.coalesce(_date(YEAR_FIRST), _date(COMPACT), _date(POINTS))
    shaped = pl.col("text").str.contains("|".join(SHAPES))
    return Readings(
        table=table.with_columns(
            pl.coalesce(certain, _date(DAY_FIRST)).alias("first"),
            pl.coalesce(certain, _date(MONTH_FIRST)).alias("second"),
            pl.when(shaped).then(pl.lit("no_such_day")).otherwise(pl.lit("not_a_date")).alias("wrong"),
        )
    )


def _date(pattern: str) -> pl.Expr:
    parts = pl.col("text").str.extract_groups(pattern).struct
    padded = [parts.field("y"), parts.field("m").str.zfill(2), parts.field("d").str.zfill(2)]
    return pl.concat_str(padded, separator="-").str.to_date("%Y-%m-%d", strict=False)
