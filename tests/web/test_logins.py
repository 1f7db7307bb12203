"""The page of sign-ins, the page behind a link, and one's own password, as a browser asks for them."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.store.models import Account, AuditRow, Plan
from tests.steps.conftest import *  # noqa: F403 - the tiny company

WORD, OTHER = "quiet-harbour-37", "louder-harbour-38"
PAGE = "/p/tiny/sign-ins/"
LINK = re.compile(r"http://testserver(/sign-in/\d+/[\w-]+/)")


@pytest.fixture(autouse=True)
def _real(settings: Settings, loaded: None) -> Iterator[None]:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()  # of the wrong passwords that were counted


@pytest.fixture
def adam(plan: Plan) -> Client:
    client = Client()
    client.force_login(Account.objects.create_account(login="adam", password=None, plan=plan, person="adam"))
    return client


def _link(adam: Client, who: str = "ana") -> str:
    found = LINK.search(adam.post(PAGE, {"who": who, "do": "link"}).content.decode())
    assert found is not None
    return found[1]


def _choose(client: Client, link: str, first: str = WORD, again: str = WORD) -> int:
    return client.post(link, {"new_password1": first, "new_password2": again}).status_code


def test_a_link_is_shown_once_and_lets_its_person_choose_a_password(adam: Client, plan: Plan) -> None:
    assert "no sign-in" in adam.get(PAGE).content.decode()
    link, ana = _link(adam), Client()
    assert LINK.search(adam.get(PAGE).content.decode()) is None
    asked = ana.get(link)
    assert (asked.status_code, "Your login is <b>ana</b>" in asked.content.decode()) == (200, True)
    assert _choose(ana, link) == 302
    assert ana.get("/").url == "/p/tiny/"
    assert AuditRow.objects.get(plan=plan, verb="password").person == "ana"
    assert Client().post("/sign-in/", {"login": "ana", "password": WORD}).status_code == 302


def test_a_link_that_was_used_is_refused_with_what_to_do(adam: Client) -> None:
    link = _link(adam)
    _choose(Client(), link)
    for answer in (Client().get(link), Client().post(link, {"new_password1": OTHER, "new_password2": OTHER})):
        assert answer.status_code == 410
        assert "ask the administrator for a new link" in answer.content.decode()
    assert Account.objects.get(login="ana").check_password(WORD)


@pytest.mark.parametrize(
    ("first", "again", "why"),
    [("short", "short", "too short"), ("password", "password", "too common"), (WORD, OTHER, "match")],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(adam: Client, first: str, again: str, why: str) -> None:
    answer = Client().post(_link(adam), {"new_password1": first, "new_password2": again})
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert not Account.objects.get(login="ana").has_usable_password()


def test_closing_ends_what_is_signed_in_and_opening_again_does_not_bring_it_back(adam: Client) -> None:
    ana = Client()
    _choose(ana, _link(adam))
    assert ana.get("/p/tiny/").status_code == 200
    assert adam.post(PAGE, {"who": "ana", "do": "close"}).url == PAGE
    assert ana.get("/p/tiny/").status_code == 302
    _link(adam)
    assert ana.get("/p/tiny/").status_code == 302


def test_people_are_found_by_name_and_role(adam: Client) -> None:
    page = adam.get(PAGE, {"q": "salesperson ana"}).content.decode()
    assert ("Ana Ruiz" in page, "Ben" in page) == (True, False)
    assert "Nobody of the company has “qqq”" in adam.get(PAGE, {"q": "qqq"}).content.decode()


@pytest.mark.parametrize("person", ["olga", "ana", "eva"])
def test_nobody_else_sees_the_page_or_makes_a_link(person: str, plan: Plan) -> None:
    client = Client()
    client.force_login(Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    before = Account.objects.count()
    posts = [client.post(PAGE, {"who": "ben", "do": do}).status_code for do in ("link", "close")]
    assert [client.get(PAGE).status_code, *posts] == [403, 403, 403]
    assert "Sign-ins" not in client.get("/p/tiny/").content.decode()
    assert Account.objects.count() == before


def test_a_password_is_changed_by_who_knows_it_and_other_browsers_are_out(adam: Client) -> None:
    here, there = Client(), Client()
    _choose(here, _link(adam))
    there.post("/sign-in/", {"login": "ana", "password": WORD})
    assert "Change my password" in here.get("/p/tiny/").content.decode()
    wrong = here.post("/password/", {"old_password": "x", "new_password1": OTHER, "new_password2": OTHER})
    assert (wrong.status_code, "Your old password was entered incorrectly" in wrong.content.decode()) == (422, True)
    new = {"old_password": WORD, "new_password1": OTHER, "new_password2": OTHER}
    assert here.post("/password/", new).status_code == 302
    assert (here.get("/p/tiny/").status_code, there.get("/p/tiny/").status_code) == (200, 302)


def test_the_password_that_one_has_is_not_guessed_at_without_end(adam: Client) -> None:
    here = Client()
    _choose(here, _link(adam))
    new = {"new_password1": OTHER, "new_password2": OTHER}
    for _ in range(10):
        here.post("/password/", {"old_password": "x", **new})
    assert "typed too often" in here.post("/password/", {"old_password": WORD, **new}).content.decode()
    assert Account.objects.get(login="ana").check_password(WORD)


def test_who_was_signed_in_without_a_password_is_told_so(adam: Client) -> None:
    assert "You have no password here" in adam.get("/password/").content.decode()
    assert "Change my password" not in adam.get("/p/tiny/").content.decode()
    assert Client().get("/password/").status_code == 302
