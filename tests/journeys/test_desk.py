"""The supply desk in the browser, then finance, the executive and the process owner, on one month of one company."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import AmendmentRow, PackRow, Plan
from tests.journeys.companies import squeezed_may
from tests.journeys.conftest import Opens, Takes
from tests.steps.month_for_tests import to_review, to_supply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(settings: Settings, tmp_path: Path) -> Plan:
    """The review of May is made: from September on the line is short of hours."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    return squeezed_may(tmp_path / "data", to_supply, to_review)


def at(page: Page, name: str) -> None:
    page.goto(f"/p/tight/2026-05/{name}/")


@pytest.mark.duty("SS-2", "SS-7")
def test_a_supply_planner_goes_round_the_desk(opened: Opens, plan: Plan, picture: Takes) -> None:
    sven = opened(plan, "Sven Berg")
    sven.keyboard.press("g")
    sven.keyboard.press("r")
    expect(sven.get_by_role("heading", level=1)).to_contain_text("Running month")
    expect(sven.locator(".lead")).to_contain_text("No plan was published before May 2026")
    expect(sven.locator("#orders tbody tr")).to_have_count(2)

    at(sven, "parameters")
    row = sven.locator("#B2-P1-main-L1")
    row.locator("summary").click()
    row.get_by_role("textbox", name="Why").fill("the last twelve runs")
    row.get_by_role("button", name=re.compile("^Accept")).click()
    expect(sven.locator("#changed")).to_contain_text("the last twelve runs")
    picture(sven, "ss-parameters")
    assert AmendmentRow.objects.get().key == "B2|P1|main|L1"

    sven.keyboard.press("g")
    sven.keyboard.press("u")
    expect(sven.locator(".lead")).to_have_text("Every open order can leave by its day.")

    at(sven, "conflicts")
    sven.get_by_role("link", name=re.compile(r"^Line 1 \(L1\) is asked for")).click()
    expect(sven.locator("#options")).to_contain_text("not weighed yet")
    expect(sven.get_by_role("button", name="Weigh the options")).to_be_visible()

    at(sven, "pack")
    expect(sven.locator("#load")).to_contain_text("L1")
    picture(sven, "ss-pack")
    sven.locator("details.way summary", has_text="Send the pack").click()
    sven.get_by_role("textbox", name="In a sentence").fill("for Monday")
    sven.get_by_role("button", name="Send the pack").click()
    sven.locator("#sent a").first.click()
    expect(sven.locator(".lead")).to_contain_text("Nothing of it has changed since")
    assert PackRow.objects.get().note == "for Monday"


def test_finance_reads_what_the_executive_sets_and_the_owner_reopens(opened: Opens, plan: Plan, picture: Takes) -> None:
    eva = opened(plan, "Eva Okafor")
    at(eva, "budget")
    row = eva.locator("#divisions tbody tr", has_text="DA").filter(has_text="Revenue").first
    row.locator("summary").click()
    row.get_by_role("spinbutton", name="How much").fill("9")
    row.get_by_role("textbox", name="Why").fill("a new product")
    row.get_by_role("button", name="Set").click()
    expect(eva.locator("#changed")).to_contain_text("a new product")

    fay = opened(plan, "Fay Chen")
    at(fay, "budget")
    expect(fay.locator("#divisions")).to_contain_text("next cycle 9")
    picture(fay, "fin-budget")
    expect(fay.get_by_role("button", name="Set")).to_have_count(0)

    olga = opened(plan, "Olga Novak")
    olga.keyboard.press("g")
    olga.keyboard.press("h")
    expect(olga.locator("#gate")).to_contain_text("keep")
    picture(olga, "own-calendar")
    demand = olga.locator("#reopen li").filter(has=olga.get_by_text("Demand", exact=True))
    expect(demand).to_contain_text("strikes “demand agreed” Ines Duarte")
    demand.locator("summary").click()
    demand.get_by_role("textbox", name="Why").fill("a unit error")
    demand.get_by_role("button", name="Re-open").click()
    expect(olga.locator("#signed s").first).to_be_visible()
    expect(olga.locator(".lead")).to_contain_text("Demand is under way")
    picture(olga, "own-reopen")
