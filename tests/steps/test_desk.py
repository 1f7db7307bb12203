"""What the supply desk, finance and the process owner read, each figure from the sheets and facts of a tiny company."""

import datetime as dt
import statistics
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onenumber.cycle.phases import Phase
from onenumber.errors import MeetingOverError, NoSheetError, NotAllowedError, NothingToWeighError
from onenumber.errors.review import NoSuchConflictError
from onenumber.model.cube import State
from onenumber.model.sheet import SheetKind
from onenumber.review.running import ORDERS, PRODUCTION, SHIPMENTS
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.budget import budget_shown
from onenumber.steps.see.conflicts import conflict_shown, conflicts_shown
from onenumber.steps.see.customer import customer_seen
from onenumber.steps.see.milestones import DONE, LATE, milestones
from onenumber.steps.see.orders import MAKES, SHIPS, orders_shown
from onenumber.steps.see.pack import pack_shown
from onenumber.steps.see.parameters import LEADS, RATES, STOCKS, Parameter, parameters_shown, untrue_rates
from onenumber.steps.see.running import Going, RunningShown, running_month
from onenumber.steps.see.stock_errors import ItemErrors, errors_of, in_a_row
from onenumber.store.models import Job, JobState, PackRow, Plan
from tests import tiny
from tests.standing import once_a_run
from tests.steps.month_for_tests import (
    NOW,
    do,
    founded,
    published_may,
    sheet,
    squeezed,
    to_forecast,
    to_review,
    to_supply,
    version,
)

JUNE = dt.datetime(2026, 6, 5, 10, tzinfo=dt.UTC)
CAUSE = "resource|L1"


@pytest.fixture
def home(db: None, settings: object, tmp_path: Path) -> Path:
    settings.ONENUMBER_HOME = tmp_path / "home"
    return tmp_path / "data"


def seen_by(plan: Plan, person: str, at: dt.datetime = NOW) -> Context:
    return make_context(plan, person=person, now=at)


def going(shown: RunningShown, measure: str, place: str) -> Going:
    return next(one for one in shown.rows if (one.measure, one.place) == (measure, place))


@once_a_run
def _first_week(plan: Plan, folder: Path) -> None:
    """June is open, and its first week was loaded: 30 pieces of A1 left and 40 were made by the 5th."""
    do(plan, "olga", "open", at=JUNE, period="2026-06")
    to_forecast(plan, at=JUNE)
    day = dt.date(2026, 6, 4)
    line = {"order": "N1", "line": 1, "customer": "alpha", "item": "A1", "quantity": 30.0, "unit": "pcs",
            "amount": 360.0, "currency": "EUR", "ordered": dt.date(2026, 6, 2), "requested": day,
            "first_confirmed": day, "last_confirmed": day, "status": "shipped"}  # fmt: skip
    shipment = {"shipment": "S1", "order": "N1", "line": 1, "date": day, "quantity": 30.0}
    made = {"production": "M1", "item": "A1", "site": "P1", "resource": "L1", "date": dt.date(2026, 6, 5),
            "quantity": 40.0, "hours": 40.0}  # fmt: skip
    rows = {"order_lines": line, "shipments": shipment, "production": made}
    do(plan, "dora", "load", at=JUNE,
       folder=tiny.write(folder / "week", {name: tiny.table(name, [row]) for name, row in rows.items()}))  # fmt: skip


@pytest.fixture
def week(home: Path) -> Plan:
    plan = published_may("week", home)
    _first_week(plan, home)
    return plan


