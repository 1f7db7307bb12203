"""A company that brings neither prices nor costs: its papers are made all the same, and no money of theirs is 0."""

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from onenumber.cli.app import main
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.papers import papers_shown
from onenumber.steps.see.supply import without_paper
from onenumber.store.models import Plan
from tests.steps.month_for_tests import (
    NOTHING,
    NOW,
    OVERTIME,
    PAPER,
    do,
    founded,
    sheet,
    squeezed,
    to_executive,
    to_review,
    to_supply,
)

pytestmark = pytest.mark.django_db
MONEYLESS = {"prices", "costs", "budget_lines", "budget_tolerances"}
WHY = "Papers whose money is not known (–): 1; what they concern has no row in prices or in costs."


@pytest.fixture
def unpriced(tmp_path: Path) -> Plan:
    made = {name: table for name, table in squeezed().items() if name not in MONEYLESS}
    made["overtime"] = made["overtime"].with_columns(cost_per_hour=pl.lit(0.01))  # a unit late is charged as worth 1
    plan = founded("company", "live", tmp_path / "unpriced", made)
    to_supply(plan)
    return plan


def test_papers_are_made_and_compared_by_units_where_nothing_has_a_price(unpriced: Plan) -> None:
    to_review(unpriced)
    made = do(unpriced, "olga", "prepare")
    assert [finding.code for finding in made.findings] == ["papers_unpriced"]
    papers = sheet(unpriced, SheetKind.DECISION, "papers")
    row = papers.table("papers").row(0, named=True)
    assert (row["paper"], row["money_at_risk"], row["level"], row["recommended"]) == (PAPER, None, "D4", OVERTIME)
    options = papers.table("options")
    money = ("revenue", "margin", "net_cost", "extra_cost", "waiting_cost", "inventory_value", "own_worth", "own_cost")
    assert all(options[name].null_count() == len(options) for name in money)
    nothing, overtime = (options.row(by_predicate=pl.col("option") == one, named=True) for one in (NOTHING, OVERTIME))
    assert (nothing["late_units"], overtime["late_units"] < 0) == (0.0, True)
    assert (
        papers.table("effects").select("revenue", "margin").null_count().row(0) == (len(papers.table("effects")),) * 2
    )
    assert "L1" not in without_paper(make_context(unpriced, person="omar", now=NOW))


def test_the_papers_show_a_dash_and_why(unpriced: Plan) -> None:
    to_executive(unpriced)
    (paper,) = papers_shown(make_context(unpriced, person="eva", now=NOW)).papers
    assert (paper.money_at_risk, paper.options[0].net_cost) == (None, None)
    shown = CliRunner().invoke(main, ["papers", "--as", "eva"]).output
    assert "at risk EUR – ·" in shown
    assert "net cost EUR – · extra cost EUR – · lost units" in shown
    assert WHY in shown


def test_a_month_without_money_is_decided_and_planned_again(unpriced: Plan) -> None:
    to_executive(unpriced)
    do(unpriced, "eva", "decide", paper=PAPER, option=OVERTIME)
    made = do(unpriced, "sven", "replan")
    assert made.figures["papers_changed"] == "none"
    kept = sheet(unpriced, SheetKind.REVIEW, "final").table("kept").row(0, named=True)
    assert kept == {"paper": PAPER, "promised": None, "final": None, "changed": None}
