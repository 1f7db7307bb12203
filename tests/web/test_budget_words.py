"""The sentence of the budget: how far the farthest line lands, with per cent only where there is one."""

import dataclasses

from onenumber.steps.see.budget import BudgetLine, BudgetShown
from onenumber.web.budget.words import blocks, lead, unbudgeted

LINE = BudgetLine(
    account="revenue", place="DA", name="Pumps", by_division=True, year=2026, actual=0.0, plan=0.0, landing=90_000.0,
    budget=100_000.0, gap=-10_000.0, gap_percent=-10.0, tolerance=5.0, new_tolerance=None, status="outside", reason="",
    decided=False,
)  # fmt: skip
NO_BUDGET_FOR_IT = dataclasses.replace(
    LINE, account="inventory", landing=50_000.0, budget=0.0, gap=50_000.0, gap_percent=None
)


def shown(*lines: BudgetLine) -> BudgetShown:
    return BudgetShown(
        cycle="2026-06", of="2026-06", sheet="1", until="2026-05", year=2026, currency="EUR", may=False, part=False,
        lines=lines, amended=(),
    )  # fmt: skip


def said(*lines: BudgetLine) -> str:
    return lead(shown(*lines)).replace("\u202f", " ")


def test_the_farthest_by_per_cent_is_named_before_one_without() -> None:
    assert "farthest, 10 k EUR or 10.0 % under its budget." in said(NO_BUDGET_FOR_IT, LINE)


def test_beside_a_budget_of_nothing_no_per_cent_is_said() -> None:
    text = said(NO_BUDGET_FOR_IT)
    assert text.endswith(", 50 k EUR over its budget.")
    assert "%" not in text


def test_what_the_executive_accepted_waits_for_nobody() -> None:
    (block,) = blocks(shown(dataclasses.replace(LINE, decided=True)), "hydra", every=False)
    assert block.sentence == "1 line lands out of tolerance; the executive accepted it. Amounts in EUR."
    assert [(row.attention, row.cells[-1].text) for row in block.table.rows] == [(False, "out of tolerance, accepted")]
    (block,) = blocks(shown(LINE), "hydra", every=False)
    assert block.sentence.startswith("1 line waits for an executive's decision: revenue, Pumps 2026.")
    assert block.table.heads[2:4] == ("To May 26", "Planned from Jun 26")


def test_that_none_is_out_of_tolerance_is_said_of_those_that_are_known() -> None:
    well = dataclasses.replace(LINE, status="within")
    lines = (well, *(dataclasses.replace(LINE, status="unknown") for _ in range(6)),
             dataclasses.replace(LINE, status="no_budget"))  # fmt: skip
    (block,) = blocks(shown(*lines), "hydra", every=False)
    assert block.sentence.startswith("None that is known lands out of tolerance; of 6 it is not known, 1 has no budget")
    assert blocks(shown(well), "hydra", every=False)[0].sentence.startswith("No line lands out of tolerance.")


def test_the_lines_of_an_account_add_up_under_them() -> None:
    other = dataclasses.replace(LINE, place="DB", name="Valves", landing=95_000.0, gap=-5_000.0, gap_percent=-5.0)
    (block,) = blocks(shown(LINE, other), "hydra", every=False)
    whole = block.table.rows[-1]
    assert (whole.name, whole.whole) == ("revenue, in all", True)
    texts = [cell.text.replace("\u202f", " ") for cell in whole.cells]
    assert texts[3:7] == ["185 000", "200 000", "−15 000", "−7.5"]


def test_without_a_budget_no_line_is_said_to_land_within_it_and_the_page_leads_to_data() -> None:
    none = dataclasses.replace(LINE, budget=None, gap=None, gap_percent=None, status="no_budget")
    assert said(none, none) == "– No line of 2026 has a budget: it comes with the file of budget lines."
    assert "1 line has no budget" in said(none, dataclasses.replace(LINE, status="within"))
    assert [unbudgeted(shown(*lines)) for lines in ((none,), (none, LINE), (LINE,), ())] == [True, True, False, True]
