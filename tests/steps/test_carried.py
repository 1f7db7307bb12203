"""What a cycle decided is in the next one's proposal, until it is withdrawn."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from onenumber.cli import main
from onenumber.errors import BadArgumentError
from onenumber.model.sentences import say
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.registry import STEPS
from onenumber.steps.see.papers import papers_shown
from onenumber.store.manifest import parents_of
from onenumber.store.models import DecisionRow, Plan
from onenumber.supply.differences import Overtime, from_json
from tests import tiny
from tests.steps.month_for_tests import (
    OVERTIME,
    PAPER,
    do,
    published_may,
    sheet,
    squeezed,
    to_executive,
    to_review,
    to_supply,
    version,
)

IN_JUNE = dt.datetime(2026, 6, 2, 10, tzinfo=dt.UTC)
MAY, JUNE = "2026-05", "2026-06"


def in_june(plan: Plan, person: str, step: str, **arguments: object) -> None:
    do(plan, person, step, at=IN_JUNE, **arguments)


@pytest.fixture
def may(db: None, settings: object, tmp_path: Path) -> Plan:
    """May took the overtime and is published."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    return published_may("live", tmp_path / "data")


@pytest.fixture
def june(may: Plan) -> Plan:
    """May took the overtime and is published; June's papers are before the executive."""
    to_supply(may, at=IN_JUNE)
    to_executive(may, at=IN_JUNE)
    return may


def hours(plan: Plan, stage: str) -> float:
    """Overtime hours that June's plan works in the months for which May decided them."""
    cube = sheet(plan, SheetKind.SUPPLY_PLAN, stage, cycle=JUNE).cube("overtime_hours")
    return float(cube.values.sum())


def decided_in_may(plan: Plan) -> str:
    options = sheet(plan, SheetKind.DECISION, "papers", cycle=MAY).table("options")
    taken = (pl.col("paper") == PAPER) & (pl.col("option") == OVERTIME)
    return str(options.filter(taken)["difference"].item())


def test_what_may_decided_is_in_junes_proposal_and_is_not_offered_again(june: Plan) -> None:
    assert hours(june, "proposed") > 0
    assert version(june, SheetKind.DECISION, "decided", cycle=MAY) in parents_of(
        version(june, SheetKind.SUPPLY_PLAN, "proposed", cycle=JUNE)
    )
    offered = sheet(june, SheetKind.DECISION, "papers", cycle=JUNE).table("options")
    before, later = from_json(decided_in_may(june)), from_json(offered.filter(kind="overtime")["difference"].item())
    assert isinstance(before, Overtime)
    assert isinstance(later, Overtime)
    assert (before.first, before.periods) == (32, 4)  # September to December
    assert (later.first, later.periods) == (29, 3)  # June to August, which May did not decide
    in_june(june, "sven", "replan")
    decided = sheet(june, SheetKind.DECISION, "decided", cycle=JUNE)
    assert decided.table("carried").rows() == [(PAPER, OVERTIME, "eva", decided_in_may(june))]
    assert hours(june, "final") == pytest.approx(hours(june, "proposed"))


def test_an_earlier_decision_is_withdrawn_and_taken_back_again(june: Plan) -> None:
    in_june(june, "eva", "decide", paper=PAPER, how="withdrawn")
    in_june(june, "sven", "replan")
    assert hours(june, "final") == 0
    assert sheet(june, SheetKind.DECISION, "decided", cycle=JUNE).table("carried").is_empty()
    assert hours(june, "proposed") > 0  # a withdrawal, too, never edits a plan
    in_june(june, "eva", "decide", paper=PAPER, option=OVERTIME)
    in_june(june, "sven", "replan")
    assert hours(june, "final") == pytest.approx(hours(june, "proposed"))


def test_what_a_deputy_decided_before_is_shown_with_both_names(may: Plan) -> None:
    to_supply(may, at=IN_JUNE)
    to_executive(may, at=IN_JUNE)
    DecisionRow.objects.filter(plan=may, paper=PAPER, person="eva").update(deputy_for="omar")
    held = papers_shown(make_context(may, person="olga", now=IN_JUNE)).held
    assert [one.decided_by for one in held] == ["Eva Okafor for Omar Haddad"]


def test_an_earlier_decision_is_not_refused(june: Plan) -> None:
    with pytest.raises(BadArgumentError, match="an earlier cycle decided it, and it can only be withdrawn"):
        in_june(
            june, "eva", "decide", paper=PAPER, how="refused", rationale="no", owner="sven", until=dt.date(2026, 7, 1)
        )


def test_what_master_data_no_longer_offers_is_said_wherever_the_decision_was_looked_for(
    may: Plan, tmp_path: Path
) -> None:
    ended = squeezed()["overtime"].with_columns(valid_to=pl.lit(dt.date(2026, 6, 1)))
    in_june(may, "olga", "load", folder=tiny.write(tmp_path / "ended", {"overtime": ended}))
    to_supply(may, at=IN_JUNE)
    assert "in force no more" not in status(may, "omar", label=MAY)
    to_review(may, at=IN_JUNE)
    assert hours(may, "proposed") == 0
    said = f"{PAPER}, decided as {OVERTIME} by Eva Okafor, is in force no more: Line 1 (L1) has no overtime step 1 now."
    assert said in status(may, "omar")
    assert said not in status(may, "ana")  # who reads no papers
    reviewed = STEPS["review"].run(make_context(may, person="fay", now=IN_JUNE))
    assert [say(one).startswith(said) for one in reviewed.findings].count(True) == 1
    in_june(may, "olga", "prepare")
    shown = papers_shown(make_context(may, person="omar", now=IN_JUNE))
    assert shown.held == ()
    assert [say(one).startswith(said) for one in shown.dropped] == [True]


def status(plan: Plan, person: str, *, label: str = JUNE) -> str:
    ran = CliRunner().invoke(main, ["status", "--as", person, "--plan", plan.key, "--cycle", label])
    assert ran.exit_code == 0, ran.output
    return ran.output
