"""The real answers behind the pages: every page of the tiny company, per role, drawn and with few queries."""

import datetime as dt
import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from onenumber.steps.frame.context import Context
from onenumber.store.models import Account, Job, Plan, SheetVersion
from onenumber.web.sheets.notes import NOTES
from tests import tiny
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.steps.conftest import Act
from tests.steps.month_for_tests import NOTHING, NOW, PAPER, do, founded, to_executive, to_published, to_supply

ROLES = ("eva", "ines", "dora", "omar", "sven", "fay", "olga", "pia", "ana")
ASKS, LEADERS_ASK = 15, 16
MONTH, MONTH_ASKS = "/p/tiny/2026-05/", 17
"""My month asks once for what several of its parts need, and nothing of tables in which nobody wrote."""
PAGES = (
    MONTH,
    "/p/tiny/2026-05/sheets/",
    "/p/tiny/2026-05/family/",
    "/p/tiny/2026-05/family/?place=division:DA&in=money",
    "/p/tiny/2026-05/family/?place=family:FA&row=demand_new&column=2026-06",
    "/p/tiny/2026-05/family/?place=item:A1&row=demand_new&column=2026-06",
    "/p/tiny/2026-05/family/?place=planning_customer:alpha&in=money&row=demand_new&column=2026-06",
    "/p/tiny/2026-05/plan/L4/",
    "/p/tiny/2026-05/plan/L4/cell/?level=item&key=A1&month=2026-06",
    "/p/tiny/2026-05/plan/L4/cells/",
    "/p/tiny/2026-05/search/?q=a1",
    "/p/tiny/2026-05/who/",
    "/p/tiny/2026-05/adherence/",
    "/p/tiny/data/",
)


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


