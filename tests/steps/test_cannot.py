"""A plant's "cannot": a conflict with its price, a plan tried with it, a paper, and the plan as decided."""

from pathlib import Path

import polars as pl
import pytest
from pytest_django.fixtures import Settings

from onenumber.errors import CannotSignError, NotAllowedError
from onenumber.errors.review import NoSuchConflictError
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.words import say_change
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.plants import asked_of
from onenumber.steps.see.cannot import CannotLine, cannot_lines, cannot_shown, cannot_tried
from onenumber.steps.see.conflicts import conflicts_shown
from onenumber.steps.see.supply import without_paper
from onenumber.store.models import Plan
from onenumber.store.plans import find_cycle
from tests.standing import once_a_run
from tests.steps.month_for_tests import LINES, NOW, do, founded, sheet, to_supply, version

MONTH = "2026-07"
SAYS = {"site": "P1", "item": "A1", "month": MONTH, "quantity": 10.0, "note": "the mould is worn"}
NAMED = f"P1 A1 {MONTH}"
LIMITED = "The plan is made with what Plant 1 can make of A1 in 2026-07: 10."
PAPER = f"2026-05-plant-A1@P1-{MONTH}"


@pytest.fixture
def plan(db: None, settings: Settings, tmp_path: Path) -> Plan:
    """The proposed plan of May, of which the plant says that it cannot make the A1 of July."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = founded("plants", "live", tmp_path / "data")
    to_supply(made)
    once_a_run(do)(made, "sven", "plan")
    do(made, "pia", "answer-plan", **SAYS)
    return made


def looking(plan: Plan, person: str = "sven") -> Context:
    return make_context(plan, person=person, now=NOW)


def lines(plan: Plan, person: str = "sven") -> tuple[CannotLine, ...]:
    look = glance(looking(plan, person))
    return cannot_lines(look, look.cycle())


def asks(plan: Plan, stage: str = "proposed") -> float:
    index = looking(plan).frame().calendar.labelled(MONTH).index
    return asked_of(sheet(plan, SheetKind.SUPPLY_PLAN, stage).cube("production"), site="P1", item="A1", period=index)


def goes_up(plan: Plan, *causes: str) -> None:
    """The conflict is escalated, with the shortages; the supply plan is signed and reviewed."""
    for subject in ("L1", *causes):
        do(plan, "sven", "escalate", subject=subject, reason="no hours left in autumn")
    do(plan, "omar", "sign", verb="sign_supply")
    do(plan, "olga", "advance")
    do(plan, "fay", "review")


def test_it_is_a_row_of_the_conflicts_with_quantity_money_who_and_why_and_an_owner(plan: Plan) -> None:
    (one,) = conflicts_shown(looking(plan)).cannot
    assert (one.subject, one.asks, one.can, one.by, one.note) == (
        NAMED, asks(plan), 10.0, "Pia Rossi", "the mould is worn"
    )  # fmt: skip
    assert one.money == pytest.approx((asks(plan) - 10.0) * 6.0)  # the margin of an A1
    assert (one.owner, one.passed, one.paper, one.amends) == ("Sven Berg", "", "", False)


def test_who_does_not_read_the_costs_of_the_company_sees_none(plan: Plan) -> None:
    assert [len(lines(plan, one)) for one in ("sven", "omar", "dora", "pia", "ana", "adam")] == [1, 1, 1, 0, 0, 0]
    for person in ("pia", "ana", "adam"):
        with pytest.raises(NotAllowedError):
            cannot_shown(looking(plan, person), "P1", "A1", MONTH)
        with pytest.raises(NotAllowedError):
            cannot_tried(looking(plan, person), "P1", "A1", MONTH)
    with pytest.raises(NoSuchConflictError):
        cannot_shown(looking(plan), "P1", "A1", "2026-08")


def test_the_plan_is_tried_with_what_the_plant_can_and_nothing_is_kept(plan: Plan) -> None:
    before = version(plan, SheetKind.SUPPLY_PLAN, "proposed").content
    tried = cannot_tried(looking(plan), "P1", "A1", MONTH)
    assert [say_change(one.change) for one in tried.options] == [
        LIMITED,
        f"{LIMITED} Overtime step 1 on Line 1 (L1) from 2026-06 to 2026-08.",
        "Nothing changes: the proposed plan stands.",
    ]
    assert tried.recommended in ("A", "B")
    worst = tried.options[0]
    assert (worst.net_cost or 0.0) > 0
    assert tried.shorts  # be it of another item: what the line makes then is worth more
    assert all(one.cause for one in tried.shorts)
    assert version(plan, SheetKind.SUPPLY_PLAN, "proposed").content == before
    assert asks(plan) > 10.0  # everybody's plan is as it was


def test_what_went_up_is_a_paper_with_costed_options_without_which_the_review_is_not_signed(plan: Plan) -> None:
    goes_up(plan, NAMED)
    assert lines(plan)[0].passed == "no hours left in autumn"
    do(plan, "olga", "prepare")
    papers = sheet(plan, SheetKind.DECISION, "papers")
    row = papers.table("papers").filter(pl.col("paper") == PAPER).row(0, named=True)
    options = papers.table("options").filter(pl.col("paper") == PAPER).sort("option")
    assert options["kind"].to_list() == ["plant_limit", "together", "do_nothing"]
    assert options["net_cost"].null_count() == 0
    assert (row["question"], row["default_option"]) == ("plant_cannot_make", "C")
    assert row["recommended"] in ("A", "B")
    assert lines(plan)[0].paper == PAPER
    assert NAMED not in without_paper(looking(plan, "omar"))


def test_papers_that_lack_it_keep_the_review_from_being_signed(plan: Plan) -> None:
    goes_up(plan, NAMED)
    do(plan, "olga", "prepare")
    do(plan, "pia", "answer-plan", **{**SAYS, "item": "B1", "quantity": 5.0})
    assert "P1 said after it what it cannot make of B1" in version(plan, SheetKind.DECISION, "papers").stale_because
    with pytest.raises(CannotSignError):
        do(plan, "omar", "sign", verb="sign_review")
    do(plan, "olga", "prepare")
    keys = sheet(plan, SheetKind.DECISION, "papers").table("papers")["paper"].to_list()
    assert {PAPER, f"2026-05-plant-B1@P1-{MONTH}"} <= set(keys)


@pytest.mark.parametrize(("option", "most"), [("A", 10.0), ("B", 10.0), ("C", None)])
def test_only_what_is_decided_enters_the_final_plan(plan: Plan, option: str, most: float | None) -> None:
    goes_up(plan, NAMED)
    do(plan, "olga", "prepare")
    for cause in without_paper(looking(plan, "omar")):
        do(plan, "olga", "waive", code="conflict_open", subject=cause, reason="nothing to choose")
    do(plan, "omar", "sign", verb="sign_review")
    do(plan, "olga", "advance")
    do(plan, "eva", "decide", paper=PAPER, option=option)
    do(plan, "eva", "decide", paper="2026-05-L1", option="E")
    do(plan, "sven", "replan")
    asked = asks(plan, "final")
    assert asked == pytest.approx(most) if most is not None else asked > 10.0
    do(plan, "omar", "sign", verb="confirm_final")
    for line in LINES:
        do(plan, "eva", "decide", paper=line, option="accept", rationale="the budget is of last year")
    do(plan, "eva", "sign", verb="approve_final")
    do(plan, "olga", "advance")
    do(plan, "olga", "publish")
    assert find_cycle(plan, "").phase == "PUBLISH"


def test_a_plan_that_asks_no_more_has_no_such_conflict(plan: Plan) -> None:
    do(plan, "pia", "take-plan", site="P1")
    assert lines(plan) == ()
    goes_up(plan)
    do(plan, "olga", "prepare")
    assert PAPER not in sheet(plan, SheetKind.DECISION, "papers").table("papers")["paper"].to_list()
