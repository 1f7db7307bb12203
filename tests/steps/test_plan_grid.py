"""The planning grid: a tree of places by month, what is typed in it, batches taken whole, and where a cell is from."""

from collections.abc import Callable

import numpy as np
import pytest

from onenumber.errors import NoEditError, StaleEditError
from onenumber.errors.consensus import NegativeDemandError
from onenumber.errors.rights import NotAllowedError
from onenumber.errors.steps import BadArgumentError
from onenumber.model.axis import Axis
from onenumber.model.sheet import SheetKind
from onenumber.steps import edit, undo
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.typing import Asked
from onenumber.steps.see.plan_cell import WHOLE, plan_cell, typed_since
from onenumber.steps.see.plan_grid import ALL_HELD, CARRIED, SOME_HELD, TYPED, GridSeen, layer_to_type, plan_grid
from onenumber.store.models import EditRow
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
JUNE = "2026-06"


@pytest.fixture
def grid(in_demand: None, asking: Asking) -> Callable[..., GridSeen]:
    """``grid("dora", "L4")``: the layer as a person sees it now."""
    return lambda person, layer="L4": plan_grid(asking(person), layer)


def row(grid: GridSeen, key: str) -> int:
    return grid.keys.index(key)


def column(grid: GridSeen, label: str = JUNE) -> int:
    return grid.labels.index(label)


def typed(place: dict[str, str], value: float, *, mode: str = "set", first: str = JUNE) -> Asked:
    return Asked(place=place, mode=mode, value=value, first=first)


def test_a_parent_stands_before_its_parts_and_is_their_sum(grid: Callable[..., GridSeen]) -> None:
    seen = grid("dora")
    assert list(zip(seen.depths[:4].tolist(), seen.keys[:4], seen.names[:4], strict=True)) == [
        (0, "DA", "DA"), (1, "FA", "FA"), (2, "A1", "A1"), (3, "A1|alpha", "Alpha"),
    ]  # fmt: skip
    for parent, depth in (("FA", 2), ("A1", 3)):
        at = row(seen, parent)
        until = next((k for k in range(at + 1, len(seen.depths)) if seen.depths[k] < depth), len(seen.depths))
        below = [k for k in range(at + 1, until) if seen.depths[k] == depth]
        assert len(below) > 1
        assert np.allclose(seen.shown[at], seen.shown[below].sum(axis=0), rtol=1e-12)
    assert not seen.part
    assert seen.writes.all()
    assert np.isnan(seen.added).all()
    assert not seen.marks.any()


def test_a_salesperson_sees_and_types_her_part_in_her_layer_only(grid: Callable[..., GridSeen], act: Act) -> None:
    hers = grid("ana", "L2")
    assert {key for key, depth in zip(hers.keys, hers.depths, strict=True) if depth == 3} == {
        f"{item}|alpha" for item in ("A1", "A2", "B1", "B2")
    }
    assert hers.part
    assert hers.writes.all()
    assert not grid("ana", "L4").writes.any()
    act("ana", "submit", patch="Nord")
    assert not grid("ana", "L2").writes.any()
    whole = grid("ines", "L2")
    assert not whole.writes.any(), "nobody edits another's layer"


def test_the_layer_that_opens_is_the_one_she_types_in(in_demand: None, asking: Asking) -> None:
    found = {person: layer_to_type(asking(person)) for person in ("dora", "ana", "ines", "eva")}
    assert found == {"dora": "L4", "ana": "L2", "ines": "L2M", "eva": "L4"}


def test_what_is_typed_and_held_is_marked_up_the_tree(grid: Callable[..., GridSeen], act: Act) -> None:
    before = grid("dora")
    act("dora", "edit", layer="L4", place={"stream": "A1|alpha"}, mode="add", value=5.0, first=JUNE)
    act("dora", "edit", layer="L4", place={"stream": "A1|alpha"}, mode="lock", first=JUNE)
    seen, at = grid("dora"), column(before)
    assert seen.sequence == 2
    for key, marks in (("A1|alpha", TYPED | ALL_HELD), ("A1", TYPED | SOME_HELD), ("DA", TYPED | SOME_HELD)):
        assert seen.marks[row(seen, key), at] == marks
        assert seen.added[row(seen, key), at] == 5.0
        assert seen.shown[row(seen, key), at] == pytest.approx(before.shown[row(seen, key), at] + 5.0)
    assert seen.marks[row(seen, "A2"), at] == 0
    assert np.isnan(seen.added[row(seen, "A2"), at])


def test_a_sales_figure_adds_what_it_is_over_the_baseline(grid: Callable[..., GridSeen], act: Act) -> None:
    before = grid("ana", "L2")
    at = row(before, "A1|alpha"), column(before)
    act("ana", "edit", layer="L2", place={"stream": "A1|alpha"}, mode="set", value=99.0, first=JUNE)
    seen = grid("ana", "L2")
    assert seen.shown[at] == 99.0
    assert seen.added[at] == pytest.approx(99.0 - before.shown[at])
    assert seen.marks[at] == TYPED
    assert not (seen.marks & CARRIED).any()


