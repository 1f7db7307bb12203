"""Thread 1, the full peak: two divisions want one line in the same two months, and the review asks who goes first."""

import json

import numpy as np
import polars as pl
import pytest

from onenumber.model.sheet import SheetKind
from tests.threads.lived import NOW, ON_THE_LIVED_COMPANY, OPEN, Lived, at, rows

pytestmark = ON_THE_LIVED_COMPANY
LINE, PEAK = "L11", (NOW + 3, NOW + 4)


def wanted(lived: Lived, division: str, period: int) -> float:
    """Standard hours of the line that a division's demand in the plan asks for."""
    demand = lived.sheet(SheetKind.SUPPLY_PLAN, stage="proposed").cube("demand")
    rates = lived.company()["rates"].filter(pl.col("resource") == LINE)
    hours = dict(rates.select("item", "hours_per_unit").iter_rows())
    each = np.array([hours.get(item, 0.0) for item in demand.axis.attributes["item"].tolist()])
    mine = rows(demand.axis, division=division)
    return float((demand.values[mine, period - demand.first] * each[mine]).sum())


def test_the_two_divisions_want_about_15_percent_more_hours_than_there_are(lived: Lived) -> None:
    told, plan = lived.truth["full_peak"], lived.sheet(SheetKind.SUPPLY_PLAN, stage="proposed")
    free = plan.cube("hours_available")
    there = [at(free, period, free.axis.keys == LINE) for period in PEAK]
    assert there == pytest.approx(told["hours_available"], abs=0.1)
    asked = {division: [wanted(lived, division, period) for period in PEAK] for division in ("GAR", "IND")}
    assert 1.10 < (sum(asked["GAR"]) + sum(asked["IND"])) / sum(there) < 1.20
    assert max(sum(asked["GAR"]), sum(asked["IND"])) < 0.75 * sum(there)  # neither fills it alone
    assert sum(asked["GAR"]) < sum(told["hours_wanted_GAR"])  # the baseline draws the season to its mean


def test_the_movable_overhaul_lies_in_the_first_of_them(lived: Lived) -> None:
    told = lived.truth["full_peak"]
    taken = lived.sheet(SheetKind.SUPPLY_PLAN, stage="proposed").cube("maintenance_hours")
    assert at(taken, PEAK[0], taken.axis.keys == LINE) == told["window_hours"]
    window = lived.company()["maintenance"].filter(pl.col("window") == told["window"]).row(0, named=True)
    assert window["movable"]


def test_the_review_names_both_divisions_as_short_of_the_line_in_the_peak(lived: Lived) -> None:
    found = lived.sheet(SheetKind.REVIEW).table("conflicts").filter(pl.col("cause") == f"resource|{LINE}")
    for code in ("C-01", "C-11"):
        row = found.filter(pl.col("code") == code).row(0, named=True)
        assert "GAR" in row["divisions"]  # who is short
        assert row["first_period"] <= PEAK[1]
        assert row["last_period"] >= PEAK[0]
    assert found.filter(pl.col("code") == "C-11")["divisions"][0] == "GAR|IND"  # who competes
    short = lived.sheet(SheetKind.SUPPLY_PLAN, stage="proposed").table("shortages").filter(pl.col("cause_at") == LINE)
    assert short.filter(pl.col("period").is_in(PEAK))["short"].sum() > 0.5 * short["short"].sum()


def test_the_paper_offers_every_way_out(lived: Lived) -> None:
    told, papers = lived.truth["full_peak"], lived.sheet(SheetKind.DECISION, stage="papers")
    mine = papers.table("options").filter(pl.col("paper") == f"{OPEN}-{LINE}")
    kinds = ["overtime", "move_window", "precedence", "precedence", "fair_share", "do_nothing"]
    assert mine["kind"].to_list() == kinds
    overtime, move, first, second = (json.loads(text) for text in mine["difference"].to_list()[:4])
    step = lived.company()["overtime"].filter((pl.col("resource") == LINE) & (pl.col("step") == overtime["step"]))
    assert step["needs_decision"].to_list() == [True]
    assert move["window"] == told["window"]
    assert [rule["order"] for rule in (first, second)] == [["GAR", "IND"], ["IND", "GAR"]]


def test_it_matters_who_goes_first(lived: Lived) -> None:
    effects = lived.sheet(SheetKind.DECISION, stage="papers").table("effects")
    mine = effects.filter((pl.col("paper") == f"{OPEN}-{LINE}") & (pl.col("division") == "IND"))
    late = dict(mine.select("option", "late_units").iter_rows())
    assert late["D"] < late["C"] - 100  # Industrial Process first, not second
