"""Each detector sees its conflict and nothing else, and each conflict has money, an owner and a deadline."""

import datetime as dt
from typing import Any

import polars as pl

from onenumber.model.sheet import Sheet
from onenumber.review.detect import DETECTORS
from onenumber.review.detect.conflict import FOUND
from onenumber.review.ground import Ground
from onenumber.review.make import make_review
from onenumber.review.publish import make_published
from onenumber.review.scene import Scene
from tests.review.world import CYCLE, decided, ground, plan, rows

AUGUST, SEPTEMBER = CYCLE + 1, CYCLE + 2
SHORT = plan(
    demand={"a1|c1": [0.0, 60], "b1|c1": [0.0, 60], "a1|rest of N, shop": [0.0, 10]},
    shipped={"a1|c1": [0.0, 30, 30], "b1|c1": [0.0, 60], "a1|rest of N, shop": [0.0, 10]},
    hours_available={"R1": [100.0] * 6},
    hours_used={"R1": [0.0, 100, 30]},
    shortages=[("a1|c1", AUGUST, 60.0, 30.0, 0.0, "capacity", "R1", AUGUST, 4.0, SEPTEMBER)],
)


def _conflicts(sheet: Sheet, code: str = "") -> pl.DataFrame:
    table = sheet.table("conflicts")
    return table.filter(pl.col("code") == code) if code else table


def _review(proposed: Sheet, on: Ground | None = None, last: Sheet | None = None) -> Sheet:
    return make_review(plan=proposed, ground=on or ground(), last_published=last)[0]


def _one(sheet: Sheet, code: str) -> dict[str, Any]:
    found = _conflicts(sheet, code)
    assert len(found) == 1, found
    return found.row(0, named=True)


def test_a_plan_without_trouble_has_no_conflict() -> None:
    calm = plan(demand={"a1|c1": [10.0]}, shipped={"a1|c1": [10.0]}, hours_available={"R1": [100.0] * 6})
    sheet, findings = make_review(plan=calm, ground=ground(), last_published=None)
    assert len(sheet.table("conflicts")) == 0
    assert findings == ()
    scene = Scene(calm, ground(), None, sheet.table("landing"))
    assert all(detect(scene).schema == FOUND for detect in DETECTORS.values())


def test_capacity_is_told_in_hours_and_money() -> None:
    found = _one(_review(SHORT), "C-01")
    assert (found["conflict"], found["subject_kind"], found["subject"]) == ("C-01|R1", "resource", "R1")
    assert (found["first_period"], found["last_period"]) == (AUGUST, AUGUST)
    assert found["quantity"] == 30 * 1.0  # 30 units short at an hour each
    assert found["money_at_risk"] == 30 * 4_00  # price 10 less cost 6
    assert (found["divisions"], found["customers"], found["owner"], found["cause"]) == ("A", "c1", "pm", "resource|R1")


def test_overtime_alone_is_a_conflict_without_money_at_risk() -> None:
    busy = plan(hours_available={"R1": [100.0] * 6}, hours_used={"R1": [0.0, 0, 120, 110]})
    found = _one(_review(busy), "C-01")
    assert (found["quantity"], found["money_at_risk"], found["severity"]) == (20.0 + 10.0, 0, 0.0)
    assert (found["first_period"], found["last_period"]) == (SEPTEMBER, SEPTEMBER + 1)


def test_two_divisions_on_a_full_line_are_contention_and_one_is_not() -> None:
    found = _one(_review(SHORT), "C-11")
    assert (found["subject"], found["divisions"], found["owner"]) == ("R1", "A|B", "op")  # B is served and still claims
    alone = plan(
        demand={"a1|c1": [0.0, 60]},
        shipped={"a1|c1": [0.0, 30]},
        shortages=[("a1|c1", AUGUST, 60.0, 30.0, 30.0, "capacity", "R1", AUGUST, 4.0, None)],
    )
    assert len(_conflicts(_review(alone), "C-11")) == 0


