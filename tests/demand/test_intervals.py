"""Backtest and ranges: no look-ahead, quantiles by hand, coverage on noise whose quantiles are known."""

from statistics import NormalDist

import numpy as np
import pytest

from onenumber.demand.backtest import Backtest, backtest, error_scale, origins
from onenumber.demand.intervals import GROWTH, coverage, factors, ranges
from onenumber.demand.panel import Panel, panel_of
from onenumber.demand.pool import pool
from onenumber.demand.series import forecast_series
from onenumber.errors import BadForecastRequestError
from tests.demand.series_for_tests import ODD, noisy


def _predict(past: Panel, steps: int) -> np.ndarray:
    return pool(past, horizon=steps, season=12).mean


def _tested(errors: np.ndarray, scale: float = 1.0) -> Backtest:
    shape = errors.shape
    return Backtest(forecast=errors, naive=errors, actual=np.zeros(shape), scale=np.full((shape[0], shape[2]), scale))


def test_shuffling_the_future_changes_no_earlier_forecast() -> None:
    values = np.stack([noisy(k) for k in range(6)])
    known = origins(periods=48, horizon=12)
    assert known == (36, 33, 30)
    before = backtest(panel_of(values), horizon=12, season=12, predict=_predict)
    for k, origin in enumerate(known):
        shuffled = values.copy()
        shuffled[:, origin:] = np.random.default_rng(0).permuted(values[:, origin:], axis=1) * 9.0
        after = backtest(panel_of(shuffled), horizon=12, season=12, predict=_predict)
        assert np.array_equal(before.forecast[k:], after.forecast[k:])
        assert np.array_equal(before.naive[k:], after.naive[k:])
        assert np.array_equal(before.scale[k:], after.scale[k:])
        assert not np.array_equal(before.actual, after.actual)


def test_what_was_not_seen_is_not_scored() -> None:
    late = np.where(np.arange(48) < 34, np.nan, noisy(1))
    tested = backtest(panel_of(np.stack([noisy(0), late])), horizon=12, season=12, predict=_predict)
    assert np.isfinite(tested.error[:, :, 1]).any(axis=1).tolist() == [True, False, False]  # origins 36, 33, 30
    assert np.isfinite(tested.error[:, :, 0]).all()


def test_the_scale_counts_pairs_that_were_seen_and_is_never_nothing_for_demand() -> None:
    scale = error_scale(
        panel_of(np.array([[4.0, np.nan, 6.0, 9.0], [0.0, 0.0, 0.0, 0.0], [np.nan, 8.0, 8.0, 8.0]])), season=12
    )
    # 6 to 9 is the only pair; nothing; three equal observations of 8: 8 / 3
    assert scale.tolist() == [3.0, 0.0, 8.0 / 3.0]


def test_the_quantile_is_a_score_that_was_there() -> None:
    errors = np.arange(1.0, 1000.0).reshape(1, 1, 999)  # 999 scores: 80 % of 1000 is the 800th
    made = ranges(
        Backtest(forecast=errors, naive=errors, actual=np.zeros((1, 1, 999)), scale=np.ones((1, 999))),
        scale=np.ones(999),
        pools=np.zeros(999, dtype=np.int64),
        horizon=2,
        percents=[80.0],
    )
    assert made.quantile[80.0][0].tolist() == [800.0, 800.0 * 2**GROWTH]


def test_so_few_scores_that_they_cannot_tell_go_on_as_a_normal_would() -> None:
    made = ranges(
        _tested(np.array([[[1.0]], [[3.0]], [[2.0]]])),
        scale=np.ones(1),
        pools=np.zeros(1, dtype=np.int64),
        horizon=1,
        percents=[75.0, 95.0],
    )
    # three scores tell 3 / 4 at most: 1.15035 deviations; 95 % lie within 1.95996
    assert made.half_width(75.0).tolist() == [[3.0]]
    np.testing.assert_allclose(made.half_width(95.0), [[3.0 * 1.95996 / 1.15035]], rtol=1e-5)


def test_a_pool_without_scores_takes_the_normal_quantile() -> None:
    made = ranges(
        _tested(np.full((3, 2, 1), np.nan)),
        scale=np.ones(1),
        pools=np.zeros(1, dtype=np.int64),
        horizon=1,
        percents=[80.0],
    )
    normal = NormalDist().inv_cdf(0.9) * np.sqrt(np.pi / 2.0)  # a mean absolute error of 1 is a deviation of 1.2533
    np.testing.assert_allclose(made.half_width(80.0), [[normal]])


