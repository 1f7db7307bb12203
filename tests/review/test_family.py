"""The family page: every row adds up from its leaves, and what is not known says why."""

import datetime as dt
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from onenumber.model.axis import Axis
from onenumber.model.cube import cube
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.family.lens import Lens, Level, Measure
from onenumber.review.family.page import FamilyPage, FamilySheets
from tests.review.world import CYCLE, HORIZON, ground, plan, rows, stream_axis

AXIS = stream_axis()


def _sheet(kind: SheetKind, measure: str, values: list[list[float]], first: int) -> Sheet:
    made = cube(measure=measure, values=np.array(values), axis=AXIS, first=first, unit="pcs")
    return Sheet(kind=kind, cubes={measure: made})


def _consensus(a1: float, rest: float, b1: float, first: int = CYCLE) -> Sheet:
    return _sheet(SheetKind.CONSENSUS, "consensus", [[q] * HORIZON for q in (a1, rest, b1)], first)


def _history() -> Sheet:
    raw = cube(measure="demand_raw", values=np.tile([[10.0], [5.0], [20.0]], 6), axis=AXIS, first=0, unit="pcs")
    value = replace(raw, measure="demand_value", values=raw.values * 9.5)
    return Sheet(kind=SheetKind.HISTORY, cubes={"demand_raw": raw, "demand_value": value})


PLAN = plan(
    demand={"a1|c1": [12.0] * 6, "a1|rest of N, shop": [6.0] * 6, "b1|c1": [20.0] * 6},
    shipped={"a1|c1": [9.0] * 6, "a1|rest of N, shop": [6.0] * 6, "b1|c1": [20.0] * 6},
    lost={"a1|c1": [3.0] * 6},
    stock={"a1|P1": [27.0] * 6, "b1|P1": [5.0] * 6, "m1|P1": [900.0] * 6},
    safety_stock={"a1|P1": [30.0] * 6},
    production={"a1|P1": [15.0] * 6, "b1|P1": [20.0] * 6},
)
LAST = _consensus(11, 6, 20, CYCLE - 1)
SHEETS = FamilySheets(history=_history(), consensus=_consensus(12, 6, 20), last_consensus=LAST, plan=PLAN)


def _page(
    level: Level = Level.DIVISION, label: str = "A", *, sheets: FamilySheets = SHEETS, **more: object
) -> FamilyPage:
    on = more.pop("on", None) or ground(order_lines=rows("order_lines"))
    return FamilyPage(sheets, Lens(on, level, label, **more))  # type: ignore[arg-type]


def _values(page: FamilyPage, code: str) -> list[float | None]:
    return [None if cell.value is None else round(cell.value, 3) for cell in page.lines[code]]


def _reasons(page: FamilyPage, code: str) -> set[str]:
    return {cell.reason for cell in page.lines[code] if cell.value is None}


def test_three_months_back_now_and_the_horizon() -> None:
    page = _page()
    assert [p.label for p in page.lens.periods] == [f"2026-{k:02d}" for k in range(4, 13)]
    assert _values(page, "demand_actual") == [15.0, 15, 15, None, None, None, None, None, None]
    assert _values(page, "demand_new") == [None, None, None, 18, 18, 18, 18, 18, 18]
    assert _values(page, "demand_last") == [
        None,
        None,
        17,
        17,
        17,
        17,
        17,
        17,
        None,
    ]  # last cycle planned June to November
    assert _values(page, "demand_difference") == [None, None, None, 1, 1, 1, 1, 1, None]
    assert _values(page, "demand_deviation")[2] == 15 - 17
    assert _reasons(page, "demand_actual") == {"no_actual"}


def test_stock_with_days_and_service() -> None:
    page = _page()
    assert _values(page, "inventory")[3:] == [27.0] * 6  # the material is no product of the division
    assert _values(page, "inventory_target")[3:] == [30.0] * 6
    days = _values(page, "inventory_days")
    assert days[3] == 31 + 0.5 * 30  # 27 at the end of July: August takes 18 in 31 days, half of September the rest
    assert _reasons(page, "inventory_days") == {"outside_plan", "beyond_horizon"}
    assert _values(page, "service")[3] == round(15 / 18, 3)
    assert "backlog" not in page.lines


