"""How a new salesperson gets in: a link from the administrator, a password of her own, her month."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from onenumber.store.models import Plan
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import NOW, do, founded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORD = "quiet-harbour-37"


@pytest.fixture
def adam(opened: Opens, tmp_path: Path) -> Page:
    """The administrator, in a company whose first month is open and in which nobody else has a sign-in."""
    with transaction.atomic():
        plan = founded("new", "live", tmp_path / "data")
        plan.clock = NOW
        plan.save(update_fields=["clock"])
        do(plan, "olga", "open", period="2026-05")
    return opened(Plan.objects.get(pk=plan.pk), "Adam Root")


@pytest.fixture
def visitor(adam: Page) -> Iterator[Page]:
    """A browser of somebody who is not signed in."""
    browser = adam.context.browser
    assert browser is not None
    context = browser.new_context()
    yield context.new_page()
    context.close()


def _link(adam: Page, person: str, words: str) -> str:
    adam.get_by_role("link", name="Data", exact=True).click()
    adam.get_by_role("link", name="Sign-ins").click()
    adam.get_by_label("Name, login or role").fill(person)
    adam.keyboard.press("Enter")
    expect(adam.locator("main tbody tr")).to_have_count(1)
    adam.locator("main tbody summary", has_text=words).click()
    adam.locator("main tbody details[open] button").click()
    found = re.search(r"http\S+/sign-in/\d+/\S+", adam.locator("#send-link").inner_text())
    assert found is not None
    return found[0]


def _choose(page: Page, word: str) -> None:
    page.get_by_label("New password").fill(word)
    page.get_by_label("The same again").fill(word)
    page.get_by_role("button", name="Keep this password").click()


def test_a_new_salesperson_gets_a_link_chooses_a_password_and_sees_her_month(adam: Page, visitor: Page) -> None:
    link = _link(adam, "Ana Ruiz", "Make a sign-in")
    visitor.goto(link)
    expect(visitor.locator(".lead")).to_contain_text("Your login is ana")
    _choose(visitor, "password")
    expect(visitor.get_by_role("alert")).to_contain_text("This password is too common.")
    _choose(visitor, WORD)
    visitor.wait_for_url("**/p/new/2026-05/")
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("My month")
    visitor.locator("summary", has_text="Ana Ruiz").click()
    visitor.get_by_role("button", name="Sign out").click()
    visitor.goto(link)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("This link is void")
    visitor.get_by_role("main").get_by_role("link", name="Sign in").click()
    visitor.get_by_label("Login").fill("ana")
    visitor.get_by_label("Password").fill(WORD)
    visitor.get_by_role("button", name="Sign in", exact=True).click()
    visitor.wait_for_url("**/p/new/2026-05/")
    adam.get_by_role("link", name="Sign-ins").click()
    expect(adam.get_by_role("row", name="Ana Ruiz")).to_contain_text("can sign in")


def test_who_is_signed_in_changes_the_password_under_her_name(adam: Page, visitor: Page) -> None:
    visitor.goto(_link(adam, "Ana Ruiz", "Make a sign-in"))
    _choose(visitor, WORD)
    visitor.locator("summary", has_text="Ana Ruiz").click()
    visitor.get_by_role("link", name="Change my password").click()
    visitor.get_by_label("The password that you have").fill(WORD)
    _choose(visitor, f"{WORD}-and-more")
    visitor.wait_for_url("**/p/new/2026-05/")
    expect(visitor.locator(".message")).to_contain_text("Your password is changed.")
