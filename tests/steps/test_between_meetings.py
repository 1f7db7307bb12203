"""An emergency between meetings: one paper, 48 hours, an amendment of the plan in force."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from onenumber.errors import (
    BadArgumentError,
    EmergencyEndedError,
    NoPlanInForceError,
    NotAllowedError,
    OwnEmergencyError,
)
from onenumber.jobs.digests import make_digests, make_urgent, waiting_plans
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.in_force import in_force_at, in_force_in, in_force_up_to
from onenumber.steps.see.digest import messages_shown
from onenumber.steps.see.export import exported, stage_of
from onenumber.steps.see.month import waits_of
from onenumber.steps.see.month_changes import changes_since
from onenumber.steps.see.sheets import sheets_of
from onenumber.steps.see.urgent import amended_beside, amendment_of, promise_changes, urgent_shown
from onenumber.store.models import Account, DecisionRow, EmergencyRow, Plan, SheetVersion, UrgentPaper
from onenumber.store.plans import find_cycle, versions_of
from onenumber.web.month.words import wait_lines
from tests.standing import once_a_run
from tests.steps.month_for_tests import do, founded, published_may, sheet, version

LATER = dt.datetime(2026, 5, 26, 10, tzinfo=dt.UTC)
AFTER = LATER + dt.timedelta(hours=47)
TOO_LATE = LATER + dt.timedelta(hours=48)
ASKED = {"item": "A1", "site": "P1", "quantity": 12.0, "reason": "alpha's line stands still"}
BEYOND = {**ASKED, "customer": "alpha"}
PAPER = "urgent:2026-05-E1:A1@P1"


@pytest.fixture
def may(db: None, settings: object, tmp_path: Path) -> Plan:
    """A live plan whose May is published and runs."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    return published_may("live", tmp_path / "data")


@once_a_run
def _named(plan: Plan) -> None:
    do(plan, "sven", "emergency", at=LATER, **BEYOND)


@pytest.fixture
def named(may: Plan) -> Plan:
    """The supply planner named an emergency of a customer."""
    _named(may)
    return may


def test_it_makes_one_paper_at_once_priced_against_the_plan_in_force(named: Plan) -> None:
    row = UrgentPaper.objects.get()
    assert (row.paper, row.expires_at, row.cycle.label) == (PAPER, TOO_LATE, "2026-05")
    made = sheet(named, SheetKind.DECISION, "E1")
    assert made.table("papers")["paper"].to_list() == [PAPER]
    assert made.table("options")["kind"].to_list() == ["firm_move", "do_nothing"]
    before, after = (sheet(named, SheetKind.SUPPLY_PLAN, stage) for stage in ("final", "E1"))
    asked = after.cube("demand").values - before.cube("demand").values
    assert asked.sum() == pytest.approx(12.0)
    assert after.table("firm_moves")["quantity"].to_list() == [12.0]
    gained = made.table("options").row(0, named=True)["shipped_units"]
    assert gained == pytest.approx((after.cube("shipped").values - before.cube("shipped").values).sum())


def test_a_yes_is_an_amendment_and_the_original_never_changes(named: Plan) -> None:
    original = version(named, SheetKind.PUBLISHED_PLAN)
    decider = "eva" if UrgentPaper.objects.get().role == "EX" else "omar"
    outcome = do(named, decider, "decide", at=AFTER, paper=PAPER, option="A", rationale="her line stands still")
    assert outcome.figures["amendment"] == "R1"
    amendment = version(named, SheetKind.PUBLISHED_PLAN, "R1")
    assert (amendment.state, amendment.cycle_id) == ("published", original.cycle_id)
    assert version(named, SheetKind.PUBLISHED_PLAN).content == original.content
    index = original.cycle.index
    assert in_force_up_to(named, index) == in_force_in(named, index) == in_force_in(named, index + 1) == amendment
    assert in_force_at(named, LATER) == original  # what stood before it is measured by what stood
    store = versions_of(named)
    made = {one: store.get(one.content) for one in (original, amendment)}
    rows = [one.table("production").filter(item="A1", period=index)["quantity"].sum() for one in made.values()]
    assert rows[1] - rows[0] == pytest.approx(12.0)
    decisions = made[amendment].table("decisions").filter(paper=PAPER)
    assert decisions.row(0) == (PAPER, "A", decider, "decided")
    assert SheetVersion.objects.filter(child_links__child=amendment, pk=original.pk).exists()
    with pytest.raises(EmergencyEndedError, match="is decided already"):
        do(named, "eva", "decide", at=AFTER, paper=PAPER, option="B", rationale="no")


