"""A month without a mouse: each person at her stop, by keys alone, and where she stands is seen at every step."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.store.models import DecisionRow, EditRow, LookedRow, Plan, SignatureRow, SubmissionRow
from tests.journeys.acting import at, jobs_at_once
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import LINES, NOW, PAPER, do, founded, to_executive, to_forecast, to_supply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 150
"""Stops that a person goes over before she gives up."""
STANDS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
  const says = one.getAttribute("aria-label") || label || one.innerText || one.value || one.placeholder || "";
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return {says: says.trim().replace(/\\s+/g, " "), tag: one.tagName, seen: inside && outlined};
}"""


class Keys:
    """A person who has no mouse, before the sign-in page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.enter(name)
        page.wait_for_url("**/p/tight/*/")

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Letters into what has the focus."""
        self.page.keyboard.type(text)

    def to(self, words: str) -> None:
        """From stop to stop until one says these words; each stop is seen."""
        past = []
        for _ in range(MOST):
            self.press("Tab")
            stands: dict[str, Any] = self.page.evaluate(STANDS)
            if stands["tag"] != "BODY":
                assert stands["seen"], f"on {self.page.url} the focus is not seen at {stands}"
            if re.search(words, stands["says"]):
                return
            past.append(stands["says"])
        pytest.fail(f"no key leads to {words} on {self.page.url}, only to {past}")

    def enter(self, words: str) -> None:
        """To a stop, and Enter on it."""
        self.to(words)
        self.press("Enter")

    def send(self, words: str) -> None:
        """Open a form by its words, go over what it asks, and send it by the same words."""
        self.to(words)
        if self.page.evaluate("document.activeElement.tagName") == "SUMMARY":
            self.press("Enter")
            self.to(words)
        self.press("Enter")

    def go(self, letter: str, address: str) -> None:
        """To a page by its key, and past its head."""
        with self.page.expect_navigation(url=address):
            self.press("g", letter)
        self.content()

    def content(self) -> None:
        """Over the head of a page by its first link."""
        self.page.wait_for_load_state()
        self.to("^Skip to the content$")
        self.press("Enter")

    def says(self, text: str) -> None:
        """The page says something."""
        expect(self.page.get_by_text(text).first).to_be_visible()


