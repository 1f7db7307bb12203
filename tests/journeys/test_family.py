import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def valves(omar: Page) -> Page:
    omar.goto("/p/hydra/2026-06/family/?place=family:Safety+valves")
    return omar


def test_it_opens_on_what_needs_a_deed_then_on_the_differences(valves: Page) -> None:
    said = valves.locator(".said li").all_inner_texts()
    assert said[0] == "▲ Late at the end of November 2026: 170 pcs, the most in the plan."
    assert "over last cycle for 17 months" in said[1]


def test_arrows_go_from_figure_to_figure_and_enter_opens_one_whose_parts_add_up(valves: Page) -> None:
    valves.locator("table[data-grid] a[tabindex='0']").focus()
    valves.keyboard.press("ArrowRight")
    valves.keyboard.press("ArrowDown")
    valves.keyboard.press("Enter")
    panel = valves.locator("#panel")
    expect(panel.get_by_role("heading")).to_have_text(re.compile("Demand, last cycle, July 2026"))
    expect(panel.get_by_role("heading")).to_be_focused()
    amounts = panel.locator("table").first.locator("tbody td.n:nth-child(3)").all_inner_texts()
    total = panel.locator("table").first.locator("tfoot td.n").first.inner_text()
    assert sum(_number(one) for one in amounts) == pytest.approx(_number(total), abs=1)
    expect(valves).to_have_url(re.compile("row=demand_last&column=2026-07"))
    valves.keyboard.press("Escape")
    expect(panel).to_be_empty()
    expect(valves.locator("table[data-grid] a:focus")).to_have_count(1)


def test_a_figure_opened_from_its_sentence_gives_the_focus_back_to_it(valves: Page) -> None:
    sentence = valves.locator(".said a").nth(1)
    sentence.focus()
    valves.keyboard.press("Enter")
    expect(valves.locator("#panel").get_by_role("heading")).to_be_focused()
    valves.keyboard.press("Escape")
    expect(sentence).to_be_focused()


def test_a_link_to_an_opened_figure_opens_it_again(valves: Page) -> None:
    valves.goto("/p/hydra/2026-06/family/?place=family:Safety+valves&row=backlog&column=2026-11")
    expect(valves.locator("#panel")).to_contain_text("Backlog, late at the end, plan, November 2026")
    valves.get_by_role("link", name="Close").click()
    expect(valves).to_have_url(re.compile(r"place=family%3ASafety\+valves$"))


def test_made_to_order_shows_backlog_in_weeks_and_no_stock(valves: Page) -> None:
    expect(valves.get_by_role("rowheader", name="weeks of demand")).to_be_visible()
    expect(valves.get_by_role("rowheader", name="days of demand")).to_have_count(0)


def test_money_is_one_click_away_and_stays_on_the_way_to_the_next_family(valves: Page) -> None:
    valves.get_by_role("group", name="Count in").get_by_role("link", name="Money").click()
    expect(valves.locator(".group").first).to_contain_text("Demand EUR")
    valves.keyboard.press("j")
    expect(valves).to_have_url(re.compile("in=money"))


def test_the_first_column_stays_when_the_months_are_moved(valves: Page) -> None:
    valves.set_viewport_size({"width": 1024, "height": 900})
    before = valves.get_by_role("rowheader", name="budget").bounding_box()
    valves.locator(".grid").evaluate("box => { box.scrollLeft = 300; }")
    assert valves.get_by_role("rowheader", name="budget").bounding_box() == before


def test_search_leads_to_an_item_and_its_way_up_to_the_family(omar: Page) -> None:
    omar.keyboard.press("/")
    omar.keyboard.type("cp-1")
    expect(omar.locator("#hits a")).to_have_text(["CP-100 Circulation pump 25-40 item"])
    omar.keyboard.press("Tab")
    omar.keyboard.press("Enter")
    expect(omar.get_by_role("heading", level=1)).to_have_text("Circulation pump 25-40 item CP-100")
    expect(omar).to_have_url(re.compile(r"place=item%3ACP-100$"))
    omar.locator("table[data-grid] a[tabindex='0']").focus()
    omar.keyboard.press("Enter")
    expect(omar).to_have_url(re.compile(r"place=item%3ACP-100&row=demand_new"))
    omar.keyboard.press("Escape")
    omar.locator(".crumbs").get_by_role("link", name="Circulation pumps").click()
    expect(omar.get_by_role("heading", level=1)).to_have_text("Circulation pumps family")
    omar.locator("table[data-grid] a[tabindex='0']").click()
    omar.locator("#panel").get_by_role("link", name="Circulation pump 25-40").click()
    expect(omar.get_by_role("heading", level=1)).to_contain_text("Circulation pump 25-40")


def _number(text: str) -> float:
    return float(re.sub(r"[^\d.]", "", text.replace("−", "-")) or 0)
