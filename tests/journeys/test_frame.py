import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_wrong_password_is_said_and_the_right_one_opens_the_month(page: Page) -> None:
    page.get_by_label("Login").fill("omar")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("That login and password do not belong together.")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My month June 2026")


def test_the_bar_says_where_the_month_stands_and_what_blocks_it(omar: Page) -> None:
    expect(omar.locator('[aria-current="step"]')).to_contain_text("Supply")
    expect(omar.get_by_text("day 8 of 18")).to_be_visible()
    omar.locator("summary", has_text="2 to settle").click()
    expect(omar.locator(".ball")).to_contain_text("The signature “achievable” has not been given Omar Haddad")
    omar.keyboard.press("Escape")
    expect(omar.locator(".ball[open]")).to_have_count(0)


def test_everything_is_reached_without_a_mouse(omar: Page) -> None:
    omar.keyboard.press("g")
    omar.keyboard.press("f")
    expect(omar).to_have_url(re.compile("/family/"))
    omar.keyboard.press("j")
    expect(omar.get_by_role("heading", level=1)).to_contain_text("Pumps")
    omar.keyboard.press("/")
    omar.keyboard.type("ball")
    expect(omar.locator("#hits a")).to_have_text(["Ball valves family"])
    omar.keyboard.press("Tab")
    omar.keyboard.press("Enter")
    expect(omar.get_by_role("heading", level=1)).to_contain_text("Ball valves")
    omar.keyboard.press("?")
    expect(omar.get_by_role("dialog")).to_be_visible()
    omar.keyboard.press("Escape")
    expect(omar.get_by_role("dialog")).to_be_hidden()


def test_letters_can_be_turned_off_for_who_dictates(omar: Page) -> None:
    omar.keyboard.press("?")
    omar.get_by_label("Letters and signs work as keys on this computer").uncheck()
    omar.get_by_role("button", name="Close").click()
    omar.keyboard.press("g")
    omar.keyboard.press("f")
    omar.wait_for_timeout(200)
    expect(omar).to_have_url(re.compile("/2026-06/$"))


def test_dark_is_remembered_by_the_server_so_that_the_next_page_comes_dark(omar: Page) -> None:
    omar.get_by_role("button", name="Change between light and dark").click()
    omar.get_by_role("link", name="Data", exact=True).click()
    expect(omar.locator("html")).to_have_attribute("data-theme", "dark")


def test_sign_out_closes_the_door(omar: Page) -> None:
    omar.locator("summary", has_text="Omar Haddad").click()
    omar.get_by_role("button", name="Sign out").click()
    omar.goto("/p/hydra/2026-06/family/")
    expect(omar).to_have_url(re.compile("/sign-in/"))
