"""From forecast to schedule on one page: each row is the figure of its sheet, and what does not fit is said."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from onenumber.errors import NoSuchPlaceError, NotAllowedError
from onenumber.model.sheet import SheetKind
from onenumber.review.free import Book, book_of
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.bench_series import Amounts
from onenumber.steps.see.flow import Flow, flow_seen
from onenumber.store.models import Account, Plan
from tests.steps.month_for_tests import NOW, do, founded, to_supply


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    """The squeezed company with its demand signed."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    plan = founded("tight", "live", tmp_path / "data")
    to_supply(plan)
    return plan


def seen(plan: Plan, place: str = "item:A1", person: str = "sven") -> Flow:
    return flow_seen(make_context(plan, person=person, now=NOW), place)


def row(found: Flow, code: str) -> Amounts:
    return next(one.amounts for one in found.rows if one.code == code)


def test_before_a_plan_there_is_demand_and_no_schedule(plan: Plan) -> None:
    found = seen(plan)
    assert {one.code for one in found.rows} == {"baseline", "stands", "booked", "backlog", "released"}
    assert (found.plan, found.lines) == (None, ())
    released = row(found, "released")
    assert (released[0], sum(v or 0.0 for v in released)) == (60.0, 60.0)  # one order of 60, due in May


def test_each_row_is_what_its_sheet_says(plan: Plan) -> None:
    do(plan, "sven", "plan")
    found, look = seen(plan), glance(make_context(plan, person="sven", now=NOW))
    cycle = look.cycle()
    sheet = look.sheet(SheetKind.SUPPLY_PLAN, cycle, "proposed")
    assert sheet is not None
    made = sheet.cube("production")
    mine = made.values[made.axis.labels("item") == "A1"].sum(axis=0)
    assert np.allclose([v or 0.0 for v in row(found, "planned")], mine)  # what is released included, as plants see it
    assert mine[0] >= row(found, "released")[0]
    stock = sheet.cube("stock")
    mine = stock.values[stock.axis.labels("item") == "A1"].sum(axis=0)
    assert np.allclose([v or 0.0 for v in row(found, "stock")], mine)
    assert [one.name for one in found.lines] == ["Line 1 (L1)"]
    assert max(v or 0.0 for v in found.lines[0].amounts) == pytest.approx(1.0)  # full from September on
    assert found.plan_of == "2026-05"


def test_what_is_free_to_promise_is_stock_and_production_less_orders(plan: Plan) -> None:
    do(plan, "sven", "plan")
    found, look = seen(plan), glance(make_context(plan, person="sven", now=NOW))
    sheet = look.sheet(SheetKind.SUPPLY_PLAN, look.cycle(), "proposed")
    assert sheet is not None
    made = sheet.cube("production")
    total = made.values[made.axis.labels("item") == "A1"].sum()
    booked, late = (sum(v or 0.0 for v in row(found, code)) for code in ("booked", "backlog"))
    assert row(found, "promise")[-1] == pytest.approx(60.0 + total - booked - late)


def test_more_orders_than_forecast_are_said(plan: Plan) -> None:
    assert seen(plan, "family:FA").signals == ()
    do(plan, "olga", "reopen", phase="DEMAND", reason="a figure was wrong")
    do(
        plan, "dora", "edit", layer="L4", place={"item": "A1"}, first="2026-05", periods=1, mode="percent", value=-90.0,
        reason="they stop",
    )  # fmt: skip
    (one,) = seen(plan, "family:FA").signals
    booked, stands = row(seen(plan), "booked")[0], row(seen(plan), "stands")[0]
    assert (one.code, one.item, one.unit) == ("orders_over", "A1", "pcs")
    assert (one.first, one.last) == ("2026-05", "2026-05")
    assert one.amount == pytest.approx((booked or 0.0) - (stands or 0.0))


def test_who_sees_a_part_is_refused_and_no_place_is_said(plan: Plan) -> None:
    with pytest.raises(NotAllowedError, match="may not see the way"):
        seen(plan, person="ana")
    with pytest.raises(NoSuchPlaceError):
        seen(plan, "item:A99")


def test_every_row_links_to_its_page(plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    do(plan, "sven", "plan")
    client = Client()
    client.force_login(Account.objects.create_account(login="sven", password=None, plan=plan, person="sven"))
    with django_assert_max_num_queries(40):
        page = client.get("/p/tight/2026-05/flow/?place=family:FA").content.decode()
    for link in (
        "/bench/?place=family:FA",
        "/plan/L4/?level=family&amp;key=FA",
        "/family/?place=family:FA",
        "/sheets/",
    ):
        assert link in page
    assert "free to promise" in page


def test_what_one_item_has_too_much_does_not_make_up_for_what_another_lacks(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(plan, "sven", "plan")
    found = seen(plan)
    assert "promised_over" not in [one.code for one in found.rows]  # no item is promised more than is there
    assert all((amount or 0.0) >= 0.0 for amount in row(found, "promise"))

    def beyond(items: Sequence[str], months: range, **named: Any) -> Book:
        one = book_of(items, months, **named)
        first = one.taken + 1_000.0 * (np.arange(one.taken.shape[1]) == 0)
        return Book(
            on_hand=np.tile(one.on_hand, 2), comes=np.vstack([one.comes, one.comes]),
            taken=np.vstack([first, one.taken]),
        )  # fmt: skip

    monkeypatch.setattr("onenumber.steps.see.flow.book_of", beyond)
    split = seen(plan)
    free = np.array(row(found, "promise"))
    assert row(split, "promise") == pytest.approx(free)  # what the other item has stays free
    assert row(split, "promised_over") == pytest.approx(1_000.0 - free)
