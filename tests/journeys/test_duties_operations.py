"""The duties of an operations leader in the browser, where a plant, an executive and she herself meet."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from onenumber.model.sheet import SheetKind
from onenumber.store.models import ActionRow, DecisionRow
from tests.journeys.acting import at, fill_in, go, jobs_at_once
from tests.journeys.companies import squeezed_may
from tests.journeys.conftest import Opens
from tests.steps.month_for_tests import (
    NOW,
    OVERTIME,
    PAPER,
    do,
    published_may,
    to_executive,
    to_supply,
    version,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _here(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    jobs_at_once(monkeypatch)


@pytest.mark.duty("OP-1")
def test_what_a_plant_cannot_make_after_publication_is_an_amendment_beside_the_plan(
    opened: Opens, tmp_path: Path
) -> None:
    with transaction.atomic():
        plan = published_may("tight", tmp_path / "data")
    at(plan, NOW + dt.timedelta(hours=1))
    before = version(plan, SheetKind.PUBLISHED_PLAN)
    pia = opened(plan, "Pia Rossi")
    pia.goto("/p/tight/2026-05/plants/")
    said = {"item": "A1", "month": "2026-06", "quantity": "10", "note": "the mould is worn"}
    fill_in(pia, "Say what cannot be made", **said)
    expect(pia.locator("#P1")).to_contain_text("It is an amendment: the plan itself stays as it is.")
    assert version(plan, SheetKind.PUBLISHED_PLAN).content == before.content
    omar = opened(plan, "Omar Haddad")
    expect(omar.locator("main")).to_contain_text("the mould is worn")
    omar.goto(f"/p/tight/2026-05/sheets/{before.pk}/")
    expect(omar.get_by_role("heading", name="Amendments of plants")).to_be_visible()
    expect(omar.locator("main")).to_contain_text("10 instead of the")


def sections(page: Page) -> list[str]:
    """The parts of a meeting's page, in their order."""
    found: list[str] = page.locator("main section[id]").evaluate_all("all => all.map(one => one.id)")
    return found


@pytest.mark.duty("OP-5")
def test_a_meeting_opens_on_last_times_actions_decides_in_place_and_reads_back_its_minutes(
    opened: Opens, tmp_path: Path
) -> None:
    plan = squeezed_may(tmp_path / "data", to_supply, to_executive)
    until = dt.date(2026, 5, 29)
    do(plan, "omar", "action", meeting="executive", what="Price a third shift", who="sven", due=until, cycle="2026-05")
    omar = opened(plan, "Omar Haddad")
    go(omar, "i")
    rows = omar.get_by_role("region", name="Meetings").locator("tbody tr")
    expect(rows).to_have_count(4)
    assert rows.locator("th").all_inner_texts() == ["Demand meeting", "Supply meeting", "Pre-S&OP", "Executive meeting"]
    expect(rows.nth(0)).to_contain_text("Ines Duarte")
    for k in (1, 2, 3):
        expect(rows.nth(k)).to_contain_text("Omar Haddad")
    omar.get_by_role("link", name="Pre-S&OP").click()
    expect(omar.locator("#minutes")).to_contain_text("Omar Haddad signed “recommended”")

    eva = opened(plan, "Eva Okafor")
    go(eva, "i")
    eva.get_by_role("link", name="Executive meeting").click()
    assert sections(eva)[0] == "last"
    assert [one for one in sections(eva) if one in {"last", "papers", "minutes"}] == ["last", "papers", "minutes"]
    fill_in(eva.locator(f'[id="{PAPER}"]'), "Decide", option=OVERTIME, rationale="it pays")
    expect(eva.locator("#minutes")).to_contain_text("Eva Okafor decided A of the paper on Line 1 (L1)")
    expect(eva.locator("#minutes")).to_contain_text("it pays")
    assert DecisionRow.objects.get(paper=PAPER).option == OVERTIME
    omar.goto("/p/tight/2026-05/meetings/executive/")
    fill_in(omar, "Write down an action", what="Hire for the overtime", who="pia", due="2026-05-29")
    expect(omar.locator("#minutes")).to_contain_text("Hire for the overtime Pia Rossi, by 29 May")
    assert ActionRow.objects.count() == 2
