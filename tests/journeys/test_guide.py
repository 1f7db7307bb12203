"""The guides in the browser, two steps from anywhere; pictures of the people whom no other journey follows."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.supply import open_shortages
from onenumber.store.models import Plan
from onenumber.store.plans import versions_of
from tests import tiny
from tests.journeys.conftest import Opens, Takes
from tests.steps.month_for_tests import NOW, do, founded, squeezed, to_supply, version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.ONENUMBER_HOME = tmp_path / "home"
    return tmp_path


def live(folder: Path, made: Mapping[str, pl.DataFrame] | None = None) -> Plan:
    plan = founded("tight", "live", folder / "data", made)
    plan.clock = NOW
    plan.save(update_fields=["clock"])
    return plan


def test_everybody_finds_her_guide_under_her_name_behind_a_key_and_by_search(omar: Page) -> None:
    omar.locator("summary", has_text="Omar Haddad").click()
    omar.get_by_role("link", name="Guide: operations leader").click()
    expect(omar.get_by_role("heading", level=1)).to_have_text("Guide: operations leader")
    omar.get_by_role("link", name="Load", exact=True).last.click()
    expect(omar).to_have_url(re.compile("/p/hydra/2026-06/load/$"))
    omar.keyboard.press("?")
    omar.get_by_role("dialog").get_by_role("link", name="All guides").click()
    expect(omar.locator(".guides li").first).to_have_text("Operations leader yours")
    omar.keyboard.press("/")
    omar.keyboard.type("guide: exec")
    expect(omar.locator("#hits a")).to_have_text(["Guide: executive guide"])
    omar.keyboard.press("Tab")
    omar.keyboard.press("Enter")
    expect(omar.get_by_role("heading", level=1)).to_have_text("Guide: executive")


def test_finance_finds_the_review_as_the_next_thing(opened: Opens, home: Path, picture: Takes) -> None:
    with transaction.atomic():
        plan = live(home)
        to_supply(plan)
        do(plan, "sven", "plan")
        for cause in open_shortages(make_context(plan, person="omar", now=NOW)):
            do(plan, "sven", "escalate", subject=cause, reason="no hours left in autumn")
        do(plan, "omar", "sign", verb="sign_supply")
        do(plan, "olga", "advance")
    fay = opened(plan, "Fay Chen")
    expect(fay.locator("#due")).to_contain_text("The review has not been made")
    picture(fay, "fin-month")


def headed() -> dict[str, pl.DataFrame]:
    """The squeezed company with Dina at the head of DA, who answers for its sales."""
    made = squeezed()
    rows = {
        "people": {"person": "dina", "name": "Dina Falk"},
        "roles": {"person": "dina", "role": "DH", "scope_kind": "division", "scope": "DA"},
        "owners": {"figure": "sales", "scope": "DA", "person": "dina"},
    }
    return {**made, **{name: pl.concat([made[name], tiny.table(name, [row])]) for name, row in rows.items()}}


def missed(plan: Plan) -> None:
    """Adherence of April in which the sales of DA are breached."""
    for step, given in (("open", {"period": "2026-05"}), ("freeze", {}), ("measure", {})):
        do(plan, "olga", step, **given)
    made, store = version(plan, SheetKind.ADHERENCE), versions_of(plan)
    sheet = store.get(made.content)
    is_hers = (pl.col("figure") == "sales") & (pl.col("owner") == "dina")
    assert sheet.table("figures").filter(is_hers).height
    figures = sheet.table("figures").with_columns(
        is_hers.alias("breached"), pl.when(is_hers).then(0.7).otherwise("value").alias("value")
    )
    made.content = store.put(replace(sheet, tables={**sheet.tables, "figures": figures}))
    made.save(update_fields=["content"])


def test_a_division_head_answers_for_her_sales(opened: Opens, home: Path, picture: Takes) -> None:
    with transaction.atomic():
        plan = live(home, headed())
        missed(plan)
    dina = opened(plan, "Dina Falk")
    expect(dina.locator(".lead")).to_contain_text("1 thing waits for you")
    picture(dina, "dh-month")
    dina.locator("#due a").first.click()
    dina.locator("main").get_by_text("Answer", exact=True).first.click()
    form = dina.locator("details[open]")
    form.get_by_label("In a sentence").fill("Two customers had filled their stock in March.")
    form.get_by_label("Kind of cause").select_option("CUS-STOCKUP")
    form.get_by_label("What will be done").fill("Both are in the call for May.")
    form.get_by_label("By when").fill("2026-05-29")
    form.get_by_role("button").click()
    expect(dina.locator("main")).to_contain_text("Two customers had filled their stock in March.")
    picture(dina, "dh-answer")


def test_an_administrator_sees_accounts_and_who_does_what_and_no_plan(
    opened: Opens, home: Path, picture: Takes
) -> None:
    with transaction.atomic():
        plan = live(home)
        do(plan, "olga", "open", period="2026-05")
    adam = opened(plan, "Adam Root")
    expect(adam.locator("main")).to_contain_text("Your roles keep accounts and see no plan")
    picture(adam, "adm-month")
    adam.keyboard.type("gw")
    expect(adam.get_by_role("heading", level=1)).to_have_text("Who does what")
    picture(adam, "adm-who")
    adam.keyboard.press("?")
    adam.get_by_role("dialog").get_by_role("link", name="Guide: administrator").click()
    expect(adam.locator("main")).to_contain_text("No day of the month waits for you.")