def test_the_running_month_is_held_against_the_plan_published_before_it(week: Plan) -> None:
    shown = running_month(seen_by(week, "sven", JUNE))
    assert (shown.plan_of, shown.until, shown.gone, shown.days) == ("2026-05", dt.date(2026, 6, 5), 5, 22)
    sales = sheet(week, SheetKind.PUBLISHED_PLAN, cycle="2026-05").table("sales")
    planned = sales.filter((sales["period"] == 29) & (sales["division"] == "DA"))["quantity"].sum()
    left = going(shown, SHIPMENTS, "DA")
    assert left.planned == pytest.approx(planned)
    assert (left.to_date, left.landing) == (30.0, pytest.approx(30.0 * 22 / 5))
    assert left.days == ((dt.date(2026, 6, 4), 30.0),)
    assert going(shown, SHIPMENTS, "DB").to_date == 0.0  # loaded, and nothing left
    assert going(shown, PRODUCTION, "P1").to_date == 40.0
    assert shown.since is not None
    assert shown.since.values["new"] == 1
    assert shown.loaded


def test_what_is_not_loaded_of_a_month_is_unknown_and_without_a_plan_nothing_is_planned(home: Path) -> None:
    plan = founded("alone", "live", home)
    to_supply(plan)
    shown = running_month(seen_by(plan, "sven"), "2026-05")
    assert (shown.plan_of, shown.until, shown.loaded) == ("", None, False)
    orders = going(shown, ORDERS, "DA")
    assert orders.planned is None
    assert orders.to_date is not None
    assert orders.to_date > 0  # booked ahead of the month
    assert not [one for one in shown.rows if one.measure == SHIPMENTS]


def test_a_salesperson_and_a_plant_see_their_part_of_the_month(week: Plan) -> None:
    ana, pia = (running_month(seen_by(week, person, JUNE)) for person in ("ana", "pia"))
    assert {one.measure for one in ana.rows} == {ORDERS, SHIPMENTS}
    assert ana.part
    whole = going(running_month(seen_by(week, "sven", JUNE)), SHIPMENTS, "DA")
    assert (going(ana, SHIPMENTS, "DA").planned or 0.0) < (whole.planned or 0.0)
    assert going(pia, PRODUCTION, "P1").to_date == 40.0
    with pytest.raises(NotAllowedError):
        running_month(seen_by(week, "adam", JUNE))


def test_an_order_line_is_late_when_stock_and_releases_come_after_its_day(home: Path) -> None:
    made = squeezed()
    made["stock"] = made["stock"].with_columns(quantity=0.0)
    plan = founded("empty", "live", home, made)
    to_supply(plan)
    shown = orders_shown(seen_by(plan, "sven"))
    assert len(shown.waiting) == 12
    assert shown.waiting == tuple(sorted(shown.waiting, key=lambda one: one.late == 0))
    mine = [one for one in shown.waiting if one.item == "A1"]
    assert {(one.due, one.ready, one.late) for one in mine} == {(dt.date(2026, 5, 11), dt.date(2026, 5, 12), 1)}
    assert mine[0].money == pytest.approx(mine[0].quantity * 2 * 12.0, rel=0.2)
    assert {one.customer for one in orders_shown(seen_by(plan, "ana")).waiting} == {"alpha"}
    without_money = orders_shown(seen_by(plan, "pia")).waiting
    assert without_money[0].money is None
    seen = seen_by(plan, "ana", dt.datetime(2026, 5, 4, 10, 0, tzinfo=dt.UTC))
    assert (
        customer_seen(seen, "alpha").slips
        == sum(
            one.due >= dt.date(2026, 5, 4) and (one.ready is None or one.ready > one.due)
            for one in orders_shown(seen).waiting
        )
        > 0
    )
    late = [(-one.late, one.order, one.line) for one in without_money if one.late]
    assert late == sorted(late)  # quantities of unlike units are never compared


