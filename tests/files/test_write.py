"""Exports: safe for spreadsheets, the same bytes for the same tables, and read back as they were."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from onenumber.errors import TooManyRowsError
from onenumber.files import write
from onenumber.files.read import read_files, read_folder
from onenumber.files.write import (
    csv_bytes,
    export_csv,
    export_json,
    export_xlsx,
    write_findings,
    write_folder,
)
from tests.files.company import csv_files, sound

SOUND = read_files(csv_files(sound())).tables
DANGEROUS = pl.DataFrame(
    {"division": ["=1+1", "+A", "-B", "@C", "D"], "name": ["-", "=cmd|' /C calc'!A0", "a=b", "'", "x"]}
)


def _cells(data: bytes, tab: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data))[tab].iter_rows(values_only=True))


def test_no_text_of_a_csv_file_begins_like_a_formula() -> None:
    texts = [cell for line in csv_bytes(DANGEROUS).decode("utf-8-sig").splitlines()[1:] for cell in line.split(",")]
    assert texts[:4] == ["'=1+1", "'-", "'+A", "'=cmd|' /C calc'!A0"]
    assert [text for text in texts if text[:1] in "=+-@"] == []


def test_no_text_of_a_workbook_is_a_formula() -> None:
    tab = openpyxl.load_workbook(io.BytesIO(export_xlsx({"divisions": DANGEROUS})))["divisions"]
    cells = [cell for row in tab.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.value for cell in cells if cell.quotePrefix} == {"=1+1", "+A", "-B", "@C", "-", "=cmd|' /C calc'!A0"}


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_dangerous_texts_are_read_back_as_they_were(name: str) -> None:
    data = csv_bytes(DANGEROUS) if name == "csv" else export_xlsx({"divisions": DANGEROUS})
    loaded = read_files({f"divisions.{name}": data})
    assert loaded.tables["divisions"]["division"].to_list() == DANGEROUS["division"].to_list()
    assert loaded.tables["divisions"]["name"].to_list() == DANGEROUS["name"].to_list()


def test_the_whole_company_is_read_back_from_csv_and_from_one_workbook(tmp_path: Path) -> None:
    write_folder(SOUND, tmp_path / "csv")
    (tmp_path / "xlsx").mkdir()
    (tmp_path / "xlsx" / "company.xlsx").write_bytes(export_xlsx(SOUND))
    for folder in ("csv", "xlsx"):
        loaded = read_folder(tmp_path / folder)
        assert [f.code for f in loaded.findings] == []
        assert {n: t.rows() for n, t in loaded.tables.items()} == {n: t.rows() for n, t in SOUND.items()}


def test_a_workbook_has_a_bold_frozen_header_real_dates_and_number_formats() -> None:
    table = pl.DataFrame({"day": [dt.date(2026, 7, 31)], "period": [1200], "units": [12000.0], "price": [1.5]})
    tab = openpyxl.load_workbook(io.BytesIO(export_xlsx({"t": table})))["t"]
    assert tab.freeze_panes == "A2"
    assert tab["A1"].font.b
    assert tab["A2"].value == dt.datetime(2026, 7, 31)
    assert [cell.number_format for cell in tab[2]] == ["yyyy-mm-dd", "0", "#,##0", "#,##0.00"]
    assert tab.column_dimensions["A"].width == 12  # ten letters of 2026-07-31 and two


def test_a_table_too_long_for_a_tab_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "XLSX_ROWS", 3)
    said = "t has 3 rows and a tab of a workbook holds 2. Export it as CSV."
    with pytest.raises(TooManyRowsError, match=said):
        export_xlsx({"t": pl.DataFrame({"a": [1, 2, 3]})})


def test_json_holds_null_for_what_is_not_known() -> None:
    table = pl.DataFrame({"item": ["Ä"], "day": [dt.date(2026, 7, 31)], "q": [float("nan")]})
    assert json.loads(export_json({"t": table, "u": table.clear()})) == {
        "t": [{"item": "Ä", "day": "2026-07-31", "q": None}],
        "u": [],
    }


def test_the_archive_of_the_same_tables_is_the_same_bytes() -> None:
    assert export_csv(SOUND) == export_csv(dict(SOUND))
    archive = zipfile.ZipFile(io.BytesIO(export_csv(SOUND)))
    assert archive.namelist() == [f"{name}.csv" for name in SOUND]


@pytest.mark.parametrize("name", ["findings.csv", "findings.xlsx"])
def test_findings_are_written_with_their_sentence(tmp_path: Path, name: str) -> None:
    findings = [f for f in read_files({"divisions.csv": b"division,name\nA,\n"}).findings if f.place.row]
    write_findings(findings, tmp_path / name)
    data = (tmp_path / name).read_bytes()
    sentence = "divisions.csv, row 2, name: The cell is empty, and it must not be. Fill it in."
    if name.endswith("xlsx"):
        row = _cells(data, "findings")[1]
        assert row == ("blocked", "divisions.csv", 2, "name", None, "required_empty", sentence)
    else:
        assert f'blocked,divisions.csv,2,name,,required_empty,"{sentence}"' in data.decode("utf-8-sig")
