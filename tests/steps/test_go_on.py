"""The clock of a demo goes on: others' steps are played and marked, what was done by hand stands, hers wait for her."""

import datetime as dt
from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from onenumber.errors import ClockStaysError, DemoOnlyError, NotAllowedError
from onenumber.jobs import go_on
from onenumber.model.sentences import say
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.steps.see.demo_clock import demo_clock
from onenumber.steps.see.month import my_month
from onenumber.steps.see.sheets import sheets_of
from onenumber.store.models import (
    ActionRow,
    AuditRow,
    Cycle,
    DecisionRow,
    EditRow,
    Plan,
    Purpose,
    SignatureRow,
    SubmissionRow,
)
from tests.steps.month_for_tests import NOW, do

CUT_OFF, DEMAND_MEETING, PUBLICATION = dt.date(2026, 5, 7), dt.date(2026, 5, 11), dt.date(2026, 5, 26)
MONTH_ENDS, NEXT_MONTH = dt.date(2026, 5, 29), dt.date(2026, 6, 1)


@pytest.fixture
def demo(in_demand: None, plan: Plan, settings: Settings) -> Plan:
    """The tiny company in its sales window, in demo mode, on the day of the tests."""
    settings.ONENUMBER_DEMO = True
    plan.clock = NOW
    plan.save()
    return plan


def go(plan: Plan, person: str, to: dt.date, *, mine: bool = False) -> Outcome:
    return go_on.run(make_context(plan, person=person), to=to, mine=mine)


def submitted(plan: Plan) -> dict[str, str]:
    return dict(SubmissionRow.objects.filter(plan=plan).order_by("pk").values_list("patch", "state"))


def phase(plan: Plan) -> str:
    return Cycle.objects.filter(plan=plan).latest("index").phase


def test_it_stops_where_hers_is_due_and_plays_the_others_up_to_there(demo: Plan) -> None:
    outcome = go(demo, "ana", PUBLICATION)
    assert outcome.figures["today"] == str(CUT_OFF)
    assert outcome.figures["stopped"] == "Patch Nord has not been handed in"
    assert submitted(demo) == {"South": "submitted"}  # her own is left to her, the leader's day is the next
    assert make_context(demo, person="ana").today == CUT_OFF
    assert go(demo, "ana", PUBLICATION).figures["played"] == 0


def test_hers_are_played_too_where_she_says_so(demo: Plan) -> None:
    outcome = go(demo, "ana", PUBLICATION, mine=True)
    assert (outcome.figures["today"], outcome.figures["stopped"], outcome.findings) == (str(PUBLICATION), "", ())
    assert phase(demo) == "MONITOR"
    assert {row.person for row in SignatureRow.objects.filter(plan=demo)} == {"ines", "omar", "eva"}


def test_what_was_done_by_hand_stands_and_is_not_done_again(demo: Plan) -> None:
    at = make_context(demo, person="ben").now
    do(demo, "ben", "edit", at=at, layer="L2", place={"patch": "South"}, mode="add", value=6.0, first="2026-06",
       periods=1, reason="a new shop")  # fmt: skip
    do(demo, "ben", "submit", at=at, patch="South")
    go(demo, "ines", DEMAND_MEETING)
    assert SubmissionRow.objects.filter(plan=demo, patch="South").count() == 1
    assert EditRow.objects.filter(plan=demo).count() == 1
    assert submitted(demo) == {"South": "submitted", "Nord": "submitted"}  # they wait for the leader, who looks
    do(demo, "ines", "accept", at=make_context(demo, person="ines").now, patch="South")
    go(demo, "dora", DEMAND_MEETING)
    assert submitted(demo) == {"South": "accepted", "Nord": "accepted"}


def test_what_was_played_is_marked_and_what_was_typed_is_not(demo: Plan) -> None:
    do(demo, "ana", "submit", at=make_context(demo, person="ana").now, patch="Nord")
    go(demo, "omar", DEMAND_MEETING)
    month = my_month(make_context(demo, person="ines"))
    marks = {(one.code, one.who): one.played for one in month.changes if one.code.startswith(("patch", "sheets"))}
    assert marks["patch_submitted", "Ana Ruiz"] is False
    assert marks["patch_submitted", "Ben Osei"] is True
    lines = {line.kind: line for line in sheets_of(make_context(demo, person="ines"))}
    assert lines["forecast"].played is False
    assert lines["consensus"].played is True
    assert [mark.played for mark in lines["consensus"].signatures] == [True]
    who = AuditRow.objects.filter(plan=demo, verb="played")
    assert {row.what["by"] for row in who} == {"omar"}
    assert {row.person for row in who} == {"ben", "ines", "dora", "olga"}


