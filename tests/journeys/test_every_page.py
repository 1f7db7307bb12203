"""What holds for every page that is found by following links: axe, nothing moves, nothing is too wide or heavy."""

import gzip
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response
from pytest_django.fixtures import Settings

from onenumber.store.models import Plan
from tests.journeys.companies import squeezed_may
from tests.journeys.conftest import Opens
from tests.journeys.test_quality import AXE, SHIFT, axe_is_here
from tests.steps.month_for_tests import to_executive, to_supply
from tests.tiny import PEOPLE
from tools.look import kinds

WIDEST = 1440
LOOKS = ((1024, "light"), (390, "light"), (WIDEST, "dark"))
"""How a page is looked at after its first look, at the widest in light."""
HEAVIEST, STILL, LOOKED_AT = 300_000, 0.02, 10
NAMES = [name for _, name in PEOPLE.values()]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(settings: Settings, tmp_path: Path) -> Plan:
    """May before the executive meeting: papers are prepared, the line is short of hours from September on."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    return squeezed_may(tmp_path / "data", to_supply, to_executive)


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
        page.context.close()  # eleven people's pages that ask on would outlive the rows that they ask for
    assert len(seen) > 40, sorted(seen)
    assert found == {}, json.dumps(found, indent=1)


def _faults(page: Page, link: str) -> list[str]:
    heard: list[Response] = []

    def hear(response: Response) -> None:
        heard.append(response)

    page.on("response", hear)
    faults = _drawn(page, link, WIDEST, "light")
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", hear)
    weight = sum(len(gzip.compress(one.body())) for one in heard if one.ok)
    faults += [f"weighs {weight}"] if weight >= HEAVIEST else []
    return [*faults, *(fault for width, theme in LOOKS for fault in _drawn(page, link, width, theme))]


def _drawn(page: Page, link: str, width: int, theme: str) -> list[str]:
    """What is wrong with a page at a width; at the widest, axe looks at it, too."""
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([{"name": "theme", "value": theme, "url": page.url}])
    page.goto(link)
    moved, wide = page.evaluate(SHIFT), page.evaluate("document.documentElement.scrollWidth")
    faults = [f"moves by {moved:.2f}"] if moved >= STILL else []
    faults += [f"is {wide} wide"] if wide > width else []
    faults += _axe(page) if width == WIDEST else []
    return [f"{fault} at {width}, {theme}" for fault in faults]


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run()")
    serious = [one for one in result["violations"] if one["impact"] in {"serious", "critical"}]
    looked = [] if len(result["passes"]) > LOOKED_AT else ["axe looked at nothing"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in serious] + looked
