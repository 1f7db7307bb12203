"""Error, bias and accuracy: vectors T1 and T13, and the reason where there is no figure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.measure.error import (
    accuracy,
    attainment,
    bias,
    brier,
    instability,
    interval_coverage,
    mape,
    mase,
    rel_mae,
    rmsse,
    smape,
    wmape,
    wrmsse,
)
from onenumber.measure.signals import same_sign_run, tracking_signal, trigg_signal

A = np.array([100.0, 0.0, 50.0, 80.0])
F = np.array([90.0, 10.0, 50.0, 120.0])
PAST = np.array([60.0, 70.0, 65.0, 80.0, 75.0, 90.0])
NOTHING = np.full(3, np.nan)


def test_vector_t1() -> None:
    assert round(100 * wmape(forecast=F, actual=A).value, 3) == 26.087
    assert round(100 * bias(forecast=F, actual=A).value, 3) == 17.391  # over
    assert (round(100 * mape(forecast=F, actual=A).value, 3), mape(forecast=F, actual=A).dropped) == (20.0, 1)
    assert round(smape(forecast=F, actual=A).value, 3) == 62.632
    signal = tracking_signal(errors=F - A, fewest=4)
    assert (signal.denominator, round(signal.value, 3)) == (15.0, 2.667)
    assert mase(forecast=F, actual=A, history=PAST, season=1).value == 1.5
    assert round(rmsse(forecast=F, actual=A, history=PAST).value, 4) == 1.9365


def test_vector_t13() -> None:
    both = brier(probability=np.array([0.8, 0.3]), happened=np.array([1.0, 0.0]))
    assert round(both.value, 3) == 0.065  # (0.04 + 0.09) / 2


@pytest.mark.parametrize(
    ("score", "reason"),
    [
        (wmape(forecast=np.zeros(3), actual=np.zeros(3)), "no_activity"),
        (wmape(forecast=np.ones(3), actual=np.zeros(3)), "forecast_without_demand"),
        (wmape(forecast=NOTHING, actual=np.ones(3)), "nothing_scored"),
        (accuracy(forecast=np.ones(3), actual=np.zeros(3)), "forecast_without_demand"),
        (bias(forecast=F[:2], actual=A[:2]), "too_few"),
        (bias(forecast=NOTHING, actual=np.ones(3)), "nothing_scored"),
        (mape(forecast=np.ones(3), actual=np.array([0.0, -1.0, 0.0])), "no_activity"),
        (mape(forecast=NOTHING, actual=NOTHING), "nothing_scored"),
        (smape(forecast=NOTHING, actual=NOTHING), "nothing_scored"),
        (mase(forecast=F, actual=A, history=np.full(9, 5.0), season=1), "constant_history"),
        (mase(forecast=F, actual=A, history=PAST, season=12), "too_few"),
        (mase(forecast=NOTHING, actual=NOTHING, history=PAST, season=1), "nothing_scored"),
        (rmsse(forecast=F, actual=A, history=np.zeros(9)), "too_few"),
        (wrmsse(scores=NOTHING, weights=np.ones(3)), "nothing_scored"),
        (rel_mae(forecast=F, naive=A, actual=A), "worse_than_perfect_naive"),
        (rel_mae(forecast=NOTHING, naive=NOTHING, actual=NOTHING), "nothing_scored"),
        (interval_coverage(lower=A, upper=A, actual=A), "too_few"),
        (tracking_signal(errors=np.ones(5)), "too_few"),
        (trigg_signal(errors=NOTHING), "too_few"),
        (attainment(forecast=np.zeros(2), actual=np.ones(2)), "no_activity"),
    ],
)
def test_what_cannot_be_computed_is_none_with_a_reason(score: object, reason: str) -> None:
    assert (score.value, score.reason) == (None, reason)


def test_without_demand_the_error_is_still_told_in_units() -> None:
    assert wmape(forecast=np.array([3.0, 4.0]), actual=np.zeros(2)).numerator == 7.0


def test_unlike_units_are_weighted_by_money() -> None:
    # errors 1 t at 100 and 50 pcs at 1 against 10 t and 100 pcs: (100 + 50) / (1000 + 100)
    got = wmape(forecast=np.array([11.0, 150.0]), actual=np.array([10.0, 100.0]), weight=np.array([100.0, 1.0]))
    np.testing.assert_allclose(got.value, 150.0 / 1100.0)


def test_accuracy_is_not_clipped() -> None:
    assert accuracy(forecast=np.array([30.0]), actual=np.array([10.0])).value == -1.0


def test_a_perfect_forecast_of_a_perfect_naive_is_one() -> None:
    assert rel_mae(forecast=A, naive=A, actual=A).value == 1.0


def test_rmsse_begins_with_the_first_demand() -> None:
    led = np.concatenate([np.zeros(20), PAST])
    assert rmsse(forecast=F, actual=A, history=led).value == rmsse(forecast=F, actual=A, history=PAST).value


def test_bias_counts_periods_and_not_cells() -> None:
    wide = np.ones((10, 2))
    assert bias(forecast=wide, actual=wide).reason == "too_few"
    assert bias(forecast=wide.T, actual=wide.T).value == 0.0


def test_instability_is_against_the_forecast_before() -> None:
    assert instability(now=np.array([12.0, 8.0]), before=np.array([10.0, 10.0])).value == 0.2


def test_the_signal_looks_at_its_window_only_and_no_error_is_no_signal() -> None:
    errors = np.concatenate([np.full(20, -9.0), np.full(12, 1.0)])
    assert tracking_signal(errors=errors).value == 12.0  # 12 / 1
    assert tracking_signal(errors=np.zeros(6)).value == 0.0


def test_trigg_by_hand() -> None:
    # E: 0.1 * 10 = 1, then 0.1 * -5 + 0.9 = 0.4; M: 1, then 0.5 + 0.9 = 1.4
    np.testing.assert_allclose(trigg_signal(errors=np.array([10.0, -5.0])).value, 0.4 / 1.4)


def test_a_run_of_one_sign() -> None:
    assert same_sign_run(errors=np.array([1.0, -1.0, -2.0, -3.0])) == 3
    assert same_sign_run(errors=np.array([2.0, 1.0])) == 2
    assert same_sign_run(errors=NOTHING) == 0


@given(
    values=hnp.arrays(np.float64, (2, 3, 6), elements=st.one_of(st.just(np.nan), st.floats(0, 1e6))),
    cut=st.integers(1, 5),
)
def test_numerators_and_denominators_add_up(values: np.ndarray, cut: int) -> None:
    f, a = values
    whole = wmape(forecast=f, actual=a)
    parts = [wmape(forecast=f[:, s], actual=a[:, s]) for s in (slice(cut), slice(cut, None))]
    assert whole.cells == sum(p.cells for p in parts)
    if whole.value is not None and all(p.value is not None for p in parts):
        top, bottom = sum(p.numerator for p in parts), sum(p.denominator for p in parts)
        np.testing.assert_allclose(whole.value, top / bottom, rtol=1e-9)
