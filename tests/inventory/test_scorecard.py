"""The vendor scorecard: shares, days and units from raw receipts, and no figure where there is nothing to judge."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from onenumber.inventory.scorecard import FIGURES, SCORECARD, Window, vendor_scorecard
from onenumber.measure.lead_time import lead_times
from tests import tiny

WINDOW = Window(since=dt.date(2025, 6, 1), recent=dt.date(2026, 3, 1), until=dt.date(2026, 6, 1))
Came = tuple[int, float, float | None]
"""Days after the order, units, and of them rejected."""


def _company(units: Sequence[str] = ("pcs", "pcs"), planned: int = 21) -> dict[str, pl.DataFrame]:
    items = [{"item": item, "unit": unit} for item, unit in zip("AB", units, strict=True)]
    offers = [{"vendor": "V", "item": item, "site": "P1", "lead_time_days": planned, **tiny.FOREVER} for item in "AB"]
    return {
        "items": tiny.table("items", items),
        "vendors": tiny.table("vendors", [{"vendor": "V", "name": "Vau", "early_days": 3, "late_days": 0}]),
        "vendor_items": tiny.table("vendor_items", offers),
    }


def _facts(lines: Sequence[tuple[str, dt.date, Sequence[Came]]], status: str = "closed") -> dict[str, pl.DataFrame]:
    """Lines of 10 units each, promised for 21 days after their order, with what came of them."""
    orders = [
        {"order": f"P{k}", "line": 1, "vendor": "V", "item": item, "site": "P1", "quantity": 10.0, "ordered": day,
         "first_confirmed": day + dt.timedelta(days=21), "status": status}
        for k, (item, day, _) in enumerate(lines)
    ]  # fmt: skip
    receipts = [
        {"receipt": f"R{k}-{n}", "order": f"P{k}", "line": 1, "date": day + dt.timedelta(days=days),
         "quantity": units, "rejected": bad}
        for k, (_, day, came) in enumerate(lines) for n, (days, units, bad) in enumerate(came)
    ]  # fmt: skip
    return {
        "purchase_orders": tiny.table("purchase_orders", orders),
        "receipts": tiny.table("receipts", receipts),
    }


def _rows(facts: dict[str, pl.DataFrame], company: dict[str, pl.DataFrame] | None = None) -> dict[str, dict]:
    table = vendor_scorecard(facts=facts, company=company or _company(), window=WINDOW)
    assert table.schema == SCORECARD
    return {row["item"] or row["vendor"]: row for row in table.iter_rows(named=True)}


def _day(month: int, day: int = 1, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


SLIPPING = [
    ("A", _day(8, year=2025), [(21, 10.0, 0.0)]),
    ("A", _day(10, year=2025), [(20, 10.0, 1.0)]),
    ("A", _day(12, year=2025), [(28, 10.0, 0.0)]),
    ("A", _day(2), [(34, 10.0, 0.0)]),
    ("A", _day(3), [(21, 4.0, 0.0), (31, 6.0, 2.0)]),  # the mean of a split line is weighed: 0.4 * 21 + 0.6 * 31 = 27
    ("A", _day(4), [(34, 10.0, 0.0)]),
]


def test_figures_are_what_the_raw_receipts_say() -> None:
    mine = _rows(_facts(SLIPPING))["A"]
    days = lead_times(days=np.array([21.0, 20, 28, 34, 27, 34]))
    assert (mine["due"], mine["lines"], mine["on_time"]) == (6, 6, 2 / 6)
    assert mine["late"] == 10 + 10 + 6 + 10
    assert (mine["came"], mine["lead_mean"], mine["planned"]) == (6, pytest.approx(days.mean), 21.0)
    assert (mine["lead_p50"], mine["lead_p90"]) == (pytest.approx(days.p50), pytest.approx(days.p90))
    assert (mine["received"], mine["rejected"]) == (60.0, 3.0)
    assert mine["over_plan"]
    assert (mine["recent"], mine["lead_recent"], mine["recent_reason"]) == (3, None, "too_few_lines")


def test_a_vendor_is_the_sum_of_its_items_and_an_item_without_lines_has_none() -> None:
    found = _rows(_facts(SLIPPING))
    assert {**found["V"], "item": "A", "site": "P1"} == found["A"]
    other = found["B"]
    assert (other["on_time"], other["on_time_reason"], other["planned"]) == (None, "nothing_due", 21.0)
    assert (other["late"], other["rejected"], other["rejects_reason"]) == (None, None, "nothing_received")


def test_only_the_window_counts_and_nothing_after_it() -> None:
    outside = [("A", _day(4, year=2025), [(70, 10.0, 0.0)]), ("A", _day(5, 20), [(40, 10.0, 0.0)])]
    mine = _rows(_facts([*SLIPPING, *outside]))["A"]
    assert (mine["due"], mine["came"]) == (6, 7)  # due in April 2025, received in June; and due in June 2026
    assert mine["rejected"] == 3.0


@pytest.mark.parametrize(("table", "reason"), [("receipts", "no_receipts"), ("purchase_orders", "no_purchase_orders")])
def test_without_a_table_nothing_is_known_and_nothing_is_0_or_all(table: str, reason: str) -> None:
    made = _facts(SLIPPING, status="open")
    without = {name: rows for name, rows in made.items() if name != table}
    for facts in (without, made | {table: made[table].clear()}):
        for row in _rows(facts).values():
            assert {row[code] for code in FIGURES} == {reason}
            assert {row[name] for names in FIGURES.values() for name in names} == {None}
            assert (row["planned"], row["over_plan"]) == (21.0, False)


def test_an_overdue_line_is_late_and_a_closed_one_without_receipt_is_unknown() -> None:
    nothing = [("A", _day(4, day), ()) for day in range(1, 7)]
    nothing.append(("B", _day(4), [(20, 10.0, 0.0)]))  # receipts were loaded
    overdue = _rows(_facts(nothing, status="open"))["A"]
    assert (overdue["lines"], overdue["on_time"], overdue["late"]) == (6, 0.0, 60.0)
    closed = _rows(_facts(nothing))["A"]
    assert (closed["due"], closed["lines"], closed["on_time"]) == (6, 0, None)
    assert (closed["on_time_reason"], closed["late"], closed["late_reason"]) == (
        "dates_unknown", None, "dates_unknown",
    )  # fmt: skip


def test_few_lines_are_no_share_and_no_lead_time() -> None:
    mine = _rows(_facts(SLIPPING[:4]))["A"]
    assert (mine["lines"], mine["on_time"], mine["on_time_reason"]) == (4, None, "too_few_lines")
    assert (mine["came"], mine["lead_p50"], mine["lead_reason"]) == (4, None, "too_few_lines")
    assert mine["late"] == 20.0  # a sum is true of however few


def test_rejects_that_nobody_wrote_down_are_unknown_not_none() -> None:
    mine = _rows(_facts([("A", _day(3, day), [(20, 10.0, None)]) for day in range(1, 7)]))["A"]
    assert (mine["on_time"], mine["rejected"], mine["received"], mine["rejects_reason"]) == (
        1.0, None, None, "rejects_unknown",
    )  # fmt: skip


def test_unlike_units_are_not_added_up() -> None:
    lines = [*SLIPPING, *[("B", day, came) for _, day, came in SLIPPING]]
    found = _rows(_facts(lines), _company(units=("pcs", "kg")))
    assert (found["V"]["unit"], found["V"]["late"], found["V"]["late_reason"]) == (None, None, "unlike_units")
    assert (found["V"]["rejected"], found["V"]["rejects_reason"]) == (None, "unlike_units")
    assert found["V"]["on_time"] == found["A"]["on_time"]
    assert (found["B"]["unit"], found["B"]["late"]) == ("kg", 36.0)


def test_what_nobody_offers_has_no_planned_days() -> None:
    company = _company()
    company["vendor_items"] = company["vendor_items"].clear()
    mine = _rows(_facts(SLIPPING), company)["A"]
    assert (mine["planned"], mine["planned_reason"], mine["over_plan"]) == (None, "no_offer", False)
    assert mine["lead_p50"] is not None


def test_a_site_that_bought_nothing_had_nothing_due() -> None:
    company = _company()
    there = company["vendor_items"].head(1).with_columns(pl.lit("P2").alias("site"))
    company["vendor_items"] = pl.concat([company["vendor_items"], there])
    found = vendor_scorecard(facts=_facts(SLIPPING), company=company, window=WINDOW, sites=("P2",))
    assert found.select("item", "site", "on_time_reason", "lead_reason", "planned").rows() == [
        (None, None, "nothing_due", "nothing_received", 21.0), ("A", "P2", "nothing_due", "nothing_received", 21.0),
    ]  # fmt: skip