def test_who_runs_a_plant_sees_the_lines_of_what_it_makes_and_how_many_the_company_has(home: Path) -> None:
    made = squeezed()
    elsewhere = {"site": pl.lit("P2"), "name": pl.lit("Plant 2")}
    made["sites"] = pl.concat([made["sites"], made["sites"].with_columns(**elsewhere)])
    line = made["resources"].with_columns(resource=pl.lit("L2"), site=pl.lit("P2"))
    made["resources"] = pl.concat([made["resources"], line])
    here = pl.col("item") == "A1"
    made["rates"] = made["rates"].with_columns(
        site=pl.when(here).then("site").otherwise(pl.lit("P2")),
        resource=pl.when(here).then("resource").otherwise(pl.lit("L2")),
    )
    plan = founded("two", "live", home, made)
    do(plan, "olga", "open", period="2026-05")
    hers, whole = orders_shown(seen_by(plan, "pia")), orders_shown(seen_by(plan, "sven"))
    assert ({one.item for one in hers.waiting}, len(hers.waiting), hers.company) == ({"A1"}, 3, 12)
    assert (hers.plants, hers.does, whole.plants, whole.does) == (("Plant 1",), MAKES, (), SHIPS)
    assert len(whole.waiting) == whole.company == 12
    late = orders_shown(seen_by(plan, "sven", NOW + dt.timedelta(days=8)))  # 13 May, of facts of 30 April
    assert (late.old, late.counted) == (True, dt.date(2026, 4, 30))
    assert {one.due for one in late.waiting if one.fell_due} == {dt.date(2026, 5, 11), dt.date(2026, 5, 12)}


def test_rates_lead_times_and_stocks_stand_beside_their_evidence(week: Plan) -> None:
    shown = parameters_shown(seen_by(week, "sven", JUNE))
    assert (shown.since, shown.may) == (dt.date(2026, 7, 1), True)
    rate = next(one for one in shown.kinds[RATES] if one.name == "B2")
    assert (rate.planned, rate.count) == (1.0, 12)
    made = [sum(tiny.quantity(3, customer, k) for customer in range(3)) for k in range(16, 28)]
    assert rate.shown == pytest.approx(statistics.median(70.0 / units for units in made))
    assert rate.untrue
    assert not next(one for one in shown.kinds[RATES] if one.name == "A1").untrue
    assert rate.offered == pytest.approx(rate.shown, abs=1e-4)
    assert shown.kinds[LEADS] == ()
    assert all(one.count < one.needed and not one.untrue for one in shown.kinds[STOCKS])  # one forecast is no sample
    pia = parameters_shown(seen_by(week, "pia", JUNE))
    assert not pia.may
    assert {one.money for one in pia.kinds[RATES]} == {None}


def test_a_line_whose_rates_are_untrue_is_told_with_how_many_and_how_far(week: Plan) -> None:
    judged = [one for one in parameters_shown(seen_by(week, "sven", JUNE)).kinds[RATES] if one.count >= one.needed]
    untrue = [one for one in judged if one.untrue]
    for person in ("sven", "pia"):
        (line,) = untrue_rates(seen_by(week, person, JUNE)).items()
        assert line[0] == "L1"
        assert (line[1].count, line[1].judged) == (len(untrue), len(judged))
        assert line[1].beside == pytest.approx(statistics.mean(one.planned / one.shown - 1 for one in untrue))


def test_an_accepted_rate_is_true_from_the_next_cycle_on(week: Plan) -> None:
    rate = next(one for one in parameters_shown(seen_by(week, "sven", JUNE)).kinds[RATES] if one.name == "B2")
    do(week, "sven", "amend", at=JUNE, table="rates", key=rate.key, value=rate.offered, reason="the last runs",
       since=dt.date(2026, 6, 20))  # fmt: skip
    now = next(one for one in parameters_shown(seen_by(week, "sven", JUNE)).kinds[RATES] if one.name == "B2")
    assert now.planned == rate.offered
    assert not now.untrue


def test_the_budget_lands_by_line_and_shows_a_tolerance_that_is_set_for_the_next_cycle(home: Path) -> None:
    plan = published_may("may", home)
    shown = budget_shown(seen_by(plan, "fay"))
    assert (shown.of, shown.may) == ("2026-05", False)
    line = next(one for one in shown.lines if (one.account, one.place, one.year) == ("revenue", "DA", 2026))
    assert (line.budget, line.status, line.tolerance, line.new_tolerance) == (36000.0, "outside", 5.0, None)
    assert line.gap == pytest.approx((line.landing or 0.0) - 36000.0)
    do(plan, "eva", "amend", table="budget_tolerances", key=line.key, value=80.0, reason="the year began late")
    again = budget_shown(seen_by(plan, "eva"))
    after = next(one for one in again.lines if one.key == line.key and one.year == 2026)
    assert (after.tolerance, after.new_tolerance, again.may) == (5.0, 80.0, True)
    assert [one.reason for one in again.amended] == ["the year began late"]
    assert "no_budget" in {one.status for one in shown.lines}


