"""An emergency above the operations leader's limit: she and the sales leader decide it, each with a word."""

import datetime as dt
from pathlib import Path

import pytest

from onenumber.errors import EmergencyEndedError, NotAllowedError, SpokeAlreadyError, SpokeMeanwhileError
from onenumber.jobs.digests import make_digests, make_urgent, waiting_plans
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame import amending
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.digest import messages_shown
from onenumber.steps.see.month import waits_of
from onenumber.steps.see.month_changes import changes_since
from onenumber.steps.see.urgent import urgent_shown
from onenumber.store.models import Account, DecisionRow, DigestRow, Plan, SheetVersion, UrgentPaper, UrgentVoice
from onenumber.store.plans import find_cycle
from tests.standing import once_a_run
from tests.steps.month_for_tests import do, published_may, sheet
from tests.steps.test_between_meetings import AFTER, BEYOND, LATER, PAPER, TOO_LATE

BIG = {**BEYOND, "quantity": 4.0}


@pytest.fixture
def both(db: None, settings: object, tmp_path: Path) -> Plan:
    """An emergency worth more than 1 % and less than 3 % of a month of its division; nobody else waits for it."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = published_may("live", tmp_path / "data")
    _named(plan)
    return plan


@once_a_run
def _named(plan: Plan) -> None:
    do(plan, "sven", "emergency", at=LATER, **BIG)


def _say(plan: Plan, person: str, option: str, *, at: dt.datetime = AFTER, why: str = "") -> object:
    return do(plan, person, "decide", at=at, paper=PAPER, option=option, rationale=why).figures


def _waiting(plan: Plan, at: dt.datetime = AFTER) -> list[str]:
    people = ("eva", "ines", "omar", "sven", "dora")
    waits = {one: [wait.said for wait in waits_of(make_context(plan, person=one, now=at))] for one in people}
    return [one for one, found in waits.items() if "emergency_open" in found]


def test_its_level_puts_it_before_both_and_two_yeses_amend(both: Plan) -> None:
    level = sheet(both, SheetKind.DECISION, "E1").table("papers").row(0, named=True)["level"]
    assert (level, UrgentPaper.objects.get().role, _waiting(both)) == ("D3", "OP+SM", ["ines", "omar"])
    assert _say(both, "omar", "A", why="the line has the hours") == {
        "paper": PAPER, "option": "A", "waits_for": "Ines Duarte"
    }  # fmt: skip
    assert (_waiting(both), DecisionRow.objects.filter(paper=PAPER).exists()) == (["ines"], False)
    (shown,) = urgent_shown(make_context(both, person="ines", now=AFTER))
    assert [(one.by, one.option, one.why) for one in shown.voices] == [("Omar Haddad", "A", "the line has the hours")]
    assert (shown.deciders, shown.mine, shown.state) == (("Ines Duarte",), True, "open")
    assert _say(both, "ines", "A")["amendment"] == "R1"
    row = DecisionRow.objects.get(paper=PAPER)
    assert (row.option, row.how, row.person) == ("A", "decided", "ines")
    assert [(one.role, one.person) for one in UrgentVoice.objects.order_by("pk")] == [("OP", "omar"), ("SM", "ines")]


def test_nobody_says_two_words(both: Plan) -> None:
    _say(both, "ines", "A")
    with pytest.raises(SpokeAlreadyError, match="Ines Duarte said A .* It waits for Omar Haddad"):
        _say(both, "ines", "A")
    for person in ("sven", "dora", "ana", "fay", "olga"):
        with pytest.raises(NotAllowedError):
            _say(both, person, "A")


def test_two_noes_leave_the_plan(both: Plan) -> None:
    _say(both, "ines", "B", why="gamma was promised it")
    assert _waiting(both) == ["omar"]
    _say(both, "omar", "B", why="so it is")
    row = DecisionRow.objects.get(paper=PAPER)
    assert (row.option, row.how, row.rationale) == ("B", "decided", "so it is")
    assert not SheetVersion.objects.filter(stage="R1").exists()


def test_where_they_disagree_the_executive_decides_and_is_told_at_once(both: Plan, settings: object) -> None:
    settings.ONENUMBER_DEMO = True
    both.clock = AFTER
    both.save(update_fields=["clock"])
    for person in ("eva", "omar", "ines", "sven"):
        Account.objects.create_account(login=person, password=None, plan=both, person=person)
    make_digests(both)
    assert sorted(row.person for row in make_urgent(both)) == ["ines", "omar"]
    _say(both, "omar", "A")
    assert make_urgent(both) == ()  # ines was told already
    _say(both, "ines", "B", why="gamma was promised it")
    assert (_waiting(both), waiting_plans()) == (["eva"], (both,))
    assert [row.person for row in make_urgent(both)] == ["eva"]
    assert make_urgent(both) == ()
    assert _say(both, "eva", "A", why="the key account first")["amendment"] == "R1"
    assert DecisionRow.objects.get(paper=PAPER).person == "eva"


def test_the_executive_need_not_wait_for_them(both: Plan) -> None:
    assert _say(both, "eva", "A")["amendment"] == "R1"
    assert not UrgentVoice.objects.exists()
    with pytest.raises(EmergencyEndedError, match="is decided already"):
        _say(both, "ines", "A")


def test_one_yes_alone_lapses(both: Plan) -> None:
    _say(both, "omar", "A")
    with pytest.raises(EmergencyEndedError, match="its default took effect"):
        _say(both, "ines", "A", at=TOO_LATE)
    assert DecisionRow.objects.get(paper=PAPER).how == "defaulted"


def test_two_words_in_one_moment_lose_none(both: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Omar speaks between the look and the lock of Ines: hers is refused, and settles it when she says it again."""
    settles = amending.settles

    def meanwhile(*args: object) -> bool:
        monkeypatch.setattr(amending, "settles", settles)
        _say(both, "omar", "A")
        return settles(*args)

    monkeypatch.setattr(amending, "settles", meanwhile)
    with pytest.raises(SpokeMeanwhileError, match="say yours again"):
        _say(both, "ines", "A")
    assert _say(both, "ines", "A")["amendment"] == "R1"


