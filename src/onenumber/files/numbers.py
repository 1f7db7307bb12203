"""Numbers as people and programs write them: decimal point or comma, thousands separators, a minus on either side."""

import polars as pl

from onenumber.files.readings import Codes, Readings, distinct

GROUP = " '\N{RIGHT SINGLE QUOTATION MARK}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
CODES = Codes(ambiguous="ambiguous_number", otherwise="other_number_form")
SPACED = rf"^[+-]?\d{{1,3}}(?:[{GROUP}]\d{{3}})+(?:[.,]\d+)?$"


def _form(decimal: str, thousands: str) -> str:
    whole = rf"(?:\d+|[1-9]\d{{0,2}}(?:{thousands}\d{{3}})+)"
    return rf"^[+-]?(?:{whole}(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d+)?$"


POINT = _form(r"\.", ",")
COMMA = _form(",", r"\.")


def number_readings(text: pl.Series) -> Readings:
    """Every distinct text with its value under a decimal point (first) and a decimal comma (second).

    A lone point with three digits behind it is a decimal point unless the file shows decimal commas: that is how
    programs write numbers. A lone comma with three digits behind it is ambiguous until the file shows which.

    Example:
        >>> number_readings(pl.Series(["1.234,5", "7-", "1 200", "x"])).table.rows()
        [('1.234,5', 1, None, 1234.5, None), ('7-', 1, -7.0, -7.0, None), ('1 200', 1, 1200.0, 1200.0, None), ('x', 1, None, None, 'not_a_number')]
    """  # noqa: E501 - one line of output
    table = distinct(text).with_columns(_normal(pl.col("text")).alias("n"))
    n = pl.col("n")
    first = pl.when(n.str.contains(POINT)).then(_cast(n.str.replace_all(",", "", literal=True)))
    plain = n.str.replace_all(".", "", literal=True).str.replace_all(",", ".", literal=True)
    second = pl.when(n.str.contains(COMMA)).then(_cast(plain))
    table = table.with_columns(first.alias("first"), second.alias("second"), pl.lit("not_a_number").alias("wrong"))
    wrong = pl.when(pl.col("first").is_null() & pl.col("second").is_null()).then(pl.col("wrong"))
    return Readings(table=table.with_columns(wrong.alias("wrong")).drop("n"))


def point_by_rule(readings: Readings) -> Readings:
    """The readings with a lone point taken as a decimal point, unless a value shows decimal commas.

    Example:
        >>> point_by_rule(number_readings(pl.Series(["1.234", "1,234"]))).table.select("first", "second").rows()
        [(1.234, 1.234), (1234.0, 1.234)]
    """
    lone = pl.col("text").str.count_matches(".", literal=True) == 1
    both = pl.col("first").is_not_null() & pl.col("second").is_not_null()
    commas = (pl.col("first").is_null() & pl.col("second").is_not_null()).any()
    second = pl.when(lone & both & ~commas).then(pl.col("first")).otherwise(pl.col("second"))
    return Readings(table=readings.table.with_columns(second.alias("second")))


def _normal(text: pl.Expr) -> pl.Expr:
    minus = text.str.replace_all("−", "-", literal=True).str.replace(r"^(\d.*)-$", "-$1")
    spaced = minus.str.replace_all(f"[{GROUP}]", "")
    return pl.when(minus.str.contains(SPACED)).then(spaced).otherwise(minus)


def _cast(text: pl.Expr) -> pl.Expr:
    value = text.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)
