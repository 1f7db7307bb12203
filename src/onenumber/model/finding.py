"""What a load, a check or a detector has to say about one place."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from types import MappingProxyType

import polars as pl

Value = str | int | float | bool | None
"""What a finding may carry: plain values, so that a sheet can hold it and an edge can translate it."""
AT_ROW = "_row"
PART = 50_000
"""Findings that are written at a time, so that memory stays small."""


class Severity(StrEnum):
    """How much a finding matters."""

    BLOCKED = "blocked"  # the row, or the step, did not go through
    ATTENTION = "attention"  # it went through, and somebody should look
    NOTE = "note"  # worth knowing
    APART = "kept_apart"  # no error: it went where it belongs, apart from the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: a row of a file, or a cell of a sheet. Empty text and None mean "does not apply".

    ``row`` counts as a person sees it in the file: the header is row 1.
    """

    file: str = ""
    row: int | None = None
    column: str = ""
    series: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing somebody should know: a code of the sentence catalogue, typed values, severity and place.

    It holds no sentence: :func:`onenumber.model.sentences.say` makes one, at the edge.

    Example:
        >>> from onenumber.model.sentences import say
        >>> f = Finding(code="not_a_number", severity=Severity.BLOCKED,
        ...             place=Place(file="items.csv", row=3, column="decimals"), values={"value": "x1"})
        >>> say(f)
        "items.csv, row 3, decimals: 'x1' is not a number. Write digits with a point or a comma, without a unit."
    """

    code: str
    severity: Severity
    place: Place = field(default_factory=Place)
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alike(Finding):
    """Many findings of one kind as one that a person can read; ``each`` has all of them, for lists.

    ``rows`` holds, for each, its row of the file as ``_row`` and the values it does not share with ``first``.

    Example:
        >>> first = Finding(code="required_empty", severity=Severity.BLOCKED, place=Place(file="a.csv", column="name"))
        >>> rows = pl.DataFrame({"_row": [7, 8]})
        >>> alike = Alike(code="more_alike", severity=Severity.BLOCKED, first=first, rows=rows)
        >>> [f.place.row for f in alike.each()], counted([alike, first])
        ([7, 8], Counter({'required_empty': 3}))
    """

    first: Finding
    rows: pl.DataFrame

    def each(self) -> Iterator[Finding]:
        """Every one of them, in the order of the rows."""
        first = self.first
        for row in self.rows.iter_rows(named=True):
            place = replace(first.place, row=row.pop(AT_ROW))
            yield replace(first, place=place, values={**first.values, **row})


def every(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings one by one, those that stand for many included."""
    for finding in findings:
        if isinstance(finding, Alike):
            yield from finding.each()
        else:
            yield finding


def counted(findings: Iterable[Finding]) -> Counter[str]:
    """How many findings there are of each code; one that stands for many counts as these."""
    counts: Counter[str] = Counter()
    for finding in findings:
        if isinstance(finding, Alike):
            counts[finding.first.code] += len(finding.rows)
        else:
            counts[finding.code] += 1
    return counts


def in_parts(findings: Iterable[Finding]) -> Iterator[tuple[Finding, ...]]:
    """Every finding, in parts that memory holds; one empty part if there is none."""
    one_by_one = every(findings)
    yield tuple(islice(one_by_one, PART))
    while part := tuple(islice(one_by_one, PART)):
        yield part


def findings_table(findings: tuple[Finding, ...]) -> pl.DataFrame:
    """Findings as a table that a sheet can hold: one row each, values as JSON.

    Example:
        >>> findings_table((Finding(code="c", severity=Severity.NOTE, values={"n": 1}),)).row(0)
        ('c', 'note', '', None, '', '', '', '{"n": 1}')
    """
    return pl.concat([_table(part) for part in in_parts(findings)])


def _table(findings: tuple[Finding, ...]) -> pl.DataFrame:
    rows = [
        (f.code, f.severity.value, f.place.file, f.place.row, f.place.column, f.place.series, f.place.period,
         json.dumps(dict(f.values), sort_keys=True))
        for f in findings
    ]  # fmt: skip
    names = ("code", "severity", "file", "row", "column", "series", "period", "values")
    types = (pl.String, pl.String, pl.String, pl.Int64, pl.String, pl.String, pl.String, pl.String)
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


def findings_from(table: pl.DataFrame) -> tuple[Finding, ...]:
    """The findings of such a table.

    Example:
        >>> one = Finding(code="c", severity=Severity.NOTE, place=Place(file="a.csv", row=2), values={"n": 1})
        >>> findings_from(findings_table((one,)))[0].place.row
        2
    """
    return tuple(
        Finding(
            code=row["code"],
            severity=Severity(row["severity"]),
            place=Place(
                file=row["file"], row=row["row"], column=row["column"], series=row["series"], period=row["period"]
            ),
            values=json.loads(row["values"]),
        )
        for row in table.iter_rows(named=True)
    )
