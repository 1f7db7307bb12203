"""Who named an emergency between meetings takes it back while nobody has decided; nobody else does."""

from pathlib import Path

import pytest

from onenumber.errors import BadArgumentError, EmergencyEndedError, NotAllowedError
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.urgent import urgent_shown
from onenumber.store.models import DecisionRow, Plan
from tests.standing import once_a_run
from tests.steps.month_for_tests import do, published_may
from tests.steps.test_between_meetings import AFTER, BEYOND, LATER, PAPER, TOO_LATE

GIVEN = {"paper": PAPER, "reason": "alpha found a spare"}


@pytest.fixture
def named(db: None, settings: object, tmp_path: Path) -> Plan:
    """The supply planner named an emergency of a customer."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = published_may("live", tmp_path / "data")
    _named(plan)
    return plan


@once_a_run
def _named(plan: Plan) -> None:
    do(plan, "sven", "emergency", at=LATER, **BEYOND)


def test_only_who_named_it_is_offered_it_and_may(named: Plan) -> None:
    offered = {
        person: [one.takes_back for one in urgent_shown(make_context(named, person=person, now=AFTER))]
        for person in ("sven", "omar", "eva", "ines")
    }
    assert offered == {"sven": [True], "omar": [False], "eva": [False], "ines": [False]}
    with pytest.raises(NotAllowedError, match="Sven Berg named it; only who did, or a deputy, may"):
        do(named, "omar", "take-back", at=AFTER, **GIVEN)
    for person in ("eva", "ines", "dora", "ana", "pia", "olga"):
        with pytest.raises(NotAllowedError, match="only the"):
            do(named, person, "take-back", at=AFTER, **GIVEN)
    assert not DecisionRow.objects.filter(paper=PAPER).exists()


def test_it_asks_for_a_reason_and_for_a_paper_that_is_there(named: Plan) -> None:
    with pytest.raises(BadArgumentError, match="who was told of it will read why"):
        do(named, "sven", "take-back", at=AFTER, **{**GIVEN, "reason": " "})
    with pytest.raises(BadArgumentError, match=f"open are: {PAPER}"):
        do(named, "sven", "take-back", at=AFTER, **{**GIVEN, "paper": "urgent:other"})
    with pytest.raises(BadArgumentError, match="onenumber take-back PAPER"):
        do(named, "sven", "emergency", at=AFTER, **{**BEYOND, "quantity": 0.0})


def test_what_is_decided_or_over_is_not_taken_back(named: Plan) -> None:
    do(named, "eva", "decide", at=AFTER, paper=PAPER, option="A")
    with pytest.raises(EmergencyEndedError, match="is decided already"):
        do(named, "sven", "take-back", at=AFTER, **GIVEN)
    assert DecisionRow.objects.get(paper=PAPER).how == "decided"


def test_after_its_time_the_default_stands(named: Plan) -> None:
    with pytest.raises(EmergencyEndedError, match="its default took effect"):
        do(named, "sven", "take-back", at=TOO_LATE, **GIVEN)
    assert DecisionRow.objects.get(paper=PAPER).how == "defaulted"
