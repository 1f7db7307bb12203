"""Plans of tiny companies, worked out by hand."""

import datetime as dt

import numpy as np
import pytest

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.supply.differences import FirmMove, MoveWindow, Overtime, SecondSource
from onenumber.supply.settings import SupplySettings
from tests.supply.world import (
    CYCLE,
    DAY_BEFORE,
    JUNE,
    NOT_FIRM,
    VENDOR,
    bought_m,
    causes,
    company,
    facts,
    item,
    of,
    planned,
    rate,
    stock,
    total,
)


def test_t10_the_best_use_of_an_hour_goes_first():
    """100 h: X is worth 40 in 2 h, Y 25 in 1 h. Y takes 50 h, X the other 50 h: 50 x 25 + 25 x 40 = 2,250."""
    made = company(rates=[rate("A", hours=2.0), rate("B", hours=1.0)])
    sheet = planned({"A|x": [40], "B|x": [50]}, prices={"A|x": 40.0, "B|x": 25.0}, company_=made, settings=NOT_FIRM)
    assert (of(sheet, "shipped", "A|x"), of(sheet, "shipped", "B|x")) == ([25.0], [50.0])


def test_a_sale_is_never_refused_for_its_margin():
    """A costs 10 to make and sells at 4: it is made all the same."""
    assert total(planned({"A|x": [0, 50]}, prices=4.0), "lost") == [0.0, 0.0]


def test_the_first_period_gets_only_what_was_released():
    """Ten are on hand, five are released for May; of the 30 asked in May 15 wait, and come in June."""
    orders = [
        {
            "order": "W1",
            "item": "A",
            "site": "P",
            "quantity": 5.0,
            "released": dt.date(2026, 4, 20),
            "due": dt.date(2026, 5, 10),
        }
    ]
    sheet = planned({"A|x": [30, 0, 0]}, facts_=facts(stock=[stock("A", 10.0)], production_orders=orders))
    assert of(sheet, "production", "A|P") == [5.0, 15.0, 0.0]
    assert of(sheet, "backlog", "A|x") == [15.0, 0.0, 0.0]
    assert causes(sheet) == [("A|x", 0, 15.0, "lead_time", "A|P")]
    assert sheet.table("shortages")["next_period"].to_list() == [JUNE]
    assert of(sheet, "hours_used", "L")[0] == 2.25  # 9 of the 20 days [20 April, 10 May) lie in May: 5 h x 9/20


def test_orders_consume_forecast():
    """May: 30 ordered of a forecast of 20 are 30; June: 5 of 20 are 20."""
    sheet = planned({"A|x": [20, 20]}, booked=np.array([[30.0, 5.0]]))
    assert of(sheet, "demand", "A|x") == [30.0, 20.0]


def test_backlog_is_paid_off_oldest_first():
    """60 are past due and 80 are asked each month of 100 h: 20 a month are free, from June on; nothing is lost
    that can still come within three periods."""
    sheet = planned({"A|x": [0, 80, 80, 80, 80, 80]}, backlog=[("A|x", 60.0, 2)])
    assert of(sheet, "backlog", "A|x") == [60.0, 40.0, 20.0, 0.0, 0.0, 0.0]
    assert total(sheet, "lost") == [0.0] * 6


def test_waiting_longer_than_allowed_costs_more_than_losing():
    """One unit too many in each of five months: a queue of one for six periods would cost 6/3.5 of its price."""
    sheet = planned({"A|x": [0, 200, 100, 100, 100, 100]})
    assert sum(total(sheet, "lost")) == pytest.approx(100.0)


def test_a_full_month_is_made_ready_in_the_month_before():
    """July asks 130 of 100 h: 30 are made in June, held a month at 10 x 0.24 / 12 = 0.2 each."""
    sheet = planned({"A|x": [0, 60, 130, 60]})
    assert of(sheet, "stock", "A|P") == [0.0, 30.0, 0.0, 0.0]
    held = sheet.table("costs").filter(account="holding_cost")["amount"].sum()
    assert held == pytest.approx(30 * 0.2)


