"""Characters that nobody sees: listed with their row, and no other row is lost."""

import io
import unicodedata

import polars as pl
import pytest

from onenumber.files.read import Loaded, read_files
from onenumber.model.finding import Finding, Severity
from onenumber.model.sentences import say

FAR = "".join(f"D{k},Division {k}\n" for k in range(6000))
"""More than the 64 KB from which an encoding is taken."""


def _load(text: str, **known: pl.DataFrame) -> Loaded:
    return read_files({"divisions.csv": text.encode()}, known=known)


def _found(loaded: Loaded) -> list[Finding]:
    return [found for found in loaded.findings if found.code != "missing_table"]


@pytest.mark.parametrize("letter", ["\0", "\x01", "\x0b", "\x0c", "\x1a", "\x1b", "\x7f", "\x85"])
@pytest.mark.parametrize("before", ["", FAR], ids=["near", "far"])
def test_a_control_character_costs_its_own_row_wherever_it_stands(letter: str, before: str) -> None:
    loaded = _load(f"division,name\n{before}A,Alpha\nB,Be{letter}ta\nC,Gamma\n")
    assert loaded.tables["divisions"]["division"].to_list()[-2:] == ["A", "C"]
    assert loaded.rows_read["divisions"] - loaded.rows_loaded["divisions"] == 1
    row = before.count("\n") + 3
    shown = f"\\x{ord(letter):02x}"
    assert [say(found) for found in _found(loaded)] == [
        (
            f"divisions.csv, row {row}, name: 'Be{shown}ta' holds a control character (U+{ord(letter):04X}), which no "
            "text holds. Take it out, where the file is made or by hand."
        )
    ]


def test_a_control_character_in_a_key_and_at_an_end_is_one_too() -> None:
    loaded = _load("division,name\nA\x00,Alpha\nB\x1f,Beta\nC,Gamma\n")
    assert loaded.tables["divisions"]["division"].to_list() == ["C"]
    assert [(f.code, f.place.row, f.place.column) for f in _found(loaded)] == [
        ("control_letter", 2, "division"),
        ("control_letter", 3, "division"),
    ]


def test_a_control_character_in_parquet_is_one_too() -> None:
    out = io.BytesIO()
    pl.DataFrame({"division": ["A", "B"], "name": ["Al\0pha", "Beta"]}).write_parquet(out)
    loaded = read_files({"divisions.parquet": out.getvalue()})
    assert loaded.tables["divisions"]["division"].to_list() == ["B"]
    assert [(f.code, f.place.row, f.values["value"]) for f in _found(loaded)] == [("control_letter", 2, "Al\\x00pha")]


def test_tabs_and_line_breaks_in_a_text_are_none() -> None:
    loaded = _load('division,name\nA,"Al\tpha\r\nand more"\n')
    assert loaded.tables["divisions"].rows() == [("A", "Al\tpha\r\nand more")]
    assert _found(loaded) == []


def test_a_control_character_in_the_header_names_the_column_that_is_meant() -> None:
    assert say(_found(_load("divi\0sion,name\nA,Alpha\n"))[0]) == (
        "divisions.csv: The required column 'division' is missing; 1 rows were not loaded. "
        "Did you mean it where the header says 'divi\\x00sion'?"
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["Alpha", "Łódź", "中文名字中文名字中文名字"])
def test_utf_16_without_its_mark_is_still_told_by_its_zeros(encoding: str, name: str) -> None:
    loaded = read_files({"divisions.csv": f"division,name\nA,{name}\nB,Beta\n".encode(encoding)})
    assert loaded.tables["divisions"].rows() == [("A", name), ("B", "Beta")]
    assert _found(loaded) == []


def test_a_run_of_zeros_does_not_make_a_file_utf_16() -> None:
    loaded = _load(f"division,name\nA,Alpha\nB,{chr(0) * 300}\n")
    assert loaded.tables["divisions"].rows() == [("A", "Alpha")]
    assert [(f.code, f.place.row) for f in _found(loaded)] == [("control_letter", 3)]


def test_a_row_in_another_encoding_does_not_change_how_the_others_are_read() -> None:
    data = "division,name\nA,Müller\n".encode() + b"B,\xe9\xe8\xea\n" + b"C,\x81\x8d\n"
    loaded = read_files({"divisions.csv": data[:-5]})
    assert loaded.tables["divisions"].rows() == [("A", "Müller")]
    assert [(f.code, f.place.row) for f in _found(loaded)] == [("unreadable_letters", 3)]