def test_supply_is_what_comes_into_stock() -> None:
    made = rows(
        "production", {"production": "x", "item": "a1", "site": "P1", "date": dt.date(2026, 6, 3), "quantity": 14.0}
    )
    page = _page(on=ground(order_lines=rows("order_lines"), production=made))
    assert _values(page, "supply_new")[3:] == [15.0] * 6
    assert _values(page, "supply_actual")[:3] == [0.0, 0.0, 14.0]
    assert _reasons(page, "supply_last") == {"no_last_cycle"}
    assert _reasons(_page(), "supply_actual") == {"no_data"}


def test_a_family_made_to_order_shows_backlog_with_weeks_instead_of_stock() -> None:
    policy = rows("item_sites", {"item": "a1", "site": "P1", "policy": "make_to_order"})
    late = plan(
        demand={"a1|c1": [12.0] * 6}, shipped={"a1|c1": [6.0] * 6}, backlog={"a1|c1": [6.0, 12, 18, 24, 30, 36]}
    )
    page = _page(sheets=replace(SHEETS, plan=late), on=ground(company_more={"item_sites": policy}))
    assert "inventory" not in page.lines
    assert _values(page, "backlog")[3:] == [6.0, 12, 18, 24, 30, 36]
    assert _values(page, "backlog_weeks")[3] == round(6 / 18 * 31 / 7, 3)


def test_money_is_price_for_demand_and_standard_cost_for_stock() -> None:
    page = _page(measure=Measure.MONEY)
    assert _values(page, "demand_new")[3] == 18 * 10.0
    assert _values(page, "demand_actual")[0] == 15 * 9.5  # as invoiced
    assert _values(page, "inventory")[3] == 27 * 6.0
    assert page.lens.unit == "EUR"


def test_revenue_is_budgeted_by_division() -> None:
    budget = rows("budget_lines", *({"version": "B", "account": "revenue", "place": place, "amount": 100.0,
                                     "period": dt.date(2026, 8, 1)} for place in "AB"))  # fmt: skip
    on = ground(company_more={"budget_lines": budget})
    whole = _page(Level.COMPANY, "", measure=Measure.MONEY, on=on)
    assert _values(whole, "demand_budget")[4] == 200.0
    assert _reasons(whole, "demand_budget") == {"no_budget"}
    assert _reasons(_page(Level.FAMILY, "FA", measure=Measure.MONEY, on=on), "demand_budget") == {"budget_by_division"}
    assert _reasons(_page(on=on), "demand_budget") == {"budget_in_money"}


def test_unlike_units_need_the_equivalent_unit_or_say_so() -> None:
    items = ground().company["items"]
    kilos = items.with_columns(pl.when(pl.col("item") == "b1").then(pl.lit("kg")).otherwise("unit").alias("unit"))
    withheld = _page(Level.COMPANY, "", on=ground(company_more={"items": kilos}))
    assert _reasons(withheld, "demand_new") == {"unlike_units"}
    assert _reasons(withheld, "service") == {"unlike_units"}
    shared = kilos.with_columns(pl.when(pl.col("item") == "b1").then(0.5).otherwise(1.0).alias("equivalent"))
    whole = _page(Level.COMPANY, "", on=ground(company_more={"items": shared}))
    assert whole.lens.unit == "pcs"  # the equivalent unit of both families
    assert _values(whole, "demand_new")[3] == 18 + 20 * 0.5
    in_money = _page(Level.COMPANY, "", measure=Measure.MONEY, on=ground(company_more={"items": kilos}))
    assert _values(in_money, "demand_new")[3] == 18 * 10.0 + 20 * 20.0  # money is always alike