def test_lead_time_is_split_over_months_by_days():
    """Ten days: of what arrives in June 10/30 is started in May, the rest in June."""
    sheet = planned({"A|x": [0, 30]}, rates=[rate("A", lead_time_days=10)])
    assert of(sheet, "hours_used", "L") == [10.0, 20.0]
    assert of(sheet, "production", "A|P") == [0.0, 30.0]
    assert sheet.table("runs").select("period", "quantity").rows() == [(CYCLE, 10.0), (JUNE, 20.0)]


def test_maintenance_takes_its_hours_where_its_days_lie():
    """28 May to 2 June: Thursday and Friday in May, Monday in June. 30 h: 20 h in May, 10 h in June."""
    window = {
        "window": "S",
        "resource": "L",
        "start": dt.date(2026, 5, 28),
        "end": dt.date(2026, 6, 2),
        "hours": 30.0,
        "movable": True,
    }
    sheet = planned({"A|x": [0, 95, 0]}, maintenance=[{**window, "latest": dt.date(2026, 7, 10)}])
    assert of(sheet, "maintenance_hours", "L") == [20.0, 10.0, 0.0]
    assert of(sheet, "hours_available", "L") == [80.0, 90.0, 100.0]
    assert causes(sheet) == [("A|x", 1, 5.0, "capacity", "L")]
    moved = MoveWindow(window="S", start=dt.date(2026, 7, 1))
    after = planned({"A|x": [0, 95, 0]}, maintenance=[{**window, "latest": dt.date(2026, 7, 10)}], differences=(moved,))
    assert after.table("shortages").height == 0
    assert of(after, "maintenance_hours", "L") == [0.0, 0.0, 30.0]


def test_overtime_is_bought_from_cheap_to_dear_and_the_second_step_only_once_decided():
    steps = [
        {"resource": "L", "step": 1, "hours_per_period": 10.0, "cost_per_hour": 30.0},
        {"resource": "L", "step": 2, "hours_per_period": 50.0, "cost_per_hour": 45.0, "needs_decision": True},
    ]
    demand = {"A|x": [0, 130]}
    before = planned(demand, overtime=steps)
    assert before.table("overtime").rows() == [("L", 1, JUNE, 10.0, 300.0)]
    assert causes(before) == [("A|x", 1, 20.0, "capacity", "L")]
    after = planned(demand, overtime=steps, differences=(Overtime(resource="L", step=2, first=JUNE, periods=1),))
    assert after.table("overtime").rows() == [("L", 1, JUNE, 10.0, 300.0), ("L", 2, JUNE, 20.0, 900.0)]
    assert after.table("shortages").height == 0


def test_overtime_dearer_than_the_sale_is_not_bought_and_the_cause_is_cost():
    steps = [{"resource": "L", "step": 1, "hours_per_period": 50.0, "cost_per_hour": 300.0}]
    assert causes(planned({"A|x": [0, 130]}, overtime=steps)) == [("A|x", 1, 30.0, "cost", "L")]


def test_hours_that_have_a_better_use_are_the_cause_also_where_stock_is_left_from_before():
    """A takes June's 100 h at 1,000 a unit; B, at 1, has five on hand, and could be made in June: hours, not time."""
    prices, held = {"A|x": 1000.0, "B|x": 1.0}, facts(stock=[stock("B", 5.0)])
    sheet = planned({"A|x": [0, 120, 0], "B|x": [0, 60, 0]}, prices=prices, facts_=held)
    assert causes(sheet) == [("A|x", 1, 20.0, "capacity", "L"), ("B|x", 1, 55.0, "capacity", "L")]


def test_a_limit_that_is_not_reached_is_not_the_cause():
    """Thirty in all and 500 of A: the thirty bind."""
    limits = [{"vendor": "V", "quantity": 30.0}, {"vendor": "V", "item": "A", "quantity": 500.0}]
    bought = [{**VENDOR, "item": "A", "lead_time_days": 0}]
    items, vendors = [item("A", "F1", "bought")], [{"vendor": "V", "name": "V"}]
    made = company(items=items, rates=[], vendors=vendors, vendor_items=bought, vendor_limits=limits)
    assert causes(planned({"A|x": [0, 40]}, company_=made)) == [("A|x", 1, 10.0, "vendor_limit", "V")]


