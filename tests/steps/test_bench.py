"""The workbench puts first what is worth most, and shows a place with all that is known of it and waits there."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from onenumber.errors import NotAllowedError
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.bench import Bench, bench_seen
from onenumber.store.models import Account, Plan
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do, founded
from tests.steps.test_judge import KEY, odd

DUE = dt.date(2026, 5, 8)


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    """The tiny company with a line of twelve times, its baseline made."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    plan = founded("odd", "live", tmp_path / "data", odd())
    _to_forecast(plan)
    return plan


@once_a_run
def _to_forecast(plan: Plan) -> None:
    do(plan, "olga", "open", period="2026-05")
    do(plan, "olga", "freeze")
    do(plan, "olga", "advance")
    do(plan, "dora", "forecast")


def bench(plan: Plan, place: str = "", person: str = "dora") -> Bench:
    return bench_seen(make_context(plan, person=person, now=NOW), place)


def client_of(plan: Plan, person: str) -> Client:
    client = Client()
    client.force_login(Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return client


def test_what_is_worth_most_stands_first_and_is_shown(plan: Plan) -> None:
    shown = bench(plan)
    assert [one.risk for one in shown.queue] == sorted((one.risk for one in shown.queue), reverse=True)
    assert shown.place.key == shown.queue[0].key
    odds = {one.key: one.odds for one in shown.queue}
    assert odds == {"family:FA": 1, "family:FB": 0}


def test_an_edit_of_sales_raises_what_is_at_risk(plan: Plan) -> None:
    before = {one.key: one.moved for one in bench(plan).queue}
    do(
        plan, "ana", "edit", layer="L2", place={"family": "FB", "patch": "Nord"}, first="2026-06", periods=2,
        mode="percent", value=50.0, reason="a fair",
    )  # fmt: skip
    after = {one.key: one.moved for one in bench(plan).queue}
    assert after["family:FB"] > before["family:FB"] == 0.0
    assert after["family:FA"] == before["family:FA"]
    series = bench(plan, "family:FB").series
    assert series is not None
    assert [code for code, _ in series.layers] == ["L2"]


def test_a_family_that_was_looked_at_goes_to_the_end_until_the_baseline_is_made_again(plan: Plan) -> None:
    first = bench(plan).queue[0].key
    do(plan, "dora", "look", place={"family": first.removeprefix("family:")})
    assert [(one.key == first, one.looked) for one in bench(plan).queue] == [(False, False), (True, True)]
    do(plan, "dora", "judge", anomaly=KEY, decision="clean", reason="pieces")
    do(plan, "dora", "forecast")
    assert [one.looked for one in bench(plan).queue] == [False, False]


def test_the_series_adds_up_over_its_months(plan: Plan) -> None:
    series = bench(plan, "item:A1").series
    assert series is not None
    assert len(series.labels) == len(series.raw) == len(series.baseline) == len(series.total)
    assert series.labels[series.now] == "2026-05"
    ahead = [value for value in series.baseline if value is not None]
    assert series.baseline[: series.now] == (None,) * series.now
    assert all(
        low <= mean <= high for low, mean, high in zip(series.low[-3:], ahead[-3:], series.high[-3:], strict=True)
    )
    assert series.reason is not None
    assert series.reason.cells > 0


def test_a_verdict_waits_for_the_next_baseline_and_cleans_the_series(plan: Plan) -> None:
    do(plan, "dora", "judge", at=NOW + dt.timedelta(minutes=1), anomaly=KEY, decision="clean", reason="pieces")
    shown = bench(plan, "item:A1")
    assert (shown.waiting, [(one.verdict, one.because) for one in shown.odds]) == (1, [("clean", "pieces")])
    do(plan, "dora", "forecast", at=NOW + dt.timedelta(minutes=2))
    after = bench(plan, "item:A1")
    assert after.waiting == 0
    assert after.series is not None
    assert sum(v or 0.0 for v in after.series.cleaned) < sum(v or 0.0 for v in after.series.raw)


def test_what_was_typed_on_the_baseline_before_is_said_until_it_is_replayed(plan: Plan) -> None:
    do(
        plan, "ana", "edit", layer="L2", place={"family": "FB", "patch": "Nord"}, first="2026-06", periods=2,
        mode="percent", value=50.0, reason="a fair",
    )  # fmt: skip
    assert bench(plan).left_behind == ()
    do(plan, "dora", "judge", anomaly=KEY, decision="clean", reason="pieces")
    do(plan, "dora", "forecast")
    assert len(bench(plan).left_behind) == 1
    assert "Replay what was typed" in client_of(plan, "dora").get("/p/odd/2026-05/bench/").content.decode()
    do(plan, "dora", "rebase")
    assert bench(plan).left_behind == ()


def test_what_was_asked_is_counted_until_it_is_answered(plan: Plan) -> None:
    do(plan, "dora", "ask", text="why so much?", place={"item": "A1"}, to="ana", due=DUE)
    counted = [{one.key: one.asked for one in bench(plan).queue}["family:FA"], len(bench(plan, "item:A1").questions)]
    do(plan, "ana", "reply", question=1, text="it was a mistake")
    assert [*counted, {one.key: one.asked for one in bench(plan).queue}["family:FA"]] == [1, 1, 0]


@pytest.mark.parametrize("person", ["ana", "pia", "adam"])
def test_who_sees_a_part_is_refused(plan: Plan, person: str) -> None:
    with pytest.raises(NotAllowedError, match="may not see the workbench"):
        bench(plan, person=person)


def test_who_only_reads_finds_no_forms(plan: Plan) -> None:
    shown = bench(plan, person="eva")
    assert (shown.judges, shown.looks, shown.asking) == (False, False, None)
    assert "Good as it is" not in client_of(plan, "eva").get("/p/odd/2026-05/bench/").content.decode()


def test_the_page_says_what_is_odd_and_asks_the_database_little(
    plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(plan, "dora")
    with django_assert_max_num_queries(40):
        page = client.get("/p/odd/2026-05/bench/?place=item:A1").content.decode()
    for said in ("It reads like 20 times 12", "Why this forecast", "Good as it is", "Clean history", "2 families wait"):
        assert said in page
    done = client.post(
        "/p/odd/2026-05/do/judge/", {"anomaly": KEY, "decision": "clean", "reason": "pieces, not boxes"}, follow=True
    )
    assert "Your verdict stands" in done.content.decode()


def test_before_the_data_are_frozen_the_page_says_so(db: None, settings: object, tmp_path: Path) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    plan = founded("odd", "live", tmp_path / "data", odd())
    do(plan, "olga", "open", period="2026-05")
    assert "are not frozen yet" in client_of(plan, "dora").get("/p/odd/2026-05/bench/").content.decode()
