"""Thread 2, the customer who is leaving; beside it who overstates and whose changes help."""

import numpy as np
import polars as pl
import pytest

from onenumber.measure.value_added import value_added
from onenumber.model.cube import Cube
from onenumber.model.sheet import SheetKind
from onenumber.steps.see.risks import risks_shown
from onenumber.store.models import Answer, News
from tests.threads.lived import CLOSED, LAST, NOW, ON_THE_LIVED_COMPANY, OPEN, Lived, at, rows

pytestmark = ON_THE_LIVED_COMPANY
WHO = "C03"


def test_no_order_came_since_the_last_one_and_the_baseline_is_still_full(lived: Lived) -> None:
    told, demand = lived.truth["leaving_customer"], lived.demand
    mine = lived.facts()["order_lines"].filter(pl.col("customer") == told["customer"])
    assert str(mine["ordered"].max()) == told["last_order"]
    assert told["silent_days"] == told["silent_over_usual"] * told["usual_days"] == 50
    assert at(demand, NOW - 1, rows(demand.axis, planning_customer=WHO)) == 0
    baseline = lived.sheet(SheetKind.FORECAST).cube("L1")
    still = at(baseline, NOW + 1, rows(baseline.axis, planning_customer=WHO))
    assert still > 0.5 * told["units_a_month_before"]
    assert told["units_a_month_from_now"] == 0


def test_her_news_says_what_her_figures_do_not(lived: Lived) -> None:
    told = lived.truth["leaving_customer"]
    row = News.objects.get(plan=lived.plan, cycle__label=OPEN)
    assert (row.author, row.kind, row.place) == (told["salesperson"], "loss", {"planning_customer": WHO})
    typed = lived.sheet(SheetKind.SALES_INPUT).cube("S")
    mine = rows(typed.axis, planning_customer=WHO)
    assert np.array_equal(typed.values[mine], lived.sheet(SheetKind.FORECAST).cube("L1").values[mine])


def test_the_news_before_was_left_out_as_timing_and_todays_waits(lived: Lived) -> None:
    before = risks_shown(lived.looking("chen"), LAST)
    (own,) = (one for one in before.risks if not one.of)
    assert (own.place, own.stand.value) == ("Hagen Heimwerk", "out")
    assert own.because.startswith("timing")
    risks = risks_shown(lived.looking("chen"), OPEN).risks
    assert [(one.of, one.kind, one.stand.value, one.first) for one in risks if one.of] == [
        ("2026-03", "tender", "out", "2026-09"),  # the others' months are past
    ]
    (today,) = (one for one in risks if not one.of)
    baseline = lived.sheet(SheetKind.FORECAST).cube("L1")
    assert today.amount is not None
    assert today.amount.units == pytest.approx(-baseline.values[rows(baseline.axis, planning_customer=WHO)].sum())
    assert today.amount.revenue is not None
    assert today.amount.revenue < 0
    assert today.expected == pytest.approx(0.8 * today.amount.revenue)


def test_the_deviation_was_explained_as_timing_and_did_not_come_back(lived: Lived) -> None:
    answers = Answer.objects.filter(plan=lived.plan, cycle__label=LAST, reason_code="TIM-PUSH")
    assert {(a.scope, a.person) for a in answers} == {("GAR", "raman")}
    assert {a.text for a in answers} == {"Timing: Hagen Heimwerk moved its order, it comes in May 2026."}
    demand = lived.demand
    assert at(demand, NOW - 1, rows(demand.axis, planning_customer=WHO)) == 0  # nothing in 2026-05


def next_month(lived: Lived, patch: str) -> list[tuple[Cube, Cube, int]]:
    """Baseline, sales figure and calendar index of the month after each closed cycle's, streams of one patch."""
    found = []
    for k, label in enumerate(CLOSED):
        baseline, typed = (
            lived.sheet(SheetKind.FORECAST, label).cube("L1"),
            lived.sheet(SheetKind.SALES_INPUT, label).cube("S"),
        )
        keep = np.flatnonzero(rows(typed.axis, patch=patch))
        found.append(
            (baseline.take(baseline.axis.rows(typed.axis.keys[keep])), typed.take(keep), NOW - len(CLOSED) + k + 1)
        )
    return found


def came(lived: Lived, like: Cube, period: int) -> np.ndarray:
    """What came in a month, of the streams of a cube; NaN for June, which is not over."""
    demand = lived.demand
    if period >= NOW:
        return np.full(len(like.axis.keys), np.nan)
    row = demand.axis.find(like.axis.keys)
    return np.where(row >= 0, demand.values[row, period], 0.0)


def test_one_overstates_by_a_fifth_in_nine_of_twelve_cycles(lived: Lived) -> None:
    shares = [
        at(typed, period, np.ones(len(typed.axis.keys), dtype=bool))
        / at(baseline, period, np.ones(len(typed.axis.keys), dtype=bool))
        - 1
        for baseline, typed, period in next_month(lived, "P4")
    ]
    over = [share for share in shares if share > 0.1]
    assert len(over) == 9
    assert over == pytest.approx([0.20] * 9, abs=0.03)
    assert [share for share in shares if share <= 0.1] == pytest.approx([0.0] * 3, abs=0.001)
    held = [
        (typed, period)
        for (_, typed, period), share in zip(next_month(lived, "P4"), shares, strict=True)
        if share > 0.1 and period < NOW
    ]
    said = sum(at(typed, period, np.ones(len(typed.axis.keys), dtype=bool)) for typed, period in held)
    was = sum(float(np.nansum(came(lived, typed, period))) for typed, period in held)
    assert said / was - 1 == pytest.approx(0.20, abs=0.08)  # the baseline's own error is in it


def test_the_changes_of_another_help_where_he_makes_them(lived: Lived) -> None:
    cells = next_month(lived, "P2")
    before = np.concatenate([baseline.values[:, 1] for baseline, _, _ in cells])
    after = np.concatenate([typed.values[:, 1] for _, typed, _ in cells])
    actual = np.concatenate([came(lived, typed, period) for _, typed, period in cells])
    his = value_added(steps={"baseline": before, "sales": after}, actual=actual)[1]
    assert his.touched > 100
    assert his.touched_added is not None
    assert his.touched_added > 0
