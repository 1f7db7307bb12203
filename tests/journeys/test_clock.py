"""The demo's clock in the browser, on the squeezed company: it takes the others along, and stops for who looks."""

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import Plan
from tests.journeys.acting import jobs_at_once
from tests.journeys.companies import opened_may, squeezed_may
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import NOW, do, to_forecast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Working day 3 of May: the baseline is made, and sales have until day 5."""
    settings.ONENUMBER_HOME, settings.ONENUMBER_DEMO = tmp_path / "home", True
    jobs_at_once(monkeypatch)
    return squeezed_may(tmp_path / "data", opened_may, to_forecast)


def go_on(page: Page, to: str) -> None:
    page.locator(".clock summary").click()
    page.locator(".clock").get_by_role("button", name=to).click()
    page.wait_for_url("**/jobs/*/")


def test_a_leader_goes_to_the_cut_off_and_sees_what_the_others_submitted_marked(opened: Opens, plan: Plan) -> None:
    do(plan, "ana", "submit", at=NOW - dt.timedelta(hours=1), patch="Nord")
    ines = opened(plan, "Ines Duarte")
    expect(ines.locator(".clock summary")).to_contain_text("day 3 of 21 · demo")
    go_on(ines, "The sales cut-off")
    expect(ines.locator(".lead")).to_have_text("It is Thursday 7 May. 1 step was played.")
    ines.get_by_role("link", name="To My month").click()
    changes = ines.locator(".changes li")
    expect(changes.filter(has_text="Ben Osei handed in patch South").locator(".played")).to_have_text("played")
    expect(changes.filter(has_text="Ana Ruiz handed in patch Nord").locator(".played")).to_have_count(0)
    expect(ines.locator("#due")).to_contain_text("Patch South")


def test_the_clock_stops_at_what_waits_for_her_until_she_lets_hers_be_played(opened: Opens, plan: Plan) -> None:
    ana = opened(plan, "Ana Ruiz")
    go_on(ana, "The demand meeting")
    expect(ana.locator(".lead")).to_contain_text(
        "It stops here, this waits for you: Patch Nord has not been handed in."
    )
    expect(ana.locator(".clock summary")).to_contain_text("day 5 of 21")
    ana.get_by_role("button", name="Play mine, too, and go on").click()
    expect(ana.locator(".lead")).to_contain_text("It is Monday 11 May.")
    expect(ana.locator(".phases [aria-current]")).to_contain_text("Supply")
    ana.get_by_role("link", name="To My month").click()
    expect(ana).to_have_url(re.compile("/2026-05/$"))
