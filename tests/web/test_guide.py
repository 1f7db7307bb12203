"""The guides: open to everybody who is signed in, with links only to what she finds, and no figure of her plan."""

import html
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.store.models import Account, Plan
from onenumber.web.guide.all import GUIDES
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.tiny import PEOPLE

HEAVIEST = 300_000


def client_of(person: str, plan: Plan | None = None) -> Client:
    client = Client()
    client.force_login(Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def content(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


def test_the_list_begins_with_hers(signed_in: Client) -> None:
    links = re.findall(r'<li><a href="(/guide/\w+/)">([^<]+)</a>(.*?)</li>', read(signed_in, "/guide/"))
    assert links[0][0] == "/guide/op/"
    assert [bool(mark) for _, _, mark in links] == [True] + [False] * (len(GUIDES) - 1)
    assert sorted(href for href, _, _ in links) == sorted(f"/guide/{role.lower()}/" for role in GUIDES)


@pytest.mark.parametrize("role", GUIDES)
def test_a_guide_says_what_is_waited_for_then_the_month_then_what_goes_wrong(signed_in: Client, role: str) -> None:
    text = read(signed_in, f"/guide/{role.lower()}/")
    places = [text.index(f'id="{part}"') for part in ("due", "month", "wrong", "others")]
    assert places == sorted(places)
    images = re.findall(
        r'<img src="/static/(guide/[\w-]+\.webp)\?\w+" width="(\d+)" height="(\d+)" alt="([^"]+)" loading="lazy"', text
    )
    assert len(images) == len(GUIDES[role].pictures) == text.count("<img")
    weight = sum(Path(str(finders.find(file))).stat().st_size for file, *_ in images)
    assert weight + len(text.encode()) + 100_000 < HEAVIEST  # with the style sheet and the script of every page


def test_days_are_read_off_the_duties_signatures_and_meetings(signed_in: Client) -> None:
    text = re.sub(r"<[^>]+>", " ", content(read(signed_in, "/guide/op/")))
    said = re.sub(r"\s+", " ", text)
    assert "11 OP-2 Makes sure that the plan can be made" in said
    assert "Lead the supply meeting Sign “achievable” supply meeting: the supply plan is signed as achievable" in said
    assert "By working day 11 · Load · g l" in said


def test_a_page_that_she_does_not_find_is_named_and_not_linked(signed_in: Client) -> None:
    text = content(read(signed_in, "/guide/sp/"))
    assert "entry/" not in text
    assert "My customers" in text
    assert '<a href="/p/hydra/2026-06/orders/">Orders</a>' in text


def test_no_such_role_is_no_page(signed_in: Client) -> None:
    assert signed_in.get("/guide/xx/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/guide/", "/guide/sp/"])
def test_a_stranger_is_sent_to_sign_in(address: str) -> None:
    assert Client().get(address).headers["Location"] == f"/sign-in/?next={address}"


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_of_the_company_reads_every_guide_and_every_link_answers(
    in_demand: None, plan: Plan, settings: Settings, person: str
) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    client = client_of(person, plan)
    links = set()
    for role in GUIDES:
        text = content(read(client, f"/guide/{role.lower()}/"))
        links |= set(re.findall(r'href="(/[^"#?]+)', text))
        assert "Tiny" not in text
    for link in sorted(link for link in links if not link.startswith("/static/")):
        assert client.get(link, follow=True).status_code == 200, link


@pytest.mark.parametrize("address", ["/guide/", "/guide/own/"])
def test_before_the_first_load_a_guide_stands_alone(db: None, settings: Settings, address: str) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    text = read(client_of("olga"), address)
    assert "<h1>Guide" in text
    assert "/p/" not in content(text)


def test_where_nothing_waits_my_month_leads_to_the_guide(db: None) -> None:
    assert '<a href="/guide/dp/">Guide: demand planner</a>' in content(read(client_of("dora"), "/p/hydra/2026-06/"))


def test_where_something_waits_it_does_not(db: None) -> None:
    assert "/guide/" not in content(read(client_of("lena"), "/p/hydra/2026-06/"))


def test_the_list_of_keys_and_her_menu_lead_to_hers_and_the_search_finds_all(signed_in: Client) -> None:
    text = read(signed_in, "/p/hydra/2026-06/family/")
    assert text.count('<a href="/guide/op/">Guide: operations leader</a>') == 2
    assert 'href="/guide/fin/"' in read(signed_in, "/p/hydra/2026-06/search/?q=guide")
