"""Parquet: typed columns; a missing number may be null or, as some programs write it, NaN."""

import io

import polars as pl
import polars.exceptions

from onenumber.files.faults import file_finding
from onenumber.files.raw import Opened, RawColumn, RawTable

WHOLE = 2.0**53
"""Floats below it hold whole numbers exactly."""


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
    return Opened(tables=(RawTable(file=file, table=table, columns=columns, rows=rows),))


def _column(series: pl.Series) -> RawColumn:
    dtype = series.dtype
    if dtype.is_float():
        return _of_floats(series)
    if dtype == pl.Boolean:
        words = pl.select(pl.when(series).then(pl.lit("yes")).when(~series).then(pl.lit("no"))).to_series()
        return RawColumn(header=series.name, text=words)
    if dtype.is_temporal() and dtype in (pl.Date, pl.Datetime):
        dates = series.cast(pl.Date)
        return RawColumn(header=series.name, text=dates.cast(pl.String), dates=dates)
    numbers = series.cast(pl.Float64) if dtype.is_numeric() else None
    return RawColumn(header=series.name, text=series.cast(pl.String), numbers=numbers)


def _of_floats(series: pl.Series) -> RawColumn:
    numbers = series.cast(pl.Float64).fill_nan(None)
    whole = (numbers == numbers.round()) & (numbers.abs() < WHOLE)
    text = pl.select(
        pl.when(whole).then(numbers.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(numbers.cast(pl.String))
    ).to_series()
    finite = pl.select(pl.when(numbers.is_finite()).then(numbers)).to_series()
    return RawColumn(header=series.name, text=text, numbers=finite)
