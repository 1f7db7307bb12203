"""On pages every sentence has its thousands spaced, digits that matter, and months, days and things by their names."""

import re
from string import Formatter

import polars as pl
import pytest

from onenumber.model.finding import Finding, Place, Severity, Value
from onenumber.model.sentences import CATALOGUE
from onenumber.review.naming import names_in
from onenumber.review.papers.words import CHANGES, Change
from onenumber.web.numbers import NARROW_SPACE
from onenumber.web.said import AMOUNTS, TIMES, figure, say, say_change, say_place
from tests.house.registry import SOURCES

RAW = re.compile(r"\d{4,}|\d\.\d{3,}|[a-z]_[a-z]|\w\|\w")
"""What no person writes: a thousand without a space, digits that do not matter, words of the code, joined labels."""
SAMPLES: dict[str, Value] = {
    **dict.fromkeys(TIMES, "from 2026-07 to 2026-09"), **dict.fromkeys(AMOUNTS, "1234567.891 pcs"),
    "where": " of Odense", "day": "2026-07-14", "until": "2026-07-14", "date": "2026-07-14", "start": "2026-07-14",
}  # fmt: skip
YEARS = re.compile(r"\b(January|July|September|August) (2026)\b")


def _values(template: str) -> dict[str, Value]:
    """A number of each kind for every value of a template; what is said as it was typed stays a word."""
    parts = [(name, as_typed) for _, name, _, as_typed in Formatter().parse(template) if name]
    return {name: "as typed" if as_typed else SAMPLES.get(name, 1234567.891) for name, as_typed in parts}


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_sentence_reads_as_a_person_writes(code: str) -> None:
    one = CATALOGUE[code]
    values = _values(f"{one.what} {one.remedy} {one.near}")
    said = say(Finding(code=code, severity=Severity.NOTE, values=values))
    fixed = re.sub(r"\{[^}]*\}", "", f"{one.what} {one.remedy} {one.near}")  # names of tables to load, examples
    for raw in RAW.findall(YEARS.sub(r"\1", said)):
        assert raw in fixed, said


@pytest.mark.parametrize("kind", CHANGES)
def test_every_option_reads_as_a_person_writes(kind: str) -> None:
    said = say_change(Change(kind=kind, values=_values(CHANGES[kind])))
    assert not RAW.search(YEARS.sub(r"\1", said)), said


def test_numbers_months_and_days_in_a_sentence() -> None:
    values: dict[str, Value] = {
        "subject": "Revenue of Garden in 2026", "money": 826834.1, "currency": "EUR", "beside": "under",
    }  # fmt: skip
    finding = Finding(code="conflict_C-13", severity=Severity.ATTENTION, values=values)
    assert (
        say(finding)
        .replace(NARROW_SPACE, " ")
        .startswith("Revenue of Garden in 2026 lands 826 834 EUR under its budget, more than its tolerance.")
    )
    late: dict[str, Value] = {
        "owner": "Ana", "paper": "2026-05-L1", "person": "Eva", "day": "2026-05-21", "rationale": "too dear in 2026-07",
        "until": "2026-06-02", "days": 12,
    }  # fmt: skip
    assert say(Finding(code="sent_back_overdue", severity=Severity.ATTENTION, values=late)).startswith(
        "Ana owes 2026-05-L1, which Eva sent back on 21 May 2026 with “too dear in 2026-07”; "
        "it was due 2 June 2026 and is overdue by 12 days."
    )  # what she wrote stands as she wrote it


def test_a_row_of_a_file_is_no_amount_and_a_cell_is_said_in_words() -> None:
    values: dict[str, Value] = {"count": 12345, "first": 20001, "last": 32345, "code": "not_a_number"}
    said = say(Finding(code="more_alike", severity=Severity.NOTE, values=values)).replace(NARROW_SPACE, " ")
    assert said.startswith("12 345 more rows, from row 20001 to row 32345,")
    assert say_place(Place(series="B-100|Nord", period="2026-07")) == "B-100 at Nord, July 2026"


def test_digits_that_matter() -> None:
    assert [figure(v).replace(NARROW_SPACE, " ") for v in (1234.56, 123.46, 12.346, 0.5, 0.0)] == [
        "1 235", "123.5", "12.35", "0.5", "0",
    ]  # fmt: skip


def test_pages_say_findings_by_one_door() -> None:
    """The catalogue's plain sentences are for commands and files."""
    door = re.compile(r"from onenumber\.(?:model\.sentences|review\.papers\.words) import (?:.*\b)?say")
    found = {source.path for source in SOURCES if "/web/" in source.path and door.search(source.text)}
    assert {path.partition("/web/")[2] for path in found} == {"loads/view.py"}  # a file of findings


def test_the_rest_of_a_patch_has_the_name_of_the_patch() -> None:
    company = {
        "patches": pl.DataFrame({"patch": ["P1"], "name": ["DACH retail"]}),
        "customers": pl.DataFrame({"customer": ["C1"], "name": ["Baumarkt Union"], "channel": ["retail"]}),
    }
    names = names_in(company)
    assert names["customer:rest of P1, retail"] == "the rest of DACH retail (retail)"
    assert names["customer:C1"] == "Baumarkt Union"
