"""Thread 5, the plan that was not kept: volume made, mix missed, half of a promise brought, nobody answered."""

import numpy as np
import polars as pl
import pytest

from onenumber.model.sheet import SheetKind
from onenumber.steps.see.plan import promised_extra
from onenumber.store.models import Answer
from tests.threads.lived import DECIDED, NOW, ON_THE_LIVED_COMPANY, OPEN, Lived

pytestmark = ON_THE_LIVED_COMPANY


def figure(lived: Lived, name: str, scope: str) -> dict[str, object]:
    """A row of the open cycle's Adherence, which measures May."""
    table = lived.sheet(SheetKind.ADHERENCE).table("figures")
    return table.filter((pl.col("figure") == name) & (pl.col("scope") == scope)).row(0, named=True)


def test_plant_2_made_101_percent_of_the_volume_and_78_of_the_mix(lived: Lived) -> None:
    told = lived.truth["plan_not_kept"]
    assert figure(lived, "production", told["site"])["value"] == pytest.approx(told["volume"], abs=0.005)
    mix = figure(lived, "production_mix", told["site"])
    assert mix["value"] == pytest.approx(told["mix"], abs=0.005)
    assert mix["breached"]
    for other in ("RAV", "BRN"):
        assert figure(lived, "production_mix", other)["value"] > 0.9  # type: ignore[operator]


def test_may_is_held_against_what_the_cycle_of_april_said_of_it(lived: Lived) -> None:
    """Of unlike units, so in money; sales were further over than the baseline, and both nearer than last year."""
    said, asked = lived.sheet(SheetKind.CONSENSUS, DECIDED).cube("consensus"), lived.demand
    notes, table = lived.sheet(SheetKind.ADHERENCE).notes, lived.sheet(SheetKind.ADHERENCE).table("accuracy")
    whole = {row["layer"]: row for row in table.iter_rows(named=True) if not row["division"] and not row["patch"]}
    assert (notes["accuracy_of"], whole["consensus"]["unit"], set(table["reason"])) == ("consensus", "EUR", {""})
    assert notes["wape_a_month_ahead"] < notes["naive_wape_a_month_ahead"]
    assert 0 < whole["L1"]["bias"] < notes["bias_a_month_ahead"]
    one = table.filter((pl.col("layer") == "consensus") & (pl.col("division") == "IND")).row(0, named=True)
    mine = said.axis.attributes["division"] == "IND"
    forecast, came = said.values[mine, NOW - 1 - said.first], asked.values[asked.axis.rows(said.axis.keys[mine]), -1]
    assert (one["unit"], one["coverage"]) == ("pcs", 1.0)
    assert one["wape"] == pytest.approx(np.abs(forecast - came).sum() / came.sum())
    assert one["bias"] == pytest.approx((forecast - came).sum() / came.sum())


def test_its_shown_rate_is_12_percent_under_standard(lived: Lived) -> None:
    told, rates = lived.truth["plan_not_kept"], lived.company()["rates"]
    mine = rates.filter(pl.col("site") == told["site"])
    under = 1 - (mine["hours_per_unit"] / mine["shown_hours_per_unit"])
    assert under.to_list() == pytest.approx([told["rate_under_standard"]] * len(mine), abs=0.005)


def test_its_manager_has_not_answered_while_others_did(lived: Lived) -> None:
    told = lived.truth["plan_not_kept"]["unanswered"]
    assert figure(lived, told["figure"], told["scope"])["owner"] == told["owner"]
    answered = {a.person for a in Answer.objects.filter(plan=lived.plan, cycle__label=OPEN)}
    assert told["owner"] not in answered
    assert {"amann", "dvorak", "raman", "pohl"} <= answered


def test_the_precedence_decision_brought_half_of_what_it_promised(lived: Lived) -> None:
    told = lived.truth["plan_not_kept"]
    assert told["decided_in"] == DECIDED
    decided = lived.sheet(SheetKind.DECISION, DECIDED, "decided")
    taken = decided.table("decisions").join(decided.table("options"), on=["paper", "option"])
    rule = taken.filter(pl.col("paper") == f"{DECIDED}-{told['line']}")
    assert rule["kind"].to_list() == ["precedence"]
    assert f'"order": ["{told["favoured"]}"' in rule["difference"][0]
    extra = promised_extra(lived.looking("solberg"), NOW - 1, DECIDED)
    mine = extra.filter(pl.col("item").is_in(list(told["promised"])))
    assert dict(mine.iter_rows()) == pytest.approx(told["promised"], abs=0.001)
    plan = lived.sheet(SheetKind.PUBLISHED_PLAN, DECIDED).table("production").filter(pl.col("period") == NOW - 1)
    made = lived.facts()["production"].filter(pl.col("date").dt.strftime("%Y-%m") == told["period"])
    brought = {item: promised - (total(plan, item) - total(made, item)) for item, promised in told["promised"].items()}
    assert sum(told["promised"].values()) > 50
    assert sum(brought.values()) / sum(told["promised"].values()) == pytest.approx(told["decision_realised"], abs=0.02)


def total(table: pl.DataFrame, item: str) -> float:
    """The quantity of an item."""
    return float(table.filter(pl.col("item") == item)["quantity"].sum())