def test_who_sees_no_plan_and_who_asks_for_no_layer_are_refused(in_demand: None, asking: Asking) -> None:
    with pytest.raises(NotAllowedError, match="their roles see no plan"):
        plan_grid(asking("adam"), "L4")
    with pytest.raises(BadArgumentError, match="it is one of L2, L2M, L3, L4, L5"):
        plan_grid(asking("dora"), "L7")


def test_a_batch_is_taken_whole_each_on_what_those_before_it_left(
    grid: Callable[..., GridSeen], asking: Asking
) -> None:
    before = grid("dora")
    asked = [typed({"item": "A1"}, 100.0), typed({"family": "FA"}, 10.0, mode="percent")]
    done = edit.run_batch(asking("dora"), layer="L4", asked=asked, seen=0)
    assert (done.figures["sequence"], done.figures["edits"]) == (2, 2)
    seen, at = grid("dora"), column(before)
    assert seen.shown[row(seen, "A1"), at] == pytest.approx(110.0)
    assert seen.shown[row(seen, "A2"), at] == pytest.approx(1.1 * before.shown[row(before, "A2"), at])


def test_a_batch_of_sales_figures_builds_on_itself(grid: Callable[..., GridSeen], asking: Asking) -> None:
    before = grid("ana", "L2")
    asked = [typed({"stream": "A1|alpha"}, 50.0), typed({"family": "FA"}, 10.0, mode="percent")]
    edit.run_batch(asking("ana"), layer="L2", asked=asked)
    seen, at = grid("ana", "L2"), column(before)
    assert seen.shown[row(seen, "A1"), at] == pytest.approx(55.0)
    assert seen.shown[row(seen, "A2"), at] == pytest.approx(1.1 * before.shown[row(before, "A2"), at])


def test_a_lock_in_a_batch_holds_what_comes_after_it(grid: Callable[..., GridSeen], asking: Asking) -> None:
    before = grid("dora")
    held = Asked(place={"stream": "A1|alpha"}, mode="lock", first=JUNE)
    edit.run_batch(asking("dora"), layer="L4", asked=[held, typed({"item": "A1"}, 30.0, mode="add")])
    seen, at = grid("dora"), column(before)
    assert seen.shown[row(seen, "A1|alpha"), at] == before.shown[row(before, "A1|alpha"), at]
    assert seen.shown[row(seen, "A1"), at] == pytest.approx(before.shown[row(before, "A1"), at] + 30.0)


def test_of_a_batch_with_one_bad_value_nothing_is_kept(in_demand: None, asking: Asking) -> None:
    asked = [typed({"item": "A1"}, 100.0), typed({"item": "A2"}, -9999.0, mode="add")]
    with pytest.raises(NegativeDemandError):
        edit.run_batch(asking("dora"), layer="L4", asked=asked)
    with pytest.raises(NotAllowedError):
        edit.run_batch(asking("ana"), layer="L4", asked=[typed({"item": "A1"}, 100.0)])
    assert not EditRow.objects.exists()


def test_the_second_writer_is_refused_and_may_apply_to_the_rest_or_on_the_new_values(
    grid: Callable[..., GridSeen], asking: Asking, act: Act
) -> None:
    before, at = grid("dora"), column(grid("dora"))
    act("dora", "edit", layer="L4", place={"stream": "A1|alpha"}, mode="add", value=7.0, first=JUNE)
    batch = [typed({"item": "A2"}, 40.0), typed({"item": "A1"}, 10.0, mode="percent")]
    with pytest.raises(StaleEditError, match="1 of these cells moved since you looked: Dora Lind changed A1|alpha"):
        edit.run_batch(asking("dora"), layer="L4", asked=batch, seen=0)
    assert EditRow.objects.count() == 1
    assert [(one.sequence, one.place) for one in typed_since(asking("dora"), "L4", 0)] == [(1, "A1|alpha")]
    edit.run_batch(asking("dora"), layer="L4", asked=batch, seen=0, rest=True)
    seen = grid("dora")
    moved = before.shown[row(before, "A1|alpha"), at] + 7.0
    assert seen.shown[row(seen, "A1|alpha"), at] == pytest.approx(moved), "what somebody else moved holds"
    assert seen.shown[row(seen, "A1"), at] == pytest.approx(1.1 * (before.shown[row(before, "A1"), at] + 7.0))
    edit.run_batch(asking("dora"), layer="L4", asked=batch, seen=seen.sequence)
    assert grid("dora").shown[row(seen, "A1|alpha"), at] == pytest.approx(1.1 * moved)


def test_the_rest_is_of_what_was_seen(in_demand: None, asking: Asking) -> None:
    with pytest.raises(BadArgumentError, match="say by --seen what you were shown"):
        edit.run(asking("dora"), layer="L4", place={"item": "A1"}, mode="add", value=1.0, rest=True)


