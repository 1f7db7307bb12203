"""Numbers as people and programs write them: decimal point or comma, thousands separators, a minus on either side."""

from dataclasses import replace

import polars as pl

from onenumber.files.doubts import Asked, Doubt, Reading, as_read, written
from onenumber.files.readings import Readings, Way, distinct
from onenumber.model.contract import Column, Kind

GROUP = " '\N{RIGHT SINGLE QUOTATION MARK}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
SPACED = rf"^[+-]?\d{{1,3}}(?:[{GROUP}]\d{{3}})+(?:[.,]\d+)?$"


def _form(decimal: str, thousands: str) -> str:
    whole = rf"(?:\d+|[1-9]\d{{0,2}}(?:{thousands}\d{{3}})+)"
    return rf"^[+-]?(?:{whole}(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d+)?$"


POINT = _form(r"\.", ",")
COMMA = _form(",", r"\.")


def number_readings(text: pl.Series) -> Readings:
    """Every distinct text with its value under a decimal point (first) and a decimal comma (second).

    A lone point with three digits behind it is ruled to be a decimal point unless the file shows decimal commas: that
    is how programs write numbers between commas. A lone comma with three digits behind it is ambiguous until the file
    shows which.

    Example:
        >>> number_readings(pl.Series(["1.234,5", "7-", "1 200", "x"])).table.select("text", "first", "second").rows()
        [('1.234,5', None, 1234.5), ('7-', -7.0, -7.0), ('1 200', 1200.0, 1200.0), ('x', None, None)]
        >>> number_readings(pl.Series(["1.234", "1,234"])).table.select("first", "second", "ruled").rows()
        [(1.234, 1234.0, True), (1234.0, 1.234, False)]
    """
    n = pl.col("n")
    table = distinct(text).with_columns(n=_signed(pl.col("text"))).with_columns(n=_ungrouped(n))
    plain = n.str.replace_all(".", "", literal=True).str.replace_all(",", ".", literal=True)
    return Readings(
        table=table.select(
            "text",
            pl.when(n.str.contains(POINT)).then(_cast(n.str.replace_all(",", "", literal=True))).alias("first"),
            pl.when(n.str.contains(COMMA)).then(_cast(plain)).alias("second"),
            pl.lit("not_a_number").alias("wrong"),
            (pl.col("text").str.count_matches(".", literal=True) == 1).alias("ruled"),
        )
    )


def read_number(column: Column) -> Reading:
    """A column of numbers that were decided on: whole where they must be, and inside their bounds.

    Example:
        >>> from onenumber.files.doubts import as_written, found
        >>> from onenumber.model.contract import TABLES
        >>> reading = read_number(TABLES["items"].column("decimals"))
        >>> frame = pl.DataFrame({as_written("decimals"): ["2", "-1.5"], as_read("decimals"): [2.0, -1.5]})
        >>> frame = frame.with_columns(reading.values)
        >>> frame["decimals"].to_list(), [fault.code for fault in found(frame, reading.doubts)]
        ([2, None], ['not_whole', 'below_minimum'])
    """
    name, text, read = column.name, written(column.name), pl.col(as_read(column.name))
    doubts = []
    if column.kind is Kind.INTEGER:
        broken = read.is_not_null() & pl.col(name).is_null()
        doubts.append(Doubt(code="not_whole", where=broken, column=name, values={"value": text}))
    if column.minimum is not None:
        least: Asked = {"value": text, "minimum": column.minimum}
        doubts.append(Doubt(code="below_minimum", where=read < column.minimum, column=name, values=least))
    if column.maximum is not None:
        most: Asked = {"value": text, "maximum": column.maximum}
        doubts.append(Doubt(code="above_maximum", where=read > column.maximum, column=name, values=most))
    whole = pl.when(read == read.round()).then(read).cast(pl.Int64, strict=False)
    return Reading(values=(whole if column.kind is Kind.INTEGER else read).alias(name), doubts=tuple(doubts))


def _signed(text: pl.Expr) -> pl.Expr:
    """A hyphen in front for each kind of minus."""
    return text.str.replace_all("−", "-", literal=True).str.replace(r"^(\d.*)-$", "-$1")


def _ungrouped(text: pl.Expr) -> pl.Expr:
    """No blanks or apostrophes between thousands."""
    return pl.when(text.str.contains(SPACED)).then(text.str.replace_all(f"[{GROUP}]", "")).otherwise(text)


def _cast(text: pl.Expr) -> pl.Expr:
    value = text.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def _unruled(text: pl.Series) -> Readings:
    return Readings(table=number_readings(text).table.with_columns(ruled=pl.lit(value=False)))


NUMBERS = Way(read=number_readings, ambiguous="ambiguous_number", otherwise="other_number_form")
"""How columns of numbers are read where a lone point is a decimal one by rule."""
UNRULED = replace(NUMBERS, read=_unruled)
"""How they are read where only the numbers themselves tell a decimal point from one between thousands."""