def signed_in_as(plan: Plan, person: str) -> Client:
    client = Client()
    client.force_login(Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return client


def test_every_page_opens_for_every_role(agreed: None, plan: Plan) -> None:
    for person in ROLES:
        client = signed_in_as(plan, person)
        assert client.get("/").headers["Location"] == "/p/tiny/2026-05/"
        for address in PAGES:
            assert client.get(address).status_code == 200, (person, address)


LEADERS = {
    "/p/tiny/2026-05/team/": set(ROLES) - {"pia", "ana"},
    "/p/tiny/2026-05/team/ana/": {"ines", "dora", "olga", "ana"},
    "/p/tiny/2026-05/accounts/": {"eva", "ines"},
    "/p/tiny/2026-05/deviations/": set(ROLES) - {"pia"},
    "/p/tiny/2026-05/deviations/?by=patch": set(ROLES) - {"pia"},
    "/p/tiny/2026-05/executive/": set(ROLES) - {"pia", "ana"},
}
"""Pages that not every role reads, each with those that do."""


def test_the_pages_of_leaders_open_for_who_reads_what_stands_in_them(
    agreed: None, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for person in ROLES:
        client = signed_in_as(plan, person)
        for address, readers in LEADERS.items():
            with django_assert_max_num_queries(LEADERS_ASK):
                answer = client.get(address)
            assert answer.status_code == (200 if person in readers else 403), (person, address)


def test_a_page_asks_the_database_little(
    agreed: None, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for person in ROLES:
        client = signed_in_as(plan, person)
        for address in PAGES:
            with django_assert_max_num_queries(MONTH_ASKS if address == MONTH else ASKS):
                client.get(address)


def test_an_item_has_its_title_the_way_up_and_links_from_the_lines_of_an_opened_figure(
    agreed: None, plan: Plan
) -> None:
    client = signed_in_as(plan, "omar")
    family, item, customer = (
        client.get(f"/p/tiny/2026-05/family/?place={place}&in=money&row=demand_new&column=2026-06").content.decode()
        for place in ("family:FA", "item:A1", "planning_customer:alpha")
    )
    to_item, to_customer = (
        'href="?place=item%3AA1&amp;in=money"',
        'href="?place=planning_customer%3Aalpha&amp;in=money"',
    )
    assert to_item in family
    assert to_customer in family
    assert to_customer in item
    assert to_item in customer
    assert '<a href="?place=family%3AFA&amp;in=money">FA</a>' in item
    assert '<h1>Alpha <span class="kind">customer alpha</span></h1>' in customer
    assert '<option value="planning_customer:alpha" selected>Alpha</option>' in customer
    assert "item:A1" not in re.findall(r'option value="([^"]+)"', family)


def test_a_sheet_tells_what_it_holds_and_hides_whole_figures_from_a_salesperson(
    agreed: None, plan: Plan, asking: Callable[[str], Context]
) -> None:
    number = plan.sheets.get(kind="consensus").pk
    planner = signed_in_as(plan, "dora").get(f"/p/tiny/2026-05/sheets/{number}/").content.decode()
    assert "Consensus 1" in planner
    assert "<dt>quantity of the first month</dt><dd>" in planner
    assert (
        "quantity of the first month"
        not in signed_in_as(plan, "ana").get(f"/p/tiny/2026-05/sheets/{number}/").content.decode()
    )
    assert signed_in_as(plan, "adam").get(f"/p/tiny/2026-05/sheets/{number}/").status_code == 403


def test_before_the_first_cycle_home_says_what_to_do_and_the_process_owner_does_it(loaded: None, plan: Plan) -> None:
    olga, ana = signed_in_as(plan, "olga"), signed_in_as(plan, "ana")
    assert olga.get("/").headers["Location"] == "/p/tiny/"
    text = olga.get("/p/tiny/").content.decode()
    assert "no cycle is open yet" in text
    assert "Open the first: its meetings are held in it." in text
    assert 'action="/p/tiny/do/open/"' in text
    hers = ana.get("/p/tiny/").content.decode()
    assert "Olga Novak opens the first." in hers
    assert "do/open" not in hers
    assert ana.post("/p/tiny/do/open/", {"period": "2026-05"}).status_code == 403
    assert olga.post("/p/tiny/do/open/", {"period": "2026-05"}).headers["Location"] == "/p/tiny/2026-05/sheets/"
    assert ana.get("/p/tiny/").headers["Location"] == "/p/tiny/2026-05/"


def test_the_clock_stands_in_the_frame_of_a_demo_only(in_demand: None, plan: Plan, settings: Settings) -> None:
    ana, adam = signed_in_as(plan, "ana"), signed_in_as(plan, "adam")
    to = {"to": "2026-05-07"}
    settings.ONENUMBER_DEMO = False
    assert "go-on" not in ana.get(MONTH).content.decode()
    assert ana.post("/p/tiny/2026-05/do/go-on/", to).status_code == 422
    assert not Job.objects.exists()
    settings.ONENUMBER_DEMO = True
    plan.clock = NOW
    plan.save()
    assert 'action="/p/tiny/2026-05/do/go-on/"' in ana.get(MONTH).content.decode()
    assert "go-on" not in adam.get(MONTH).content.decode()
    assert adam.post("/p/tiny/2026-05/do/go-on/", to).status_code == 403
    assert "/jobs/" in ana.post("/p/tiny/2026-05/do/go-on/", to).headers["Location"]
    again = signed_in_as(plan, "ben").post("/p/tiny/2026-05/do/go-on/", to)  # one at a time
    assert again.status_code == 422
    assert "somebody lets the month go on already" in again.content.decode()
    job = Job.objects.get()
    Job.objects.update(state="running", message="Thursday 7 May: Ben Osei, submit")
    assert "Thursday 7 May: Ben Osei, submit" in ana.get(f"/p/tiny/2026-05/jobs/{job.pk}/").content.decode()
    Job.objects.update(state="stopped")
    stopped = ana.get(f"/p/tiny/2026-05/jobs/{job.pk}/").content.decode()
    assert "What was played until then stands" in stopped
    assert ana.post(f"/p/tiny/2026-05/jobs/{job.pk}/again/").headers["Location"].endswith(f"/jobs/{job.pk + 1}/")


def test_before_the_first_month_a_demo_s_clock_moves_by_itself(loaded: None, plan: Plan, settings: Settings) -> None:
    ana = signed_in_as(plan, "ana")
    settings.ONENUMBER_DEMO = False
    refused = ana.post("/p/tiny/do/go-on/", {"to": "2026-05-07"})
    assert refused.status_code == 422
    assert "in demo mode only" in refused.content.decode()
    settings.ONENUMBER_DEMO = True
    plan.clock = NOW
    plan.save()
    assert 'action="/p/tiny/do/go-on/"' in ana.get("/p/tiny/").content.decode()
    assert ana.post("/p/tiny/do/go-on/", {"to": "2026-05-07"}).headers["Location"] == "/"
    plan.refresh_from_db()
    assert plan.clock is not None
    assert str(plan.clock.date()) == "2026-05-07"


def test_a_plan_without_data_says_that_they_are_to_be_loaded(plan: Plan) -> None:
    text = signed_in_as(plan, "olga").get("/p/tiny/").content.decode()
    assert "Nothing is loaded yet." in text
    assert 'href="/p/tiny/data/"' in text


def test_a_load_is_listed_with_what_came(loaded: None, plan: Plan) -> None:
    text = signed_in_as(plan, "olga").get("/p/tiny/data/1/").content.decode()
    assert "none was left out" in text
    assert "order_lines" in text
    assert "kept, not used yet" not in text


def test_a_load_marks_the_tables_that_no_step_reads(loaded: None, plan: Plan, tmp_path: Path) -> None:
    target = {"person": "ana", "start": dt.date(2026, 1, 1), "months": 12, "amount": 1000.0, "currency": "EUR"}
    do(plan, "olga", "load", folder=tiny.write(tmp_path / "more", {"targets": tiny.table("targets", [target])}))
    text = signed_in_as(plan, "olga").get("/p/tiny/data/2/").content.decode()
    assert '<th scope="row">targets <span class="quiet">kept, not used yet</span></th>' in text


def test_files_from_the_browser_are_kept_and_queued_by_name(loaded: None, plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("item,name\n")
    with (tmp_path / "items.csv").open("rb") as file:
        response = signed_in_as(plan, "olga").post("/p/tiny/data/", {"files": file, "dry_run": "on"})
    job = plan.jobs.get(step="load")
    assert response.headers["Location"] == f"/p/tiny/data/job-{job.pk}/"
    assert Path(job.arguments["folder"], "items.csv").read_text() == "item,name\n"
    assert job.arguments["dry_run"] is True


def test_every_sheet_of_a_whole_month_opens_and_has_its_row(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("live", "live", tmp_path / "data")
    to_supply(plan)
    to_executive(plan)
    do(plan, "eva", "decide", paper=PAPER, option=NOTHING)
    do(plan, "sven", "replan")
    to_published(plan)
    client = signed_in_as(plan, "omar")
    month = client.get("/p/live/2026-05/sheets/").content.decode()
    made = SheetVersion.objects.filter(plan=plan, cycle__isnull=False)
    assert {(one.kind, one.stage) for one in made} >= {("review", "final"), ("published_plan", "")}
    assert {name for one in SheetVersion.objects.filter(plan=plan) for name in one.notes} <= set(NOTES)
    for one in made:
        assert f'id="sheet-{one.pk}"' in month, (one.kind, one.stage)
        assert client.get(f"/p/live/2026-05/sheets/{one.pk}/").status_code == 200, (one.kind, one.stage)


@pytest.mark.parametrize(
    ("address", "said", "back"),
    [
        ("2031-01/", "There is no month “2031-01” in this plan. Nothing was changed.", "/"),
        ("2031-01/sheets/", "There is no month “2031-01” in this plan. Nothing was changed.", "/"),
        ("2031-01/family/", "There is no month “2031-01” in this plan. Nothing was changed.", "/"),
        (
            "2026-05/family/?place=family:NO",
            "There is no family NO in this plan. Nothing was changed.",
            "2026-05/family/",
        ),
        ("2026-05/family/?row=nothing&column=2026-05", "shows nothing called “nothing 2026-05”.", "2026-05/family/"),
        ("2026-05/family/?row=demand_new&column=2099-01", "nothing called “demand_new 2099-01”.", "2026-05/family/"),
        ("2026-05/family/?row=demand_new", "shows nothing called “demand_new”.", "2026-05/family/"),
        ("2026-05/family/?in=gold", "shows nothing called “gold”.", "2026-05/family/"),
        ("2026-05/sheets/99/", "There is no sheet 99 in this plan. Nothing was changed.", "2026-05/sheets/"),
        ("2026-05/sheets/x/", "There is no sheet x in this plan. Nothing was changed.", "2026-05/sheets/"),
        ("2026-05/orders/?all=zz", "shows nothing called “zz”, or not to you.", "2026-05/orders/"),
        ("2026-05/parameters/?all=zz", "shows nothing called “zz”, or not to you.", "2026-05/parameters/"),
        ("2026-05/deviations/?by=zz", "shows nothing called “zz”, or not to you.", "2026-05/deviations/"),
        ("2026-05/running/?of=zz", "shows nothing called “zz”, or not to you.", "2026-05/running/"),
        ("2026-05/?changes=zz", "shows nothing called “zz”, or not to you.", "2026-05/"),
        ("data/99/", "There is no load 99 in this plan. Nothing was changed.", "/"),
    ],
)
def test_a_wrong_address_says_what_is_safe_and_what_to_do_and_leads_back(
    agreed: None, plan: Plan, address: str, said: str, back: str
) -> None:
    client = signed_in_as(plan, "dora")
    answer = client.get(f"/p/tiny/{address}")
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 404
    assert said in page
    assert "onenumber" not in page.lower().split("<main")[1]  # no command
    link = back if back == "/" else f"/p/tiny/{back}"
    assert f'<p><a href="{link}">' in page
    assert client.get(link, follow=True).status_code == 200


def test_what_is_not_hers_is_refused_with_a_way_back(agreed: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    answers = [client.get(f"/p/tiny/2026-05/family/?place=family:{family}") for family in ("NO", "OTHER")]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "if it is there at all. Nothing was changed." in answers[0].content.decode()
    assert 'href="/p/tiny/2026-05/family/"' in answers[0].content.decode()


def test_the_month_lists_the_news_of_her_part(in_demand: None, plan: Plan, act: Act) -> None:
    page = "/p/tiny/2026-05/sheets/"
    clients = {person: signed_in_as(plan, person) for person in ("dora", "ana", "ben", "adam")}
    assert "Risks and opportunities" not in clients["dora"].get(page).content.decode()
    told = {"kind": "loss", "text": "alpha buys elsewhere", "place": {"planning_customer": "alpha"}, "in_number": "no"}
    act("ana", "news", **told, patch="Nord", likely=-40.0, probability=0.5)
    shown = {person: client.get(page).content.decode() for person, client in clients.items()}
    assert "Risks and opportunities, not in the number</h2>" in shown["dora"]
    assert "Risks and opportunities, not in the number (your part)</h2>" in shown["ana"]
    assert [person for person in clients if "alpha buys elsewhere" in shown[person]] == ["dora", "ana"]


def test_search_shows_the_exact_key_before_a_page_whose_name_holds_the_text(agreed: None, plan: Plan) -> None:
    text = signed_in_as(plan, "olga").get("/p/tiny/2026-05/search/?q=da").content.decode()
    found = text[text.index('<div class="found">') :]
    assert found.index("?place=division%3ADA") < found.index("Data and its findings")


def test_an_opened_figure_has_the_cents_of_its_money_and_units_have_none(agreed: None, plan: Plan) -> None:
    client = signed_in_as(plan, "omar")
    figure = "/p/tiny/2026-05/family/?place=family:FA&row=demand_new&column=2026-06"
    money, units = (client.get(f"{figure}{end}", headers={"HX-Target": "panel"}) for end in ("&in=money", ""))
    said = [re.search('class="big">(.*?)<', one.content.decode()) for one in (money, units)]
    assert [one is not None and bool(re.fullmatch(r"[\d\u202f]+(\.00)? \w+", one[1])) for one in said] == [True, True]
    assert [one is not None and ".00" in one[1] for one in said] == [True, False]
