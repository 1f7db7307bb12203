"""Text files: encodings, separators, quotes, and the true row of every record."""

import pytest

from onenumber.files.delimited import read_delimited
from onenumber.files.raw import RawTable
from onenumber.files.read import read_files
from onenumber.model.contract import TABLES
from onenumber.model.sentences import say

TEXT = "division,name\nA,Müller\nB,Łódź\n"


def _raw(data: bytes) -> RawTable:
    return read_delimited(data, file="divisions.csv", table=TABLES["divisions"]).tables[0]


def _said(data: bytes) -> list[str]:
    findings = read_files({"divisions.csv": data}).findings
    return [say(f) for f in findings if f.code != "missing_table"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read_without_a_word(encoding: str) -> None:
    raw = _raw(TEXT.encode(encoding))
    assert [column.header for column in raw.columns] == ["division", "name"]
    assert raw.columns[1].text.to_list() == ["Müller", "Łódź"]
    assert _said(TEXT.encode(encoding)) == []


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_an_older_encoding_is_detected_and_said(encoding: str) -> None:
    data = "division,name\nA,Müller & Söhne\nB,Bäckerei Groß\n".encode(encoding)
    assert _raw(data).columns[1].text.to_list() == ["Müller & Söhne", "Bäckerei Groß"]
    assert _said(data) == [
        "divisions.csv: The file is not UTF-8 and was read as cp1252. Check the letters with accents; save it as UTF-8."
    ]


def test_a_picture_named_csv_is_not_read() -> None:
    assert _said(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\xff\xfe") == [
        (
            "divisions.csv: The text of the file is in no encoding that can be read. "
            "Save it as UTF-8 and load it once more."
        )
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separator_and_line_end_are_found(separator: str, end: str) -> None:
    raw = _raw(f"division{separator}name{end}A{separator}Alpha{end}".encode())
    assert [column.text.to_list() for column in raw.columns] == [["A"], ["Alpha"]]


def test_the_line_that_excel_hides_names_the_separator() -> None:
    raw = _raw(b"sep=;\r\ndivision;name\r\nA;Alpha, Beta\r\n")
    assert raw.columns[1].text.to_list() == ["Alpha, Beta"]
    assert raw.rows.to_list() == [2]  # as Excel shows it


def test_rows_count_as_a_spreadsheet_shows_them() -> None:
    # header 1, A 2, blank 3, B with two lines 4, blank cells 5, C 6
    raw = _raw(b'division,name\nA,Alpha\n\nB,"Be\nta"\n,\nC,Gamma\n')
    assert raw.rows.to_list() == [2, 4, 6]
    assert raw.columns[1].text.to_list() == ["Alpha", "Be\nta", "Gamma"]


def test_a_quote_inside_a_text_is_a_letter() -> None:
    assert _raw(b'division,name\nA,5" pipe\n').columns[1].text.to_list() == ['5" pipe']


def test_a_quote_that_never_closes_costs_its_own_row_only() -> None:
    data = b'division,name\nA,Alpha\nB,"Beta\nC,Gamma\nD,Delta\n'
    loaded = read_files({"divisions.csv": data})
    assert loaded.tables["divisions"]["division"].to_list() == ["A", "C", "D"]
    assert _said(data) == [
        (
            "divisions.csv, row 3: A quote opens in this row and does not close where a cell ends. "
            "Close it, or write a quote inside a text twice."
        )
    ]


def test_two_open_quotes_do_not_swallow_the_rows_between_them() -> None:
    data = b'division,name\nA,"Alpha\nB,Beta\nC,"Gamma"\nD,Delta\n'
    loaded = read_files({"divisions.csv": data})
    assert loaded.tables["divisions"]["division"].to_list() == ["B", "C", "D"]


def test_a_row_cut_short_is_filled_and_said() -> None:
    data = b"patch,name,territory\nP,North\n"
    loaded = read_files({"patches.csv": data})
    assert loaded.tables["patches"].rows() == [("P", "North", None)]
    assert say(next(f for f in loaded.findings if f.code == "too_few_cells")) == (
        "patches.csv, row 2: The row has 2 cells and the header 3; the rest was taken as empty. "
        "Check that the row was not cut off."
    )


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  \n"])
def test_a_file_without_a_word_is_empty(data: bytes) -> None:
    assert _said(data) == ["divisions.csv: The file is empty. Write the header, and the rows if there are any."]
