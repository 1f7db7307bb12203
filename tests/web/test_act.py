"""A month done from the page of the month: every person settles what waits there for her, by its forms alone."""

import datetime as dt
import html
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.jobs import queue
from onenumber.jobs.child import do as run_child
from onenumber.store.models import Account, DecisionRow, Job, Plan, SheetVersion, WaiverRow
from tests import tiny
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.steps.month_for_tests import NOW, founded

FORM = re.compile(r'<form class="act" method="post" action="([^"]+)".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
IN_JUNE = dt.datetime(2026, 6, 3, 10, tzinfo=dt.UTC)
MONTH = "/p/tiny/2026-05/sheets/"
DECISIONS = "/p/tiny/2026-05/decisions/"
EVERYBODY = len(tiny.PEOPLE)
Forms = list[tuple[str, dict[str, str]]]


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr(queue, "run_job", _AtOnce)


class _AtOnce:
    """The worker, in this process."""

    @staticmethod
    def enqueue(pk: int) -> None:
        run_child(pk)


@pytest.fixture
def people(db: None, settings: Settings, tmp_path: Path) -> Callable[[str], Client]:
    """``people("ana")``: a browser in which she is signed in."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("tiny", "live", tmp_path / "data")
    known: dict[str, Client] = {}

    def signed_in(person: str) -> Client:
        if person not in known:
            known[person] = Client()
            account = Account.objects.create_account(login=person, password=None, plan=plan, person=person)
            known[person].force_login(account)
        return known[person]

    return signed_in


def forms(page: str) -> Forms:
    """Where each form of a page leads, and what is given in it."""
    return [
        (found[1], {name: html.unescape(value) for name, value in HIDDEN.findall(found[0])})
        for found in FORM.finditer(page)
    ]


def settle(client: Client, step: str, says: Mapping[str, str] | None = None, **given: str) -> str:
    """Fill in the first form of a step on the page of the month with these given values; the page that comes."""
    found = [
        (address, values)
        for address, values in forms(client.get(MONTH).content.decode())
        if address.endswith(f"/do/{step}/") and all(values.get(name) == value for name, value in given.items())
    ]
    assert found, f"no form of {step} {given}"
    address, values = found[0]
    return client.post(address, {**values, **(says or {})}, follow=True).content.decode()


def offered(client: Client) -> set[str]:
    """The steps that a person is offered on the page of the month."""
    return {address.rstrip("/").rsplit("/", 1)[1] for address, _ in forms(client.get(MONTH).content.decode())}


def demand_by_forms(people: Callable[[str], Client]) -> None:
    """From nothing to the signed demand."""
    olga, dora, ines = map(people, ("olga", "dora", "ines"))
    olga.post("/p/tiny/2026-05/do/open/", {"period": "2026-05"})
    assert "The data are frozen." in settle(olga, "freeze")
    assert "The phase is ended." in settle(olga, "advance")
    assert "The baseline is made." in settle(dora, "forecast")
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        assert f"{patch} is handed in." in settle(people(person), "submit", patch=patch)
        assert f"{patch} is accepted." in settle(ines, "accept", patch=patch)
    settle(ines, "collect")
    settle(dora, "agree")
    assert "Signed, with your name." in settle(ines, "sign")
    settle(olga, "advance")


def papers_by_forms(people: Callable[[str], Client]) -> None:
    """From the signed demand to the papers before the executive."""
    olga, sven, omar = map(people, ("olga", "sven", "omar"))
    settle(sven, "plan")
    while "escalate" in offered(sven):
        settle(sven, "escalate", {"reason": "no hours left in autumn"})
    settle(omar, "sign")
    settle(olga, "advance")
    settle(people("fay"), "review")
    settle(olga, "prepare")
    while "waive" in offered(olga):
        settle(olga, "waive", {"reason": "nothing to choose"})
    settle(omar, "sign")
    settle(olga, "advance")


def test_a_month_is_done_by_what_the_page_offers(
    people: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    demand_by_forms(people)
    papers_by_forms(people)
    olga, sven, omar, eva = map(people, ("olga", "sven", "omar", "eva"))
    paper = settle(eva, "decide", {"option": "A", "rationale": "it pays"}, how="decided")
    assert "2026-05-L1 is decided: A." in paper
    settle(sven, "replan")
    while "decide" in offered(eva):
        settle(eva, "decide", {"rationale": "the budget is of last year"}, option="accept")
    settle(omar, "sign", verb="confirm_final")
    settle(eva, "sign", verb="approve_final")
    settle(olga, "advance")
    assert "The plan is published." in settle(olga, "publish")
    settle(olga, "advance")
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_JUNE)
    june = settle(olga, "open")
    assert "2026-06 is opened." in june
    assert "/p/tiny/2026-06/do/freeze/" in june
    assert SheetVersion.objects.filter(kind="published_plan").count() == 1
    assert {row.reason for row in WaiverRow.objects.all()} >= {"no hours left in autumn"}


def test_papers_are_decided_on_their_own_page_by_who_reads_them(people: Callable[[str], Client]) -> None:
    demand_by_forms(people)
    before = people("eva").get(DECISIONS).content.decode()
    assert "No papers are prepared yet" in before
    papers_by_forms(people)
    eva, page = people("eva"), html.unescape(people("eva").get(DECISIONS).content.decode())
    assert "1 paper waits for a decision; the first by Sunday 30 August, else D takes effect." in page
    assert page.count('<th scope="col"><b>') == page.count('<option value="') - page.count("choose") - EVERYBODY * 2
    assert "if nobody decides" in page
    for other in ("omar", "fay"):  # they read, and do not decide
        assert forms(people(other).get(DECISIONS).content.decode()) == []
    for other in ("ana", "pia", "adam"):
        assert people(other).get(DECISIONS).status_code == 403
        assert DECISIONS not in people(other).get(MONTH).content.decode()
    (address, values), *_ = forms(page)
    after = eva.post(address, {**values, "option": "A", "rationale": "it pays"}, follow=True)
    assert after.request["PATH_INFO"] == DECISIONS
    said = html.unescape(after.content.decode())
    assert "Eva Okafor decided A on " in said
    assert "if nobody decides" not in said
    assert "Recommended is" not in said
    assert "No paper waits for a decision; its 1 paper is decided." in said
    assert forms(said) == []


def test_the_executive_sends_a_paper_back_to_somebody_until_a_day(people: Callable[[str], Client]) -> None:
    demand_by_forms(people)
    papers_by_forms(people)
    eva = people("eva")
    says = {"rationale": "ask the vendor first", "owner": "sven", "until": "2026-05-08"}
    settle(eva, "decide", says, how="deferred")
    assert "2026-05-L1" not in {values.get("paper") for _, values in forms(eva.get(MONTH).content.decode())}
    row = DecisionRow.objects.get()
    assert (row.how, row.owner, row.until, row.rationale) == (
        "deferred", "sven", dt.date(2026, 5, 8), "ask the vendor first",
    )  # fmt: skip


def test_nobody_is_offered_what_is_anothers(people: Callable[[str], Client]) -> None:
    people("olga").post("/p/tiny/2026-05/do/open/", {"period": "2026-05"})
    assert offered(people("olga")) == {"freeze"}
    for person in ("ana", "ines", "dora", "eva", "pia"):
        assert offered(people(person)) == set(), person
    refused = people("ana").post("/p/tiny/2026-05/do/advance/", {})
    assert refused.status_code == 403
    assert "Ana" in refused.content.decode()


def test_a_wrong_answer_is_refused_with_its_sentence_and_nothing_is_done(people: Callable[[str], Client]) -> None:
    olga = people("olga")
    olga.post("/p/tiny/2026-05/do/open/", {"period": "2026-05"})
    asked = {"code": "facts_not_loaded", "subject": "shipments", "reason": " "}
    refused = olga.post("/p/tiny/2026-05/do/waive/", asked, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    said = html.unescape(refused.content.decode())
    assert "“Why”: " in said
    assert "Nothing was changed." in said
    assert "waive" not in said  # the form's words, not the command's
    for step in ("nonsense", "load", "edit"):
        assert olga.post(f"/p/tiny/2026-05/do/{step}/", {}).status_code == 404
    assert olga.get("/p/tiny/2026-05/do/freeze/").status_code == 405
    assert not WaiverRow.objects.exists()


def test_an_emergency_that_asks_for_nothing_is_refused_by_its_form_before_a_job_is_begun(
    people: Callable[[str], Client],
) -> None:
    people("olga").post("/p/tiny/2026-05/do/open/", {"period": "2026-05"})
    asked = {"item": "A1", "site": "P1", "quantity": "-5", "reason": "a press stood"}
    refused = people("sven").post("/p/tiny/2026-05/do/emergency/", asked, headers={"HX-Request": "true"})
    said = html.unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "“How much more”: it is how many more are to come; 0 takes the emergency back. Nothing was changed." in said
    assert not Job.objects.exists()


def test_what_a_job_refused_is_said_by_the_labels_of_the_form(people: Callable[[str], Client]) -> None:
    people("olga").post("/p/tiny/2026-05/do/open/", {"period": "2026-05"})
    arguments = {"item": "A1", "site": "P1", "quantity": -5.0, "reason": "a press stood"}
    job = Job.objects.create(
        plan=Plan.objects.get(), step="emergency", person="sven", arguments=arguments, pins={}, made_at=NOW
    )
    run_child(job.pk)
    page = html.unescape(people("sven").get(f"/p/tiny/2026-05/jobs/{job.pk}/").content.decode())
    assert "“How much more”: it is how many more are to come; 0 takes the emergency back. Nothing was changed." in page
    assert "emergency cannot be asked" not in page


def test_a_form_leads_back_to_its_page_and_nowhere_else(people: Callable[[str], Client]) -> None:
    olga, family = people("olga"), "/p/tiny/2026-05/family/"
    olga.post("/p/tiny/2026-05/do/open/", {"period": "2026-05"})
    settle(olga, "freeze")
    ended = olga.post("/p/tiny/2026-05/do/advance/", {"next": family})
    assert ended.headers["Location"] == family
    asked = {"phase": "DATA", "reason": "again", "next": "https://elsewhere.example/"}
    assert olga.post("/p/tiny/2026-05/do/reopen/", asked).headers["Location"] == MONTH


def test_a_job_says_what_it_came_to_and_is_its_askers(people: Callable[[str], Client]) -> None:
    people("olga").post("/p/tiny/2026-05/do/open/", {"period": "2026-05"})
    settle(people("olga"), "freeze")
    job = Job.objects.get()
    page = people("olga").get(f"/p/tiny/2026-05/jobs/{job.pk}/").content.decode()
    assert "The data are frozen." in page
    assert people("ana").get(f"/p/tiny/2026-05/jobs/{job.pk}/").status_code == 404
    Job.objects.update(state="stopped")
    assert "Start again" in people("olga").get(f"/p/tiny/2026-05/jobs/{job.pk}/").content.decode()
    again = people("olga").post(f"/p/tiny/2026-05/jobs/{job.pk}/again/")
    assert again.headers["Location"] != f"/p/tiny/2026-05/jobs/{job.pk}/"
    assert Job.objects.count() == 2
