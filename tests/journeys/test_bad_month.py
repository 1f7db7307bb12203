"""The month that goes wrong: who is late, who is away, what is re-opened, and a no."""

import datetime as dt
import re
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.plants import asked_of
from onenumber.steps.see.supply import without_paper
from onenumber.store.models import ChangeAnswer, DecisionRow, Plan, SheetVersion, SignatureRow
from tests import tiny
from tests.journeys.conftest import Opens, Takes
from tests.steps.month_for_tests import (
    NOW,
    PAPER,
    do,
    founded,
    sheet,
    squeezed,
    to_executive,
    to_forecast,
    to_supply,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CUT_OFF, LATE = (dt.datetime(2026, 5, day, 10, tzinfo=dt.UTC) for day in (8, 15))


@pytest.fixture
def plan(settings: Settings, tmp_path: Path) -> Plan:
    """The squeezed company; Eva is above Ines."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    above = pl.when(person="ines").then(pl.lit("eva")).otherwise("superior")
    people = tiny.tables()["people"].with_columns(superior=above)
    with transaction.atomic():  # rows that are put there again refer to each other
        return founded("tight", "live", tmp_path / "data", {**squeezed(), "people": people})


def at(plan: Plan, moment: dt.datetime) -> None:
    plan.clock = moment
    plan.save(update_fields=["clock"])


def settle(page: Page, thing: str, button: str, **said: str) -> None:
    """Settle one thing that waits by one of its forms."""
    line = page.locator("#due > li", has_text=re.compile(thing))
    way = line.locator("details.way", has=page.locator("summary", has_text=re.compile(f"^{button}$")))
    way.locator("summary").click()
    for name, value in said.items():
        field = way.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    way.get_by_role("button", name=button).click()


@pytest.mark.bad_month("a", "b")
def test_a_late_figure_is_a_change_request_and_an_absent_leaders_signature_her_superiors(
    opened: Opens, plan: Plan, picture: Takes
) -> None:
    do(plan, "olga", "open", period="2026-05")
    to_forecast(plan)
    do(plan, "ben", "submit", patch="South")
    do(plan, "ines", "accept", patch="South")
    do(plan, "ines", "collect")
    at(plan, CUT_OFF)
    ana = opened(plan, "Ana Ruiz", width=390)
    asked = {"family": "FA", "mode": "percent", "value": "10", "first": "2026-06", "reason": "the tender came late"}
    settle(ana, "Patch Nord was filled by its default at the cut-off", "Ask for a change", **asked)
    expect(ana.get_by_text("The request for Nord, FA is with your sales leader.")).to_be_visible()
    ines = opened(plan, "Ines Duarte")
    picture(ines, "sm-change")
    settle(ines, "Ana Ruiz asks for a change at Nord, FA: .*10 %", "Take it", reason="the order is signed")
    expect(ines.get_by_text("Answered.")).to_be_visible()
    edit = ChangeAnswer.objects.get(plan=plan).edit
    assert edit is not None
    assert edit.layer.code == "L2M"
    ana.reload()
    expect(ana.get_by_text("Ines Duarte took the change at Nord, FA that was asked for")).to_be_visible()

    do(plan, "dora", "agree", at=CUT_OFF)
    at(plan, LATE)
    eva = opened(plan, "Eva Okafor")
    settle(eva, "demand agreed", "Sign: demand agreed")
    expect(eva.get_by_text("Signed, with your name.")).to_be_visible()
    row = SignatureRow.objects.get(plan=plan)
    assert (row.person, row.deputy_for) == ("eva", "ines")


@pytest.mark.bad_month("c")
def test_what_is_reopened_strikes_signatures_and_their_signers_are_told(opened: Opens, plan: Plan) -> None:
    to_supply(plan)
    at(plan, NOW)
    olga = opened(plan, "Olga Novak")
    olga.goto("/p/tight/2026-05/calendar/")
    again = olga.locator("#reopen > ul > li", has=olga.locator("b", has_text="Demand"))
    again.locator("summary").click()
    again.locator("[name=reason]").fill("a unit was wrong in the orders of alpha")
    again.get_by_role("button", name="Re-open").click()
    expect(olga.get_by_text("Demand is open again; whoever signed since is told.")).to_be_visible()
    expect(olga.locator("#signed s")).to_contain_text("Demand agreed")
    ines = opened(plan, "Ines Duarte")
    struck = ines.locator("#back")
    expect(struck).to_contain_text("Your signature “demand agreed” was struck through")
    expect(struck).to_contain_text("a unit was wrong in the orders of alpha")


@pytest.mark.bad_month("d")
def test_an_order_since_the_freeze_that_breaks_a_month_is_found_by_who_plans(
    opened: Opens, plan: Plan, tmp_path: Path
) -> None:
    to_supply(plan)
    do(plan, "sven", "plan")
    frozen = list(SheetVersion.objects.filter(plan=plan, cycle__isnull=False).order_by("pk").values_list("content"))
    wanted = dt.date(2026, 6, 9)
    line = {
        "order": "N1", "line": 1, "customer": "alpha", "item": "A1", "quantity": 5000.0, "unit": "pcs",
        "amount": 60000.0, "currency": "EUR", "ordered": dt.date(2026, 5, 5), "requested": wanted,
        "first_confirmed": wanted, "last_confirmed": wanted, "status": "open",
    }  # fmt: skip
    do(plan, "dora", "load", folder=tiny.write(tmp_path / "more", {"order_lines": tiny.table("order_lines", [line])}))
    at(plan, NOW)
    sven = opened(plan, "Sven Berg")
    found = sven.locator("#due > li", has_text=re.compile(r"of A1 in June 2026 that are not there \(Alpha 5.?000\)"))
    found.get_by_role("link").click()
    row = sven.locator("#broken tr", has_text="A1 in June 2026")
    expect(row).to_contain_text("Alpha 5000")
    expect(row).to_contain_text("N1")
    expect(row).to_contain_text("name an emergency, plan again with the order, or tell the customer")
    row.get_by_role("link", name="A1 in June 2026").click()
    expect(sven.get_by_role("heading", name="A1")).to_be_visible()
    sven.goto("/p/tight/2026-05/running/")
    expect(sven.locator("#broken")).to_contain_text("Orders since the freeze ask for")
    sven.goto("/p/tight/2026-05/orders/?all=customers")
    expect(sven.locator("#N1-1")).to_contain_text("since the freeze; breaks June 2026")
    sven.goto("/p/tight/2026-05/family/?place=family:FA")
    expect(sven.locator("main").get_by_text("since the freeze").first).to_be_visible()
    ana = opened(plan, "Ana Ruiz", width=390)
    ana.goto("/p/tight/2026-05/customer/alpha/?all=1")
    expect(ana.locator("#N1-1")).to_contain_text("since the freeze")
    after = list(SheetVersion.objects.filter(plan=plan, cycle__isnull=False).order_by("pk").values_list("content"))
    assert after == frozen


@pytest.mark.bad_month("e")
def test_the_executive_says_no_and_the_paper_goes_back_with_owner_and_date(opened: Opens, plan: Plan) -> None:
    to_supply(plan)
    to_executive(plan)
    at(plan, NOW)
    eva = opened(plan, "Eva Okafor")
    said = {"rationale": "price a third shift first", "owner": "sven", "until": "2026-05-20"}
    settle(eva, f"{PAPER}", "No", **said)
    expect(eva.locator("#due > li", has_text=PAPER)).to_have_count(0)
    row = DecisionRow.objects.get(plan=plan, paper=PAPER)
    assert (row.how, row.person, row.rationale) == ("refused", "eva", "price a third shift first")
    sven = opened(plan, "Sven Berg")
    said_back = f"Eva Okafor sent paper {PAPER} back to you: “price a third shift first” by Wednesday 20 May"
    expect(sven.locator("#due > li", has_text=said_back)).to_be_visible()


def cannot_make(pia: Page) -> None:
    """Pia answers the plan on her page: 10 of the A1 of July."""
    pia.goto("/p/tight/2026-05/plants/")
    way = pia.locator("details.way", has=pia.locator("summary", has_text=re.compile("cannot", re.IGNORECASE)))
    way.locator("summary").click()
    way.locator("[name=item]").select_option("A1")
    way.locator("[name=month]").select_option("2026-07")
    way.locator("[name=quantity]").fill("10")
    way.locator("[name=note]").fill("the mould is worn")
    way.get_by_role("button").click()
    expect(pia.get_by_text("10 instead of the")).to_be_visible()


def try_and_escalate(sven: Page) -> None:
    """Sven finds it in his month and on Conflicts, sees what the plan would be with it, and lets it go up."""
    sven.locator("#due > li", has_text="a plant cannot make what the plan asks").get_by_role("link").first.click()
    row = sven.locator("#cannot tr", has_text="A1 at Plant 1 in July 2026")
    expect(row).to_contain_text("Pia Rossi: “the mould is worn”")
    row.get_by_role("link").click()
    tried = sven.locator("#tried")
    expect(tried).to_contain_text("With what the plant can make, the plan costs", timeout=30_000)
    expect(tried.locator("tbody tr")).to_have_count(3)
    expect(tried.get_by_role("heading", name="Who goes short with the plant's figure")).to_be_visible()
    up = sven.locator("details.way", has=sven.locator("summary", has_text=re.compile("Escalate")))
    up.locator("summary").click()
    up.locator("[name=reason]").fill("the mould comes in August")
    up.get_by_role("button", name="Escalate").click()
    expect(sven.get_by_text("It is escalated to the pre-S&OP, with your name and reason.")).to_be_visible()
    sven.goto("/p/tight/2026-05/conflicts/")
    expect(sven.locator("#cannot tr", has_text="A1 at Plant 1")).to_contain_text("goes up: a paper")


def to_the_table(plan: Plan) -> None:
    """From the proposed plan to the papers before the executive."""
    do(plan, "omar", "sign", verb="sign_supply")
    do(plan, "olga", "advance")
    do(plan, "fay", "review")
    do(plan, "olga", "prepare")
    for cause in without_paper(make_context(plan, person="omar", now=NOW)):
        do(plan, "olga", "waive", code="conflict_open", subject=cause, reason="nothing to choose")
    do(plan, "omar", "sign", verb="sign_review")
    do(plan, "olga", "advance")


@pytest.mark.bad_month("f")
def test_what_a_plant_cannot_make_is_tried_goes_up_and_is_decided(opened: Opens, plan: Plan) -> None:
    to_supply(plan)
    do(plan, "sven", "plan")
    do(plan, "sven", "escalate", subject="L1", reason="no hours left in autumn")
    at(plan, NOW)
    cannot_make(opened(plan, "Pia Rossi"))
    try_and_escalate(opened(plan, "Sven Berg"))
    to_the_table(plan)
    paper = "2026-05-plant-A1@P1-2026-07"
    eva = opened(plan, "Eva Okafor")
    eva.goto("/p/tight/2026-05/decisions/")
    expect(eva.get_by_text("The plant says that it cannot make A1 at Plant 1").first).to_be_visible()
    eva.goto("/p/tight/2026-05/")
    settle(eva, paper, "Decide", option="A", rationale="customers are told now")
    expect(eva.locator("#due > li", has_text=paper)).to_have_count(0)
    do(plan, "eva", "decide", paper=PAPER, option="E")
    do(plan, "sven", "replan")
    july = make_context(plan, person="sven", now=NOW).frame().calendar.labelled("2026-07").index
    made = sheet(plan, SheetKind.SUPPLY_PLAN, "final").cube("production")
    assert asked_of(made, site="P1", item="A1", period=july) == pytest.approx(10.0)
