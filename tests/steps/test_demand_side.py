"""From the first load to the signed consensus, each step by the person whose it is."""

import numpy as np
import polars as pl
import pytest

from onenumber.cycle.phases import Phase
from onenumber.errors import (
    CannotReopenError,
    CannotSignError,
    CycleStillOpenError,
    DemandSignedError,
    GateClosedError,
    NoEditError,
    NoSheetError,
    NotAllowedError,
    OwnSubmissionError,
    PatchClosedError,
    StaleEditError,
    WrongPhaseError,
    WrongStateError,
)
from onenumber.model.sentences import say_what
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Actor, Grant
from onenumber.steps.frame.layers import board
from onenumber.steps.registry import STEPS
from onenumber.steps.see.cycle import cycle_bar
from onenumber.store.manifest import latest, parents_of
from onenumber.store.models import EditRow, LoadRun, Person, PhaseChange
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.steps.month_for_tests import NOW, do


def test_a_load_twice_changes_nothing(loaded, act, tmp_path):
    again = act("olga", "load", folder=tmp_path / "data")
    assert loaded.figures["changed"] is True
    assert again.figures["changed"] is False
    assert LoadRun.objects.count() == 2


def test_names_of_people_stay_out_of_the_sheets(loaded, asking):
    people = asking("olga").company()["people"]
    assert people["name"].to_list() == people["person"].to_list()
    assert Person.objects.get(key="ana").name == "Ana Ruiz"


def test_a_bad_row_is_listed_and_the_good_ones_load(loaded, act, tmp_path):
    lines = (
        tiny.tables()["order_lines"]
        .head(2)
        .with_columns(pl.Series("order", ["X1", "X2"]), pl.Series("item", ["A1", "A9"]))
    )
    tiny.write(tmp_path / "more", {"order_lines": lines})
    outcome = act("olga", "load", folder=tmp_path / "more")
    assert [f.code for f in outcome.findings if f.severity == "blocked"] == ["unknown_reference"]
    assert outcome.figures["rows_loaded"] == 1


def test_history_is_what_was_ordered_before_the_cycle(in_demand, asking):
    history = asking("dora").sheet(SheetKind.HISTORY, find_cycle(asking("dora").plan)).cube("demand")
    expected = sum(tiny.quantity(i, c, k) for i in range(4) for c in range(3) for k in range(tiny.MONTHS_OF_HISTORY))
    assert history.values.sum() == expected


def test_every_sheet_says_what_it_was_made_from(agreed, asking):
    context = asking("dora")
    consensus = latest(context.plan, SheetKind.CONSENSUS, cycle=find_cycle(context.plan))
    assert [p.kind for p in parents_of(consensus)] == ["company", "forecast", "sales_input"]
    assert consensus.state == "signed"


def test_what_a_salesperson_types_becomes_the_consensus(in_demand, act, asking):
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0, reason="tender won")
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "submit", patch=patch)
        act("ines", "accept", patch=patch)
    act("ines", "collect")
    act("dora", "edit", layer="L4", place={"item": "A1", "patch": "Nord"}, mode="add", value=5.0)
    act("dora", "agree")
    context = asking("dora")
    consensus = context.sheet(SheetKind.CONSENSUS, find_cycle(context.plan)).cube("consensus")
    row = consensus.axis.rows(["A1|alpha"])[0]
    assert consensus.values[row, 0] == 95.0  # 90 typed by sales, 5 by the planner


def test_a_salesperson_types_only_in_her_own_patch(in_demand, act):
    act("ana", "edit", layer="L2", place={"family": "FA"}, mode="set", value=100.0)
    edited = EditRow.objects.get()
    assert edited.author == "ana"
    with pytest.raises(NotAllowedError, match="Ana Ruiz may not submit a patch for South: it is outside their scope"):
        act("ana", "submit", patch="South")


