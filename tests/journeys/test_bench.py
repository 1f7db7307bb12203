"""The demand planner's day in the browser: what is odd, a question and its answer, a change that is tried."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from onenumber.store.models import EditRow, LookedRow, Plan, VerdictRow
from tests.journeys.conftest import Opens, Takes
from tests.steps.month_for_tests import NOW, do, founded, to_forecast
from tests.steps.test_judge import odd

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(settings: Settings, tmp_path: Path) -> Plan:
    """The tiny company with a line of twelve times, its baseline made."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    with transaction.atomic():
        made = founded("odd", "live", tmp_path / "data", odd())
        do(made, "olga", "open", period="2026-05")
        to_forecast(made)
    made.clock = NOW + dt.timedelta(minutes=5)
    made.save(update_fields=["clock"])
    return made


def test_a_planner_judges_tries_and_goes_on(opened: Opens, plan: Plan, picture: Takes) -> None:
    dora = opened(plan, "Dora Lind")
    dora.keyboard.press("g")
    dora.keyboard.press("b")
    expect(dora.get_by_text("1 thing is unlike the past.")).to_be_visible()
    dora.locator(".odd summary").click()
    dora.get_by_label("Why").fill("pieces, not boxes")
    picture(dora, "dp-odd")
    dora.get_by_role("button", name="Clean history").click()
    expect(dora.get_by_text("1 verdict waits for the next baseline")).to_be_visible()
    assert VerdictRow.objects.get().taken == "clean"

    dora.keyboard.press("w")
    dora.get_by_label("What you would type").fill("+40%")
    dora.get_by_role("button", name="What would it do?").click()
    expect(dora.locator(".answer")).to_contain_text("Nothing is kept")
    picture(dora, "dp-try")
    assert not EditRow.objects.exists()
    dora.keyboard.press("Escape")
    dora.locator("h1").click()
    dora.keyboard.press("a")
    expect(dora.get_by_text("Marked as looked at.")).to_be_visible()
    expect(dora.get_by_text("1 family waits for your look.")).to_be_visible()
    assert LookedRow.objects.count() == 1


@pytest.mark.duty("DP-4")
def test_a_salesperson_answers_what_the_planner_asked_with_a_key(opened: Opens, plan: Plan, picture: Takes) -> None:
    dora = opened(plan, "Dora Lind")
    dora.goto(f"/p/{plan.key}/2026-05/bench/?place=family:FA")
    dora.keyboard.press("q")
    dora.get_by_label("Your question").fill("Do they buy boxes now?")
    dora.get_by_label("Whom").select_option("ana")
    dora.get_by_label("Answer by").fill("2026-05-08")
    dora.get_by_role("button", name="Ask").click()
    expect(dora.get_by_text("Ana Ruiz is asked")).to_be_visible()
    ana = opened(plan, "Ana Ruiz", width=390)
    ana.locator("#due summary", has_text="Answer").click()
    ana.get_by_role("textbox", name="In a sentence", exact=True).fill("no, it was our mistake")
    ana.locator("#due").get_by_role("button", name="Answer").click()
    expect(ana.get_by_text("Your answer is sent to who asked.")).to_be_visible()
    dora.keyboard.press("g")
    dora.keyboard.press("m")
    expect(dora.get_by_text("no, it was our mistake")).to_be_visible()
    picture(dora, "dp-answer")


def test_a_change_is_tried_beside_the_grid_and_the_schedule_is_a_click_away(opened: Opens, plan: Plan) -> None:
    dora = opened(plan, "Dora Lind")
    dora.goto(f"/p/{plan.key}/2026-05/plan/L4/?level=family&key=FA&month=2026-06")
    dora.locator("#panel summary", has_text="What would a change do?").click()
    dora.get_by_label("What you would type").fill("+10%")
    dora.locator("#panel").get_by_role("button", name="What would it do?").click()
    expect(dora.locator("#panel .answer")).to_contain_text("Nothing is kept")
    dora.locator("#panel [data-close-panel]").click()
    dora.locator('button[data-do="try"]').click()
    expect(dora.locator("#panel")).to_contain_text("by a supply plan made of all that stands")
    dora.goto(f"/p/{plan.key}/2026-05/bench/?place=family:FA")
    dora.get_by_role("link", name="To the schedule").click()
    expect(dora.get_by_text("there is no schedule yet")).to_be_visible()
    dora.get_by_role("link", name="baseline").click()
    expect(dora.get_by_role("heading", name="Why this forecast")).to_be_visible()