def test_the_calendar_says_what_is_done_and_late_and_what_a_reopening_strikes(home: Path) -> None:
    plan = founded("calendar", "live", home)
    to_supply(plan)
    shown = milestones(seen_by(plan, "olga"))
    states = {one.key: one.state for one in shown.posts}
    assert states["sign_demand"] == DONE
    assert states["plan"] != DONE
    assert [one.what for one in shown.signed] == ["demand agreed"]
    back = {one.phase: one.strikes for one in shown.reopens}
    assert back[Phase.DEMAND] == ("“demand agreed” Ines Duarte",)
    assert milestones(seen_by(plan, "sven")).reopens == ()
    late = milestones(seen_by(plan, "olga", dt.datetime(2026, 5, 20, 10, tzinfo=dt.UTC)))
    assert {one.key: one.state for one in late.posts}["plan"] == LATE


def weigh(plan: Plan, person: str = "sven") -> None:
    """The step as a job leaves it."""
    outcome = do(plan, person, "weigh", cause=CAUSE, cycle="2026-05")
    Job.objects.create(
        plan=plan, step="weigh", arguments={"cause": CAUSE, "cycle": "2026-05"}, pins={}, person=person, key="k",
        state=JobState.DONE, result={"figures": dict(outcome.figures)}, made_at=NOW, ended_at=NOW,
    )  # fmt: skip


def test_the_options_of_a_conflict_are_weighed_before_any_paper_and_decide_nothing(home: Path) -> None:
    plan = founded("conflicts", "live", home)
    to_supply(plan)
    to_review(plan)
    shown = conflicts_shown(seen_by(plan, "sven"))
    about = next(one for one in shown.lines if one.cause == CAUSE)
    assert (about.paper, about.may_have_options, shown.weighs) == ("", True, True)
    assert conflict_shown(seen_by(plan, "sven"), "", about.conflict).options == ()
    before = plan.sheets.count()
    weigh(plan)
    found = conflict_shown(seen_by(plan, "sven"), "", about.conflict)
    assert plan.sheets.count() == before
    assert (found.by, found.old) == ("Sven Berg", False)
    assert found.options[-1].lost_units == pytest.approx(0.0) or found.options[-1].net_cost == 0.0
    assert found.recommended in {one.option for one in found.options}
    weighed = {one.option: (one.net_cost, one.late_units) for one in found.options}
    do(plan, "olga", "prepare")
    paper = conflict_shown(seen_by(plan, "sven"), "", about.conflict)
    assert paper.line.paper == "2026-05-L1"
    assert {one.option: (one.net_cost, one.late_units) for one in paper.options} == weighed


def test_nothing_is_weighed_of_what_nothing_can_be_chosen_about(home: Path) -> None:
    plan = founded("conflicts", "live", home)
    to_supply(plan)
    to_review(plan)
    with pytest.raises(NothingToWeighError, match="no conflict of the review has this cause"):
        do(plan, "sven", "weigh", cause="resource|L9")
    with pytest.raises(NoSuchConflictError):
        conflict_shown(seen_by(plan, "sven"), "", "C-99|x")


