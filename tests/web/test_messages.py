"""Messages on their page and by mail, on the steps."""

import datetime as dt
import html
import smtplib

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.store.models import Account, DigestRow, MessageWish, Person, Plan
from onenumber.web.messages.mail import digest_all
from tests.steps.conftest import *  # noqa: F403 - the tiny company

PAGE = "/p/tiny/2026-05/messages/"


@pytest.fixture(autouse=True)
def _morning(_company: None, in_demand: None, plan: Plan, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    settings.ONENUMBER_DEMO = True
    plan.clock = dt.datetime(2026, 5, 6, 10, tzinfo=dt.UTC)
    plan.save(update_fields=["clock"])
    for person in ("ana", "ben"):
        Account.objects.create_account(login=person, password=None, plan=plan, person=person)
        Person.objects.filter(plan=plan, key=person).update(email=f"{person}@tiny.example")


def page_of(person: str, asked: str = "") -> str:
    client = Client()
    client.force_login(Account.objects.get(login=person))
    return client.get(f"{PAGE}{asked}").content.decode()


def test_before_the_first_message_the_page_says_when_one_comes() -> None:
    assert "No message yet. One comes each morning on which there is something of what you chose below" in page_of(
        "ana"
    )
    assert "Mail is not set up here, so messages stay on this page." in page_of("ana")


def test_the_message_of_the_day_stands_on_the_page_with_its_links() -> None:
    digest_all.call()
    text = page_of("ana")
    assert "Today's message: 2 things wait for you, and 1 thing happened on Tuesday 5 May." in html.unescape(text)
    assert "Patch Nord has not been handed in</a>" in text
    assert "Olga Novak ended Data; Demand is under way</a>" in text
    assert mail.outbox == []
    assert DigestRow.objects.get(person="ana").read_at is not None
    assert DigestRow.objects.get(person="ben").read_at is None
    answer = page_of("ana", "?day=2026-05-01")
    assert "You have no message of 2026-05-01. Nothing was changed." in answer


def test_one_mail_goes_to_who_wishes_it_with_links_that_lead_here(plan: Plan, settings: Settings) -> None:
    settings.EMAIL_HOST, settings.ONENUMBER_ADDRESS = "mail", "https://plan.tiny.example"
    client = Client()
    client.force_login(Account.objects.get(login="ben"))
    said = client.post(PAGE.replace("messages/", "do/messages/"), {"least": "all", "by_mail": "no", "next": PAGE})
    assert said.status_code == 302
    assert MessageWish.objects.get(plan=plan).person == "ben"
    digest_all.call()
    [letter] = mail.outbox
    assert letter.to == ["ana@tiny.example"]
    assert letter.subject == "OneNumber 2026-05: 2 things wait for you, and 1 thing happened on Tuesday 5 May"
    assert "- Patch Nord has not been handed in, by Thursday 7 May\n  https://plan.tiny.example/p/tiny/" in letter.body
    assert "Nothing is mailed to you" in page_of("ben")


def test_a_mail_that_does_not_go_is_said_on_the_page(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        why = "the server is away"
        raise smtplib.SMTPServerDisconnected(why)

    settings.EMAIL_HOST = "mail"
    monkeypatch.setattr("onenumber.web.messages.mail.send_mail", refuse)
    digest_all.call()
    assert "It could not be mailed (the server is away). Nothing is lost: it stands here." in page_of("ana")
