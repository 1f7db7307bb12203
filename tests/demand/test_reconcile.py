"""Reconciliation against a dense generalised least squares solution, and its laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onenumber.demand.linear import solve
from onenumber.demand.reconcile import Grouping, reconcile, sums


def _problem(seed: int, series: int = 30) -> dict:
    rng = np.random.default_rng(seed)
    levels = [
        Grouping(codes=np.zeros(series, dtype=np.int64), groups=1),
        Grouping(codes=rng.integers(0, 4, series), groups=4),
        Grouping(codes=rng.integers(-1, 5, series), groups=5),  # crosses the one above; -1 is in no group
    ]
    bottom = rng.gamma(2.0, 10.0, (3, series))
    top = sums(bottom, levels) * rng.lognormal(0.0, 0.02, (3, 10))
    return {
        "bottom": bottom,
        "top": top,
        "bottom_error": rng.gamma(1.0, 5.0, series),
        "top_error": rng.gamma(1.0, 20.0, 10),
        "levels": levels,
    }


def _matrix(levels: list, series: int) -> np.ndarray:
    rows = [(level.codes == g).astype(float) for level in levels for g in range(level.groups)]
    return np.array(rows).reshape(-1, series)


def test_it_is_the_dense_least_squares_solution() -> None:
    p = _problem(0)
    a = _matrix(p["levels"], 30)
    both = np.concatenate([np.eye(30), a])
    inverse = np.diag(1.0 / np.concatenate([p["bottom_error"], p["top_error"]]))
    dense = np.linalg.solve(
        both.T @ inverse @ both, both.T @ inverse @ np.concatenate([p["bottom"], p["top"]], axis=1).T
    )
    assert dense.min() > 0
    np.testing.assert_allclose(reconcile(**p), dense.T, rtol=1e-9)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_totals_are_sums_and_nothing_is_negative(seed: int) -> None:
    p = _problem(seed)
    p["top"] = p["top"] * np.linspace(0.2, 2.0, 10)
    made = reconcile(**p)
    assert (made >= 0.0).all()
    np.testing.assert_allclose(sums(made, p["levels"]), made @ _matrix(p["levels"], 30).T, rtol=1e-12)


def test_coherent_forecasts_stay() -> None:
    p = _problem(1)
    p["top"] = sums(p["bottom"], p["levels"])
    np.testing.assert_allclose(reconcile(**p), p["bottom"], rtol=1e-12)


def test_a_certain_total_is_met_and_a_certain_series_stays() -> None:
    p = _problem(2)
    p["levels"], p["top"] = p["levels"][:1], np.full((3, 1), 500.0)
    p["top_error"] = np.zeros(1)
    p["bottom_error"][7] = 0.0
    made = reconcile(**p)
    np.testing.assert_allclose(made.sum(axis=1), 500.0, rtol=1e-6)
    np.testing.assert_allclose(made[:, 7], p["bottom"][:, 7], rtol=1e-12)


def test_a_total_without_a_forecast_pulls_at_nothing() -> None:
    p = _problem(3)
    told = reconcile(**{**p, "top": p["top"][:, :5], "top_error": p["top_error"][:5], "levels": p["levels"][:2]})
    p["top"][:, 5:] = np.nan
    np.testing.assert_allclose(reconcile(**p), told, rtol=1e-9)
    p["top"][:] = np.nan
    assert np.array_equal(reconcile(**p), p["bottom"])


def test_a_series_that_would_fall_below_zero_is_held_and_the_rest_solved_again() -> None:
    one = [Grouping(codes=np.array([0, 0]), groups=1)]
    made = reconcile(
        bottom=np.array([[1.0, 9.0]]), top=np.array([[4.0]]), bottom_error=np.ones(2), top_error=np.zeros(1), levels=one
    )
    # free: both give 3, so -2 and 6; held at 0 the other has to be 4
    np.testing.assert_allclose(made, [[0.0, 4.0]], atol=1e-6)


def test_everything_zero_stays_zero() -> None:
    p = _problem(4)
    for name in ("bottom", "top", "bottom_error", "top_error"):
        p[name] = np.zeros_like(p[name])
    assert (reconcile(**p) == 0.0).all()


def test_permuting_series_permutes_the_result() -> None:
    p = _problem(5)
    order = np.random.default_rng(0).permutation(30)
    shuffled = {
        **p,
        "bottom": p["bottom"][:, order],
        "bottom_error": p["bottom_error"][order],
        "levels": [Grouping(codes=level.codes[order], groups=level.groups) for level in p["levels"]],
    }
    np.testing.assert_allclose(reconcile(**shuffled), reconcile(**p)[:, order], rtol=1e-9)


@pytest.mark.parametrize("apart", [0, 1, 12, 20])
def test_the_solver_agrees_with_a_library(apart: int) -> None:
    rng = np.random.default_rng(apart)
    diagonal = rng.permutation(20) < apart
    loose = rng.normal(size=(20, 30))
    system = loose @ loose.T + 5.0 * np.eye(20)
    system[np.ix_(diagonal, diagonal)] = np.diag(100.0 + rng.random(apart) * 100.0)
    right = rng.normal(size=(20, 3))
    np.testing.assert_allclose(solve(system, right, diagonal=diagonal), np.linalg.solve(system, right), rtol=1e-9)
