"""A forecast made again in the same cycle: what was typed is replayed on it, and nobody's word stands unseen."""

import numpy as np
import pytest

from onenumber.consensus.collect import PatchState
from onenumber.errors import NotAllowedError, NotRebasedError
from onenumber.model.sentences import say
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.layers import board
from onenumber.steps.frame.submissions import states
from onenumber.steps.see.edits import edits_waiting
from onenumber.store.models import AuditRow, EditRow, SubmissionRow
from onenumber.store.plans import find_cycle


def shown(context: Context, layer: str, **place: str) -> float:
    """What a place shows in the first period to who types in a layer."""
    stand = board(context, find_cycle(context.plan), layer)
    rows = np.ones(len(stand.axis), dtype=bool)
    for attribute, value in place.items():
        rows &= stand.axis.labels(attribute) == value
    return float(stand.shown.values[rows, 0].sum())


def baseline(context: Context, **place: str) -> float:
    """The baseline of a place in the first period."""
    cube = context.sheet(SheetKind.FORECAST, find_cycle(context.plan)).cube("L1")
    rows = np.ones(len(cube.axis), dtype=bool)
    for attribute, value in place.items():
        rows &= cube.axis.labels(attribute) == value
    return float(cube.values[rows, 0].sum())


def test_figures_typed_on_an_earlier_forecast_are_not_lost_in_silence(in_demand, act, again, asking):
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0)
    act("ana", "submit", patch="Nord")
    act("ines", "accept", patch="Nord")
    act("ines", "collect")
    act("dora", "edit", layer="L4", place={"item": "A2"}, mode="add", value=5.0)
    act("dora", "edit", layer="L4", place={"item": "A2"}, mode="add", value=7.0)
    act("dora", "undo", layer="L4", sequence=2)
    again(2, "beta")
    (waits,) = act("dora", "forecast").findings
    assert say(waits).startswith("What was typed on the forecast before is not on this one; edits that wait: 2, in L2")
    assert edits_waiting(asking("dora")) == (waits,)
    assert [one.values for one in edits_waiting(asking("ana"))] == [{"edits": 1, "layers": "L2"}]  # her own
    assert edits_waiting(asking("ben")) == edits_waiting(asking("")) == ()
    lost = (
        r"2 edits in L2, L4 were typed on an earlier forecast of cycle 2026-05 and would be lost\. "
        r"Replay them on the new one first: `onenumber rebase`\."
    )
    for person, step in (("ines", "collect"), ("dora", "agree")):
        with pytest.raises(NotRebasedError, match=lost):
            act(person, step)
    with pytest.raises(NotRebasedError, match=lost):
        act("ben", "submit", patch="South")
    act("dora", "rebase")
    assert edits_waiting(asking("dora")) == ()
    act("ines", "collect")
    act("dora", "agree")


def test_an_undone_edit_holds_nobody_up(in_demand, act, again):
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0)
    act("ana", "undo", layer="L2", sequence=1)
    again(2, "beta")
    act("ines", "collect")


def test_a_figure_keeps_its_value_a_change_is_added_and_a_percentage_is_of_the_new_base(in_demand, act, again, asking):
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="set", value=300.0, reason="listing")
    act("ben", "edit", layer="L2", place={"item": "A2"}, mode="add", value=11.0)
    act("ben", "edit", layer="L2", place={"item": "B1"}, mode="percent", value=10.0)
    act("ben", "edit", layer="L2", place={"item": "B2"}, mode="set", value=1.0)
    act("ben", "undo", layer="L2", sequence=4)
    act("dora", "edit", layer="L4", place={"family": "FB"}, mode="add", value=6.0)
    again(2, "beta")
    outcome = act("dora", "rebase")
    assert outcome.figures["edits"] == 4
    assert outcome.figures["not_replayed"] == 0
    ben = asking("ben")
    assert shown(ben, "L2", item="A1", patch="South") == pytest.approx(300.0)
    assert shown(ben, "L2", item="A2", patch="South") == pytest.approx(baseline(ben, item="A2", patch="South") + 11.0)
    assert shown(ben, "L2", item="B1", patch="South") == pytest.approx(baseline(ben, item="B1", patch="South") * 1.1)
    assert shown(ben, "L2", item="B2", patch="South") == baseline(ben, item="B2", patch="South")
    l4 = board(asking("dora"), find_cycle(ben.plan), "L4").cube
    assert l4.values[:, 0].sum() == pytest.approx(6.0)
    first = EditRow.objects.filter(replays__isnull=False).order_by("pk").first()
    assert first is not None
    assert (first.author, first.role, first.mode, first.value) == ("ben", "SP", "set", 300.0)
    assert first.reason == "rebased from 1: listing"
    assert first.replays.sequence == 1
    assert first.replays.layer.base != first.layer.base
    assert AuditRow.objects.get(verb="rebase").person == "dora"


def test_a_figure_is_split_over_the_streams_as_the_new_forecast_has_them(in_demand, act, again, asking):
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="set", value=300.0)
    again(3, "beta")
    act("dora", "rebase")
    stand = board(asking("ben"), find_cycle(asking("ben").plan), "L2")
    cube = asking("ben").sheet(SheetKind.FORECAST, find_cycle(asking("ben").plan)).cube("L1")
    beta, gamma = stand.axis.rows(["A1|rest of South, shop", "A1|rest of South, web"])
    wanted = 300.0 * cube.values[beta, 0] / (cube.values[beta, 0] + cube.values[gamma, 0])
    assert stand.cube.values[beta, 0] == pytest.approx(wanted)


