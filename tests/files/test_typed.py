"""XLSX and Parquet: values with types, formulas, errors, serial dates."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import polars as pl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from onenumber.files import workbook
from onenumber.files.read import read_files
from onenumber.model.sentences import say

DIVISIONS = [["division", "name"], ["A", "Alpha"]]


def _book(*, epoch: dt.datetime = CALENDAR_WINDOWS_1900, **tabs: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.epoch = epoch
    book.remove(book.active)
    for name, rows in tabs.items():
        tab = book.create_sheet(name)
        for row in rows:
            tab.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _said(files: dict[str, bytes], known: dict[str, pl.DataFrame] | None = None) -> list[str]:
    findings = read_files(files, known=known or {}).findings
    return [say(f) for f in findings if f.code != "missing_table"]


def test_a_workbook_holds_several_tables_and_tabs_of_its_own() -> None:
    data = _book(Divisions=DIVISIONS, territories=[["territory", "name", "region"], [12, "North", None]], Notes=[["x"]])
    loaded = read_files({"company.xlsx": data})
    assert loaded.tables["divisions"].rows() == [("A", "Alpha")]
    assert loaded.tables["territories"].rows() == [("12", "North", None)]  # a label written as a number
    assert _said({"company.xlsx": data}) == [
        (
            "company.xlsx: The tab 'Notes' is not named after a table of the data contract and was not read. "
            "Name it after its table, or leave it where it is."
        )
    ]


def test_the_only_tab_of_a_book_named_after_a_table_may_have_any_name() -> None:
    assert read_files({"divisions.xlsx": _book(Tabelle1=DIVISIONS)}).tables["divisions"].rows() == [("A", "Alpha")]


def test_blank_rows_count_and_are_no_rows() -> None:
    rows = [[], ["division", "name"], ["A", "Alpha"], [], ["B", ""]]
    assert _said({"divisions.xlsx": _book(divisions=rows)}) == [
        "divisions.xlsx, row 5, name: The cell is empty, and it must not be. Fill it in."
    ]


def test_dates_and_bare_numbers_in_a_date_column_are_days() -> None:
    rows = [["site", "date", "reason"]]
    rows += [["S", day, None] for day in (dt.datetime(2026, 7, 31, 12), 46000, "2026-01-06", "31.12.2026")]
    known = {"sites": pl.DataFrame({"site": ["S"]})}
    loaded = read_files({"closed_days.xlsx": _book(closed_days=rows)}, known=known)
    days = [dt.date(2026, 7, 31), dt.date(2025, 12, 9), dt.date(2026, 1, 6), dt.date(2026, 12, 31)]
    assert loaded.tables["closed_days"]["date"].to_list() == days  # 1899-12-30 + 46000 days = 2025-12-09


def test_no_day_of_a_workbook_lies_beyond_the_year_9999() -> None:
    """2,958,465 days after 1899-12-30 is 9999-12-31; a book that counts from 1904 is there 1,462 days earlier."""
    last = 2_958_465
    for epoch, end in ((CALENDAR_WINDOWS_1900, last), (CALENDAR_MAC_1904, last - 1462)):
        rows = [["site", "date", "reason"], ["S", end, None], ["S", end + 1, None], ["S", "0000-01-01", None]]
        files = {"closed_days.xlsx": _book(epoch=epoch, closed_days=rows)}
        known = {"sites": pl.DataFrame({"site": ["S"]})}
        assert read_files(files, known=known).tables["closed_days"]["date"].to_list() == [dt.date.max]
        assert _said(files, known) == [
            f"closed_days.xlsx, row 3, date: '{end + 1}' is not a date. Write it as year-month-day, e.g. 2026-07-31.",
            (
                "closed_days.xlsx, row 4, date: '0000-01-01' is a day that does not exist. "
                "Correct the day, the month or the year."
            ),
        ]


def test_a_formula_without_a_saved_value_is_never_read_as_text() -> None:
    data = _book(divisions=[["division", "name"], ["A", '="Al"&"pha"'], ["B", "Beta"]])
    assert read_files({"divisions.xlsx": data}).tables["divisions"].rows() == [("B", "Beta")]
    assert _said({"divisions.xlsx": data}) == [
        (
            'divisions.xlsx, row 2, name: The cell holds the formula \'="Al"&"pha"\' and no value was saved with it. '
            "Paste it as a value."
        )
    ]


def test_a_formula_with_a_saved_value_gives_the_value_and_is_said() -> None:
    data = _with_saved_value(_book(divisions=[["division", "name"], ["A", '="Al"&"pha"']]), "Alpha")
    assert read_files({"divisions.xlsx": data}).tables["divisions"].rows() == [("A", "Alpha")]
    assert _said({"divisions.xlsx": data}) == [
        (
            'divisions.xlsx, row 2, name: The cell holds the formula \'="Al"&"pha"\'; the value it had when the file '
            "was saved was read. Paste it as a value if the formula may change."
        )
    ]


def _with_saved_value(data: bytes, value: str) -> bytes:
    """The workbook as a spreadsheet program saves it: the formula with its last value."""
    valued = _edited(data, rb"<v\s*/>|<v></v>", f"<v>{value}</v>".encode())
    return _edited(valued, rb'<c r="B2">', rb'<c r="B2" t="str">')


def _edited(data: bytes, pattern: bytes, text: bytes) -> bytes:
    """The workbook with the XML of its first tab edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, re.sub(pattern, text, part) if name.endswith("sheet1.xml") else part)
    return out.getvalue()


