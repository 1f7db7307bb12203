"""The page "Who does what": what is not filled first, then one's own, then every line with a link of its own."""

import datetime as dt
import html
import re
from dataclasses import replace

from django.test import Client

from onenumber.model.finding import Severity
from onenumber.review.figures import OWNED_AS
from onenumber.rights.duties import DUTIES, ROLES, place_of
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.month_page import Where
from onenumber.steps.see.month_waits import Wait
from onenumber.web.duties.words import EACH, SHOWN_BY, duties_page, late_duties
from onenumber.web.sheets.adherence import OWNED
from onenumber.web.words import ROLES as TITLES
from tests.web.company_who import duties_of

WHO = "/p/hydra/2026-06/who/"


def read(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())


def test_what_is_not_filled_stands_before_ones_own_and_that_before_the_rest(signed_in: Client) -> None:
    page = read(signed_in, WHO)
    assert "1 thing is nobody's. As it stands on 10 June 2026." in page
    places = [page.index(text) for text in ("Nobody is demand planner", "To make it another", 'id="yours"', "<table")]
    assert places == sorted(places)


def test_ones_own_are_listed_by_their_day_and_marked_in_the_table(signed_in: Client) -> None:
    page = read(signed_in, WHO)
    own = re.findall(r'<li><time datetime="([^"]+)">[^<]+</time>: <a href="#([^"]+)">([^<]+)</a>', page)
    assert own == [
        ("2026-06-12", "OP-2", "Makes sure that the plan can be made"),
        ("2026-06-15", "sign_supply", "Sign “achievable”"),
        ("2026-06-26", "service-Pumps", "Order lines kept, Pumps"),
    ]
    assert re.findall(r'<tr id="([^"]+)" class="chosen">', page) == ["OP-2", "sign_supply", "service-Pumps"]
    assert page.count("(yours)") == 3


def test_every_duty_has_a_link_of_its_own_and_says_whose_it_is(signed_in: Client) -> None:
    page = read(signed_in, WHO)
    for mark in ("DP-3", "SP-2", "OP-2", "SS-1", "sign_supply", "service-Pumps"):
        assert page.count(f'id="{mark}"') == 1
        assert f'href="#{mark}"' in page
    assert "Ana Ruiz, 1 July to 14 July" in page
    assert 'Ana Ruiz <span class="quiet">with Bo Li</span>' in page
    assert 'Sam Mbeki <span class="quiet">as the sales leader</span>' in page
    assert page.count("▲</span> nobody") == 1
    assert '<th scope="row">the whole company</th><td>Sam Mbeki</td>' in page
    assert '<th scope="row">Runs the plant <span class="quiet">Delft</span></th><td>Bo Li</td>' in page
    assert "one for each patch" in page


def test_a_role_over_places_is_ones_own_once(signed_in: Client) -> None:
    page = duties_page(duties_of("lena"))
    assert [todo.mark for todo in page.mine] == ["SP-2"]
    assert [row.mine for group in page.groups for row in group.places] == [True, False, False, False]
    assert duties_page(duties_of("nobody")).mine == ()


def test_what_she_does_for_another_says_for_whom_and_only_in_those_days(signed_in: Client) -> None:
    stood = StandIn(name="Omar Haddad", since=dt.date(2026, 6, 6), until=dt.date(2026, 6, 16))
    page = duties_page(duties_of("omar", stood_in=stood))
    assert [(todo.mark, todo.instead) for todo in page.mine] == [
        ("OP-2", "for Omar Haddad, to 15 June"), ("sign_supply", "for Omar Haddad, to 15 June"),
    ]  # fmt: skip
    rows = {row.mark: row for group in page.groups for row in group.rows}
    assert rows["OP-2"].person is not None
    assert rows["OP-2"].person.yours == "(you stand in, 6 to 15 June)"
    assert rows["service-Pumps"].mine is False  # on 26 June he is back


def test_who_shares_a_duty_is_told_that_it_is_with_her() -> None:
    (row,) = [row for group in duties_page(duties_of("bo")).groups for row in group.rows if row.mark == "SS-1"]
    assert row.person is not None
    assert (row.person.name, row.person.note, row.person.yours, row.mine) == ("Ana Ruiz", "with you", "", True)


def test_what_is_signed_and_what_is_late_are_marked_in_ones_own(signed_in: Client) -> None:
    shown = replace(duties_of("omar"), today=dt.date(2026, 6, 16))
    late = {todo.mark: (todo.done, todo.late) for todo in duties_page(shown, {"OP-2"}).mine}
    assert late == {"OP-2": (False, True), "sign_supply": (False, True), "service-Pumps": (False, False)}
    given = replace(shown, signatures=tuple(replace(one, given=True) for one in shown.signatures))
    assert [(todo.mark, todo.done, todo.late) for todo in duties_page(given).mine][:2] == [
        ("OP-2", False, False), ("sign_supply", True, False),
    ]  # fmt: skip
    day, where = dt.date(2026, 6, 8), Where(page="accounts")
    open_ = (("accounts_unsaid", True), ("anomalies_unjudged", False), ("question_open", True))
    waits = [Wait(said=said, name="", day=day, late=is_late, where=where) for said, is_late in open_]
    assert late_duties(waits) == {"SM-2"}
    assert set(SHOWN_BY.values()) <= set(DUTIES)


def test_a_company_that_is_filled_says_so() -> None:
    shown = duties_of("omar")
    assert {one.severity for one in shown.findings} == {Severity.ATTENTION, Severity.NOTE}
    filled = duties_page(type(shown)(**{name: getattr(shown, name) for name in shown.__slots__} | {"findings": ()}))
    assert filled.says == "Each of 6 duties, 1 signatures and 1 subjects of Adherence has one person."
    assert (filled.open, filled.notes) == ((), ())


def test_the_file_has_a_row_for_each_place(signed_in: Client) -> None:
    answer = signed_in.get("/p/hydra/2026-06/who.csv")
    assert 'filename="who-does-what-2026-06.csv"' in answer.headers["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "code,what,role,place,accountable,shared_with,deputy,due"
    assert [line for line in lines if line.startswith("SP-2")] == [
        "SP-2,Confirms what is ordered,SP,Nord,Lena Fischer,,,2026-06-12",
        "SP-2,Confirms what is ordered,SP,South,Sam Mbeki,,,2026-06-12",
    ]
    assert lines[-1] == "service,Answers for service,,Pumps,Omar Haddad,,,2026-06-26"
    assert len(lines) == 1 + 8 + 1 + 1


def test_the_search_finds_the_page_and_a_duty_by_its_code_or_words(signed_in: Client) -> None:
    assert f'href="{WHO}"' in read(signed_in, "/p/hydra/2026-06/search/?q=who+does")
    for text in ("dp-3", "look like the past"):
        assert f'href="{WHO}#DP-3"' in read(signed_in, f"/p/hydra/2026-06/search/?q={text}")


def test_every_role_place_and_figure_has_its_word() -> None:
    assert set(ROLES) <= set(TITLES)
    assert {place_of(role).value for role in ROLES} - {"company"} == set(EACH)
    assert set(OWNED_AS.values()) == set(OWNED)
