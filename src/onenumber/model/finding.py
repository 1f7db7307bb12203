"""What a load, a check or a detector has to say about one place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import polars as pl

Value = str | int | float | bool | None
"""What a finding may carry: plain values, so that a sheet can hold it and an edge can translate it."""


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


def findings_table(findings: tuple[Finding, ...]) -> pl.DataFrame:
    """Findings as a table that a sheet can hold: one row each, values as JSON.

    Example:
        >>> findings_table((Finding(code="c", severity=Severity.NOTE, values={"n": 1}),)).row(0)
        ('c', 'note', '', None, '', '', '', '{"n": 1}')
    """
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
