"""Each method against an oracle that shares no code with it: plain recursions and a general optimiser."""

from itertools import product

import numpy as np
import pytest
from scipy import optimize

from onenumber.demand.methods import holt, smoothing, theta, tsb
from onenumber.demand.methods.naive import naive
from onenumber.demand.panel import panel_of
from tests.demand.series_for_tests import NAN, noisy

Y = noisy(1, periods=30) / 100.0
HOLED = np.where(np.isin(np.arange(30), [4, 17, 18]), NAN, Y)


def _holt_errors(
    y: np.ndarray, start: np.ndarray, alpha: float, beta: float, phi: float
) -> tuple[np.ndarray, float, float]:
    level, trend = start
    errors = []
    for value in y:
        guess = level + phi * trend
        error = 0.0 if np.isnan(value) else value - guess
        level, trend = guess + alpha * error, phi * trend + alpha * beta * error
        errors.append(error)
    return np.array(errors), level, trend


@pytest.mark.parametrize("y", [Y, HOLED], ids=["whole", "holed"])
def test_holt_is_the_least_squares_fit_of_its_grid(y: np.ndarray) -> None:
    best = np.inf
    for alpha, beta, phi in holt.GRID:
        found = optimize.minimize(
            lambda s, a=alpha, b=beta, p=phi: (_holt_errors(y, s, a, b, p)[0] ** 2).sum() + holt.RIDGE * s[1] ** 2,
            np.array([y[0], 0.0]),
            method="BFGS",
            options={"gtol": 1e-10},
        )
        errors, level, trend = _holt_errors(y, found.x, alpha, beta, phi)
        if (errors**2).sum() < best:
            best = float((errors**2).sum())
            ahead = level + np.cumsum(phi ** np.arange(1, 7)) * trend
    made = holt.damped_holt(panel_of(y[None]), horizon=6)
    np.testing.assert_allclose(made.mean[:, 0], ahead, rtol=1e-5)
    np.testing.assert_allclose(made.error[0], best / np.isfinite(y).sum(), rtol=1e-6)


def _theta_errors(
    y: np.ndarray, start: float, weight: float, alpha: float, *, dynamic: bool
) -> tuple[np.ndarray, list[float]]:
    """One-step errors, and forecasts got by going on with the recursion on its own forecasts (the line held)."""
    seen = [(t + 1.0, v) for t, v in enumerate(y) if not np.isnan(v)]
    whole = _line(seen)
    level, errors = start, []
    for t, value in enumerate(y):
        intercept, slope = _line([p for p in seen if p[0] < t + 1.0]) if dynamic else whole
        guess = level + weight * _share(t, alpha, intercept, slope)
        errors.append(0.0 if np.isnan(value) else value - guess)
        level += alpha * ((guess if np.isnan(value) else value) - level)
    ahead = []
    for t in range(len(y), len(y) + 6):
        ahead.append(level + weight * _share(t, alpha, *whole))
        level += alpha * (ahead[-1] - level)
    return np.array(errors), ahead


def _line(points: list[tuple[float, float]]) -> tuple[float, float]:
    if len(points) < 2:
        return (points[0][1] if points else 0.0), 0.0
    slope, intercept = np.polyfit(*zip(*points, strict=True), 1)
    return float(intercept), float(slope)


def _share(t: int, alpha: float, intercept: float, slope: float) -> float:
    return (1 - alpha) ** t * intercept + (1 - (1 - alpha) ** (t + 1)) / alpha * slope


