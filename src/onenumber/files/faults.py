"""Faults of many rows at once, and the findings they become."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from onenumber.model.finding import AT_ROW, Alike, Finding, Place, Severity, Value

FILE = "_file"
ROW = AT_ROW
LISTED = 1000
"""Findings that are one each for a file, column and code; the rest is one that stands for them, with their count."""
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
    count and range, which holds them as a table: half a million bad rows stay readable and small, and a list of
    findings has every one.

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
    texts = [_short(pl.col(own.name)) for own in series if own.dtype == pl.String]
    for part in frame.with_columns(texts).partition_by(FILE, maintain_order=True):
        every = _alike(fault, part)
        found.extend(replace(every, rows=every.rows.head(LISTED)).each())
        if len(part) > LISTED:
            found.append(_rest(replace(every, rows=every.rows.slice(LISTED))))
    return found


def _short(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.len_chars() > SHOWN).then(text.str.slice(0, SHOWN) + "…").otherwise(text)


def _alike(fault: Fault, part: pl.DataFrame) -> Alike:
    """The findings of a fault in one file."""
    shared = {name: value for name, value in fault.values.items() if not isinstance(value, pl.Series)}
    place = Place(file=part[FILE][0], column=fault.column)
    first = Finding(code=fault.code, severity=fault.severity, place=place, values=shared)
    return Alike(code=fault.rest, severity=fault.severity, place=place, first=first, rows=part.drop(FILE))


def _rest(alike: Alike) -> Alike:
    rows = alike.rows[ROW].to_list()
    values: dict[str, Value] = {"count": len(rows), "first": min(rows), "last": max(rows), "code": alike.first.code}
    return replace(alike, values=values)
