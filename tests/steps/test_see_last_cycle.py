"""The family page before this cycle has a supply plan: what stands ahead is last cycle's, and says so."""

import datetime as dt
from pathlib import Path

import pytest

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind
from onenumber.review.family import figures
from onenumber.steps.frame.context import make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.family import FamilySeen, family_seen
from onenumber.store.models import Cycle, Plan
from tests.standing import once_a_run
from tests.steps.month_for_tests import do, founded, sheet, to_supply

IN_JUNE = dt.datetime(2026, 6, 2, 10, tzinfo=dt.UTC)


@pytest.fixture
def in_june(db: None, settings: object, tmp_path: Path) -> Plan:
    """May has a proposed plan; June is frozen and has none."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("two", "live", tmp_path / "data")
    to_supply(plan)
    once_a_run(do)(plan, "sven", "plan")
    Cycle.objects.filter(plan=plan).update(phase=Phase.MONITOR)
    do(plan, "olga", "open", at=IN_JUNE, period="2026-06")
    do(plan, "olga", "freeze", at=IN_JUNE)
    return plan


def seen(plan: Plan, cycle: str, *, money: bool = False) -> FamilySeen:
    context = make_context(plan, person="omar", now=IN_JUNE)
    return family_seen(glance(context), cycle, place="division:DA", money=money)


def values(page: FamilySeen, code: str) -> list[float | None]:
    return [one.value for row in page.rows if row.code == code for one in figures(row)]


def test_stock_ahead_is_that_of_last_cycles_plan_and_its_days_are_counted(in_june: Plan) -> None:
    page = seen(in_june, "2026-06")
    plan = sheet(in_june, SheetKind.SUPPLY_PLAN, "proposed", cycle="2026-05")
    stock = plan.cube("stock")
    here = stock.values[stock.axis.attributes["division"] == "DA"].sum(axis=0)
    assert page.labels[3] == "2026-06"
    assert page.old_plan
    assert values(page, "inventory") == []
    assert values(page, "inventory_last")[2:10] == pytest.approx(here.tolist())  # May's plan: May to December
    days = values(page, "inventory_days")
    assert len([one for one in days if one is not None]) >= 3
    assert values(page, "inventory_deviation")[3:] == [None] * (len(page.labels) - 3)


def test_what_is_called_last_cycle_and_budget_is_named(in_june: Plan) -> None:
    page = seen(in_june, "2026-06", money=True)
    plan = in_june.sheets.get(kind="supply_plan")
    for name in ("supply_last", "stock_last", "backlog_last"):
        origins = page.origins[name]
        assert origins[:2] == (None, None)  # no cycle planned March and April
        assert [(one.cycle, one.source.name.pk) for one in origins[2:]] == [("2026-05", plan.pk)] * 7 + [
            ("2026-05", plan.pk)
        ] * (len(origins) - 9)
    assert {one.version for one in page.origins["budget"] if one is not None} == {"2026"}
    assert page.origins["held"][0].source.name.kind == "load"
    assert page.origins["held"][4].cycle == "2026-05"


def test_once_there_is_a_plan_it_is_that_one(in_june: Plan) -> None:
    page = seen(in_june, "2026-05")
    assert not page.old_plan
    assert None not in values(page, "inventory")[3:]
    assert page.origins["held"][3].source == page.sources["supply"]
    assert set(page.origins["last"]) == {None}  # there was no cycle before
