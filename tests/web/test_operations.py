"""The pages of operations: load, plants, materials, maintenance, meetings; of the fake company, then by real steps."""

import dataclasses
import datetime as dt
import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from onenumber.store.models import Account, ActionDone, ActionRow, Plan, PlantAnswer
from onenumber.web.maintenance.model import Offer
from onenumber.web.maintenance.words import offer_words
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do, founded, to_executive, to_supply
from tests.steps.plant_for_tests import supplied

AT = "/p/lines/2026-05/"
PAGES = (
    "load/",
    "load/?line=L1&month=2026-10",
    "plants/",
    "materials/",
    "maintenance/",
    "meetings/",
    "meetings/supply/",
)
Opens = Callable[[str, str], str]


def words(page: str) -> str:
    """The text of a page, its blanks as one."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).replace("\u202f", " ")


def test_the_fake_company_says_in_a_sentence_which_line_is_full(signed_in: Client) -> None:
    text = words(signed_in.get("/p/hydra/2026-06/load/?line=P2&month=2026-07").content.decode())
    assert "1 of 2 lines is asked for more hours than it has: Press 2 needs 112 % of them in July 2026." in text
    assert (
        "Press 2 needs 112 % in July 2026: 366 of 327 h. Not achievable as asked: the plan makes what fits, and holds "
        "26 h (3 shifts) back over the horizon. The best month it ever made was 330 h, in September 2025; the plan has "
        "340 h in July 2026, 103 % of that."
    ) in text
    assert (
        "Press 1 needs 98 % in July 2026: 320 of 327 h. Achievable. What it ever made in a month is not known" in text
    )
    assert (
        "Press 1 needs 98 % in July 2026: 320 of 327 h. Achievable. What it ever made in a month is not known: no "
        "production was recorded. 3 of its 4 rates are no longer true: it is 12 % slower than planned with, and needs "
        "more hours than stand here. Parameters"
    ) in text
    assert "Other demand does not get 100 pcs of CP-100, asked in July 2026, within the plan." in text
    assert "and 2 more" in text
    whole = words(signed_in.get("/p/hydra/2026-06/load/?line=P2&month=2026-07&short=all").content.decode())
    assert "does not get 2 pcs of CP-100" in whole
    assert "Fewer" in whole


def test_an_address_of_no_line_or_month_says_so_and_leads_back_to_the_load(signed_in: Client) -> None:
    for asked, wrong in (("line=ZZ", "ZZ"), ("line=P2&month=2031-01", "2031-01")):
        answer = signed_in.get(f"/p/hydra/2026-06/load/?{asked}")
        assert answer.status_code == 404
        assert f"shows nothing called “{wrong}”, or not to you. Nothing was changed." in words(answer.content.decode())
        assert '<a href="/p/hydra/2026-06/load/">Back to the page</a>' in answer.content.decode()


def test_an_empty_page_says_what_comes_next(signed_in: Client) -> None:
    empty = {
        "plants": "each plant is handed its part as soon as one is",
        "materials": "the outlook of materials comes with it",
        "maintenance": "its windows stand here as soon as one is",
    }  # fmt: skip
    for page, says in empty.items():
        assert says in words(signed_in.get(f"/p/hydra/2026-06/{page}/").content.decode())


def test_a_meeting_opens_on_last_times_actions_and_ends_with_its_minutes(signed_in: Client) -> None:
    text = words(signed_in.get("/p/hydra/2026-06/meetings/supply/").content.decode())
    order = [
        "1 earlier action is open, past its day.", "Count the castings", "Agenda", "Load of the lines 20 min",
        "Minutes, to be read back", "1 entry, written as it was done; 0 actions agreed.", "signed “achievable”",
    ]  # fmt: skip
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert "led by Omar Haddad (Sven Berg stands in, 6 to 15 June): nothing is left to settle." in text
    assert "agreed in May 2026" in text
    listed = words(signed_in.get("/p/hydra/2026-06/meetings/").content.decode())
    assert "Demand meeting Monday 8 June Omar Haddad over" in listed  # who stood in on the day led nothing that is over
    assert "Supply meeting Tuesday 9 June Omar Haddad (Sven Berg stands in, 6 to 15 June)" in listed
    later = words(signed_in.get("/p/hydra/2026-06/meetings/executive/").content.decode())
    assert "What is to be settled stands here once the Executive phase is under way." in later
    assert signed_in.get("/p/hydra/2026-06/meetings/lunch/").status_code == 404


@pytest.fixture
def plan(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The proposed plan of May with a material that is short, by the real steps."""
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    settings.ONENUMBER_HOME = tmp_path / "home"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    made = founded("lines", "live", tmp_path / "data", supplied())
    to_supply(made)
    once_a_run(do)(made, "sven", "plan")
    return made


