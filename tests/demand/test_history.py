"""History: demand by stream and period, and what is still open."""

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onenumber.demand.forecast import make_forecast
from onenumber.demand.history import Span, history_sheet, make_history
from onenumber.demand.known import known_before, open_lines
from onenumber.model.cube import State, sum_by
from onenumber.model.sentences import say
from onenumber.model.sheet import content_hash
from tests.demand.world import CALENDAR, company, day, history, load, order, quiet, table

APRIL = 3
BIG, SMALL, DEALER = "A|big", "A|rest of Q, shop", "A|rest of Q, wave"


def test_demand_lies_in_the_period_that_the_channels_mapping_names():
    made = history(
        load(
            order_lines=[
                order("O1", "big", "A", 5, "01-25"),  # requested 4 February
                order("O2", "small", "A", 7, "01-05"),
                order("O3", "dealer", "A", 3, "01-29"),  # four days on: February
                *quiet(2, 3),
            ]
        ),
        cycle=APRIL,
    )
    assert made.raw.axis.keys.tolist() == [BIG, SMALL, DEALER]
    assert made.raw.values.tolist() == [[0, 5, 0], [7, 0, 0], [0, 3, 0]]
    assert made.raw.state.tolist() == [[1, 0, 0], [0, 0, 0], [1, 0, 0]]
    assert made.value.values.sum() == 2.0 * (5 + 7 + 3)


def test_attributes_are_those_of_the_first_day_of_the_cycle():
    facts = load(order_lines=[order("O1", "small", "A", 7, "01-05")])
    assert history(facts, cycle=1).raw.axis.keys.tolist() == ["A|rest of P, shop"]
    assert history(facts, cycle=2).raw.axis.keys.tolist() == ["A|rest of Q, shop"]


@pytest.mark.parametrize(
    ("status", "by", "demand"), [("cancelled", "customer", 0), ("cancelled", "us", 4), ("shipped", None, 4)]
)
def test_what_we_cancelled_was_demand(status: str, by: str | None, demand: float):
    facts = load(order_lines=[order("O1", "big", "A", 4, "01-02", status=status, cancelled_by=by)])
    assert history(facts, cycle=APRIL).raw.values.sum() == demand


def test_a_return_is_never_demand_and_takes_its_money_back():
    made = history(
        load(order_lines=[order("O1", "big", "A", 9, "02-01"), order("O2", "big", "A", -2, "01-01")]), cycle=APRIL
    )
    assert made.raw.values.tolist() == [[0, 9, 0]]
    assert made.returns.values.tolist() == [[2, 0, 0]]
    assert made.value.values.tolist() == [[-4, 18, 0]]


def test_open_lines_are_booked_ahead_or_backlog_behind():
    facts = load(
        order_lines=[
            order("late", "big", "A", 1, "01-05"),
            order("ahead", "big", "A", 2, "03-25"),  # requested 4 April
            order("wave", "dealer", "A", 4, "03-27"),  # demand of March, requested in April
            order("far", "big", "A", 8, "03-25", requested=day("12-24")),
            order("beyond", "big", "A", 16, "03-25", requested=dt.date(2029, 1, 1)),
        ]
    )
    made = history(facts, cycle=APRIL)
    assert made.booked.values.tolist() == [[2, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]]
    assert made.backlog.select("order", "open", "age").rows() == [("late", 1.0, 3), ("wave", 4.0, 1)]


def test_an_order_before_the_calendar_is_backlog_and_a_finding_but_in_no_period():
    old = order("old", "big", "A", 1, "01-05") | {"ordered": dt.date(2025, 6, 1), "requested": dt.date(2025, 7, 1)}
    made = history(load(order_lines=[old, *quiet(1, 2, 3)]), cycle=APRIL)
    assert made.raw.values.sum() == 0
    assert made.backlog["order"].to_list() == ["old"]
    assert say(made.findings[0]) == (
        "1 order lines lie before 2026-01-01, where the calendar starts, or after its end, and are in no period. "
        "Extend the calendar of the plan, or leave them out on purpose."
    )


