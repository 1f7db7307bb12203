"""A published month of a company with people who see a part of it, for the tests of what may be read."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.see.accuracy import accuracy_beside
from onenumber.steps.see.adherence import adherence_beside
from onenumber.steps.see.sheets import lines_of
from onenumber.store.models import News, Plan, SheetVersion
from onenumber.store.plans import find_cycle
from tests import tiny
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do, founded, squeezed, to_final, to_published


def company() -> dict[str, pl.DataFrame]:
    """The squeezed company with a head of division DA, a vendor that delivered something, and earlier forecasts."""
    said = tiny.table("forecast_snapshots", tiny.snapshots({"alpha": 1.05, "beta": 1.3, "gamma": 0.7}))
    made = squeezed() | bought() | {"forecast_snapshots": said}
    dirk = {"person": "dirk", "role": "DH", "scope_kind": "division", "scope": "DA"}
    made["people"] = pl.concat([made["people"], tiny.table("people", [{"person": "dirk", "name": "Dirk Maas"}])])
    made["roles"] = pl.concat([made["roles"], tiny.table("roles", [dirk])])
    return made


def bought() -> dict[str, pl.DataFrame]:
    """Six lines that a vendor delivered to P1 last year."""
    days = [dt.date(2025, month, 3) for month in range(6, 12)]
    orders = [
        {"order": f"Q{k}", "line": 1, "vendor": "V1", "item": "A1", "site": "P1", "quantity": 10.0, "ordered": day,
         "first_confirmed": day, "status": "closed"}
        for k, day in enumerate(days)
    ]  # fmt: skip
    receipts = [
        {"receipt": f"G{k}", "order": f"Q{k}", "line": 1, "date": day + dt.timedelta(days=k), "quantity": 10.0}
        for k, day in enumerate(days)
    ]
    return {
        "vendors": tiny.table("vendors", [{"vendor": "V1", "name": "Vauban"}]),
        "purchase_orders": tiny.table("purchase_orders", orders),
        "receipts": tiny.table("receipts", receipts),
    }


@pytest.fixture
def published(db: None, settings: object, tmp_path: Path) -> Plan:
    """A month of a live plan, published; with news that touches both patches and divisions."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    plan = founded("rights", "live", tmp_path / "data", company())
    to_final(plan)
    to_published(plan)
    once_a_run(do)(plan, "olga", "measure")
    News.objects.create(
        plan=plan, cycle=find_cycle(plan), author="ines", kind="listing", place={"channel": "shop"},
        text="a chain lists us", likely=20.0, probability=0.6, in_number=False, at=NOW,
    )  # fmt: skip
    do(plan, "dora", "ask", text="why so much?", place={"item": "A1"}, to="ana", due=NOW.date())
    return plan


def looking(plan: Plan, person: str) -> Context:
    return make_context(plan, person=person, now=NOW)


def accuracy_of(context: Context) -> object:
    """How far the forecasts were wrong, beside History."""
    return accuracy_beside(context, lines_of(context, SheetVersion.objects.filter(kind="adherence"))[0])


def adherence_of(context: Context) -> object:
    """What was kept, beside Adherence."""
    return adherence_beside(context, lines_of(context, SheetVersion.objects.filter(kind="adherence"))[0])
