"""Three whole months of AdventureWorks, rehearsed: the sums, the balances, and whether the plans make sense."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from django.db import connection

from examples.adventureworks.convert import convert, write
from examples.adventureworks.source import Source
from onenumber.jobs.play import rehearse
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.store.models import Plan, SheetVersion
from onenumber.store.plans import versions_of
from tests.examples.shared import shared_data

pytestmark = [pytest.mark.shared, pytest.mark.slow]
HISTORY = {
    "2014-04": (241_329, 99_267_870.36),
    "2014-05": (256_753, 104_378_360.27),
    "2014-06": (272_641, 109_745_791.02),
}
"""Units and money before each cycle, as the data's own README has them (2014-04: the next less April)."""
BINDING = ("WC50", "WC60")
TOLERANCE = 1e-6


@pytest.mark.django_db
def test_three_months_play_and_add_up(settings: object, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the tiny company's month is played on PostgreSQL; this one is about the data")
    settings.ONENUMBER_HOME = tmp_path / "home"
    folder = tmp_path / "adventureworks"
    folder.mkdir()
    write(convert(Source(shared_data("adventureworks"))), folder)
    for _ in rehearse(folder, first="2014-04", last="2014-06"):
        pass
    plan = Plan.objects.get(purpose="rehearsal")
    assert not SheetVersion.objects.exclude(stale_because="").exists()
    for label, (units, money) in HISTORY.items():
        _history_is(plan, label, units=units, money=money)
        _demand_adds_up(plan, label)
        _supply_closes(plan, label)
        _supply_is_sensible(plan, label)
    _last_month_is_measured(plan)


def _sheet(plan: Plan, label: str, kind: SheetKind, stage: str = "") -> Sheet:
    row = SheetVersion.objects.filter(plan=plan, cycle__label=label, kind=kind, stage=stage).latest("sequence")
    return versions_of(plan).get(row.content)


def _history_is(plan: Plan, label: str, *, units: int, money: float) -> None:
    history = _sheet(plan, label, SheetKind.HISTORY)
    assert history.cube("demand_raw").values.sum() == units
    assert round(float(history.cube("demand_value").values.sum()), 2) == money


def _demand_adds_up(plan: Plan, label: str) -> None:
    """Sales accepted the baseline; whole units, rounded inside each family; supply is asked for the same."""
    baseline = _sheet(plan, label, SheetKind.FORECAST).cube("L1")
    sales = _sheet(plan, label, SheetKind.SALES_INPUT).cube("S")
    consensus = _sheet(plan, label, SheetKind.CONSENSUS).cube("consensus")
    asked = _sheet(plan, label, SheetKind.SUPPLY_PLAN, "proposed").cube("demand")
    assert np.array_equal(sales.values, baseline.values)
    families, codes = consensus.axis.groups("family")
    for k in range(len(families)):
        mine = codes == k
        assert consensus.values[mine].sum(axis=0).tolist() == np.rint(sales.values[mine].sum(axis=0)).tolist()
    assert np.array_equal(asked.values[:, 1:], consensus.values[:, 1:])
    assert (asked.values[:, 0] >= consensus.values[:, 0]).all()  # booked orders may be more


def _supply_closes(plan: Plan, label: str) -> None:
    """Every balance of the stored sheet, added up again from its cubes."""
    for stage in ("proposed", "final"):
        sheet = _sheet(plan, label, SheetKind.SUPPLY_PLAN, stage)
        assert sheet.table("checks")["ok"].all()
        names = ("stock", "production", "purchases", "transfer_in", "transfer_out", "used", "outflow")
        flow = {name: sheet.cube(name).values for name in names}
        tracked = sheet.cube("stock").state == 0
        moved = flow["production"] + flow["purchases"] + flow["transfer_in"]
        moved -= flow["transfer_out"] + flow["used"] + flow["outflow"]
        change = np.diff(flow["stock"], axis=1)
        assert np.abs(np.where(tracked[:, 1:], change - moved[:, 1:], 0.0)).max() < TOLERANCE
        stream = {name: sheet.cube(name).values for name in ("demand", "shipped", "lost", "backlog")}
        waiting = np.diff(stream["backlog"], axis=1) - (stream["demand"] - stream["shipped"] - stream["lost"])[:, 1:]
        assert np.abs(waiting).max() < TOLERANCE
        used, hours = sheet.cube("hours_used").values, sheet.cube("hours_available").values
        assert (used <= hours + sheet.cube("overtime_hours").values + TOLERANCE).all()


def _supply_is_sensible(plan: Plan, label: str) -> None:
    sheet = _sheet(plan, label, SheetKind.SUPPLY_PLAN, "final")
    load = sheet.cube("hours_used").values / sheet.cube("hours_available").values
    full = sheet.cube("hours_used").axis.keys[load.max(axis=1) >= 1 - TOLERANCE]
    assert tuple(full.tolist()) == BINDING
    shipped, asked = sheet.cube("shipped"), sheet.cube("demand")
    bikes = shipped.axis.attributes["division"] == "Bikes"
    assert shipped.values[bikes].sum() > 0.99 * asked.values[bikes].sum()  # sold below cost, and not refused for it
    assert sheet.notes["lost_units"] == pytest.approx(0.0, abs=TOLERANCE)


def _last_month_is_measured(plan: Plan) -> None:
    """In cycle 2014-06 May is held against April's plan and forecast; before that there was neither."""
    first = _sheet(plan, "2014-05", SheetKind.ADHERENCE).table("figures")
    assert set(first.filter(pl.col("figure") == "sales")["reason"]) == {"no_published_plan"}
    last = _sheet(plan, "2014-06", SheetKind.ADHERENCE).table("figures")
    for figure in ("sales", "sales_mix", "production", "production_mix", "inventory", "service_requested"):
        known = last.filter(pl.col("figure") == figure)
        assert known["value"].null_count() < len(known), figure
    assert set(last.filter(pl.col("figure") == "budget")["reason"]) == {"no_budget"}
    assert last.filter(pl.col("figure") == "sales")["owner"].null_count() == 0
    before, now = (_sheet(plan, label, SheetKind.ADHERENCE) for label in ("2014-05", "2014-06"))
    assert set(before.table("accuracy")["reason"]) == {"no_forecast_at_lag_1"}
    assert now.notes["accuracy_of"] == "consensus"
    assert 0.5 < now.notes["wape_a_month_ahead"] < now.notes["naive_wape_a_month_ahead"] < 0.9
    whole = now.table("accuracy").filter((pl.col("division") == "") & (pl.col("patch") == ""))
    assert (whole["coverage"].is_between(0.99, 1.0)).all()  # patches changed hands: what is relabelled is left out