def test_bytes_that_no_encoding_reads_cost_their_own_row() -> None:
    loaded = read_files({"divisions.csv": b"division,name\nA,Alpha\nB,Be\xffta\n"})
    assert loaded.tables["divisions"].rows()[0] == ("A", "Alpha")
    assert {f.place.row for f in _found(loaded) if f.severity is Severity.BLOCKED} <= {3}


@pytest.mark.parametrize("letter", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00a0", "\u202f"])
def test_a_hidden_character_inside_a_label_is_named(letter: str) -> None:
    loaded = _load(f"division,name\nA1,Alpha\nA{letter}1,Beta\n")
    assert loaded.tables["divisions"]["division"].to_list() == ["A1"]
    code = f"\\x{ord(letter):02x}" if ord(letter) < 256 else f"\\u{ord(letter):04x}"
    assert [say(found) for found in _found(loaded)] == [
        (
            f"divisions.csv, row 3, division: The label 'A{code}1' holds a character that cannot be seen or looks like "
            f"a blank (U+{ord(letter):04X} {unicodedata.name(letter)}). "
            "Take it out or write an ordinary blank, or map the spelling in aliases."
        )
    ]


@pytest.mark.parametrize("letter", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
@pytest.mark.parametrize("form", ["{0}A1", "A1{0}", " {0} A1 {0} "])
def test_a_hidden_character_at_an_end_of_a_label_is_taken_off_and_noted(letter: str, form: str) -> None:
    loaded = _load(f"division,name\n{form.format(letter)},Alpha\nA1{letter},Beta\n")
    assert loaded.tables["divisions"].rows() == [("A1", "Alpha")]
    assert sorted((f.code, f.place.row, f.severity.value) for f in _found(loaded)) == [
        ("duplicate_key", 3, "blocked"),
        ("ends_trimmed", 2, "note"),
    ]


def test_a_cell_of_nothing_but_hidden_characters_is_empty() -> None:
    loaded = _load("division,name\nA,\u200b\ufeff \nB,Beta\n")
    assert loaded.tables["divisions"].rows() == [("B", "Beta")]
    assert ("required_empty", 2) in [(f.code, f.place.row) for f in _found(loaded)]


def test_numbers_and_dates_have_their_hidden_ends_taken_off() -> None:
    data = "item,price,currency,valid_from\nA,\ufeff9.5\u200b,EUR,2026-01-01\u200e\n".encode()
    loaded = read_files({"prices.csv": data}, known={"items": pl.DataFrame({"item": ["A"], "unit": ["EA"]})})
    assert [str(value) for value in loaded.tables["prices"].select("price", "valid_from").row(0)] == [
        "9.5",
        "2026-01-01",
    ]
    assert [f.code for f in _found(loaded)] == ["ends_trimmed", "ends_trimmed"]


def test_hidden_characters_in_a_free_text_are_its_own_affair() -> None:
    loaded = _load("division,name\nA,Al\u00a0pha \u2060 x\n")
    assert loaded.tables["divisions"].rows() == [("A", "Al\u00a0pha \u2060 x")]
    assert _found(loaded) == []


def test_a_joiner_that_a_script_is_spelt_with_is_a_letter_of_the_label() -> None:
    label = "\u0641\u0631\u0648\u0634\u200c\u0622\u0646\u0644\u0627\u06cc\u0646"
    loaded = _load(f"division,name\n{label},Online\n")
    assert (loaded.tables["divisions"]["division"].to_list(), _found(loaded)) == ([label], [])


def test_a_spelling_with_a_hidden_character_can_be_mapped_in_aliases() -> None:
    files = {
        "divisions.csv": "division,name\nA\u00a01,Alpha\n".encode(),
        "aliases.csv": "column,spelling,label\ndivisions.division,A\u00a01,A1\n".encode(),
    }
    loaded = read_files(files)
    assert (loaded.tables["divisions"]["division"].to_list(), _found(loaded)) == (["A1"], [])


def test_labels_meet_whether_their_accents_are_composed_or_not() -> None:
    files = {
        "divisions.csv": unicodedata.normalize("NFD", "division,name\nCafé,x\n").encode(),
        "families.csv": "family,name,division,equivalent_unit\nF,Family,Café,EA\n".encode(),
    }
    loaded = read_files(files)
    assert loaded.tables["divisions"]["division"].to_list() == ["Café"]
    assert loaded.tables["families"]["division"].to_list() == ["Café"]
    assert [(f.code, f.place.row, f.severity.value) for f in _found(loaded)] == [("labels_composed", 2, "note")]


def test_headers_have_their_hidden_ends_taken_off() -> None:
    loaded = _load("\ufeff\ufeffdivision\u200b,\u00a0name\nA,Alpha\n")
    assert (loaded.tables["divisions"].rows(), _found(loaded)) == ([("A", "Alpha")], [])
