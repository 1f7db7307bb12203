"""What holds for every page that is found by following links: axe, nothing moves, nothing is too wide or heavy.

It takes minutes, so it is asked for by hand: ``pytest tests/journeys/every_page.py``. A page closed in the phase
answers 409, which the browser says aloud; the fixture then reports an error though the pages are right.
"""

import gzip
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from playwright.sync_api import Page, Response
from pytest_django.fixtures import Settings

from onenumber.store.models import Plan
from tests.journeys.conftest import Opens
from tests.journeys.test_quality import AXE, SHIFT, axe_is_here
from tests.steps.month_for_tests import NOW, founded, to_executive, to_supply
from tests.tiny import PEOPLE
from tools.look import kinds

WIDTHS = (1440, 1024, 390)
HEAVIEST, STILL, LOOKED_AT = 300_000, 0.02, 10
NAMES = [name for _, name in PEOPLE.values()]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(settings: Settings, tmp_path: Path) -> Plan:
    """May before the executive meeting: papers are prepared, the line is short of hours from September on."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    with transaction.atomic():  # rows that are put there again refer to each other
        made = founded("tight", "live", tmp_path / "data")
        to_supply(made)
        to_executive(made)
    made.clock = NOW
    made.save(update_fields=["clock"])
    return made


def test_every_page_is_still_small_and_usable(opened: Opens, plan: Plan) -> None:
    axe_is_here()
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for name in NAMES:
        page = opened(plan, name)
        for kind, link in kinds(page).items():
            if kind in seen or urlsplit(link).query:
                continue
            seen.add(kind)
            if faults := _faults(page, link):
                found[f"{name}: {urlsplit(link).path}"] = faults
    assert len(seen) > 40, sorted(seen)
    assert found == {}, json.dumps(found, indent=1)


def _faults(page: Page, link: str) -> list[str]:
    heard: list[Response] = []

    def hear(response: Response) -> None:
        heard.append(response)

    page.on("response", hear)
    page.goto(link)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", hear)
    weight = sum(len(gzip.compress(one.body())) for one in heard if one.ok)
    faults = [f"weighs {weight}"] if weight >= HEAVIEST else []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(link)
        if (moved := page.evaluate(SHIFT)) >= STILL:
            faults.append(f"moves by {moved:.2f} at {width}")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append(f"{wide} wide at {width}")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    for theme in ("light", "dark"):
        page.context.add_cookies([{"name": "theme", "value": theme, "url": page.url}])
        page.goto(link)
        faults.extend(f"{theme}: {fault}" for fault in _axe(page))
    return faults


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run()")
    serious = [one for one in result["violations"] if one["impact"] in {"serious", "critical"}]
    looked = [] if len(result["passes"]) > LOOKED_AT else ["axe looked at nothing"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in serious] + looked
