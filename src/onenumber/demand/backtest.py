"""Forecasts made as of earlier periods, against what came."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from onenumber.demand.methods.naive import naive
from onenumber.demand.panel import Floats, Panel, divide, total

ORIGINS = 3
Predict = Callable[[Panel, int], Floats]
"""Forecast of a panel as it was known then, and a horizon: (horizon x series), NaN where there is no history yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """Forecasts, benchmark and actuals, (origins x steps x series), NaN where not scored.

    ``scale`` is the size of an ordinary error of each series as known at each origin, (origins x series).
    """

    forecast: Floats
    naive: Floats
    actual: Floats
    scale: Floats

    @property
    def error(self) -> Floats:
        """Forecast - actual (over is +)."""
        return self.forecast - self.actual

    @property
    def steps(self) -> int:
        """How many periods ahead were scored."""
        return int(self.actual.shape[1])


def origins(*, periods: int, horizon: int) -> tuple[int, ...]:
    """How many periods were known at each origin, the latest first, each with the same number of periods to score.

    A quarter of the history (at most the horizon) is scored from each; origins lie a quarter of that apart, so that
    the earliest still knows most of the history.

    Example:
        >>> origins(periods=36, horizon=18), origins(periods=2, horizon=18), origins(periods=1, horizon=18)
        ((27, 25, 23), (1,), ())
    """
    steps = _steps(periods, horizon)
    apart = max(1, steps // 4)
    last = periods - steps
    return tuple(last - k * apart for k in range(ORIGINS) if last - k * apart >= 1)


def backtest(panel: Panel, *, horizon: int, season: int, predict: Predict) -> Backtest:
    """Score ``predict`` and the naive benchmark from three earlier origins; each sees what was known then only."""
    known = origins(periods=panel.periods, horizon=horizon)
    steps = _steps(panel.periods, horizon)
    shape = (len(known), steps, panel.series)
    forecast, benchmark, actual = (np.full(shape, np.nan) for _ in range(3))
    scale = np.full((len(known), panel.series), np.nan)
    for k, origin in enumerate(known):
        past = panel.until(origin)
        ahead = slice(origin, origin + steps)
        forecast[k] = predict(past, steps)
        benchmark[k] = naive(past, horizon=steps, season=season)
        actual[k] = np.where(panel.seen[ahead], panel.values[ahead], np.nan)
        scale[k] = error_scale(past, season=season)
    return Backtest(forecast=forecast, naive=benchmark, actual=actual, scale=scale)


def error_scale(panel: Panel, *, season: int) -> Floats:
    """Size of an ordinary error per series: mean absolute difference between a season and the one before it.

    With fewer than a season of such pairs: between a period and the one before it. Never below the mean size of an
    observation divided by their number, because n equal observations don't prove that the next one is equal too.

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> error_scale(panel_of(np.array([[1.0, 2.0, 3.0, 5.0], [4.0, 4.0, 4.0, 4.0]])), season=2).tolist()
        [2.5, 1.0]
    """
    seasonal, pairs = _mean_difference(panel, season)
    stepwise, _ = _mean_difference(panel, 1)
    floor = divide(total(np.abs(panel.values)), panel.observed**2)
    return np.maximum(np.where(pairs >= season, seasonal, stepwise), floor)


def _mean_difference(panel: Panel, lag: int) -> tuple[Floats, Floats]:
    both = panel.seen[lag:] & panel.seen[:-lag]
    pairs = total(both)
    return divide(total(np.abs(panel.values[lag:] - panel.values[:-lag]) * both), pairs), pairs


def _steps(periods: int, horizon: int) -> int:
    return max(1, min(horizon, periods // 4))
