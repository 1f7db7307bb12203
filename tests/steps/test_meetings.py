"""Meetings: an action waits for its owner until it is done, and minutes write themselves from what was done."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from onenumber.cycle.meetings import MEETINGS
from onenumber.errors import BadArgumentError, NotAllowedError
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.meetings import meeting_seen, meetings_seen
from onenumber.steps.see.month import my_month
from onenumber.steps.see.running import running_month
from onenumber.store.models import ActionDone, ActionRow, Plan, SignatureRow
from tests.steps.month_for_tests import NOW, do, founded, to_executive, to_supply

DUE = dt.date(2026, 5, 20)
LATER = NOW + dt.timedelta(days=20)
ACTION = {"meeting": "supply", "what": "Ask Vauban for an earlier date", "who": "sven", "due": DUE}
Looking = Callable[[str], Context]


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    """May with the papers on the executive's table."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = founded("meetings", "live", tmp_path / "data")
    to_supply(made)
    to_executive(made)
    return made


@pytest.fixture
def looking(plan: Plan) -> Looking:
    return lambda person: make_context(plan, person=person, now=NOW)


def test_an_action_waits_for_its_owner_until_she_says_what_came_of_it(plan: Plan, looking: Looking) -> None:
    do(plan, "omar", "action", **ACTION)
    (wait,) = [one for one in my_month(looking("sven")).waits if one.said == "action_open"]
    assert (wait.values["text"], wait.day, wait.late, wait.where.page) == (ACTION["what"], DUE, False, "meeting")
    late = my_month(make_context(plan, person="sven", now=LATER))
    assert [one.late for one in late.waits if one.said == "action_open"] == [True]
    assert [one for one in my_month(looking("omar")).waits if one.said == "action_open"] == []
    do(plan, "sven", "done", action=int(wait.settles[0].given["action"]), note="ten days earlier")
    assert [one for one in my_month(looking("sven")).waits if one.said == "action_open"] == []
    (shown,) = meeting_seen(looking("omar"), "supply").agreed
    assert (shown.done_by, shown.note, shown.hers) == ("Sven Berg", "ten days earlier", False)


def test_who_sees_no_meeting_closes_her_action_on_my_month_and_where_the_month_runs(
    plan: Plan, looking: Looking
) -> None:
    do(plan, "omar", "action", **{**ACTION, "who": "pia"})
    (wait,) = [one for one in my_month(looking("pia")).waits if one.said == "action_open"]
    assert wait.where.page == "month"
    hers, omars = (running_month(looking(person)).actions for person in ("pia", "omar"))
    assert [str(one.number) for one in hers] == [wait.settles[0].given["action"]]
    assert [one.number for one in omars] == [None]  # he sees it, and it is not his
    do(plan, "pia", "done", action=int(wait.settles[0].given["action"]), note="done")
    assert ActionDone.objects.count() == 1


def test_only_its_owner_or_who_is_above_her_closes_an_action_and_once(plan: Plan) -> None:
    do(plan, "omar", "action", **{**ACTION, "who": "ana"})
    number = ActionRow.objects.get().pk
    with pytest.raises(NotAllowedError, match="Sven Berg may not close an action: Ana Ruiz answers for it"):
        do(plan, "sven", "done", action=number, note="it is done")
    do(plan, "ines", "done", action=number, note="she told me")
    with pytest.raises(BadArgumentError, match="it is done already"):
        do(plan, "ana", "done", action=number, note="it is done")
    with pytest.raises(BadArgumentError, match="there is no such action"):
        do(plan, "ana", "done", action=number + 1, note="it is done")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"what": " "}, "action cannot be asked without what: say in a sentence what is done"),
        ({"who": "nobody"}, "an action has one owner"),
        ({"due": dt.date(2026, 5, 4)}, "it is 2026-05-05 or later"),
    ],
)
def test_an_action_has_a_sentence_one_owner_and_a_day_to_come(plan: Plan, wrong: dict[str, object], says: str) -> None:
    with pytest.raises(BadArgumentError, match=says):
        do(plan, "omar", "action", **{**ACTION, **wrong})
    assert not ActionRow.objects.exists()


