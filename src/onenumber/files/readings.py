"""Numbers and dates that can be read in two ways: the whole column, then the file, shows which is meant.

Nothing is guessed. A value that reads the same either way, or in one way only, is what it is. One that reads in two
ways follows the way that most of the values in its column which read in one way only show; a column that shows
nothing follows the other columns of its kind in the file; where the file shows nothing either, it is a finding.
"""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Distinct texts of a column under two ways of reading.

    ``table`` has columns text, count, first, second (null where a way does not read it) and wrong, the code for
    texts that neither way reads.
    """

    table: pl.DataFrame

    @property
    def evidence(self) -> int:
        """Rows that only the first way reads, less rows that only the second reads."""
        only = pl.col("second").is_null().cast(pl.Int64) - pl.col("first").is_null().cast(pl.Int64)
        return int(self.table.select((only * pl.col("count")).sum()).item() or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The codes of texts that read in two ways, and of those that read otherwise than their column."""

    ambiguous: str
    otherwise: str


def distinct(text: pl.Series) -> pl.DataFrame:
    """The distinct texts in order of first appearance, with their count.

    Example:
        >>> distinct(pl.Series(["a", "b", "a", None])).rows()
        [('a', 2), ('b', 1)]
    """
    frame = pl.DataFrame({"text": text}).drop_nulls()
    return frame.group_by("text", maintain_order=True).agg(pl.len().cast(pl.Int64).alias("count"))


def decide(readings: Readings, *, file_evidence: int, codes: Codes) -> pl.DataFrame:
    """Value and code of each distinct text; a code is null where the value holds.

    Example:
        >>> t = pl.DataFrame({"text": ["1,5", "1,234"], "count": [1, 1], "first": [None, 1234.0],
        ...                   "second": [1.5, 1.234], "wrong": [None, None]}, schema_overrides={"wrong": pl.String})
        >>> codes = Codes(ambiguous="ambiguous_number", otherwise="other_number_form")
        >>> decide(Readings(table=t), file_evidence=0, codes=codes).rows()
        [('1,5', 1.5, None), ('1,234', 1.234, None)]
    """
    evidence = readings.evidence or file_evidence
    first, second = pl.col("first"), pl.col("second")
    meant, other = (first, second) if evidence >= 0 else (second, first)
    if evidence:
        value = meant
        code = pl.when(meant.is_null() & other.is_not_null()).then(pl.lit(codes.otherwise))
    else:
        two = first.is_not_null() & second.is_not_null() & (first != second)
        value = pl.when(~two).then(pl.coalesce(first, second))
        code = pl.when(two).then(pl.lit(codes.ambiguous))
    neither = first.is_null() & second.is_null()
    said: pl.Expr = pl.when(neither).then(pl.col("wrong")).otherwise(code.otherwise(pl.lit(None, dtype=pl.String)))
    return readings.table.select("text", value.alias("value"), said.alias("code"))
