"""The sales leader, the executive and an owner of a figure in the browser, each through a duty of the month."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import Plan
from tests.journeys.acting import go
from tests.journeys.companies import missed
from tests.journeys.conftest import Opens, Takes
from tests.steps.month_for_tests import NOW, do, founded, to_executive, to_forecast, to_supply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
At = Callable[..., Plan]


@pytest.fixture
def at(settings: Settings, tmp_path: Path) -> At:
    """``at(to_supply)``: the squeezed company after some play, its clock at the moment of that play."""
    settings.ONENUMBER_HOME = tmp_path / "home"

    def made(*plays: Callable[[Plan], object]) -> Plan:
        with transaction.atomic():  # rows that are put there again refer to each other
            plan = founded("tight", "live", tmp_path / "data")
            for play in plays:
                play(plan)
        plan.clock = NOW
        plan.save(update_fields=["clock"])
        return plan

    return made


def to_window(plan: Plan) -> None:
    do(plan, "olga", "open", period="2026-05")
    to_forecast(plan)
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        do(plan, person, "submit", patch=patch)


def speak(page: Page) -> None:
    """The sales leader says what is new with the key account."""
    go(page, "k")
    expect(page.locator(".lead")).to_contain_text("of 1 account nothing is said yet")
    page.get_by_text("News", exact=True).first.click()
    page.get_by_label("In a sentence").fill("Alpha builds a plant")
    page.get_by_label("Must the executive know today?").select_option("yes")
    page.locator("details[open]").get_by_role("button").click()
    expect(page.get_by_text("urgent: Alpha builds a plant")).to_be_visible()


@pytest.mark.duty("SM-1", "SM-2")
def test_a_sales_leader_returns_accepts_signs_and_speaks_for_key_accounts(
    opened: Opens, at: At, picture: Takes
) -> None:
    plan = at(to_window)
    ines = opened(plan, "Ines Duarte")
    go(ines, "t")
    expect(ines.locator(".lead")).to_have_text("2 of 2 patches are in. 2 wait to be accepted.")
    south = ines.locator("#patch-South")
    south.get_by_text("Return", exact=True).first.click()
    south.get_by_label("In a sentence").fill("what of the tender?")
    south.locator("form", has=ines.get_by_label("In a sentence")).get_by_role("button").click()
    expect(ines.get_by_text("South is returned.")).to_be_visible()
    expect(south).to_contain_text("what of the tender?")
    picture(ines, "sm-team")
    ines.locator("#patch-Nord").get_by_role("button", name="Accept").click()
    expect(ines.get_by_text("Nord is accepted.")).to_be_visible()
    do(plan, "ben", "submit", patch="South")
    ines.reload()
    ines.locator("#patch-South").get_by_role("button", name="Accept").click()
    expect(ines.get_by_text("South is accepted.")).to_be_visible()
    do(plan, "ines", "collect")
    do(plan, "dora", "agree")
    ines.reload()
    ines.get_by_text("Sign: demand agreed").first.click()
    ines.locator("details[open]").get_by_role("button").click()
    expect(ines.get_by_text("Signed, with your name.")).to_be_visible()

    speak(ines)
    picture(ines, "sm-accounts")
    go(ines, "v")
    expect(ines.locator(".lead")).to_contain_text("It is not known: no cycle of OneNumber forecast this month")
    eva = opened(plan, "Eva Okafor")
    expect(eva.locator("main")).to_contain_text("Alpha: Alpha builds a plant (Ines Duarte")


def decide(eva: Page, picture: Takes) -> None:
    """The executive reads the paper and takes its first option."""
    paper = eva.locator("section.paper").first
    expect(paper).to_contain_text("A turn on Line 1 (L1) holds to the end of")
    expect(paper).to_contain_text("No turn was given between these divisions before.")
    expect(paper).to_contain_text("Customers who wait")
    picture(eva, "ex-paper")
    paper.get_by_text("Decide", exact=True).first.click()
    paper.locator("details[open]").get_by_label("Option").select_option("A")
    paper.locator("details[open]").get_by_role("button").click()
    expect(eva.get_by_text("2026-05-L1 is decided: A.")).to_be_visible()


@pytest.mark.duty("EX-1")
def test_an_executive_is_refused_in_words_until_every_line_is_decided_and_then_approves(
    opened: Opens, at: At, picture: Takes
) -> None:
    plan = at(to_supply, to_executive)
    eva = opened(plan, "Eva Okafor")
    go(eva, "x")
    expect(eva.locator(".lead")).to_contain_text("The approval would be refused")
    expect(eva.locator("main")).to_contain_text("Revenue, DA lands")
    expect(eva.get_by_role("button", name="Sign")).to_have_count(0)
    picture(eva, "ex-page")
    eva.get_by_role("link", name="Who goes first?").click()
    decide(eva, picture)
    do(plan, "sven", "replan")
    do(plan, "omar", "sign", verb="confirm_final")
    go(eva, "x")
    for left in (2, 1):
        expect(eva.get_by_text("Accept the deviation")).to_have_count(left * 2)
        eva.get_by_text("Accept the deviation").first.click()
        form = eva.locator("details[open]")
        form.get_by_label("Why").fill("the budget is of last year")
        form.get_by_role("button").click()
        expect(eva.locator("p.message.success")).to_be_visible()
    expect(eva.locator(".lead")).to_contain_text("Nothing stands against your approval.")
    eva.locator("main").get_by_text("Sign: approved").first.click()
    eva.locator("details[open]").get_by_role("button").click()
    expect(eva.get_by_text("Signed, with your name.")).to_be_visible()
    expect(eva.locator("main")).to_contain_text("The plan is approved")


def to_breach(plan: Plan) -> None:
    """Adherence of April in which production at P1 is breached."""
    do(plan, "olga", "open", period="2026-05")
    do(plan, "olga", "freeze")
    do(plan, "olga", "measure")
    missed(plan, "production")


def test_an_owner_answers_where_she_reads_that_the_plan_was_missed(opened: Opens, at: At, picture: Takes) -> None:
    plan = at(to_breach)
    pia = opened(plan, "Pia Rossi")
    pia.get_by_role("link", name="1 figure that missed the plan in April 2026 has no answer from you").click()
    expect(pia.locator(".lead")).to_have_text(
        "1 figure of April 2026 missed the plan; 1 has no answer, due by Thursday 28 May: Pia Rossi."
    )
    pia.locator("main").get_by_text("Answer", exact=True).first.click()
    form = pia.locator("details[open]")
    form.get_by_label("In a sentence").fill("The press stood for two days.")
    form.get_by_label("Kind of cause").select_option("SUP-LATE")
    form.get_by_label("What will be done").fill("A spare part is kept.")
    form.get_by_label("By when").fill("2026-06-30")
    picture(pia, "pm-answer")
    form.get_by_role("button").click()
    expect(pia.locator(".lead")).to_have_text("1 figure of April 2026 missed the plan; every one is answered.")
    expect(pia.locator("main")).to_contain_text("A spare part is kept, by 30 June 2026")
    eva = opened(plan, "Eva Okafor")
    go(eva, "a")
    expect(eva.locator("#missed ~ div")).to_contain_text("The press stood for two days.")
    picture(eva, "ex-adherence")
