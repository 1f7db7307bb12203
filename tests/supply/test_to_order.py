"""Goods made to order do not stay on the shelf while somebody waits for them."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from onenumber.errors.supply import PlanCheckError
from onenumber.supply import plan
from onenumber.supply.constraints import CONSTRAINTS
from onenumber.supply.plan import make_plan
from onenumber.supply.settings import SupplySettings
from tests.supply.test_laws import random_inputs
from tests.supply.world import CYCLE, FRAME, causes, company, facts, inputs, of, planned, stock, table

TO_ORDER = [{"item": i, "site": "P", "policy": "make_to_order"} for i in "AB"]
HOARD = {"A|x": [60, 0, 0, 0], "A|y": [0, 0, 160, 0], "B|z": [0, 100, 0, 0]}
"""50 A are there and x waits for 60; y pays ten times as much for them in July, when the line is full."""
PRICES = {"A|x": 50.0, "A|y": 500.0, "B|z": 400.0}
FIFTY = facts(stock=[stock("A", 50.0)])


def released(item, due, quantity):
    """An order released a month before the plan, due in the middle of the plan's period ``due``."""
    start = FRAME.calendar[CYCLE].start
    day = FRAME.calendar[CYCLE + due].start + dt.timedelta(days=14)
    return {
        "order": "R1", "item": item, "site": "P", "released": start - dt.timedelta(days=28), "due": day,
        "quantity": quantity,
    }  # fmt: skip


def test_goods_on_the_shelf_go_to_who_waits_though_a_later_customer_pays_more():
    sheet = planned(HOARD, prices=PRICES, item_sites=TO_ORDER, facts_=FIFTY)
    assert of(sheet, "stock", "A|P") == [0.0, 0.0, 0.0, 0.0]
    assert of(sheet, "shipped", "A|x") == [50.0, 0.0, 0.0, 10.0]
    assert of(sheet, "shipped", "A|y") == [0.0, 0.0, 100.0, 60.0]


def test_what_is_short_then_lacks_time_in_the_firm_month_and_hours_in_the_full_one():
    sheet = planned(HOARD, prices=PRICES, item_sites=TO_ORDER, facts_=FIFTY)
    assert causes(sheet) == [("A|x", 0, 10.0, "lead_time", "A|P"), ("A|y", 2, 60.0, "capacity", "L")]


def test_goods_that_may_not_wait_are_no_reason_to_look_for_a_cause_before():
    """August's line is full with B; ten of A are left of July, and no more of them could have been kept."""
    demand = {"A|y": [0, 0, 90, 150], "B|z": [0, 0, 0, 150]}
    held = facts(stock=[stock("A", 100.0)])
    sheet = planned(demand, prices={"A|y": 50.0, "B|z": 400.0}, item_sites=TO_ORDER, facts_=held)
    assert causes(sheet) == [("A|y", 3, 140.0, "capacity", "L"), ("B|z", 3, 50.0, "capacity", "L")]


def test_goods_that_nobody_waits_for_stay_for_a_later_customer():
    """20 of 50 are asked for in May; the 30 left are July's, and so much less is made."""
    sheet = planned({"A|x": [20, 0, 40, 0]}, item_sites=TO_ORDER, facts_=FIFTY)
    assert of(sheet, "stock", "A|P") == [30.0, 30.0, 0.0, 0.0]
    assert of(sheet, "production", "A|P") == [0.0, 0.0, 10.0, 0.0]


def test_a_receipt_may_stay_where_its_customer_was_served_by_something_new():
    """June's 10 are made in June, for the order released comes in July; it waits for August, when nobody else does."""
    held = facts(stock=[stock("A", 0.0)], production_orders=[released("A", 2, 10.0)])
    demand = {"A|x": [0, 10, 0, 10], "B|z": [0, 0, 0, 100]}
    sheet = planned(demand, prices={"A|x": 100.0, "B|z": 400.0}, item_sites=TO_ORDER, facts_=held)
    assert of(sheet, "backlog", "A|x") == [0.0] * 4
    assert of(sheet, "stock", "A|P") == [0.0, 0.0, 10.0, 0.0]


def test_a_customer_whom_another_site_may_serve_does_not_empty_this_one():
    """Its demand is in no bound: there is a plan, and it holds nothing while the customer waits."""
    made = company(
        sites=[{"site": s, "name": s, "kind": "plant", "workdays": "12345"} for s in "PW"],
        sourcing_rules=[{"item": i, "site": s, "rank": k} for i in "AB" for k, s in enumerate("PW", start=1)],
        item_sites=[*TO_ORDER, {"item": "A", "site": "W", "policy": "make_to_order"}],
    )
    sheet = planned(HOARD, prices=PRICES, company_=made, facts_=facts(stock=[stock("A", 50.0), stock("A", 9.0, "W")]))
    assert sheet.notes["status"] == "optimal"


def test_the_independent_check_sees_goods_held_back(monkeypatch):
    """50 of 50 are held back from 60."""
    without = {name: rows for name, rows in CONSTRAINTS.items() if name != "to_order_stock"}
    monkeypatch.setattr(plan, "CONSTRAINTS", without)
    with pytest.raises(PlanCheckError, match="^The plan breaks to_order by 1 "):
        make_plan(inputs(HOARD, prices=PRICES, item_sites=TO_ORDER, facts_=FIFTY))


@pytest.mark.parametrize("seed", range(24))
def test_there_is_always_a_plan_and_nothing_stays_that_somebody_waits_for_or_lost(seed):
    """A and B made to order, with stock, an order under way, and past-due orders drawn; A is part of some B.

    From July on all ask for more, and y, who asked for nothing before, pays ten times as much.
    """
    r = np.random.default_rng(seed)
    asked = random_inputs(seed)
    parts = asked.company["bill_of_materials"]
    if seed % 2:
        parts = table("bill_of_materials", [*parts.to_dicts(), {"parent": "B", "component": "A", "quantity": 0.5}])
    orders = table("production_orders", [released("A", int(r.integers(0, 3)), float(r.integers(1, 90)))])
    policies = table("item_sites", TO_ORDER)
    late = np.array([[1.0], [0.0], [1.0]]) + np.array([0.0, 0.0, 0.0, 3.0, 3.0, 3.0])
    asked = replace(
        asked, company={**asked.company, "item_sites": policies, "bill_of_materials": parts},
        load={**asked.load, "production_orders": orders}, settings=SupplySettings(firm_periods=3),
        prices=asked.prices * np.array([[1.0], [10.0], [1.0]]), booked=replace(asked.booked, values=np.zeros((3, 6))),
        demand=replace(asked.demand, values=asked.demand.values * late),
    )  # fmt: skip
    sheet, _ = make_plan(asked)
    cells, streams = sheet.cube("stock"), sheet.cube("backlog")
    short = streams.values + sheet.cube("lost").values
    for item in "AB":
        held = cells.values[cells.axis.rows([f"{item}|P"])[0]]
        waits = short[streams.axis.attributes["item"] == item].sum(axis=0)
        assert np.minimum(held, waits).max() <= 1e-6
