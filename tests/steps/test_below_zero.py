"""Layers that come to less than nothing: the consensus is zero there, and whoever agrees on it is told."""

from collections.abc import Callable

import pytest

from onenumber.model.sentences import say_place, say_what
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.store.plans import find_cycle
from tests.steps.conftest import Act

Asking = Callable[[str], Context]


@pytest.fixture
def handed_in(in_demand: None, act: Act) -> None:
    """Sales hand in 5 where the planner had taken 20 off what the baseline showed, in the first two months."""
    act("dora", "edit", layer="L4", place={"stream": "A1|alpha"}, mode="add", value=-20.0, periods=2)
    act("ana", "edit", layer="L2", place={"stream": "A1|alpha"}, mode="set", value=5.0, periods=2)
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "submit", patch=patch)
        act("ines", "accept", patch=patch)
    act("ines", "collect")


def test_who_agrees_is_told_where_the_layers_come_to_less_than_nothing(
    handed_in: None, act: Act, asking: Asking
) -> None:
    outcome = act("dora", "agree")
    told = [finding for finding in outcome.findings if finding.code == "below_zero"]
    assert [say_place(finding.place) for finding in told] == ["A1|alpha, 2026-05"]
    assert say_what(told[0]) == (
        "The layers come to -15 pcs (S 5, L4 -20), and the consensus is 0 there; months of it below zero: 2."
    )
    context = asking("dora")
    sheet = context.sheet(SheetKind.CONSENSUS, find_cycle(context.plan))
    assert sheet is not None
    assert sheet.notes["below_zero"] == outcome.figures["below_zero"] == 2
    consensus = sheet.cube("consensus")
    assert consensus.values[consensus.axis.rows(["A1|alpha"])[0], :2].tolist() == [0.0, 0.0]


def test_where_no_layer_takes_more_than_there_is_nobody_is_told(agreed: None, act: Act) -> None:
    outcome = act("dora", "agree")
    assert "below_zero" not in outcome.figures
    assert not [finding for finding in outcome.findings if finding.code == "below_zero"]
