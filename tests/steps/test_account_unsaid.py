"""A key account that moved, or was told as lost, without a word keeps the demand from being signed (domain.md SM-2)."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from onenumber.cycle.phases import Phase
from onenumber.errors import CannotSignError
from onenumber.steps.frame.accounts import asked_about
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.briefs import briefs_shown
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.month import my_month
from onenumber.store.models import Cycle, Plan
from tests import tiny
from tests.steps.conftest import Act
from tests.steps.month_for_tests import NOW, do, to_forecast

JUNE = dt.datetime(2026, 6, 2, 10, tzinfo=dt.UTC)
BLOCKED = "key account Alpha moved or is at risk, and nobody said whether there is news"


def in_june(plan: Plan, folder: Path, *, times: float) -> None:
    """The next cycle's demand agreed, with all that alpha ever ordered so many times as much."""
    Cycle.objects.filter(plan=plan).update(phase=Phase.MONITOR)
    lines = tiny.tables()["order_lines"]
    more = pl.when(pl.col("customer") == "alpha").then(pl.col("quantity") * times).otherwise("quantity")
    do(plan, "dora", "load", at=JUNE, folder=tiny.write(folder, {"order_lines": lines.with_columns(quantity=more)}))
    do(plan, "olga", "open", at=JUNE, period="2026-06")
    to_forecast(plan, at=JUNE)
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        do(plan, person, "submit", at=JUNE, patch=patch)
        do(plan, "ines", "accept", at=JUNE, patch=patch)
    do(plan, "ines", "collect", at=JUNE)
    do(plan, "dora", "agree", at=JUNE)


def asked(plan: Plan, at: dt.datetime = JUNE) -> dict[str, str]:
    look = glance(make_context(plan, person="ines", now=at))
    return dict(asked_about(look, look.cycle()))


def test_a_forecast_that_moved_by_more_than_a_tenth_waits_for_a_word(agreed: None, plan: Plan, tmp_path: Path) -> None:
    in_june(plan, tmp_path / "june", times=1.5)
    ines = make_context(plan, person="ines", now=JUNE)
    (alpha,) = briefs_shown(ines).accounts
    assert alpha.asks == "moved"
    assert (alpha.moved or 0.0) > 0.1
    assert "account_unsaid" in [one.said for one in my_month(ines).waits]
    with pytest.raises(CannotSignError, match=BLOCKED):
        do(plan, "ines", "sign", at=JUNE, verb="sign_demand")
    do(plan, "ines", "brief", at=JUNE, customer="alpha", how="none")
    do(plan, "ines", "sign", at=JUNE, verb="sign_demand")


def test_one_that_moved_by_less_waits_for_none(agreed: None, plan: Plan, tmp_path: Path) -> None:
    in_june(plan, tmp_path / "june", times=1.02)
    assert asked(plan) == {}
    do(plan, "ines", "sign", at=JUNE, verb="sign_demand")


def test_it_can_be_let_pass_with_a_reason(agreed: None, plan: Plan, tmp_path: Path) -> None:
    in_june(plan, tmp_path / "june", times=1.5)
    do(plan, "olga", "waive", at=JUNE, code="account_unsaid", subject="alpha", reason="she is on holiday")
    do(plan, "ines", "sign", at=JUNE, verb="sign_demand")


def test_news_of_a_loss_waits_for_a_word_too(in_demand: None, plan: Plan, act: Act) -> None:
    assert asked(plan, NOW) == {}
    act(
        "ana", "news", place={"planning_customer": "alpha"}, kind="loss", text="they may leave", probability=0.5,
        likely=-50.0, in_number="no", patch="Nord",
    )  # fmt: skip
    assert asked(plan, NOW) == {"alpha": "loss"}
    context = make_context(plan, person="ines", now=NOW)
    assert "account_unsaid" in [point.code for point in cycle_bar(context).open_points]
    act("ana", "brief", customer="alpha", how="news", text="they ask three others for a price")
    assert "account_unsaid" not in [point.code for point in cycle_bar(context).open_points]


def test_who_does_not_see_the_account_is_not_told_which_it_is(in_demand: None, plan: Plan, act: Act) -> None:
    act(
        "ana", "news", place={"planning_customer": "alpha"}, kind="loss", text="they may leave", probability=0.5,
        likely=-50.0, in_number="no", patch="Nord",
    )  # fmt: skip
    names = {}
    for person in ("ines", "ana", "ben", "pia"):
        points = cycle_bar(make_context(plan, person=person, now=NOW)).open_points
        told = [point for point in points if point.code == "account_unsaid"]
        names[person] = [point.name for point in told]
        assert person in ("ines", "ana") or [point.subject for point in told] == ["of another patch"]
    assert names == {"ines": ["Alpha"], "ana": ["Alpha"], "ben": ["of another patch"], "pia": ["of another patch"]}
