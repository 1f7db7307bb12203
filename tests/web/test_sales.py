"""The pages of who sells: lines, a customer, orders to confirm, news; what they send, and who is refused."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from onenumber.errors.steps import BadArgumentError
from onenumber.store.models import Account, EditRow, News, OrderConfirmation, OrderRequest, Plan, SubmissionRow
from onenumber.web.entry.read import typed_in
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.steps.conftest import Act

AT = "/p/tiny/2026-05/"
PAGES = {"entry/": 44, "confirm/": 34, "customer/alpha/": 50, "news/": 32}
"""What each page asks the database at most."""


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


def signed_in_as(plan: Plan, person: str) -> Client:
    client = Client()
    client.force_login(Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return client


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_the_database_little(
    in_demand: None, plan: Plan, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in_as(plan, "ana")
    with django_assert_max_num_queries(PAGES[page]):
        assert client.get(AT + page).status_code == 200


def test_what_is_typed_in_several_lines_is_saved_at_once_and_taken_back(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    lines = {"line-0": "alpha|FA", "figure-0": "600", "line-1": "alpha|FB", "percent-1": "+10%", "first-1": "2026-06"}
    answer = client.post(f"{AT}entry/", {**lines, "seen": "0"}, follow=True)
    assert "2 lines are saved. Hand in when you are through." in text_of(answer)
    assert "Handing in Nord keeps 2 lines as typed." in text_of(answer)
    made = ",".join(str(one) for one in EditRow.objects.filter(place__family="FA").values_list("sequence", flat=True))
    assert "6 edits are taken back." in text_of(client.post(f"{AT}entry/", {"undo": made, "seen": "7"}, follow=True))
    left = text_of(client.get(f"{AT}entry/"))
    assert "Handing in Nord keeps 1 line as typed and leaves 1 line at the baseline." in left


def test_handing_in_saves_what_was_typed_first(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    page = text_of(client.get(f"{AT}entry/?all=1"))
    form = page[page.index('<form id="entry"') : page.index("</form>", page.index('<form id="entry"'))]
    assert '<button name="hand_in" value="Nord">Hand in Nord</button>' in form  # one form: it sends what is typed
    sent = {"line-0": "alpha|FA", "figure-0": "600", "seen": "0", "hand_in": "Nord"}
    answer = text_of(client.post(f"{AT}entry/", sent, follow=True))
    assert "1 line is saved. Nord is handed in." in answer
    assert "Handed in by Ana Ruiz" in answer
    assert sum(EditRow.objects.values_list("value", flat=True)) == 600.0


def test_a_patch_is_handed_in_without_a_figure_and_by_a_script_too(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    sent = {"line-0": "alpha|FA", "figure-0": "", "hand_in": "Nord"}
    answer = client.post(f"{AT}entry/", sent, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"{AT}entry/")
    assert "Nord is handed in." in text_of(client.get(f"{AT}entry/"))
    assert SubmissionRow.objects.get().state == "submitted"


@pytest.mark.parametrize(
    ("typed", "why"),
    [({"figure-0": "lots"}, "it is no figure"), ({"figure-0": "1"}, "are ordered for these months already")],
)
def test_where_a_line_is_refused_nothing_is_handed_in(
    in_demand: None, plan: Plan, typed: dict[str, str], why: str
) -> None:
    client = signed_in_as(plan, "ana")
    answer = client.post(f"{AT}entry/", {"line-0": "alpha|FA", **typed, "hand_in": "Nord"})
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert "Nothing was changed. Nothing was handed in." in text_of(answer)
    assert not SubmissionRow.objects.exists()
    assert not EditRow.objects.exists()


def test_a_patch_of_somebody_else_is_not_handed_in_and_no_line_is_saved(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    sent = {"line-0": "alpha|FA", "figure-0": "600", "hand_in": "South"}
    assert client.post(f"{AT}entry/", sent).status_code == 403
    assert not SubmissionRow.objects.exists()
    assert not EditRow.objects.exists()


def test_a_figure_that_is_none_is_refused_with_nothing_changed(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    answer = client.post(f"{AT}entry/", {"line-0": "alpha|FA", "figure-0": "lots"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "it is no figure; type 1200 or -10" in text_of(answer)
    assert not EditRow.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"line-0": "a|F"},
        {"line-0": "a|F", "figure-0": "1", "percent-0": "2"},
        {"line-0": "a|F", "figure-0": "1e999"},
    ],
)
def test_what_says_nothing_or_two_things_is_refused(sent: dict[str, str]) -> None:
    with pytest.raises(BadArgumentError):
        typed_in(sent)


def test_months_open_in_their_line(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    assert 'name="month-0-2026-05"' not in text_of(client.get(f"{AT}entry/?all=1"))
    opened = text_of(client.get(f"{AT}entry/?open=alpha%7CFB"))
    assert 'name="month-0-2026-05"' in opened
    assert '<a class="opens" href="?#line-0">FB<span class="unseen">, close the months</span>' in opened


def test_a_customer_of_another_patch_is_not_there_in_page_file_and_search(in_demand: None, plan: Plan) -> None:
    ana, ben = signed_in_as(plan, "ana"), signed_in_as(plan, "ben")
    foreign = "rest%20of%20South,%20web"
    assert "<h1>the rest of South (web)" in text_of(ben.get(f"{AT}customer/{foreign}/"))  # by name, not by its key
    assert "the rest of South (web)</a>, <a" in text_of(ben.get(f"{AT}entry/?all=1"))
    for end in ("/", "/orders.csv"):
        assert ben.get(f"{AT}customer/{foreign}{end}").status_code == 200
        refused, unknown = ana.get(f"{AT}customer/{foreign}{end}"), ana.get(f"{AT}customer/nobody{end}")
        assert refused.status_code == unknown.status_code == 403
        assert "it is not in your part of the plan, if it is there at all" in text_of(refused)
    assert 'href="/p/tiny/2026-05/customer/alpha/"' in text_of(ana.get(f"{AT}search/?q=alpha"))
    assert "customer/" not in text_of(ben.get(f"{AT}search/?q=alpha"))
    planner = text_of(signed_in_as(plan, "dora").get(f"{AT}search/?q=alpha"))
    assert "family/?place=planning_customer%3Aalpha" in planner  # who plans is led to its figures


def test_open_orders_leave_as_a_file(in_demand: None, plan: Plan) -> None:
    answer = signed_in_as(plan, "ana").get(f"{AT}customer/alpha/orders.csv")
    head, first, *rest = text_of(answer).splitlines()
    assert head.split(",")[:4] == ["order", "line", "customer", "item"]
    assert first.split(",")[:5] == ["O28alphaA1", "1", "Alpha", "A1", "A1"]
    assert len(rest) == 3
    assert answer.headers["Content-Disposition"] == 'attachment; filename="orders-alpha-2026-05.csv"'


def test_orders_are_confirmed_and_asked_to_be_corrected_by_their_forms(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    assert "4 of 4 open order lines wait to be confirmed" in text_of(client.get(f"{AT}confirm/"))
    wrong = text_of(client.get(f"{AT}customer/alpha/?wrong=O28alphaA1-1"))
    assert "Ask the supply planner" in wrong
    sent = {"kind": "wrong_date", "order": "O28alphaA1", "line": "1", "day": "2026-05-28", "text": "on the 28th"}
    assert client.post(f"{AT}do/request/", {**sent, "next": f"{AT}confirm/"}).status_code == 302
    done = client.post(f"{AT}do/confirm/", {"customer": "alpha", "next": f"{AT}confirm/"}, follow=True)
    assert "3 order lines are confirmed." in text_of(done)
    assert "All 4 open order lines are confirmed or asked to be corrected" in text_of(done)
    assert (OrderConfirmation.objects.count(), OrderRequest.objects.count()) == (3, 1)
    month = text_of(signed_in_as(plan, "sven").get(AT))
    assert "Ana Ruiz: order O28alphaA1/1 of Alpha is wanted on Thursday 28 May" in month
    assert 'action="/p/tiny/2026-05/do/settle-request/"' in month


@pytest.mark.parametrize("settled", ["news", "submit"])
def test_a_silent_buyer_waits_for_its_salesperson_until_she_says_why_or_hands_in(
    in_demand: None, plan: Plan, act: Act, monkeypatch: pytest.MonkeyPatch, settled: str
) -> None:
    monkeypatch.setattr("onenumber.demand.buyers.SILENT_OVER", 0.0)  # whoever did not order today
    ana, said = signed_in_as(plan, "ana"), "Alpha is silent: the last order came on"
    month = text_of(ana.get(AT))
    assert said in month
    assert 'action="/p/tiny/2026-05/do/news/"' in month
    assert f'<a href="{AT}customer/alpha/">{said}' in month
    for other in ("ben", "dora", "ines"):
        assert said not in text_of(signed_in_as(plan, other).get(AT))
    if settled == "news":
        sent = {"kind": "loss", "text": "they build a store", "place:planning_customer": "alpha", "in_number": "no"}
        assert ana.post(f"{AT}do/news/", {**sent, "patch": "Nord", "likely": "-20", "next": AT}).status_code == 302
    else:
        act("ana", "submit", patch="Nord")
    assert said not in text_of(ana.get(AT))


def test_news_is_shared_by_its_form_with_range_and_place(in_demand: None, plan: Plan) -> None:
    client = signed_in_as(plan, "ana")
    form = text_of(client.get(f"{AT}news/?customer=alpha&family=FA"))
    assert '<option value="alpha" selected>Alpha</option>' in form
    assert '<option value="" disabled selected>choose</option>' in form  # nothing is said for her
    assert "Of this customer waits already:" not in form
    assert "gamma" not in form.lower()
    sent = {
        "kind": "tender", "text": "a tender is out", "patch": "Nord", "place:planning_customer": "alpha",
        "place:family": "", "low": "0", "likely": "20", "high": "45", "probability": "0.5", "first": "2026-07",
        "periods": "3", "in_number": "no", "next": AT,
    }  # fmt: skip
    assert "News 1 is shared" in text_of(client.post(f"{AT}do/news/", sent, follow=True))
    again = text_of(client.get(f"{AT}news/?customer=alpha&next={AT}entry/"))
    assert "<li>News of a tender (50\u202f%), not decided yet: “a tender is out” (Ana Ruiz)</li>" in again
    assert f'<a href="{AT}entry/">Back</a>' in again
    assert "javascript:" not in text_of(client.get(f"{AT}news/?next=javascript:alert(1)"))
    row = News.objects.get()
    assert (row.place, row.low, row.likely, row.high, row.probability) == (
        {"planning_customer": "alpha"}, 0.0, 20.0, 45.0, 0.5,
    )  # fmt: skip
    shown = text_of(client.get(f"{AT}customer/alpha/"))
    assert "News of a tender (50\u202f%), not decided yet: “a tender is out” (Ana Ruiz)" in shown


def test_who_decides_on_news_reads_so_where_she_shares_it(in_demand: None, plan: Plan) -> None:
    of_ana, of_dora = (text_of(signed_in_as(plan, who).get(f"{AT}news/")) for who in ("ana", "dora"))
    assert "The planner decides on it before the demand meeting" in of_ana
    assert "No: the planner decides whether it changes the plan" in of_ana
    assert "You decide on it before the demand meeting" in of_dora
    assert "No: you decide whether it changes the plan" in of_dora
    assert "he planner decides" not in of_dora


def test_before_the_sales_input_is_closed_is_said_what_that_fills(in_demand: None, plan: Plan, act: Act) -> None:
    ines = signed_in_as(plan, "ines")
    early = text_of(ines.get(f"{AT}team/"))
    assert "The cut-off was Thursday 7 May: 2 patches are not handed in. A patch that handed in nothing" in early
    assert "What you can do" not in early  # nothing is handed in: a head above nothing
    act("ana", "submit", patch="Nord")
    one = text_of(ines.get(f"{AT}team/"))
    assert "The cut-off was Thursday 7 May: 1 patch is not handed in." in one
    assert "What you can do" in one
    act("ben", "submit", patch="South")
    assert "The cut-off" not in text_of(ines.get(f"{AT}team/"))


def test_the_grid_counts_what_it_carries(in_demand: None, plan: Plan, act: Act) -> None:
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="percent", value=10.0, periods=2)
    EditRow.objects.update(carried_from=EditRow.objects.get().layer.cycle)  # as the next cycle offers it
    text = text_of(signed_in_as(plan, "ana").get(f"{AT}plan/L2/"))
    assert "2 of their months carry what was typed in an earlier cycle, until it is confirmed or typed over." in text
    assert "nothing is typed" not in text


def test_what_is_carried_and_put_back_is_told_as_that_and_no_longer_as_in_force(
    in_demand: None, plan: Plan, act: Act
) -> None:
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="percent", value=10.0, periods=2, reason="a season")
    EditRow.objects.update(carried_from=EditRow.objects.get().layer.cycle)
    ana = signed_in_as(plan, "ana")
    assert "carried from May 2026, typed over" not in text_of(ana.get(f"{AT}customer/alpha/"))
    act("ana", "edit", layer="L2", place={"patch": "Nord"}, mode="percent", value=0.0, periods=6, reason="looked at")
    assert "2 of their months were put back to the baseline." in text_of(ana.get(f"{AT}plan/L2/"))
    typed = text_of(ana.get(f"{AT}customer/alpha/"))
    assert "“a season”, carried from May 2026, typed over on 5 May" in typed
    assert typed.index("looked at") < typed.index("a season")  # what stands comes first
    act("ana", "submit", patch="Nord")
    assert "2 lines at the baseline, 1 of them put back to it." in text_of(ana.get(f"{AT}entry/?all=1"))


def test_what_is_carried_is_not_waited_for_once_its_patch_is_handed_in(in_demand: None, plan: Plan, act: Act) -> None:
    act("ana", "edit", layer="L2", place={"item": "A1"}, mode="percent", value=10.0, periods=2)
    EditRow.objects.update(carried_from=EditRow.objects.get().layer.cycle)
    act("ana", "submit", patch="Nord")
    text = text_of(signed_in_as(plan, "ana").get(f"{AT}plan/L2/"))
    assert "2 of their months carry what was typed in an earlier cycle." in text


def test_once_the_demand_is_agreed_its_pages_do_not_speak_of_it_as_open(agreed: None, plan: Plan, act: Act) -> None:
    dora, ana = signed_in_as(plan, "dora"), signed_in_as(plan, "ana")
    bench = text_of(dora.get(f"{AT}bench/"))
    assert "Demand is agreed; 2 families were not looked at this month." in bench
    assert "Stands now" not in bench
    flow = text_of(dora.get(f"{AT}flow/"))
    assert "stands now" not in flow
    assert "Raise the forecast" not in flow
    act("olga", "advance")
    news = text_of(ana.get(f"{AT}news/"))
    assert "it opens again with Demand of June 2026" in news
    assert '<form class="narrow-form"' not in news


def test_from_her_own_figures_no_month_leads_to_the_team_that_she_does_not_find(in_demand: None, plan: Plan) -> None:
    of_ana, of_ines = (text_of(signed_in_as(plan, who).get(f"{AT}team/ana/")) for who in ("ana", "ines"))
    assert f'<a href="{AT}entry/">Back to My customers</a>' in of_ana
    assert f'<a href="{AT}team/">Back to Team</a>' in of_ines
    assert f'href="{AT}team/"' not in of_ana
    assert f'href="{AT}sheets/"' in of_ana
    assert f'href="{AT}team/"' in of_ines


def test_what_is_late_is_counted_to_the_day_of_facts_that_are_old(
    in_demand: None, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in_as(plan, "ana")

    def lead_on(day: int) -> str:
        monkeypatch.setattr("django.utils.timezone.now", lambda: dt.datetime(2026, 5, day, 10, tzinfo=dt.UTC))
        return text_of(client.get(f"{AT}confirm/"))

    assert "wait to be confirmed; 0 are past the day that was wanted." in lead_on(7)
    late = lead_on(20)  # the facts are of 30 April, the lines were wanted from 11 May on
    assert "; on 30 April 0 were past the day that was wanted, and what left since is not loaded." in late