def test_a_no_says_why_and_leaves_the_plan(named: Plan) -> None:
    with pytest.raises(BadArgumentError, match="who named the emergency will read why not"):
        do(named, "eva", "decide", at=AFTER, paper=PAPER, option="B")
    do(named, "eva", "decide", at=AFTER, paper=PAPER, option="B", rationale="gamma was promised it")
    row = DecisionRow.objects.get(paper=PAPER)
    assert (row.option, row.how, row.person, row.rationale) == ("B", "decided", "eva", "gamma was promised it")
    assert not SheetVersion.objects.filter(stage="R1").exists()


def test_after_two_days_its_default_takes_effect_and_is_logged_when_somebody_acts(named: Plan) -> None:
    with pytest.raises(EmergencyEndedError, match="was open for 48 hours, and its default took effect"):
        do(named, "eva", "decide", at=TOO_LATE, paper=PAPER, option="A")
    row = DecisionRow.objects.get(paper=PAPER)
    assert (row.option, row.how, row.person) == ("B", "defaulted", "deadline")
    do(named, "sven", "emergency", at=TOO_LATE, **BEYOND)  # it may be named again
    assert [one.paper for one in UrgentPaper.objects.order_by("pk")] == [PAPER, "urgent:2026-05-E2:A1@P1"]


def test_who_named_it_does_not_decide_it(may: Plan) -> None:
    do(may, "omar", "emergency", at=LATER, **BEYOND)
    assert UrgentPaper.objects.get().role == "EX"  # the only operations leader named it
    with pytest.raises(NotAllowedError, match="only the executive may"):
        do(may, "omar", "decide", at=AFTER, paper=PAPER, option="A")


def test_an_author_who_may_decide_is_told_who_else_can(named: Plan) -> None:
    EmergencyRow.objects.update(person="eva")
    with pytest.raises(OwnEmergencyError, match="another decides it"):
        do(named, "eva", "decide", at=AFTER, paper=PAPER, option="A")


@pytest.mark.parametrize("person", ["ana", "ines", "dora", "fay", "olga", "sven"])
def test_nobody_else_decides(named: Plan, person: str) -> None:
    with pytest.raises(NotAllowedError):
        do(named, person, "decide", at=AFTER, paper=PAPER, option="A")


def test_a_second_amendment_stands_on_the_first(named: Plan) -> None:
    do(named, "sven", "emergency", at=LATER, **{**BEYOND, "quantity": 6.0})
    do(named, "eva", "decide", at=AFTER, paper=PAPER, option="A")
    do(named, "eva", "decide", at=AFTER, paper="urgent:2026-05-E2:A1@P1", option="A")
    plans = [sheet(named, SheetKind.SUPPLY_PLAN, stage) for stage in ("final", "R1", "R2")]
    made = [one.cube("production").values.sum(axis=0)[0] for one in plans]
    assert np.diff(made).tolist() == pytest.approx([12.0, 6.0])
    second = sheet(named, SheetKind.PUBLISHED_PLAN, "R2").table("decisions")["paper"].to_list()
    assert second[-2:] == [PAPER, "urgent:2026-05-E2:A1@P1"]


def test_a_month_that_is_over_and_nothing_are_refused(may: Plan) -> None:
    with pytest.raises(BadArgumentError, match="that month is over; it is 2026-05"):
        do(may, "sven", "emergency", at=LATER, **{**ASKED, "period": "2026-04"})
    with pytest.raises(BadArgumentError, match="between meetings it is how many more"):
        do(may, "sven", "emergency", at=LATER, **{**ASKED, "quantity": 0.0})
    assert not EmergencyRow.objects.exists()


def test_before_any_plan_is_published_there_is_none_to_amend(db: None, settings: object, tmp_path: Path) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("first", "live", tmp_path / "data")
    do(plan, "olga", "open", period="2026-05")
    with pytest.raises(NoPlanInForceError, match="No plan is in force in 2026-05"):
        do(plan, "sven", "emergency", **ASKED)


def test_the_next_plan_holds_what_was_decided_after_its_data_were_frozen(named: Plan) -> None:
    june = dt.datetime(2026, 6, 3, 10, tzinfo=dt.UTC)
    do(named, "olga", "open", at=june, period="2026-06")
    do(named, "olga", "freeze", at=june)
    do(named, "sven", "emergency", at=june, **BEYOND)
    paper = UrgentPaper.objects.get(at=june)
    assert (paper.cycle.label, paper.emergency.period) == ("2026-05", find_cycle(named, "2026-06").index)
    do(named, "eva", "decide", at=june, paper=paper.paper, option="A")
    before, after = (sheet(named, SheetKind.SUPPLY_PLAN, stage, cycle="2026-05") for stage in ("final", "R1"))
    row = before.cube("production").axis.rows(["A1|P1"])[0]
    made = after.cube("production").values[row] - before.cube("production").values[row]
    assert made[:2].tolist() == pytest.approx([0.0, 12.0])  # May is over, June brings it
    for name in ("shipped", "lost", "backlog", "stock"):
        assert after.cube(name).values[:, 0] == pytest.approx(before.cube(name).values[:, 0])


