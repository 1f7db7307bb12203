"""Operations in the browser: a plant answers; its leader looks at lines and materials, and leads the meeting."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.steps.frame.context import make_context
from onenumber.steps.see.supply import open_shortages
from onenumber.store.models import Plan
from tests.journeys.conftest import Opens, Takes
from tests.steps.month_for_tests import do, founded, to_supply
from tests.steps.plant_for_tests import supplied

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLANNED = dt.datetime(2026, 5, 14, 10, tzinfo=dt.UTC)


@pytest.fixture
def plan(settings: Settings, tmp_path: Path) -> Plan:
    """May is planned: the line is short of hours in autumn, a material comes too late."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    with transaction.atomic():
        made = founded("plants", "live", tmp_path / "data", supplied())
        to_supply(made)
    do(made, "sven", "plan", at=PLANNED)
    made.clock = PLANNED
    made.save(update_fields=["clock"])
    return made


def fill(page: Page, form: str, **says: str) -> None:
    """Open a form by its words, fill it in and send it."""
    opened = page.locator("details.way", has=page.locator("summary", has_text=form))
    opened.locator("summary").click()
    for name, value in says.items():
        field = opened.locator(f'[name="{name}"]')
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    opened.get_by_role("button", name=form).click()


def look_round(omar: Page, picture: Takes) -> None:
    """The operations leader at lines, windows and materials."""
    omar.keyboard.type("gl")
    expect(omar.locator(".lead")).to_contain_text("1 of 1 lines is asked for more hours than it has")
    expect(omar.locator("main")).to_contain_text("cannot make what the plan asks of it: A1 at Plant 1 in June 2026")
    expect(omar.locator("#lines")).to_contain_text("Not achievable as asked")
    expect(omar.locator("#lines")).to_contain_text("The best month it ever made was")
    go_round(omar, picture)


@pytest.mark.duty("OP-1", "OP-2", "OP-3", "OP-4")
def test_a_plant_says_what_it_cannot_make_and_its_leader_takes_it_into_the_meeting(
    opened: Opens, plan: Plan, picture: Takes
) -> None:
    pia = opened(plan, "Pia Rossi")
    pia.get_by_role("link", name="Plant 1 has not answered the plan").click()
    expect(pia.locator(".lead")).to_have_text("Plant 1 has not answered the plan yet.")
    fill(pia, "Say what cannot be made", item="A1", month="2026-06", quantity="10", note="the mould is worn")
    expect(pia.get_by_text("“the mould is worn” The plan still asks")).to_be_visible()
    picture(pia, "pm-plan")

    omar = opened(plan, "Omar Haddad")
    look_round(omar, picture)
    omar.keyboard.type("gi")
    omar.get_by_role("link", name="Supply meeting").click()
    expect(omar.locator("#plants")).to_contain_text("10 instead of the")
    looking = make_context(plan, person="omar", now=PLANNED)
    for cause in (*open_shortages(looking), "P1 A1 2026-06"):
        do(plan, "sven", "escalate", at=PLANNED, subject=cause, reason="to the pre-S&OP")
    omar.reload()
    fill(omar, "Sign: achievable")
    expect(omar.locator("#minutes")).to_contain_text("Omar Haddad signed “achievable”")
    fill(omar, "Write down an action", what="Order a new mould", who="pia", due="2026-05-29")
    expect(omar.locator("#minutes")).to_contain_text("Order a new mould Pia Rossi, by 29 May")
    picture(omar, "op-meeting")

    pia.goto(f"/p/{plan.key}/2026-05/")
    picture(pia, "pm-action")
    fill(pia, "It is done", note="it comes on Monday")
    expect(pia.get_by_text("Order a new mould")).to_have_count(0)


def go_round(omar: Page, picture: Takes) -> None:
    """An operations leader opens a full line, prices the move of a window, and sees who waits for a material."""
    omar.locator(".heat td.overload a").first.click()
    expect(omar.locator("#opened")).to_contain_text(
        "Overtime step 1: up to 30 h a month, 1 EUR an hour; it needs a decision."
    )
    picture(omar, "op-load")
    omar.get_by_role("link", name="Maintenance windows").click()
    omar.get_by_role("button", name=re.compile("Price it.*October 2026")).click()
    expect(omar.get_by_text(re.compile("In October 2026 it (costs|saves) .* EUR net"))).to_be_visible()
    picture(omar, "op-maintenance")
    omar.get_by_role("link", name="Materials").click()
    expect(omar.locator(".lead")).to_contain_text("By this plan 1 material holds sales back: Casting (M1)")
    expect(omar.locator("section.paper li").first).to_contain_text("of B1")
