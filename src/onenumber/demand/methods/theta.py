"""The Theta method, classical and dynamic."""

from dataclasses import dataclass

import numpy as np

from onenumber.demand.methods.fit import Fit, Sums, pick
from onenumber.demand.panel import Floats, Panel, divide

ALPHA = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])[:, None]
"""Smoothing of the level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line through the observations: ``intercept + slope * age``, (periods x series) in each period."""

    intercept: Floats
    slope: Floats


def theta(panel: Panel, *, horizon: int) -> Fit:
    """Classical Theta: simple smoothing plus half the slope of one line through the whole series.

    With l the smoothed level, n the age of the series, a and b intercept and slope of its line:
    ``F(n + h) = l + w [(1 - alpha)^n a + (1 - (1 - alpha)^(n+1)) / alpha * b + (h - 1) b]``, w = 1/2 (theta = 2).

    Source: Assimakopoulos and Nikolopoulos (2000); form of Hyndman and Billah (2003) and Fiorucci et al. (2016).

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> theta(panel_of(np.full((1, 12), 7.0)), horizon=2).mean.round(9).tolist()
        [[7.0], [7.0]]
    """
    line = running_line(panel)
    last = Line(intercept=line.intercept[-1:], slope=line.slope[-1:])
    before = Line(
        intercept=np.broadcast_to(last.intercept, panel.values.shape),
        slope=np.broadcast_to(last.slope, panel.values.shape),
    )
    return _theta(panel, before, last, horizon=horizon, weights=(0.5, 0.5))


def dynamic_theta(panel: Panel, *, horizon: int) -> Fit:
    """Dynamic optimised Theta: the line of each period is that of the observations before it, w in [0, 1] is fitted.

    Same forecast as :func:`theta`; w = 1 - 1/theta.

    Source: Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016), DOTM.

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> dynamic_theta(panel_of(np.full((1, 12), 7.0)), horizon=2).mean.round(9).tolist()
        [[7.0], [7.0]]
    """
    line = running_line(panel)
    nothing = np.zeros((1, panel.series))
    before = Line(
        intercept=np.concatenate([nothing, line.intercept[:-1]]), slope=np.concatenate([nothing, line.slope[:-1]])
    )
    last = Line(intercept=line.intercept[-1:], slope=line.slope[-1:])
    return _theta(panel, before, last, horizon=horizon, weights=(0.0, 1.0))


def running_line(panel: Panel) -> Line:
    """Least squares line through the observations so far, in every period; level only, after the first.

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> line = running_line(panel_of(np.array([[np.nan, 2.0, 4.0, np.nan, 8.0]])))
        >>> line.intercept[:, 0].tolist(), line.slope[:, 0].tolist()
        ([0.0, 2.0, 0.0, 0.0, 0.0], [0.0, 0.0, 2.0, 2.0, 2.0])
    """
    age = panel.age * panel.seen
    n, x, xx, y, xy = (
        np.add.accumulate(part, axis=0, dtype=np.float64)
        for part in (panel.seen, age, age * age, panel.values, age * panel.values)
    )
    slope = divide(n * xy - x * y, n * xx - x * x)
    return Line(intercept=divide(y - slope * x, n), slope=slope)


def _theta(panel: Panel, before: Line, last: Line, *, horizon: int, weights: tuple[float, float]) -> Fit:
    """Best of the grid; ``before`` is the line that each period's forecast uses, ``last`` that of the horizon."""
    shape = (len(ALPHA), panel.series)
    sums = Sums(shape)
    of_data, of_start = np.zeros(shape), np.ones(shape)
    decay = np.ones(shape)
    for t in range(panel.periods):
        seen = panel.seen[t]
        line = _ahead(decay, before.intercept[t], before.slope[t])
        sums.add((panel.values[t] - of_data) * seen, of_start * seen, line * seen)
        of_data = np.where(seen, of_data + ALPHA * (panel.values[t] - of_data), of_data)
        of_start = np.where(seen, (1.0 - ALPHA) * of_start, of_start)
        decay = np.where(panel.live[t], decay * (1.0 - ALPHA), decay)
    start, weight = sums.best(ridge=0.0, low=weights[0], high=weights[1])
    error = sums.error(start, weight)
    ahead = _ahead(decay, last.intercept[0], last.slope[0])
    level, w, line_end, least = pick(error, of_data + start * of_start, weight, ahead, error)
    mean = level + w * line_end + np.arange(horizon)[:, None] * (w * last.slope[0])
    return Fit(mean=mean, error=divide(least, panel.observed))


def _ahead(decay: Floats, intercept: Floats, slope: Floats) -> Floats:
    return decay * intercept + (1.0 - decay * (1.0 - ALPHA)) / ALPHA * slope
