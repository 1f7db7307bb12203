"""An order since the freeze that breaks a month is told to who plans, and moves no frozen sheet."""

import datetime as dt
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from onenumber.model.sentences import say_remedy, say_what
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.see.broken import BrokenLine, broken_of
from onenumber.steps.see.conflicts import conflicts_shown
from onenumber.steps.see.customer_orders import orders_seen
from onenumber.steps.see.month import waits_of
from onenumber.steps.see.month_waits import Wait
from onenumber.steps.see.orders import orders_shown
from onenumber.steps.see.running import running_month
from onenumber.store.models import Plan, SheetVersion
from tests import tiny
from tests.steps.month_for_tests import do, founded, squeezed, to_supply

CAME = dt.datetime(2026, 5, 12, 10, tzinfo=dt.UTC)


@pytest.fixture
def plan(db: None, settings: Settings, tmp_path: Path) -> Plan:
    """The squeezed company with a proposed plan."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = founded("tight", "live", tmp_path / "data", squeezed())
    to_supply(made)
    do(made, "sven", "plan")
    return made


def order(plan: Plan, folder: Path, quantity: float, *, day: dt.date = dt.date(2026, 6, 9)) -> None:
    """Alpha orders so many A1 after the freeze."""
    line = {
        "order": "N1", "line": 1, "customer": "alpha", "item": "A1", "quantity": quantity, "unit": "pcs",
        "amount": quantity * 12, "currency": "EUR", "ordered": dt.date(2026, 5, 11), "requested": day,
        "first_confirmed": day, "last_confirmed": day, "status": "open",
    }  # fmt: skip
    do(plan, "dora", "load", at=CAME, folder=tiny.write(folder, {"order_lines": tiny.table("order_lines", [line])}))


def look(plan: Plan, person: str) -> Glance:
    return glance(make_context(plan, person=person, now=CAME))


def broken(plan: Plan, person: str = "sven") -> tuple[BrokenLine, ...]:
    found = look(plan, person)
    return broken_of(found, found.cycle())


def waits(plan: Plan, person: str) -> list[Wait]:
    return [one for one in waits_of(look(plan, person)) if one.said == "orders_break"]


def test_an_order_that_the_plan_takes_breaks_nothing(plan: Plan, tmp_path: Path) -> None:
    order(plan, tmp_path / "more", 5.0)
    assert broken(plan) == ()
    assert waits(plan, "sven") == []


def test_an_order_that_is_more_than_there_is_is_told_with_item_month_quantity_customer_and_remedy(
    plan: Plan, tmp_path: Path
) -> None:
    contents = list(SheetVersion.objects.filter(cycle__isnull=False).order_by("pk").values_list("content", flat=True))
    order(plan, tmp_path / "more", 5000.0)
    (one,) = broken(plan)
    assert (one.item, one.month, one.orders) == ("A1", "2026-06", ("N1",))
    said = say_what(one.finding)
    assert said.startswith("Orders since the freeze ask for ")
    assert "of A1 in 2026-06 that are not there (Alpha 5000)" in said
    assert say_remedy(one.finding).startswith("No month of the plan brings it: name an emergency")
    rows = SheetVersion.objects.filter(cycle__isnull=False).order_by("pk")
    assert list(rows.values_list("content", flat=True)) == contents
    assert not rows.exclude(stale_because="").exists()


def test_who_plans_demand_or_supply_has_it_in_her_month_and_nobody_else(plan: Plan, tmp_path: Path) -> None:
    order(plan, tmp_path / "more", 5000.0)
    for person in ("sven", "dora"):
        (one,) = waits(plan, person)
        assert (one.name, one.where.page) == ("A1 2026-06", "conflicts")
    for person in ("ines", "ana", "pia", "fay"):
        assert waits(plan, person) == []
    assert broken(plan, "ana") == ()  # her patch alone does not say what is there


def test_every_page_that_shows_orders_shows_it(plan: Plan, tmp_path: Path) -> None:
    order(plan, tmp_path / "more", 5000.0)
    context = make_context(plan, person="sven", now=CAME)
    assert [one.name for one in conflicts_shown(context).broken] == ["A1 2026-06"]
    assert [one.code for one in running_month(context).broken] == ["orders_break_plan"]
    (line,) = [one for one in orders_shown(context).waiting if one.order == "N1"]
    assert (line.since_freeze, line.breaks) == (True, "2026-06")
    seen = orders_seen(make_context(plan, person="ana", now=CAME))
    assert {one.order: one.since for shown in seen.customers for one in shown.lines}["N1"] is True
    assert not any(one.since for shown in seen.customers for one in shown.lines if one.order != "N1")


def test_it_is_gone_when_the_order_moves(plan: Plan, tmp_path: Path) -> None:
    order(plan, tmp_path / "more", 5000.0)
    order(plan, tmp_path / "less", 5.0)
    assert broken(plan) == ()


def test_before_anything_was_planned_nothing_can_be_said(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = founded("bare", "live", tmp_path / "data", squeezed())
    to_supply(made)
    order(made, tmp_path / "more", 5000.0)
    assert broken(made) == ()
