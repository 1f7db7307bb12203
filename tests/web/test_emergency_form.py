"""The form of an emergency: choices by name, filled in from the pages where one notices it, for whose right it is."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.errors import BadArgumentError
from onenumber.steps.see.emergency_form import EmergencyForm
from onenumber.store.models import Account, EmergencyRow, Plan
from onenumber.web.orders.emergency import emergency_href, general_way
from tests.steps.month_for_tests import do, founded, to_review, to_supply

MONTH = "/p/desk/2026-05"
FORM = EmergencyForm(
    items=(("A1", "Heat exchanger"),), sites={"A1": ("P1", "P2")}, customers=(("c1", "Baumarkt Union"),),
    months=("2026-05", "2026-06"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


@pytest.fixture
def reviewed(db: None, settings: Settings, tmp_path: Path) -> Plan:
    """The squeezed company's May, up to its review: in September its line is short."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("desk", "live", tmp_path / "data")
    to_supply(plan)
    to_review(plan)
    return plan


def read(plan: Plan, person: str, address: str) -> str:
    client = Client()
    account = Account.objects.filter(login=person).first()
    client.force_login(account or Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def links(text: str) -> list[dict[str, list[str]]]:
    """What each link to the form fills in."""
    found = re.findall(r'href="([^"]*#emergency)"', text)
    return [parse_qs(urlsplit(one).query) for one in found]


def test_a_link_fills_in_what_is_known_and_opens_the_form() -> None:
    (closed,) = general_way(FORM, {})
    assert not closed.opened
    (way,) = general_way(FORM, {"item": "A1", "quantity": "12.5", "other": "x"})
    values = {ask.name: ask.value for ask in way.asked}
    assert values == {
        "item": "A1", "site": "", "customer": "", "period": "2026-05", "quantity": "12.5", "reason": ""
    }  # fmt: skip
    assert way.opened
    said = {ask.name: [(one.value, one.said) for one in ask.choices] for ask in way.asked if ask.choices}
    assert said["customer"] == [("c1", "Baumarkt Union (c1)")]
    assert said["item"] == [("A1", "Heat exchanger (A1)")]
    assert [value for value, _ in said["site"]] == ["P1", "P2"]
    assert general_way(None, {"item": "A1"}) == ()


def test_its_address_leaves_out_what_is_not_known(reviewed: Plan) -> None:
    assert emergency_href("desk", "2026-05") == f"{MONTH}/orders/#emergency"
    found = emergency_href("desk", "2026-05", item="A 1", period="", quantity=1234567.5)
    assert found == f"{MONTH}/orders/?item=A+1&quantity=1234567.5#emergency"


def test_the_page_offers_names_to_whose_right_it_is(reviewed: Plan) -> None:
    text = read(reviewed, "sven", f"{MONTH}/orders/?item=A1&customer=alpha&quantity=3")
    assert re.search(r'<details class="way" open>', text)
    assert re.search(r'<option value="A1" selected>', text)
    assert re.search(r'<option value="alpha" selected>', text)
    assert re.search(r'name="quantity" value="3"', text)
    for person in ("eva", "dora", "ana", "ines"):
        assert 'name="customer"' not in read(reviewed, person, f"{MONTH}/orders/?item=A1")


def test_where_it_is_noticed_a_link_leads_there_for_whose_right_it_is(reviewed: Plan) -> None:
    for page in (f"{MONTH}/executive/", f"{MONTH}/running/"):
        assert links(read(reviewed, "omar", page)), page
        assert links(read(reviewed, "eva", page)) == [], page


def test_who_goes_short_on_a_line_is_an_emergency_until_its_cause_went_up(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan, short = founded("desk", "live", tmp_path / "data"), f"{MONTH}/load/?line=L1&month=2026-09"
    to_supply(plan)
    do(plan, "sven", "plan")
    (filled, *_) = links(read(plan, "sven", short))
    assert set(filled) == {"item", "period", "quantity"}  # whoever goes short is no reason
    assert filled["period"] == ["2026-09"]
    assert links(read(plan, "omar", short))
    assert links(read(plan, "eva", short)) == []
    do(plan, "sven", "escalate", subject="L1", reason="the line is full")
    assert links(read(plan, "sven", short)) == []  # its paper asks for it


def test_a_customer_by_key_is_asked_for_as_her_stream(reviewed: Plan) -> None:
    do(reviewed, "sven", "emergency", item="A1", quantity=12.0, reason="it stands", customer="alpha")
    row = EmergencyRow.objects.get()
    assert (row.site, row.stream) == ("P1", "A1|alpha")  # the only site at which it is made
    with pytest.raises(BadArgumentError, match="the company has no customer of that key"):
        do(reviewed, "sven", "emergency", item="A1", quantity=12.0, reason="it stands", customer="nobody")
    with pytest.raises(BadArgumentError, match="nosuch is made or bought nowhere"):
        do(reviewed, "sven", "emergency", item="nosuch", quantity=12.0, reason="it stands")
