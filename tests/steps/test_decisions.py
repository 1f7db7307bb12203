"""A decision after it was taken: it stands until withdrawn or expired, and is shown again when its figures move."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from onenumber.cli import main
from onenumber.errors import CannotSignError
from onenumber.model.sentences import say
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.words import CHANGES, say_change
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.gates import lines_waiting, undecided, waivers_of
from onenumber.steps.see.cycle import OpenPoint, cycle_bar, plan_that_came_back
from onenumber.steps.see.papers import papers_shown
from onenumber.store.models import AuditRow, DecisionRow, Plan, WaiverRow
from onenumber.store.plans import find_cycle
from onenumber.supply.differences import KINDS
from tests import tiny
from tests.steps.month_for_tests import (
    LINES,
    NOTHING,
    NOW,
    OVERTIME,
    PAPER,
    do,
    founded,
    sheet,
    squeezed,
    to_executive,
    to_forecast,
    to_signed_demand,
    to_supply,
)

AFTER = dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC)
DEADLINE = dt.date(2026, 8, 30)


@pytest.fixture
def live(db: None, settings: object, tmp_path: Path) -> Plan:
    """A live plan whose papers are on the executive's table."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("live", "live", tmp_path / "data")
    to_supply(plan)
    to_executive(plan)
    return plan


def again(plan: Plan, folder: Path, *, overtime: pl.DataFrame) -> None:
    """The month goes back to its data, and comes to the executive again with other overtime."""
    do(plan, "olga", "reopen", phase="DATA", reason="overtime has a new price")
    do(plan, "olga", "load", folder=tiny.write(folder, {"overtime": overtime}))
    to_forecast(plan)
    to_signed_demand(plan)
    to_executive(plan)


def waiting(plan: Plan, *, at: dt.datetime = NOW) -> list[OpenPoint]:
    """What the cycle bar shows the executive of papers."""
    points = cycle_bar(make_context(plan, person="eva", now=at)).open_points
    return [one for one in points if one.code.startswith("paper_")]


def dearer(cost: float) -> pl.DataFrame:
    return squeezed()["overtime"].with_columns(cost_per_hour=pl.lit(cost))


def test_a_decision_whose_figures_moved_is_shown_again_with_who_took_it_and_what_moved(
    live: Plan, tmp_path: Path
) -> None:
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME)
    again(live, tmp_path / "more", overtime=dearer(3.0))
    (point,) = waiting(live)
    assert (point.code, point.subject, point.mine) == ("paper_moved", PAPER, True)
    assert point.name == f"{PAPER} (Eva Okafor: A; moved since: net cost, extra cost)"
    do(live, "sven", "replan")  # the decision still stands: the same option, at another price
    assert sheet(live, SheetKind.DECISION, "decided").table("decisions").rows() == [(PAPER, "A", "eva", "decided")]
    do(live, "omar", "sign", verb="confirm_final")
    with pytest.raises(CannotSignError, match=r"moved since: net cost, extra cost\) must be decided again"):
        do(live, "eva", "sign", verb="approve_final")
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME)
    assert waiting(live) == []


def test_a_decision_whose_figures_moved_a_little_stays_closed(live: Plan, tmp_path: Path) -> None:
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME)
    again(live, tmp_path / "more", overtime=dearer(1.02))
    assert waiting(live) == []


def test_a_letter_that_means_another_option_leaves_its_paper_open(live: Plan, tmp_path: Path) -> None:
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME)
    nothing = squeezed()["overtime"].with_columns(needs_decision=pl.lit(value=False), hours_per_period=pl.lit(0.0))
    again(live, tmp_path / "more", overtime=nothing)
    (point,) = waiting(live)
    assert point.name == f"{PAPER} (Eva Okafor: A; that is another option now)"
    assert undecided(make_context(live, person="eva", now=NOW), find_cycle(live)) == (PAPER,)
    do(live, "eva", "decide", paper=PAPER, option="A")
    assert waiting(live) == []


def test_doing_nothing_is_shown_again_when_more_is_at_risk(live: Plan, tmp_path: Path) -> None:
    do(live, "eva", "decide", paper=PAPER, option=NOTHING)
    fewer = squeezed()["resources"].with_columns(hours_per_period=pl.lit(240.0))
    do(live, "olga", "load", folder=tiny.write(tmp_path / "hours", {"resources": fewer}))
    again(live, tmp_path / "more", overtime=dearer(1.0))
    (point,) = waiting(live)
    assert point.name == f"{PAPER} (Eva Okafor: E; moved since: money at risk)"


def lines_again(plan: Plan) -> list[str]:
    points = cycle_bar(make_context(plan, person="eva", now=NOW)).open_points
    return [one.name for one in points if one.code == "paper_moved"]


