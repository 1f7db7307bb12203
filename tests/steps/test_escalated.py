"""What was escalated stands on a list of its own, from the day it went up to what became of it."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.causes import Passed, passed_in
from onenumber.steps.see.conflicts import conflicts_shown
from onenumber.steps.see.escalated import WentUp, escalated
from onenumber.steps.see.meetings import meeting_seen
from onenumber.steps.see.papers import Taken
from onenumber.steps.see.supply import open_shortages
from onenumber.store.models import Plan, WaiverRow
from onenumber.store.plans import find_cycle
from onenumber.web.conflicts.escalated import escalated_lines, escalated_sentence, unasked_lines
from tests.steps.month_for_tests import NOW, OVERTIME, PAPER, do, founded, to_supply

TODAY = NOW.date()


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    """May with its supply plan, and every cause of shortages escalated."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = founded("escalated", "live", tmp_path / "data")
    to_supply(made)
    do(made, "sven", "plan")
    for cause in open_shortages(make_context(made, person="omar", now=NOW)):
        do(made, "sven", "escalate", subject=cause, reason="no hours left in autumn")
    return made


def up(plan: Plan) -> dict[str, WentUp]:
    look = glance(make_context(plan, person="omar", now=NOW))
    return {one.subject: one for one in escalated(look, find_cycle(plan))}


def test_what_went_up_says_who_when_how_much_and_until_when_its_paper_is_due(plan: Plan) -> None:
    found = up(plan)
    line = found["L1"]
    assert (line.name, line.who, line.day, line.paper, line.taken, line.passed) == (
        "Line 1 (L1)", "Sven Berg", TODAY, "", None, None,
    )  # fmt: skip
    assert (line.streams, line.first, line.last) == (3, "2026-09", "2026-12")
    assert line.due == dt.date(2026, 5, 19)
    assert escalated_sentence(list(found.values())).endswith(
        " escalated; the papers about them are due by Tuesday 19 May."
    )
    view = next(one for one in escalated_lines([line]))
    assert view.cause == "The shortage at Line 1 (L1)"
    assert view.about == (
        "by the proposed plan 3 customers' items are short from September 2026 to December 2026; Sven Berg escalated "
        "it on 5 May"
    )
    assert (view.stands, view.waits) == ("its paper is due by Tuesday 19 May", True)
    assert unasked_lines([line]) == ()  # papers are not prepared yet


def test_it_stands_on_conflicts_before_there_is_a_review_and_in_the_meetings_that_hear_of_it(plan: Plan) -> None:
    sven, omar = (make_context(plan, person=person, now=NOW) for person in ("sven", "omar"))
    shown = conflicts_shown(sven)
    assert (shown.sheet, {one.subject for one in shown.escalated}) == ("", set(up(plan)))
    heard = {which: {one.subject for one in meeting_seen(omar, which).escalated} for which in ("supply", "pre-sop")}
    assert heard == {"supply": set(), "pre-sop": set(up(plan))}


def test_after_the_review_a_cause_has_its_paper_and_then_what_was_decided(plan: Plan) -> None:
    do(plan, "omar", "sign", verb="sign_supply")
    do(plan, "olga", "advance")
    do(plan, "fay", "review")
    do(plan, "olga", "prepare")
    line = up(plan)["L1"]
    assert (line.paper, line.taken, line.due) == (PAPER, None, None)
    assert (escalated_lines([line])[0].stands, unasked_lines([line])) == ("its paper waits for a decision", ())
    do(plan, "omar", "sign", verb="sign_review")
    do(plan, "olga", "advance")
    do(plan, "eva", "decide", paper=PAPER, option=OVERTIME)
    taken = up(plan)["L1"].taken
    assert taken == Taken(how="decided", option=OVERTIME, who="Eva Okafor", day=TODAY)
    (view,) = escalated_lines([up(plan)["L1"]])
    assert (view.stands, view.paper) == ("Eva Okafor decided A on 5 May", PAPER)


def test_what_has_no_paper_says_so_with_who_let_it_pass(plan: Plan) -> None:
    do(plan, "omar", "sign", verb="sign_supply")
    do(plan, "olga", "advance")
    do(plan, "fay", "review")
    cycle = find_cycle(plan)
    WaiverRow.objects.create(
        plan=plan, cycle=cycle, code="conflict_open", subject="L1", person="olga", reason="it stays", phase=cycle.phase,
        at=NOW,
    )  # fmt: skip
    passed = replace(up(plan)["L1"], due=None)
    assert passed.passed == Passed(who="Olga Novak", day=TODAY, why="it stays")
    (said,) = unasked_lines([passed])
    assert said.startswith(
        "The shortage at Line 1 (L1): no paper, and Olga Novak let it pass on 5 May: “it stays”. By the "
    )
    assert said.endswith("from September 2026 to December 2026; Sven Berg escalated it on 5 May.")
    (open_,) = escalated_lines([replace(passed, passed=None)])
    assert open_.waits
    assert open_.stands.startswith("no paper yet")
    assert escalated_sentence([passed]) == "1 cause of shortages was escalated; none has a paper."


def test_a_cause_that_went_up_stays_up_and_why_is_told_to_who_plans_the_whole_company(plan: Plan) -> None:
    cycle = find_cycle(plan)
    WaiverRow.objects.create(
        plan=plan, cycle=cycle, code="shortage_open", subject="L1", person="olga", reason="let it be",
        phase=cycle.phase, at=dt.datetime(2026, 5, 6, 22, 30, tzinfo=dt.UTC),
    )  # fmt: skip
    omar, pavel = (glance(make_context(plan, person=person, now=NOW)) for person in ("omar", "pavel"))
    why = "no hours left in autumn"
    assert passed_in(omar, cycle)["shortage_open", "L1"] == Passed(who="Sven Berg", day=TODAY, why=why, up=True)
    assert passed_in(pavel, cycle)["shortage_open", "L1"] == Passed(who="Sven Berg", day=TODAY, why="", up=True)


def test_the_day_on_which_a_cause_was_let_pass_is_that_of_the_plans_time_zone(plan: Plan) -> None:
    cycle = find_cycle(plan)
    WaiverRow.objects.create(
        plan=plan, cycle=cycle, code="shortage_open", subject="L9", person="olga", reason="let it be",
        phase=cycle.phase, at=dt.datetime(2026, 5, 6, 22, 30, tzinfo=dt.UTC),
    )  # fmt: skip
    berlin = replace(make_context(plan, person="olga", now=NOW), zone=ZoneInfo("Europe/Berlin"))
    look = glance(berlin)
    assert passed_in(look, cycle)["shortage_open", "L9"].day == dt.date(2026, 5, 7)  # it is past midnight there
