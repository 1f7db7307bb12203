"""Columns of a file matched to the columns of the contract."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.files.faults import file_finding
from onenumber.files.names import near, plain
from onenumber.files.raw import RawColumn, RawTable
from onenumber.model.contract import Table
from onenumber.model.finding import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The cells of each column of the contract that the file has; ``usable`` is False if a needed one has none."""

    columns: Mapping[str, RawColumn]
    usable: bool
    findings: tuple[Finding, ...]


def match_header(raw: RawTable, table: Table) -> Header:
    """The header of a file against its table: names are compared without regard to case, blanks and hyphens."""
    names = [plain(column.header) for column in raw.columns]
    known = [column.name for column in table.columns]
    columns = {name: column for name, column in zip(names, raw.columns, strict=True) if name in known}
    unknown = [column.header for name, column in zip(names, raw.columns, strict=True) if name and name not in known]
    repeated = [name for name in known if names.count(name) > 1]
    missing = [column.name for column in table.columns if column.required and column.name not in columns]
    findings = (
        *(file_finding("repeated_column", raw.file, name=name, rows=len(raw.rows)) for name in repeated),
        *(_missing(raw, name, unknown) for name in missing),
        *(_unknown(raw, name, [k for k in known if k not in columns]) for name in unknown),
    )
    return Header(columns=columns, usable=not (repeated or missing), findings=findings)


def _missing(raw: RawTable, name: str, unknown: list[str]) -> Finding:
    return file_finding("missing_column", raw.file, name=name, rows=len(raw.rows), near=near(name, unknown))


def _unknown(raw: RawTable, name: str, free: list[str]) -> Finding:
    close = near(plain(name), free)
    severity = Severity.ATTENTION if close else Severity.NOTE
    return file_finding("unknown_column", raw.file, severity=severity, name=name, table=raw.table, near=close)
