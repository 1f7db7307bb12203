import html

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.cycle.phases import Phase
from onenumber.errors import BadArgumentError
from onenumber.jobs.registry import DOABLE
from onenumber.steps.frame.asking import found_plan
from onenumber.steps.registry import STEPS
from onenumber.store.models import Account, Cycle, Plan
from onenumber.web.act.words import LABELS
from onenumber.web.refusals import form_words
from onenumber.web.sign_in import limit
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.web.company import PEOPLE

PASSWORD = "a-long-enough-word"  # noqa: S105 - of nobody
FAMILY = "/p/hydra/2026-06/family/"


def test_what_a_role_may_not_see_is_refused_with_the_sentence_of_the_right(db: None) -> None:
    client = Client()
    client.force_login(Account.objects.create_account(login="lena", password=None, plan=None, person="lena"))
    response = client.get("/p/hydra/data/")
    assert response.status_code == 403
    assert (
        "Lena Fischer may not load data: only the process owner or the demand planner or finance may."
        in response.content.decode()
    )


def test_what_is_not_there_is_404_and_says_what_is(signed_in: Client) -> None:
    for address in (f"{FAMILY}?place=family:Nope", "/p/hydra/2026-06/sheets/999/", "/nowhere/"):
        response = signed_in.get(address)
        assert response.status_code == 404, address
        assert "There is nothing here" in response.content.decode()


def test_another_plan_than_her_own_is_not_there_for_her(db: None) -> None:
    own: Plan = found_plan("own", purpose="live")
    client = Client()
    client.force_login(Account.objects.create_account(login="omar", password=None, plan=own, person="omar"))
    assert client.get("/p/own/2026-06/sheets/").status_code == 200
    assert client.get("/p/hydra/2026-06/sheets/").status_code == 404


def test_a_fragment_that_is_refused_is_a_message_and_not_a_page(signed_in: Client) -> None:
    response = signed_in.get(f"{FAMILY}?place=family:Nope", headers={"HX-Request": "true", "HX-Target": "panel"})
    assert response.status_code == 404
    assert response.content.decode().startswith('<p class="message error" role="alert">')


def test_one_click_sign_in_exists_in_demo_mode_only(db: None, settings: Settings) -> None:
    for person in PEOPLE:
        Account.objects.create_account(login=person, password=None, plan=None, person=person)
    assert Client().post("/sign-in/demo/", {"person": "omar"}).status_code == 302
    assert Client().post("/sign-in/demo/", {"person": "nobody"}).status_code == 404
    settings.ONENUMBER_DEMO = False
    assert Client().post("/sign-in/demo/", {"person": "omar"}).status_code == 404
    assert "Or try it as" not in Client().get("/sign-in/").content.decode()


def test_sign_in_goes_on_to_pages_of_ours_only(db: None) -> None:
    Account.objects.create_account(login="omar", password=PASSWORD, plan=None, person="omar")
    form = {"login": "omar", "password": PASSWORD}
    assert Client().post("/sign-in/", {**form, "next": FAMILY}).headers["Location"] == FAMILY
    assert Client().post("/sign-in/", {**form, "next": "https://elsewhere.example/"}).headers["Location"] == "/"


def test_after_ten_wrong_passwords_a_login_has_to_wait(db: None) -> None:
    cache.clear()
    for name in ("omar", "eva"):
        Account.objects.create_account(login=name, password=PASSWORD, plan=None, person=name)
    wrong, right = ({"login": "omar", "password": password} for password in ("not this one", PASSWORD))
    for _ in range(10):
        assert "do not belong together" in Client().post("/sign-in/", wrong).content.decode()
    response = Client().post("/sign-in/", right)
    assert response.status_code == 422
    assert "tried too often with a wrong password. Try again in 15 minutes." in response.content.decode()
    assert Client().post("/sign-in/", {**right, "login": "eva"}).status_code == 302


