"""What waits for a person stands in the bar of every page as on My month: the same things, the same number."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.steps.frame.context import make_context
from onenumber.store.models import Account, Plan
from onenumber.web.answers.frame import frame
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.steps.conftest import Act
from tests.steps.month_for_tests import NOW, founded, to_executive, to_supply

PEOPLE = ("eva", "ines", "dora", "omar", "sven", "fay", "olga", "pia", "ana", "ben", "adam")
PAGES = ("", "sheets/", "who/", "messages/")


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


def signed_in_as(plan: Plan, person: str) -> Client:
    client = Client()
    account, _ = Account.objects.get_or_create(login=person, defaults={"plan": plan, "person": person})
    client.force_login(account)
    return client


def in_the_bar(page: str) -> int:
    """What the bar says; 0 where it says nothing."""
    found = re.search(r"<summary>(\d+) waiting", page)
    return int(found[1]) if found else 0


def on_my_month(page: str) -> int:
    """What My month says in its first sentence."""
    found = re.search(r"(\d+) things? waits? for you", page)
    assert found or "Nothing waits for you now." in page
    return int(found[1]) if found else 0


def numbers(plan: Plan) -> dict[str, int]:
    """The number of everybody, the same on every page that she may open."""
    said = {}
    for person in PEOPLE:
        client = signed_in_as(plan, person)
        answers = [client.get(f"/p/{plan.key}/2026-05/{page}") for page in PAGES]
        shown = [one.content.decode() for one in answers if one.status_code == 200]
        said[person] = on_my_month(shown[0])
        assert {in_the_bar(page) for page in shown} == {said[person]}, person
    return said


def test_the_bar_says_what_my_month_says_all_through_the_month(settings: Settings, tmp_path: Path, db: None) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("live", "live", tmp_path / "data")
    to_supply(plan)
    assert numbers(plan)["sven"] > 0
    to_executive(plan)
    assert numbers(plan)["eva"] > 1


def test_what_is_asked_and_agreed_counts_too(in_demand: None, plan: Plan, act: Act) -> None:
    before = numbers(plan)
    act("dora", "ask", text="what became of the tender?", place={"item": "A1"}, to="ana", due=NOW.date())
    act("omar", "action", meeting="supply", what="count the stock again", who="pia", due=NOW.date())
    after = numbers(plan)
    assert {who: after[who] - before[who] for who in PEOPLE if after[who] != before[who]} == {"ana": 1, "pia": 1}


def test_the_bar_lists_what_waits_with_its_day_and_its_page(in_demand: None, plan: Plan, act: Act) -> None:
    act("omar", "action", meeting="supply", what="count the stock again", who="pia", due=NOW.date())
    page = signed_in_as(plan, "pia").get("/p/tiny/2026-05/who/").content.decode()
    bar = page[page.index('<details class="floating mine"') :]
    bar = bar[: bar.index("</details>")]
    assert (
        '<a href="/p/tiny/2026-05/">count the stock again (supply meeting)</a> <span>was due Tuesday 5 May</span>'
        in bar
    )
    assert frame(make_context(plan, person="pia", now=NOW), "").mine_count == 1
