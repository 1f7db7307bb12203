"""The duties of a supply planner in the browser: parameters, orders, and what demand and supply fight over."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import AmendmentRow, Plan
from tests.journeys.acting import at, jobs_at_once
from tests.journeys.companies import planned_before, pressed
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import NOW, founded, to_review, to_supply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """May is reviewed: the line is full, nothing is in stock, and the vendor of M1 takes a month longer."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    jobs_at_once(monkeypatch)
    with transaction.atomic():  # rows that are put there again refer to each other
        made = founded("tight", "live", tmp_path / "data", pressed())
        to_supply(made)
        to_review(made)
    planned_before(made)
    at(made, NOW)
    return made


def accept(page: Page, row: str, why: str) -> None:
    """Accept a parameter in its row."""
    line = page.locator(f'[id="{row}"]')
    line.locator("summary").click()
    line.get_by_role("textbox", name="Why").fill(why)
    line.get_by_role("button", name=re.compile("^Accept")).click()
    expect(page.locator("#changed")).to_contain_text(why)


@pytest.mark.duty("SS-1", "SS-2", "SS-3", "SS-4")
def test_what_is_no_longer_true_stands_with_its_evidence_and_is_accepted_row_by_row(opened: Opens, plan: Plan) -> None:
    sven = opened(plan, "Sven Berg")
    sven.goto("/p/tight/2026-05/parameters/")
    expect(sven.locator(".lead")).to_contain_text(re.compile(r"\d parameters are no longer true: 3 rates, 1 lead"))
    for kind, row, evidence in (
        ("stocks", "B2", ("20 pcs", r"\d+ % over", "9")),  # of nine errors
        ("rates", "B2", ("1", r"0\.729", "37 % over", "12")),  # of twelve runs
        ("lead_times", "M1", ("100", "130", "30 % over", "8")),  # of eight receipts
        ("vendors", "Vauban (V1)", ("0 %", "8", "130", "100")),
    ):
        cells = sven.locator(f"#{kind} tbody tr").filter(has_text=row).first.locator("td").all_inner_texts()
        said = [re.sub(r"\s", " ", cell) for cell in cells]
        assert all(any(re.fullmatch(one, cell) for cell in said) for one in evidence), (kind, said)
    accept(sven, "B2-P1", "a month of errors is not covered")
    accept(sven, "B2-P1-main-L1", "the last twelve runs")
    accept(sven, "V1-M1-P1", "they told us on the phone")
    rows = {(row.table, row.key): row.reason for row in AmendmentRow.objects.all()}
    assert set(rows) == {("item_sites", "B2|P1"), ("rates", "B2|P1|main|L1"), ("vendor_items", "V1|M1|P1")}


@pytest.mark.duty("SS-5")
def test_orders_stand_by_what_they_are_worth_and_the_days_that_are_left(opened: Opens, plan: Plan) -> None:
    sven = opened(plan, "Sven Berg")
    sven.goto("/p/tight/2026-05/orders/")
    expect(sven.locator(".lead")).to_have_text(
        "By the stock of 30 April, 3 of 12 open order lines leave after the promised day. "
        "First O28betaA1 of Beta, 12 pcs A1: 1 day late."
    )
    lines = sven.locator("#customers tbody tr").filter(has_text="pcs")
    late, rest = lines.filter(has_text="▲"), lines.filter(has_not_text="▲")
    for some in (late, rest):
        worth = [float(re.sub(r"\D", "", text)) for text in some.locator("td:nth-child(6)").all_inner_texts()]
        assert worth == sorted(worth, reverse=True)
    assert len(late.all()) == 3
    expect(late.first).to_contain_text("Promise 12 May")
    expect(rest.first).to_contain_text("Ship by 13 May")
    late.first.locator("summary", has_text="What to send").click()
    expect(late.first.locator("details[open]")).to_contain_text("12 May")
    sven.set_viewport_size({"width": 1024, "height": 900})
    late.first.locator("summary", has_text="Name an emergency").click()
    beyond = "table => table.scrollWidth - table.clientWidth"
    assert sven.locator("#customers .scroll").evaluate(beyond) == 0  # order and customer stand beside the form


@pytest.mark.duty("SS-6")
def test_the_ways_out_of_a_conflict_are_weighed_with_one_click_and_stand_side_by_side(
    opened: Opens, plan: Plan
) -> None:
    sven = opened(plan, "Sven Berg")
    sven.goto("/p/tight/2026-05/conflicts/")
    sven.get_by_role("link", name=re.compile(r"L1\)? is asked for")).click()
    expect(sven.locator("#options")).to_contain_text("not weighed yet")
    sheets = plan.sheets.count()
    sven.get_by_role("button", name="Weigh the options").click()
    sven.wait_for_url("**/jobs/*/")
    expect(sven.locator(".lead")).to_have_text("The options are weighed; nothing was decided.")
    sven.get_by_role("link", name="See the options side by side").click()
    expect(sven.locator("#options")).to_contain_text("Weighed by Sven Berg.")
    heads = sven.locator("#options thead th").all_inner_texts()
    assert heads[:4] == ["Option", "What it changes", "Units lost", "Units late"]
    assert {"Revenue, EUR", "Sales gained, their margin, EUR", "Net, EUR", "Overtime, h"} <= set(heads)
    changes = sven.locator("#options tbody tr td:nth-child(2)").all_inner_texts()
    assert any("Overtime" in change for change in changes)
    assert any("goes first" in change for change in changes)
    assert sven.locator("#options tbody tr", has_text="recommended").count() == 1
    assert plan.sheets.count() == sheets  # trying decides nothing