@pytest.fixture
def plan(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The squeezed company."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    jobs_at_once(monkeypatch)
    with transaction.atomic():  # rows that are put there again refer to each other
        made = founded("tight", "live", tmp_path / "data")
    at(made, NOW)
    return made


def test_demand_is_entered_handed_in_accepted_agreed_and_signed(opened: Opens, plan: Plan) -> None:
    with transaction.atomic():
        do(plan, "olga", "open", period="2026-05")
        to_forecast(plan)
        do(plan, "ben", "submit", patch="South")
    enter_and_hand_in(Keys(opened(plan, "Ana Ruiz", click=False), "Ana Ruiz"))
    ines = Keys(opened(plan, "Ines Duarte", click=False), "Ines Duarte")
    accept_and_close(ines)
    look_and_agree(Keys(opened(plan, "Dora Lind", click=False), "Dora Lind"))
    ines.go("m", "**/2026-05/")
    ines.send("^Sign: demand agreed$")
    ines.says("Signed, with your name.")
    assert SignatureRow.objects.get().person == "ines"


def enter_and_hand_in(ana: Keys) -> None:
    """A salesperson types one figure and hands in her patch."""
    ana.go("c", "**/entry/")
    ana.enter("^2 lines more$")
    ana.page.wait_for_url("**/entry/?all=1")
    ana.content()
    ana.to("^Likely figure, Alpha, FA$")
    ana.type("900")
    ana.press("Enter")
    ana.says("1 line is saved.")
    assert sum(EditRow.objects.values_list("value", flat=True)) == 900.0  # over six months
    ana.content()
    ana.enter("^Hand in Nord$")
    ana.says("Handed in by Ana Ruiz")


def accept_and_close(ines: Keys) -> None:
    """A sales leader accepts two patches and closes the input."""
    for patch in ("Nord", "South"):
        ines.go("t", "**/team/")
        ines.enter("^Accept$")
        ines.says(f"{patch} is accepted.")
    assert set(SubmissionRow.objects.filter(state="accepted").values_list("patch", flat=True)) == {"Nord", "South"}
    ines.content()
    ines.send("^Close the sales input$")
    ines.page.wait_for_load_state("networkidle")


def look_and_agree(dora: Keys) -> None:
    """A demand planner takes a forecast as it is, and makes the consensus."""
    dora.press("g", "b")
    dora.page.wait_for_url("**/bench/")
    dora.page.wait_for_load_state()
    dora.press("a")
    dora.says("Marked as looked at.")
    assert LookedRow.objects.count() == 1
    dora.go("m", "**/2026-05/")
    dora.enter("^Make the consensus$")
    dora.page.wait_for_load_state("networkidle")


def test_supply_is_planned_taken_by_the_plant_and_signed(opened: Opens, plan: Plan) -> None:
    with transaction.atomic():
        to_supply(plan)
    sven = Keys(opened(plan, "Sven Berg", click=False), "Sven Berg")
    sven.content()
    sven.enter("^Make the supply plan$")
    sven.page.wait_for_url("**/jobs/*/")
    take(Keys(opened(plan, "Pia Rossi", click=False), "Pia Rossi"))
    escalate(sven)
    omar = Keys(opened(plan, "Omar Haddad", click=False), "Omar Haddad")
    omar.content()
    omar.send("^Sign: achievable$")
    omar.says("Signed, with your name.")
    assert SignatureRow.objects.get(verb="sign_supply").person == "omar"
    do(plan, "olga", "advance")
    do(plan, "fay", "review")
    sven.go("q", "**/conflicts/")
    sven.enter(r"L1\)? is asked for")
    sven.says("not weighed yet")


def take(pia: Keys) -> None:
    """A plant manager takes the plan that her plant is handed."""
    pia.content()
    pia.enter("^Plant 1 has not answered the plan")
    pia.page.wait_for_url("**/plants/*")
    pia.content()
    pia.send("^Take the plan$")
    pia.says("Pia Rossi took the plan")


def escalate(sven: Keys) -> None:
    """A supply planner looks at the lines, and takes what is short into the next meeting."""
    sven.go("l", "**/load/")
    sven.says("lines is asked for more hours than it has")
    sven.go("m", "**/2026-05/")
    for _ in range(sven.page.locator("#due summary", has_text="Escalate").count()):
        sven.enter("^Escalate$")
        sven.to("^Why")
        sven.type("no hours left in autumn")
        with sven.page.expect_navigation():
            sven.press("Enter")
        sven.content()


def test_papers_are_decided_the_plan_approved_and_published(opened: Opens, plan: Plan) -> None:
    with transaction.atomic():
        to_supply(plan)
        to_executive(plan)
    eva = Keys(opened(plan, "Eva Okafor", click=False), "Eva Okafor")
    decide(eva)
    assert DecisionRow.objects.get(paper=PAPER).option == "A"
    do(plan, "sven", "replan")
    do(plan, "omar", "sign", verb="confirm_final")
    approve(eva)
    olga = Keys(opened(plan, "Olga Novak", click=False), "Olga Novak")
    olga.content()
    olga.send("^End the phase$")
    olga.says("The phase is ended.")
    olga.go("m", "**/2026-05/")
    olga.send("^Publish$")
    olga.page.wait_for_url("**/jobs/*/")
    assert plan.sheets.filter(kind="published_plan").count() == 1


def decide(eva: Keys) -> None:
    """An executive takes an option of the paper."""
    eva.go("e", "**/decisions/")
    eva.enter("^Decide$")
    eva.to("^Option")
    eva.type("A")
    eva.enter("^Decide$")
    eva.says(f"{PAPER} is decided: A.")


def approve(eva: Keys) -> None:
    """An executive takes what lands outside its tolerance, and approves the plan."""
    for _ in LINES:
        eva.go("x", "**/executive/")
        eva.enter("^Accept the deviation$")
        eva.to("^Why")
        eva.type("the budget is of last year")
        with eva.page.expect_navigation():
            eva.press("Enter")
    eva.go("x", "**/executive/")
    eva.send("^Sign: approved$")
    eva.says("Signed, with your name.")
