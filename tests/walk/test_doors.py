"""What is sent to an address by whom it is not, from elsewhere or by the wrong method changes nothing."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client

from onenumber.errors import OneNumberError
from onenumber.jobs.registry import DOABLE
from onenumber.steps.frame.context import make_context
from onenumber.store.models import Account, Job, Plan
from onenumber.web.urls import urlpatterns
from tests.standing import _rows
from tests.steps.month_for_tests import NOW
from tests.walk.addresses import browser
from tests.walk.company import CYCLE, OTHER, OUTSIDER, WALK
from tests.walk.conftest import At
from tests.walk.verbs import ADM, ANA, DEMAND, DP, FIN, OWN, tries

ONE_OF_EACH = ("eva", "ivo", "dora", "omar", "sven", "fay", "olga", "dea", "ben", "dele", "pia", "adam", "carl", "")
REFUSED, SIGN_IN, FORBIDDEN, MISSING, WRONG_METHOD = 400, 302, 403, 404, 405
OF_CYCLE = f"/p/{WALK}/{CYCLE}/"
Send = Callable[[Client], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An address that takes what is sent: how it is sent there, and by whom it may be."""

    send: Send
    people: tuple[str, ...]


def _doors(plan: Plan) -> Mapping[str, Door]:
    """Every address that takes something, but the forms of steps, which stand in tests/walk/verbs.py."""
    job, typed = Job.objects.get(plan=plan).pk, {"level": "stream", "key": "A1|alpha", "mode": "add", "value": 1}
    edits = json.dumps({"edits": [{**typed, "month": "2026-06"}], "seen": 1})
    return {
        "plan_cells": Door(people=ANA, send=lambda one: one.post(
            f"{OF_CYCLE}plan/L2/cells/", edits, content_type="application/json")),
        "entry": Door(people=ANA, send=lambda one: one.post(
            f"{OF_CYCLE}entry/", {"seen": "1", "line-0": "alpha|FA", "figure-0": "100"})),
        "logins": Door(people=ADM, send=lambda one: one.post(f"/p/{WALK}/sign-ins/", {"who": "ben", "do": "link"})),
        "loads": Door(people=(*OWN, *DP, *FIN), send=lambda one: one.post(
            f"/p/{WALK}/data/", {"files": SimpleUploadedFile("stock.csv", b"item,site\n")})),
        "load_cancel": Door(people=(*OWN, *DP, *FIN), send=lambda one: one.post(f"/p/{WALK}/data/1/cancel/")),
        "job_cancel": Door(people=(*OWN, *DP), send=lambda one: one.post(f"{OF_CYCLE}jobs/{job}/cancel/")),
        "job_again": Door(people=DP, send=lambda one: one.post(f"{OF_CYCLE}jobs/{job}/again/")),
    }  # fmt: skip


def _is_refused(answer: Any, person: str) -> bool:
    """Whether an answer refuses; who is not signed in is led to sign in."""
    return answer.status_code >= REFUSED if person else answer.status_code == SIGN_IN and "sign-in" in answer.url


def _taking() -> set[str]:
    """The names of the addresses that take a POST from somebody who is signed in."""
    found = set()
    for pattern in urlpatterns:
        client = browser("carl")
        if client.options(f"/{_filled(str(pattern.pattern))}").status_code == WRONG_METHOD:
            allowed = client.options(f"/{_filled(str(pattern.pattern))}").headers["Allow"]
            found |= {str(pattern.name)} if "POST" in allowed else set()
    return found


def _filled(address: str) -> str:
    """An address with something in each of its places."""
    places = {"plan": WALK, "cycle": CYCLE, "number": "1", "step": "advance", "layer": "L2", "load_id": "1",
              "sheet_id": "1", "person": "ana", "token": "made-up", "which": "demand", "key": "alpha"}  # fmt: skip
    for name, value in places.items():
        for kind in ("str", "int", "path"):
            address = address.replace(f"<{kind}:{name}>", value)
    return address


SIGNING = {"sign_in", "sign_in_demo", "sign_out", "choose_password", "change_password"}
LOOKED_AT = {"loads", "logins", "entry", "plan_cells", "sign_in", "choose_password", "change_password"}
"""Addresses that take something and show a page as well."""