def client_of(plan: Plan, person: str) -> Client:
    client = Client()
    found = Account.objects.filter(login=person).first()
    client.force_login(found or Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return client


def test_every_page_opens_for_who_plans_and_asks_the_database_little(
    plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for person in ("omar", "sven", "eva"):
        client = client_of(plan, person)
        for page in PAGES:
            client.get(AT + page)
            with django_assert_max_num_queries(45 if page.startswith("meetings/s") else 36):
                assert client.get(AT + page).status_code == 200, (person, page)


def test_a_plant_sees_its_lines_without_a_price_and_no_meeting(plan: Plan) -> None:
    client = client_of(plan, "pia")
    for page in PAGES[:5]:
        answer = client.get(AT + page)
        assert answer.status_code == 200, page
        assert "EUR" not in answer.content.decode(), page
    assert client.get(AT + "maintenance/price/?window=W1&month=2026-08").status_code == 403
    assert client.get(AT + "meetings/").status_code == 403
    assert "Meetings" not in words(client.get(AT + "load/").content.decode())


def test_a_plant_answers_on_its_page_and_the_load_page_says_what_the_signature_waits_for(plan: Plan) -> None:
    pia, omar = client_of(plan, "pia"), client_of(plan, "omar")
    assert "Not answered yet by Plant 1" in words(omar.get(AT + "load/").content.decode())
    told = {"site": "P1", "item": "A1", "month": "2026-06", "quantity": "10", "note": "the mould is worn"}
    pia.post(AT + "do/answer-plan/", told)
    assert PlantAnswer.objects.get().quantity == 10
    assert "Plant 1 says what of the plan it cannot make." in words(pia.get(AT + "plants/").content.decode())
    text = words(omar.get(AT + "load/").content.decode())
    assert "cannot make what the plan asks of it: A1 at Plant 1 in June 2026" in text
    assert "Not answered yet by" not in text
    text = words(omar.get(AT + "plants/").content.decode())
    assert re.search(
        r"A1 in June 2026: 10 instead of the \d+ asked. Pia Rossi, 5 May: “the mould is worn” The plan still asks", text
    )
    pia.post(AT + "do/take-plan/", {"site": "P1"})
    assert "Pia Rossi took the plan on 5 May." in words(omar.get(AT + "plants/").content.decode())
    assert "Plant 1 took the plan." in words(pia.get(AT + "plants/").content.decode())


def test_a_material_that_is_short_says_who_waits_and_the_way_out(plan: Plan) -> None:
    text = words(client_of(plan, "omar").get(AT + "materials/").content.decode())
    assert "By this plan 1 material holds sales back: Casting (M1) from" in text
    assert "60 kg in stock; from Vauban (100 days), Wolff (5 days, needs a decision)." in text
    assert "Escalate it; the second source Wolff becomes an option of its paper, with its price." in text
    assert "escalate" in client_of(plan, "sven").get(AT + "materials/").content.decode()  # whoever plans may do so here
    assert re.search(r"waits for \d+ pcs of B1, asked in \w+ 2026, until", text)


def test_a_window_is_priced_on_its_page(plan: Plan) -> None:
    client = client_of(plan, "omar")
    text = words(client.get(AT + "maintenance/").content.decode())
    assert "2 windows take 48 h of the lines; 1 may move, the others are fixed." in text
    said = words(client.get(AT + "maintenance/price/?window=W1&month=2026-10").content.decode())
    assert re.search(r"In October 2026 it (costs|saves) \S+ EUR net: extra cost", said)
    assert client.get(AT + "maintenance/price/?window=W2&month=2026-10").status_code == 422


def test_an_action_is_written_down_in_the_meeting_and_closed_by_its_owner(plan: Plan) -> None:
    omar, sven = client_of(plan, "omar"), client_of(plan, "sven")
    told = {"meeting": "supply", "what": "Ask Vauban for an earlier date", "who": "sven", "due": "2026-05-20"}
    omar.post(AT + "do/action/", told)
    number = ActionRow.objects.get().pk
    page = sven.get(AT).content.decode()
    assert "Ask Vauban for an earlier date (supply meeting) by Wednesday 20 May" in words(page)
    assert f'name="action" value="{number}"' in page
    sven.post(AT + "do/done/", {"action": str(number), "note": "ten days earlier"})
    assert ActionDone.objects.get().note == "ten days earlier"
    text = words(omar.get(AT + "meetings/supply/").content.decode())
    assert "Sven Berg, done: “ten days earlier”" in text
    assert "Omar Haddad wrote down an action of Sven Berg, due 20 May 2026" in text


def test_the_executive_decides_in_the_meeting_and_its_minutes_say_so(plan: Plan) -> None:
    to_executive(plan)
    eva = client_of(plan, "eva")
    page = eva.get(AT + "meetings/executive/").content.decode()
    assert "are to be settled" in words(page)
    assert 'id="papers"' in page
    assert 'name="paper" value="2026-05-L1"' in page
    told = {"paper": "2026-05-L1", "how": "decided", "option": "A", "rationale": "autumn is worth it"}
    eva.post(AT + "do/decide/", told)
    text = words(eva.get(AT + "meetings/executive/").content.decode())
    minutes = text[text.index("Minutes, to be read back") :]
    assert (
        "Eva Okafor decided A of the paper on Line 1 (L1): overtime step 1 on Line 1 (L1) from September 2026"
        in minutes
    )
    assert "autumn is worth it" in minutes


def test_who_leads_the_supply_meeting_escalates_in_it(plan: Plan) -> None:
    omar = client_of(plan, "omar")
    page = omar.get(AT + "meetings/supply/").content.decode()
    assert f'action="{AT}do/escalate/"' in page
    omar.post(AT + "do/escalate/", {"subject": "L1", "reason": "overtime is asked for"})
    text = words(omar.get(AT + "meetings/supply/").content.decode())
    assert "Omar Haddad escalated the shortage at Line 1 (L1) to the pre-S&OP overtime is asked for" in text
    omar.post(AT + "do/escalate/", {"subject": "M1|P1", "reason": "the second source"})
    text = words(omar.get(AT + "materials/").content.decode())
    assert "Escalated to the pre-S&OP on 5 May by Omar Haddad." in text
    assert "becomes an option of its paper" not in text


def test_a_window_that_a_paper_offered_to_move_says_what_was_decided() -> None:
    offer = Offer(window="W1", option="B", start=dt.date(2026, 10, 1), open=False, state="A by Eva Okafor")
    assert (
        offer_words(offer)
        == "A decision paper offered to move it to 1 October 2026, as its option B; it is decided: A by Eva Okafor."
    )
    waiting = dataclasses.replace(offer, open=True, state="open")
    assert offer_words(waiting) == "A decision paper offers to move it to 1 October 2026, as its option B."
