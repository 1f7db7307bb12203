"""Plan against actual: vector T3, reasons, and sums before division."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.measure.adherence import mix_attainment, plan_accuracy, volume_attainment
from onenumber.measure.ratio import ratios

QUANTITIES = hnp.arrays(np.float64, 12, elements=st.integers(0, 1000).map(float))
CODES = np.arange(12) % 3


def test_t3_volume_100_mix_80_accuracy_60() -> None:
    plan, actual, one = np.array([100.0, 100, 100]), np.array([160.0, 100, 40]), np.zeros(3, dtype=np.int64)
    assert volume_attainment(plan=plan, actual=actual, codes=one, groups=1).at(0) == (300 / 300, "")
    assert mix_attainment(plan=plan, actual=actual, codes=one, groups=1).at(0) == (240 / 300, "")
    assert plan_accuracy(plan=plan, actual=actual, codes=one, groups=1).at(0) == (1 - 120 / 300, "")


def test_no_plan_is_not_a_hundred_percent() -> None:
    found = volume_attainment(plan=np.zeros(2), actual=np.array([5.0, 0.0]), codes=np.array([0, 1]), groups=2)
    assert found.at(0) == (None, "unplanned")
    assert found.at(1) == (None, "nothing_planned")
    assert found.numerator.tolist() == [5.0, 0.0]  # what was done without a plan is still told


def test_a_ratio_without_denominator_or_reason_is_a_slip() -> None:
    with pytest.raises(ZeroDivisionError, match="a ratio without a denominator needs a reason"):
        ratios(np.array([1.0]), np.array([0.0]), {})


@given(plan=QUANTITIES, actual=QUANTITIES)
def test_mix_is_never_above_volume_nor_above_one_and_groups_add_up(plan: np.ndarray, actual: np.ndarray) -> None:
    volume = volume_attainment(plan=plan, actual=actual, codes=CODES, groups=3)
    mix = mix_attainment(plan=plan, actual=actual, codes=CODES, groups=3)
    assert (mix.numerator <= volume.numerator).all()
    assert (mix.numerator <= mix.denominator).all()
    assert volume.numerator.sum() == actual.sum()
    assert volume.denominator.sum() == plan.sum()