def test_whom_it_waits_for_is_told_at_once_and_once(named: Plan, settings: object) -> None:
    settings.ONENUMBER_DEMO = True
    named.clock = LATER
    named.save(update_fields=["clock"])
    for person in ("eva", "omar", "sven", "ana"):
        Account.objects.create_account(login=person, password=None, plan=named, person=person)
    decider = "eva" if UrgentPaper.objects.get().role == "EX" else "omar"
    make_digests(named)  # the message of the day is out already
    assert waiting_plans() == (named,)
    assert [(row.person, row.urgent) for row in make_urgent(named)] == [(decider, PAPER)]
    assert make_urgent(named) == ()
    shown = messages_shown(make_context(named, person=decider, now=LATER)).shown
    assert shown is not None
    wait = next(one for one in shown.waits if one.said == "emergency_open")
    assert (wait.name, wait.where.page, wait.values["quantity"]) == (PAPER, "decisions", "12")
    assert "asks for 12 more of A1 at P1" in wait_lines([wait], named.key, "2026-05")[0].text
    named.clock = TOO_LATE
    named.save(update_fields=["clock"])
    make_urgent(named)
    assert DecisionRow.objects.get(paper=PAPER).how == "defaulted"


def test_it_waits_in_the_month_of_who_decides_and_of_nobody_else(named: Plan) -> None:
    role = UrgentPaper.objects.get().role
    waits = {
        person: [one.said for one in waits_of(make_context(named, person=person, now=AFTER))]
        for person in ("eva", "omar", "sven", "ana", "olga")
    }
    asked = [person for person, found in waits.items() if "emergency_open" in found]
    assert asked == [{"EX": "eva", "OP": "omar"}[role]]


def test_who_sells_to_whom_it_takes_from_hears_it_and_who_does_not_sell_there_does_not(may: Plan) -> None:
    do(may, "sven", "emergency", at=LATER, **{**BEYOND, "quantity": 200.0})
    row = UrgentPaper.objects.get()
    assert row.role == "EX"
    do(may, "eva", "decide", at=AFTER, paper=row.paper, option="A")
    made = amendment_of(row)
    assert made is not None
    less = {patch: promise_changes(glance(make_context(may, person="olga", now=AFTER)), made, frozenset({patch}))
            for patch in ("Nord", "South")}  # fmt: skip
    assert sum(len(rows) for rows in less.values()) > 0
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        look = glance(make_context(may, person=person, now=AFTER))
        told = [one for one in changes_since(look, find_cycle(may), LATER) if one.code == "promise_less"]
        assert len(told) == len(less[patch])
        assert not [one for one in changes_since(look, find_cycle(may), LATER) if one.code.startswith("emergency_")]


def test_the_original_and_the_amendment_say_what_changed_because_of_what_and_by_whom(named: Plan) -> None:
    do(named, "eva", "decide", at=AFTER, paper=PAPER, option="A", rationale="go")
    context = make_context(named, person="olga", now=AFTER)
    lines = [line for line in sheets_of(context) if line.kind == "published_plan"]
    assert {line.stage for line in lines} == {"", "R1"}
    for line in lines:
        (shown,) = amended_beside(context, line)
        assert (shown.stage, shown.reason, shown.author, shown.by) == (
            "R1", "alpha's line stands still", "Sven Berg", "Eva Okafor"
        )  # fmt: skip
        made = [one for one in shown.cells if (one.kind, one.item, one.period) == ("made", "A1", "2026-05")]
        assert [one.now - one.was for one in made] == [pytest.approx(12.0)]
    assert amended_beside(make_context(named, person="ana", now=AFTER), lines[0]) == ()
    assert urgent_shown(make_context(named, person="ana", now=AFTER)) == ()


def test_an_export_that_names_no_stage_is_of_what_holds(named: Plan) -> None:
    context = make_context(named, person="olga", now=AFTER)
    kinds = (SheetKind.SUPPLY_PLAN, SheetKind.PUBLISHED_PLAN)
    assert [stage_of(context, kind) for kind in kinds] == ["final", ""]  # what is only asked holds nowhere
    do(named, "eva", "decide", at=AFTER, paper=PAPER, option="A")
    assert [stage_of(context, kind) for kind in kinds] == ["R1", "R1"]
    tables = {stage: exported(context, SheetKind.PUBLISHED_PLAN, stage=stage) for stage in ("", "R1")}
    decided = {stage: made["decisions"].filter(paper=PAPER)["option"].to_list() for stage, made in tables.items()}
    assert decided == {"": [], "R1": ["A"]}
