"""Change requests: a late figure of a patch that the cut-off filled is asked for, and its leader answers it."""

import datetime as dt

import pytest

from onenumber.errors import BadArgumentError, DemandSignedError, NotAllowedError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.changes import askable_patches
from onenumber.steps.see.month import my_month
from onenumber.store.models import ChangeAnswer, EditRow, Plan
from tests.steps.month_for_tests import NOW, do, sheet

LATER = NOW + dt.timedelta(days=1)
ASKED = {
    "patch": "Nord",
    "family": "FA",
    "mode": "percent",
    "value": 10.0,
    "first": "2026-06",
    "reason": "the tender came",
}


@pytest.fixture
def closed(plan: Plan, in_demand: None) -> None:
    """South handed in; Nord missed the cut-off and was filled by its default."""
    do(plan, "ben", "submit", patch="South")
    do(plan, "ines", "accept", patch="South")
    do(plan, "ines", "collect")


def waits(plan: Plan, person: str) -> list[tuple[str, str]]:
    return [(one.said, one.name) for one in my_month(make_context(plan, person=person, now=LATER)).waits]


@pytest.mark.usefixtures("closed")
def test_a_change_may_be_asked_of_every_patch_of_hers_that_is_closed_to_typing(plan: Plan) -> None:
    def askable(person: str) -> tuple[str, ...]:
        look = glance(make_context(plan, person=person, now=LATER))
        return askable_patches(look, look.cycle())

    assert (askable("ana"), askable("ben"), askable("dora")) == (("Nord",), ("South",), ())
    do(plan, "ines", "return", at=LATER, patch="South", note="look at July again")
    assert askable("ben") == ()


@pytest.mark.usefixtures("closed")
def test_who_missed_the_cut_off_asks_and_what_her_leader_takes_stands_in_the_leaders_layer(plan: Plan) -> None:
    assert ("patch_defaulted", "Nord") in waits(plan, "ana")
    asked = do(plan, "ana", "change", at=LATER, periods=2, **ASKED).figures["change"]
    assert ("patch_defaulted", "Nord") not in waits(plan, "ana")
    assert ("change_asked", str(asked)) in waits(plan, "ines")
    assert ("change_asked", str(asked)) not in waits(plan, "dora")
    do(plan, "ines", "resolve", at=LATER, change=asked, decision="taken", reason="the order is signed")
    edit = EditRow.objects.get(changeanswer__change=asked)
    assert (edit.layer.code, edit.mode, edit.value, edit.periods) == ("L2M", "percent", 10.0, 2)
    assert edit.reason == "change request of Ana Ruiz: the tender came"
    do(plan, "dora", "agree", at=LATER)
    consensus = sheet(plan, SheetKind.CONSENSUS)
    sales, moved = consensus.cube("S"), consensus.cube("L2M").values
    hers = (sales.axis.labels("patch") == "Nord") & (sales.axis.labels("family") == "FA")
    assert moved.sum() == moved[hers, 1:3].sum()
    assert moved.sum() == pytest.approx(0.1 * sales.values[hers, 1:3].sum(), abs=0.5)
    told = [one.code for one in my_month(make_context(plan, person="ana", now=LATER)).changes]
    assert "change_taken" in told
    with pytest.raises(BadArgumentError, match="it was answered"):
        do(plan, "ines", "resolve", at=LATER, change=asked, decision="refused", reason="twice")


@pytest.mark.usefixtures("closed")
def test_it_is_refused_with_a_sentence_and_once_the_demand_is_signed_with_nothing_else(plan: Plan) -> None:
    first = do(plan, "ana", "change", at=LATER, **ASKED).figures["change"]
    do(plan, "ines", "resolve", at=LATER, change=first, decision="refused", reason="it is in the baseline")
    assert ChangeAnswer.objects.get().edit is None
    second = do(plan, "ana", "change", at=LATER, **ASKED).figures["change"]
    do(plan, "dora", "agree", at=LATER)
    do(plan, "ines", "sign", at=LATER, verb="sign_demand")
    with pytest.raises(DemandSignedError):
        do(plan, "ines", "resolve", at=LATER, change=second, decision="taken", reason="yes")
    assert ("change_asked", str(second)) in waits(plan, "ines")


@pytest.mark.usefixtures("closed")
def test_only_a_closed_patch_of_hers_is_asked_for_and_only_its_leader_answers(plan: Plan) -> None:
    with pytest.raises(NotAllowedError):
        do(plan, "ben", "change", at=LATER, **ASKED)
    for wrong, why in (
        ({"reason": " "}, "who answers it reads why"),
        ({"value": float("nan")}, "no number to plan with"),
        ({"first": "2026-04"}, "within the horizon"),
    ):
        with pytest.raises(BadArgumentError, match=why):
            do(plan, "ana", "change", at=LATER, **(ASKED | wrong))
    asked = do(plan, "ana", "change", at=LATER, **ASKED).figures["change"]
    with pytest.raises(NotAllowedError):
        do(plan, "dora", "resolve", at=LATER, change=asked, decision="taken", reason="yes")
    do(plan, "ines", "return", at=LATER, patch="Nord", note="type it yourself")
    with pytest.raises(BadArgumentError, match="it is open: type the figure in its layer"):
        do(plan, "ana", "change", at=LATER, **ASKED)
