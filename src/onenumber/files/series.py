"""A file of series to forecast: columns series, month and value, read as the files of a load are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from onenumber.errors.demand import BadSeriesTableError
from onenumber.files.batch import Contract
from onenumber.files.faults import ROW, file_finding
from onenumber.files.names import near, plain
from onenumber.files.parse import parse
from onenumber.files.raw import RawColumn, RawTable
from onenumber.files.read import open_as
from onenumber.model.contract import Table
from onenumber.model.contract.column import date, number, text
from onenumber.model.finding import Alike, Finding, Severity
from onenumber.model.sentences import say

SERIES = Table(
    name="series",
    doc="Series to forecast.",
    key=("series", "month"),
    columns=(
        text("series", "Name of the series.", required=True),
        date("month", "A date in the month, or the month as 2026-07."),
        number("value", "What was seen; empty where it is not known.", unit="unit", required=False),
    ),
)
CONTRACT: Contract = {"series": SERIES}
WITHOUT_DAY = r"^\d{4}-(?:0[1-9]|1[0-2])$"
NOT_KNOWN = ("nan", "na", "null")
"""How programs write a value that is not known, in small letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFile:
    """The good rows (series, a day of the month, value), the row of each in the file, and the findings."""

    table: pl.DataFrame
    rows: pl.Series
    findings: tuple[Finding, ...]


def read_series(file: Path) -> SeriesFile:
    """The series of ``file``: XLSX, Parquet, or text with any of the usual separators and number forms.

    Raises:
        BadSeriesTableError: if the file holds no such table.
    """
    opened = open_as(file.name, file.read_bytes, "series", CONTRACT)
    _refuse_unusable(opened.findings)
    raw = opened.tables[0]
    _refuse_unusable(_without_values(raw))
    parsed = parse(replace(raw, columns=tuple(map(_prepared, raw.columns))), SERIES)
    _refuse_unusable(parsed.findings)
    good = pl.DataFrame() if parsed.good is None else parsed.good
    return SeriesFile(
        table=good.select("series", "month", "value"),
        rows=good[ROW],
        findings=tuple(_of_a_month(f) for f in (*opened.findings, *parsed.findings) if f.code != "no_rows"),
    )


def _refuse_unusable(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.severity is Severity.BLOCKED and not finding.place.row and finding.code != "more_alike":
            raise BadSeriesTableError(what=say(finding))


def _without_values(raw: RawTable) -> tuple[Finding, ...]:
    """What a file says that has no column of values: its cells may be empty, and yet it must be there."""
    headers = [plain(column.header) for column in raw.columns]
    if "value" in headers:
        return ()
    return (file_finding("missing_column", raw.file, name="value", rows=len(raw.rows), near=near("value", headers)),)


def _prepared(column: RawColumn) -> RawColumn:
    """The column with a day behind each month, and without the words for a value that is not known."""
    change = CHANGES.get(plain(column.header))
    return (
        replace(column, text=pl.select(change(pl.lit(column.text).str.strip_chars())).to_series()) if change else column
    )


def _with_day(month: pl.Expr) -> pl.Expr:
    bare = month.str.contains(WITHOUT_DAY) & ~month.str.starts_with("0000")
    return pl.when(bare).then(month + "-01").otherwise(month)


def _known(value: pl.Expr) -> pl.Expr:
    return pl.when(~value.str.to_lowercase().is_in(NOT_KNOWN)).then(value)


CHANGES: dict[str, Callable[[pl.Expr], pl.Expr]] = {"month": _with_day, "value": _known}


def _of_a_month(finding: Finding) -> Finding:
    """The finding, with the way out that a month has."""
    if isinstance(finding, Alike):
        return replace(finding, first=_of_a_month(finding.first))
    return replace(finding, code="not_a_month") if finding.code == "not_a_date" else finding
