"""A parameter changed by one dated row: who may, what it writes, what it leaves alone, and what is refused."""

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest

from onenumber.errors import BadArgumentError, NotAllowedError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.see.loads import loads_of
from onenumber.steps.see.parameters import amendments_of
from onenumber.store.models import AmendmentRow, LoadRun, Plan, SheetVersion
from onenumber.store.plans import find_cycle
from tests.steps.conftest import Act

Asking = Callable[[str], Context]
JUNE = dt.date(2026, 6, 1)
RATE = {"table": "rates", "key": "A1|P1|main|L1", "value": 1.2, "reason": "the last runs took longer", "since": JUNE}


def rates(context: Context, plan: Plan, cycle: str = "") -> list[tuple[object, ...]]:
    tables = context.company(find_cycle(plan, cycle) if cycle else None)
    return tables["rates"].filter(pl.col("item") == "A1").select("hours_per_unit", "valid_from").rows()


def test_a_supply_planner_writes_a_dated_row_and_the_frozen_cycle_keeps_its_own(
    agreed: None, act: Act, asking: Asking, plan: Plan
) -> None:
    frozen = SheetVersion.objects.get(plan=plan, kind=SheetKind.COMPANY.value, cycle=find_cycle(plan)).content
    stale = SheetVersion.objects.filter(plan=plan).exclude(stale_because="").count()
    outcome = act("sven", "amend", **RATE)
    assert rates(asking("omar"), plan) == [(1.0, None), (1.2, JUNE)]
    assert rates(asking("omar"), plan, "2026-05") == [(1.0, None)]
    assert SheetVersion.objects.get(plan=plan, kind=SheetKind.COMPANY.value, cycle=find_cycle(plan)).content == frozen
    assert SheetVersion.objects.filter(plan=plan).exclude(stale_because="").count() == stale
    assert outcome.figures["before"] == 1.0
    (row,) = amendments_of(asking("omar"))
    assert (row.person, row.before, row.after, row.since) == ("Sven Berg", 1.0, 1.2, JUNE)
    newest = loads_of(asking("olga"))[0]
    assert (newest.source, newest.rows_loaded, newest.changed) == ("amend rates A1 P1 main L1", 1, True)


def test_a_second_change_of_the_same_day_takes_the_place_of_the_first(
    agreed: None, act: Act, asking: Asking, plan: Plan
) -> None:
    act("sven", "amend", **RATE)
    act("sven", "amend", **{**RATE, "value": 1.1})
    assert rates(asking("omar"), plan) == [(1.0, None), (1.1, JUNE)]
    assert [row.before for row in AmendmentRow.objects.filter(plan=plan).order_by("pk")] == [1.0, 1.2]


def test_an_executive_sets_a_tolerance_that_was_not_there(loaded: None, act: Act, asking: Asking, plan: Plan) -> None:
    act("eva", "amend", table="budget_tolerances", key="revenue|DA", value=7.5, reason="a new product")
    table = asking("omar").company()["budget_tolerances"]
    assert sorted(table.select("place", "percent").rows()) == [("*", 5.0), ("DA", 7.5)]
    assert AmendmentRow.objects.get(plan=plan).since is None


@pytest.mark.parametrize(("person", "table"), [("omar", "rates"), ("eva", "rates"), ("sven", "budget_tolerances")])
def test_parameters_are_the_supply_planners_and_tolerances_the_executives(
    loaded: None, act: Act, plan: Plan, person: str, table: str
) -> None:
    before = LoadRun.objects.filter(plan=plan).count()
    with pytest.raises(NotAllowedError):
        act(person, "amend", **{**RATE, "table": table})
    assert LoadRun.objects.filter(plan=plan).count() == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"reason": " "}, "say why"),
        ({"key": "A1|P1"}, "it names item, site, route, resource"),
        ({"key": "Z9|P1|main|L1"}, "no row of it holds on 2026-06-01"),
        ({"value": -1.0}, "below the least allowed, 0"),
    ],
)
def test_what_a_load_would_refuse_is_refused_and_nothing_lands(
    loaded: None, act: Act, plan: Plan, change: dict[str, object], why: str
) -> None:
    before = SheetVersion.objects.filter(plan=plan).count()
    with pytest.raises(BadArgumentError, match=why):
        act("sven", "amend", **{**RATE, **change})
    assert SheetVersion.objects.filter(plan=plan).count() == before
    assert not AmendmentRow.objects.filter(plan=plan).exists()