def test_every_address_that_takes_something_is_a_door(at: At) -> None:
    plan = at("window")
    assert _taking() == {*_doors(plan), "do", "do_in_plan", *SIGNING}


@pytest.mark.parametrize("person", ONE_OF_EACH)
def test_what_is_not_hers_to_send_is_refused_and_changes_nothing(at: At, person: str) -> None:
    plan = at("window")
    client, before, through = browser(person), _rows(), []
    for name, door in _doors(plan).items():
        if person not in door.people and not _is_refused(door.send(client), person):
            through.append(name)
    for one in tries(plan):
        hers = person in one.people and DEMAND in one.phases
        if not hers and not _is_refused(client.post(f"{OF_CYCLE}do/{one.step}/", one.asked), person):
            through.append(one.step)
    assert through == []
    assert _rows() == before


def test_who_may_send_it_is_let_through(at: At) -> None:
    plan = at("window")
    for name, door in _doors(plan).items():
        with transaction.atomic():
            answer = door.send(browser(door.people[0]))
            assert answer.status_code < REFUSED, (name, answer.content.decode()[-600:])
            transaction.set_rollback(True)


def test_a_form_of_another_site_changes_nothing(at: At) -> None:
    plan = at("window")
    doors = {name: (door, Client(enforce_csrf_checks=True)) for name, door in _doors(plan).items()}
    for door, client in doors.values():
        client.force_login(Account.objects.get(person=door.people[0]))
    before = _rows()
    for name, (door, client) in doors.items():
        assert door.send(client).status_code == FORBIDDEN, name
        assert client.post(f"{OF_CYCLE}do/waive/", {"code": "x"}).status_code == FORBIDDEN
    assert _rows() == before


def test_no_look_does_what_a_form_does(at: At) -> None:
    plan = at("window")
    taking, client, before = _taking(), browser("olga"), _rows()
    for pattern in urlpatterns:
        address = f"/{_filled(str(pattern.pattern))}"
        if pattern.name in taking - LOOKED_AT:
            assert client.get(address).status_code == WRONG_METHOD, address
        elif pattern.name not in taking:
            wrong = [client.post(address), client.put(address), client.delete(address)]
            assert {one.status_code for one in wrong} == {WRONG_METHOD}, address
    assert _rows() == before
    assert Plan.objects.filter(pk=plan.pk).exists()


def _of(plan: Plan) -> dict[type[models.Model], object]:
    """The rows of a plan."""
    return {
        model: list(model._base_manager.filter(plan=plan).order_by("pk").values_list())
        for model in _rows() if any(field.name == "plan" for field in model._meta.fields)
    }  # fmt: skip


def test_the_numbers_of_another_plan_are_nothing_in_ones_own(at: At) -> None:
    plan = at("window")
    other, before, done = Plan.objects.get(key=OTHER), _of(plan), []
    for one in tries(plan):
        step = DOABLE[one.step]
        try:
            with transaction.atomic():
                step.run(make_context(other, person=OUTSIDER, now=NOW), **step.typed(one.asked))
                done.append(one.step)
                assert _of(plan) == before, one.step
                transaction.set_rollback(True)
        except OneNumberError:
            pass
    assert set(done) & {"reply", "done", "settle-request", "resolve", "triage", "undo"} == set()
    assert _of(plan) == before


def test_nobody_reaches_another_plan_by_its_address_or_by_its_numbers(at: At) -> None:
    plan = at("window")
    before, client = _of(plan), browser(OUTSIDER)
    assert {door.send(client).status_code for door in _doors(plan).values()} == {MISSING}
    assert {client.post(f"{OF_CYCLE}do/{one.step}/", one.asked).status_code for one in tries(plan)} == {MISSING}
    job, sheet = Job.objects.get(plan=plan).pk, plan.sheets.order_by("-pk")[0].pk
    for rest in (f"{CYCLE}/sheets/{sheet}/", f"{CYCLE}/jobs/{job}/", f"{CYCLE}/jobs/{job}/progress/"):
        assert client.get(f"/p/{OTHER}/{rest}").status_code == MISSING, rest
    for rest in (f"jobs/{job}/cancel/", f"jobs/{job}/again/"):
        assert client.post(f"/p/{OTHER}/{CYCLE}/{rest}").status_code >= REFUSED, rest
    assert _of(plan) == before
