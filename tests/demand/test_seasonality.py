"""Seasonal indices: by hand, and how much of them noise may keep."""

import numpy as np

from onenumber.demand.panel import panel_of
from onenumber.demand.seasonality import moving_average, seasonality

YES = np.array([True])


def _season(values: np.ndarray, season: int = 12, *, multiplicative: bool = True, doubt: float = 1.0) -> tuple:
    many = np.full(len(values), multiplicative)
    found = seasonality(panel_of(values), season=season, multiplicative=many, doubt=np.full(len(values), doubt))
    return found.index, found.strength


def test_an_even_window_takes_half_of_each_end_and_is_held_at_both() -> None:
    average, _ = moving_average(panel_of(np.array([[1.0, 2.0, 3.0, 4.0, 10.0]])), season=4)
    # one full window: (1/2 + 2 + 3 + 4 + 10/2) / 4 = 3.625
    assert average[:, 0].tolist() == [3.625] * 5


def test_a_gap_is_left_out_of_the_mean() -> None:
    average, _ = moving_average(panel_of(np.array([[1.0, np.nan, 5.0, 3.0]])), season=3)
    assert average[:, 0].tolist() == [3.0, 3.0, 4.0, 4.0]  # (1 + 5) / 2, (5 + 3) / 2


def test_newer_years_weigh_more() -> None:
    y = np.array([[100.0, 100.0] * 6 + [80.0, 120.0] * 6])
    index, strength = _season(y, season=2)
    plain = np.array([0.9, 1.1])  # the mean of no season and one of 0.2
    assert index[0, 0] < plain[0] < plain[1] < index[1, 0]
    assert 0.5 < strength[0] < 1.0


def test_amounts_add_up_to_zero_and_factors_to_one_each() -> None:
    y = 100.0 + np.tile([5.0, -10.0, 20.0], 8)[None]
    amounts, _ = _season(y, season=3, multiplicative=False)
    factors, _ = _season(y, season=3)
    np.testing.assert_allclose(amounts[:, 0], [0.0, -15.0, 15.0], atol=1e-9)  # less their mean of 5
    np.testing.assert_allclose(factors[:, 0], [1.0, 90 / 105, 120 / 105], atol=1e-9)


def test_noise_keeps_little_and_a_clear_season_nearly_all() -> None:
    rng = np.random.default_rng(1)
    noise = rng.lognormal(0.0, 0.2, (400, 36))
    clear = noise * (1.0 + 0.8 * np.sin(2 * np.pi * np.arange(36) / 12))
    _, of_noise = _season(noise)
    _, of_clear = _season(clear)
    assert of_noise.mean() < 0.2
    assert of_clear.mean() > 0.9
    assert (_season(noise, doubt=2.0)[1] <= of_noise).all()


def test_less_than_two_years_prove_no_season() -> None:
    y = 1.0 + 0.5 * np.sin(2 * np.pi * np.arange(48) / 12)[None]
    assert _season(y[:, :23])[1].tolist() == [0.0]
    assert _season(y[:, :24])[1][0] > 0.5


def test_taking_the_season_out_and_putting_it_back_changes_nothing() -> None:
    y = np.tile([5.0, 2.0, 8.0], 6)[None]
    panel = panel_of(y)
    found = seasonality(panel, season=3, multiplicative=YES, doubt=np.ones(1))
    np.testing.assert_allclose(found.put_back(found.remove(panel).values), panel.values, rtol=1e-12)
