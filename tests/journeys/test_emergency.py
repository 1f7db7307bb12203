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
        form.locator(f"[name={name}]").fill(value)
    form.get_by_role("button", name=way).click()


@pytest.mark.bad_month("g")
def test_from_the_form_to_the_amendment_by_persons_of_their_roles(opened: Opens, plan: Plan) -> None:
    sven = opened(plan, "Sven Berg")
    sven.goto("/p/tight/2026-05/orders/")
    fill(sven, "Name an emergency", item="A1", site="P1", quantity="12", reason="alpha's line stands still")
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