def test_an_accepted_budget_line_is_shown_again_when_its_gap_moves(live: Plan, tmp_path: Path) -> None:
    do(live, "eva", "decide", paper=PAPER, option=NOTHING)
    for line in LINES:
        do(live, "eva", "decide", paper=line, option="accept")
    do(live, "sven", "replan")
    assert lines_again(live) == []  # nothing was decided that moves the landing
    context, cycle = make_context(live, person="eva", now=NOW), find_cycle(live)
    assert lines_waiting(context, cycle) == ()
    budget = squeezed()["budget_lines"]
    nearer = pl.when(pl.col("place") == "DA").then(pl.col("amount") * 0.8).otherwise("amount")
    do(live, "olga", "load", folder=tiny.write(tmp_path / "b", {"budget_lines": budget.with_columns(amount=nearer)}))
    again(live, tmp_path / "more", overtime=dearer(1.0))
    do(live, "sven", "replan")
    assert lines_again(live) == ["budget:revenue:DA (Eva Okafor: accept; moved since: gap to budget)"]
    assert lines_waiting(context, cycle) == LINES[:1]
    do(live, "omar", "sign", verb="confirm_final")
    with pytest.raises(CannotSignError, match=r"budget:revenue:DA .* must be decided again"):
        do(live, "eva", "sign", verb="approve_final")
    do(live, "eva", "decide", paper=LINES[0], option="accept")
    assert lines_again(live) == []
    do(live, "eva", "sign", verb="approve_final")


def test_what_was_let_pass_of_a_phase_that_reopens_is_asked_again(live: Plan) -> None:
    cycle = find_cycle(live)
    assert [one.subject for one in waivers_of(cycle)] == ["L1"]
    outcome = do(live, "olga", "reopen", phase="SUPPLY", reason="two patches were wrong")
    assert outcome.figures["waivers_struck"] == 1
    assert waivers_of(find_cycle(live)) == ()
    row = WaiverRow.objects.get(plan=live)
    assert (row.phase, row.struck_at, row.struck_because) == ("SUPPLY", NOW, "two patches were wrong")
    do(live, "sven", "plan")
    with pytest.raises(CannotSignError, match=r"the shortage at Line 1 \(L1\) has neither an option nor an escalation"):
        do(live, "omar", "sign", verb="sign_supply")


def test_what_was_let_pass_before_the_phase_that_reopens_stands(live: Plan) -> None:
    do(live, "olga", "reopen", phase="RECONCILE", reason="the review lacks a line")
    assert [one.subject for one in waivers_of(find_cycle(live))] == ["L1"]


def test_status_names_the_deadline_and_what_happens_otherwise(live: Plan) -> None:
    (point,) = waiting(live)
    assert (point.code, point.subject) == ("paper_undecided", PAPER)
    assert point.name == f"{PAPER} (by {DEADLINE}, else D takes effect)"
    (late,) = waiting(live, at=AFTER)
    assert late.name == f"{PAPER} (was due {DEADLINE}: D takes effect)"


def test_after_the_deadline_the_default_is_logged_first_and_the_decision_is_marked_late(live: Plan) -> None:
    outcome = do(live, "eva", "decide", at=AFTER, paper=PAPER, option=OVERTIME)
    assert (outcome.figures["defaulted"], outcome.figures["late"]) == (PAPER, True)
    rows = DecisionRow.objects.filter(plan=live).order_by("pk").values_list("option", "how", "person")
    assert list(rows) == [("D", "defaulted", "deadline"), (OVERTIME, "decided", "eva")]
    logged = AuditRow.objects.filter(plan=live, verb="decide").order_by("pk")
    assert [(row.person, row.what.get("late", False)) for row in logged] == [("deadline", False), ("eva", True)]
    do(live, "sven", "replan", at=AFTER)
    decided = sheet(live, SheetKind.DECISION, "decided").table("decisions")
    assert decided.rows() == [(PAPER, OVERTIME, "eva", "decided_late")]
    assert "defaulted" not in do(live, "eva", "decide", at=AFTER, paper=PAPER, option=NOTHING).figures


def test_on_its_last_day_a_decision_is_not_late(live: Plan) -> None:
    at = dt.datetime.combine(DEADLINE, dt.time(23), tzinfo=dt.UTC)
    figures = do(live, "eva", "decide", at=at, paper=PAPER, option=OVERTIME).figures
    assert {"late", "defaulted"}.isdisjoint(figures)


def test_the_deadline_takes_no_decision_away_whose_figures_moved(live: Plan, tmp_path: Path) -> None:
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME)
    again(live, tmp_path / "more", overtime=dearer(3.0))
    do(live, "sven", "replan", at=AFTER)
    assert sheet(live, SheetKind.DECISION, "decided").table("decisions").rows() == [(PAPER, "A", "eva", "decided")]


