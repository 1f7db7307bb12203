"""What was known when a cycle opened."""

import datetime as dt

import pytest

from onenumber.demand.known import known_before, not_loaded, open_lines, periods_not_loaded
from tests.demand.world import CALENDAR, company, day, load, order

APRIL = 3
MADE = {"item": "A", "site": "plant"}
BOUGHT = {"line": 1, "vendor": "v", "item": "A", "site": "plant", "quantity": 10.0, "ordered": day("03-01")}


def known(facts, cycle=APRIL):
    return known_before(facts, company=company(), calendar=CALENDAR, cycle=cycle)


def test_an_order_is_cut_by_the_period_it_was_ordered_in():
    facts = load(
        order_lines=[
            order("O1", "small", "A", 1, "03-31"),
            order("O2", "small", "A", 1, "04-01"),
            order("O3", "dealer", "A", 1, "03-27"),  # 31 March, four days on
            order("O4", "dealer", "A", 1, "03-28"),  # 1 April
        ]
    )
    assert known(facts)["order_lines"]["order"].to_list() == ["O1", "O3"]


def test_an_offset_on_the_requested_date_does_not_move_the_order_date():
    moved = [{"channel": "shop", "offset_days": 4, "date_used": "requested"}]
    facts = load(order_lines=[order("O1", "small", "A", 1, "03-31"), order("O2", "small", "A", 1, "04-01")])
    found = known_before(facts, company=company(period_mappings=moved), calendar=CALENDAR, cycle=APRIL)
    assert found["order_lines"]["order"].to_list() == ["O1"]


def test_a_line_shipped_later_is_open_on_the_first_day_of_the_cycle():
    facts = load(
        order_lines=[order("O1", "small", "A", 5, "03-01", status="shipped")],
        shipments=[
            {"shipment": "S1", "order": "O1", "line": 1, "date": day("03-31"), "quantity": 2.0},
            {"shipment": "S2", "order": "O1", "line": 1, "date": day("04-01"), "quantity": 3.0},
        ],
    )
    assert open_lines(known(facts))["open"].to_list() == [5.0 - 2.0]


def test_a_production_order_still_brings_what_was_not_posted_before_the_cycle():
    released = {"released": day("03-20"), "due": day("04-02")} | MADE
    facts = load(
        order_lines=[],
        production_orders=[
            {"order": "W1", "quantity": 10.0} | released,
            {"order": "W2", "quantity": 10.0} | released,
            {"order": "W3", "quantity": 10.0} | released | {"released": day("04-01")},
        ],
        production=[
            {"production": "P1", "order": "W1", "date": day("03-30"), "quantity": 6.0, "scrapped": 1.0} | MADE,
            {"production": "P2", "order": "W1", "date": day("04-03"), "quantity": 3.0} | MADE,
            {"production": "P3", "order": "W2", "date": day("03-31"), "quantity": 10.0} | MADE,
        ],
    )
    assert known(facts)["production_orders"].select("order", "quantity").rows() == [("W1", 10.0 - 6.0 - 1.0)]


@pytest.mark.parametrize(
    ("status", "received", "then"),
    [
        ("closed", day("04-01"), "open"),
        ("closed", day("03-31"), "closed"),
        ("open", day("03-31"), "open"),
        ("cancelled", day("04-01"), "cancelled"),
    ],
)
def test_a_purchase_was_open_if_something_of_it_came_later(status: str, received: dt.date, then: str):
    facts = load(
        order_lines=[],
        purchase_orders=[BOUGHT | {"order": "B", "status": status, "first_confirmed": day("03-10")}],
        receipts=[{"receipt": "R", "order": "B", "line": 1, "date": received, "quantity": 10.0}],
    )
    assert known(facts)["purchase_orders"]["status"].to_list() == [then]
    assert len(known(facts)["receipts"]) == (received < day("04-01"))


@pytest.mark.parametrize(("promised", "then", "receipts"), [("03-31", "closed", 1), ("04-01", "open", 0)])
def test_without_dates_of_receipt_the_promise_says_whether_a_purchase_was_open(promised: str, then: str, receipts: int):
    facts = load(
        order_lines=[],
        purchase_orders=[BOUGHT | {"order": "B", "status": "closed", "first_confirmed": day(promised)}],
        receipts=[{"receipt": "R", "order": "B", "line": 1, "quantity": 10.0}],
    )
    assert known(facts)["purchase_orders"]["status"].to_list() == [then]
    assert len(known(facts)["receipts"]) == receipts
    no_receipts = {name: table for name, table in facts.items() if name != "receipts"}
    assert known(no_receipts)["purchase_orders"]["status"].to_list() == [then]


def test_a_purchase_ordered_in_the_cycle_is_not_known_nor_is_its_receipt():
    facts = load(
        order_lines=[],
        purchase_orders=[BOUGHT | {"order": "B", "status": "open", "ordered": day("04-01")}],
        receipts=[{"receipt": "R", "order": "B", "line": 1, "quantity": 10.0}],
    )
    assert len(known(facts)["purchase_orders"]) == 0
    assert len(known(facts)["receipts"]) == 0


def test_a_receipt_without_a_date_and_a_promise_is_never_known():
    facts = load(order_lines=[], receipts=[{"receipt": "R", "order": "B", "line": 1, "quantity": 10.0}])
    assert len(known(facts, cycle=23)["receipts"]) == 0


@pytest.mark.parametrize(
    ("counted", "lacking"),
    [((), ()), (("02-28",), ("stock",)), (("02-28", "03-17"), ()), (("02-28", "04-01"), ("stock",)), (("03-31",), ())],
)
def test_stock_that_was_not_counted_in_the_month_was_not_loaded(counted: tuple[str, ...], lacking: tuple[str, ...]):
    """A plan opens on what was counted before its first day; a company that never counted is not asked."""
    rows = [{"item": "A", "site": "S", "date": day(one), "status": "free", "quantity": 1.0} for one in counted]
    assert not_loaded(load(stock=rows), company=company(), period=CALENDAR[APRIL - 1]) == lacking


def test_a_wave_is_loaded_in_the_month_that_it_is_meant_for():
    waves = [order(f"O{k}", "dealer", "A", 1, one) for k, one in enumerate(("01-29", "02-27", "04-29"))]
    only = company(customers=[{"customer": "dealer", "channel": "wave", "territory": "T", "named": False}])
    found = periods_not_loaded(
        "order_lines", load(order_lines=waves), company=only, calendar=CALENDAR, periods=range(6)
    )
    assert found == (3, 5)  # April has no wave, June none; January lies before the first
