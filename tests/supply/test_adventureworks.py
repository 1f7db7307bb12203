"""One plan of AdventureWorks: optimal, checked and sensible."""

import numpy as np
import polars as pl
import pytest

from examples.adventureworks.convert import convert
from examples.adventureworks.source import Source
from onenumber.demand.history import Span, make_history
from onenumber.demand.known import known_before
from onenumber.finance.prices import stream_prices
from onenumber.model.contract import COMPANY, LOAD
from onenumber.model.cube import cube
from onenumber.model.plan import plan_frame
from onenumber.model.validity import as_known_on
from onenumber.supply.inputs import SupplyInputs
from onenumber.supply.plan import make_plan
from tests.examples.shared import shared_data

pytestmark = [pytest.mark.shared, pytest.mark.slow]
MAY = 35


@pytest.fixture(scope="module")
def plan():
    """The plan of cycle 2014-05 with the mean of the last year as demand."""
    tables = convert(Source(shared_data("adventureworks")))
    frame = plan_frame(tables["plan"])
    periods = frame.calendar.periods[MAY : MAY + frame.horizon]
    company = {name: as_known_on(tables[name], periods[0].start) for name in COMPANY if name in tables}
    load = known_before(
        {n: tables[n] for n in LOAD if n in tables}, company=company, calendar=frame.calendar, cycle=MAY
    )
    span = Span(calendar=frame.calendar, first=0, cycle=MAY, horizon=frame.horizon)
    history = make_history(load=load, company=company, span=span)
    mean = np.repeat(history.demand.values[:, MAY - 12 : MAY].mean(axis=1, keepdims=True), frame.horizon, axis=1)
    axis, units = history.demand.axis, history.demand.units
    return make_plan(
        SupplyInputs(
            company=company,
            load=load,
            frame=frame,
            cycle=MAY,
            demand=cube(measure="consensus", values=mean, axis=axis, first=MAY, unit=units),
            booked=history.booked,
            backlog=history.backlog,
            prices=stream_prices(company=company, axis=axis, periods=periods, currency=frame.currency),
        )
    )


def test_it_is_optimal_and_every_rule_is_kept(plan):
    sheet, _ = plan
    assert sheet.notes["status"] == "optimal"
    assert sheet.notes["bound"] == pytest.approx(sheet.notes["objective"], rel=1e-6)
    assert sheet.table("checks")["ok"].all()
    assert sheet.notes["worst_violation"] <= 1e-6


def test_two_work_centres_bind_and_the_others_never(plan):
    sheet, _ = plan
    used, there = sheet.cube("hours_used").values, sheet.cube("hours_available").values
    binds = sheet.cube("hours_used").axis.keys[(used >= there - 1e-6).any(axis=1)].tolist()
    assert binds == ["WC50", "WC60"]


def test_nothing_is_lost_but_what_nobody_knows_how_to_make(plan):
    sheet, _ = plan
    lost = sheet.table("shortages").filter(pl.col("lost") > 1e-6)
    assert lost["cause"].unique().to_list() == ["no_route"]
    assert sheet.notes["lost_units"] < 0.05 * sheet.notes["demand_units"]


def test_backlog_is_paid_off(plan):
    assert plan[0].cube("backlog").values[:, 4:].sum() <= 1e-6