def test_a_short_material_and_a_vendor_at_its_limit() -> None:
    materials = {"vendor_items": rows("vendor_items", {"vendor": "V", "item": "m1", "site": "P1", "lead_time_days": 45,
                                                       "price": 1.0, "currency": "EUR"})}  # fmt: skip
    short = {"demand": {"a1|c1": [0.0, 0, 60]}, "shipped": {"a1|c1": [0.0, 0, 30]}}
    material = plan(**short, shortages=[("a1|c1", SEPTEMBER, 60.0, 30.0, 30.0, "material", "m1|P1", AUGUST, 4.0, None)])
    found = _one(_review(material, ground(company_more=materials)), "C-03")
    assert (found["subject"], found["first_period"], found["quantity"], found["owner"]) == ("m1|P1", AUGUST, 30.0, "ss")
    assert found["cause"] == "cell|m1|P1"
    limit = plan(**short, shortages=[("a1|c1", SEPTEMBER, 60.0, 30.0, 30.0, "vendor_limit", "V", AUGUST, 4.0, None)])
    found = _one(_review(limit), "C-03")
    assert (found["subject_kind"], found["subject"], found["cause"]) == ("vendor", "V", "vendor|V")


def test_what_cannot_be_reached_any_more_is_a_shortage_and_no_material() -> None:
    late = plan(
        demand={"a1|c1": [60.0]}, shipped={"a1|c1": [30.0]},
        shortages=[("a1|c1", CYCLE, 60.0, 30.0, 30.0, "lead_time", "a1|P1", CYCLE, 4.0, None)],
    )  # fmt: skip
    sheet = _review(late)
    assert _conflicts(sheet)["code"].to_list() == ["C-08"]


def test_maintenance_clashes_only_where_the_line_is_full() -> None:
    windows = rows(
        "maintenance",
        {"window": "w1", "resource": "R1", "start": dt.date(2026, 8, 10), "end": dt.date(2026, 8, 14), "hours": 24.0,
         "movable": True},
        {"window": "w2", "resource": "R1", "start": dt.date(2026, 10, 5), "end": dt.date(2026, 10, 7), "hours": 16.0,
         "movable": True},
    )  # fmt: skip
    found = _one(_review(SHORT, ground(company_more={"maintenance": windows})), "C-05")
    assert (found["subject"], found["quantity"], found["first_period"]) == ("w1", 24.0, AUGUST)
    assert (found["money_at_risk"], found["cause"]) == (30 * 4_00, "resource|R1")
    unpriced = _review(SHORT, ground(company_more={"maintenance": windows, "prices": rows("prices")}))
    assert _one(unpriced, "C-05")["money_at_risk"] is None


def test_below_safety_stock_has_no_invented_money() -> None:
    low = plan(below_safety={"a1|P1": [0.0, 5, 8, 2]})
    found = _one(_review(low), "C-07")
    assert (found["subject"], found["quantity"], found["first_period"]) == ("a1|P1", 8.0, AUGUST)
    assert (found["money_at_risk"], found["severity"]) == (None, None)


def test_a_shortage_names_its_customers_and_the_penalty_of_their_contract() -> None:
    contract = rows("customer_contracts", {"customer": "c1", "item": "a1", "minimum": 50.0, "penalty": 3.0})
    found = _one(_review(SHORT, ground(company_more={"customer_contracts": contract})), "C-08")
    assert (found["subject"], found["customers"], found["quantity"]) == ("a1", "c1", 30.0)
    assert found["penalty"] == (50 - 30) * 3_00  # 30 of a minimum of 50 are promised


def test_a_promise_of_the_last_plan_that_is_still_asked_for() -> None:
    then = plan(demand={"a1|c1": [0.0, 50]}, shipped={"a1|c1": [0.0, 50]})
    last = make_published(final_plan=then, decision=decided(), ground=ground())
    found = _one(_review(SHORT, last=last), "C-27")
    assert (found["subject"], found["quantity"], found["owner"]) == ("a1|c1", 20.0, "sm")  # 50 promised, 30 now
    calm = plan(demand={"a1|c1": [0.0, 25]}, shipped={"a1|c1": [0.0, 25]})
    assert len(_conflicts(_review(calm, last=last), "C-27")) == 0  # the customer wants only 25 by now