def test_a_word_is_told_to_who_reads_papers(both: Plan) -> None:
    _say(both, "omar", "A", why="the line has the hours")
    for person, codes in (("ines", ["emergency_said_yes"]), ("omar", []), ("ana", [])):
        look = glance(make_context(both, person=person, now=AFTER))
        told = [one for one in changes_since(look, find_cycle(both), AFTER) if one.code.startswith("emergency_")]
        assert [one.code for one in told] == codes


def test_what_is_taken_back_is_logged_and_told_to_who_was_told(both: Plan, settings: object) -> None:
    settings.ONENUMBER_DEMO = True
    both.clock = AFTER
    both.save(update_fields=["clock"])
    for person in ("eva", "omar", "ines", "sven"):
        Account.objects.create_account(login=person, password=None, plan=both, person=person)
    make_digests(both)
    make_urgent(both)
    do(both, "sven", "take-back", at=AFTER, paper=PAPER, reason="alpha found a spare")
    row = DecisionRow.objects.get(paper=PAPER)
    assert (row.option, row.how, row.person, row.rationale) == ("B", "taken_back", "sven", "alpha found a spare")
    assert (_waiting(both), waiting_plans()) == ([], (both,))
    assert sorted(row.person for row in make_urgent(both)) == ["ines", "omar"]
    assert make_urgent(both) == ()
    assert not DigestRow.objects.filter(person="eva").exclude(urgent="").exists()  # nobody had told her
    shown = messages_shown(make_context(both, person="ines", now=AFTER)).shown
    assert shown is not None
    told = [one for one in shown.changes if one.code == "emergency_taken_back"]
    assert [(one.who, one.what["text"]) for one in told] == [("Sven Berg", "alpha found a spare")]
    (paper,) = urgent_shown(make_context(both, person="ines", now=AFTER))
    assert (paper.state, paper.by, paper.mine, paper.amendment) == ("taken_back", "Sven Berg", False, None)
    with pytest.raises(EmergencyEndedError, match="was taken back by who named it"):
        _say(both, "omar", "A")
    do(both, "sven", "emergency", at=AFTER, **BIG)  # it may be named again
    assert UrgentPaper.objects.count() == 2