def test_what_is_handed_in_with_other_figures_is_returned_and_the_rest_stays(in_demand, act, again, asking):
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="add", value=5.0)
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "submit", patch=patch)
        act("ines", "accept", patch=patch)
    again(2, "beta")
    outcome = act("dora", "rebase")
    assert states(find_cycle(asking("dora").plan)) == {"Nord": PatchState.ACCEPTED, "South": PatchState.RETURNED}
    assert outcome.figures["returned"] == outcome.figures["patches_differ"] == 1
    note = SubmissionRow.objects.get(state="returned").note
    assert note.startswith("The forecast was made again: South came to ")
    act("ben", "submit", patch="South")  # it is open again


def said(quantity: float) -> str:
    return f"{round(quantity, 1):.12g} pcs"


def test_what_stands_in_for_a_defaulted_patch_is_named_as_it_stood(in_demand, act, again, asking):
    """Ben's figure was never handed in, so it counted for nothing, and he cannot submit it now."""
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="set", value=300.0)
    act("ines", "collect")
    stood = baseline_in_all(asking("ben"), "South")
    again(2, "beta")
    outcome = act("dora", "rebase")
    (patch,) = [finding for finding in outcome.findings if finding.values.get("patch") == "South"]
    now = baseline_in_all(asking("ben"), "South")
    assert say(patch) == (
        f"South is defaulted: the baseline stood in for it with {said(stood)} and comes to {said(now)} now; "
        f"{patch.values['cells']} of its cells differ. Rule R1 decides anew when the sales window is closed again "
        "(`collect`); `return` the patch if its own figure is to come after all."
    )


def baseline_in_all(context: Context, patch: str) -> float:
    cube = context.sheet(SheetKind.FORECAST, find_cycle(context.plan)).cube("L1")
    return float(cube.values[cube.axis.labels("patch") == patch].sum())


def test_the_outcome_says_where_it_differs(in_demand, act, again, asking):
    ben = asking("ben")
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="set", value=300.0)
    act("ben", "edit", layer="L2", place={"item": "A2"}, mode="add", value=11.0)
    then = said(shown(ben, "L2", item="A2", patch="South"))
    again(2, "beta")
    outcome = act("dora", "rebase")
    now = said(shown(ben, "L2", item="A2", patch="South"))
    assert then != now
    layer, patch = outcome.findings
    assert say(layer) == (
        f"L2: 1 of 2 places differ from what was last seen, {then} then and {now} now; most of all A2, South "
        f"from {then} to {now}. Look at these places; type again where the new figure is not meant."
    )
    assert (patch.code, patch.values["patch"]) == ("rebased_patch", "South")


def test_an_edit_that_cannot_stand_is_listed_and_not_guessed(in_demand, act, again):
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="add", value=-40.0)
    again(0.1, "beta", "gamma")
    outcome = act("dora", "rebase")
    assert (outcome.figures["edits"], outcome.figures["not_replayed"]) == (0, 1)
    said = say(outcome.findings[0])
    assert "So L2, edit 1 by ben (add -40.0 at A1, South), was not replayed. Type it again" in said
    assert "would make demand negative" in said
    act("ines", "collect")  # it was said once


def test_what_was_typed_on_the_new_forecast_already_holds(in_demand, act, again, asking):
    act("ben", "edit", layer="L2", place={"stream": "A1|rest of South, shop"}, mode="set", value=300.0)
    act("ben", "edit", layer="L2", place={"stream": "A2|rest of South, shop"}, mode="set", value=200.0)
    again(2, "beta")
    act("ben", "edit", layer="L2", place={"stream": "A1|rest of South, shop"}, mode="set", value=333.0)
    outcome = act("dora", "rebase")
    stand = board(asking("ben"), find_cycle(asking("ben").plan), "L2")
    rows = stand.axis.rows(["A1|rest of South, shop", "A2|rest of South, shop"])
    assert stand.cube.values[rows, 0].tolist() == [333.0, 200.0]
    assert [f.values["sequence"] for f in outcome.findings if f.code == "not_replayed"] == [1]


def test_a_lock_is_replayed_and_holds(in_demand, act, again, asking):
    act("dora", "edit", layer="L4", place={"stream": "A1|alpha"}, mode="lock")
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=6.0)
    again(2, "beta")
    act("dora", "rebase")
    stand = board(asking("dora"), find_cycle(asking("dora").plan), "L4")
    row = stand.axis.rows(["A1|alpha"])[0]
    assert bool(stand.locked[row, 0])
    assert stand.cube.values[row, 0] == 0.0
    assert stand.cube.values[:, 0].sum() == pytest.approx(6.0)


def test_a_second_rebase_changes_nothing(in_demand, act, again):
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="add", value=5.0)
    again(2, "beta")
    act("dora", "rebase")
    act("ben", "submit", patch="South")
    before = EditRow.objects.count(), SubmissionRow.objects.count()
    outcome = act("dora", "rebase")
    assert (EditRow.objects.count(), SubmissionRow.objects.count()) == before
    assert outcome.figures["edits"] == outcome.figures["returned"] == 0
    assert outcome.findings == ()


def test_it_can_be_done_on_a_third_forecast_and_on_the_first_come_back(in_demand, act, again, asking):
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="add", value=5.0)
    for times in (2, 3, 1):  # the last is the first again, byte for byte
        again(times, "beta")
        act("dora", "rebase")
        ben = asking("ben")
        wanted = baseline(ben, item="A1", patch="South") + 5.0
        assert shown(ben, "L2", item="A1", patch="South") == pytest.approx(wanted), times
    act("ines", "collect")


def test_only_the_demand_planner_rebases(in_demand, act):
    with pytest.raises(NotAllowedError, match="Ana Ruiz may not replay what was typed on a new forecast"):
        act("ana", "rebase")
