"""News is decided once, by the demand planner: in the plan with its weight, or out of it among the risks."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from onenumber.errors import (
    BadArgumentError,
    CannotSignError,
    DemandSignedError,
    EmptyPlaceError,
    NotAllowedError,
    NotRebasedError,
    OutsideHorizonError,
)
from onenumber.model.cube import State
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.layers import Board, board
from onenumber.steps.frame.news import heard_in
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.milestones import milestones
from onenumber.store.layers import unpack
from onenumber.store.models import AuditRow, EditRow, News, Plan, TriageRow
from onenumber.store.plans import find_cycle
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
ALPHA = {"planning_customer": "alpha"}
LOSS = {"kind": "loss", "text": "alpha buys elsewhere", "place": ALPHA, "patch": "Nord", "in_number": "no",
        "likely": -40.0, "probability": 0.5}  # fmt: skip
TENDER = {**LOSS, "kind": "tender", "text": "a school asks for offers", "likely": 30.0, "probability": 0.6}


def l3(context: Context) -> Board:
    return board(context, find_cycle(context.plan), "L3")


def moved(context: Context, **place: str) -> np.ndarray:
    """L3 as a share of the baseline, of the streams under a place."""
    stand, baseline = l3(context), context.sheet(SheetKind.FORECAST, find_cycle(context.plan)).cube("L1")
    keep = np.ones(len(stand.axis), dtype=bool)
    for name, value in place.items():
        keep &= stand.axis.labels(name) == value
    return stand.cube.values[keep] / baseline.values[keep]


def stands(plan: Plan) -> list[str]:
    return [one.stand.value for one in heard_in(make_context(plan, person="dora"), find_cycle(plan))]


def decide(act: Act, number: int, decision: str, **more: object) -> None:
    act("dora", "triage", news=number, decision=decision, reason="asked the buyer", **more)


def test_news_in_the_plan_counts_times_its_probability(in_demand: None, act: Act, asking: Asking, plan: Plan) -> None:
    assert act("ana", "news", **LOSS).figures["news"] == 1
    assert stands(plan) == ["undecided"]
    outcome = act("dora", "triage", news=1, decision="in", reason="asked the buyer")
    assert (outcome.figures["percent"], outcome.figures["sequence"]) == (-20.0, 1)
    assert moved(asking("dora"), **ALPHA) == pytest.approx(-0.2)
    stand = l3(asking("dora"))
    elsewhere = stand.axis.labels("planning_customer") != "alpha"
    assert (stand.cube.state[elsewhere] == State.NONE).all()
    row = EditRow.objects.get()
    assert (row.author, row.mode, row.value, row.news.text) == ("dora", "percent", -20.0, LOSS["text"])
    assert row.reason == "alpha buys elsewhere (asked the buyer)"
    assert len(unpack(row.leaves)) == outcome.figures["cells"] > 0
    assert stands(plan) == ["in"]
    assert AuditRow.objects.get(verb="triage").what == {"news": 1, "decision": "in", "reason": "asked the buyer"}


def test_a_lumpy_event_counts_whole_or_not_at_all(in_demand: None, act: Act, asking: Asking, plan: Plan) -> None:
    act("ana", "news", **TENDER)
    decide(act, 1, "in")
    assert moved(asking("dora"), **ALPHA) == pytest.approx(0.3)
    decide(act, 1, "out")
    assert not l3(asking("dora")).cube.values.any()
    assert stands(plan) == ["out"]


@pytest.mark.parametrize(("probability", "refused"), [(0.49, "in"), (0.8, "out"), (0.0, "in"), (1.0, "out")])
def test_what_its_probability_settles_is_not_the_planners_choice(
    in_demand: None, act: Act, plan: Plan, probability: float, refused: str
) -> None:
    act("ana", "news", **{**TENDER, "probability": probability})
    with pytest.raises(BadArgumentError, match=f"out under 0.5, and this one has {probability}"):
        decide(act, 1, refused)
    assert not TriageRow.objects.exists()
    decide(act, 1, refused, probability=0.6)
    assert stands(plan) == [refused]


def test_news_that_is_in_the_sales_figure_adds_nothing(in_demand: None, act: Act, asking: Asking, plan: Plan) -> None:
    act("ana", "news", **{**LOSS, "in_number": "yes"})
    assert stands(plan) == ["in the sales figure"]
    decide(act, 1, "in")
    assert not EditRow.objects.exists()
    assert TriageRow.objects.get().reason == "asked the buyer"
    with pytest.raises(BadArgumentError, match="nobody edits another's layer; return the patch"):
        decide(act, 1, "out")
    assert stands(plan) == ["in the sales figure"]
    act("ines", "collect")  # ana submitted nothing: rule R1 stands in, and that knows no news
    assert stands(plan) == ["undecided"]
    decide(act, 1, "in")
    assert moved(asking("dora"), **ALPHA) == pytest.approx(-0.2)


def test_a_new_decision_takes_the_one_before_back(in_demand: None, act: Act, asking: Asking, plan: Plan) -> None:
    act("ana", "news", **LOSS)
    decide(act, 1, "in")
    decide(act, 1, "in", probability=1.0)
    assert moved(asking("dora"), **ALPHA) == pytest.approx(-0.4)
    assert list(EditRow.objects.order_by("pk").values_list("mode", flat=True)) == ["percent", "undo", "percent"]
    assert list(TriageRow.objects.order_by("pk").values_list("probability", flat=True)) == [0.5, 1.0]
    decide(act, 1, "out")
    assert (l3(asking("dora")).cube.state == State.NONE).all()  # absence included
    assert stands(plan) == ["out"]


def test_taking_one_out_leaves_what_came_on_the_same_cells_since(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "news", **LOSS)
    act("ana", "news", **TENDER)
    decide(act, 1, "in")
    decide(act, 2, "in")
    assert moved(asking("dora"), **ALPHA) == pytest.approx(0.1)
    decide(act, 1, "out")
    assert moved(asking("dora"), **ALPHA) == pytest.approx(0.3)
    decide(act, 2, "out")
    assert l3(asking("dora")).cube.values == pytest.approx(0.0)


def test_an_edit_taken_back_leaves_its_news_undecided(in_demand: None, act: Act, asking: Asking, plan: Plan) -> None:
    act("ana", "news", **LOSS)
    decide(act, 1, "in")
    act("dora", "undo", layer="L3", sequence=1)
    assert stands(plan) == ["undecided"]
    assert (l3(asking("dora")).cube.state == State.NONE).all()


def test_it_is_a_change_of_the_baseline_whatever_sales_typed_on_it(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "edit", layer="L2", place=ALPHA, mode="percent", value=50.0)
    act("ana", "news", **LOSS)
    decide(act, 1, "in")
    assert moved(asking("dora"), **ALPHA) == pytest.approx(-0.2)


def test_a_loss_takes_no_more_than_is_there(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "edit", layer="L2", place=ALPHA, mode="percent", value=-70.0, periods=2)
    act("ana", "news", **{**LOSS, "likely": -50.0, "probability": 1.0})
    decide(act, 1, "in")
    shares = moved(asking("dora"), **ALPHA)
    assert shares[:, :2] == pytest.approx(-0.3)
    assert shares[:, 2:] == pytest.approx(-0.5)
    assert l3(asking("dora")).shown.values.min() >= 0.0


def test_it_counts_in_its_months_only(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "news", **LOSS, first="2026-07", periods=2)
    decide(act, 1, "in")
    assert moved(asking("dora"), **ALPHA).mean(axis=0).round(9).tolist() == [0, 0, -0.2, -0.2, 0, 0]


@pytest.mark.parametrize(("first", "periods"), [("2026-04", 1), ("2026-10", 2), ("2026-06", 0), ("2026-11", None)])
def test_months_outside_the_horizon_are_refused(in_demand: None, act: Act, first: str, periods: int | None) -> None:
    with pytest.raises(OutsideHorizonError, match="2026-05 to 2026-10"):
        act("ana", "news", **LOSS, first=first, periods=periods)


@pytest.mark.parametrize(
    ("said", "asked", "match"),
    [
        ({}, {"news": 2}, "2026-05 is numbered: 1 to 1"),
        ({}, {"news": 0}, "2026-05 is numbered: 1 to 1"),
        ({}, {"reason": " "}, "who shared it will read why"),
        ({}, {"probability": 1.5}, "it is from 0 to 1"),
        ({}, {"likely": math.inf}, "it is no number to plan with"),
        ({"likely": None}, {}, "news 1 does not say it"),
        ({"probability": None}, {}, "news 1 does not say it"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_sentence(
    in_demand: None, act: Act, said: dict[str, object], asked: dict[str, object], match: str
) -> None:
    act("ana", "news", **{**LOSS, **said})
    with pytest.raises(BadArgumentError, match=match):
        act("dora", "triage", **{"news": 1, "decision": "in", "reason": "asked", **asked})
    assert not TriageRow.objects.exists()
    assert not EditRow.objects.exists()


def test_only_the_planner_decides(in_demand: None, act: Act) -> None:
    act("ana", "news", **LOSS)
    for person in ("ana", "ines", "olga"):
        with pytest.raises(NotAllowedError, match="may not decide on news: only the demand planner may"):
            act(person, "triage", news=1, decision="in", reason="mine")


def test_the_demand_is_not_signed_over_news_that_nobody_decided(in_demand: None, act: Act, asking: Asking) -> None:
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        act(person, "news", **{**LOSS, "patch": patch})
        act(person, "submit", patch=patch)
        act("ines", "accept", patch=patch)
    act("ana", "news", **{**LOSS, "in_number": "yes"})
    act("ines", "collect")
    act("dora", "agree")
    points = [(one.code, one.subject, one.people) for one in cycle_bar(asking("ines")).open_points]
    assert points == [
        ("news_undecided", "1", ("Dora Lind",)), ("news_undecided", "2", ("Dora Lind",)),
        ("account_unsaid", "alpha", ("Ines Duarte",)), ("not_signed", "demand agreed", ("Ines Duarte",)),
    ]  # fmt: skip
    act("ines", "brief", customer="alpha", how="news", text="it may buy elsewhere")
    with pytest.raises(CannotSignError, match=r"news 1 \(loss at Alpha, Ana Ruiz: .*\) is neither in the plan nor"):
        act("ines", "sign", verb="sign_demand")
    decide(act, 1, "out")
    act("olga", "waive", code="news_undecided", subject="2", reason="dora is ill")
    passed = {person: milestones(asking(person)).waived[0].what for person in ("ines", "ben", "ana")}
    assert passed["ines"].startswith("let pass: news 2 (loss at Alpha, Ben Osei: ")
    assert passed["ben"] == passed["ines"]  # who told it reads which one it is
    assert passed["ana"] == "let pass: news 2 is neither in the plan nor out of it"
    act("ines", "sign", verb="sign_demand")
    act("ana", "news", **LOSS)  # news that comes after the signature waits for the next month
    act("olga", "advance")
    assert not [one for one in cycle_bar(asking("ines")).open_points if one.code == "news_undecided"]


def test_nothing_is_decided_under_a_signature(agreed: None, act: Act) -> None:
    act("ana", "news", **LOSS)
    for decision in ("in", "out"):
        with pytest.raises(DemandSignedError):
            decide(act, 1, decision)
    assert not TriageRow.objects.exists()


def test_a_decision_after_the_consensus_makes_it_stale(in_demand: None, act: Act, asking: Asking) -> None:
    act("ana", "news", **LOSS)
    act("ines", "collect")
    act("dora", "agree")
    decide(act, 1, "in")
    made = asking("dora").version(SheetKind.CONSENSUS, find_cycle(asking("dora").plan))
    assert made is not None
    assert made.stale_because == "layer L3 was typed in after it"


def test_what_is_left_out_changes_no_sheet(in_demand: None, act: Act, asking: Asking, plan: Plan) -> None:
    act("ana", "news", **LOSS)
    act("ines", "collect")
    act("dora", "agree")
    before = {(row.kind, row.sequence): row.content for row in plan.sheets.all()}
    decide(act, 1, "out")
    act("ines", "collect")
    act("dora", "agree")
    assert {(row.kind, row.sequence): row.content for row in plan.sheets.all()} == before
    assert not plan.sheets.exclude(stale_because="").exists()


def test_it_is_replayed_on_a_new_forecast_as_a_part_of_that(
    in_demand: None, act: Act, asking: Asking, plan: Plan, again: Callable[..., None]
) -> None:
    act("ana", "edit", layer="L2", place=ALPHA, mode="percent", value=50.0)
    act("ana", "news", **LOSS)
    act("ana", "news", **TENDER)
    decide(act, 1, "in")
    before = float(l3(asking("dora")).cube.values.sum())
    again(2.0, "alpha")
    with pytest.raises(NotRebasedError):
        decide(act, 1, "out")
    act("dora", "rebase")
    assert moved(asking("dora"), **ALPHA) == pytest.approx(-0.2)
    assert float(l3(asking("dora")).cube.values.sum()) < 1.5 * before < 0
    assert stands(plan) == ["in", "undecided"]
    decide(act, 1, "out")
    assert (l3(asking("dora")).cube.state == State.NONE).all()
    assert not math.isnan(l3(asking("dora")).shown.values.sum())


def test_news_of_what_is_asked_for_no_more_is_not_taken_in(in_demand: None, act: Act) -> None:
    act("ana", "news", **LOSS)
    News.objects.update(place={"planning_customer": "omega"})  # of a customer who was merged since
    with pytest.raises(EmptyPlaceError, match="omega"):
        decide(act, 1, "in")
