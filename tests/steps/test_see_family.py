"""The family page against the sheets it is read from: sums to the unit and the cent, for each role what it may see."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onenumber.errors import NoSuchPlaceError, NotAllowedError, NotYoursError
from onenumber.model.cube import State
from onenumber.model.sheet import SheetKind
from onenumber.review.actuals import actual_money, sales
from onenumber.review.family import FamilyRow, Sources, family_rows, figures, parts
from onenumber.review.ground import Ground
from onenumber.review.leaves import Leaves
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.family import FamilySeen, family_seen
from onenumber.steps.see.places import find_places
from onenumber.steps.see.served import GivenUp, given_up_ahead
from onenumber.store.models import Plan
from onenumber.store.plans import find_cycle, versions_of
from tests import tiny
from tests.steps.conftest import Act
from tests.steps.month_for_tests import to_supply, version

Asking = Callable[[str], Context]


def seen(context: Context, place: str = "company", *, money: bool = False) -> FamilySeen:
    return family_seen(glance(context), "2026-05", place=place, money=money)


def row(page: FamilySeen, code: str) -> FamilyRow:
    return next(one for one in page.rows if one.code == code)


def values(page: FamilySeen, code: str) -> list[float | None]:
    return [one.value for one in figures(row(page, code))]


def test_three_months_back_the_firm_one_and_the_horizon(agreed: None, asking: Asking) -> None:
    page = seen(asking("omar"))
    assert page.labels[:4] == ("2026-02", "2026-03", "2026-04", "2026-05")
    assert (page.past, len(page.labels)) == (3, 3 + 6)


def test_demand_is_the_consensus_and_the_actual_is_what_was_asked(agreed: None, asking: Asking) -> None:
    context = asking("omar")
    cycle = find_cycle(context.plan, "2026-05")
    consensus = context.sheet(SheetKind.CONSENSUS, cycle).cube("consensus")
    history = context.sheet(SheetKind.HISTORY, cycle).cube("demand_raw")
    page = seen(context)
    assert values(page, "demand_new")[3:] == consensus.values.sum(axis=0).tolist()
    assert values(page, "demand_actual")[:3] == history.values[:, -3:].sum(axis=0).tolist()
    assert values(page, "demand_actual")[3:] == [None] * 6


def test_divisions_add_up_to_the_company_and_families_to_their_division(agreed: None, asking: Asking) -> None:
    context = asking("omar")
    whole = values(seen(context), "demand_new")[3:]
    halves = [values(seen(context, f"division:{d}"), "demand_new")[3:] for d in ("DA", "DB")]
    assert whole == [a + b for a, b in zip(*halves, strict=True)]
    assert values(seen(context, "family:FA"), "demand_new") == values(seen(context, "division:DA"), "demand_new")


def test_money_is_quantity_times_price_to_the_cent(agreed: None, asking: Asking) -> None:
    context = asking("omar")
    units = {p.label: p.figures[4].value for p in parts(row(seen(context, "family:FA"), "demand_new"), "item")}
    money = values(seen(context, "family:FA", money=True), "demand_new")[4]
    assert money == round(100 * (units["A1"] * 12.0 + units["A2"] * 8.0))  # twice the cost of 6 and 4, in cents


def test_delivered_is_the_revenue_that_the_budget_is_held_against(agreed: None, asking: Asking) -> None:
    context = asking("omar")
    cycle = find_cycle(context.plan, "2026-05")
    facts = context.sheet(SheetKind.LOAD, cycle).tables
    ground = Ground(company=context.company(cycle), load=facts, frame=context.frame(cycle), cycle=cycle.index)
    known = actual_money(sales(ground, first=cycle.index - 3, end=cycle.index), ground, first=cycle.index - 3)
    revenue = known.filter(pl.col("account") == "revenue").group_by("period").agg(pl.col("amount").sum()).sort("period")
    page = seen(context, money=True)
    assert values(page, "demand_delivered")[:3] == revenue["amount"].to_list()
    assert values(page, "demand_delivered")[3:] == [None] * 6
    assert "demand_delivered" not in [one.code for one in seen(context).rows]
    ana = sum(one or 0.0 for one in values(seen(asking("ana"), money=True), "demand_delivered"))
    assert 0 < ana < sum(revenue["amount"])


@pytest.mark.parametrize("without", ["shipments", "amount"])
def test_without_shipments_or_their_worth_nothing_is_delivered_in_money(
    without: str, act: Act, asking: Asking, tmp_path: Path
) -> None:
    tables = tiny.tables()
    if without == "amount":
        tables["order_lines"] = tables["order_lines"].with_columns(pl.lit(None, dtype=pl.Float64).alias("amount"))
    else:
        del tables["shipments"]
    act("dora", "load", folder=tiny.write(tmp_path / "data", tables))
    act("olga", "open", period="2026-05")
    assert "demand_delivered" not in [one.code for one in seen(asking("omar"), money=True).rows]


def test_the_budget_stands_in_money_by_division_only(agreed: None, asking: Asking) -> None:
    page = seen(asking("omar"), money=True)
    assert values(page, "demand_budget")[0] == 2 * 300_000
    assert [one.code for one in seen(asking("omar")).rows if one.code == "demand_budget"] == []


def test_of_unlike_units_there_are_no_days_no_weeks_and_no_share() -> None:
    leaves = {name: Leaves(values=np.ones((1, 2)), state=np.zeros((1, 2), dtype=np.uint8), by={})
              for name in ("held", "need", "late", "asked", "shipped", "due", "kept", "counted")}  # fmt: skip
    days = np.full(2, 30.0)
    codes = [[one.code for one in family_rows(Sources(leaves=leaves, days=days, unit=unit))] for unit in ("pcs", "")]
    assert codes == [["inventory_days", "backlog_weeks", "service_actual", "service"], ["service_actual"]]


def test_a_salesperson_sees_her_part_and_no_stock(agreed: None, asking: Asking) -> None:
    hers, all_of_it = seen(asking("ana")), seen(asking("omar"))
    assert hers.part
    assert not all_of_it.part
    customers = {p.label: p.figures[3].value for p in parts(row(all_of_it, "demand_new"), "planning_customer")}
    assert values(hers, "demand_new")[3] == customers["alpha"]  # Nord is alpha alone
    assert {one.code.split("_")[0] for one in hers.rows} == {"demand", "service"}


def test_who_sees_no_plan_is_refused(agreed: None, asking: Asking) -> None:
    with pytest.raises(NotAllowedError, match="Adam Root may not see the plan: their roles see no plan"):
        seen(asking("adam"))


def test_a_place_that_is_not_there_is_named(agreed: None, asking: Asking) -> None:
    with pytest.raises(NoSuchPlaceError, match="There is no family FX in this plan."):
        seen(asking("omar"), "family:FX")


def test_search_finds_what_a_person_sees(agreed: None, asking: Asking) -> None:
    assert [f.key for f in find_places(asking("omar"), "2026-05", "beta")] == []  # beta is part of a rest
    assert [f.key for f in find_places(asking("omar"), "2026-05", "alph")] == ["alpha"]
    assert [f.key for f in find_places(asking("ben"), "2026-05", "alph")] == []
    assert [f.key for f in find_places(asking("adam"), "2026-05", "alph")] == []


def test_until_the_consensus_is_made_new_demand_is_the_forecast(in_demand: None, asking: Asking) -> None:
    context = asking("omar")
    page = seen(context)
    forecast = context.sheet(SheetKind.FORECAST, find_cycle(context.plan, "2026-05")).cube("L1")
    assert page.provisional
    assert values(page, "demand_new")[3:] == pytest.approx(forecast.values.sum(axis=0).tolist())


def test_actual_service_is_the_order_lines_kept_on_the_date_the_customer_asked_for(
    act: Act, asking: Asking, tmp_path: Path
) -> None:
    made = tiny.tables()
    late = pl.col("order") == "O26alphaA1"  # of the 12 lines of March 2026, this one left in April
    made["shipments"] = made["shipments"].with_columns(
        pl.when(late).then(pl.lit(dt.date(2026, 4, 2))).otherwise(pl.col("date")).alias("date")
    )
    act("nobody yet", "load", folder=tiny.write(tmp_path / "late", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    whole, family = seen(asking("omar")), seen(asking("omar"), "family:FA", money=True)
    assert values(whole, "service_actual") == [1.0, 11 / 12, 1.0] + [None] * 6
    assert values(family, "service_actual")[1] == 5 / 6  # two items of three customers
    by_item = {p.label: p.figures[1].value for p in parts(row(family, "service_actual"), "item")}
    assert by_item == {"A1": 2 / 3, "A2": 1.0}
    hers, others = (values(seen(asking(p)), "service_actual")[1] for p in ("ana", "ben"))
    assert (hers, others) == (3 / 4, 1.0)  # alpha, four items; beta and gamma


def test_days_of_stock_walk_through_the_demand_ahead(agreed: None, act: Act, asking: Asking) -> None:
    act("olga", "advance")
    act("sven", "plan")
    page = seen(asking("omar"), "family:FA")
    stock, demand = values(page, "inventory"), values(page, "demand_new")
    lasts = values(page, "inventory_days")
    assert stock[3] is not None
    assert demand[4] is not None
    assert 0.0 < stock[3] < demand[4]
    assert lasts[3] == pytest.approx(30 * stock[3] / demand[4])  # the end of May; June has 30 days
    assert lasts[-1] is None  # nothing is planned after the horizon


def test_new_supply_is_the_plan_that_was_made_last(agreed: None, act: Act, asking: Asking, plan: Plan) -> None:
    act("olga", "advance")
    act("sven", "plan")
    made = plan.sheets.get(kind="supply_plan")
    for stage in ("final", "proposed"):  # a re-opened cycle: a new proposal after the final plan
        made.pk, made.stage, made.sequence = None, stage, made.sequence + 1
        made.save()
        name = seen(asking("omar")).sources["supply"].name
        assert (name.stage, name.sequence) == (stage, made.sequence)


def test_without_prices_there_is_no_money_and_nothing_is_said_of_it(act: Act, asking: Asking, tmp_path: Path) -> None:
    made = {name: table for name, table in tiny.tables().items() if name not in ("prices", "costs")}
    act("nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    page = seen(asking("omar"), money=True)
    assert set(values(page, "demand_actual")) == {None}
    assert {one.state for one in figures(row(page, "demand_actual"))[:3]} == {State.MISSING}


def _made_to_order() -> dict[str, pl.DataFrame]:
    """The tiny company whose family FA is made to order, and of which one line of March 2026 leaves on 3 May."""
    made = tiny.tables()
    of_fa = pl.col("item").is_in(["A1", "A2"])
    made["item_sites"] = made["item_sites"].with_columns(
        pl.when(of_fa).then(pl.lit("make_to_order")).otherwise("policy").alias("policy")
    )
    late = pl.col("order") == "O26alphaA1"
    left = pl.when(late).then(pl.lit(dt.date(2026, 5, 3))).otherwise(pl.col("date")).alias("date")
    made["shipments"] = made["shipments"].with_columns(left)
    return made


@pytest.fixture
def to_order(act: Act, tmp_path: Path) -> float:
    """Cycle 2026-05 of that company with its forecast; the quantity of the line that is late."""
    act("nobody yet", "load", folder=tiny.write(tmp_path / "to_order", _made_to_order()))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "advance")
    act("dora", "forecast")
    return tiny.quantity(0, 0, 26)


def test_days_of_stock_of_past_months_walk_what_was_asked_and_then_what_is_planned(
    in_demand: None, asking: Asking
) -> None:
    page = seen(asking("omar"), "family:FA")
    actual, demand = values(page, "inventory_actual"), values(page, "demand_actual")
    assert actual[:3] == [120.0] * 3
    assert all(one is not None and one > 120.0 for one in demand[1:3])
    days = values(page, "inventory_days")
    assert days[0] == pytest.approx(31 * 120 / demand[1])  # the end of February; March has 31 days
    assert days[2] == pytest.approx(31 * 120 / values(page, "demand_new")[3])  # there is no plan yet: the baseline
    assert days[3:] == [None] * 6


def test_what_is_late_at_the_end_of_the_last_month_is_the_backlog_of_the_history(
    to_order: float, asking: Asking
) -> None:
    context = asking("omar")
    page = seen(context, "family:FA")
    assert values(page, "backlog_actual")[:3] == [0.0, to_order, to_order]
    history = context.sheet(SheetKind.HISTORY, find_cycle(context.plan, "2026-05"))
    assert history.table("backlog")["open"].sum() == to_order
    asked = values(page, "demand_actual")
    weeks = [0.0, *(to_order / asked[k] * days / 7 for k, days in ((1, 31), (2, 30)))]
    assert values(page, "backlog_weeks")[:3] == pytest.approx(weeks)
    assert {p.label: p.figures[2].value for p in parts(row(page, "backlog_actual"), "item")} == {
        "A1": to_order, "A2": 0.0,
    }  # fmt: skip
    assert values(seen(context, "family:FA", money=True), "backlog_actual")[2] == to_order * 12 * 100


def test_what_is_made_to_order_shows_bookings_backlog_and_promise_in_the_place_of_stock(
    to_order: float, asking: Asking
) -> None:
    codes = [one.code for one in seen(asking("omar"), "family:FA").rows]
    assert [code for code in codes if code.startswith("inventory")] == []
    assert {"backlog_bookings", "backlog_booked", "backlog_actual", "backlog_weeks"} <= set(codes)
    stocked = [one.code for one in seen(asking("omar"), "family:FB").rows]
    assert "inventory_actual" in stocked
    assert [code for code in stocked if code.startswith("backlog")] == []
    page = seen(asking("omar"), "family:FA")
    may = [round(tiny.quantity(i, c, 28) / 2) for i in (0, 1) for c in range(3)]  # half of it is booked in April
    assert values(page, "backlog_booked")[3:5] == [sum(may), 0.0]
    booked_in_april = sum(may) + sum(tiny.quantity(i, c, 27) for i in (0, 1) for c in range(3))
    assert values(page, "backlog_bookings")[2] == booked_in_april


def test_the_promise_is_when_the_last_of_what_is_asked_leaves(to_order: float, act: Act, asking: Asking) -> None:
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "submit", patch=patch)
        act("ines", "accept", patch=patch)
    act("ines", "collect")
    act("dora", "agree")
    act("ines", "sign", verb="sign_demand")
    act("olga", "advance")
    act("sven", "plan")
    context = asking("omar")
    plan = context.sheet(SheetKind.SUPPLY_PLAN, find_cycle(context.plan, "2026-05"), "proposed")
    page = seen(context, "family:FA")
    late = values(page, "backlog")[3:]
    promise = values(page, "backlog_promise")[3:]
    assert plan is not None
    for k, (waits, left) in enumerate(zip(late, promise, strict=True)):
        assert (waits or 0.0) < 1e-6 or left is None or left > 0, k
        assert left != 0 or (waits or 0.0) < 1e-6, k
    money = values(seen(context, "family:FA", money=True), "backlog_promise")[3:]
    assert money == promise


@pytest.mark.parametrize("place", ["family:FX", "family:FA", "item:A1"])
def test_who_sees_a_part_is_not_told_whether_what_is_not_hers_is_there(
    act: Act, asking: Asking, tmp_path: Path, place: str
) -> None:
    made = tiny.tables()
    of_alpha = (pl.col("customer") == "alpha") & pl.col("item").is_in(["A1", "A2"])
    made["order_lines"] = made["order_lines"].filter(~of_alpha)
    made["shipments"] = made["shipments"].join(made["order_lines"], on=["order", "line"], how="semi")
    act("nobody yet", "load", folder=tiny.write(tmp_path / "less", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    with pytest.raises(NotYoursError) as refused:
        seen(asking("ana"), place)
    assert str(refused.value) == (
        f"You see no {place.replace(':', ' ')}: it is not in your part of the plan, if it is there at all."
    )


def test_orders_beyond_the_agreed_demand_have_a_row_of_what_the_plan_is_made_for(
    act: Act, asking: Asking, tmp_path: Path
) -> None:
    made = tiny.tables()
    lines = made["order_lines"]
    day = dt.date(2026, 7, 15)
    call_off = lines.filter((pl.col("item") == "A1") & (pl.col("status") == "open")).head(1).with_columns(
        order=pl.lit("O-CALL-OFF"), quantity=pl.lit(500.0), amount=pl.lit(6000.0), requested=pl.lit(day),
        first_confirmed=pl.lit(day), last_confirmed=pl.lit(day),
    )  # fmt: skip
    made["order_lines"] = pl.concat([lines, call_off.select(lines.columns)], how="vertical_relaxed")
    act("nobody yet", "load", folder=tiny.write(tmp_path / "called", made))
    plan = Plan.objects.get()
    to_supply(plan)
    act("sven", "plan")
    sheet = asking("omar").sheet(SheetKind.SUPPLY_PLAN, find_cycle(plan, "2026-05"), "proposed")
    assert sheet is not None
    page, other = seen(asking("omar"), "family:FA"), seen(asking("omar"), "family:FB")
    demand = sheet.cube("demand")
    mine = demand.axis.attributes["family"] == "FA"
    assert values(page, "demand_plan")[3:] == demand.values[mine].sum(axis=0).tolist()
    beyond = (values(page, "demand_plan")[5] or 0.0) - (values(page, "demand_new")[5] or 0.0)
    assert beyond > 400.0  # July: the order less the forecast of its stream
    assert "demand_plan" not in [one.code for one in other.rows]  # its orders lie within what was agreed


def test_what_the_plan_gives_up_has_a_row_where_there_is_any_and_is_part_of_what_was_due(
    agreed: None, act: Act, asking: Asking
) -> None:
    act("olga", "advance")
    act("sven", "plan")
    context = asking("omar")
    assert "backlog_lost" not in [one.code for one in seen(context).rows]
    assert given_up_ahead(glance(context), find_cycle(context.plan, "2026-05")) is None
    before = values(seen(context, "family:FA"), "service")[4]
    given_up_in_june(context.plan, 7.0)
    context = asking("omar")
    family = seen(context, "family:FA")
    assert values(family, "backlog_lost") == [None] * 3 + [0.0, 7.0, 0.0, 0.0, 0.0, 0.0]
    assert values(seen(context, "family:FA", money=True), "backlog_lost")[4] == 7 * 12 * 100  # at price, in cents
    assert "backlog_lost" not in [one.code for one in seen(context, "family:FB").rows]
    after = values(family, "service")[4]
    assert before is not None
    assert after is not None
    assert after < before
    found = given_up_ahead(glance(context), find_cycle(context.plan, "2026-05"))
    assert found == GivenUp(of="2026-05", stage="proposed", month="2026-06", most=84.0, whole=84.0)
    assert values(seen(asking("ana")), "backlog_lost")[4] == 7.0  # it is of alpha, who is hers
    assert "backlog_lost" not in [one.code for one in seen(asking("ben")).rows]


def given_up_in_june(plan: Plan, quantity: float) -> None:
    """The proposed plan, which gives up some of A1 for alpha in its second month instead of shipping it."""
    proposed, store = version(plan, SheetKind.SUPPLY_PLAN, "proposed"), versions_of(plan)
    made = store.get(proposed.content)
    cubes = dict(made.cubes)
    for name, more in (("lost", quantity), ("shipped", -quantity)):
        changed = cubes[name].values.copy()
        changed[cubes[name].axis.keys == "A1|alpha", 1] += more
        cubes[name] = dataclasses.replace(cubes[name], values=changed)
    proposed.content = store.put(dataclasses.replace(made, cubes=cubes))
    proposed.save(update_fields=["content"])
