"""The planning grid in the browser, on the tiny company through the real steps: typing, pasting, two at once."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from onenumber.store.models import Account, EditRow, Plan
from tests.steps.conftest import *  # noqa: F403 - the tiny company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opens = Callable[[str, str], Page]


@pytest.fixture
def opens(
    browser: Browser, live_server: LiveServer, settings: Settings, in_demand: None, plan: Plan
) -> Iterator[Opens]:
    """``opens("dora", "L4")``: the grid of a layer, as a person sees it in a browser of her own."""
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    contexts, errors = [], []

    def _opens(person: str, layer: str) -> Page:
        if not Account.objects.filter(login=person).exists():
            Account.objects.create_account(login=person, password=None, plan=plan, person=person)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=live_server.url)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto("/")
        page.locator(f"button[value='{person}']").click()
        page.wait_for_url("**/p/**")
        page.goto(f"/p/tiny/2026-05/plan/{layer}/")
        page.wait_for_selector("plan-grid .slick-row")
        page.get_by_role("button", name="Customers").click()
        return page

    yield _opens
    for context in contexts:
        context.close()
    assert [error for error in errors if "409" not in error and "422" not in error] == []


def figures(page: Page, row: int) -> list[str]:
    """The figures of a visible row, as they are read; rows count from 0: DA, FA, A1, its streams, A2 ..."""
    found: list[str] = page.evaluate(
        "row => [...document.querySelectorAll('plan-grid .slick-pane-right .slick-row')]"
        ".sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[row]"
        ".innerText.split('\\n')",
        row,
    )
    return found


def number(text: str) -> float:
    return float(text.replace("\u202f", "").replace("−", "-"))


def said(page: Page) -> Locator:
    return page.locator("[data-status]")


def go(page: Page, row: int, month: int) -> None:
    """To a cell by the keyboard, from the first one."""
    page.keyboard.press("Control+Home")
    page.keyboard.press("Home")
    for key, times in (("ArrowRight", month + 1), ("ArrowDown", row)):
        for _ in range(times):
            page.keyboard.press(key)


A1, ALPHA, A2 = 2, 3, 6
"""Visible rows once all is open."""


def test_a_planner_types_a_figure_a_change_and_a_percent_and_takes_them_back(opens: Opens) -> None:
    page = opens("dora", "L4")
    before = figures(page, A1)
    go(page, A1, 1)
    expect(said(page)).to_have_text(f"A1, Jun 26: {before[1]} pcs")
    page.locator("[data-reason]").fill("a tender")
    page.locator("plan-grid .slick-cell.active").click()
    page.keyboard.type("120")
    page.keyboard.press("Tab")
    expect(said(page)).to_have_text("Saved.")
    assert figures(page, A1)[1] == "120"
    page.keyboard.type("+10")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Saved.")
    assert number(figures(page, A1)[2]) == number(before[2]) + 10
    go(page, A1, 1)
    page.keyboard.type("+5%")
    page.keyboard.press("Enter")
    expect(page.locator("plan-grid .slick-cell.typed").first).to_be_visible()
    expect(said(page)).to_have_text("Saved.")
    assert figures(page, A1)[1] == "126"
    edits = [(one.mode, one.value, one.place_name, one.reason) for one in EditRow.objects.order_by("sequence")]
    assert edits == [
        ("set", 120.0, "A1", "a tender"),
        ("add", 10.0, "A1", "a tender"),
        ("percent", 5.0, "A1", "a tender"),
    ]
    for _ in range(3):
        page.keyboard.press("Control+z")
        expect(said(page)).to_have_text("Taken back.")
        page.keyboard.press("ArrowUp")
    assert figures(page, A1) == before


def test_what_is_no_figure_is_said_and_escape_leaves(opens: Opens) -> None:
    page = opens("dora", "L4")
    before = figures(page, A1)
    go(page, A1, 1)
    page.keyboard.type("12x")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("“12x” is no figure. Type 120, +10, -10 or +5%.")
    go(page, A1, 1)
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    assert figures(page, A1) == before
    assert not EditRow.objects.exists()


def test_a_range_is_summed_typed_over_locked_and_copied_to_a_spreadsheet_and_back(opens: Opens) -> None:
    page = opens("dora", "L4")
    go(page, A1, 1)
    page.keyboard.press("Shift+ArrowRight")
    both = [number(one) for one in figures(page, A1)[1:3]]
    expect(said(page)).to_contain_text("Cells 2")
    shown = number(said(page).inner_text().split(" pcs")[0].removeprefix("Sum "))
    assert abs(shown - sum(both)) <= 1, "of figures that are rounded to be read"
    page.keyboard.type("200")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Saved.")
    assert figures(page, A1)[1:3] == ["200", "200"]
    go(page, A1, 1)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+c")
    expect(said(page)).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "200\t200"
    page.evaluate("navigator.clipboard.writeText('1,000\\t300\\n40,5\\t50\\n')")
    go(page, ALPHA, 1)
    page.keyboard.press("Control+v")
    expect(said(page)).to_have_text("4 edits saved.")
    assert figures(page, ALPHA)[1:3] == ["1\u202f000", "300"]
    assert figures(page, ALPHA + 1)[1:3] == ["40.5", "50"]
    go(page, A2, 1)
    page.keyboard.press("l")
    expect(page.locator("plan-grid .slick-cell.held").first).to_be_visible()
    assert page.locator("plan-grid .slick-cell.some-held").count() == 2, "the corner of its totals"


def test_a_paste_with_one_bad_value_is_not_taken_at_all(opens: Opens) -> None:
    page = opens("dora", "L4")
    for text, why in (
        ("100\nabout 5", "“about 5” is no figure"),
        ("100\n-5", "negative"),
        ("1\t" * 9, "beyond the grid"),
    ):
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        go(page, A1, 1)
        page.keyboard.press("Control+v")
        expect(page.locator("plan-grid")).to_contain_text(why)
    assert not EditRow.objects.exists()


def test_the_second_writer_is_told_and_applies_to_the_rest_or_on_the_new_values(opens: Opens) -> None:
    ines, late = opens("ines", "L2M"), opens("ines", "L2M")
    go(ines, ALPHA, 1)
    ines.keyboard.type("+50")
    ines.keyboard.press("Enter")
    expect(said(ines)).to_have_text("Saved.")
    theirs = figures(ines, ALPHA)[1]
    go(late, A1, 1)
    late.keyboard.type("+100%")
    late.keyboard.press("Enter")
    told = late.get_by_role("alert")
    expect(told).to_contain_text("1 of these cells moved since you looked: Ines Duarte changed A1|alpha.")
    expect(told).to_contain_text("Nothing was written.")
    expect(late.locator("plan-grid .slick-cell.moved")).to_have_count(4)
    assert figures(late, ALPHA)[1] == theirs
    whole = number(figures(late, A1)[1])
    told.get_by_role("button", name="Apply to the rest").click()
    expect(said(late)).to_have_text("Saved.")
    expect(told).to_be_empty()
    assert figures(late, ALPHA)[1] == theirs, "what moved holds"
    assert abs(number(figures(late, A1)[1]) - 2 * whole) <= 1
    go(ines, ALPHA + 1, 1)
    ines.keyboard.type("=60")
    ines.keyboard.press("Enter")
    expect(ines.get_by_role("alert")).to_contain_text("moved since you looked")
    ines.get_by_role("button", name="Apply on the new values").click()
    expect(said(ines)).to_have_text("Saved.")
    assert figures(ines, ALPHA + 1)[1] == "60"


def test_a_salesperson_types_in_her_own_layer_and_looks_at_the_others(opens: Opens) -> None:
    page = opens("ana", "L2")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Planning grid, your part")
    go(page, ALPHA, 1)
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Saved.")
    page.get_by_role("link", name="Planner", exact=True).click()
    page.wait_for_selector("plan-grid .slick-row")
    page.get_by_role("button", name="Customers").click()
    go(page, ALPHA, 1)
    page.keyboard.type("88")
    expect(said(page)).to_have_text("Nothing was typed: none of these cells is yours to type in now.")
    assert figures(page, ALPHA)[1] == "77"


def test_a_place_closes_and_opens_and_a_cell_tells_where_it_is_from_under_its_own_link(opens: Opens) -> None:
    page = opens("dora", "L4")
    go(page, A1, 1)
    page.keyboard.type("120")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Saved.")
    rows = page.locator("plan-grid .slick-pane-left .slick-row")
    there = rows.count()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(rows).not_to_have_count(there)
    page.keyboard.press("ArrowRight")
    expect(rows).to_have_count(there)
    go(page, A1, 1)
    page.keyboard.press("h")
    panel = page.locator("#panel")
    expect(panel).to_contain_text("A1, June 2026")
    expect(panel).to_contain_text("Planner: set to 120")
    expect(panel.locator("tfoot .n")).to_have_text("120")
    assert page.url.endswith("?level=item&key=A1&month=2026-06")
    page.reload()
    expect(panel).to_contain_text("Planner: set to 120")
    expect(said(page)).to_have_text("A1, Jun 26: 120 pcs")
    page.keyboard.press("Escape")
    expect(panel).to_be_empty()
    page.keyboard.press("ArrowDown")
    expect(said(page)).not_to_contain_text("A1, Jun 26")


def test_a_planner_asks_from_the_cell_and_the_answer_becomes_part_of_its_history(opens: Opens) -> None:
    page = opens("dora", "L4")
    go(page, A1, 1)
    page.keyboard.press("h")
    panel = page.locator("#panel")
    panel.get_by_text("Ask sales or a plant").click()
    panel.get_by_label("Your question").fill("Why is June so low?")
    panel.get_by_label("Answer by").fill("2030-01-01")
    panel.get_by_role("button", name="Ask", exact=True).click()
    expect(panel).to_contain_text("Dora Lind asks Ana Ruiz, Ben Osei")
    assert page.url.endswith("?level=item&key=A1&month=2026-06")
    ana = opens("ana", "L2")
    ana.goto("/p/tiny/2026-05/plan/L2/?level=item&key=A1&month=2026-06")
    hers = ana.locator("#panel")
    hers.get_by_text("Answer", exact=True).first.click()
    hers.get_by_label("In a sentence").fill("they moved house")
    hers.get_by_role("button", name="Answer").click()
    expect(hers).to_contain_text("“they moved house”")
    page.reload()
    expect(panel).to_contain_text("“they moved house”")
