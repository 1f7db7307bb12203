"""The five duties of a demand planner in the browser, each from what she is shown to what becomes of it."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import EditRow, Plan, QuestionRow
from tests.journeys.acting import at, fill_in, go, jobs_at_once
from tests.journeys.companies import opened_may, squeezed_may
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import NOW, do, founded, to_forecast, to_supply
from tests.steps.test_judge import odd

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _here(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    jobs_at_once(monkeypatch)


@pytest.fixture
def doubtful(tmp_path: Path) -> Plan:
    """The tiny company with a line of twelve times; its baseline is made, and Ana raised what alpha takes of FA."""
    with transaction.atomic():
        plan = founded("odd", "live", tmp_path / "data", odd())
        do(plan, "olga", "open", period="2026-05")
        to_forecast(plan)
    place = {"planning_customer": "alpha", "family": "FA"}
    do(plan, "ana", "edit", layer="L2", place=place, first="2026-06", value=10.0, mode="percent", reason="a tender")
    at(plan, NOW + dt.timedelta(minutes=5))
    return plan


@pytest.fixture
def squeezed_in_demand(tmp_path: Path) -> Plan:
    """From September on the line is short of hours; demand is being planned."""
    return squeezed_may(tmp_path / "data", opened_may, to_forecast)


def row(page: Page, region: str, name: str) -> list[str]:
    """The figures of a row of a table, once its page is there."""
    found = page.get_by_role("region", name=region).locator("tbody tr").filter(has_text=re.compile(f"^{name}"))
    expect(found.first).to_be_visible()
    return found.first.locator("td").all_inner_texts()


@pytest.mark.duty("DP-1", "DP-3")
def test_what_is_odd_is_cleaned_out_of_the_history_that_the_next_baseline_is_made_from(
    opened: Opens, doubtful: Plan
) -> None:
    dora = opened(doubtful, "Dora Lind")
    go(dora, "b")
    queue = dora.get_by_role("navigation", name="What is worth looking at first")
    expect(queue.locator("li")).to_have_count(2)
    risks = [int(re.sub(r"\D", "", text)) for text in queue.locator("li > .n").all_inner_texts()]
    assert risks == sorted(risks, reverse=True)
    chart = dora.locator(".series figure, .series svg").first
    expect(chart).to_be_visible()
    expect(dora.locator(".series")).to_contain_text("80 % range")
    expect(dora.locator(".series")).not_to_contain_text("cleaned")
    before, sales = row(dora, "Months ahead", "Baseline"), row(dora, "Months ahead", "Sales")
    assert "+" in sales[1]
    stands = [int(re.sub(r"\D", "", figure)) for figure in row(dora, "Months ahead", "Stands now")]
    assert stands[1] == int(before[1]) + int(sales[1])
    expect(dora.locator(".odd")).to_contain_text("Alpha asks 240 of A1, usually 21. It reads like 20 times 12.")
    fill_in(dora.locator(".odd"), "Judge", reason="pieces, not boxes")
    expect(dora.get_by_text("1 verdict waits for the next baseline")).to_be_visible()
    dora.get_by_role("button", name="Make the baseline").click()
    dora.wait_for_url("**/jobs/*/")
    dora.goto("/p/odd/2026-05/bench/?place=family:FA")
    expect(dora.locator(".odd")).to_contain_text("History is cleaned of it")
    expect(dora.locator(".series")).to_contain_text("cleaned")
    expect(dora.locator(".series")).to_contain_text("as ordered")
    assert row(dora, "Months ahead", "Baseline") != before


@pytest.mark.duty("DP-4")
def test_what_a_plant_answers_becomes_part_of_the_history_of_the_cell(opened: Opens, doubtful: Plan) -> None:
    dora = opened(doubtful, "Dora Lind")
    dora.goto("/p/odd/2026-05/bench/?place=item:A1")
    dora.keyboard.press("q")
    dora.get_by_label("Your question").fill("Can you make a tenth more in June?")
    dora.get_by_label("Whom").select_option("pia")
    dora.get_by_label("Answer by").fill("2026-05-08")
    dora.get_by_role("button", name="Ask").click()
    expect(dora.get_by_text("Pia Rossi is asked")).to_be_visible()
    assert QuestionRow.objects.get().due == dt.date(2026, 5, 8)
    pia = opened(doubtful, "Pia Rossi")
    fill_in(pia.locator("#due"), "Answer", text="yes, with two Saturdays")
    expect(pia.get_by_text("Your answer is sent to who asked.")).to_be_visible()
    dora.goto("/p/odd/2026-05/plan/L4/?level=item&key=A1&month=2026-06")
    panel = dora.locator("#panel")
    expect(panel).to_contain_text("Can you make a tenth more in June?")
    expect(panel).to_contain_text("yes, with two Saturdays")
    expect(panel).to_contain_text("Pia Rossi")


@pytest.mark.duty("DP-5")
def test_the_conflicts_of_an_edit_are_read_before_it_is_saved(opened: Opens, squeezed_in_demand: Plan) -> None:
    dora = opened(squeezed_in_demand, "Dora Lind")
    dora.goto("/p/tight/2026-05/plan/L4/?level=family&key=FA&month=2026-10")
    dora.locator("#panel summary", has_text="What would a change do?").click()
    dora.get_by_label("What you would type").fill("+60%")
    dora.locator("#panel").get_by_role("button", name="What would it do?").click()
    answer = dora.locator("#panel .answer")
    expect(answer).to_contain_text("would create conflicts", timeout=20_000)
    expect(answer).to_contain_text("Line 1 (L1) is full")
    expect(answer).to_contain_text("Nothing is kept.")
    assert not EditRow.objects.exists()
    dora.locator("#panel [data-close-panel]").click()
    dora.keyboard.type("+60%")
    dora.keyboard.press("Enter")
    expect(dora.locator("[data-status]")).to_have_text("Saved.")
    assert [(edit.mode, edit.value, edit.place_name) for edit in EditRow.objects.all()] == [("percent", 60.0, "FA")]


@pytest.mark.duty("DP-2")
def test_one_page_leads_from_the_forecast_to_the_schedule(opened: Opens, tmp_path: Path) -> None:
    plan = squeezed_may(tmp_path / "data", to_supply)
    do(plan, "sven", "plan")
    dora = opened(plan, "Dora Lind")
    dora.goto("/p/tight/2026-05/bench/?place=family:FA")
    dora.get_by_role("link", name="To the schedule").click()
    expect(dora.locator(".lead")).to_contain_text("The schedule is of the plan of May 2026.")
    names = ("baseline", "agreed", "booked", "late at the freeze", "released, due", "made by the plan",
             "at the end of the month", "safety stock", "free to promise")  # fmt: skip
    rows = {name: row(dora, "By month", name) for name in names}
    rows["load"] = row(dora, "By month", "Line 1")
    assert all(len(cells) == 8 for cells in rows.values())  # the horizon
    assert rows["load"][4] == "△ 100\u202f%"  # full from September on, and not planned over it
    made, stock, wanted = (
        [float(re.sub(r"[^\d.]", "", cell) or 0) for cell in rows[name]]
        for name in ("made by the plan", "at the end of the month", "agreed")
    )
    for month in range(1, 6):  # what is released counts in what is made
        assert stock[month] == pytest.approx(stock[month - 1] + made[month] - wanted[month], abs=2)  # each is rounded