def test_minutes_hold_what_was_done_in_the_phase_of_their_meeting_and_no_more(plan: Plan, looking: Looking) -> None:
    do(plan, "omar", "action", **{**ACTION, "meeting": "pre-sop"})
    codes = {which: [one.code for one in meeting_seen(looking("omar"), which).minutes] for which in MEETINGS}
    assert codes["demand"] == ["signed", "phase_ended"]
    assert codes["supply"] == ["escalated", "signed", "phase_ended"]  # L1 went up
    assert codes["pre-sop"][-1] in ("phase_ended", "action_agreed")
    assert {"signed", "phase_ended"} <= set(codes["pre-sop"])
    assert codes["executive"] == []
    do(plan, "eva", "decide", paper="2026-05-L1", option="A", rationale="autumn is worth it")
    decided = meeting_seen(looking("omar"), "executive").minutes
    assert [(one.code, one.what["rationale"]) for one in decided] == [("paper_decided", "autumn is worth it")]


def test_a_meeting_that_is_over_shows_what_it_saw(plan: Plan, looking: Looking) -> None:
    saw = [meeting_seen(looking("omar"), which).figures for which in ("supply", "pre-sop")]
    do(plan, "eva", "decide", paper="2026-05-L1", option="A", rationale="autumn is worth it")
    do(plan, "sven", "replan")
    assert [meeting_seen(looking("omar"), which).figures for which in ("supply", "pre-sop")] == saw
    (landing,) = (one for one in meeting_seen(looking("omar"), "executive").figures if one.code == "landing")
    assert landing.where not in [one.where for figures in saw for one in figures]  # the review of the final plan


def test_each_meeting_has_its_chair_its_day_and_where_it_stands(looking: Looking) -> None:
    found = {one.meeting.key: (one.chairs, one.deciders, one.stands) for one in meetings_seen(looking("eva"))}
    omar, eva = ("Omar Haddad",), ("Eva Okafor",)
    assert found == {
        "demand": (("Ines Duarte",), (), "over"), "supply": (omar, (), "over"), "pre-sop": (omar, (), "over"),
        "executive": (omar, eva, "now"),
    }  # fmt: skip


def test_a_meeting_that_is_over_was_led_by_who_signed_in_it_for_its_chair(plan: Plan, looking: Looking) -> None:
    led = {one.meeting.key: one.led for one in meetings_seen(looking("eva"))}
    assert led == {"demand": ("Ines Duarte",), "supply": ("Omar Haddad",), "pre-sop": ("Omar Haddad",), "executive": ()}
    SignatureRow.objects.filter(plan=plan, verb="sign_supply").update(person="sven", deputy_for="omar")
    (supply,) = [one for one in meetings_seen(looking("eva")) if one.meeting.key == "supply"]
    assert supply.led == ("Sven Berg for Omar Haddad",)


def test_last_times_actions_come_first_in_the_next_cycle(plan: Plan, looking: Looking) -> None:
    do(plan, "omar", "action", **ACTION)
    do(plan, "omar", "action", **{**ACTION, "what": "Count the castings", "who": "pia"})
    done = ActionRow.objects.get(owner="pia").pk
    do(plan, "pia", "done", action=done, note="there are 90")
    plan.cycles.create(index=29, label="2026-06", phase="DATA", opened_at=LATER)
    june = make_context(plan, person="omar", now=LATER)
    assert [(one.text, one.done_by, one.late) for one in meeting_seen(june, "supply").last] == [
        ("Ask Vauban for an earlier date", "", True), ("Count the castings", "Pia Rossi", False),
    ]  # fmt: skip
    assert meeting_seen(june, "demand").last == ()
    assert [one.open_actions for one in meetings_seen(june)] == [0, 1, 0, 0]


def test_who_does_not_plan_the_company_sees_no_meeting(looking: Looking) -> None:
    for person in ("ana", "pia", "adam"):
        with pytest.raises(NotAllowedError, match="may not see a meeting: only who plans the whole company may"):
            meetings_seen(looking(person))
        with pytest.raises(NotAllowedError, match="may not see a meeting"):
            meeting_seen(looking(person), "supply")
