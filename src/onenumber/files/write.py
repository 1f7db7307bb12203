"""Tables and findings to CSV, XLSX and JSON, so that a spreadsheet runs none of their texts as a formula."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from onenumber.errors.files import TooManyRowsError
from onenumber.model.finding import Finding, in_parts
from onenumber.model.sentences import say

XLSX_ROWS = 1_048_576
"""Rows of one tab, its header included."""
FORMULA = r"^([=+\-@\t\r])"
"""What a text begins with that a spreadsheet would run."""
WHOLE, FRACTION, DAY, MOMENT = "#,##0", "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
EXACT = "0"
WIDEST = 60
SEEN = 200
"""Rows that the width of a column is taken from."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the same tables are the same bytes."""
COLUMNS = ("severity", "file", "row", "column", "value", "code", "sentence")
"""What a table of findings has."""

Tables = Mapping[str, pl.DataFrame]


def csv_bytes(table: pl.DataFrame) -> bytes:
    r"""One table as CSV: UTF-8 with a byte order mark (so that Excel reads it), commas, decimal points, ISO dates.

    A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a return gets an apostrophe before it; a load takes it
    off again.

    Example:
        >>> csv_bytes(pl.DataFrame({"name": ["=1+1", "plain"], "q": [-1.5, 2.0]})).decode("utf-8-sig")
        "name,q\n'=1+1,-1.5\nplain,2.0\n"
    """
    out = io.BytesIO()
    _safe(table).write_csv(out, include_bom=True)
    return out.getvalue()


def _safe(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(pl.col(pl.String, pl.Categorical).cast(pl.String).str.replace(FORMULA, "'$1"))


def export_csv(tables: Tables) -> bytes:
    r"""The tables as a ZIP archive with one CSV file each; the same tables give the same bytes.

    Example:
        >>> archive = zipfile.ZipFile(io.BytesIO(export_csv({"divisions": pl.DataFrame({"division": ["A"]})})))
        >>> archive.namelist(), archive.read("divisions.csv").decode("utf-8-sig")
        (['divisions.csv'], 'division\nA\n')
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, table in tables.items():
            entry = zipfile.ZipInfo(f"{name}.csv", date_time=EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, csv_bytes(table))
    return out.getvalue()


def export_json(tables: Tables) -> bytes:
    """The tables as one JSON object: table name to a list of rows; dates are ISO texts, empty cells null.

    Example:
        >>> export_json({"stock": pl.DataFrame({"item": ["A"], "quantity": [None]})})
        b'{"stock":[{"item":"A","quantity":null}]}'
    """
    parts = (f"{json.dumps(name, ensure_ascii=False)}:{table.write_json()}" for name, table in tables.items())
    return f"{{{','.join(parts)}}}".encode()


def export_xlsx(tables: Tables) -> bytes:
    """The tables as one workbook with a tab each: header bold and frozen, real dates and numbers, fitting widths.

    A text is always stored as text, marked so that a spreadsheet keeps it one when it is edited.

    Raises:
        TooManyRowsError: if a table does not fit into a tab.
    """
    book = Workbook(write_only=True)
    for name, table in tables.items():
        if len(table) >= XLSX_ROWS:
            raise TooManyRowsError(table=name, rows=len(table), limit=XLSX_ROWS - 1)
        tab = book.create_sheet(name)
        tab.freeze_panes = "A2"
        for at, series in enumerate(table, start=1):
            tab.column_dimensions[get_column_letter(at)].width = _width(series)
        tab.append([_bold(tab, column) for column in table.columns])
        formats = [_format(series) for series in table]
        for row in table.iter_rows():
            tab.append([_cell(tab, value, form) for value, form in zip(row, formats, strict=True)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _width(series: pl.Series) -> int:
    lengths = series.head(SEEN).cast(pl.String, strict=False).str.len_chars().drop_nulls().to_list()
    widest: int = max(len(series.name), *lengths, 0)
    return min(widest + 2, WIDEST)


def _format(series: pl.Series) -> str:
    """How the numbers or dates of a column are shown; empty for texts."""
    if series.dtype.is_integer():
        return EXACT
    if series.dtype.is_numeric():
        return WHOLE if (series == series.round()).all() else FRACTION
    return {pl.Date: DAY, pl.Datetime: MOMENT}.get(series.dtype.base_type(), "")


def _bold(tab: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(tab, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(tab: object, value: object, form: str) -> object:
    if value is None:
        return None
    if isinstance(value, str):
        return _text(tab, value) if value[:1] in "=+-@\t\r" else value
    if not form:
        return value
    cell = WriteOnlyCell(tab, value=value)
    cell.number_format = form
    return cell


def _text(tab: object, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(tab, value=value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def write_folder(tables: Tables, folder: Path) -> None:
    """Write one CSV file per table into ``folder``, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_bytes(table))


def findings_in_words(findings: Iterable[Finding]) -> pl.DataFrame:
    """Findings as a table: severity, where, what was seen, the code and the sentence of the catalogue.

    Example:
        >>> from onenumber.model.finding import Place, Severity
        >>> found = Finding(code="required_empty", severity=Severity.BLOCKED, place=Place(file="a.csv", row=2))
        >>> findings_in_words([found]).select("file", "row", "sentence").rows()
        [('a.csv', 2, 'a.csv, row 2: The cell is empty, and it must not be. Fill it in.')]
    """
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(COLUMNS, pl.String)
    return pl.DataFrame(list(_said(findings)), schema={**schema, "row": pl.Int64}, orient="row")


def _said(findings: Iterable[Finding]) -> Iterator[tuple[str | int | None, ...]]:
    for found in findings:
        place, value = found.place, found.values.get("value")
        shown = None if value is None else str(value)
        yield found.severity.value, place.file, place.row, place.column, shown, found.code, say(found)


def write_findings(findings: Iterable[Finding], path: Path) -> None:
    """Write every finding to ``path``, a row each: a workbook where it ends in .xlsx, else CSV.

    Those that one finding stands for are written one by one, a part at a time.

    Raises:
        TooManyRowsError: if they do not fit into a tab of a workbook.
    """
    parts = map(findings_in_words, in_parts(findings))
    if path.suffix.casefold() == ".xlsx":
        path.write_bytes(export_xlsx({"findings": pl.concat(parts)}))
        return
    with path.open("wb") as out:
        out.write(csv_bytes(next(parts)))
        for part in parts:
            _safe(part).write_csv(out, include_header=False)
