"""Load and Materials show the plan in force until the month has its own, and say when that is."""

import datetime as dt
import html

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.store.models import Account, Plan
from onenumber.web.line_load.words import own_words
from tests.steps.conftest import *  # noqa: F403 - the tiny company


@pytest.mark.parametrize("page", ["load", "materials"])
def test_before_the_month_has_a_plan_its_day_is_said(
    in_demand: None, plan: Plan, settings: Settings, page: str
) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    client = Client()
    client.force_login(Account.objects.create_account(login="omar", password=None, plan=plan, person="omar"))
    text = html.unescape(client.get(f"/p/tiny/2026-05/{page}/").content.decode())
    assert "The supply plan of May 2026 is due by" in text


def test_nothing_is_said_once_there_is_one() -> None:
    assert own_words(None, "2026-05") == ""
    assert own_words(dt.date(2026, 5, 15), "2026-05").endswith("by Friday 15 May; then it stands here.")