def test_who_signed_is_told_what_struck_it_until_it_is_given_again(live: Plan) -> None:
    do(live, "olga", "reopen", phase="DEMAND", reason="Nord left out a tender")
    told = {person: struck(live, person) for person in ("omar", "ines", "eva", "ana")}
    assert told["omar"] == [("achievable", "Omar Haddad"), ("recommended", "Omar Haddad")]
    assert told["ines"] == [("demand agreed", "Ines Duarte")]
    assert told["eva"] == told["ana"] == []
    shown = CliRunner().invoke(main, ["status", "--as", "ines"]).output
    assert "  The signature “demand agreed” of Ines Duarte was struck through: Nord left out a tender\n" in shown
    do(live, "ines", "collect")
    do(live, "dora", "agree")
    do(live, "ines", "sign", verb="sign_demand")
    assert struck(live, "ines") == []


def struck(plan: Plan, person: str) -> list[tuple[str, str]]:
    return [(one.meaning, one.signer) for one in cycle_bar(make_context(plan, person=person, now=NOW)).struck]


def test_papers_say_what_each_option_changes_costs_and_to_whom(live: Plan) -> None:
    options = sheet(live, SheetKind.DECISION, "papers").table("options")
    shown = papers_shown(make_context(live, person="eva", now=NOW))
    (paper,) = shown.papers
    assert (paper.paper, paper.level, paper.deadline, paper.state) == (PAPER, "D4", DEADLINE, "open")
    assert say(paper.question).startswith("DA and DB want more of Line 1 (L1) than there is from 2026-09 to 2026-12.")
    assert [one.net_cost for one in paper.options] == [minor / 100 for minor in options.sort("option")["net_cost"]]
    assert [say_change(one.change) for one in paper.options] == [
        "Overtime step 1 on Line 1 (L1) from 2026-09 to 2026-12.",
        "On Line 1 (L1) DA goes first, then DB, from 2026-09 to 2026-11.",
        "On Line 1 (L1) DB goes first, then DA, from 2026-09 to 2026-11.",
        "All divisions share Line 1 (L1) by what they need, from 2026-09 to 2026-11.",
        "Nothing changes: the proposed plan stands.",
    ]
    told = {one.option: ([e.division for e in one.gains], [e.division for e in one.waits]) for one in paper.options}
    nobody: tuple[list[str], list[str]] = ([], [])
    assert told == {"A": (["DB"], []), "B": nobody, "C": (["DB"], ["DA"]), "D": nobody, "E": nobody}
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME)
    assert papers_shown(make_context(live, person="eva", now=NOW)).papers[0].state == "A by Eva Okafor"


def test_every_kind_of_difference_has_its_words() -> None:
    assert set(CHANGES) == set(KINDS)


def test_papers_are_shown_on_the_command_line_to_who_reads_the_costs_of_all(live: Plan) -> None:
    shown = CliRunner().invoke(main, ["papers", "--as", "eva"]).output
    assert f"{PAPER}: DA and DB want more of Line 1 (L1)" in shown
    assert "  A  Overtime step 1 on Line 1 (L1) from 2026-09 to 2026-12.\n     net cost EUR " in shown
    refused = CliRunner().invoke(main, ["papers", "--as", "ana"])
    assert refused.exit_code == 2
    assert refused.output == (
        "Ana Ruiz may not read decision papers: only who reads the costs of the whole company may.\n"
    )


def test_who_signs_again_what_the_executive_sent_back_is_told_that_it_is_the_same(live: Plan) -> None:
    no, later = NOW + dt.timedelta(days=1), NOW + dt.timedelta(days=2)
    do(live, "eva", "decide", paper=PAPER, option=OVERTIME)
    do(live, "sven", "replan")
    assert do(live, "omar", "sign", verb="confirm_final").findings == ()
    do(live, "olga", "reopen", at=no, phase="RECONCILE", reason="too much overtime")
    said = "The final plan that went back on 2026-05-06 with “too much overtime” has not changed since."
    assert f"  {said} " in CliRunner().invoke(main, ["status", "--as", "omar"], catch_exceptions=False).output
    assert came_back(live, "adam", at=later) == []  # who sees no plan
    (told,) = do(live, "omar", "sign", at=later, verb="sign_review").findings  # told, and not kept from it
    assert say(told).startswith(said)
    do(live, "olga", "advance", at=later)
    do(live, "eva", "decide", at=later, paper=PAPER, option=NOTHING)
    assert came_back(live, "eva", at=later) == []  # it is stale: another is to come
    do(live, "sven", "replan", at=later)
    assert came_back(live, "eva", at=later) == []
    do(live, "eva", "decide", at=later, paper=PAPER, option=OVERTIME)
    do(live, "sven", "replan", at=later)
    assert came_back(live, "eva", at=later) == ["plan_unchanged"]  # made anew, and the same


def came_back(plan: Plan, person: str, *, at: dt.datetime) -> list[str]:
    return [one.code for one in plan_that_came_back(make_context(plan, person=person, now=at))]


def test_a_month_that_went_back_without_a_final_plan_says_nothing_of_it(live: Plan) -> None:
    do(live, "olga", "reopen", phase="RECONCILE", reason="the review lacks a line")
    assert came_back(live, "omar", at=NOW) == []
