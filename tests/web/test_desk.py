"""The pages of the supply desk, of finance and of the process owner, answered by the real steps on the tiny company."""

import dataclasses
import datetime as dt
import html
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from onenumber.steps.see.orders import MAKES, SHIPS, TELLS, OrdersShown, Waiting
from onenumber.steps.see.running import ActionDue, Going, RunningShown
from onenumber.store.models import Account, AmendmentRow, Plan
from onenumber.web.act.ways import done_way
from onenumber.web.orders.deeds import NEXT, next_words
from onenumber.web.orders.words import rest_words, unshown_words
from onenumber.web.running.words import actions_due, blocks, lead, since_words
from tests.steps.month_for_tests import NOW, do, founded, to_review, to_supply

ROLES = ("eva", "ines", "dora", "omar", "sven", "fay", "olga", "pia", "ana")
ALL = ("running", "orders", "calendar")
OF_SITES = ("parameters",)
WHOLE = ("conflicts", "pack", "budget")
MONTH = "/p/desk/2026-05"
MOST_ASKED = 30


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


@pytest.fixture
def reviewed(db: None, settings: Settings, tmp_path: Path) -> Plan:
    """The squeezed company's May, up to its review."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("desk", "live", tmp_path / "data")
    to_supply(plan)
    to_review(plan)
    return plan


def client_of(plan: Plan, person: str) -> Client:
    client = Client()
    client.force_login(Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def test_every_page_opens_for_who_may_and_is_refused_to_the_others(reviewed: Plan) -> None:
    for person in ROLES:
        client = client_of(reviewed, person)
        sold_only = person == "ana"
        part = person in {"ana", "pia"}
        for name in (*ALL, *OF_SITES, *WHOLE):
            refused = (name in WHOLE and part) or (name in OF_SITES and sold_only)
            assert client.get(f"{MONTH}/{name}/").status_code == (403 if refused else 200), (person, name)


def test_a_page_asks_the_database_little(reviewed: Plan, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = client_of(reviewed, "sven")
    for name in (*ALL, *OF_SITES, *WHOLE):
        with django_assert_max_num_queries(MOST_ASKED):
            client.get(f"{MONTH}/{name}/")


def test_a_rate_is_accepted_on_its_row_and_stands_under_changed_last(reviewed: Plan) -> None:
    client = client_of(reviewed, "sven")
    page = read(client, f"{MONTH}/parameters/")
    assert "of 4 rates are not what lines show" in page
    row = re.search(r'<tr id="B2-P1-main-L1">.*?</tr>', page, flags=re.DOTALL)
    assert row is not None
    given = dict(re.findall(r'name="(table|key|value|since|reason)"[^>]*?value="([^"]*)"', row[0]))
    assert given["since"] == "2026-06-01"
    answer = client.post(f"{MONTH}/do/amend/", {**given, "next": f"{MONTH}/parameters/"}, follow=True)
    page = html.unescape(answer.content.decode())
    assert "B2, Plant 1, main, Line 1 (L1) is changed to" in page
    assert "Sven Berg" in page[page.index('id="changed"') :]
    assert AmendmentRow.objects.get().reason == given["reason"]
    assert 'name="key"' not in read(client_of(reviewed, "omar"), f"{MONTH}/parameters/")


def test_the_conflict_leads_to_its_options_and_a_paper_that_is_not_there_is_said_so(reviewed: Plan) -> None:
    client = client_of(reviewed, "sven")
    answer = client.get(f"{MONTH}/conflicts/?cause=resource%7CL1", follow=True)  # the first that it causes
    assert [status for _, status in answer.redirect_chain] == [302]
    one = html.unescape(answer.content.decode())
    assert "Its options were not weighed yet" in one
    assert "Weigh the options" in one
    assert "Prepare the papers" not in one  # nothing is weighed, nothing to put on the table
    assert client.get(f"{MONTH}/conflicts/C-99%7Cx/").status_code == 404


def test_the_calendar_gives_the_owner_the_forms_and_nobody_else(reviewed: Plan) -> None:
    own, other = (read(client_of(reviewed, who), f"{MONTH}/calendar/") for who in ("olga", "omar"))
    assert "strikes “demand agreed” Ines Duarte" in own
    assert own.count("/do/reopen/") > 0
    assert "/do/reopen/" not in other
    answer = client_of(reviewed, "eva").post(f"{MONTH}/do/reopen/", {"phase": "DEMAND", "reason": "a unit error"})
    assert answer.status_code == 403


def test_a_reopening_from_the_page_says_what_it_struck(reviewed: Plan) -> None:
    client = client_of(reviewed, "olga")
    answer = client.post(
        f"{MONTH}/do/reopen/", {"phase": "DEMAND", "reason": "a unit error", "next": f"{MONTH}/calendar/"}, follow=True
    )
    page = html.unescape(answer.content.decode())
    assert "Demand is open again" in page
    assert "<s>Demand agreed</s> struck through: a unit error" in page
    assert "Demand re-opened" in page


def test_a_tolerance_is_set_by_the_executive_and_shown_to_finance(reviewed: Plan) -> None:
    client = client_of(reviewed, "eva")
    assert "land out of tolerance" in read(client, f"{MONTH}/budget/")
    form = {"table": "budget_tolerances", "key": "revenue|DA", "value": "9", "reason": "new line"}
    client.post(f"{MONTH}/do/amend/", form)
    finance = read(client_of(reviewed, "fay"), f"{MONTH}/budget/")
    assert "5, next cycle 9" in finance
    assert "/do/amend/" not in finance
    assert "no budget" in read(client, f"{MONTH}/budget/")


def test_the_pack_is_sent_once_there_is_a_plan_and_found_again(reviewed: Plan) -> None:
    do(reviewed, "sven", "send", note="for Monday")
    page = read(client_of(reviewed, "omar"), f"{MONTH}/pack/1/")
    assert "Pack 1, as Sven Berg sent it" in page
    assert "for Monday" in page
    assert "/do/send/" not in page
    assert "Line 1 (L1) is planned to " in page  # called by its name, not by its key
    assert '<th scope="row">Plant 1' in page
    assert client_of(reviewed, "pia").get(f"{MONTH}/pack/1/").status_code == 403


def test_who_only_sells_is_told_what_to_say_and_of_no_purchase(reviewed: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    sold, planned = (read(client_of(reviewed, who), f"{MONTH}/orders/") for who in ("ana", "sven"))
    assert "Leaves by 11 May" in sold
    assert 'id="vendors"' not in sold  # a part that is never hers
    assert "Tell the customer" not in planned
    assert 'id="vendors"' in planned
    led = read(client_of(reviewed, "fay"), f"{MONTH}/orders/")  # it is not hers to ship, nor to tell
    assert "Next, by supply" in led
    omar = client_of(reviewed, "omar")
    assert "Customers' orders" in read(omar, f"{MONTH}/orders/?only=leaves")
    assert omar.get(f"{MONTH}/orders/?only=zz").status_code == 404
    assert re.search(r'<a href="/p/desk/2026-05/customer/[^"]+/">Alpha', sold)


def test_once_a_load_is_missed_nothing_is_said_that_is_not_known(
    reviewed: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + dt.timedelta(days=8))  # 13 May, of facts of 30 April
    sold, planned = (read(client_of(reviewed, who), f"{MONTH}/orders/") for who in ("ana", "sven"))
    assert "Nothing was loaded since 30 April." in planned
    said = re.search(r'<p class="lead">(.*?)</p>', planned)
    assert said is not None
    assert said[1] == (
        "By the facts of 30 April, every open order could leave by its day. Since then 6 lines fell due: whether they "
        "left is not loaded."
    )
    assert "Look whether it left" in planned
    assert "Comes from, as of 30 April" in planned
    assert "Ask supply whether it left" in sold
    for page in (sold, planned):
        assert "What to send" not in page
        assert "Ship it now" not in page


def test_of_each_line_who_ships_is_told_what_to_do_and_who_sells_what_to_say() -> None:
    may = [dt.date(2026, 5, day) for day in range(1, 32)]

    def said(
        due: int, ready: int | None, today: int = 5, by: str = "released", *, ordered: bool = True
    ) -> tuple[str, str]:
        line = Waiting(
            order="O1", line=1, customer="alpha", name="Alpha", key_account=False, item="A1", called="A1", quantity=1.0,
            unit="pcs", due=may[due], requested=None, ready=None if ready is None else may[ready], by=by, waits_for="",
            waits_called="", ordered=ordered, late=0, money=None, since_freeze=False, stream="",
        )  # fmt: skip
        page = OrdersShown(
            cycle="2026-05", today=may[today], counted=may[5], as_of=may[5], currency="EUR", part=False, sites=True,
            waiting=(line,), bought=(),
        )  # fmt: skip
        ships, tells = (next_words(line, dataclasses.replace(page, does=does)) for does in (SHIPS, TELLS))
        return ships, tells

    assert said(9, 9) == ("Ship by 10 May", "Leaves by 10 May")
    assert said(4, 5, by="stock") == ("Ship it now", "Tell the customer: it leaves now")
    assert said(4, 8) == ("Promise 9 May", "Tell the customer: it leaves on 9 May")
    assert said(4, None) == ("Ask the plant for a day", "Tell the customer: we ask for a new day")
    assert said(9, 9, today=14) == said(4, None, today=14) == ("Look whether it left", "Ask supply whether it left")
    assert said(20, 22, today=14)[0] == "Look whether it can leave by its day"
    assert said(9, 9, today=14, by="material") == (
        "Look whether it was built and left", "Ask supply whether it was built and left",
    )  # fmt: skip
    assert said(20, 20, today=14, ordered=False)[0] == "Look whether it can leave by its day"  # nobody knows: no day
    assert said(20, 20, ordered=False)[0] == "Ship by 21 May"
    assert {key: NEXT[MAKES][key] for key in NEXT[MAKES] if NEXT[MAKES][key] != NEXT[SHIPS][key]} == {
        "ask": "Say by when it can be made", "then": "Have it ready by %(day)s",
    }  # fmt: skip


def test_a_long_list_opens_whole_or_says_what_it_leaves_out() -> None:
    assert (rest_words(15), unshown_words(15)) == ("", "")
    assert rest_words(16) == "1 more"
    assert rest_words(858) == "The next 285 of 843 more"
    assert unshown_words(858) == "558 more are not shown: the 300 that come first stand here."


def row(measure: str, *, planned: float | None, to_date: float | None, landing: float | None) -> Going:
    return Going(measure=measure, place="DA", name="Pumps", unit="pcs", planned=planned, to_date=to_date,
                 landing=landing, days=())  # fmt: skip


def month(*rows: Going, plan_of: str = "2026-04", gone: int = 5) -> RunningShown:
    return RunningShown(
        cycle="2026-05", end=dt.date(2026, 5, 31), until=dt.date(2026, 5, 7) if gone else None, gone=gone, days=20,
        last={"shipments": dt.date(2026, 5, 7)} if gone else {}, plan_of=plan_of, part=False, rows=rows, since=None,
        loaded=bool(gone), actions=(), of_all=True, owed=(),
    )  # fmt: skip


def test_an_action_that_is_hers_is_closed_where_it_stands() -> None:
    due = ActionDue(owner="Ana Ruiz", action="hire", due=dt.date(2026, 5, 4), meeting="supply", late=True, number=7)
    shown = dataclasses.replace(month(), actions=(due, dataclasses.replace(due, number=None)))
    (hers, others), more = actions_due(shown)
    assert (hers.ways, others.ways, more) == ((done_way(7),), (), 0)


def test_who_lands_furthest_is_said_with_the_figure_and_what_is_not_known_with_its_reason() -> None:
    shown = month(row("shipments", planned=1000.0, to_date=200.0, landing=800.0))
    assert lead(shown).replace("\u202f", " ").endswith("Pumps ships 800 of the 1 000 pcs planned: 20 % under.")
    (block,) = blocks(shown)
    assert block.table.rows[0].attention
    assert lead(month(plan_of="")).startswith("– No plan was published before May 2026")
    assert "Nothing of May 2026 is loaded yet" in lead(month(gone=0))
    assert since_words(month(gone=0)).startswith("– Not known: no order was loaded")
    assert since_words(month()).startswith("No order came")
    unknown = blocks(month(row("shipments", planned=10.0, to_date=None, landing=None), gone=0))[0]
    assert unknown.table.heads == ("Division", "Unit", "Planned")  # of what is not loaded there is no row of dashes
    assert unknown.sentence.startswith("– Nothing of it is loaded")