def test_without_a_price_the_coverage_says_so() -> None:
    prices = rows("prices", {"item": "a1", "customer": "c1", "price": 10.0, "currency": "EUR"})
    page = _page(measure=Measure.MONEY, on=ground(company_more={"prices": prices}))
    cell = page.lines["demand_new"][3]
    assert (cell.value, cell.coverage) == (12 * 10.0, 0.5)
    none = _page(measure=Measure.MONEY, on=ground(company_more={"prices": prices.clear()}))
    assert _reasons(none, "demand_new") == {"outside_plan", "no_price"}
    assert _reasons(_page(sheets=FamilySheets(history=_history())), "demand_new") == {"not_made"}


def test_the_parts_of_a_figure_add_up_to_it_by_item_and_customer() -> None:
    page = _page(Level.COMPANY, "")
    for code in ("demand_new", "demand_actual", "demand_difference"):
        for level in ("item", "planning_customer"):
            sums = (
                page.parts(code, level).group_by("period").agg(pl.col("value").sum()).sort("period")["value"].to_list()
            )
            assert sums == [value for value in _values(page, code) if value is not None]
    by_customer = page.parts("demand_new", "planning_customer").filter(pl.col("period") == CYCLE)
    assert by_customer.select("key", "value").rows() == [("c1", 32.0), ("rest of N, shop", 6.0)]
    assert page.parts("supply_new", "item")["key"].unique().sort().to_list() == ["a1", "b1"]
    assert len(page.parts("inventory", "planning_customer")) == 0
    assert len(page.parts("service", "item")) == 0


def test_divisions_add_up_to_the_company() -> None:
    whole = _page(Level.COMPANY, "")
    for code in ("demand_new", "demand_actual", "supply_new", "inventory"):
        parts = [_values(_page(Level.DIVISION, label), code) for label in "AB"]
        assert _values(whole, code) == [None if a is None or b is None else a + b for a, b in zip(*parts, strict=True)]


def test_a_reader_sees_the_sum_of_her_own_leaves() -> None:
    def hers(axis: Axis) -> np.ndarray:
        return axis.attributes.get("planning_customer", np.full(len(axis), "")) == "c1"

    page = _page(sees=hers)
    assert _values(page, "demand_new")[3] == 12.0
    assert _values(page, "service")[3] == round(9 / 12, 3)
    assert _values(page, "inventory")[3] == 0.0


def test_the_range_of_the_forecast_and_the_past_service() -> None:
    bands = pl.DataFrame({"level": ["division"], "label": ["A"], "period": [CYCLE], "mean": [18.0], "lo80": [14.0],
                          "hi80": [23.0]})  # fmt: skip
    forecast = Sheet(kind=SheetKind.FORECAST, tables={"bands": bands})
    june = {"item": "a1", "customer": "c1", "line": 1, "quantity": 1.0, "ordered": dt.date(2026, 6, 1),
            "requested": dt.date(2026, 6, 9), "status": "shipped"}  # fmt: skip
    orders = rows("order_lines", june | {"order": "o"}, june | {"order": "p"})
    sent = rows("shipments", {"shipment": "s", "order": "o", "line": 1, "date": dt.date(2026, 6, 9), "quantity": 1.0})
    page = _page(sheets=replace(SHEETS, forecast=forecast), on=ground(order_lines=orders, shipments=sent))
    assert (_values(page, "demand_low")[3], _values(page, "demand_high")[3]) == (14.0, 23.0)
    assert _values(page, "service_actual")[:3] == [None, None, 0.5]
    assert page.table().filter((pl.col("code") == "service_actual") & (pl.col("period") == 4))["reason"].to_list() == [
        "no_demand"
    ]


@pytest.mark.parametrize("measure", list(Measure))
def test_every_cell_has_a_value_or_a_reason(measure: Measure) -> None:
    table = _page(measure=measure).table()
    assert ((table["value"].is_null()) == (table["reason"] != "")).all()
    assert set(table["group"]) == {"demand", "supply", "inventory", "service"}
