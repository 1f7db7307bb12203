"""The four duties of a salesperson in the browser, on a phone: customer, orders, figures, news; and who answers her."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import Plan
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import NOW, do, founded, to_forecast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = NOW + dt.timedelta(hours=2)


@pytest.fixture
def plan(settings: Settings, tmp_path: Path) -> Plan:
    """May stands in the sales window."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    with transaction.atomic():  # rows that are put there again refer to each other
        made = founded("tight", "live", tmp_path / "data")
        do(made, "olga", "open", period="2026-05")
        to_forecast(made)
    at(made, NOW)
    return made


def at(plan: Plan, moment: dt.datetime) -> None:
    plan.clock = moment
    plan.save(update_fields=["clock"])


def fits(page: Page) -> bool:
    """Whether nothing of a page reaches beyond the phone."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= 390"))


@pytest.mark.duty("SP-2", "SP-3", "SP-4")
def test_a_salesperson_works_through_her_month_on_a_phone(opened: Opens, plan: Plan) -> None:
    ana = opened(plan, "Ana Ruiz", width=390)
    ana.get_by_role("link", name="4 open order lines are not confirmed").click()
    confirm_orders(ana)
    share_news(ana)
    enter_figures(ana)
    answer_the_request(opened(plan, "Sven Berg"), plan)
    ana.get_by_role("link", name="My month").click()
    expect(ana.locator(".changes li").first).to_contain_text(
        re.compile("Sven Berg corrected order .*moved to the 28th")
    )


def confirm_orders(ana: Page) -> None:
    """SP-1 and SP-2: the customer's page, one line wrong, the others right."""
    ana.get_by_role("link", name="Alpha").click()
    expect(ana.locator(".lead")).to_contain_text("4 order lines are open")
    assert fits(ana)
    ana.get_by_role("link", name="Wrong").first.click()
    ana.get_by_label("What is wrong").select_option("wrong_date")
    ana.get_by_label("Wanted on (for a wrong date)").fill("2026-05-28")
    ana.locator(".orders").get_by_label("In a sentence").fill("they can take it on the 28th")
    ana.get_by_role("button", name="Ask the supply planner").first.click()
    expect(ana.get_by_text("The supply planner is asked; you hear what becomes of it.")).to_be_visible()
    ana.get_by_role("button", name="All 3 lines are right").click()
    expect(ana.get_by_text("3 order lines are confirmed.")).to_be_visible()


def share_news(ana: Page) -> None:
    """SP-4: a tender, half likely, not in her number."""
    ana.get_by_role("link", name="Share news").click()
    ana.get_by_label("It is about").select_option("tender")
    ana.get_by_label("In a sentence").fill("a tender is out")
    ana.get_by_label("Likely").fill("20")
    ana.get_by_label("How probable").select_option("0.5")
    ana.get_by_label("No: the planner decides").check()
    assert fits(ana)
    ana.get_by_role("button", name="Share", exact=True).click()
    expect(ana.get_by_text("News 1 is shared; you hear what becomes of it.")).to_be_visible()


def enter_figures(ana: Page) -> None:
    """SP-3: one figure, one percentage, the months of a line, and the patch is handed in."""
    ana.get_by_role("link", name="My customers").click()
    expect(ana.locator(".lead")).to_contain_text("2 of your 2 lines need you")
    figure = ana.get_by_label("Likely figure, Alpha, FA")
    figure.fill("lots")
    figure.press("Enter")
    expect(ana.locator("#entry-said")).to_contain_text("it is no figure; type 1200 or -10")
    expect(figure).to_have_value("lots")  # nothing typed is lost
    figure.fill("900")
    ana.get_by_label("Percent, Alpha, FB").fill("+10%")
    ana.get_by_role("button", name="Save what I typed").last.click()
    expect(ana.get_by_text("2 lines are saved. Hand in when you are through.")).to_be_visible()
    ana.locator("a.opens").first.press("Enter")
    expect(ana.get_by_label("June 2026", exact=True)).to_be_visible()
    assert fits(ana)
    ana.get_by_role("button", name="Hand in Nord").click()
    expect(ana.get_by_text("Handed in by Ana Ruiz on Tuesday 5 May; it waits for the sales leader")).to_be_visible()


def answer_the_request(sven: Page, plan: Plan) -> None:
    """SS-5: what is asked of the order desk waits in My month of the supply planner, with its form."""
    sven.locator("#due").get_by_text("Answer", exact=True).first.click()
    sven.get_by_label("What became of it").select_option("corrected")
    sven.locator("#due").get_by_label("In a sentence").fill("moved to the 28th")
    at(plan, LATER)
    sven.locator("#due").get_by_role("button", name="Answer").click()
    expect(sven.get_by_text("It is answered, and goes back to who asked.")).to_be_visible()
