"""Dated rows over the periods: made once per span, and the same as asked period by period."""

import datetime as dt

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from onenumber.model.period import Calendar, WorkDays
from onenumber.model.validity import latest_on, spans
from onenumber.supply.horizon import Horizon, distinct, matches, over_periods

HORIZON = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=2, count=6)
DAYS = st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9), DAYS, DAYS), max_size=6)
SCHEMA = {"k": pl.String, "v": pl.Int64, "valid_from": pl.Date, "valid_to": pl.Date}


@given(rows=ROWS)
def test_the_rows_of_each_period_are_those_that_hold_on_its_first_day(rows):
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    each = [
        latest_on(table, period.start, ["k"]).with_columns(pl.lit(t, dtype=pl.Int64).alias("t"))
        for t, period in enumerate(HORIZON.periods)
    ]
    found = over_periods(table, key=["k"], horizon=HORIZON)
    held = found.table[found.row].with_columns(pl.Series("t", found.t, dtype=pl.Int64))
    assert_frame_equal(held, pl.concat(each))
    assert [found.table["k"][row] for row in found.first()[0].tolist()] == held["k"].unique().sort().to_list()
    assert sorted(zip(*np.nonzero(found.holds), strict=True)) == sorted(zip(found.row, found.t, strict=True))


def test_a_row_that_ends_and_one_that_begins_in_a_month_change_the_next():
    """Ends on 10 April, so it still holds on 1 April; begins on 1 June, so it holds from there."""
    rows = [("a", 1, None, dt.date(2026, 4, 10)), ("b", 2, dt.date(2026, 6, 1), None)]
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    assert spans([p.start for p in HORIZON.periods], table) == [0, 0, 1, 2, 2, 2]  # March to August


@given(closed=st.frozensets(st.dates(dt.date(2026, 3, 1), dt.date(2026, 8, 31)), max_size=5))
def test_working_days_of_all_periods_are_those_of_each(closed):
    week = WorkDays(workdays="12345", closed=closed)
    assert week.counts(HORIZON.starts, HORIZON.ends).tolist() == [week.count(p.start, p.end) for p in HORIZON.periods]


@given(rows=st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.5, 2.0])), min_size=1, max_size=9))
def test_distinct_rows_are_those_of_numpy_in_its_order(rows):
    table = np.array(rows)
    unique, first, number = np.unique(table, axis=0, return_index=True, return_inverse=True)
    found = distinct(*table.T)
    assert table[found[0]].tolist() == unique.tolist()
    assert [places.tolist() for places in found] == [first.tolist(), number.tolist()]


@given(left=st.lists(st.integers(0, 4), max_size=6), right=st.lists(st.integers(0, 4), max_size=6))
def test_matches_are_all_pairs_of_equal_numbers(left, right):
    found = matches(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))
    pairs = [(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b]
    assert list(zip(*(places.tolist() for places in found), strict=True)) == pairs