def test_a_pack_that_was_sent_stays_as_it_was_when_the_plan_is_made_again(home: Path) -> None:
    plan = founded("pack", "live", home)
    to_supply(plan)
    with pytest.raises(NoSheetError):
        do(plan, "sven", "send")
    do(plan, "sven", "plan")
    live = pack_shown(seen_by(plan, "omar"))
    assert [page.code for page in live.pages] == ["changed", "load", "short", "materials", "parameters"]
    assert live.pages[1].values["line"] == "L1"
    do(plan, "sven", "send", note="for Monday")
    made = version(plan, SheetKind.SUPPLY_PLAN, "proposed")
    assert PackRow.objects.get(plan=plan).sheets["supply_plan"] == made.content
    do(plan, "olga", "reopen", phase="DEMAND", reason="one figure more")
    sent = pack_shown(seen_by(plan, "omar"), number=1)
    assert (sent.sent and sent.sent.who, sent.sent and sent.sent.note) == ("Sven Berg", "for Monday")
    assert [(page.code, page.rows, page.values) for page in sent.pages] == [
        (page.code, page.rows, page.values) for page in live.pages
    ]
    with pytest.raises(NotAllowedError):
        do(plan, "omar", "send")


def test_once_its_meeting_is_over_no_pack_is_sent_for_it(home: Path) -> None:
    plan = founded("packed", "live", home)
    to_supply(plan)
    to_review(plan)
    shown = pack_shown(seen_by(plan, "sven"))
    assert (shown.over, shown.may) == (False, True)  # Supply ended before the day of its meeting
    after = dt.datetime.combine(shown.meets, dt.time(10), tzinfo=dt.UTC)
    met = pack_shown(seen_by(plan, "sven", after))
    assert (met.over, met.may) == (True, False)
    with pytest.raises(MeetingOverError, match="is over, so no pack is sent for it any more"):
        do(plan, "sven", "send", at=after)
    do(plan, "sven", "send")


def _stock(*, planned: float, shown: float, now: float | None, then: float | None) -> Parameter:
    return Parameter(
        kind=STOCKS, key="A1|P1", name="A1", where="P1", site="P1", unit="pcs", planned=planned, shown=shown, count=11,
        needed=8, money=None, offered=shown, target=0.95, kept_now=now, kept_shown=then,
    )  # fmt: skip


def test_a_safety_stock_is_untrue_only_where_the_past_bears_it_out() -> None:
    assert _stock(planned=100.0, shown=40.0, now=0.99, then=0.96).untrue  # less would have been enough
    assert not _stock(planned=100.0, shown=40.0, now=0.99, then=0.93).untrue
    assert _stock(planned=40.0, shown=100.0, now=0.93, then=0.99).untrue  # what is in force was too little
    assert not _stock(planned=40.0, shown=100.0, now=0.96, then=0.99).untrue
    assert _stock(planned=100.0, shown=40.0, now=None, then=None).untrue  # nothing to play through


def test_errors_are_those_of_plansin_a_row_over_the_periods_that_a_stock_covers() -> None:
    said = {t: {"A": {t: 10.0, t + 1: 12.0}} for t in (3, 5, 6, 7)}  # nobody planned in 4
    months = dict.fromkeys(range(8), 9.0)
    assert in_a_row("A", months, said, 8) == [5, 6, 7]
    assert in_a_row("A", {k: v for k, v in months.items() if k != 6}, said, 8) == [7]  # 6 was not loaded: no zero
    assert in_a_row("B", months, said, 8) == []
    one = ItemErrors.of(9.0, np.array([[10.0, 12.0]] * 3), np.array([9.0, 9.0, 6.0]))
    assert (one.count, one.kept(100.0)) == (2, 1.0)  # the third plan's second month is not over
    assert one.sigma == pytest.approx(np.std([4.0, 7.0], ddof=1))
    assert ItemErrors.of(9.0, np.zeros((0, 2)), np.zeros(0)).kept(1.0) is None


def test_what_was_not_loaded_is_no_month_without_demand(week: Plan) -> None:
    look = glance(seen_by(week, "sven", JUNE))
    cycle = look.cycle("2026-06")
    history = look.sheet(SheetKind.HISTORY, cycle)
    assert history is not None
    assert (history.cube("demand").state[:, cycle.index - 1] != State.PRESENT).all()  # nothing of May came
    assert {one.count for one in errors_of(look, cycle).values()} == {0}
