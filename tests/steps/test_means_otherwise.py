"""What was typed above the sales figure and stands for something else by now is listed, and nothing is written over."""

from collections.abc import Callable

import pytest

from onenumber.model.finding import Finding
from onenumber.model.sentences import say
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.layers import board
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.see.edits import edits_shown
from onenumber.store.models import EditRow
from onenumber.store.plans import find_cycle
from tests.steps.conftest import Act
from tests.steps.test_rebase import baseline

Asking = Callable[[str], Context]
A1 = {"item": "A1", "patch": "Nord"}


def listed_in(outcome: Outcome) -> list[Finding]:
    """What is said but for who handed in nothing."""
    return [finding for finding in outcome.findings if not finding.code.startswith("defaulted_")]


def codes(outcome: Outcome) -> list[str]:
    return [finding.code for finding in listed_in(outcome)]


def l2m(context: Context) -> float:
    return float(board(context, find_cycle(context.plan), "L2M").cube.values.sum())


def test_a_percentage_of_an_unsubmitted_figure_is_listed_when_it_does_not_count(
    in_demand: None, act: Act, asking: Asking
) -> None:
    act("ana", "edit", layer="L2", place=A1, mode="set", value=200.0)
    act("ines", "edit", layer="L2M", place=A1, mode="percent", value=5.0)
    told = round(baseline(asking("ines"), **A1) * 0.05, 1)
    outcome = act("ines", "collect")  # ana submitted nothing: her 200 do not count
    (listed,) = listed_in(outcome)
    assert say(listed) == (
        f"L2M, edit 1 by Ines Duarte: +5 % at A1, Nord came to 10 pcs when it was typed and would come to {told:g} pcs "
        "now, because what it is a percentage of has changed. It stays as it was; take it back (`undo`) and type it "
        "again if the percentage is still meant."
    )
    assert codes(act("dora", "agree")) == ["percent_moved"]
    assert EditRow.objects.filter(layer__code="L2M").count() == 1
    assert l2m(asking("ines")) == pytest.approx(10.0)
    act("ines", "undo", layer="L2M", sequence=1)
    act("ines", "edit", layer="L2M", place=A1, mode="percent", value=5.0)
    assert l2m(asking("ines")) == pytest.approx(baseline(asking("ines"), **A1) * 0.05)
    assert codes(act("dora", "agree")) == []


def test_a_percentage_of_a_figure_that_was_typed_again_is_listed(in_demand: None, act: Act) -> None:
    act("ana", "edit", layer="L2", place=A1, mode="set", value=200.0)
    act("ines", "edit", layer="L2M", place=A1, mode="percent", value=5.0)
    act("dora", "edit", layer="L4", place=A1, mode="percent", value=10.0)  # 21
    act("dora", "edit", layer="L4", place=A1, mode="add", value=3.0)
    act("ana", "edit", layer="L2", place=A1, mode="set", value=300.0)
    act("ana", "submit", patch="Nord")
    act("ines", "accept", patch="Nord")
    said = [finding.values for finding in listed_in(act("ines", "collect"))]
    assert [(one["layer"], one["before"], one["after"]) for one in said] == [
        ("L2M", "10 pcs", "15 pcs"), ("L4", "21 pcs", "31.5 pcs"),
    ]  # fmt: skip


def test_nothing_is_listed_where_all_means_what_it_meant(in_demand: None, act: Act, again: Callable[..., None]) -> None:
    act("ana", "edit", layer="L2", place=A1, mode="set", value=200.0)
    act("ines", "edit", layer="L2M", place={"family": "FA"}, mode="percent", value=5.0, periods=3)
    act("dora", "edit", layer="L4", place=A1, mode="lock")
    act("dora", "edit", layer="L4", place={"item": "A1"}, mode="set", value=500.0)
    act("dora", "edit", layer="L4", place={"family": "FB"}, mode="percent", value=10.0)
    act("dora", "edit", layer="L4", place={"item": "B2"}, mode="percent", value=5.0)
    again(2, "beta")
    act("dora", "edit", layer="L4", place={"stream": "B1|alpha"}, mode="set", value=44.0)
    act("dora", "rebase")  # around what was typed on the new forecast
    act("ana", "submit", patch="Nord")
    act("ines", "accept", patch="Nord")
    assert codes(act("ines", "collect")) == codes(act("dora", "agree")) == []