def test_a_vendor_limit_is_the_cause_and_a_second_source_the_way_out():
    """40 M a month make 20 A. Vendor W is open only once decided, and dearer by 2."""
    second = {**VENDOR, "vendor": "W", "lead_time_days": 0, "price": 5.0, "rank": 2, "needs_decision": True}
    made = bought_m(
        vendor_items=[{**VENDOR, "lead_time_days": 0}, second],
        vendor_limits=[{"vendor": "V", "item": "M", "quantity": 40.0}],
    )
    before = planned({"A|x": [0, 30]}, company_=made)
    assert causes(before) == [("A|x", 1, 10.0, "vendor_limit", "V")]
    second_source = SecondSource(vendor="W", item="M", site="P")
    after = planned({"A|x": [0, 30]}, company_=made, differences=(second_source,))
    assert after.table("purchase_plan").rows() == [
        ("V", "M", "P", JUNE, 40.0, 120.0),
        ("W", "M", "P", JUNE, 20.0, 100.0),
    ]
    assert after.table("shortages").height == 0


def test_material_that_comes_too_late_is_the_cause():
    """M takes 45 days: ordered in May it comes from 15 June on, in June. With 70 days it comes in July."""
    assert (
        planned({"A|x": [0, 30]}, company_=bought_m(vendor_items=[{**VENDOR, "lead_time_days": 45}]))
        .table("shortages")
        .height
        == 0
    )
    late = planned({"A|x": [0, 30, 0]}, company_=bought_m(vendor_items=[{**VENDOR, "lead_time_days": 70}]))
    assert causes(late) == [("A|x", 1, 30.0, "material", "M|P")]
    assert late.table("purchase_plan").rows() == [("V", "M", "P", CYCLE, 60.0, 180.0)]


def test_confirmed_purchases_arrive_when_the_vendor_last_said():
    line = {"order": "P1", "line": 1, "vendor": "V", "item": "M", "site": "P", "quantity": 60.0, "status": "open"}
    line |= {"ordered": DAY_BEFORE, "first_confirmed": dt.date(2026, 5, 20), "last_confirmed": dt.date(2026, 6, 20)}
    got = {"receipt": "R1", "order": "P1", "line": 1, "date": DAY_BEFORE, "quantity": 20.0}
    sheet = planned({"A|x": [0, 0]}, company_=bought_m(), facts_=facts(purchase_orders=[line], receipts=[got]))
    assert of(sheet, "purchases", "M|P") == [0.0, 40.0]


def test_a_bill_of_materials_of_two_levels():
    """A takes 2 S, S takes 3 M with 50 % yield: ten A need 20 S and 20 x 3 / 0.5 = 120 M; 20 are on hand."""
    made = bought_m(
        items=[item("A", "F1"), item("S", role="component"), item("M", kind="bought", role="material")],
        rates=[rate("A"), rate("S", hours=0.5, yield_share=0.5)],
        bill_of_materials=[
            {"parent": "A", "component": "S", "quantity": 2.0},
            {"parent": "S", "component": "M", "quantity": 3.0},
        ],
    )
    sheet = planned({"A|x": [0, 10]}, company_=made, facts_=facts(stock=[stock("M", 20.0)]))
    assert of(sheet, "production", "S|P") == [0.0, 20.0]
    assert of(sheet, "used", "M|P") == [0.0, 120.0]
    assert of(sheet, "purchases", "M|P") == [0.0, 100.0]
    assert of(sheet, "hours_used", "L") == [0.0, 20.0]  # 10 x 1 + 20 x 0.5


def test_safety_stock_is_filled_where_there_are_hours_and_used_for_a_sale():
    sites = [{"item": "A", "site": "P", "policy": "make_to_stock", "safety_stock": 30.0}]
    sheet = planned({"A|x": [0, 80, 110, 40]}, item_sites=sites)
    assert of(sheet, "stock", "A|P") == [0.0, 20.0, 10.0, 30.0]
    assert of(sheet, "below_safety", "A|P") == [30.0, 10.0, 20.0, 0.0]
    assert sheet.table("shortages").height == 0


