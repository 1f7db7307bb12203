"""What holds for every page that is found by following links: axe, nothing moves, nothing is too wide or heavy."""

import gzip
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, Route
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from onenumber.store.models import Plan
from onenumber.web.refusals import CONFLICT
from tests.journeys.companies import squeezed_may
from tests.journeys.conftest import Opens, fresh
from tests.journeys.test_quality import SHIFT, axe, axe_is_here
from tests.steps.month_for_tests import to_executive, to_supply
from tests.tiny import PEOPLE
from tools.look import kinds

WIDEST, NARROWER = 1440, (1024, 390)
HEAVIEST, STILL = 300_000, 0.02
CLOSED = "/p/tight/2026-05/closed/"
"""As a page that its phase is past for is answered; of ours none is that a link leads to."""
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
        for kind, link in kinds(page, known=seen).items():
            if kind in seen:
                continue
            seen.add(kind)
            if urlsplit(link).query:
                continue
            if faults := _faults(page, link):
                found[f"{name}: {urlsplit(link).path}"] = faults
        page.context.close()  # eleven people's pages that ask on would outlive the rows that they ask for
    assert len(seen) > 40, sorted(seen)
    assert found == {}, json.dumps(found, indent=1)


def test_a_page_that_is_closed_is_no_fault_and_what_a_script_is_refused_is(
    opened: Opens, plan: Plan, browser: Browser, live_server: LiveServer
) -> None:
    page = opened(plan, "Ana Ruiz")
    page.route(f"**{CLOSED}", _refuse)
    answer = page.goto(CLOSED)
    assert answer is not None
    assert answer.status == CONFLICT
    with pytest.raises(AssertionError, match="status of 409"):
        _fetch_as_ana(browser, live_server)


def _refuse(route: Route) -> None:
    route.fulfill(status=CONFLICT, body="That cannot be done")


def _fetch_as_ana(browser: Browser, live_server: LiveServer) -> None:
    with fresh(browser, live_server, width=WIDEST) as page:
        page.get_by_role("button", name="Ana Ruiz").click()
        page.wait_for_url("**/p/tight/*/")
        page.route(f"**{CLOSED}", _refuse)
        assert page.evaluate("link => fetch(link).then(answer => answer.status)", CLOSED) == CONFLICT


def _faults(page: Page, link: str) -> list[str]:
    heard: list[Response] = []

    def hear(response: Response) -> None:
        heard.append(response)

    page.on("response", hear)
    faults = _drawn(page, link, WIDEST)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", hear)
    weight = sum(len(gzip.compress(one.body())) for one in heard if one.ok)
    faults += [*([f"weighs {weight}"] if weight >= HEAVIEST else []), *axe(page)]
    page.evaluate("document.documentElement.dataset.theme = 'dark'")  # what the server draws is the same but for this
    faults += [f"{fault} in dark" for fault in axe(page, "color-contrast")]
    faults += [fault for width in NARROWER for fault in _drawn(page, link, width)]
    page.set_viewport_size({"width": WIDEST, "height": 900})
    return faults


def _drawn(page: Page, link: str, width: int) -> list[str]:
    """Whether a page in light moves or is too wide at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.context.add_cookies([{"name": "theme", "value": "light", "url": page.url}])
    page.goto(link)
    moved, wide = page.evaluate(SHIFT), page.evaluate("document.documentElement.scrollWidth")
    faults = [f"moves by {moved:.2f} at {width}"] if moved >= STILL else []
    return [*faults, f"is {wide} wide at {width}"] if wide > width else faults
