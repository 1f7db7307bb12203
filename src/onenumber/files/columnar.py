"""Parquet: typed columns; a missing number may be null or, as some programs write it, NaN."""

import datetime as dt
import io

import polars as pl
import polars.exceptions

from onenumber.files.faults import Fault, file_finding
from onenumber.files.names import plain
from onenumber.files.raw import Opened, RawColumn, RawTable

WHOLE = 2.0**53
"""Floats below it hold whole numbers exactly."""
EPOCH = dt.date(1970, 1, 1)
FIRST_DAY, LAST_DAY = ((day - EPOCH).days for day in (dt.date.min, dt.date.max))
WRITTEN = 90_000_000
"""Days from the epoch within which polars can write a date; beyond it stops the process."""
A_DAY = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def read_parquet(data: bytes, *, file: str, table: str) -> Opened:
    """The one table in ``data``; row numbers count as if a header stood in row 1.

    Example:
        >>> read_parquet(b"no parquet", file="items.parquet", table="items").findings[0].code
        'unreadable_file'
    """
    if not data:
        return Opened(findings=(file_finding("empty_file", file),))
    try:
        frame = pl.read_parquet(io.BytesIO(data))
    except (polars.exceptions.PolarsError, polars.exceptions.PanicException, OSError, ValueError) as error:
        return Opened(findings=(file_finding("unreadable_file", file, reason=type(error).__name__),))
    nested = [name for name, dtype in frame.schema.items() if dtype.is_nested() or dtype == pl.Binary]
    if nested:
        reason = f"the column {nested[0]} holds lists or bytes"
        return Opened(findings=(file_finding("unreadable_file", file, reason=reason),))
    rows = pl.int_range(2, len(frame) + 2, dtype=pl.Int64, eager=True)
    columns = tuple(_column(series) for series in frame)
    faults = tuple(fault for series in frame if _is_dated(series) for fault in _days_that_are_none(series))
    return Opened(tables=(RawTable(file=file, table=table, columns=columns, rows=rows, faults=faults, points=True),))


def _column(series: pl.Series) -> RawColumn:
    dtype = series.dtype
    if dtype.is_float():
        return _of_floats(series)
    if dtype == pl.Boolean:
        words = pl.select(pl.when(series).then(pl.lit("yes")).when(~series).then(pl.lit("no"))).to_series()
        return RawColumn(header=series.name, text=words)
    if _is_dated(series):
        days = _days(series)
        dates = days.set(~_real(days), None).cast(pl.Int32).cast(pl.Date)
        return RawColumn(header=series.name, text=dates.cast(pl.String), dates=dates)
    numbers = series.cast(pl.Float64) if dtype.is_numeric() else None
    return RawColumn(header=series.name, text=series.cast(pl.String), numbers=numbers)


def _is_dated(series: pl.Series) -> bool:
    return series.dtype in (pl.Date, pl.Datetime)


def _days(series: pl.Series) -> pl.Series:
    """Days from the epoch, which a file may hold for years that no calendar has."""
    number = series.to_physical().cast(pl.Int64)
    return number // A_DAY[series.dtype.time_unit] if isinstance(series.dtype, pl.Datetime) else number


def _real(days: pl.Series) -> pl.Series:
    return days.is_between(FIRST_DAY, LAST_DAY)


def _days_that_are_none(series: pl.Series) -> list[Fault]:
    """Dates before the year 1 or after 9999, which neither Python nor a database could say."""
    days = _days(series)
    where = ~_real(days).fill_null(value=True)
    if not where.any():
        return []
    far = pl.select(pl.format("day {} from 1970-01-01", days)).to_series()
    shown = days.set(~days.is_between(-WRITTEN, WRITTEN), None).cast(pl.Int32).cast(pl.Date).cast(pl.String)
    return [Fault(code="no_such_day", where=where, column=plain(series.name), values={"value": shown.fill_null(far)})]


def _of_floats(series: pl.Series) -> RawColumn:
    numbers = series.cast(pl.Float64).fill_nan(None)
    whole = (numbers == numbers.round()) & (numbers.abs() < WHOLE)
    text = pl.select(
        pl.when(whole).then(numbers.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(numbers.cast(pl.String))
    ).to_series()
    finite = pl.select(pl.when(numbers.is_finite()).then(numbers)).to_series()
    return RawColumn(header=series.name, text=text, numbers=finite)
