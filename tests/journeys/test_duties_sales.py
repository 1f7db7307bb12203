"""The four duties of a salesperson in the browser, each to its end: her part alone, and what reaches beyond it."""

from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import EditRow, OrderRequest, Plan
from tests.journeys.acting import at, fill_in, jobs_at_once
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import NOW, do, founded, to_forecast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """May stands in the sales window."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    jobs_at_once(monkeypatch)
    with transaction.atomic():  # rows that are put there again refer to each other
        made = founded("tight", "live", tmp_path / "data")
        do(made, "olga", "open", period="2026-05")
        to_forecast(made)
    at(made, NOW)
    return made


def look_for(page: Page, text: str) -> list[str]:
    """What the search finds."""
    page.goto(f"/p/tight/2026-05/search/?q={text}")
    return page.locator("main a").all_inner_texts()


@pytest.mark.duty("SP-1")
def test_a_salesperson_sees_her_own_patch_alone_on_pages_in_files_and_in_the_search(opened: Opens, plan: Plan) -> None:
    ana = opened(plan, "Ana Ruiz", width=390)
    assert any("Alpha" in hit for hit in look_for(ana, "alpha"))
    assert look_for(ana, "beta") == look_for(ana, "south") == []
    ana.goto("/p/tight/2026-05/entry/?all=1")
    expect(ana.locator("table.lines")).to_contain_text("Alpha")
    expect(ana.locator("main")).not_to_contain_text("South")
    ana.get_by_role("link", name="Alpha", exact=True).first.click()
    expect(ana.locator(".lead")).to_contain_text("4 order lines are open")
    expect(ana.get_by_role("heading", name="Asked and promised")).to_be_visible()
    expect(ana.get_by_role("heading", name="Called and came")).to_be_visible()
    with ana.expect_download() as download:
        ana.get_by_role("link", name="Open orders as CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == 4
    assert all(",Alpha," in line for line in lines)
    for address in ("customer/rest%20of%20South,%20web/", "customer/beta/", "customer/beta/orders.csv"):
        answer = ana.request.get(f"/p/tight/2026-05/{address}")
        assert answer.status == 403
        assert "it is not in your part of the plan" in answer.text()


@pytest.mark.duty("SP-2")
def test_orders_are_right_not_mine_or_missing_for_each_customer(opened: Opens, plan: Plan) -> None:
    ana = opened(plan, "Ana Ruiz", width=390)
    ana.get_by_role("link", name="4 open order lines are not confirmed").click()
    ana.get_by_role("link", name="Alpha").first.click()
    ana.get_by_role("link", name="Wrong").first.click()
    ana.get_by_label("What is wrong").select_option("not_mine")
    ana.locator(".orders").get_by_label("In a sentence").fill("Beta ordered it")
    ana.get_by_role("button", name="Ask the supply planner").first.click()
    expect(ana.get_by_text("The supply planner is asked; you hear what becomes of it.")).to_be_visible()
    ana.get_by_text("An order is missing").first.click()
    form = ana.locator("details[open] form")
    form.get_by_label("Item, by its key").fill("B1")
    form.get_by_label("How much").fill("30")
    form.get_by_label("Wanted on").fill("2026-06-12")
    form.get_by_label("In a sentence").fill("they sent it by mail on Monday")
    form.get_by_role("button").click()
    expect(ana.get_by_text("The supply planner is asked; you hear what becomes of it.")).to_be_visible()
    ana.get_by_role("button", name="All 3 lines are right").click()
    expect(ana.get_by_text("3 order lines are confirmed.")).to_be_visible()
    asked = [(one.kind, one.item, one.quantity) for one in OrderRequest.objects.order_by("pk")]
    assert asked == [("not_mine", "A1", 10.0), ("missing", "B1", 30.0)]
    sven = opened(plan, "Sven Berg")
    expect(sven.locator("#due")).to_contain_text("Beta ordered it")
    expect(sven.locator("#due")).to_contain_text("they sent it by mail on Monday")


@pytest.mark.duty("SP-3")
def test_one_figure_with_low_and_high_where_news_is_and_the_rest_uses_the_baseline(opened: Opens, plan: Plan) -> None:
    do(plan, "ana", "news", kind="tender", text="a tender is out", place={"planning_customer": "alpha", "family": "FA"},
       patch="Nord", likely=20.0, probability=0.5, in_number="no")  # fmt: skip
    ana = opened(plan, "Ana Ruiz")
    ana.goto("/p/tight/2026-05/entry/?all=1")
    line = ana.locator("tbody tr", has=ana.get_by_label("Likely figure, Alpha, FA"))
    line.get_by_label("Likely figure, Alpha, FA").fill("900")
    line.get_by_label("Low").fill("700")
    line.get_by_label("High").fill("1000")
    line.get_by_label("Why").fill("the tender is likely ours")
    other = ana.locator("tbody tr", has=ana.get_by_label("Likely figure, Alpha, FB"))
    expect(other.get_by_label("Low")).to_have_count(0)
    other.get_by_label("Percent, Alpha, FB").fill("-10%")
    other.get_by_label("From month").select_option("2026-07")
    ana.get_by_role("button", name="Save what I typed").last.click()
    expect(ana.get_by_text("2 lines are saved. Hand in when you are through.")).to_be_visible()
    ana.reload()
    other = ana.locator("tbody tr", has=ana.get_by_label("Likely figure, Alpha, FB"))
    other.get_by_role("button", name="Use baseline").click()
    expect(other.get_by_role("button", name="Use baseline")).to_have_count(0)
    other.get_by_label("Percent, Alpha, FB").fill("5%")
    ana.get_by_role("button", name="Hand in Nord").click()  # what is typed and not saved yet goes with it
    expect(ana.get_by_text("1 line is saved. Nord is handed in.")).to_be_visible()
    expect(ana.get_by_text("Handed in by Ana Ruiz on Tuesday 5 May; it waits for the sales leader")).to_be_visible()
    typed = EditRow.objects.filter(reason="the tender is likely ours").values_list("value", flat=True)
    assert sum(typed) == 900.0  # over the next six months


@pytest.mark.duty("SP-4")
def test_news_of_a_whole_segment_becomes_a_question_to_the_planner_and_to_who_sells_there(
    opened: Opens, plan: Plan
) -> None:
    ana = opened(plan, "Ana Ruiz", width=390)
    ana.get_by_role("link", name="Share news").first.click()
    ana.get_by_label("It is about").select_option("competitor")
    ana.get_by_label("In a sentence").fill("shops open a second floor")
    ana.get_by_label("Which channel").select_option("shop")
    for name, value in (("Low", "5"), ("Likely", "10"), ("High", "20")):
        ana.get_by_label(name, exact=True).fill(value)
    ana.get_by_label("How probable").select_option("0.5")
    ana.get_by_label("From", exact=True).select_option("2026-07")
    ana.get_by_label("For how many months").fill("3")
    ana.get_by_label("No: the planner decides").check()
    ana.get_by_role("button", name="Share", exact=True).click()
    expect(ana.get_by_text("News 1 is shared")).to_be_visible()
    ben = opened(plan, "Ben Osei", width=390)
    expect(ben.locator("#due")).to_contain_text("shops open a second floor")
    fill_in(ben.locator("#due li").filter(has_text="second floor"), "Answer", text="not in the South")
    expect(ben.get_by_text("Your answer is sent to who asked.")).to_be_visible()
    dora = opened(plan, "Dora Lind")
    waiting = dora.locator("#due li").filter(has_text="shops open a second floor")
    expect(waiting.first).to_be_visible()
    expect(dora.locator("main")).to_contain_text("not in the South")