def test_a_yes_of_the_workbook_is_no_number() -> None:
    rows = [["item", "standard_cost", "currency"], ["A", True, "EUR"]]
    said = _said({"costs.xlsx": _book(costs=rows)}, {"items": pl.DataFrame({"item": ["A"]})})
    assert said == [
        "costs.xlsx, row 2, standard_cost: 'yes' is not a number. Write digits with a point or a comma, without a unit."
    ]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_named(data: bytes) -> None:
    assert _said({"divisions.xlsx": data}) == [
        (
            "divisions.xlsx: The file cannot be opened (BadZipFile). "
            "Save it again as CSV, XLSX or Parquet and load it once more."
        )
    ]


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "UNPACKED_MEGABYTES", 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 3 * 2**20)
    assert _said({"divisions.xlsx": out.getvalue()}) == [
        "divisions.xlsx: Unpacked, the file holds 3 MB; the limit is 1 MB. Save it as CSV or Parquet."
    ]


def _parquet(**columns: pl.Series) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


def test_parquet_types_are_taken_as_they_are() -> None:
    data = _parquet(
        item=pl.Series([17850.0, 2.0]),  # a label that a program made a float
        standard_cost=pl.Series([1.234, float("nan")]),  # NaN is how some programs write "missing"
        currency=pl.Series(["EUR", "EUR"]),
        valid_from=pl.Series([dt.datetime(2026, 7, 31, 8), None]),
    )
    known = {"items": pl.DataFrame({"item": ["17850", "2"]})}
    loaded = read_files({"costs.parquet": data}, known=known)
    assert loaded.tables["costs"].row(0)[:2] == ("17850", 1.234)
    assert loaded.tables["costs"]["valid_from"].to_list() == [dt.date(2026, 7, 31)]
    assert _said({"costs.parquet": data}, known) == [
        "costs.parquet, row 3, standard_cost: The cell is empty, and it must not be. Fill it in."
    ]


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (-719_163, "0000-12-31"),
        (-1_000_000, "-0768-02-04"),
        (2_932_897, "+10000-01-01"),
        (2**31 - 1, "day 2147483647 from 1970-01-01"),
        (-(2**31), "day -2147483648 from 1970-01-01"),
    ],
)
@pytest.mark.parametrize("timed", [False, True])
def test_a_typed_date_of_a_year_that_no_calendar_has_is_a_finding(days: int, shown: str, *, timed: bool) -> None:
    begins = pl.Series([days, 20_665, None], dtype=pl.Int64)  # 20,665 days after 1970-01-01 is 2026-07-31
    typed = (begins * 86_400_000).cast(pl.Datetime("ms")) if timed else begins.cast(pl.Int32).cast(pl.Date)
    data = _parquet(
        item=pl.Series(["A"] * 3), standard_cost=pl.Series([1.0] * 3), currency=pl.Series(["EUR"] * 3), valid_from=typed
    )
    known = {"items": pl.DataFrame({"item": ["A"]})}
    assert read_files({"costs.parquet": data}, known=known).tables["costs"]["valid_from"].to_list() == [
        dt.date(2026, 7, 31), None,
    ]  # fmt: skip
    assert _said({"costs.parquet": data}, known) == [
        (
            f"costs.parquet, row 2, valid_from: '{shown}' is a day that does not exist. "
            "Correct the day, the month or the year."
        )
    ]


def test_the_first_and_last_typed_day_are_taken_as_they_are() -> None:
    data = _parquet(
        item=pl.Series(["A"]), standard_cost=pl.Series([1.0]), currency=pl.Series(["EUR"]),
        valid_from=pl.Series([dt.date.min]), valid_to=pl.Series([dt.datetime.max]),
    )  # fmt: skip
    table = read_files({"costs.parquet": data}, known={"items": pl.DataFrame({"item": ["A"]})}).tables["costs"]
    assert table.select("valid_from", "valid_to").rows() == [(dt.date.min, dt.date.max)]


def test_an_infinite_number_is_a_finding() -> None:
    data = _parquet(item=pl.Series(["A"]), standard_cost=pl.Series([float("inf")]), currency=pl.Series(["EUR"]))
    said = _said({"costs.parquet": data}, {"items": pl.DataFrame({"item": ["A"]})})
    assert said[0].startswith("costs.parquet, row 2, standard_cost: 'inf' is not a number.")


def test_parquet_with_lists_or_without_sense_is_named() -> None:
    nested = _parquet(division=pl.Series([["A"]]), name=pl.Series(["Alpha"]))
    assert _said({"divisions.parquet": nested})[0].startswith(
        "divisions.parquet: The file cannot be opened (the column division holds lists or bytes)."
    )
    assert _said({"divisions.parquet": b"PAR1 nonsense"})[0].startswith("divisions.parquet: The file cannot be opened")


def test_a_row_number_beyond_the_last_row_is_damage_and_not_a_million_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 100)
    data = _edited(_book(divisions=DIVISIONS), rb'<row r="2"', rb'<row r="999999999999"')
    assert _said({"divisions.xlsx": data}) == [
        (
            "divisions.xlsx: The file cannot be opened (OverflowError). "
            "Save it again as CSV, XLSX or Parquet and load it once more."
        )
    ]


def test_a_workbook_without_its_parts_is_damage() -> None:
    data = _edited(_book(divisions=DIVISIONS), rb"<sheetData>.*", b"")
    assert _said({"divisions.xlsx": data})[0].startswith("divisions.xlsx: The file cannot be opened (ParseError).")


def test_a_workbook_that_names_a_range_smaller_than_its_tab_loses_no_row() -> None:
    data = _edited(_book(divisions=[*DIVISIONS, ["B", "Beta"]]), rb'<dimension ref="[^"]*"', b'<dimension ref="A1"')
    assert read_files({"divisions.xlsx": data}).tables["divisions"].rows() == [("A", "Alpha"), ("B", "Beta")]