def test_undo_restores_the_leaves_and_is_a_row_of_its_own(in_demand, act, asking):
    before = board(asking("ana"), find_cycle(asking("ana").plan), "L2").cube
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="percent", value=10.0, periods=3)
    act("ana", "undo", layer="L2", sequence=1)
    after = board(asking("ana"), find_cycle(asking("ana").plan), "L2").cube
    assert np.array_equal(before.state, after.state)
    assert np.array_equal(before.values, after.values)
    assert [row.mode for row in EditRow.objects.order_by("sequence")] == ["percent", "undo"]


def test_edits_of_a_cell_are_taken_back_one_after_the_other(in_demand, act, asking):
    def shown():
        cube = board(asking("dora"), find_cycle(asking("dora").plan), "L4").cube
        return cube.values[:, 0].sum()

    for value in (2.0, 3.0):
        act("dora", "edit", layer="L4", place={"stream": "A1|alpha"}, mode="add", value=value)
    act("dora", "undo", layer="L4", sequence=2)
    assert shown() == 2.0
    act("dora", "undo", layer="L4", sequence=1)
    assert shown() == 0.0
    with pytest.raises(StaleEditError, match="Dora Lind changed A1"):
        act("dora", "undo", layer="L4", sequence=1)
    act("dora", "undo", layer="L4", sequence=4)  # the undo is undone: the first edit stands again
    assert shown() == 2.0
    act("dora", "undo", layer="L4", sequence=3)  # and so does the second
    assert shown() == 5.0
    with pytest.raises(StaleEditError, match="Dora Lind changed A1"):
        act("dora", "edit", layer="L4", place={"stream": "A1|alpha"}, mode="add", value=1.0, seen=1)


def test_the_second_writer_is_told_whose_cells_moved(in_demand, act):
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=3.0, seen=0)
    with pytest.raises(StaleEditError, match=r"3 of these cells moved since you looked: Dora Lind changed A1"):
        act("dora", "edit", layer="L4", place={"family": "FA"}, mode="add", value=1.0, seen=0)
    assert EditRow.objects.count() == 1


def test_a_locked_cell_holds_when_its_total_is_edited(in_demand, act, asking):
    act("dora", "edit", layer="L4", place={"stream": "A1|alpha"}, mode="lock")
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=6.0)
    delta = board(asking("dora"), find_cycle(asking("dora").plan), "L4").cube
    assert delta.values[delta.axis.rows(["A1|alpha"])[0], 0] == 0.0
    assert delta.values[:, 0].sum() == pytest.approx(6.0)


def test_a_patch_that_said_nothing_is_defaulted_to_the_baseline(in_demand, act, asking):
    act("ana", "submit", patch="Nord")
    act("ines", "accept", patch="Nord")
    act("ines", "collect")
    context = asking("ines")
    patches = context.sheet(SheetKind.SALES_INPUT, find_cycle(context.plan)).table("patches")
    assert patches.select("patch", "source").rows() == [("Nord", "submitted"), ("South", "baseline")]


def test_returned_work_can_be_handed_in_again(in_demand, act):
    act("ana", "submit", patch="Nord")
    act("ines", "return", patch="Nord", note="October looks double")
    act("ana", "submit", patch="Nord")
    with pytest.raises(WrongStateError, match="Patch Nord is submitted already and cannot become so again: only"):
        act("ana", "submit", patch="Nord")


def test_a_closed_cycle_does_not_end_once_more(in_demand, act, asking):
    cycle = find_cycle(asking("olga").plan)
    cycle.phase = Phase.CLOSED
    cycle.save()
    with pytest.raises(WrongPhaseError, match="the cycle is in Closed. The next cycle begins with `onenumber open`."):
        act("olga", "advance")
    assert not PhaseChange.objects.filter(before=Phase.CLOSED).exists()


def test_an_edit_that_is_not_there_is_answered_with_those_there_are(in_demand, act):
    with pytest.raises(NoEditError, match="L4 has no edit 1; nothing was typed in it in this cycle. `onenumber edits`"):
        act("dora", "undo", layer="L4", sequence=1)
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=1.0)
    with pytest.raises(NoEditError, match="L4 has no edit 9; its edits are numbered 1 to 1. `onenumber edits` lists"):
        act("dora", "undo", layer="L4", sequence=9)