@pytest.mark.parametrize("y", [Y, HOLED], ids=["whole", "holed"])
@pytest.mark.parametrize("dynamic", [False, True], ids=["classical", "dynamic"])
def test_theta_is_the_least_squares_fit_of_its_grid(y: np.ndarray, *, dynamic: bool) -> None:
    best, ahead = np.inf, [0.0]
    low, high = (0.0, 1.0) if dynamic else (0.5, 0.5 + 1e-12)
    for alpha in theta.ALPHA[:, 0]:
        found = optimize.lsq_linear(
            *_linear(y, alpha, dynamic=dynamic), bounds=([-np.inf, low], [np.inf, high]), tol=1e-14
        )
        errors, forecasts = _theta_errors(y, *found.x, alpha, dynamic=dynamic)
        if (errors**2).sum() < best:
            best, ahead = float((errors**2).sum()), forecasts
    method = theta.dynamic_theta if dynamic else theta.theta
    made = method(panel_of(y[None]), horizon=6)
    np.testing.assert_allclose(made.mean[:, 0], ahead, rtol=1e-5)
    np.testing.assert_allclose(made.error[0], best / np.isfinite(y).sum(), rtol=1e-6)


def _linear(y: np.ndarray, alpha: float, *, dynamic: bool) -> tuple[np.ndarray, np.ndarray]:
    """Matrix and right side of the errors, which are linear in start and weight, by differences."""
    base = _theta_errors(y, 0.0, 0.0, alpha, dynamic=dynamic)[0]
    columns = [base - _theta_errors(y, *unit, alpha, dynamic=dynamic)[0] for unit in ((1.0, 0.0), (0.0, 1.0))]
    return np.stack(columns, axis=1), base


def test_smoothing_without_a_season_is_simple_exponential_smoothing() -> None:
    best, end = np.inf, 0.0
    for alpha in smoothing.ALPHA[:, 0]:
        found = optimize.minimize_scalar(lambda s, a=alpha: (_simple(Y, s, a)[0] ** 2).sum(), tol=1e-12)
        errors, level = _simple(Y, found.x, alpha)
        if (errors**2).sum() < best:
            best, end = float((errors**2).sum()), level
    made = smoothing.seasonal_smoothing(panel_of(Y[None]), index=np.ones((12, 1)), horizon=2)
    np.testing.assert_allclose(made.mean[:, 0], end, rtol=1e-6)


def _simple(y: np.ndarray, level: float, alpha: float) -> tuple[np.ndarray, float]:
    errors = []
    for value in y:
        errors.append(value - level)
        level += alpha * errors[-1]
    return np.array(errors), level


def test_tsb_by_hand() -> None:
    y = np.array([0.0, 4.0, NAN, 0.0, 2.0])
    best, forecast = np.inf, 0.0
    for alpha, beta in product((0.02, 0.05, 0.1, 0.2, 0.3), (0.02, 0.1, 0.2)):
        chance, size, squared = 2 / 4, 6 / 2, 0.0  # two of four seen had demand, of 3 on average
        for value in y[~np.isnan(y)]:
            squared += (value - chance * size) ** 2
            chance += alpha * ((value != 0) - chance)
            size += beta * (value - size) if value != 0 else 0.0
        if squared < best:
            best, forecast = squared, chance * size
    made = tsb.tsb(panel_of(y[None]), horizon=1)
    np.testing.assert_allclose(made.mean[0, 0], forecast, rtol=1e-12)
    np.testing.assert_allclose(made.error[0], best / 4, rtol=1e-12)


def test_tsb_decays_when_demand_ends() -> None:
    y = np.concatenate([np.tile([0.0, 6.0], 12), np.zeros(12)])
    assert tsb.tsb(panel_of(y[None]), horizon=1).mean[0, 0] < 1.0  # it was 3 a period, of which Croston keeps all


def test_naive_is_seasonal_from_two_full_seasons_on() -> None:
    y = np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]])
    assert naive(panel_of(y), horizon=4, season=3)[:, 0].tolist() == [4.0, 5.0, 6.0, 4.0]
    assert naive(panel_of(y[:, 1:]), horizon=2, season=3)[:, 0].tolist() == [6.0, 6.0]


def test_naive_takes_the_last_observed_month_of_the_season() -> None:
    y = np.array([[1.0, 2.0, 3.0, NAN, 5.0, 6.0]])
    assert naive(panel_of(y), horizon=3, season=3)[:, 0].tolist() == [1.0, 5.0, 6.0]
