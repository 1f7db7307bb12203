"""From anywhere to one's own duties, and to anybody's by its code, without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_who_does_what_is_two_keys_away_and_leads_to_ones_own_line(omar: Page) -> None:
    omar.keyboard.press("g")
    omar.keyboard.press("w")
    expect(omar).to_have_url(re.compile("/who/$"))
    expect(omar.get_by_text("Nobody is demand planner")).to_be_visible()
    omar.get_by_role("link", name="Sign “achievable”").focus()
    omar.keyboard.press("Enter")
    expect(omar.locator("tr:target")).to_contain_text("Omar Haddad (yours)")
    expect(omar.locator("tr:target")).to_be_in_viewport()


def test_a_duty_is_found_by_its_code(omar: Page) -> None:
    omar.keyboard.press("/")
    omar.keyboard.type("dp-3")
    expect(omar.locator("#hits a")).to_have_text(["DP-3 Finds what does not look like the past duty"])
    omar.keyboard.press("Tab")
    omar.keyboard.press("Enter")
    expect(omar.locator("tr:target")).to_contain_text("Finds what does not look like the past")
    expect(omar.locator("tr:target")).to_contain_text("nobody")
