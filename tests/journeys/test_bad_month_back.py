"""The month that goes wrong: a deputy signs, a unit error after the signature, and a no to the plan."""

import datetime as dt
import re
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from onenumber.store.models import DecisionRow, Plan, SignatureRow
from tests import tiny
from tests.journeys.acting import at, fill_in, go, jobs_at_once
from tests.journeys.companies import JUNE, as_usual, to_june_papers
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import NOW, do, founded, squeezed, to_forecast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _here(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    jobs_at_once(monkeypatch)


@pytest.fixture
def plan(_here: None, tmp_path: Path) -> Plan:
    """The squeezed company."""
    with transaction.atomic():  # rows that are put there again refer to each other
        return founded("tight", "live", tmp_path / "data")


@pytest.fixture
def away(_here: None, tmp_path: Path) -> Plan:
    """The squeezed company; in May Fay stands in for Ines."""
    deputy = {"person": "ines", "deputy": "fay", "valid_from": dt.date(2026, 5, 1), "valid_to": dt.date(2026, 6, 1)}
    with transaction.atomic():
        made = {**squeezed(), "deputies": tiny.table("deputies", [deputy])}
        return founded("away", "live", tmp_path / "data", made)


@pytest.mark.bad_month("b")
def test_a_deputy_signs_with_both_names(opened: Opens, away: Plan) -> None:
    do(away, "olga", "open", period="2026-05")
    to_forecast(away)
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        do(away, person, "submit", patch=patch)
    at(away, NOW)
    fay = opened(away, "Fay Chen")
    for patch in ("Nord", "South"):
        line = fay.locator("#due > li").filter(has_text=f"Patch {patch}")
        line.get_by_role("button", name="Accept").click()
        expect(fay.get_by_text(f"{patch} is accepted.")).to_be_visible()
    do(away, "ines", "collect")
    do(away, "dora", "agree")
    go(fay, "m")
    fill_in(fay.locator("#due"), "Sign: demand agreed")
    expect(fay.get_by_text("Signed, with your name")).to_be_visible()
    row = SignatureRow.objects.get()
    assert (row.person, row.deputy_for) == ("fay", "ines")
    go(fay, "h")
    expect(fay.locator("#signed")).to_contain_text("Fay Chen for Ines Duarte")


@pytest.mark.bad_month("c")
def test_after_a_unit_error_only_who_is_touched_is_asked_again(opened: Opens, plan: Plan, tmp_path: Path) -> None:
    do(plan, "olga", "open", period="2026-05")
    to_forecast(plan)
    for person, patch, customer in (("ana", "Nord", "alpha"), ("ben", "South", "rest of South, shop")):
        place = {"planning_customer": customer, "family": "FA"}
        do(plan, person, "edit", layer="L2", place=place, first="2026-06", value=10.0, mode="percent", reason="more")
        do(plan, person, "submit", patch=patch)
        do(plan, "ines", "accept", patch=patch)
    do(plan, "ines", "collect")
    do(plan, "dora", "agree")
    do(plan, "ines", "sign", verb="sign_demand")
    at(plan, NOW)
    olga = opened(plan, "Olga Novak")
    go(olga, "h")
    again = olga.locator("#reopen > ul > li").filter(has=olga.locator("b", has_text=re.compile("^Data$")))
    fill_in(again, "Re-open", reason="alpha's orders were in boxes of two")
    expect(olga.locator("#signed s")).to_contain_text("Demand agreed")
    ines = opened(plan, "Ines Duarte")
    expect(ines.locator("#back")).to_contain_text("alpha's orders were in boxes of two")

    lines = tiny.tables()["order_lines"]
    twice = pl.when(pl.col("customer") == "alpha").then(pl.col("quantity") * 2).otherwise("quantity")
    mended = tiny.write(tmp_path / "mended", {"order_lines": lines.with_columns(twice.alias("quantity"))})
    do(plan, "olga", "load", folder=mended)
    do(plan, "olga", "freeze")
    do(plan, "olga", "advance")
    do(plan, "dora", "forecast")
    do(plan, "dora", "rebase")
    ana, ben = opened(plan, "Ana Ruiz"), opened(plan, "Ben Osei")
    expect(ana.locator("#due")).to_contain_text(
        re.compile(r"Patch Nord .*The forecast was made again: Nord came to .* \d+ of its cells differ", re.DOTALL)
    )
    expect(ben.locator("main")).not_to_contain_text("Patch South has not been handed in")


@pytest.mark.bad_month("e")
def test_a_no_to_the_plan_reopens_reconcile_and_the_last_published_plan_stays_in_force(
    opened: Opens, plan: Plan, tmp_path: Path
) -> None:
    with transaction.atomic():
        to_june_papers(plan, as_usual(tmp_path))
    at(plan, JUNE)
    eva = opened(plan, "Eva Okafor")
    line = eva.locator("#due > li").filter(has_text="of DA").first
    fill_in(line, "No", rationale="bring an option with a third shift", owner="olga", until="2026-06-20")
    expect(eva.locator("#due > li").filter(has_text="of DA")).to_have_count(0)
    row = DecisionRow.objects.get(how="refused")
    assert (row.paper, row.owner) == ("budget:revenue:DA", "olga")
    olga = opened(plan, "Olga Novak")
    expect(olga.locator("main")).to_contain_text("bring an option with a third shift")
    go(olga, "h")
    again = olga.locator("#reopen > ul > li").filter(has=olga.locator("b", has_text=re.compile("^Reconcile$")))
    fill_in(again, "Re-open", reason="the executive wants a third shift priced")
    expect(olga.locator("#signed s", has_text="Recommended")).to_be_visible()
    omar = opened(plan, "Omar Haddad")
    expect(omar.locator("#back")).to_contain_text("the executive wants a third shift priced")
    go(omar, "r")
    expect(omar.locator(".lead")).to_contain_text("May 2026")  # the plan in force
