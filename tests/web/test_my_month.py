"""The page My month: due first, then what became of a call, what changed, and the figures."""

import html
import re

import pytest
from django.test import Client

from onenumber.store.models import Account

PAGE = "/p/hydra/2026-06/"


def page_of(person: str, address: str = PAGE) -> str:
    client = Client()
    client.force_login(Account.objects.create_account(login=person, password=None, plan=None, person=person))
    return re.sub(r"\s+", " ", html.unescape(client.get(address).content.decode())).replace("\u202f", " ")


def inside(text: str, start: str, end: str) -> str:
    return re.sub(r"<[^>]+>", "", text[text.index(start) :].split(end, maxsplit=1)[0])


@pytest.mark.django_db
def test_what_is_late_says_so_in_a_word_and_who_returned_it() -> None:
    text = page_of("lena")
    assert "1 thing waits for you, and it is late." in text
    due = inside(text, '<ul class="waiting due"', "</ul>")
    assert "Patch Nord has not been handed in" in due
    assert "▲ was due Friday 5 June" in due
    assert "Sam Mbeki returned it: “what of the tender?”" in due
    assert "You act next" not in text


@pytest.mark.django_db
def test_an_empty_list_says_so_and_what_comes_next_and_when() -> None:
    text = page_of("dora")
    assert (
        "Nothing waits for you now. You act next in the cycle of July 2026, on Tuesday 7 July (every patch is handed "
        "in: the sales cut-off)."
    ) in text
    assert "waiting due" not in text


@pytest.mark.django_db
def test_a_call_is_told_per_customer_as_text_to_send_on() -> None:
    text = page_of("lena")
    assert "1 of 12 customers does not get all that was asked for June 2026 to November 2026" in text
    sendable = inside(text, '<p class="sendable" id="call-1">', "</p>")
    assert sendable.endswith(
        "Nordbau AG, by our plan of May 2026: July 2026: asked 400 pcs, promised 300; 100 refused: line P2 is full."
    )
    assert 'data-copy="call-1"' in text
    assert text.index("What became of your call of May 2026") < text.index("What changed")


@pytest.mark.django_db
def test_a_dozen_changes_are_shown_and_the_others_a_click_away() -> None:
    text = page_of("omar")
    assert "14 things changed since you last looked, on Monday 8 June." in text
    assert text.count("accepted patch") == 12
    assert '<a href="?changes=all">2 more</a>' in text
    assert "Sam Mbeki accepted patch Patch 0</a> <q>looks whole</q>" in text


@pytest.mark.django_db
def test_who_is_away_reads_who_stands_in_and_when() -> None:
    assert "Sven Berg stands in for you, 6 to 15 June." in page_of("omar")
    assert "stands in for you" not in page_of("lena")


@pytest.mark.django_db
def test_all_changes_are_shown_on_demand() -> None:
    text = page_of("omar", f"{PAGE}?changes=all")
    assert text.count("accepted patch") == 14
    assert "more</a>" not in text


@pytest.mark.django_db
def test_a_figure_is_said_before_its_lines_are_shown() -> None:
    text = page_of("omar")
    said = (
        "1 of 4 lines is full in one of the next six months; P2 is planned to 104 % of its normal hours in July 2026, "
        "with overtime. What more is asked of it stands on its page."
    )
    line = f'<th scope="row"><a href="{PAGE}load/?line=P2&month=2026-07">P2</a></th>'
    assert text.index(said) < text.index(line)
    cells = inside(text, line, "</tr>")
    assert cells == "P2Jul 26340327104 %"


@pytest.mark.django_db
def test_it_is_the_first_page_of_the_bar_and_another_month_opens_on_it() -> None:
    text = page_of("omar")
    assert f'<a href="{PAGE}" data-go="m" aria-current="page">My month</a>' in text
    assert '<a href="/p/hydra/2026-05/"' in text
    assert '<a href="/p/hydra/2026-06/sheets/" data-go="s">Sheets of the cycle</a>' in text
