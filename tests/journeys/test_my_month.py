"""My month in the browser, on the squeezed company as its people left it: a salesperson on a phone, and operations."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import Plan
from tests.journeys.conftest import Opens, Takes
from tests.steps.month_for_tests import NOTHING, PAPER, do, founded, to_executive, to_forecast, to_published, to_supply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JUNE = dt.datetime(2026, 6, 3, 10, tzinfo=dt.UTC)


@pytest.fixture
def plan(settings: Settings, tmp_path: Path) -> Plan:
    """The demand of May is signed; from September on the line is short of hours."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    with transaction.atomic():  # rows that are put there again refer to each other
        made = founded("tight", "live", tmp_path / "data")
        to_supply(made)
    return made


def at(plan: Plan, moment: dt.datetime) -> None:
    plan.clock = moment
    plan.save(update_fields=["clock"])


def due(page: Page) -> list[str]:
    return page.locator("#due li").all_inner_texts()


@pytest.mark.duty("SP-1")
def test_a_salesperson_sends_on_what_was_promised_and_sees_what_waits_for_her(
    opened: Opens, plan: Plan, picture: Takes
) -> None:
    to_executive(plan)
    do(plan, "eva", "decide", paper=PAPER, option=NOTHING)
    do(plan, "sven", "replan")
    to_published(plan)
    do(plan, "olga", "open", at=JUNE, period="2026-06")
    to_forecast(plan, at=JUNE)
    at(plan, JUNE)
    ana = opened(plan, "Ana Ruiz", width=390)
    expect(ana.get_by_text("2 things wait for you, by Friday 5 June.")).to_be_visible()
    picture(ana, "sp-month")
    orders = "4 open order lines are not confirmed by Friday 5 June"
    assert due(ana) == ["Patch Nord has not been handed in by Friday 5 June\nHand in", orders]
    ana.get_by_role("button", name=re.compile("^Copy what to send to")).first.click()
    expect(ana.locator('[data-copied="yes"]')).to_have_count(1)
    copied = ana.evaluate("navigator.clipboard.readText()")
    assert re.search(r"^.+, by our plan of May 2026:\n\w+ 2026: asked \S+ pcs, promised \S+; .+: Line 1 ", copied)
    assert ana.evaluate("document.documentElement.scrollWidth") <= 390
    expect(ana.get_by_text("Olga Novak ended Data; Demand is under way")).to_be_visible()

    do(plan, "ana", "submit", at=JUNE, patch="Nord")
    do(plan, "ines", "return", at=JUNE, patch="Nord", note="what of the tender?")
    ana.reload()
    assert due(ana) == [
        "Patch Nord has not been handed in by Friday 5 June\nInes Duarte returned it: “what of the tender?”\nHand in",
        orders,
    ]

    do(plan, "ana", "submit", at=JUNE, patch="Nord")
    do(plan, "ana", "confirm", at=JUNE, customer="alpha")
    at(plan, JUNE + dt.timedelta(hours=3))
    do(plan, "ines", "accept", at=JUNE + dt.timedelta(hours=2), patch="Nord")
    ana.reload()
    expect(ana.locator(".lead")).to_contain_text("Nothing waits for you now. You act next in the cycle of July 2026")
    expect(ana.get_by_text("changed since you last looked, on Wednesday 3 June")).to_be_visible()
    expect(ana.locator(".changes li").first).to_contain_text("Ines Duarte accepted patch Nord")


def test_an_operations_leader_finds_the_plan_to_sign_and_why_she_cannot_yet(opened: Opens, plan: Plan) -> None:
    signing = dt.datetime(2026, 5, 18, 10, tzinfo=dt.UTC)
    do(plan, "sven", "plan", at=signing)
    at(plan, signing)
    omar = opened(plan, "Omar Haddad")
    expect(omar.locator(".lead")).to_have_text("2 things wait for you, and all are late.")
    assert due(omar) == [
        "The signature “achievable” has not been given ▲ was due Friday 15 May\nSign: achievable",
        "Plant 1 has not answered the plan that it was handed ▲ was due Friday 15 May",
    ]
    expect(
        omar.get_by_text("1 of 1 lines is full in one of the next six months; Line 1 (L1) is planned to")
    ).to_be_visible()
    omar.locator("#due a").first.click()
    expect(omar.get_by_role("heading", level=1)).to_contain_text("Supply plan, proposed 1")
    omar.keyboard.press("g")
    omar.keyboard.press("s")
    expect(omar).to_have_url(re.compile("/sheets/$"))
    omar.keyboard.press("g")
    omar.keyboard.press("m")
    expect(omar.locator(".changes li").first).to_contain_text("Sven")
