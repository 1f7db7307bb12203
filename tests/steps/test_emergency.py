"""A named emergency: from the planner's wish through the executive's decision to the plan that lists it."""

from pathlib import Path

import numpy as np
import pytest

from onenumber.errors import BadArgumentError, BadDifferenceError, CannotSignError, NoSheetError, NotAllowedError
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.candidates import MOST_PAPERS
from onenumber.steps.frame.reading import standing_moves
from onenumber.store.models import AuditRow, EmergencyRow, Plan
from onenumber.store.plans import find_cycle
from onenumber.supply.differences import FirmMove, to_json
from tests.steps.month_for_tests import PAPER, do, founded, sheet, to_review, to_supply, version

EMERGENCY = "2026-05-emergency-A1@P1"
ASKED = {"item": "A1", "site": "P1", "quantity": 12.0, "reason": "alpha's line stands still"}


@pytest.fixture
def reviewed(db: None, settings: object, tmp_path: Path) -> Plan:
    """A plan whose review is made."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("live", "live", tmp_path / "data")
    to_supply(plan)
    with pytest.raises(NoSheetError, match="proposed supply plan"):
        do(plan, "sven", "emergency", **ASKED)
    to_review(plan)
    return plan


def _moves(plan: Plan, stage: str) -> list[tuple[object, ...]]:
    table = sheet(plan, SheetKind.SUPPLY_PLAN, stage).tables.get("firm_moves")
    return [] if table is None else table.select("item", "site", "period", "asked", "quantity").rows()


def test_what_was_decided_comes_inside_the_fence_and_is_listed_with_its_price(reviewed: Plan) -> None:
    do(reviewed, "sven", "emergency", **ASKED)
    do(reviewed, "olga", "prepare")
    papers = sheet(reviewed, SheetKind.DECISION, "papers").table("papers")
    assert papers["paper"].to_list()[0] == EMERGENCY  # what a person asked for comes first
    assert PAPER in papers["paper"].to_list()
    options = sheet(reviewed, SheetKind.DECISION, "papers").table("options").filter(paper=EMERGENCY)
    move = FirmMove(item="A1", site="P1", period=find_cycle(reviewed, "").index, quantity=12.0)
    assert options.select("option", "kind", "difference").row(0) == ("A", "firm_move", to_json(move))
    do(reviewed, "omar", "sign", verb="sign_review")
    do(reviewed, "olga", "advance")
    do(reviewed, "eva", "decide", paper=EMERGENCY, option="A")
    do(reviewed, "eva", "decide", paper=PAPER, option="E")
    do(reviewed, "sven", "replan")
    assert _moves(reviewed, "proposed") == []
    final = sheet(reviewed, SheetKind.SUPPLY_PLAN, "final")
    row = final.table("firm_moves").row(0, named=True)
    taken = row["quantity"]
    assert 0 < taken <= row["asked"] == 12.0
    assert (row["kind"], row["cost"]) == ("make", pytest.approx(taken * 6.0))  # the standard cost of A1
    before = sheet(reviewed, SheetKind.SUPPLY_PLAN, "proposed").cube("production")
    made = final.cube("production").values - before.values
    assert made[before.axis.rows(["A1|P1"])[0], 0] == pytest.approx(taken)
    assert np.abs(made[:, 0]).sum() == pytest.approx(taken)  # nothing else moves in the firm period


def test_without_a_yes_nothing_moves_in_the_firm_period(reviewed: Plan) -> None:
    do(reviewed, "sven", "emergency", **ASKED)
    do(reviewed, "olga", "prepare")
    do(reviewed, "omar", "sign", verb="sign_review")
    do(reviewed, "olga", "advance")
    for paper, option in ((EMERGENCY, "B"), (PAPER, "A")):
        do(reviewed, "eva", "decide", paper=paper, option=option)
    do(reviewed, "sven", "replan")
    assert _moves(reviewed, "final") == []


def test_the_newest_of_an_item_stands_and_none_takes_it_back(reviewed: Plan) -> None:
    do(reviewed, "sven", "emergency", **ASKED)
    do(reviewed, "omar", "emergency", **{**ASKED, "quantity": 5.0})
    cycle = find_cycle(reviewed, "")
    assert [move.quantity for move in standing_moves(cycle)] == [5.0]
    do(reviewed, "sven", "emergency", **{**ASKED, "quantity": 0.0})
    assert standing_moves(cycle) == ()
    assert EmergencyRow.objects.count() == AuditRow.objects.filter(verb="emergency").count() == 3  # nothing is lost


def test_papers_that_lack_it_are_stale_and_cannot_be_recommended(reviewed: Plan) -> None:
    do(reviewed, "olga", "prepare")
    do(reviewed, "sven", "emergency", **ASKED)
    assert version(reviewed, SheetKind.DECISION, "papers").stale_because == (
        "an emergency of A1 at P1 was named after it"
    )
    with pytest.raises(CannotSignError, match="is stale and must be made again"):
        do(reviewed, "omar", "sign", verb="sign_review")


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [
        ({"quantity": -1.0}, BadArgumentError, "0 takes the emergency back"),
        ({"quantity": float("nan")}, BadArgumentError, "0 takes the emergency back"),
        ({"reason": "  "}, BadArgumentError, "who decides will read it"),
        ({"item": "Z9"}, BadDifferenceError, "'Z9' is neither made nor bought at 'P1' in 2026-05"),
        ({"period": "2026-08"}, BadDifferenceError, "'A1' can come to 'P1' in 2026-08 without an emergency"),
    ],
)
def test_what_could_not_be_is_refused_at_once(
    reviewed: Plan, changed: dict[str, object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        do(reviewed, "sven", "emergency", **{**ASKED, **changed})
    assert not EmergencyRow.objects.exists()


def test_it_is_asked_for_by_who_plans_supply(reviewed: Plan) -> None:
    with pytest.raises(NotAllowedError, match="may not name an emergency"):
        do(reviewed, "ana", "emergency", **ASKED)


def test_no_more_are_named_than_there_can_be_papers(reviewed: Plan) -> None:
    cycle = find_cycle(reviewed, "")
    do(reviewed, "sven", "emergency", **ASKED)
    first = EmergencyRow.objects.get()
    for k in range(MOST_PAPERS - 1):
        EmergencyRow.objects.create(
            plan=reviewed, cycle=cycle, item=f"X{k}", site="P1", period=first.period, quantity=1.0, person="sven",
            reason="it stands", at=first.at,
        )  # fmt: skip
    with pytest.raises(BadArgumentError, match="7 emergencies stand"):
        do(reviewed, "sven", "emergency", **{**ASKED, "item": "A2"})
    do(reviewed, "sven", "emergency", **{**ASKED, "quantity": 9.0})  # one that stands may change
    EmergencyRow.objects.exclude(item="A1").delete()
    papers = do(reviewed, "olga", "prepare")
    assert papers.figures["papers"] == len({EMERGENCY, PAPER})
