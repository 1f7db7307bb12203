"""Numbers and dates that can be read in two ways: the whole column, then the file, shows which is meant.

Nothing is guessed. A value that reads the same either way, or in one way only, is what it is. One that reads in two
ways follows the way that most of the values in its column which read in one way only show; a column that shows
nothing follows the other columns of its kind in the file; where the file shows nothing either, it is a finding.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Distinct texts under two ways of reading.

    ``table`` has columns text, first, second (null where a way does not read it), wrong, the code for texts that
    neither way reads, and ruled: true where the first way holds unless the column has a text that only the second
    reads.
    """

    table: pl.DataFrame

    @property
    def certain(self) -> bool:
        """Whether each text has one value whatever its column shows: the first way's."""
        first, second = pl.col("first"), pl.col("second")
        one = first.is_not_null() & (second.is_null() | (first == second) | pl.col("ruled"))
        return bool(self.table.select(one.all()).item())


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one kind of column is read, and the codes of texts that read in two ways or otherwise than their column."""

    read: Callable[[pl.Series], Readings]
    ambiguous: str
    otherwise: str


def distinct(text: pl.Series) -> pl.DataFrame:
    """The distinct texts in order of first appearance.

    Example:
        >>> distinct(pl.Series(["a", "b", "a", None])).rows()
        [('a',), ('b',)]
    """
    return text.drop_nulls().unique(maintain_order=True).to_frame("text")


def decide(texts: pl.DataFrame, way: Way) -> tuple[pl.DataFrame, Mapping[str, pl.Series]]:
    """The values of all columns of one kind in a file, and the codes of each column that has a text without a value.

    Example:
        >>> from onenumber.files.numbers import NUMBERS
        >>> values, codes = decide(pl.DataFrame({"a": ["1,5", "1,234"], "b": ["7", "1.5"], "c": ["1", "x"]}), NUMBERS)
        >>> values.rows(), {name: code.to_list() for name, code in codes.items()}
        ([(1.5, 7.0, 1.0), (1.234, 1.5, None)], {'c': [None, 'not_a_number']})
    """
    rows, names = len(texts), texts.columns
    cells = pl.DataFrame({"text": pl.concat(texts.get_columns())})
    readings = way.read(cells["text"])
    if readings.certain:
        return _by_column(_joined(cells, readings.table.select("text", "first"))["first"], names), {}
    column = pl.Series("column", np.repeat(np.arange(len(names)), rows))
    decided = (
        _joined(cells, readings.table)
        .with_columns(column)
        .with_columns(_evidence(), _commas())
        .with_columns(_value())
        .select("value", _code(way))
    )
    codes = _by_column(decided["code"], names)
    return _by_column(decided["value"], names), {code.name: code for code in codes if code.null_count() < rows}


def _joined(cells: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    return cells.join(table, on="text", how="left", maintain_order="left")


def _by_column(cells: pl.Series, names: list[str]) -> pl.DataFrame:
    """Columns that stand one below the other, side by side."""
    rows = len(cells) // len(names)
    return pl.DataFrame({name: cells.slice(k * rows, rows) for k, name in enumerate(names)})


def _evidence() -> pl.Expr:
    """Rows of the column that only the first way reads, less those that only the second reads; else the file's."""
    only = pl.col("second").is_null().cast(pl.Int64) - pl.col("first").is_null().cast(pl.Int64)
    own = only.sum().over("column")
    return pl.when(own != 0).then(own).otherwise(only.sum()).alias("evidence")


def _commas() -> pl.Expr:
    """Whether the column has a text that only the second way reads."""
    return (pl.col("first").is_null() & pl.col("second").is_not_null()).any().over("column").alias("commas")


def _value() -> pl.Expr:
    """What the evidence says; without any, what both ways read alike, or what the rule of the kind says."""
    first, second, evidence = pl.col("first"), pl.col("second"), pl.col("evidence")
    ruled = pl.when(pl.col("ruled") & ~pl.col("commas")).then(first)
    value = pl.when(evidence > 0).then(first).when(evidence < 0).then(second)
    return value.when(first != second).then(ruled).otherwise(pl.coalesce(first, second)).alias("value")


def _code(way: Way) -> pl.Expr:
    """Why a text has no value; null where it has one."""
    neither = pl.col("first").is_null() & pl.col("second").is_null()
    unshown = pl.when(pl.col("evidence") == 0).then(pl.lit(way.ambiguous)).otherwise(pl.lit(way.otherwise))
    return pl.when(neither).then(pl.col("wrong")).when(pl.col("value").is_null()).then(unshown).alias("code")
