"""The page "Who does what": what is not filled first, then one's own, then every line with a link of its own."""

import html
import re

from django.test import Client

from onenumber.model.finding import Severity
from onenumber.review.figures import OWNED_AS
from onenumber.rights.duties import ROLES, place_of
from onenumber.web.duties.words import EACH, duties_page
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
