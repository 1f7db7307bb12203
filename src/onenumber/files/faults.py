"""Faults of many rows at once, and the findings they become."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from onenumber.model.finding import Finding, Place, Severity, Value

FILE = "_file"
ROW = "_row"
LISTED = 1000
"""Findings listed one by one for a file, column and code; the rest is one finding with their count."""
SHOWN = 60
"""Characters of a cell that a finding carries."""

Shown = Mapping[str, Value | pl.Series]
"""Values of a finding by name; a series gives each row its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with the rows where ``where`` is true.

    ``values`` go into each finding; a series gives each row its own. Only a blocked fault keeps its rows from loading.
    ``rest`` is the code of the finding for rows that are too many to be listed one by one.
    """

    code: str
    where: pl.Series
    column: str = ""
    severity: Severity = Severity.BLOCKED
    values: Shown = field(default_factory=dict)
    rest: str = "more_alike"


def file_finding(code: str, file: str, *, severity: Severity = Severity.BLOCKED, **values: Value) -> Finding:
    """A finding about a file as a whole.

    Example:
        >>> from onenumber.model.sentences import say
        >>> say(file_finding("empty_file", "items.csv"))
        'items.csv: The file is empty. Write the header, and the rows if there are any.'
    """
    return Finding(code=code, severity=severity, place=Place(file=file), values=values)


def blocked(faults: Iterable[Fault], rows: int) -> pl.Series:
    """True for each of ``rows`` rows that a blocked fault keeps from loading.

    Example:
        >>> fault = Fault(code="empty_validity", where=pl.Series([False, True]))
        >>> blocked([fault], 2).to_list()
        [False, True]
    """
    bad = pl.repeat(value=False, n=rows, dtype=pl.Boolean, eager=True)
    for fault in faults:
        if fault.severity is Severity.BLOCKED:
            bad = bad | fault.where
    return bad


def listed(faults: Iterable[Fault], *, files: pl.Series, rows: pl.Series) -> tuple[Finding, ...]:
    """The findings of the faults; ``files`` and ``rows`` say where each row stands.

    Of one fault in one file the first ``LISTED`` rows get a finding each, and all others together one with their
    count and range: a file of half a million bad rows stays readable, and nothing is lost silently.

    Example:
        >>> fault = Fault(code="not_a_number", where=pl.Series([True, False]), column="price",
        ...               values={"value": pl.Series(["x", "1"])})
        >>> [(f.place.row, f.values["value"]) for f in listed([fault], files=pl.Series(["a.csv"] * 2),
        ...                                                  rows=pl.Series([2, 3]))]
        [(2, 'x')]
    """
    return tuple(finding for fault in faults for finding in _findings(fault, files, rows))


def _findings(fault: Fault, files: pl.Series, rows: pl.Series) -> list[Finding]:
    series = [value.alias(name) for name, value in fault.values.items() if isinstance(value, pl.Series)]
    frame = pl.DataFrame([files.alias(FILE), rows.alias(ROW), *series]).filter(fault.where)
    found: list[Finding] = []
    for part in frame.partition_by(FILE, maintain_order=True):
        found.extend(_finding(fault, row) for row in part.head(LISTED).iter_rows(named=True))
        if len(part) > LISTED:
            found.append(_rest(fault, part.slice(LISTED)))
    return found


def _finding(fault: Fault, row: dict[str, Value]) -> Finding:
    constant = {name: value for name, value in fault.values.items() if not isinstance(value, pl.Series)}
    own = {name: _short(value) for name, value in row.items() if name not in (FILE, ROW)}
    place = Place(file=str(row[FILE]), row=int(row[ROW] or 0), column=fault.column)
    return Finding(code=fault.code, severity=fault.severity, place=place, values={**constant, **own})


def _short(value: Value) -> Value:
    return f"{value[:SHOWN]}…" if isinstance(value, str) and len(value) > SHOWN else value


def _rest(fault: Fault, rest: pl.DataFrame) -> Finding:
    rows = rest[ROW].to_list()
    values: dict[str, Value] = {"count": len(rest), "first": min(rows), "last": max(rows), "code": fault.code}
    place = Place(file=rest[FILE][0], column=fault.column)
    return Finding(code=fault.rest, severity=fault.severity, place=place, values=values)
