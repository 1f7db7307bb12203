"""Forecast any batch of series, without a hierarchy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onenumber.demand.backtest import backtest, error_scale
from onenumber.demand.intervals import ranges
from onenumber.demand.panel import Floats, Panel, every, panel_of
from onenumber.demand.pool import pool
from onenumber.errors.demand import BadForecastRequestError

LONGEST = 1200
"""Periods of a series, of a horizon or of a season; more is mistyped, and would only fill the memory."""
WAYS_OUT = {"horizon": f"1 to {LONGEST} periods", "season": f"the number of periods in a year, 1 to {LONGEST}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesForecast:
    """Means (series x horizon), per range in percent its lower and upper ends, and the method of each series.

    NaN where a series has no observation at all.
    """

    mean: Floats
    bands: Mapping[float, tuple[Floats, Floats]]
    method: npt.NDArray[np.str_]


def forecast_series(*, values: Floats, horizon: int, season: int, levels: Sequence[float]) -> SeriesForecast:
    """Forecast each series, with ranges.

    ``values`` is (series x periods), NaN where nothing was seen; the last column is the last period of every series.
    ``levels`` are percents, e.g. (80, 95). The mean of a series depends on its own history only; the width of its
    ranges also on how well its companions were forecast (:func:`onenumber.demand.intervals.ranges`).

    Raises:
        BadForecastRequestError: if the horizon, the season or a level can't be.

    Example:
        >>> made = forecast_series(values=np.array([[5.0] * 24]), horizon=2, season=12, levels=(80,))
        >>> made.mean.round(6).tolist(), made.method.tolist()
        ([[5.0, 5.0]], ['holt + theta + dynamic theta'])
        >>> forecast_series(values=np.ones((1, 9)), horizon=0, season=12, levels=(80,))
        Traceback (most recent call last):
        onenumber.errors.demand.BadForecastRequestError: A horizon of 0 can't be: use 1 to 1200 periods.
    """
    check_request(horizon=horizon, season=season, levels=levels)
    panel = panel_of(values)
    made = pool(panel, horizon=horizon, season=season)
    tested = backtest(
        panel, horizon=horizon, season=season, predict=lambda past, steps: pool(past, horizon=steps, season=season).mean
    )
    width = ranges(
        tested,
        scale=error_scale(panel, season=season),
        pools=np.zeros(panel.series, dtype=np.int64),
        horizon=horizon,
        percents=levels,
    )
    bands = {level: _band(made.mean, width.half_width(level), panel) for level in levels}
    return SeriesForecast(mean=made.mean.T, bands=bands, method=made.method)


def check_request(*, horizon: int, season: int, levels: Sequence[float]) -> None:
    """Refuse a horizon, a season or a level that can't be.

    Raises:
        BadForecastRequestError: naming the first.
    """
    for what, count in (("horizon", horizon), ("season", season)):
        if not 1 <= count <= LONGEST:
            raise BadForecastRequestError(what=what, value=count, way_out=WAYS_OUT[what])
    for level in levels:
        if not 0.0 < level < 100.0:  # noqa: PLR2004 - percent
            raise BadForecastRequestError(what="level", value=level, way_out="a percent between 0 and 100, such as 80")


def _band(mean: Floats, half_width: Floats, panel: Panel) -> tuple[Floats, Floats]:
    """Lower and upper ends, (series x horizon); not below zero where the history never was."""
    never_negative = every(panel.values >= 0.0)
    lower = mean - half_width
    return np.where(never_negative, np.maximum(lower, 0.0), lower).T, (mean + half_width).T
