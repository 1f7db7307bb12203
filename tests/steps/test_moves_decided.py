"""A maintenance move is put on the table from its page: a paper of its own, with its price, and the plan as decided."""

import datetime as dt
import re
from html import unescape
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.maintenance import window_price
from onenumber.steps.see.supply import open_shortages, without_paper
from onenumber.store.models import Account, Plan
from onenumber.supply.differences import DoNothing, MoveWindow, from_json
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do, founded, sheet, to_supply
from tests.steps.plant_for_tests import supplied

PAPER = "2026-05-window-W1@2026-11"
MOVED = MoveWindow(window="W1", start=dt.date(2026, 11, 1))
AT = "/p/moves/2026-05/"


@pytest.fixture
def plan(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The reviewed plan of May, whose line has an overhaul in its full autumn."""
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    settings.ONENUMBER_HOME = tmp_path / "home"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    made = founded("moves", "live", tmp_path / "data", supplied())
    to_supply(made)
    to_reviewed(made)
    return made


@once_a_run
def to_reviewed(plan: Plan) -> None:
    do(plan, "sven", "plan")
    for cause in open_shortages(make_context(plan, person="omar", now=NOW)):
        do(plan, "sven", "escalate", subject=cause, reason="it goes up")
    do(plan, "omar", "sign", verb="sign_supply")
    do(plan, "olga", "advance")
    do(plan, "fay", "review")


def page(plan: Plan, person: str) -> str:
    client, found = Client(), Account.objects.filter(login=person).first()
    client.force_login(found or Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return unescape(client.get(AT + "maintenance/").content.decode())


def puts(plan: Plan, person: str) -> list[str]:
    """What the clicks of the page put on the table."""
    return re.findall(r'name="also" value="([^"]+)"', page(plan, person))


def test_one_click_puts_a_move_on_the_table_beside_what_is_there(plan: Plan) -> None:
    do(plan, "olga", "prepare")
    before = sheet(plan, SheetKind.DECISION, "papers").table("papers")["paper"].to_list()
    click = next(one for one in puts(plan, "olga") if one.endswith(PAPER))
    do(plan, "olga", "prepare", also=click)
    papers = sheet(plan, SheetKind.DECISION, "papers")
    assert papers.table("papers")["paper"].to_list() == [*before, PAPER]
    options = papers.table("options").filter(pl.col("paper") == PAPER).sort("option")
    assert [from_json(text) for text in options["difference"].to_list()] == [MOVED, DoNothing()]
    price = window_price(make_context(plan, person="olga", now=NOW), "W1", "2026-11")
    assert options["net_cost"][0] == round((price.net_cost or 0.0) * 100)
    assert papers.table("papers").filter(pl.col("paper") == PAPER)["default_option"].to_list() == ["B"]
    assert not [one for one in puts(plan, "olga") if one.endswith(PAPER)]  # it is offered, and said so
    assert "A decision paper offers to move it to 1 November 2026, as its option A." in page(plan, "omar")


def test_who_prepares_no_papers_has_no_such_click(plan: Plan) -> None:
    assert [len(puts(plan, person)) > 0 for person in ("olga", "sven", "omar", "dora", "pia")] == [
        True, True, False, False, False
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["W1@2026-12", "W1@2026-05", "W2@2026-09", "W9@2026-09", "W1@soon"])
def test_where_a_window_may_not_go_it_makes_no_paper(plan: Plan, key: str) -> None:
    with pytest.raises(BadDifferenceError, match=f"window '{key[:2]}' may not go to {key[3:]}"):
        do(plan, "olga", "prepare", also=f"2026-05-window-{key}")


def test_what_is_decided_moves_the_window_in_the_final_plan(plan: Plan) -> None:
    do(plan, "olga", "prepare", also=PAPER)
    for cause in without_paper(make_context(plan, person="omar", now=NOW)):
        do(plan, "olga", "waive", code="conflict_open", subject=cause, reason="nothing to choose")
    do(plan, "omar", "sign", verb="sign_review")
    do(plan, "olga", "advance")
    papers = sheet(plan, SheetKind.DECISION, "papers").table("papers")
    for paper, default in papers.select("paper", "default_option").iter_rows():
        do(plan, "eva", "decide", paper=paper, option="A" if paper == PAPER else default)
    do(plan, "sven", "replan")
    hours = {
        stage: sheet(plan, SheetKind.SUPPLY_PLAN, stage).cube("maintenance_hours").values[0]
        for stage in ("proposed", "final")
    }
    assert hours["proposed"][4] == 40.0  # September
    assert (hours["final"][4], hours["final"][6]) == (0.0, 40.0)
