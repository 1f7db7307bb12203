"""The duties of a sales leader and of an executive in the browser, on months that came otherwise than planned."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from onenumber.store.models import BriefRow, DecisionRow, EditRow, Plan
from tests.journeys.acting import at, fill_in, go, jobs_at_once
from tests.journeys.companies import APRILS_PAPER, DB_FIRST, JULY, to_july, turn_before
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import NOW, PAPER, do, founded, to_executive, to_forecast, to_supply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The squeezed company."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    jobs_at_once(monkeypatch)
    with transaction.atomic():  # rows that are put there again refer to each other
        return founded("tight", "live", tmp_path / "data")


def in_july(plan: Plan, folder: Path) -> None:
    with transaction.atomic():
        to_july(plan, folder)
    at(plan, JULY)


def amount(text: str) -> float:
    """A figure as it is read."""
    return float(re.sub(r"[^\d.-]", "", text.replace("−", "-")))


@pytest.mark.duty("SM-1")
def test_the_biggest_moves_say_why_and_the_leader_puts_her_own_beside_them(opened: Opens, plan: Plan) -> None:
    do(plan, "olga", "open", period="2026-05")
    to_forecast(plan)
    place = {"planning_customer": "alpha", "family": "FA"}
    do(plan, "ana", "edit", layer="L2", place=place, first="2026-06", value=30.0, mode="percent", reason="a tender")
    at(plan, NOW)
    ines = opened(plan, "Ines Duarte")
    go(ines, "t")
    expect(ines.locator(".lead")).to_contain_text("None of 2 patches is in; all are due by")
    moves = ines.get_by_role("region", name="Biggest moves").locator("tbody tr")
    expect(moves).to_have_count(1)
    expect(moves.first).to_contain_text("Alpha")
    expect(moves.first).to_contain_text("a tender")
    cells = moves.first.locator("td.n").all_inner_texts()
    assert amount(cells[1]) - amount(cells[0]) == pytest.approx(amount(cells[2]), abs=1)
    ines.get_by_role("link", name="Put your own change beside it").click()
    ines.wait_for_selector("plan-grid .slick-row")
    ines.locator("[data-reason]").fill("half of the tender is enough")
    ines.locator("plan-grid .slick-pane-right .slick-row").first.locator(".slick-cell").nth(1).click()
    ines.keyboard.type("-5%")
    ines.keyboard.press("Enter")
    expect(ines.locator("[data-status]")).to_have_text("Saved.")
    mine = EditRow.objects.get(layer__code="L2M")
    assert (mine.mode, mine.value, mine.reason) == ("percent", -5.0, "half of the tender is enough")


@pytest.mark.duty("SM-2")
def test_of_each_key_account_is_said_that_there_is_no_news_until_there_is(opened: Opens, plan: Plan) -> None:
    do(plan, "olga", "open", period="2026-05")
    to_forecast(plan)
    at(plan, NOW)
    ines = opened(plan, "Ines Duarte")
    ines.get_by_role("link", name="Of 1 key account nothing is said yet").click()
    ines.get_by_role("button", name="No news, confirmed").click()
    expect(ines.locator("main")).to_contain_text("no news")
    expect(ines.locator(".lead")).not_to_contain_text("nothing is said yet")
    assert BriefRow.objects.get().person == "ines"
    go(ines, "m")
    expect(ines.locator("main")).not_to_contain_text("nothing is said yet")
    go(ines, "k")
    fill_in(ines, "News", text="Alpha builds a plant", urgent="yes")
    expect(ines.get_by_text("urgent: Alpha builds a plant")).to_be_visible()
    eva = opened(plan, "Eva Okafor")
    expect(eva.locator("#urgent + ul")).to_contain_text("Alpha: Alpha builds a plant (Ines Duarte")


@pytest.mark.duty("SM-3")
def test_what_came_is_led_over_to_from_the_consensus_and_what_nobody_explained_shrinks(
    opened: Opens, plan: Plan, tmp_path: Path
) -> None:
    in_july(plan, tmp_path)
    ines = opened(plan, "Ines Duarte")
    go(ines, "v")
    expect(ines.locator(".lead")).to_contain_text("June 2026 delivered")
    table = ines.get_by_role("region", name="From consensus to actual").locator("tbody tr")
    names, cells = table.locator("th").all_inner_texts(), table.locator("td.n").all_inner_texts()
    first, *between, last = [amount(cell) for cell in cells]
    assert first + sum(between) == pytest.approx(last, abs=len(between))  # each is rounded to be read
    assert {"Asked and not delivered", "Price"} <= set(names)  # supply, and what was let off
    assert names[-2].endswith("Unexplained")
    assert names[-2].startswith("▲")
    groups = ines.get_by_role("region", name="Bridge by group")
    heads = groups.locator("thead th").all_inner_texts()
    whole = dict(zip(heads, ["All", *groups.locator("tbody tr").last.locator("td").all_inner_texts()], strict=True))
    parts = ("Volume", "Mix", "New", "Lost", "Asked, not delivered", "Of older orders", "Price", "Returns")
    bridge = amount(whole["Consensus"]) + sum(amount(whole[part]) for part in parts)
    assert bridge == pytest.approx(amount(whole["Actual"]), abs=len(parts))
    open_before = between[-1]

    ines.get_by_role("link", name="Answer for a figure that missed the plan").click()
    for line in ("Sales, DA", "Sales, DB"):
        answer = ines.locator("#hers + ul > li").filter(has_text=re.compile(f"^{line}"))
        fill_in(answer, "Answer", text=f"the web shop of {line[-2:]} closed", code="CUS-LOSS")
        missed = ines.get_by_role("region", name="Missed", exact=True)
        expect(missed).to_contain_text(f"the web shop of {line[-2:]} closed")
    go(ines, "v")
    expect(table.filter(has_text="the web shop of DA closed")).to_be_visible()
    assert abs(amount(table.filter(has_text="Unexplained").locator("td.n").inner_text())) < abs(open_before)


@pytest.mark.duty("EX-2")
def test_the_plan_is_held_against_by_owner_answered_or_not_and_whether_the_promise_happened(
    opened: Opens, plan: Plan, tmp_path: Path
) -> None:
    in_july(plan, tmp_path)
    eva = opened(plan, "Eva Okafor")
    go(eva, "x")
    expect(eva.locator("#kept + p")).to_contain_text("Pia Rossi")
    go(eva, "a")
    expect(eva.locator(".lead")).to_contain_text("have no answer, due by ")
    owners = eva.get_by_role("region", name="Owners by month").locator("tbody tr")
    pias = owners.filter(has_text="Pia Rossi").locator("td.n").all_inner_texts()
    assert pias[0] == "1"  # May: answered
    assert pias[1] == "▲ 2"  # June: not yet
    then = eva.locator("#earlier ~ div tbody tr").first
    expect(then).to_contain_text("the press stood for two days")
    expect(then).to_contain_text("a spare part is kept, by 30 June 2026")
    expect(then).to_contain_text("missed again in June 2026")
    pia = opened(plan, "Pia Rossi")
    pia.goto("/p/tight/2026-07/adherence/")
    fill_in(pia.locator("#hers + ul > li").first, "Answer", text="the part did not come", code="SUP-LATE")
    eva.reload()
    expect(eva.get_by_role("region", name="Missed", exact=True)).to_contain_text("the part did not come")


@pytest.mark.duty("EX-3")
def test_who_goes_first_is_decided_with_who_waits_and_who_waited_last_time_and_the_plan_is_made_so(
    opened: Opens, plan: Plan
) -> None:
    with transaction.atomic():
        to_supply(plan)
        to_executive(plan)
    turn_before(plan)
    at(plan, NOW)
    eva = opened(plan, "Eva Okafor")
    go(eva, "e")
    paper = eva.locator(f'[id="{PAPER}"]')
    expect(paper.get_by_role("heading")).to_contain_text("Who goes first?")
    expect(paper).to_contain_text(re.compile(r"A turn on .*L1\)? holds to the end of November 2026"))
    expect(paper).to_contain_text("No division is kept a part of the line")
    expect(paper).to_contain_text(
        re.compile(rf"Last time DB waited: on .*L1\)? DA goes first, then DB.* \({APRILS_PAPER}\)")
    )
    expect(paper).to_contain_text(re.compile(r"By .*30.*, else D takes effect\."))

    def under(option: str, head: str) -> str:
        row = paper.locator("tbody tr").filter(has=eva.get_by_role("rowheader", name=head, exact=True))
        return row.locator("td").all_inner_texts()["ABCDE".index(option)]

    assert "DB: +" in under(DB_FIRST, "Gains, revenue in all of a division, EUR")
    assert "DA: −" in under(DB_FIRST, "Waits, revenue in all of a division, EUR")
    assert re.search(r"rest of South.*web\)?: \+", under(DB_FIRST, "Customers served sooner, revenue, EUR"))
    assert "Alpha: −" in under(DB_FIRST, "Customers who wait, revenue, EUR")
    fill_in(paper, "Decide", option=DB_FIRST, rationale="DB waited last time")
    expect(eva.get_by_text(f"{PAPER} is decided: {DB_FIRST}.")).to_be_visible()
    row = DecisionRow.objects.get(paper=PAPER)
    assert (row.person, row.option, row.rationale) == ("eva", DB_FIRST, "DB waited last time")
    sven = opened(plan, "Sven Berg")
    sven.get_by_role("button", name="Plan as decided").first.click()
    sven.wait_for_url("**/jobs/*/")
    go(eva, "x")
    expect(eva.locator("#final")).to_contain_text("the final plan brings")