def test_made_to_order_holds_no_stock():
    sites = [{"item": i, "site": "P", "policy": p} for i, p in (("A", "make_to_order"), ("B", "make_to_stock"))]
    sheet = planned({"A|x": [0, 60, 130, 60]}, item_sites=sites)
    assert of(sheet, "stock", "A|P") == [0.0] * 4
    assert of(sheet, "backlog", "A|x") == [0.0, 0.0, 30.0, 0.0]


def test_inside_the_demand_fence_only_orders_count_for_what_is_made_to_order():
    """Fences of 21 working days end with May (21 in 2026), so June is outside."""
    sites = [{"item": "A", "site": "P", "policy": "make_to_order", "demand_fence_days": 21}]
    sheet = planned({"A|x": [50, 50]}, item_sites=sites, booked=np.array([[20.0, 0.0]]))
    assert of(sheet, "demand", "A|x") == [20.0, 50.0]


def test_inside_the_planning_fence_nothing_new_arrives_but_a_named_emergency():
    """A fence of 43 working days ends with June; five in June are an emergency, and take June's hours."""
    sites = [{"item": "A", "site": "P", "policy": "make_to_stock", "planning_fence_days": 43}]
    demand = {"A|x": [0, 20, 20]}
    assert of(planned(demand, item_sites=sites), "production", "A|P") == [0.0, 0.0, 40.0]
    move = FirmMove(item="A", site="P", period=JUNE, quantity=5.0)
    after = planned(demand, item_sites=sites, differences=(move,))
    assert of(after, "production", "A|P") == [0.0, 5.0, 35.0]
    assert of(after, "hours_used", "L") == [0.0, 5.0, 35.0]
    assert after.table("firm_moves").rows() == [("A", "P", JUNE, "make", "R", 5.0, 5.0, 5.0, 50.0)]
    assert "firm_moves" not in planned(demand, item_sites=sites).tables


def test_an_emergency_purchase_costs_its_price():
    """Inside its fence M has no date on which it could be ordered; the five that June's 2.5 A take are paid, at 3."""
    made = bought_m(item_sites=[{"item": "M", "site": "P", "policy": "make_to_stock", "planning_fence_days": 43}])
    move = FirmMove(item="M", site="P", period=JUNE, quantity=5.0)
    sheet = planned({"A|x": [0, 2.5, 0]}, company_=made, differences=(move,))
    assert sheet.table("firm_moves").rows() == [("M", "P", JUNE, "buy", "V", 5.0, 5.0, 0.0, 15.0)]
    assert sheet.table("purchase_plan").select("period_ordered", "quantity", "cost").rows()[0] == (JUNE, 5.0, 15.0)
    assert sheet.table("costs").filter(account="purchase_cost", period=JUNE)["amount"].to_list() == [15.0]


def test_an_emergency_where_the_plan_is_free_is_none():
    move = FirmMove(item="A", site="P", period=JUNE, quantity=5.0)
    with pytest.raises(BadDifferenceError, match="'A' can come to 'P' in 2026-06 without an emergency"):
        planned({"A|x": [0, 20, 20]}, differences=(move,))


def test_an_item_without_a_fence_of_its_own_is_firm_until_the_firm_periods_end():
    """Two working days are an item's own: what is asked in May can still be made in its rest. Without, it waits."""
    sites = [{"item": "A", "site": "P", "policy": "make_to_stock", "planning_fence_days": 2}]
    assert of(planned({"A|x": [20, 0]}, item_sites=sites), "production", "A|P") == [20.0, 0.0]
    assert of(planned({"A|x": [20, 0]}), "production", "A|P") == [0.0, 20.0]