def test_it_stops_for_what_she_promised_and_was_asked_and_others_are_not_spoken_for(demo: Plan) -> None:
    promised, asked = dt.date(2026, 5, 6), dt.date(2026, 5, 8)
    do(demo, "omar", "action", meeting="supply", what="count the stock again", who="pia", due=promised)
    do(demo, "omar", "action", meeting="supply", what="call the vendor", who="sven", due=promised)
    do(demo, "dora", "ask", text="is the line whole again?", place={"item": "A1"}, to="pia", due=asked)
    first = go(demo, "pia", PUBLICATION)
    assert (first.figures["today"], first.figures["stopped"]) == (str(promised), "count the stock again")
    do(demo, "pia", "done", at=make_context(demo, person="pia").now, action=1, note="counted, 40 less")
    second = go(demo, "pia", PUBLICATION)
    assert (second.figures["today"], second.figures["stopped"]) == (str(asked), "is the line whole again?")
    do(demo, "pia", "reply", at=make_context(demo, person="pia").now, question=1, text="since Monday")
    third = go(demo, "pia", PUBLICATION)  # a plan is handed to her plant
    assert third.figures["today"] == "2026-05-14"  # the supply meeting is the next day
    assert third.figures["stopped"] == "Plant 1 has not answered the plan that it was handed"
    assert ActionRow.objects.get(owner="sven").ends.count() == 0  # only he knows what came of it


def test_a_role_with_nothing_due_goes_to_where_she_wants_and_decisions_are_hers(demo: Plan) -> None:
    outcome = go(demo, "eva", MONTH_ENDS)
    assert outcome.figures["stopped"] != ""
    assert phase(demo) == "EXEC"
    assert not DecisionRow.objects.filter(plan=demo).exists()
    assert my_month(make_context(demo, person="eva")).waits != ()


def test_who_owns_the_process_ends_each_phase_herself(demo: Plan) -> None:
    do(demo, "ines", "collect", at=make_context(demo, person="ines").now)
    outcome = go(demo, "olga", NEXT_MONTH)
    assert outcome.figures["today"] < str(NEXT_MONTH)
    assert outcome.figures["stopped"] == "Demand can be ended"


def test_only_the_model_company_brings_its_next_month(demo: Plan) -> None:
    outcome = go(demo, "pia", NEXT_MONTH, mine=True)
    assert outcome.figures["today"] == str(NEXT_MONTH)
    assert outcome.figures["cycle"] == "2026-05"
    assert [one.code for one in outcome.findings] == ["month_not_known"]
    assert "only the model company brings its next month's data" in say(outcome.findings[0])


def test_a_refusal_is_told_and_keeps_the_clock(demo: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_given: object, **_asked: object) -> Outcome:
        raise NotAllowedError(person="Dora", verb="make the consensus", where="", reason="she is away")

    monkeypatch.setattr(go_on, "STEPS", {**STEPS, "agree": replace(STEPS["agree"], run=refuses)})
    outcome = go(demo, "eva", PUBLICATION)
    assert outcome.figures["today"] == str(DEMAND_MEETING)
    assert [one.code for one in outcome.findings] == ["play_refused"]
    assert "The consensus has not been made, and it could not be played: Dora may not" in say(outcome.findings[0])


def test_the_clock_goes_on_only_in_demo_mode_and_not_back(demo: Plan, settings: Settings) -> None:
    with pytest.raises(ClockStaysError, match="not back to 2026-05-04"):
        go(demo, "ana", dt.date(2026, 5, 4))
    with pytest.raises(NotAllowedError):
        go(demo, "adam", CUT_OFF)
    settings.ONENUMBER_DEMO = False
    with pytest.raises(DemoOnlyError):
        go_on.run(make_context(demo, person="ana", now=NOW), to=CUT_OFF)
    assert demo_clock(make_context(demo, person="ana", now=NOW), "2026-05") is None
    assert not AuditRow.objects.filter(plan=demo, verb="played").exists()


def test_a_rehearsal_has_no_clock(demo: Plan) -> None:
    demo.purpose = Purpose.REHEARSAL
    demo.save()
    assert demo_clock(make_context(demo, person="ana"), "2026-05") is None
    with pytest.raises(NotAllowedError):
        go(demo, "ana", CUT_OFF)
    with pytest.raises(ClockStaysError):
        go(demo, "rehearsal run", CUT_OFF)


def test_the_menu_names_what_lies_ahead(demo: Plan) -> None:
    clock = demo_clock(make_context(demo, person="ana"), "2026-05")
    assert clock is not None
    assert [(stop.key, str(stop.day)) for stop in clock.stops] == [
        ("next_day", "2026-05-06"), ("submit", "2026-05-07"), ("sign_demand", "2026-05-11"),
        ("sign_supply", "2026-05-15"), ("sign_review", "2026-05-20"), ("decide", "2026-05-25"),
        ("publish", "2026-05-26"), ("next_month", "2026-06-01"),
    ]  # fmt: skip
    assert demo_clock(make_context(demo, person="adam"), "2026-05") is None
