"""An emergency between meetings: from the form to the amendment, and the default after two days."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.jobs import queue
from onenumber.jobs.child import do as run_child
from onenumber.store.models import DecisionRow, Plan, SheetVersion, UrgentPaper
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import do, published_may

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RUNS = dt.datetime(2026, 5, 26, 10, tzinfo=dt.UTC)
PAPER = "urgent:2026-05-E1:A1@P1"


class _AtOnce:
    """The queue without a worker: a job is done when it is asked for."""

    @staticmethod
    def enqueue(pk: int) -> None:
        run_child(pk)


@pytest.fixture
def plan(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The squeezed company whose May is published and runs."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    monkeypatch.setattr(queue, "run_job", _AtOnce)
    with transaction.atomic():  # rows that are put there again refer to each other
        plan = published_may("tight", tmp_path / "data")
    at(plan, RUNS)
    return plan


def at(plan: Plan, moment: dt.datetime) -> None:
    plan.clock = moment
    plan.save(update_fields=["clock"])


def fill(page: Page, way: str, **said: str) -> None:
    """Fill the only form of a name on a page, and send it."""
    form = page.locator("details.way", has=page.locator("summary", has_text=way)).first
    form.locator("summary").click()
    for name, value in said.items():
        field = form.locator(f"[name={name}]")
        field.select_option(value) if field.evaluate("it => it.tagName") == "SELECT" else field.fill(value)
    form.get_by_role("button", name=way).click()


@pytest.mark.bad_month("g")
def test_from_the_form_to_the_amendment_by_persons_of_their_roles(opened: Opens, plan: Plan) -> None:
    sven = opened(plan, "Sven Berg")
    sven.goto("/p/tight/2026-05/orders/")
    fill(sven, "Name an emergency", item="A1", quantity="12", reason="alpha's line stands still")
    expect(sven.get_by_text("It is named.")).to_be_visible(timeout=30_000)
    paper = UrgentPaper.objects.get(plan=plan)
    assert (paper.paper, paper.expires_at) == (PAPER, RUNS + dt.timedelta(hours=48))

    name = {"EX": "Eva Okafor", "OP": "Omar Haddad"}[paper.role]
    decider = opened(plan, name)
    expect(decider.locator("#due").get_by_text("asks for 12 more of A1 at P1 before the next meeting")).to_be_visible()
    decider.goto("/p/tight/2026-05/decisions/")
    expect(decider.get_by_text("Of the 12 that are asked, 12 can come in May 2026.")).to_be_visible()
    fill(decider, "Yes: amend the plan", rationale="her line stands still")
    expect(
        decider.get_by_text("said yes on 26 May 10:00: amendment R1 of the plan. “her line stands still”")
    ).to_be_visible()
    decider.get_by_role("link", name="amendment R1 of the plan").click()
    expect(decider.get_by_role("heading", name="Amendment R1")).to_be_visible()
    made = decider.locator("#R1 tr", has_text="made").filter(has_text="May 2026")
    expect(made.first).to_be_visible()

    sven.goto("/p/tight/2026-05/")
    expect(sven.get_by_text("took the emergency of A1 at P1: amendment R1 of the plan")).to_be_visible()
    original = SheetVersion.objects.get(plan=plan, kind="published_plan", stage="")
    sven.goto(f"/p/tight/2026-05/sheets/{original.pk}/")
    expect(sven.get_by_text("named an emergency: “alpha's line stands still”")).to_be_visible()


@pytest.mark.bad_month("g")
def test_after_two_days_nobody_decided_and_the_plan_stays(opened: Opens, plan: Plan) -> None:
    do(plan, "sven", "emergency", at=RUNS, item="A1", site="P1", quantity=12.0, reason="alpha's line stands still")
    at(plan, RUNS + dt.timedelta(hours=48))
    eva = opened(plan, "Eva Okafor")
    expect(eva.get_by_text("nobody decided the emergency of A1 at P1 in 48 hours", exact=False)).to_be_visible()
    eva.goto("/p/tight/2026-05/decisions/")
    expect(eva.get_by_text("Nobody decided until 28 May 10:00, so B took effect")).to_be_visible()
    expect(eva.get_by_text("Yes: amend the plan")).to_have_count(0)
    assert not DecisionRow.objects.filter(plan=plan, paper=PAPER).exists()  # it is told before it is logged
    assert not SheetVersion.objects.filter(plan=plan, stage="R1").exists()


@pytest.mark.bad_month("g")
def test_who_asked_takes_it_back_and_who_was_to_decide_reads_why(opened: Opens, plan: Plan) -> None:
    do(plan, "sven", "emergency", at=RUNS, item="A1", quantity=12.0, reason="alpha's line stands still")
    sven = opened(plan, "Sven Berg")
    sven.goto("/p/tight/2026-05/decisions/")
    expect(sven.get_by_text("Yes: amend the plan")).to_have_count(0)
    fill(sven, "Take it back", reason="alpha found a spare")
    expect(sven.get_by_text(f"{PAPER} is taken back; who was told of it hears why.")).to_be_visible()
    expect(sven.get_by_text("Sven Berg took it back on 26 May 10:00: the plan stays as it is.")).to_be_visible()
    assert DecisionRow.objects.get(plan=plan, paper=PAPER).how == "taken_back"

    eva = opened(plan, "Eva Okafor")
    expect(eva.get_by_text("Sven Berg took the emergency of A1 at P1 back: the plan stays as it is")).to_be_visible()
    eva.goto("/p/tight/2026-05/decisions/")
    expect(eva.get_by_text("Yes: amend the plan")).to_have_count(0)


@pytest.mark.bad_month("g")
def test_above_her_limit_the_sales_leader_says_yes_with_the_operations_leader(opened: Opens, plan: Plan) -> None:
    ines = opened(plan, "Ines Duarte")
    ines.goto("/p/tight/2026-05/orders/")
    expect(ines.get_by_text("Name an emergency")).to_have_count(0)  # it is not hers to name
    sven = opened(plan, "Sven Berg")
    sven.goto("/p/tight/2026-05/orders/?item=A1&customer=alpha&quantity=4#emergency")
    form = sven.locator("#emergency form")
    form.locator("[name=reason]").fill("alpha's line stands still")
    form.get_by_role("button", name="Name an emergency").click()
    expect(sven.get_by_text("It is named.")).to_be_visible(timeout=30_000)
    paper = UrgentPaper.objects.get(plan=plan)
    assert (paper.role, paper.emergency.stream) == ("OP+SM", "A1|alpha")

    omar = opened(plan, "Omar Haddad")
    omar.goto("/p/tight/2026-05/decisions/")
    expect(omar.get_by_text("Its value asks for two: a word for supply and one for sales.")).to_be_visible()
    fill(omar, "Yes: amend the plan", rationale="the line has the hours")
    expect(omar.get_by_text(f"Your word stands: A. {PAPER} waits for Ines Duarte.")).to_be_visible()
    assert not DecisionRow.objects.filter(plan=plan, paper=PAPER).exists()

    ines.goto("/p/tight/2026-05/")
    expect(ines.locator("#due").get_by_text("asks for 4 more of A1 at P1 before the next meeting")).to_be_visible()
    ines.goto("/p/tight/2026-05/decisions/")
    expect(ines.get_by_text("Omar Haddad said yes. “the line has the hours” It waits for Ines Duarte")).to_be_visible()
    fill(ines, "Yes: amend the plan", rationale="alpha is worth it")
    expect(ines.get_by_text("amendment R1 of the plan. “alpha is worth it”")).to_be_visible()
    assert SheetVersion.objects.filter(plan=plan, stage="R1").exists()
