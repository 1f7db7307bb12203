"""What people do on pages, in the words of the pages; and jobs that are done when they are asked for."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, Page

from onenumber.jobs import queue
from onenumber.jobs.child import do as run_child
from onenumber.store.models import Plan


class _AtOnce:
    """The queue without a worker: a job is done when it is asked for."""

    @staticmethod
    def enqueue(pk: int) -> None:
        run_child(pk)


def jobs_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs beside a journey: whoever asks for a job waits for it."""
    monkeypatch.setattr(queue, "run_job", _AtOnce)


def at(plan: Plan, moment: dt.datetime) -> None:
    """Set the clock of a plan."""
    plan.clock = moment
    plan.save(update_fields=["clock"])


def go(page: Page, letter: str) -> None:
    """To a page by its key, once the page that is there listens to keys."""
    page.wait_for_load_state()
    page.keyboard.press("g")
    page.keyboard.press(letter)


def fill_in(where: Page | Locator, form: str, **says: str) -> None:
    """Open the first form of these words, say what it asks by the names of its fields, and send it."""
    page = where if isinstance(where, Page) else where.page
    summary = page.locator("summary").filter(has_text=re.compile(rf"^\s*{re.escape(form)}(?![\w:])"))
    way = where.locator("details.way").filter(has=summary).first
    way.locator("summary").click()
    for name, value in says.items():
        field = way.locator(f'[name="{name}"]')
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    way.locator("form button").first.click()
