"""A browser in front of the real server; where there is none, the journeys say so and are left out."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from onenumber.store.models import Account, Plan
from onenumber.store.plans import names_of
from onenumber.web.refusals import CONFLICT
from tests.journeys import pictures
from tests.web.company import PEOPLE
from tools.chromium import chromium, path_of_chromium

Opens = Callable[..., Page]
Takes = Callable[[Page, str], None]
PASSWORD = "a-long-enough-word"  # noqa: S105 - of people who do not exist


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``PICTURES=anew`` only the journeys that take pictures are gone through."""
    if pictures.ANEW:
        takes = [item for item in items if "picture" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in takes])
        items[:] = takes


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not path_of_chromium():
        message = "There is no chromium here: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # The driver runs a loop of its own in this thread, and Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as found:
        yield found
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Page]:
    """A fresh browser before the sign-in page of the small company, at 1440 x 900; any error in it fails the test."""
    settings.ONENUMBER_SOURCE = "tests.web.company.Company"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # eight people before every journey
    for person in PEOPLE:
        Account.objects.create_account(login=person, password=PASSWORD, plan=None, person=person)
    with fresh(browser, live_server, width=1440) as page:
        yield page


@contextmanager
def fresh(browser: Browser, live_server: LiveServer, *, width: int) -> Iterator[Page]:
    """A browser of its own before the sign-in page; any error in it fails the test.

    The browser calls every answer of 400 or more an error. Where the app says on purpose that a page is closed in this
    phase (409, to whoever went there), that is no fault.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page = context.new_page()
    errors: list[str] = []
    said: list[ConsoleMessage] = []
    closed: set[str] = set()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda one: said.append(one) if one.type == "error" else None)
    page.on("response", lambda answer: closed.add(answer.url) if _is_closed_page(answer) else None)
    page.goto("/")
    yield page
    context.close()
    errors += [one.text for one in said if not (f"status of {CONFLICT} " in one.text and one.location["url"] in closed)]
    assert [error for error in errors if "422" not in error] == []


def _is_closed_page(answer: Response) -> bool:
    """Whether somebody went to a page and was told that this phase has none of it."""
    request = answer.request
    return answer.status == CONFLICT and request.method == "GET" and request.is_navigation_request()


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, settings: Settings, tmp_path: Path) -> Iterator[Opens]:
    """``opened(plan, "Ana Ruiz", width=390)``: a person of a plan signs in with one click; the real steps answer.

    With ``click=False`` she stands before the sign-in page still.
    """
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    settings.ONENUMBER_HOME = tmp_path / "home"
    with ExitStack() as pages:

        def enter(plan: Plan, person: str, *, width: int = 1440, click: bool = True) -> Page:
            for key, name in names_of(plan).items():
                if name == person and not Account.objects.filter(login=key).exists():
                    Account.objects.create_account(login=key, password=None, plan=plan, person=key)
            page = pages.enter_context(fresh(browser, live_server, width=width))
            if click:
                page.get_by_role("button", name=person).click()
                page.wait_for_url(f"**/p/{plan.key}/*/")
            return page

        yield enter


@pytest.fixture
def picture() -> Iterator[Takes]:
    """``picture(page, "sp-entry")``: a guide shows the page as it is now. What is stale is said after the journey."""
    stale: list[str] = []
    yield lambda page, name: stale.append(pictures.look(page, name))
    assert [one for one in stale if one] == [], "\n\n".join(filter(None, stale))


@pytest.fixture
def omar(page: Page) -> Page:
    """Omar, the operations leader, has signed in with one click."""
    page.get_by_role("button", name="Omar Haddad").click()
    page.wait_for_url("**/p/hydra/2026-06/")
    return page
