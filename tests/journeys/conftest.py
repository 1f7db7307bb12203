"""A browser in front of the real server; where there is none, the journeys say so and are left out."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from onenumber.store.models import Account
from tests.web.company import PEOPLE
from tools.chromium import chromium, path_of_chromium

PASSWORD = "a-long-enough-word"  # noqa: S105 - of people who do not exist


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
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=live_server.url)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto("/")
    yield page
    context.close()
    assert [error for error in errors if "422" not in error] == []


@pytest.fixture
def omar(page: Page) -> Page:
    """Omar, the operations leader, has signed in with one click."""
    page.get_by_role("button", name="Omar Haddad").click()
    page.wait_for_url("**/sheets/")
    return page
