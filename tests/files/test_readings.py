"""Numbers and dates: what is certain is read, what is not becomes a finding."""

import datetime as dt
import io

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onenumber.files.dates import date_readings
from onenumber.files.numbers import number_readings
from onenumber.files.read import Loaded, read_files
from onenumber.model.sentences import say

ROW = {"item": "A", "price": "1", "currency": "EUR", "valid_from": "", "channel": "", "customer": "", "valid_to": ""}
KNOWN = {"items": pl.DataFrame({"item": ["A"], "unit": ["EA"]})}


def _prices(rows: list[dict[str, str]]) -> Loaded:
    lines = ["\t".join(ROW), *("\t".join((ROW | row).values()) for row in rows)]
    return read_files({"prices.tsv": "\n".join(lines).encode()}, known=KNOWN)


def _codes(loaded: Loaded) -> list[tuple[str, int | None]]:
    return [(f.code, f.place.row) for f in loaded.findings if f.code != "missing_table"]


def _read(texts: list[str]) -> tuple[list[float], list[tuple[str, int | None]]]:
    """The prices read, and the findings; each row has a day of its own."""
    loaded = _prices([{"price": t, "valid_from": f"2026-01-{k + 1:02d}"} for k, t in enumerate(texts)])
    return loaded.tables["prices"]["price"].to_list(), _codes(loaded)


def test_a_decimal_comma_in_one_row_decides_the_column() -> None:
    assert _read(["1,5", "1,234", "1.234,5", "1.000"]) == ([1.5, 1.234, 1234.5, 1000.0], [])


def test_a_decimal_point_in_one_row_decides_the_column() -> None:
    assert _read(["1.5", "1,234", "1,234.5", "1.234"]) == ([1.5, 1234.0, 1234.5, 1.234], [])


def test_a_lone_comma_that_nothing_explains_is_a_finding() -> None:
    assert _read(["1,234", "5"]) == ([5.0], [("ambiguous_number", 2)])


def _between(separator: str, *prices: tuple[str, str]) -> Loaded:
    """Prices, and a second column that is ``factor`` of unit conversions, between ``separator``."""
    lines = ["item,unit,factor,valid_from", *(f"A,{unit},{factor}," for unit, factor in prices)]
    return read_files({"unit_conversions.csv": "\n".join(lines).replace(",", separator).encode()}, known=KNOWN)


def test_a_lone_point_between_commas_is_a_decimal_point_by_rule() -> None:
    loaded = _between(",", ("pallet", "1.234"), ("box", "5"))
    assert (loaded.tables["unit_conversions"]["factor"].to_list(), _codes(loaded)) == ([1.234, 5.0], [])


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_lone_point_between_other_marks_that_nothing_explains_is_a_finding(separator: str) -> None:
    loaded = _between(separator, ("pallet", "1.200"), ("box", "5"))
    assert loaded.tables["unit_conversions"]["factor"].to_list() == [5.0]
    assert [say(f) for f in loaded.findings if f.code != "missing_table"] == [
        (
            "unit_conversions.csv, row 2, factor: '1.200' can be read in two ways, and no other number of the file "
            "shows which. Write it without thousands separators and with a decimal point, three decimals with a zero "
            "more: 1.2340."
        )
    ]


@pytest.mark.parametrize(
    ("shown", "value"),
    [("2.5", 1.2), ("0.125", 1.2), ("1.2340", 1.2), ("1,200.5", 1.2), ("1.200.000", 1200.0), ("1.200,50", 1200.0)],
)
def test_another_number_of_the_column_shows_what_a_lone_point_is(shown: str, value: float) -> None:
    table = number_readings(pl.Series([shown])).table
    read = table["first"][0] if table["second"][0] is None else table["second"][0]
    loaded = _prices([{"price": "1.200"}, {"price": shown, "valid_from": "2026-02-01"}])
    assert (loaded.tables["prices"]["price"].to_list(), _codes(loaded)) == ([value, read], [])


def test_a_number_typed_as_text_into_a_workbook_is_not_ruled() -> None:
    book = openpyxl.Workbook()
    for row in (["item", "unit", "factor"], ["A", "pallet", "1.200"], ["A", "box", 2.5]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    loaded = read_files({"unit_conversions.xlsx": out.getvalue()}, known=KNOWN)
    assert loaded.tables["unit_conversions"]["factor"].to_list() == [2.5]
    assert _codes(loaded) == [("ambiguous_number", 2)]


def test_a_number_written_otherwise_than_its_column_is_a_finding() -> None:
    assert _read(["1,5", "2,5", "1.5"]) == ([1.5, 2.5], [("other_number_form", 4)])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,5", 1234.5),
        ("1\N{NO-BREAK SPACE}234,5", 1234.5),
        ("1'234.5", 1234.5),
        ("7.5-", -7.5),
        ("−7.5", -7.5),
        ("1.5e3", 1500.0),
        (".5", 0.5),
    ],
)
def test_forms_of_one_number(text: str, value: float) -> None:
    row = number_readings(pl.Series([text])).table.row(0, named=True)
    assert value in (row["first"], row["second"])