def test_the_factor_is_half_its_own() -> None:
    errors = np.tile([1.0, 3.0, np.nan], (2, 4, 1))
    # mean of the pool 2: 0.5 + 0.5 * 1/2, 0.5 + 0.5 * 3/2, not tested
    assert factors(_tested(errors), np.zeros(3, dtype=np.int64)).tolist() == [0.75, 1.25, 1.0]


def test_a_jump_in_level_does_not_widen_a_range_without_end() -> None:
    errors = np.tile([1.0] * 9 + [991.0], (2, 4, 1))
    # mean of the pool 100: 0.5 + 0.5 * 9.91 would be 5.5
    assert factors(_tested(errors), np.zeros(10, dtype=np.int64)).tolist() == [0.505] * 9 + [2.0]


@pytest.mark.parametrize("percent", [80.0, 95.0])
def test_ranges_hold_what_they_promise(percent: float) -> None:
    rng = np.random.default_rng(3)
    tested = _tested(rng.normal(0.0, 2.0, (3, 6, 400)), scale=2.0)
    pools = np.zeros(400, dtype=np.int64)
    made = ranges(tested, scale=np.full(400, 2.0), pools=pools, horizon=6, percents=[percent])
    new = np.abs(rng.normal(0.0, 2.0, (6, 400))) <= made.half_width(percent)
    assert abs(new.mean() - percent / 100.0) < 0.03
    assert abs(np.nanmean(coverage(tested, pools=pools, percent=percent)) - percent / 100.0) < 0.03


def test_pools_are_apart() -> None:
    errors = np.concatenate([np.full((3, 4, 50), 1.0), np.full((3, 4, 50), 10.0)], axis=2)
    pools = np.repeat([0, 1], 50)
    made = ranges(_tested(errors), scale=np.ones(100), pools=pools, horizon=4, percents=[80.0])
    assert made.half_width(80.0)[0, [0, 99]].tolist() == [1.0, 10.0]


def test_every_odd_series_has_an_ordered_range_and_only_negative_history_goes_below_zero() -> None:
    values = np.stack(list(ODD.values()))
    made = forecast_series(values=values, horizon=18, season=12, levels=(80, 95))
    kinds = list(ODD)
    for kind, mean, lo80, hi80, lo95, hi95 in zip(kinds, made.mean, *made.bands[80], *made.bands[95], strict=True):
        if kind == "never seen":
            assert np.isnan([mean, lo80, hi80]).all()
            continue
        assert np.isfinite([lo95, hi95]).all(), kind
        assert ((lo95 <= lo80) & (lo80 <= mean) & (mean <= hi80) & (hi80 <= hi95)).all(), kind
        assert (lo95 >= 0).all() or "negative" in kind or kind == "cancelling out", kind
    assert made.bands[80][1][kinds.index("one observation")].min() > 5.0


def test_the_mean_of_a_series_is_its_own_business() -> None:
    values = np.stack([noisy(0), *ODD.values()])
    together = forecast_series(values=values, horizon=6, season=12, levels=(80,))
    alone = forecast_series(values=values[:1], horizon=6, season=12, levels=(80,))
    assert np.array_equal(together.mean[0], alone.mean[0])


def test_the_same_twice_has_the_same_bits() -> None:
    values = np.stack([noisy(k) for k in range(20)])
    one, two = (forecast_series(values=values, horizon=6, season=12, levels=(80,)) for _ in range(2))
    assert one.mean.tobytes() == two.mean.tobytes()
    assert [e.tobytes() for e in one.bands[80]] == [e.tobytes() for e in two.bands[80]]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"horizon": 0}, "A horizon of 0 can't be: use 1 to 1200 periods."),
        ({"season": 0}, "A season of 0 can't be: use the number of periods in a year, 1 to 1200."),
        ({"levels": (80, 100)}, "A level of 100 can't be: use a percent between 0 and 100, such as 80."),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict, sentence: str) -> None:
    with pytest.raises(BadForecastRequestError) as caught:
        forecast_series(**{"values": np.ones((1, 5)), "horizon": 3, "season": 12, "levels": (80,), **asked})
    assert str(caught.value) == sentence
