"""Every address of a plan, for the administrator: refused, or a page without the plan."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.store.models import Account, Plan
from onenumber.web.urls import urlpatterns
from tests.steps.conftest import *  # noqa: F403 - the tiny company

OF_A_PLAN = {
    "loads": (403, 200), "load": (403, 404), "load_progress": (403, 404), "load_findings": (403, 404),
    "empty_file": (403,), "load_cancel": (403, 404), "do": (403,), "decisions": (403,), "job": (404,),
    "job_progress": (404,), "job_cancel": (403,), "job_again": (403,),
    "begin": (302,), "do_in_plan": (403,), "sheets": (403, 200), "sheet": (403,),
    "family": (403,), "search": (403, 200),
    **dict.fromkeys(("accounts", "adherence", "deviations", "executive", "team", "team_person"), (403,)),
    "entry": (403,), "orders_to_confirm": (403,), "news_form": (403,), "customer": (403,), "customer_orders": (403,),
    "logins": (200,), "who": (200,), "who_file": (200,), "month": (200,), "messages": (200,), "plan_home": (403, 302),
    **dict.fromkeys(
        ("running", "parameters", "orders", "calendar", "budget", "conflicts", "conflict", "pack", "pack_sent"), (403,)
    ),
    "cannot": (403,), "cannot_tried": (403,),
    "line_load": (403,), "plants": (403,), "materials": (403,), "maintenance": (403,), "window_price": (403,),
    "meetings": (403,), "meeting": (403,),
    "plan_grid": (403,), "plan_cells": (403,), "plan_cell": (403, 404),
    "bench": (403,), "flow": (403,), "what_if": (403, 422),
}  # fmt: skip
"""What an address may answer to who sees no plan."""
OF_NO_PLAN = {
    "home", "healthz", "sign_in", "sign_in_demo", "sign_out", "guides", "guide", "choose_password", "change_password",
}  # fmt: skip
PLACES = {
    "<str:plan>": "tiny", "<str:cycle>": "2026-05", "<str:load_id>": "1", "<int:number>": "1", "<str:step>": "advance",
    "<str:layer>": "L4", "<path:key>": "alpha", "<str:person>": "ana", "<str:which>": "supply",
    "<str:site>": "P1", "<str:month>": "2026-06", "<path:item>": "A1",
    "<str:table>": "items",
}  # fmt: skip
POSTED = {"load_cancel", "do", "do_in_plan", "job_cancel", "job_again"}
OF_THE_PLAN = ("Nord", "South", "alpha", "gamma", "Consensus")
"""Words of the plan that no page shows her."""
PATCHES = ("Nord", "South")
WHO = ("who", "who_file")
"""Who does what is everybody's: the people whose accounts she keeps stand there with their patches, and no figure."""


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


def test_every_address_is_held_to_it() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(OF_A_PLAN) | OF_NO_PLAN


def test_the_administrator_finds_no_plan_at_any_address(agreed: None, plan: Plan) -> None:
    client = Client()
    client.force_login(Account.objects.create_account(login="adam", password=None, plan=plan, person="adam"))
    places = {**PLACES, "<str:sheet_id>": str(plan.sheets.get(kind="consensus").pk)}
    for pattern in urlpatterns:
        if pattern.name in OF_A_PLAN:
            address = str(pattern.pattern)
            for name, value in places.items():
                address = address.replace(name, value)
            posted = pattern.name in POSTED
            answer = client.post(f"/{address}") if posted else client.get(f"/{address}", {"q": "a"})
            assert answer.status_code in OF_A_PLAN[pattern.name], address
            page = answer.content.decode()
            hidden = [word for word in OF_THE_PLAN if pattern.name not in WHO or word not in PATCHES]
            assert [word for word in hidden if word in page] == [], address
