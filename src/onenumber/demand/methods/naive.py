"""The benchmark that every forecast has to beat."""

import numpy as np

from onenumber.demand.panel import Bools, Floats, Panel


def naive(panel: Panel, *, horizon: int, season: int) -> Floats:
    """Naive forecast, (horizon x series), by what was known only.

    Seasonal (the last observation of the same season) where a series is two full seasons old, else the last
    observation. A season never seen takes the last observation too; NaN where nothing was ever seen.

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> naive(panel_of(np.array([[1.0, 2.0, 3.0, 4.0], [np.nan, 9.0, 8.0, 7.0]])), horizon=3, season=2).T.tolist()
        [[3.0, 4.0, 3.0], [7.0, 7.0, 7.0]]
    """
    last = _last(panel.values, panel.seen)
    seasonal = np.empty((season, panel.series))
    for k in range(season):
        rows = np.arange(-panel.periods, 0) % season == k
        same = _last(panel.values[rows], panel.seen[rows])
        seasonal[k] = np.where(is_seasonal(panel, season=season) & np.isfinite(same), same, last)
    return seasonal[np.arange(horizon) % season]


def is_seasonal(panel: Panel, *, season: int) -> Bools:
    """True where a series is at least two full seasons old."""
    old_enough: Bools = panel.age[-1] >= 2 * season
    return old_enough


def _last(values: Floats, seen: Bools) -> Floats:
    last = np.full(values.shape[1], np.nan)
    for row, there in zip(values, seen, strict=True):
        last = np.where(there, row, last)
    return last
