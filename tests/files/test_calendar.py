"""Facts against the calendar of the plan: each that lies outside it is listed, and a calendar too short is said."""

import datetime as dt

import polars as pl
import pytest

from onenumber.files.faults import LISTED
from onenumber.model.finding import Severity
from onenumber.model.sentences import say
from tests.files.test_checks import CUSTOMER, ITEMS, LINES, PLAN, _item, _line, _load, _said


def test_facts_outside_the_calendar_load_and_each_row_is_listed() -> None:
    days = ["2025-12-31", "2026-01-01", "2027-12-31", "2028-01-01"]
    lines = [_line(str(k), "A", day=day) for k, day in enumerate(days)]
    loaded = _load(CUSTOMER, plan=PLAN, items=ITEMS + _item("A"), order_lines=LINES + "".join(lines))
    assert len(loaded.tables["order_lines"]) == 4
    text = (
        "belongs to no period of the calendar of the plan, which runs from 2026-01-01 until before 2028-01-01; the row "
        "was loaded. Correct the date, extend the calendar of the plan, or leave it on purpose."
    )
    said = [say(f) for f in loaded.findings if f.place.file == "order_lines.csv"]
    assert said == [  # requested, which is what places them, not ordered
        f"order_lines.csv, row 2, requested: 2025-12-31 {text}",
        f"order_lines.csv, row 5, requested: 2028-01-01 {text}",
    ]


def test_order_lines_outside_the_calendar_are_named_by_the_date_that_their_channel_maps() -> None:
    loaded = _load(
        {"customers": pl.DataFrame({"customer": ["K"], "channel": ["web"]})},
        plan=PLAN, items=ITEMS + _item("A"), order_lines=LINES + _line("1", "A", day="2027-12-30"),
        period_mappings="channel,offset_days,date_used\nweb,4,ordered\n",
    )  # fmt: skip
    found = [(f.place.row, f.place.column, f.values["value"]) for f in loaded.findings if f.code == "outside_calendar"]
    assert found == [(2, "ordered", "2027-12-30")]


def test_of_many_facts_outside_the_calendar_the_first_are_listed_and_the_rest_is_one_with_its_range() -> None:
    rows = "".join(f"A,S,{dt.date(2030, 1, 1) + dt.timedelta(days=k)},free,1\n" for k in range(LISTED + 7))
    known = {"items": pl.DataFrame({"item": ["A"], "unit": ["pcs"]}), "sites": pl.DataFrame({"site": ["S"]})}
    loaded = _load(known, plan=PLAN, stock=f"item,site,date,status,quantity\n{rows}")
    found = [f for f in loaded.findings if f.place.file == "stock.csv" and f.place.column == "date"]
    assert [f.place.row for f in found] == [*range(2, LISTED + 2), None]
    assert say(found[-1]).startswith("stock.csv, date: 7 more rows, from row 1002 to row 1008, have the same finding")


@pytest.mark.parametrize(
    ("stock", "ordered", "missing"),
    [
        ("2026-12-31", "2026-12-30", ""),  # the cycle of 2027-01 plans to 2027-12, the last period there is
        ("2027-02-28", "2027-02-27", "2028-01 to 2028-02"),  # period 14 of 24, 12 ahead
        ("2027-02-15", "2027-03-01", "2028-01 to 2028-02"),
        ("2027-12-31", "2027-12-31", "2028-01 to 2028-12"),
        ("2028-12-31", "2026-12-31", ""),  # that count is outside the calendar, and said as such
    ],
)
def test_a_calendar_that_ends_before_the_horizon_says_what_is_missing(stock: str, ordered: str, missing: str) -> None:
    loaded = _load(
        CUSTOMER | {"sites": pl.DataFrame({"site": ["S"]})},
        plan=PLAN,
        items=ITEMS + _item("A"),
        order_lines=LINES + _line("1", "A", day=ordered),
        stock=f"item,site,date,status,quantity\nA,S,{stock},free,1\n",
    )
    said = [say(f) for f in loaded.findings if f.code == "calendar_too_short"]
    assert [text.split("need ")[1].split(":")[0].split(", ")[1] for text in said] == ([missing] if missing else [])


def test_a_short_calendar_is_pointed_at_where_its_length_stands() -> None:
    loaded = _load(CUSTOMER, plan=PLAN, items=ITEMS + _item("A"), order_lines=LINES + _line("1", "A", day="2027-06-30"))
    assert _said(loaded) == [
        (
            "plan.csv, row 2, periods: The calendar ends with 2027-12. Facts are known until 2027-06-30, and the 12 "
            "periods that are planned from there on need 5 more, 2028-01 to 2028-05: without them no cycle opens. "
            "Make it 29 periods or more."
        )
    ]
    assert next(f for f in loaded.findings if f.place.column).severity is Severity.ATTENTION
    assert len(loaded.tables["plan"]) == 1