def test_money_is_in_plan_currency_and_what_has_no_rate_is_said():
    rates = [{"rate_set": "actual", "currency": "EUR", "rate": 1.5, "valid_from": day("02-01")}]
    facts = load(
        order_lines=[
            order("O1", "big", "A", 1, "01-01", currency="EUR"),
            order("O2", "big", "A", 1, "02-01", currency="EUR"),
            order("O3", "big", "A", 1, "02-01", currency="USD"),
            *quiet(3),
        ]
    )
    made = history(facts, cycle=APRIL, of=company(currency_rates=rates))
    assert made.value.values.tolist() == [[0.0, 2.0 * 1.5 + 2.0, 0.0]]
    assert [(f.code, dict(f.values)) for f in made.findings] == [("lines_without_amount", {"lines": 1})]


DAYS = st.integers(-40, 200).map(lambda k: dt.date(2026, 1, 1) + dt.timedelta(days=k))
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "customer": st.sampled_from(["big", "small", "dealer"]),
            "item": st.sampled_from(["A", "B"]),
            "quantity": st.integers(-5, 50).map(float),
            "amount": st.integers(0, 999).map(float),
            "ordered": DAYS,
            "wait": st.integers(0, 90),
            "status": st.sampled_from(["open", "shipped", "cancelled"]),
            "cancelled_by": st.sampled_from(["us", "customer"]),
        }
    ),
    max_size=25,
)


def _numbered(lines, prefix):
    return [
        line | {"order": f"{prefix}{k:03d}", "line": 1, "requested": line["ordered"] + dt.timedelta(days=line["wait"])}
        for k, line in enumerate(lines)
    ]


def _shipped(lines, wait):
    later = dt.timedelta(days=wait)
    return [
        {"shipment": "S", "order": line["order"], "line": 1, "date": line["ordered"] + later, "quantity": 1.0}
        for line in lines
    ]


@settings(max_examples=50)
@given(lines=LINES, later=LINES, cycle=st.integers(1, 5), wait=st.integers(0, 60), seed=st.randoms())
def test_nothing_dated_in_the_cycle_or_later_changes_its_history(lines, later, cycle, wait, seed):
    start = CALENDAR[cycle].start
    lines = _numbered(lines, "O")
    shipped = _shipped(lines, wait)
    moved = [line | {"ordered": line["ordered"] + dt.timedelta(days=300)} for line in _numbered(later, "X")]
    future = [row | {"quantity": row["quantity"] + 1} if row["date"] >= start else row for row in shipped]
    shuffled = [*lines, *moved]
    seed.shuffle(shuffled)
    one = history(load(order_lines=lines, shipments=shipped), cycle=cycle)
    other = history(load(order_lines=shuffled, shipments=[*future, *_shipped(moved, 0)]), cycle=cycle)
    assert content_hash(history_sheet(one)) == content_hash(history_sheet(other))


def test_an_open_line_of_a_wave_before_the_calendar_is_backlog():
    line = order("O1", "dealer", "A", 2, "01-29") | {"ordered": dt.date(2025, 12, 27), "status": "open"}
    made = history(load(order_lines=[line | {"requested": dt.date(2026, 2, 1)}]), cycle=1)
    assert made.backlog.select("order", "open", "age").rows() == [("O1", 2.0, 2)]


