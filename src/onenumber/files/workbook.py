"""XLSX: every tab that is named after a table, values told from formulas, errors and dates."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

import openpyxl
import polars as pl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from onenumber.files.faults import Fault, file_finding
from onenumber.files.names import near, plain
from onenumber.files.raw import Opened, RawColumn, RawTable
from onenumber.model.contract import TABLES
from onenumber.model.finding import Finding, Severity

UNPACKED_MEGABYTES = 1024
"""The most a workbook may hold when unpacked; a small file can unpack to any size."""
WINDOWS_EPOCH = dt.date(1899, 12, 30)
MAC_EPOCH = dt.date(1904, 1, 1)
DAMAGED = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, EOFError)
"""What opening a damaged workbook raises."""

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
Grid = list[list[tuple[Cell, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """The tabs of a workbook as (value, type of cell), and the day its bare dates count from."""

    tabs: Mapping[str, Grid]
    epoch: dt.date


def read_workbook(data: bytes, *, file: str, table: str = "") -> Opened:
    """Every tab of ``data`` named after a table. A book named after ``table`` may call its only tab anything.

    Where a formula stands, the value saved with it is taken and said; a formula without a value is a finding.
    """
    megabytes = _unpacked_megabytes(data)
    if megabytes > UNPACKED_MEGABYTES:
        large = file_finding("file_too_large", file, megabytes=megabytes, limit=UNPACKED_MEGABYTES)
        return Opened(findings=(large,))
    try:
        written = _open(data, values=False)
        shown = _open(data, values=True) if _has_formula(written) else written
    except DAMAGED as error:
        return Opened(findings=(file_finding("unreadable_file", file, reason=type(error).__name__),))
    tables: list[RawTable] = []
    findings: list[Finding] = []
    for tab, name in _tables_of(list(written.tabs), table):
        place = f"{file}, tab {tab}" if plain(tab) != plain(file.rpartition(".")[0]) else file
        if not name:
            close = near(plain(tab), list(TABLES))
            findings.append(file_finding("unknown_tab", file, severity=Severity.NOTE, name=tab, near=close))
        elif not any(_filled(row) for row in written.tabs[tab]):
            findings.append(file_finding("empty_file", place))
        else:
            tables.append(_table(written.tabs[tab], shown.tabs[tab], place, name, written.epoch))
    return Opened(tables=tuple(tables), findings=tuple(findings))


def _unpacked_megabytes(data: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(part.file_size for part in packed.infolist()) // 2**20
    except zipfile.BadZipFile:
        return 0


def _open(data: bytes, *, values: bool) -> _Book:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    epoch = MAC_EPOCH if book.epoch == CALENDAR_MAC_1904 else WINDOWS_EPOCH
    tabs = {tab.title: [[(cell.value, cell.data_type) for cell in row] for row in tab.rows] for tab in book.worksheets}
    book.close()
    return _Book(tabs=tabs, epoch=epoch)


def _has_formula(book: _Book) -> bool:
    return any(kind == "f" for grid in book.tabs.values() for row in grid for _, kind in row)


def _filled(row: Sequence[tuple[Cell, str]]) -> bool:
    return any(value is not None and str(value).strip() for value, _ in row)


def _tables_of(tabs: list[str], table: str) -> list[tuple[str, str]]:
    """Each tab with the table it means; empty where it means none."""
    named = [(tab, plain(tab) if plain(tab) in TABLES else "") for tab in tabs]
    if table and len(tabs) == 1 and not named[0][1]:
        return [(tabs[0], table)]
    return named


def _table(written: Grid, shown: Grid, file: str, name: str, epoch: dt.date) -> RawTable:
    top = next(k for k, row in enumerate(written) if _filled(row))
    header = ["" if value is None else str(value).strip() for value, _ in written[top]]
    while header and not header[-1]:
        header.pop()
    at = [k for k in range(top + 1, len(written)) if _filled(written[k][: len(header)])]
    columns: list[RawColumn] = []
    faults: list[Fault] = []
    for k, heading in enumerate(header):
        cells = [shown[row][k] if k < len(shown[row]) else (None, "n") for row in at]
        kinds = [written[row][k] if k < len(written[row]) else (None, "n") for row in at]
        columns.append(_column(heading, [value for value, _ in cells], epoch))
        faults.extend(_faults(heading, cells, kinds))
    rows = pl.Series("", [row + 1 for row in at], dtype=pl.Int64)
    return RawTable(file=file, table=name, columns=tuple(columns), rows=rows, faults=tuple(faults))


def _faults(heading: str, cells: list[tuple[Cell, str]], written: list[tuple[Cell, str]]) -> list[Fault]:
    formula = pl.Series("", [kind == "f" for _, kind in written], dtype=pl.Boolean)
    empty = pl.Series("", [value is None for value, _ in cells], dtype=pl.Boolean)
    error = pl.Series("", [kind == "e" for _, kind in cells], dtype=pl.Boolean)
    text = _series(written, str)
    column = plain(heading)
    return [
        Fault(code="formula_without_value", where=formula & empty, column=column, values={"value": text}),
        Fault(
            code="formula_read",
            where=formula & ~empty & ~error,
            column=column,
            severity=Severity.ATTENTION,
            values={"value": text},
        ),
        Fault(code="error_cell", where=error, column=column, values={"value": _series(cells, str)}),
    ]


def _series(cells: list[tuple[Cell, str]], make: Callable[[Cell], str]) -> pl.Series:
    return pl.Series("", [None if value is None else make(value) for value, _ in cells], dtype=pl.String)


def _column(heading: str, values: list[Cell], epoch: dt.date) -> RawColumn:
    return RawColumn(
        header=heading,
        text=pl.Series("", [_text(value) for value in values], dtype=pl.String),
        numbers=pl.Series("", [_number(value) for value in values], dtype=pl.Float64),
        dates=pl.Series("", [_date(value) for value in values], dtype=pl.Date),
        epoch=epoch,
    )


def _text(value: Cell) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            return value.date().isoformat()
        case _:
            return str(value)


def _number(value: Cell) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _date(value: Cell) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None
