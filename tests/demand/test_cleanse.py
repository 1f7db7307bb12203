"""Recorded corrections of history."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onenumber.model.sentences import say
from tests.demand.world import day, history, load, order, quiet

APRIL = 3
ORDERS = [
    order("O1", "big", "A", 6, "01-05"),
    order("O2", "small", "A", 3, "01-05"),
    order("O3", "small", "A", 5, "02-05"),
    order("O4", "big", "B", 1, "02-05"),
    *quiet(3),
]  # streams: A|big (6 0 0), A|rest (3 5 0), B|big (- 1 0)


def correction(name, item, customer, period, delta):
    return {
        "adjustment": name, "item": item, "customer": customer, "period": day(period), "delta": delta,
        "reason": "unit error", "person": "dp",
    }  # fmt: skip


def cleaned(*rows):
    return history(load(order_lines=ORDERS, history_adjustments=rows), cycle=APRIL)


def test_a_correction_moves_the_cleaned_demand_and_not_the_raw():
    made = cleaned(correction("c1", "A", "big", "01-01", -4.0), correction("c2", "A", "big", "01-01", 1.0))
    assert made.raw.values.tolist() == [[6, 0, 0], [3, 5, 0], [0, 1, 0]]
    assert made.demand.values.tolist() == [[6 - 4 + 1, 0, 0], [3, 5, 0], [0, 1, 0]]
    assert made.adjustments.rows() == [
        ("c1", "A|big", "A", 0, -4.0, "unit error", "dp"),
        ("c2", "A|big", "A", 0, 1.0, "unit error", "dp"),
    ]


def test_a_correction_of_an_item_is_spread_by_demand_of_the_period_else_of_all_periods():
    made = cleaned(correction("c1", "A", None, "01-01", 3.0), correction("c2", "A", None, "03-01", 14.0))
    assert made.demand.values.tolist() == [
        [6 + 3 * 6 / 9, 0, 14 * 6 / 14],
        [3 + 3 * 3 / 9, 5, 14 * 8 / 14],
        [0, 1, 0],
    ]


def test_hidden_demand_before_the_first_order_makes_the_stream_present():
    made = cleaned(correction("c1", "B", "big", "01-01", 2.0))
    assert made.raw.state[2].tolist() == [1, 0, 0]
    assert made.demand.state[2].tolist() == [0, 0, 0]
    assert made.demand.values[2].tolist() == [2, 1, 0]


def test_what_names_no_history_or_goes_below_zero_is_said():
    made = cleaned(
        correction("c1", "A", "dealer", "01-01", 2.0),
        correction("c2", "A", "big", "01-01", -7.0),
    )
    assert made.demand.values[0].tolist() == [0, 0, 0]
    missed, below = (say(finding) for finding in made.findings)
    assert missed == (
        "1 corrections of history name an item, customer or period without history, and change nothing. "
        "Check the item, the customer and the first day of the period in history_adjustments."
    )
    assert below == (
        "Corrections would take 1 cells of history below zero; they stand at zero. "
        "Check the sign and the size of the deltas in history_adjustments."
    )


def test_a_month_that_was_not_loaded_cannot_be_corrected():
    both = [correction("c1", "A", "big", "02-01", 5.0), correction("c2", "A", None, "01-01", 9.0)]
    orders = [line for line in ORDERS if line["ordered"].month != 2]
    made = history(load(order_lines=orders, history_adjustments=both), cycle=APRIL)
    assert made.demand.values.tolist() == [[6 + 6, 0, 0], [3 + 3, 0, 0]]
    assert made.demand.state.tolist() == [[0, 2, 0], [0, 2, 0]]
    assert [(f.code, *f.values.values()) for f in made.findings] == [
        ("orders_not_loaded", "2026-02"), ("adjustments_not_applied", 1),
    ]  # fmt: skip


CUSTOMERS = st.sampled_from(["big", "small", None])
DELTAS = st.lists(st.tuples(st.sampled_from("AB"), CUSTOMERS, st.integers(1, 3), st.integers(0, 99)), max_size=8)


@settings(max_examples=50)
@given(rows=DELTAS)
def test_cleaned_less_raw_is_what_was_applied(rows):
    made = cleaned(*(correction(f"c{k}", i, c, f"0{m}-01", float(d)) for k, (i, c, m, d) in enumerate(rows)))
    moved = made.demand.values.sum() - made.raw.values.sum()
    assert moved == pytest.approx(made.adjustments["delta"].sum())