def test_a_submission_closes_its_figures_until_it_is_returned(in_demand, act):
    act("ana", "submit", patch="Nord")
    with pytest.raises(PatchClosedError, match="Patch Nord is submitted: its figures are closed. The sales leader can"):
        act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0)
    act("ines", "return", patch="Nord", note="October looks double")
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0)
    act("ben", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0)  # South was never closed


def test_the_gate_names_what_is_open_and_whose_it_is(in_demand, act):
    with pytest.raises(GateClosedError, match="Demand cannot end yet: .*patch Nord of Ana Ruiz is neither accepted"):
        act("olga", "advance")


def test_nobody_signs_own_work_or_a_stale_sheet(agreed, act):
    act("dora", "agree")  # the same content: nothing new
    with pytest.raises(CannotSignError, match="it is signed already"):
        act("ines", "sign", verb="sign_demand")
    act("olga", "reopen", phase="DEMAND", reason="a late call")
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=1.0)
    with pytest.raises(CannotSignError, match="the sheet is stale, because layer L4 was typed in after it"):
        act("ines", "sign", verb="sign_demand")
    act("dora", "agree")
    act("ines", "sign", verb="sign_demand")
    act("olga", "advance")
    with pytest.raises(WrongPhaseError, match="One can sign the demand in Demand only, and the cycle is in Supply"):
        act("ines", "sign", verb="sign_demand")


def test_a_new_baseline_makes_what_stands_on_it_stale(agreed, act, asking, tmp_path):
    act("olga", "advance")
    opened = act("olga", "reopen", phase="DATA", reason="a load was missing")
    assert say_what(opened.findings[-1]) == (
        "What stands so far stands still. Once something in Data comes out otherwise, what is made from it turns "
        "stale: forecast, sales input, consensus."
    )
    more = tiny.tables()["order_lines"].head(1).with_columns(order=pl.lit("LATE"), quantity=pl.lit(500.0))
    act("olga", "load", folder=tiny.write(tmp_path / "late", {"order_lines": more}))
    act("olga", "freeze")
    context = asking("dora")
    consensus = latest(context.plan, SheetKind.CONSENSUS, cycle=find_cycle(context.plan))
    assert consensus.stale_because == "load was made again"
    assert list(consensus.signatures.values_list("struck_because", flat=True)) == ["a load was missing"]


def test_the_next_cycle_waits_for_this_one(in_demand, plan):
    with pytest.raises(CycleStillOpenError, match="Cycle 2026-06 cannot open: 2026-05 is in Demand"):
        do(plan, "olga", "open", period="2026-06", at=NOW.replace(month=6))


def test_a_missing_sheet_is_named_with_the_step_that_makes_it(in_demand, act):
    with pytest.raises(NoSheetError, match="There is no sales input in cycle 2026-05 yet. Make it first"):
        act("dora", "agree")


def test_the_administrator_may_do_nothing(loaded, act):
    with pytest.raises(NotAllowedError, match="Adam Root may not open a cycle: only the process owner may"):
        act("adam", "open", period="2026-05")


def test_a_sales_leader_leaves_the_figures_of_a_salesperson_alone(in_demand, act):
    theirs = "it has a salesperson, and nobody edits another's layer; return it with a sentence"
    with pytest.raises(NotAllowedError, match=f"Ines Duarte may not enter a sales forecast for Nord: {theirs}"):
        act("ines", "edit", layer="L2", place={"patch": "Nord", "item": "A1"}, mode="set", value=90.0)
    with pytest.raises(NotAllowedError, match=f"Ines Duarte may not submit a patch for Nord: {theirs}"):
        act("ines", "submit", patch="Nord")
    act("ines", "edit", layer="L2M", place={"patch": "Nord", "item": "A1"}, mode="add", value=3.0)


