"""What a plan has to say about its data."""

import datetime as dt
from dataclasses import replace

import pytest

from onenumber.errors.model import BadCubeError
from onenumber.supply.plan import make_plan
from onenumber.supply.settings import SupplySettings
from tests.supply.world import (
    DAY_BEFORE,
    VENDOR,
    bought_m,
    causes,
    facts,
    inputs,
    of,
    planned,
    rate,
    stock,
)


def test_a_component_without_a_source_is_never_short_and_is_a_finding():
    made = bought_m(vendor_items=[])
    sheet, findings = make_plan(inputs({"A|x": [0, 10]}, company_=made))
    assert sheet.table("shortages").height == 0
    assert sheet.table("unplanned").rows() == [("M", "P", "no_vendor_unlimited")]
    assert [(f.code, f.place.series) for f in findings] == [("cost_unknown", ""), ("supply_no_vendor_unlimited", "M|P")]
    assert set(sheet.cube("stock").state[sheet.cube("stock").axis.rows(["M|P"])[0]].tolist()) == {1}


def test_a_product_without_a_route_sells_its_stock_only():
    sheet, findings = make_plan(inputs({"A|x": [3, 10]}, rates=[rate("B")], facts_=facts(stock=[stock("A", 5.0)])))
    assert of(sheet, "shipped", "A|x") == [3.0, 2.0]
    assert causes(sheet) == [("A|x", 1, 8.0, "no_route", "A|P")]
    assert [f.code for f in findings] == ["supply_no_route"]


def test_a_product_without_a_route_may_count_as_never_short():
    sheet, findings = make_plan(
        inputs({"A|x": [3, 10]}, rates=[rate("B")], settings=SupplySettings(sell_without_source=True))
    )
    assert of(sheet, "shipped", "A|x") == [3.0, 10.0]
    assert [(f.code, f.place.series) for f in findings] == [("supply_no_route_unlimited", "A|P")]


def test_more_maintenance_than_hours_closes_the_line_and_is_a_finding():
    window = {
        "window": "S",
        "resource": "L",
        "start": dt.date(2026, 6, 6),
        "end": dt.date(2026, 6, 8),
        "movable": False,
    }
    sheet, findings = make_plan(inputs({"A|x": [0, 1]}, maintenance=[{**window, "hours": 130.0}]))
    assert of(sheet, "hours_available", "L") == [100.0, 0.0]  # a week-end: no working day, so split by days
    assert [(f.code, f.place.series, f.place.period) for f in findings] == [("maintenance_exceeds", "L", "2026-06")]


def test_released_orders_beyond_all_hours_are_a_finding():
    order = {"order": "W", "item": "A", "site": "P", "quantity": 130.0, "released": DAY_BEFORE, "due": DAY_BEFORE}
    sheet, findings = make_plan(inputs({"A|x": [0, 1]}, facts_=facts(production_orders=[order])))
    assert of(sheet, "hours_used", "L")[0] == 100.0
    assert [(f.code, dict(f.values)) for f in findings] == [
        ("production_past_due", {"orders": 1}),
        ("firm_hours_exceed", {"hours": 30.0}),
    ]


def test_a_stream_that_no_rule_serves_is_lost_and_a_finding():
    sheet, findings = make_plan(inputs({"A|x": [0, 7]}, sourcing_rules=[{"item": "B", "site": "P", "rank": 1}]))
    assert causes(sheet) == [("A|x", 1, 7.0, "no_route", "")]
    assert [(f.code, f.place.series) for f in findings] == [("supply_no_site", "A")]


def test_findings_of_the_facts():
    """Stock counted two days early and under zero, an unconfirmed purchase and one past due, an unknown contract."""
    count = {**stock("A", -4.0), "date": DAY_BEFORE - dt.timedelta(days=1)}
    line = {
        "order": "P",
        "vendor": "V",
        "item": "M",
        "site": "P",
        "quantity": 5.0,
        "ordered": DAY_BEFORE,
        "status": "open",
    }
    made = bought_m(customer_contracts=[{"customer": "z", "item": "A", "minimum": 1.0}])
    rows = [{**line, "line": 1}, {**line, "line": 2, "last_confirmed": DAY_BEFORE}]
    sheet, findings = make_plan(
        inputs(
            {"A|x": [0, 7]}, company_=made, facts_=facts(stock=[count], purchase_orders=rows), backlog=[("Z|x", 3.0, 1)]
        )
    )
    assert [f.code for f in findings] == [
        "stock_negative", "stock_is_old", "purchase_past_due", "purchase_unconfirmed", "backlog_without_stream",
        "contract_without_stream", "cost_unknown",
    ]  # fmt: skip
    assert of(sheet, "purchases", "M|P")[0] == 10.0


def test_stock_under_inspection_is_planned_with_and_said_and_blocked_stock_is_not():
    counted = [stock("A", 4.0), {**stock("A", 3.0), "status": "inspection"}, {**stock("A", 9.0), "status": "blocked"}]
    sheet, findings = make_plan(inputs({"A|x": [0, 10]}, rates=[rate("B")], facts_=facts(stock=counted)))
    assert of(sheet, "stock", "A|P")[0] == 7.0
    said = next(f for f in findings if f.code == "stock_in_inspection")
    assert dict(said.values) == {"cells": 1}
    assert causes(sheet)[0][:3] == ("A|x", 1, 3.0)


def test_money_of_another_currency_is_weighed_at_the_plan_rate():
    """W asks 4 CHF, V 5 EUR; at 1.5 EUR a franc W is the dearer. A yen has no rate and weighs nothing."""
    both = [
        {**VENDOR, "lead_time_days": 0, "price": 5.0},
        {**VENDOR, "vendor": "W", "lead_time_days": 0, "price": 4.0, "currency": "CHF"},
    ]
    rates_ = [{"rate_set": "plan", "currency": "CHF", "rate": 1.5}]
    made = bought_m(vendor_items=both, currency_rates=rates_)
    assert planned({"A|x": [0, 7]}, company_=made).table("purchase_plan")["vendor"].to_list() == ["V"]
    yen = bought_m(vendor_items=[{**VENDOR, "lead_time_days": 0, "currency": "JPY"}])
    assert "vendor_price_unknown" in [f.code for f in make_plan(inputs({"A|x": [0, 7]}, company_=yen))[1]]


def test_prices_of_another_shape_are_refused():
    asked = inputs({"A|x": [0, 1]})
    with pytest.raises(BadCubeError, match=r"\(1, 1\) prices for \(1, 2\) cells"):
        make_plan(replace(asked, prices=asked.prices[:, :1]))


def test_an_unknown_price_is_the_items_mean_never_zero():
    sheet, findings = make_plan(inputs({"A|x": [0, 80], "A|y": [0, 80]}, prices={"A|x": 100.0, "A|y": float("nan")}))
    assert [f.code for f in findings] == ["price_unknown"]
    assert sheet.table("shortages")["price"].unique().to_list() == [100.0]
