"""Cubes: labels match or it raises, absent is not zero, totals are conserved, units are not mixed."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.errors import (
    BadAxisError,
    BadCubeError,
    LabelMismatchError,
    OutsideCalendarError,
    UnknownLabelError,
    UnlikeUnitsError,
)
from onenumber.model.axis import Axis
from onenumber.model.carry import Link, carry
from onenumber.model.cube import Cube, State, cube, sum_by
from onenumber.model.period import Calendar

AXIS = Axis("item", np.array(["A", "B", "C"]), {"family": np.array(["F", "F", "G"])})


def _cube(values: np.ndarray, axis: Axis = AXIS, first: int = 0) -> Cube:
    return cube(measure="q", values=values, axis=axis, first=first, unit="pcs")


def test_labels_that_differ_raise_and_name_one() -> None:
    other = Axis("item", np.array(["A", "B", "D"]), {})
    with pytest.raises(LabelMismatchError, match=r"different labels \(C\). Carry one to the other's axis first"):
        _cube(np.ones((3, 2))).add(_cube(np.ones((3, 2)), other))


def test_periods_that_differ_raise() -> None:
    with pytest.raises(LabelMismatchError, match=r"periods range\(0, 2\) and range\(1, 3\)"):
        _cube(np.ones((3, 2))).add(_cube(np.ones((3, 2)), first=1))


def test_unsorted_labels_are_refused() -> None:
    with pytest.raises(BadAxisError, match="not sorted and unique"):
        Axis("item", np.array(["B", "A"]), {})


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(UnknownLabelError, match="'Z' is not on the item axis. Use one of its 3 labels"):
        AXIS.rows(["A", "Z"])


def test_infinity_is_refused() -> None:
    with pytest.raises(BadCubeError, match="not finite; mark the cell missing"):
        _cube(np.array([[np.inf], [1.0], [2.0]]))


def test_none_adds_nothing_and_missing_stays_missing() -> None:
    state = np.array([[State.NONE, State.MISSING]] * 3, dtype=np.uint8)
    absent = Cube("d", np.zeros((3, 2)), state, AXIS, 0, np.full(3, "pcs"))
    total = _cube(np.full((3, 2), 5.0)).add(absent)
    assert total.values[0].tolist() == [5.0, 0.0]
    assert total.state[0].tolist() == [State.PRESENT, State.MISSING]


def test_a_sum_counts_what_is_missing() -> None:
    labels, codes = AXIS.groups("family")
    total = sum_by(_cube(np.array([[1.0], [np.nan], [4.0]])), codes, len(labels))
    assert total.values.tolist() == [[1.0], [4.0]]
    assert total.coverage.tolist() == [[0.5], [1.0]]


def test_unlike_units_do_not_add_up() -> None:
    mixed = cube(measure="q", values=np.ones((3, 1)), axis=AXIS, first=0, unit=np.array(["kg", "pcs", "pcs"]))
    with pytest.raises(UnlikeUnitsError, match="The sum mixes kg and pcs. Name a target"):
        sum_by(mixed, np.array([0, 0, 1]), 2)
    assert sum_by(mixed, np.array([0, 1, 1]), 2).values.tolist() == [[1.0], [2.0]]


@given(values=hnp.arrays(np.float64, (3, 4), elements=st.integers(0, 10**6).map(float)), share=st.floats(0, 1))
def test_carry_conserves_totals_per_period(values: np.ndarray, share: float) -> None:
    target = Axis("item", np.array(["A", "B", "C", "D"]), {})
    links = (Link(old="C", new="D", since=2, share=share), Link(old="C", new="A", since=2, share=1 - share))
    moved = carry(_cube(values), to_axis=target, units=np.full(4, "pcs"), links=links)
    np.testing.assert_allclose(moved.cube.values.sum(axis=0), values.sum(axis=0), rtol=1e-12, atol=1e-6)
    assert moved.without_link == ()
    assert (moved.cube.values[2, 2:] == 0).all()


def test_carry_lists_what_has_no_place() -> None:
    moved = carry(_cube(np.ones((3, 1))), to_axis=AXIS.take(np.array([0, 1])), units=np.full(2, "pcs"))
    assert moved.without_link == ("C",)
    assert moved.cube.values.sum() == 2.0


def test_links_of_one_label_start_together() -> None:
    links = (Link(old="A", new="B", since=1), Link(old="A", new="C", since=2))
    with pytest.raises(BadAxisError, match="start on different dates"):
        carry(_cube(np.ones((3, 3))), to_axis=AXIS, units=np.full(3, "pcs"), links=links)


def test_a_period_outside_the_calendar_is_refused() -> None:
    with pytest.raises(OutsideCalendarError, match="period 99 lies outside"):
        Calendar.months(start=dt.date(2026, 1, 1), periods=24)[99]
