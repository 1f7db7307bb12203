"""More questions than seven: the rest in one line each with default, money and owner; one click makes it a paper."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.errors import NotAllowedError
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.words import say_change
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.beyond import papers_beyond
from onenumber.steps.see.supply import without_paper
from onenumber.store.models import Account, Plan
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do, founded, sheet, to_supply

CANNOT = [(item, month) for item in ("A1", "A2", "B1", "B2") for month in ("2026-06", "2026-07", "2026-08")]
SEVEN = 7


@pytest.fixture
def plan(db: None, settings: Settings, tmp_path: Path) -> Plan:
    """The squeezed company whose plant cannot make twelve things: with the full line thirteen questions."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = founded("many", "live", tmp_path / "data")
    to_supply(made)
    to_papers(made)
    return made


@once_a_run
def to_papers(plan: Plan) -> None:
    do(plan, "sven", "plan")
    for item, month in CANNOT:
        do(plan, "pia", "answer-plan", site="P1", item=item, month=month, quantity=3.0, note="one shift is away")
        do(plan, "sven", "escalate", subject=f"P1 {item} {month}", reason="it goes up")
    do(plan, "sven", "escalate", subject="L1", reason="no hours left in autumn")
    do(plan, "omar", "sign", verb="sign_supply")
    do(plan, "olga", "advance")
    do(plan, "fay", "review")
    do(plan, "olga", "prepare")


def on_table(plan: Plan) -> list[str]:
    found: list[str] = sheet(plan, SheetKind.DECISION, "papers").table("papers")["paper"].to_list()
    return found


def test_seven_papers_are_on_the_table_and_the_rest_is_told_in_a_line_each(plan: Plan) -> None:
    beyond = papers_beyond(make_context(plan, person="eva", now=NOW))
    assert len(on_table(plan)) == SEVEN
    assert len(beyond) == len(CANNOT) + 1 - SEVEN
    assert not {one.paper for one in beyond} & set(on_table(plan))
    papers = sheet(plan, SheetKind.DECISION, "papers").table("papers")
    least = papers["money_at_risk"].min()
    of_plants = [one for one in beyond if "-plant-" in one.paper]
    assert all(0 < (one.money_at_risk or 0.0) * 100 <= least for one in of_plants)  # the most severe are on the table
    assert {one.owner for one in of_plants} == {"Sven Berg"}
    assert {say_change(one.default) for one in of_plants} == {"Nothing changes: the proposed plan stands."}
    (line,) = [one for one in beyond if one not in of_plants]
    assert (line.paper, line.owner) == ("2026-05-L1", "Pia Rossi")  # who manages the line owns it


def test_who_reads_no_papers_is_told_of_none(plan: Plan) -> None:
    for person in ("ana", "pia", "adam"):
        with pytest.raises(NotAllowedError):
            papers_beyond(make_context(plan, person=person, now=NOW))


def test_one_click_makes_one_of_them_a_paper_and_keeps_those_on_the_table(plan: Plan) -> None:
    client = Client()
    client.force_login(Account.objects.create_account(login="olga", password=None, plan=plan, person="olga"))
    page = unescape(client.get("/p/many/2026-05/decisions/").content.decode())
    part = page[page.index("Not on the table") :]
    assert len(re.findall(r'name="also"', part)) == len(CANNOT) + 1 - SEVEN
    before = on_table(plan)
    wished = re.findall(r'name="also" value="([^"]+)"', part)
    line = next(one for one in wished if one.endswith(",2026-05-L1"))
    do(plan, "olga", "prepare", also=line)
    assert on_table(plan) == [*before, "2026-05-L1"]
    again = unescape(client.get("/p/many/2026-05/decisions/").content.decode())
    second = re.findall(r'name="also" value="([^"]+)"', again[again.index("Not on the table") :])
    do(plan, "olga", "prepare", also=second[0])
    assert set(before) | {"2026-05-L1"} < set(on_table(plan))
    assert len(on_table(plan)) == SEVEN + 2


def test_what_went_up_and_is_on_no_paper_keeps_the_review_from_being_signed(plan: Plan) -> None:
    context = make_context(plan, person="omar", now=NOW)
    missing = without_paper(context)
    of_paper = {f"P1 {item} {month}": f"2026-05-plant-{item}@P1-{month}" for item, month in CANNOT}
    assert set(missing) == {name for name, paper in of_paper.items() if paper not in on_table(plan)} | {"L1"}
    do(plan, "olga", "prepare", also=",".join([*of_paper.values(), "2026-05-L1"]))
    assert without_paper(context) == ()