def test_the_wait_is_over_a_quarter_of_an_hour_after_the_tenth_last_try() -> None:
    cache.clear()
    for k in range(10):
        assert limit.minutes_to_wait("omar", now=1000.0 + k) == 0
        limit.failed("omar", now=1000.0 + k)
    assert limit.minutes_to_wait("omar", now=1010.0) == 15  # 890 seconds are left
    assert limit.minutes_to_wait("omar", now=1000.0 + 15 * 60 - 30) == 1
    assert limit.minutes_to_wait("omar", now=1000.0 + 15 * 60) == 0
    limit.failed("omar", now=1000.0 + 15 * 60)
    assert limit.minutes_to_wait("omar", now=1000.0 + 15 * 60 + 0.5) == 1  # again ten within the quarter
    limit.passed("omar")
    assert limit.minutes_to_wait("omar", now=1000.0 + 15 * 60 + 0.5) == 0


def test_a_form_without_the_mark_of_its_session_changes_nothing(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"login": "omar", "password": "x"})
    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()


def test_no_page_may_run_anything_that_is_not_ours(signed_in: Client) -> None:
    response = signed_in.get(FAMILY)
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
    text = response.content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert text.count("<script") == text.count('<script type="module" src="/static/built/onenumber.js?')


def test_the_service_says_that_it_is_well_to_anybody(db: None) -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"state": "well"})


def test_a_wrong_day_or_month_in_an_address_says_so_with_a_way_back(signed_in: Client) -> None:
    text = signed_in.get("/p/hydra/2026-06/meetings/nonsense/").content.decode()
    assert "There is no meeting “nonsense”. Nothing was changed." in html.unescape(text)


def test_a_day_that_is_none_leads_back_to_the_messages(in_demand: None, plan: Plan, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    client = Client()
    client.force_login(Account.objects.create_account(login="ana", password=None, plan=plan, person="ana"))
    for day in ("nonsense", "2026-13-45", "2026-01-02"):
        answer = client.get(f"/p/tiny/2026-05/messages/?day={day}")
        text = html.unescape(answer.content.decode())
        assert answer.status_code == 404
        assert f"You have no message of {day}. Nothing was changed." in text or "2 January 2026" in text, text
        assert 'href="/p/tiny/2026-05/messages/"' in text
    wrong = html.unescape(client.get("/p/tiny/2026-05/plan/L2/cell/?level=item&key=A1&month=June").content.decode())
    assert "There is no month “June” in the calendar of the plan" in wrong
    assert "extend the calendar" not in wrong


def test_what_the_phase_is_past_for_says_when_it_comes_without_a_command(
    in_demand: None, plan: Plan, settings: Settings
) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    Cycle.objects.filter(plan=plan).update(phase=Phase.SUPPLY)
    client = Client()
    client.force_login(Account.objects.create_account(login="ana", password=None, plan=plan, person="ana"))
    told = {"kind": "win", "text": "a new shop", "patch": "Nord", "in_number": "no", "place:family": "FA"}
    answer = client.post("/p/tiny/2026-05/do/news/", told)
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "One can share news in Demand only, and the month is in Supply. Nothing was changed." in text
    assert "onenumber reopen" not in text
    assert 'href="/p/tiny/2026-05/calendar/"' in text
    month = html.unescape(client.get("/p/tiny/2026-05/").content.decode())
    assert "/news/" not in month
    assert "News is taken while Demand is open." in month


def test_every_field_that_a_step_takes_has_a_label_that_a_refusal_can_name() -> None:
    taken = {argument.name for step in DOABLE.values() for argument in step.arguments}
    assert taken - set(LABELS) == set()


def test_a_refusal_names_the_field_by_its_label_and_the_choices_by_their_words() -> None:
    with pytest.raises(BadArgumentError) as refused:
        STEPS["news"].typed({"text": "a shop closes", "kind": "gossip", "place": "patch=Nord"})
    said = form_words(refused.value)
    assert said.startswith("“Kind”: it is one of a win, a loss, a tender, a contract,")
    assert "customer_stock" not in said
    assert form_words(BadArgumentError(step="submit", argument="patch", value="X", reason="it is open")) == (
        "“Patch”: it is open. Nothing was changed."
    )
