"""XLSX: every tab that is named after a table, values told from formulas, errors and dates."""

import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

import polars as pl
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from onenumber.files.faults import Fault, file_finding
from onenumber.files.names import near, plain
from onenumber.files.raw import Opened, RawColumn, RawTable
from onenumber.model.contract import TABLES, Table
from onenumber.model.finding import Finding, Severity

UNPACKED_MEGABYTES = 1024
"""The most a workbook may hold when unpacked; a small file can unpack to any size."""
LAST_ROW = 1_048_576
"""Rows that a tab can have."""
WINDOWS_EPOCH = dt.date(1899, 12, 30)
MAC_EPOCH = dt.date(1904, 1, 1)
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    OSError,
    InvalidFileException,
    ParseError,
    LookupError,
    AttributeError,
    ValueError,
    TypeError,
    OverflowError,
)
"""What opening a damaged workbook raises."""

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
At = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """The cells of a tab by row, and where formulas and errors stand (row and column from 0)."""

    rows: list[list[Cell]]
    formulas: Mapping[At, str]
    errors: Mapping[At, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """The tabs of a workbook, and the day its bare dates count from."""

    tabs: Mapping[str, _Grid]
    epoch: dt.date


class _Tabs(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """Reads worksheets only."""

    def read_chartsheet(self, sheet: object, rel: object) -> None:
        """Leave it alone: a sheet of one chart has no cells, and one that lost its chart stops the reader."""


def read_workbook(data: bytes, *, file: str, table: str = "", contract: Mapping[str, Table] = TABLES) -> Opened:
    """Every tab of ``data`` named after a table. A book named after ``table`` may call its only tab anything.

    Where a formula stands, the value saved with it is taken and said; a formula without a value is a finding.
    """
    try:
        megabytes = _unpacked_megabytes(data)
        if megabytes > UNPACKED_MEGABYTES:
            large = file_finding("file_too_large", file, megabytes=megabytes, limit=UNPACKED_MEGABYTES)
            return Opened(findings=(large,))
        written = _open(data, values=False)
        formulas = any(grid.formulas for grid in written.tabs.values())
        shown = _open(data, values=True) if formulas else written
    except DAMAGED as error:
        return Opened(findings=(file_finding("unreadable_file", file, reason=type(error).__name__),))
    if not written.tabs:
        return Opened(findings=(file_finding("no_worksheet", file),))
    tables: list[RawTable] = []
    findings: list[Finding] = []
    for tab, name in _tables_of(list(written.tabs), table, contract):
        place = f"{file}, tab {tab}" if plain(tab) != plain(file.rpartition(".")[0]) else file
        if not name:
            close = near(plain(tab), list(contract))
            findings.append(file_finding("unknown_tab", file, severity=Severity.NOTE, name=tab, near=close))
        elif not any(map(_filled, written.tabs[tab].rows)):
            findings.append(file_finding("empty_file", place))
        else:
            tables.append(_table(written.tabs[tab], shown.tabs[tab], place, name, written.epoch))
    return Opened(tables=tuple(tables), findings=tuple(findings))


def _unpacked_megabytes(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return sum(part.file_size for part in packed.infolist()) // 2**20


def _open(data: bytes, *, values: bool) -> _Book:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # on colours, names and validations, which are not read
        reader = _Tabs(io.BytesIO(data), read_only=True, data_only=values)
        reader.read()
        book = reader.wb
        epoch = MAC_EPOCH if book.epoch == CALENDAR_MAC_1904 else WINDOWS_EPOCH
        for tab in book.worksheets:
            tab.reset_dimensions()  # some programs write a range smaller than the tab, and rows would be left out
        tabs = {tab.title: _grid(tab.rows) for tab in book.worksheets}
        book.close()
    return _Book(tabs=tabs, epoch=epoch)


def _grid(lines: Iterable[Sequence[Any]]) -> _Grid:
    rows: list[list[Cell]] = []
    formulas: dict[At, str] = {}
    errors: dict[At, str] = {}
    for at, line in enumerate(lines):
        if at >= LAST_ROW:
            raise OverflowError  # a damaged row number would be filled up with empty rows
        rows.append([cell.value for cell in line])
        for k, cell in enumerate(line):
            if cell.data_type == "f":
                formulas[at, k] = str(cell.value)
            elif cell.data_type == "e":
                errors[at, k] = str(cell.value)
    return _Grid(rows=rows, formulas=formulas, errors=errors)


def _filled(row: Sequence[Cell]) -> bool:
    return any(value is not None and str(value).strip() for value in row)


def _tables_of(tabs: list[str], table: str, contract: Mapping[str, Table]) -> list[tuple[str, str]]:
    """Each tab with the table it means; empty where it means none."""
    named = [(tab, plain(tab) if plain(tab) in contract else "") for tab in tabs]
    if table and len(tabs) == 1 and not named[0][1]:
        return [(tabs[0], table)]
    return named


def _table(written: _Grid, shown: _Grid, file: str, name: str, epoch: dt.date) -> RawTable:
    top = next(k for k, row in enumerate(written.rows) if _filled(row))
    header = ["" if value is None else str(value).strip() for value in written.rows[top]]
    while header and not header[-1]:
        header.pop()
    at = [k for k in range(top + 1, len(written.rows)) if _filled(written.rows[k][: len(header)])]
    columns: list[RawColumn] = []
    faults: list[Fault] = []
    for k, heading in enumerate(header):
        values = [shown.rows[row][k] if k < len(shown.rows[row]) else None for row in at]
        columns.append(_column(heading, values, epoch))
        formulas = [written.formulas.get((row, k)) for row in at]
        errors = [shown.errors.get((row, k)) for row in at]
        faults.extend(_faults(plain(heading), columns[-1].text, _texts(formulas), _texts(errors)))
    rows = pl.Series("", [row + 1 for row in at], dtype=pl.Int64)
    return RawTable(file=file, table=name, columns=tuple(columns), rows=rows, faults=tuple(faults))


def _texts(values: list[str | None]) -> pl.Series:
    return pl.Series("", values, dtype=pl.String)


def _faults(column: str, text: pl.Series, formulas: pl.Series, errors: pl.Series) -> list[Fault]:
    formula, wrong, empty = formulas.is_not_null(), errors.is_not_null(), text.is_null()
    read = Severity.ATTENTION
    return [
        Fault(code="formula_without_value", where=formula & empty, column=column, values={"value": formulas}),
        Fault(
            code="formula_read",
            where=formula & ~empty & ~wrong,
            column=column,
            severity=read,
            values={"value": formulas},
        ),
        Fault(code="error_cell", where=wrong, column=column, values={"value": errors}),
    ]


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