def test_a_figure_on_other_sales_than_it_was_typed_on_is_listed(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "edit", layer="L2", place=A1, mode="add", value=30.0, periods=2)
    act("ines", "edit", layer="L5", place=A1, mode="set", value=1200.0, periods=3)
    outcome = act("ines", "collect")
    (listed,) = listed_in(outcome)
    assert say(listed) == (
        "L5, edit 1 by Ines Duarte: 1200 pcs was typed at A1, Nord, and 2026-05 shows 1170 pcs; 2 of its 3 months "
        "differ. Type the figure again if it is still meant; what was typed beside it since is in the sum."
    )
    act("ines", "edit", layer="L5", place=A1, mode="set", value=1200.0, periods=3)
    assert codes(act("dora", "agree")) == []  # the later word stands for both


def test_a_figure_beside_which_news_was_taken_in_is_listed_by_agree_and_rebase(
    in_demand: None, act: Act, again: Callable[..., None]
) -> None:
    act("ines", "edit", layer="L5", place=A1, mode="set", value=1200.0)
    act("dora", "edit", layer="L3", place=A1, mode="add", value=60.0)
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "submit", patch=patch)
        act("ines", "accept", patch=patch)
    act("ines", "collect")
    (one,) = act("dora", "agree").findings
    assert (one.values["typed"], one.values["now"]) == ("1200 pcs", "1260 pcs")
    again(2, "beta")
    assert codes(act("dora", "rebase"))[:1] == ["figure_not_held"]


def test_a_figure_above_or_below_that_was_typed_later_is_meant(
    in_demand: None, act: Act, again: Callable[..., None]
) -> None:
    act("ines", "edit", layer="L5", place={"family": "FA"}, mode="set", value=2000.0, periods=3)
    act("ines", "edit", layer="L5", place=A1, mode="set", value=1200.0, periods=2)
    assert codes(act("ines", "collect")) == []
    act("dora", "edit", layer="L4", place={"item": "A2"}, mode="add", value=9.0)
    (listed,) = listed_in(act("dora", "agree"))  # of the family alone: A1 shows what was typed
    assert (listed.values["spot"], listed.values["differ"]) == ("FA", 1)


def test_all_of_it_taken_away_is_a_figure_of_nothing(in_demand: None, act: Act) -> None:
    act("dora", "edit", layer="L4", place=A1, mode="percent", value=-100.0, periods=3)
    assert codes(act("ines", "collect")) == []
    act("dora", "edit", layer="L3", place=A1, mode="add", value=30.0)
    (listed,) = listed_in(act("dora", "agree"))
    assert say(listed).startswith("L4, edit 1 by Dora")
    assert ": -100 % was typed at A1, Nord, and 2026-05 shows " in say(listed)


def test_what_an_edit_came_to_stands_beside_what_was_typed(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "edit", layer="L2", place=A1, mode="set", value=200.0)
    act("ana", "edit", layer="L2", place=A1, mode="percent", value=10.0, periods=2)
    act("ines", "edit", layer="L2M", place=A1, mode="percent", value=5.0)
    act("dora", "edit", layer="L4", place=A1, mode="lock")
    cube = asking("ana").sheet(SheetKind.FORECAST, find_cycle(asking("ana").plan)).cube("L1")
    row = cube.axis.rows(["A1|alpha"])[0]
    first, second = cube.values[row, :2].tolist()
    shown = [one.came_to for one in edits_shown(asking("dora"))]
    assert shown == [
        {"pcs": pytest.approx(200.0 - first)}, {"pcs": pytest.approx(20.0 + second * 0.1)},
        {"pcs": pytest.approx(11.0)}, {},
    ]  # fmt: skip