def test_a_contract_is_served_before_a_dearer_sale_and_is_the_cause():
    """60 of A|x are promised with a penalty of 50 a unit; A|y pays twice as much. 100 h for 160."""
    contract = [{"customer": "x", "item": "A", "minimum": 60.0, "penalty": 150.0}]
    sheet = planned({"A|x": [0, 80], "A|y": [0, 80]}, prices={"A|x": 100.0, "A|y": 200.0}, customer_contracts=contract)
    assert of(sheet, "shipped", "A|x") == [0.0, 60.0]
    assert of(sheet, "shipped", "A|y") == [0.0, 40.0]
    assert ("A|y", 1, 40.0, "contract_floor", "A|P") in causes(sheet)


def test_goods_move_to_the_site_that_serves():
    made = company(
        sites=[{"site": s, "name": s, "kind": "plant", "workdays": "12345"} for s in "PW"],
        sourcing_rules=[{"site": "W", "rank": 1}],
        item_sites=[{"item": "A", "site": s, "policy": "make_to_stock"} for s in "PW"],
        lanes=[{"from_site": "P", "to_site": "W", "lead_time_days": 6, "cost": 2.0}],
    )
    sheet = planned({"A|x": [0, 0, 31]}, company_=made)
    assert of(sheet, "transfer_in", "A|W") == [0.0, 0.0, 31.0]
    assert of(sheet, "transfer_out", "A|P") == [0.0, 6.0, 25.0]
    assert sheet.table("costs").filter(account="transport_cost")["amount"].to_list() == [62.0]
    assert sheet.table("cell_streams").rows() == [("A|x", "W", CYCLE + 2, 31.0)]


def test_a_full_warehouse_is_the_cause():
    """150 in July of 100 h: 50 would be made in June, but the plant holds 20."""
    sites = [{"site": "P", "name": "P", "kind": "plant", "workdays": "12345", "space": 20.0}]
    sheet = planned({"A|x": [0, 0, 150, 0]}, sites=sites)
    assert of(sheet, "stock", "A|P") == [0.0, 20.0, 0.0, 0.0]
    assert causes(sheet) == [("A|x", 2, 30.0, "capacity", "L")]


def test_hours_that_others_need_more_leave_only_what_the_warehouse_holds():
    """July's hours go to B, made to order at 1,000; A's 30 would be made in June, but the plant holds 20 of them."""
    sites = [{"site": "P", "name": "P", "kind": "plant", "workdays": "12345", "space": 20.0}]
    policies = [{"item": "B", "site": "P", "policy": "make_to_order"}]
    demand, prices = {"A|x": [0, 0, 30], "B|x": [0, 0, 120]}, {"A|x": 100.0, "B|x": 1000.0}
    sheet = planned(demand, prices=prices, sites=sites, item_sites=policies)
    assert causes(sheet) == [("A|x", 2, 10.0, "space", "P"), ("B|x", 2, 20.0, "capacity", "L")]


def test_stock_already_above_the_space_is_no_reason_to_fail():
    sites = [{"site": "P", "name": "P", "kind": "plant", "workdays": "12345", "space": 20.0}]
    assert planned({"A|x": [10, 10]}, sites=sites, facts_=facts(stock=[stock("A", 50.0)])).notes["status"] == "optimal"


def test_without_the_second_pass_the_cost_is_the_same():
    demand = {"A|x": [0, 80, 130, 40]}
    one = planned(demand, settings=SupplySettings(unique=False))
    assert one.notes["objective"] == pytest.approx(planned(demand).notes["objective"])


def test_a_reference_without_tables_settles_nothing():
    demand = {"A|x": [0, 80, 130, 40]}
    plain = planned(demand)
    again = planned(demand, reference=Sheet(kind=SheetKind.PUBLISHED_PLAN))
    assert again.notes["objective"] == pytest.approx(plain.notes["objective"])


def test_hours_stay_even_where_it_costs_little():
    """60 are asked in July and 60 in August; nothing in June: 40 a month is as good as it gets for a small price."""
    sheet = planned({"A|x": [0, 0, 60, 60]}, settings=SupplySettings(even_share=20.0))
    assert of(sheet, "hours_used", "L") == [0.0, 40.0, 40.0, 40.0]