@pytest.mark.parametrize("text", ["x", "1 2", "12,34,56.7.8", "--1", "inf", "NaN", "1_000", "5 kg", "1e999", "0x10"])
def test_what_is_no_number_has_no_reading(text: str) -> None:
    assert number_readings(pl.Series([text])).table.select("first", "second", "wrong").row(0) == (
        None,
        None,
        "not_a_number",
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_a_program_writes_is_read_back(value: float) -> None:
    text = pl.Series([value]).cast(pl.String)
    assert number_readings(text).table["first"].to_list() == [value]


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_german_and_english_writing_mean_the_same(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02d}"
    german = english.replace(",", " ").replace(".", ",").replace(" ", ".")
    table = number_readings(pl.Series([english, german])).table
    assert table["first"][0] == table["second"][1] == float(f"{whole}.{cents:02d}")


@given(st.dates())
def test_every_day_is_read_in_every_certain_form(day: dt.date) -> None:
    texts = [
        day.isoformat(),
        day.isoformat().replace("-", "/"),
        day.isoformat().replace("-", ""),
        f"{day.day}.{day.month}.{day.year:04}",
        f"{day} 23:59:59",
    ]
    table = date_readings(pl.Series(texts)).table
    assert table["first"].to_list() == table["second"].to_list() == [day] * len(texts)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "no_such_day"),
        ("31.4.2026", "no_such_day"),
        ("13/13/2026", "no_such_day"),
        ("20261301", "no_such_day"),
        ("0000-01-01", "no_such_day"),
        ("0000/12/31 23:59", "no_such_day"),
        ("0000-01-01T10:00:00Z", "no_such_day"),
        ("00000101", "no_such_day"),
        ("1.1.0000", "no_such_day"),
        ("3/4/0000", "no_such_day"),
        ("1.2.26", "not_a_date"),
        ("2026-07", "not_a_date"),
        ("soon", "not_a_date"),
        ("46000", "not_a_date"),
    ],
)
def test_what_is_no_day_has_no_reading(text: str, code: str) -> None:
    assert date_readings(pl.Series([text])).table.select("first", "second", "wrong").row(0) == (None, None, code)


def test_the_year_0_is_a_finding_and_shows_no_order_of_days_and_months() -> None:
    loaded = _prices([{"valid_from": "0000-01-01"}, {"valid_from": "13/4/0000"}, {"valid_from": "3/4/2026"}])
    assert _codes(loaded) == [("no_such_day", 2), ("no_such_day", 3), ("ambiguous_date", 4)]
    assert [say(f) for f in loaded.findings if f.code == "no_such_day"][:1] == [
        (
            "prices.tsv, row 2, valid_from: '0000-01-01' is a day that does not exist. "
            "Correct the day, the month or the year."
        )
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_that_can_be_said_are_read(day: str) -> None:
    loaded = _prices([{"valid_from": day}])
    assert (loaded.tables["prices"]["valid_from"].to_list(), _codes(loaded)) == ([dt.date.fromisoformat(day)], [])


def test_a_thirteenth_day_decides_the_order_of_its_column() -> None:
    loaded = _prices([{"valid_from": "3/4/2026"}, {"valid_from": "13/4/2026"}])
    assert loaded.tables["prices"]["valid_from"].to_list() == [dt.date(2026, 4, 3), dt.date(2026, 4, 13)]


def test_another_column_of_the_file_decides_where_the_column_cannot() -> None:
    loaded = _prices([{"valid_from": "3/4/2026", "valid_to": "12/31/2026"}])
    assert loaded.tables["prices"].select("valid_from", "valid_to").row(0) == (
        dt.date(2026, 3, 4),
        dt.date(2026, 12, 31),
    )


def test_an_order_that_nothing_shows_is_a_finding_and_the_same_day_twice_is_not() -> None:
    loaded = _prices([{"valid_from": "3/4/2026"}, {"valid_from": "5/5/2026"}])
    assert loaded.tables["prices"]["valid_from"].to_list() == [dt.date(2026, 5, 5)]
    assert _codes(loaded) == [("ambiguous_date", 2)]


def test_a_date_in_another_order_than_its_column_is_a_finding() -> None:
    loaded = _prices([{"valid_from": "13/4/2026"}, {"valid_from": "14/4/2026"}, {"valid_from": "4/15/2026"}])
    assert len(loaded.tables["prices"]) == 2
    assert _codes(loaded) == [("other_date_form", 4)]
