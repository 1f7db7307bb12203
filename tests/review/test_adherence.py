"""Last month against the plan: by name, with reasons, and never a hundred percent for what is not known."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.adherence import AdherenceRule, make_adherence
from tests.review.world import ground, rows

JUNE = 5
FIGURES = ("sales", "sales_mix", "production", "production_mix", "inventory", "service_requested",
           "service_confirmed", "budget")  # fmt: skip


def _published(
    sales: list[tuple[str, str, str, float]],
    production: list[tuple[str, str, float]] = [],  # noqa: B006 - never changed
    inventory: list[tuple[str, str, float]] = [],  # noqa: B006
) -> Sheet:
    names = ["stream", "item", "division", "quantity"]
    types = dict(zip(names, [pl.String] * 3 + [pl.Float64], strict=True))
    cell = {"item": pl.String, "site": pl.String, "quantity": pl.Float64}
    june = pl.lit(JUNE, dtype=pl.Int64).alias("period")
    return Sheet(
        kind=SheetKind.PUBLISHED_PLAN,
        tables={
            "sales": pl.DataFrame(sales, schema=types, orient="row").with_columns(june),
            "production": pl.DataFrame(production, schema=cell, orient="row").with_columns(june),
            "inventory": pl.DataFrame(inventory, schema=cell, orient="row").with_columns(june),
        },
    )


def _line(order: str, item: str, customer: str, quantity: float, **more: Any) -> dict[str, Any]:
    june = dt.date(2026, 6, 10)
    base = {"order": order, "line": 1, "item": item, "customer": customer, "quantity": quantity,
            "amount": quantity * 10, "currency": "EUR", "ordered": dt.date(2026, 6, 1), "requested": june,
            "first_confirmed": june, "status": "shipped"}  # fmt: skip
    return base | more


def _sent(order: str, quantity: float, day: int = 10) -> dict[str, Any]:
    return {
        "shipment": f"s{order}{day}",
        "order": order,
        "line": 1,
        "date": dt.date(2026, 6, day),
        "quantity": quantity,
    }


ORDERS = rows("order_lines", _line("o1", "a1", "c1", 160), _line("o2", "a1", "c2", 40), _line("o3", "b1", "c1", 50))
SHIPMENTS = rows("shipments", _sent("o1", 160), _sent("o2", 30), _sent("o2", 10, 20), _sent("o3", 50))
OWNERS = rows(
    "owners", {"figure": "sales", "scope": "A", "person": "sm"}, {"figure": "service", "scope": "*", "person": "op"}
)
PLANNED = [("a1|c1", "a1", "A", 100.0), ("a1|rest of N, shop", "a1", "A", 100.0), ("b1|c1", "b1", "B", 50.0)]


def _figure(sheet: Sheet, name: str, scope: str) -> dict[str, Any]:
    found = sheet.table("figures").filter((pl.col("figure") == name) & (pl.col("scope") == scope))
    return found.row(0, named=True)


def test_sales_volume_and_mix_by_division_and_owner() -> None:
    facts = ground(company_more={"owners": OWNERS}, order_lines=ORDERS, shipments=SHIPMENTS)
    sheet = make_adherence(published=_published(PLANNED), ground=facts)
    volume, mix = _figure(sheet, "sales", "A"), _figure(sheet, "sales_mix", "A")
    assert (volume["plan"], volume["actual"], volume["value"], volume["owner"]) == (200.0, 200.0, 1.0, "sm")
    assert (mix["numerator"], mix["denominator"], mix["value"], mix["breached"]) == (140.0, 200.0, 0.7, True)
    assert _figure(sheet, "sales", "B")["reason"] == "no_owner"
    assert (volume["period"], volume["unit"], sheet.notes["sales_basis"]) == (JUNE, "pcs", "shipments")


def test_a_month_whose_facts_were_not_loaded_is_not_measured_as_zero() -> None:
    may = SHIPMENTS.with_columns(date=dt.date(2026, 5, 29))
    made = rows(
        "production", {"production": "x", "item": "a1", "site": "P1", "date": dt.date(2026, 5, 3), "quantity": 90.0}
    )
    facts = ground(company_more={"owners": OWNERS}, order_lines=ORDERS, shipments=may, production=made)
    sheet = make_adherence(published=_published(PLANNED, [("a1", "P1", 10.0)]), ground=facts)
    for name, scope, reason in (
        ("sales", "A", "shipments_not_loaded"), ("sales_mix", "A", "shipments_not_loaded"),
        ("service_requested", "A", "shipments_not_loaded"), ("production", "P1", "production_not_loaded"),
        ("production_mix", "P1", "production_not_loaded"),
    ):  # fmt: skip
        found = _figure(sheet, name, scope)
        assert (found["value"], found["actual"], found["reason"], found["breached"]) == (None, None, reason, False)
    assert _figure(sheet, "sales", "A")["plan"] == 200.0
    assert sheet.notes["breached"] == 0


def test_inventory_is_not_measured_on_a_count_of_an_earlier_month() -> None:
    may = {"item": "a1", "site": "P1", "date": dt.date(2026, 5, 31), "status": "free", "quantity": 10.0}
    published = _published(PLANNED, inventory=[("a1", "P1", 5.0)])
    held = _figure(make_adherence(published=published, ground=ground(stock=rows("stock", may))), "inventory", "P1")
    assert (held["value"], held["reason"], held["breached"]) == (None, "stock_not_counted", False)


def test_a_company_that_never_had_a_fact_is_measured_as_before() -> None:
    none_yet = rows("production").clear()
    facts = ground(order_lines=ORDERS, shipments=SHIPMENTS, production=none_yet)
    sheet = make_adherence(published=_published(PLANNED, [("a1", "P1", 10.0)]), ground=facts)
    assert _figure(sheet, "production", "P1")["value"] == 0.0
    assert _figure(sheet, "sales", "A")["value"] == 1.0


def test_order_lines_are_judged_on_both_dates() -> None:
    orders = ORDERS.with_columns(first_confirmed=dt.date(2026, 6, 25))
    sheet = make_adherence(published=None, ground=ground(order_lines=orders, shipments=SHIPMENTS))
    asked, confirmed = _figure(sheet, "service_requested", "A"), _figure(sheet, "service_confirmed", "A")
    assert (asked["numerator"], asked["denominator"], asked["breached"]) == (
        1.0,
        2.0,
        True,
    )  # o2 was split until the 20th
    assert (confirmed["value"], confirmed["breached"]) == (1.0, False)  # both by the 25th


def test_without_a_published_plan_nothing_is_measured_against_it() -> None:
    sheet = make_adherence(published=None, ground=ground(order_lines=ORDERS, shipments=SHIPMENTS))
    for name, scope in (("sales", "A"), ("sales_mix", "B"), ("production", "P1"), ("inventory", "P1")):
        found = _figure(sheet, name, scope)
        assert (found["value"], found["reason"], found["breached"]) == (None, "no_published_plan", False)
    assert _figure(sheet, "budget", "A")["reason"] == "no_budget"
    assert set(sheet.table("figures")["figure"]) == set(FIGURES)


def test_the_snapshot_a_company_brings_stands_in() -> None:
    june = {"cycle": dt.date(2026, 6, 1), "period": dt.date(2026, 6, 1)}
    brought = rows(
        "plan_snapshots",
        {"measure": "sales", "item": "a1", "place": "c1", "quantity": 100.0} | june,
        {"measure": "production", "item": "a1", "place": "P1", "quantity": 120.0} | june,
    )
    made = rows(
        "production", {"production": "x", "item": "a1", "site": "P1", "date": dt.date(2026, 6, 3), "quantity": 90.0}
    )
    sheet = make_adherence(
        published=None, ground=ground(order_lines=ORDERS, shipments=SHIPMENTS, plan_snapshots=brought, production=made)
    )
    assert (_figure(sheet, "sales", "A")["value"], sheet.notes["plan"]) == (2.0, "snapshot")  # 160 + 40 on 100
    assert _figure(sheet, "production", "P1")["value"] == 0.75
    assert _figure(sheet, "inventory", "P1")["reason"] == "no_published_plan"  # no snapshot of stock


def test_production_and_inventory_of_unlike_units_are_weighed_with_their_cost() -> None:
    made = rows(
        "production",
        {"production": "x", "item": "a1", "site": "P1", "date": dt.date(2026, 6, 3), "quantity": 10.0},
        {"production": "y", "item": "b1", "site": "P1", "date": dt.date(2026, 7, 1), "quantity": 9.0},  # July
    )
    counted = rows(
        "stock",
        {"item": "a1", "site": "P1", "date": dt.date(2026, 6, 29), "status": "free", "quantity": 9.0},
        {"item": "a1", "site": "P1", "date": dt.date(2026, 6, 30), "status": "free", "quantity": 10.0},
        {"item": "m1", "site": "P1", "date": dt.date(2026, 6, 30), "status": "free", "quantity": 30.0},
    )
    published = _published(PLANNED, [("a1", "P1", 10.0), ("b1", "P1", 10.0)], [("a1", "P1", 5.0), ("m1", "P1", 30.0)])
    sheet = make_adherence(published=published, ground=ground(order_lines=ORDERS, production=made, stock=counted))
    assert _figure(sheet, "production", "P1")["value"] == 0.5
    held = _figure(sheet, "inventory", "P1")
    assert (held["plan"], held["actual"], held["unit"]) == (5 * 6.0 + 30 * 1.0, 10 * 6.0 + 30 * 1.0, "EUR")
    assert (held["value"], held["breached"]) == (0.5, True)
    assert _figure(sheet, "service_requested", "A")["reason"] == "shipments_not_recorded"


def test_what_has_no_cost_is_left_out_of_a_mixed_sum_and_counted() -> None:
    costs = rows("costs", {"item": "a1", "standard_cost": 6.0, "currency": "EUR"})
    counted = rows(
        "stock",
        *(
            {"item": item, "site": "P1", "date": dt.date(2026, 6, 30), "status": "free", "quantity": 10.0}
            for item in ("a1", "m1")
        ),
    )
    published = _published(PLANNED, inventory=[("a1", "P1", 8.0), ("m1", "P1", 30.0)])
    sheet = make_adherence(published=published, ground=ground(company_more={"costs": costs}, stock=counted))
    held = _figure(sheet, "inventory", "P1")
    assert (held["plan"], held["actual"], held["value"], held["coverage"]) == (8 * 6.0, 10 * 6.0, 0.25, 0.5)
    bare = make_adherence(published=published, ground=ground(company_more={"costs": costs.clear()}, stock=counted))
    assert (_figure(bare, "inventory", "P1")["value"], _figure(bare, "inventory", "P1")["reason"]) == (
        None,
        "cost_unknown",
    )


@pytest.mark.parametrize(
    ("item", "priced", "plan", "unit"),
    [("b1", True, 8 * 6.0 + 10 * 4.0, "EUR"), ("b1", False, 18.0, "pcs"), ("a1", True, 8.0, "pcs")],
    ids=["two families", "two families without costs", "one family"],
)
def test_the_pieces_of_a_site_are_added_within_a_family_only(item: str, priced: bool, plan: float, unit: str) -> None:
    costs = rows(
        "costs", *({"item": one, "standard_cost": cost, "currency": "EUR"} for one, cost in (("a1", 6.0), ("b1", 4.0)))
    )
    day = dt.date(2026, 6, 30)
    counted = rows(
        "stock",
        *({"item": one, "site": "P1", "date": day, "status": "free", "quantity": 10.0} for one in {"a1", item}),
    )
    planned = [("a1", "P1", 8.0), *([("b1", "P1", 10.0)] if item == "b1" else [])]
    facts = ground(company_more={"costs": costs if priced else costs.clear()}, stock=counted)
    held = _figure(make_adherence(published=_published(PLANNED, inventory=planned), ground=facts), "inventory", "P1")
    assert (held["plan"], held["unit"]) == (plan, unit)


def test_revenue_against_budget() -> None:
    budget = rows("budget_lines", {"version": "B", "account": "revenue", "place": "A", "period": dt.date(2026, 6, 1),
                                   "amount": 2500.0})  # fmt: skip
    limits = rows("budget_tolerances", {"account": "revenue", "place": "*", "percent": 2.0})
    facts = ground(company_more={"budget_lines": budget, "budget_tolerances": limits}, order_lines=ORDERS,
                   shipments=SHIPMENTS)  # fmt: skip
    found = _figure(make_adherence(published=None, ground=facts), "budget", "A")
    assert (found["plan"], found["actual"], found["value"]) == (2500.0, 2000.0, pytest.approx(-0.2))
    assert (found["breached"], found["tolerance"], found["unit"]) == (True, 0.02, "EUR")


def test_the_parts_of_sales_are_the_whole() -> None:
    facts = ground(order_lines=ORDERS, shipments=SHIPMENTS)
    table = make_adherence(published=_published(PLANNED), ground=facts).table("figures")
    volume = table.filter(pl.col("figure") == "sales")
    assert volume["actual"].sum() == SHIPMENTS["quantity"].sum()
    assert volume["plan"].sum() == sum(quantity for *_, quantity in PLANNED)


def test_the_rule_moves_the_breach() -> None:
    facts = ground(order_lines=ORDERS, shipments=SHIPMENTS)
    loose = make_adherence(published=_published(PLANNED), ground=facts, rule=AdherenceRule(mix=0.5))
    assert not _figure(loose, "sales_mix", "A")["breached"]
    assert loose.notes["breached"] == 2  # o2 of division A, on either date