@settings(max_examples=50)
@given(lines=LINES, cycle=st.integers(1, 5), wait=st.integers(0, 60))
def test_units_and_money_of_the_lines_are_those_of_the_cubes(lines, cycle, wait):
    rows = [*_numbered(lines, "O"), *quiet(1, 2, 3, 4, 5)]
    facts = load(order_lines=rows, shipments=_shipped(rows, wait))
    made = history(facts, cycle=cycle)
    known = known_before(facts, company=company(), calendar=CALENDAR, cycle=cycle)
    counted = known["order_lines"].filter((pl.col("status") != "cancelled") | (pl.col("cancelled_by") == "us"))
    waves = counted["customer"] == "dealer"
    used = counted.select(pl.when(waves).then(pl.col("ordered").dt.offset_by("4d")).otherwise("requested")).to_series()
    past = counted.filter((used >= CALENDAR[0].start) & (used < CALENDAR[cycle].start))
    assert made.raw.values.sum() - made.returns.values.sum() == past["quantity"].sum()
    assert made.value.values.sum() == pytest.approx(past["amount"].sum())
    assert bool(np.all(made.value.values[made.value.state == State.NONE] == 0))
    left = open_lines(known)
    beyond = left.filter(pl.col("requested") >= CALENDAR[cycle + 6].start).filter(pl.col("customer") != "dealer")
    assert made.booked.values.sum() + made.backlog["open"].sum() + beyond["open"].sum() == left["open"].sum()


def test_history_of_an_empty_load_has_no_streams():
    empty = {"order_lines": table("order_lines", [])}
    span = Span(calendar=CALENDAR, first=0, cycle=APRIL, horizon=6)
    assert history_sheet(make_history(load=empty, company=company(), span=span)).notes["streams"] == 0


def test_a_month_whose_orders_were_not_loaded_is_missing_not_zero():
    orders = [
        order("O1", "big", "A", 6, "01-05"),
        order("O2", "big", "A", 4, "01-25"),  # requested 4 February: a part of it, and not what February asked for
        order("O3", "small", "A", -2, "03-01"),
        order("O4", "small", "A", 5, "03-05"),
    ]
    made = history(load(order_lines=orders), cycle=APRIL)
    for cube in (made.raw, made.demand, made.value, made.returns):
        assert cube.state[:, 1].tolist() == [State.MISSING, State.MISSING]
    assert made.raw.values.tolist() == [[6, 0, 0], [0, 0, 5]]
    assert sum_by(made.raw, np.zeros(2, dtype=np.int64), 1).coverage.tolist() == [[1.0, 0.0, 1.0]]
    (found,) = made.findings
    assert say(found) == (
        "No orders of 2026-02 were loaded, so what was asked for then is missing; it is not taken for zero. "
        "Load them and freeze the data again; until then the forecast leaves these months out."
    )
    notes = history_sheet(made).notes
    assert (notes["units"], notes["last_units"], notes["not_loaded"]) == (11, 5, "2026-02")
    notes = history_sheet(history(load(order_lines=orders[:2]), cycle=APRIL)).notes
    assert ("last_units" in notes, "last_money" in notes, notes["not_loaded"]) == (False, False, "2026-02, 2026-03")


def test_orders_that_begin_later_or_never_came_leave_no_month_missing():
    late = history(load(order_lines=[order("O1", "big", "A", 6, "03-05")]), cycle=APRIL)
    assert late.raw.state.tolist() == [[State.NONE, State.NONE, State.PRESENT]]
    never = history(load(order_lines=[]), cycle=APRIL)
    assert "not_loaded" not in history_sheet(late).notes | history_sheet(never).notes
    assert (late.findings, never.findings) == ((), ())


def test_a_month_that_was_not_loaded_does_not_pull_the_baseline_down():
    """A steady series stays where it is, and the benchmark takes the last month that is known."""
    months = [order(f"O{k}", "big", "A", 100, f"{k:02d}-05") for k in range(1, 10)]
    whole, torn = (history(load(order_lines=lines), cycle=9) for lines in (months, months[:8]))
    made = [make_forecast(history=one.demand, calendar=CALENDAR, horizon=6) for one in (whole, torn)]
    for one in made:
        assert one.mean.values == pytest.approx(100.0)
        assert one.naive.values == pytest.approx(100.0)
    assert made[1].methods["observed"].to_list() == [8]