def test_a_patch_without_a_salesperson_is_its_leaders_and_the_planner_accepts_it(act, asking, tmp_path):
    act("nobody yet", "load", folder=tiny.write(tmp_path / "data", without_owner("Nord")))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "advance")
    act("dora", "forecast")
    act("ines", "edit", layer="L2", place={"patch": "Nord", "item": "A1"}, mode="set", value=90.0)
    act("ines", "submit", patch="Nord")
    with pytest.raises(OwnSubmissionError) as refused:
        act("ines", "accept", patch="Nord")
    assert str(refused.value) == (
        "Ines Duarte handed in patch Nord, and another accepts it. The demand planner can, or the patch is returned."
    )
    point = next(one for one in cycle_bar(asking("dora")).open_points if one.subject == "Nord")
    assert (point.role, point.people, point.mine) == ("DP", ("Dora Lind",), True)
    act("dora", "accept", patch="Nord")
    act("ben", "submit", patch="South")
    with pytest.raises(NotAllowedError, match="may not accept a submission for South: only the sales leader may"):
        act("dora", "accept", patch="South")


def test_what_a_deputy_hands_in_is_accepted_by_neither_of_the_two(in_demand, asking, act):
    away = Actor(person="ben", grants=(Grant(role="SM", scope="*", deputy_for="ines"),))
    STEPS["submit"].run(asking("ben").speaking_as(away), patch="Nord")
    for who in ("ines", "ben"):
        actor = away if who == "ben" else asking(who).actor
        with pytest.raises(OwnSubmissionError, match="handed in patch Nord, and another accepts it. The demand pl"):
            STEPS["accept"].run(asking(who).speaking_as(actor), patch="Nord")
    act("dora", "accept", patch="Nord")


def without_owner(patch):
    made = tiny.tables()
    made["patch_owners"] = made["patch_owners"].filter(pl.col("patch") != patch)
    made["roles"] = made["roles"].filter(pl.col("scope") != patch)
    return made


def test_a_late_figure_is_typed_after_its_patch_was_defaulted(in_demand, act, asking):
    act("ines", "collect")
    act("dora", "agree")
    with pytest.raises(PatchClosedError, match="Patch Nord is defaulted: its figures are closed. The sales leader can"):
        act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0)
    act("ines", "return", patch="Nord", note="the tender came in")
    context = asking("dora")
    consensus = latest(context.plan, SheetKind.CONSENSUS, cycle=find_cycle(context.plan))
    assert consensus.stale_because == "patch Nord was returned after it"
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="set", value=90.0)
    act("ana", "submit", patch="Nord")
    act("ines", "accept", patch="Nord")
    act("ines", "collect")
    patches = asking("ines").sheet(SheetKind.SALES_INPUT, find_cycle(context.plan)).table("patches")
    assert patches.select("patch", "state", "source").rows() == [
        ("Nord", "accepted", "submitted"), ("South", "defaulted", "baseline"),
    ]  # fmt: skip


def test_nothing_moves_under_the_signature_on_the_demand(agreed, act, asking):
    signed = "Ines Duarte signed the demand of 2026-05, and nothing moves under a signature"
    for person, layer in (("dora", "L4"), ("ines", "L5"), ("ines", "L2M")):
        with pytest.raises(DemandSignedError, match=signed):
            act(person, "edit", layer=layer, place={"item": "A1"}, mode="add", value=6.0)
    with pytest.raises(DemandSignedError, match=signed):
        act("ines", "return", patch="Nord", note="October looks double")
    context = asking("dora")
    consensus = latest(context.plan, SheetKind.CONSENSUS, cycle=find_cycle(context.plan))
    assert (consensus.state, consensus.stale_because) == ("signed", "")
    opened = act("olga", "reopen", phase="DEMAND", reason="a late call")
    assert opened.figures["signatures_struck"] == 1
    assert [say_what(one) for one in opened.findings] == ["Struck through: “demand agreed” by Ines Duarte."]
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="add", value=6.0)
    with pytest.raises(CannotReopenError, match="or the present one where something in it is signed"):
        act("olga", "reopen", phase="DEMAND", reason="a later call")
