"""The sentence of the budget: how far the farthest line lands, with per cent only where there is one."""

import dataclasses

from onenumber.steps.see.budget import BudgetLine, BudgetShown
from onenumber.web.budget.words import lead

LINE = BudgetLine(
    account="revenue", place="DA", name="Pumps", by_division=True, year=2026, actual=0.0, plan=0.0, landing=90_000.0,
    budget=100_000.0, gap=-10_000.0, gap_percent=-10.0, tolerance=5.0, new_tolerance=None, status="outside", reason="",
)  # fmt: skip
NO_BUDGET_FOR_IT = dataclasses.replace(
    LINE, account="inventory", landing=50_000.0, budget=0.0, gap=50_000.0, gap_percent=None
)


def said(*lines: BudgetLine) -> str:
    text = lead(
        BudgetShown(
            cycle="2026-06", of="2026-06", sheet="1", year=2026, currency="EUR", may=False, part=False, lines=lines,
            amended=(),
        )
    )  # fmt: skip
    return text.replace("\u202f", " ")


def test_the_farthest_by_per_cent_is_named_before_one_without() -> None:
    assert "furthest, 10 k EUR or 10.0 % under its budget." in said(NO_BUDGET_FOR_IT, LINE)


def test_beside_a_budget_of_nothing_no_per_cent_is_said() -> None:
    text = said(NO_BUDGET_FOR_IT)
    assert text.endswith(", 50 k EUR over its budget.")
    assert "%" not in text
