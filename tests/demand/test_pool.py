"""The pool: every odd series gets a sane number, and none harms another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.demand.panel import panel_of
from onenumber.demand.pool import BLOCK, pool
from tests.demand.series_for_tests import NAN, ODD, noisy

SEASON = 12
EXPECTED = {
    "constant": 7.0,
    "all zero": 0.0,
    "one observation": 5.0,
    "two observations": 7.0,  # (5 + 9) / 2
    "two with a gap between": 7.0,
}


def _mean(*series: np.ndarray, horizon: int = 6, season: int = SEASON) -> np.ndarray:
    return pool(panel_of(np.stack(series)), horizon=horizon, season=season).mean.T


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_series_changes_no_bit_of_its_companions_and_they_none_of_it(kind: str) -> None:
    batch = _mean(noisy(1), ODD[kind], noisy(2))
    assert np.array_equal(batch[0], _mean(noisy(1))[0])
    assert np.array_equal(batch[2], _mean(noisy(2))[0])
    assert np.array_equal(batch[1], _mean(ODD[kind])[0], equal_nan=True)


@pytest.mark.parametrize("kind", [kind for kind in ODD if kind != "never seen"])
def test_an_odd_series_gets_a_finite_number_near_its_history(kind: str) -> None:
    seen = ODD[kind][np.abs(ODD[kind]) < 1e100]
    forecast = _mean(ODD[kind])[0]
    reach = np.ptp(seen) + np.abs(seen).max()
    assert (forecast >= seen.min() - reach).all()
    assert (forecast <= seen.max() + reach).all()
    assert (forecast >= 0.0).all() or seen.min() < 0.0


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_series_that_leaves_no_choice_is_forecast_so(kind: str) -> None:
    np.testing.assert_allclose(_mean(ODD[kind])[0], EXPECTED[kind], rtol=1e-9)


def test_a_series_never_seen_has_no_forecast_and_says_so() -> None:
    made = pool(panel_of(ODD["never seen"][None]), horizon=2, season=SEASON)
    assert np.isnan(made.mean).all()
    assert made.method.tolist() == ["none: no history"]


def test_a_gap_is_missing_and_not_zero() -> None:
    line = 100.0 + 2.0 * np.arange(48)
    holed = line.copy()
    holed[[10, 11, 30, 45]] = NAN
    np.testing.assert_allclose(_mean(holed, season=1)[0], _mean(line, season=1)[0], rtol=0.01)
    zeroed = np.nan_to_num(holed)
    assert np.abs(_mean(zeroed, season=1)[0] / _mean(line, season=1)[0] - 1.0).max() > 0.03


def test_a_fixed_rhythm_of_rare_orders_is_found() -> None:
    forecast = _mean(ODD["every third month"])[0]  # 48 is a multiple of 3, so the next order is due at once
    assert forecast[[0, 3]].min() > 9.0
    assert forecast[[1, 2, 4, 5]].max() < 1.0


def test_demand_that_ended_fades() -> None:
    assert _mean(ODD["ended"])[0].max() < 5.0  # it was about 100 until 28 months ago


@pytest.mark.parametrize("season", [1, 2, 4, 7, 12, 13, 52, 60])
def test_any_season_is_found_where_there_is_data_for_it(season: int) -> None:
    shape = 100.0 + 40.0 * np.cos(2 * np.pi * np.arange(4 * season + 24) / max(season, 2)) * (season > 1)
    forecast = _mean(shape, horizon=season, season=season)[0]
    ahead = 100.0 + 40.0 * np.cos(2 * np.pi * (np.arange(season) + len(shape)) / max(season, 2)) * (season > 1)
    np.testing.assert_allclose(forecast, ahead, atol=4.0)


def test_a_season_longer_than_history_is_no_season() -> None:
    assert np.array_equal(_mean(noisy(1)[:20], season=52)[0], _mean(noisy(1)[:20], season=1)[0])


def test_empty_periods_before_a_series_began_change_no_bit() -> None:
    y = noisy(5)[:30]
    assert np.array_equal(_mean(y)[0], _mean(np.concatenate([np.full(37, NAN), y]))[0])


def test_blocks_change_no_bit() -> None:
    many = np.stack([noisy(k, periods=30) for k in range(BLOCK + 3)])
    made = pool(panel_of(many), horizon=3, season=SEASON).mean
    assert np.array_equal(made[:, BLOCK], _mean(many[BLOCK], horizon=3)[0])


def test_permuting_series_permutes_forecasts() -> None:
    series = np.stack([*ODD.values()])
    order = np.random.default_rng(0).permutation(len(series))
    assert np.array_equal(_mean(*series[order]), _mean(*series)[order], equal_nan=True)


@settings(max_examples=30, deadline=None)
@given(
    values=hnp.arrays(np.float64, (4, 30), elements=st.one_of(st.just(NAN), st.integers(0, 200).map(float))),
    power=st.integers(-8, 8),
)
def test_units_do_not_matter(values: np.ndarray, power: int) -> None:
    plain, scaled = _mean(*values), _mean(*(values * 2.0**power))
    assert np.array_equal(scaled, plain * 2.0**power, equal_nan=True)
    assert np.array_equal(np.isfinite(plain).all(axis=1), np.isfinite(values).any(axis=1))
    assert (np.nan_to_num(plain) >= 0.0).all()