def test_a_batch_is_taken_back_whole(grid: Callable[..., GridSeen], asking: Asking) -> None:
    before = grid("dora")
    asked = [typed({"item": "A1"}, 100.0), typed({"family": "FA"}, 10.0, mode="percent")]
    edit.run_batch(asking("dora"), layer="L4", asked=asked)
    with pytest.raises(NoEditError):
        undo.run_batch(asking("dora"), layer="L4", sequences=[9, 2])
    done = undo.run_batch(asking("dora"), layer="L4", sequences=[1, 2])
    assert (done.figures["sequence"], done.figures["edits"]) == (4, 2)
    seen = grid("dora")
    assert np.array_equal(seen.shown, before.shown)
    assert not seen.marks.any()


def test_the_layers_of_a_cell_add_up_to_it_and_its_edits_say_who_and_why(
    grid: Callable[..., GridSeen], asking: Asking, act: Act
) -> None:
    act("ana", "edit", layer="L2", place={"stream": "A1|alpha"}, mode="set", value=99.0, first=JUNE, reason="a site")
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="percent", value=10.0, first=JUNE, reason="seen before")
    act("dora", "edit", layer="L4", place={"item": "A2"}, mode="percent", value=50.0, first=JUNE)
    act("dora", "undo", layer="L4", sequence=2)
    seen = grid("dora")
    story = plan_cell(asking("dora"), "L4", place={"family": "FA"}, period=JUNE)
    assert story.shown == pytest.approx(seen.shown[row(seen, "FA"), column(seen)])
    assert sum(amount for _, amount in story.parts) == pytest.approx(story.shown)
    assert [code for code, _ in story.parts] == ["L1", "L2", "L4"]
    said = [(one.layer, one.sequence, one.place, one.mode, one.reason, one.undone) for one in story.edits]
    assert said == [
        ("L4", 3, "A2", "undo", "undo of 2", False),
        ("L4", 2, "A2", "percent", "", True),
        ("L4", 1, "A1", "percent", "seen before", False),
        ("L2", 1, "A1 for Alpha", "set", "a site", False),
    ]
    assert story.edits[-1].came_to == pytest.approx(dict(story.parts)["L2"])
    hers = plan_cell(asking("ana"), "L2", place={"item": "A1"}, period=JUNE)
    assert hers.shown == 99.0
    assert [code for code, _ in hers.parts] == ["L1", "L2"]
    assert ([one.layer for one in hers.edits], hers.hidden) == (["L2"], 1)


@pytest.mark.usefixtures("agreed")
def test_once_the_demand_is_agreed_the_sum_of_layers_is_the_consensus(asking: Asking, act: Act) -> None:
    dora = asking("dora")
    sheet = glance(dora).sheet(SheetKind.CONSENSUS, glance(dora).cycle(""))
    assert sheet is not None
    whole, layers = sheet.cube("consensus"), sheet.cube("unrounded")
    assert not np.array_equal(whole.values, layers.values)  # the layers are not whole
    for code in ("L2M", "L3", "L4", "L5"):
        seen = plan_grid(dora, code)
        assert seen.agreed
        for key in ("DA", "FA", "A1"):
            below = [k for k, node in enumerate(seen.keys) if seen.depths[k] == 3 and _below(whole.axis, node, key)]
            assert np.array_equal(seen.shown[row(seen, key)], seen.shown[below].sum(axis=0))
            assert np.array_equal(seen.shown[row(seen, key)], np.rint(seen.shown[row(seen, key)]))
        assert np.array_equal(
            seen.shown[row(seen, "A1|alpha")], whole.values[whole.axis.find(np.array(["A1|alpha"]))[0]]
        )
    hers, sales = plan_grid(dora, "L2"), sheet.cube("S")
    assert np.array_equal(hers.shown[row(hers, "A1|alpha")], sales.values[sales.axis.find(np.array(["A1|alpha"]))[0]])
    story = plan_cell(dora, "L4", place={"family": "FA"}, period=JUNE)
    seen = plan_grid(dora, "L4")
    assert story.shown == seen.shown[row(seen, "FA"), column(seen)]
    assert sum(amount for _, amount in story.parts) == pytest.approx(story.shown)
    assert {code for code, _ in story.parts} <= {"L1", WHOLE}
    act("olga", "reopen", phase="DEMAND", reason="a figure is wrong")
    again = plan_grid(asking("dora"), "L4")
    assert not again.agreed
    assert np.allclose(again.shown[row(again, "A1|alpha")], layers.values[layers.axis.find(np.array(["A1|alpha"]))[0]])


def _below(axis: Axis, stream: str, key: str) -> bool:
    at = axis.find(np.array([stream]))
    return key in {axis.labels(level)[at][0] for level in ("division", "family", "item")}