def test_a_confirmed_order_line_that_the_plan_does_not_meet() -> None:
    line = {"order": "o", "line": 1, "item": "a1", "customer": "c1", "ordered": dt.date(2026, 6, 1), "status": "open",
            "requested": dt.date(2026, 8, 1), "first_confirmed": dt.date(2026, 8, 5), "quantity": 45.0}  # fmt: skip
    overdue = line | {"order": "p", "first_confirmed": dt.date(2026, 6, 5), "quantity": 5.0}
    facts = ground(order_lines=rows("order_lines", line, overdue))
    found = _one(_review(SHORT, facts), "C-27")
    # 5 from June at the end of July, 50 at the end of August with 30 shipped: August is the deepest
    assert (found["quantity"], found["first_period"]) == (20.0, AUGUST)


def test_a_budget_line_outside_its_tolerance_needs_a_decision() -> None:
    months = [dt.date(2026, k, 1) for k in range(1, 13)]
    budget = rows("budget_lines", *({"version": "B", "account": "revenue", "place": "A", "period": day, "amount": 100.0}
                                    for day in months))  # fmt: skip
    owners = rows("owners", {"figure": "budget", "scope": "A", "person": "ex"})
    past = rows(
        "order_lines",
        *({"order": f"o{k}", "line": 1, "item": "a1", "customer": "c1", "quantity": 10.0, "amount": 100.0,
           "status": "shipped", "ordered": dt.date(2026, k, 5), "requested": dt.date(2026, k, 6)}
          for k in range(1, 7)),
    )  # fmt: skip
    facts = ground(company_more={"budget_lines": budget, "owners": owners}, order_lines=past)
    sheet = _review(plan(demand={"a1|c1": [50.0]}, shipped={"a1|c1": [50.0]}), facts)
    landed = (
        sheet.table("landing").filter((pl.col("account") == "revenue") & (pl.col("place") == "A")).row(0, named=True)
    )
    assert (landed["actual"], landed["plan"], landed["budget"], landed["gap"]) == (600_00, 500_00, 1200_00, -100_00)
    found = _one(sheet, "C-13")
    assert (found["subject"], found["money_at_risk"], found["owner"]) == ("revenue|A|2026", 100_00, "ex")
    assert sheet.notes["lines_outside"] == 1


def test_severity_deadline_and_order() -> None:
    sheet = _review(SHORT)
    found = _one(sheet, "C-08")
    days_left, horizon = 31, 184  # 1 August from 1 July; July to December
    assert found["severity"] == 120_00 * (1 + 1 - days_left / horizon)
    assert found["deadline"] == dt.date(2026, 8, 1)
    july = plan(demand={"a1|c1": [60.0]}, shipped={"a1|c1": [30.0]})
    assert _one(_review(july), "C-08")["deadline"] == dt.date(2026, 7, 23)  # the 17th working day: the next chance
    severities = sheet.table("conflicts")["severity"].to_list()
    assert severities == sorted(severities, reverse=True)


def test_nobody_to_answer_is_a_finding() -> None:
    sheet, findings = make_review(plan=SHORT, ground=ground(company_more={"roles": rows("roles")}), last_published=None)
    assert sheet.table("conflicts")["owner"].null_count() == 3
    assert [(f.code, dict(f.values)) for f in findings] == [("conflicts_without_owner", {"conflicts": 3})]


def test_the_same_plan_gives_the_same_bits() -> None:
    assert _conflicts(_review(SHORT)).equals(_conflicts(_review(SHORT)))


def test_several_budget_versions_are_told() -> None:
    line = {"account": "revenue", "place": "A", "period": dt.date(2026, 8, 1), "amount": 1.0}
    two = rows("budget_lines", line | {"version": "2026"}, line | {"version": "2026 revised"})
    _, findings = make_review(plan=plan(), ground=ground(company_more={"budget_lines": two}), last_published=None)
    assert [(f.code, f.values["used"]) for f in findings] == [("several_budget_versions", "2026 revised")]


def test_what_has_no_price_is_told_and_is_not_zero() -> None:
    sheet, findings = make_review(
        plan=SHORT, ground=ground(company_more={"prices": rows("prices")}), last_published=None
    )
    assert {f.code for f in findings} == {"not_valued"}
    assert _one(sheet, "C-08")["money_at_risk"] is None
    assert sheet.notes["money_at_risk"] is None


def test_nothing_short_is_no_money_at_risk_and_is_known() -> None:
    assert _review(plan()).notes["money_at_risk"] == 0


def test_without_a_budget_no_line_is_said_to_land_inside_it() -> None:
    assert _review(SHORT).notes["lines_outside"] is None
