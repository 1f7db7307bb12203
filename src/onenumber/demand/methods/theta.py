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
    level, decay, sums = _filter(panel, before)
    start, weight = sums.best(ridge=0.0, low=weights[0], high=weights[1])
    error = sums.error(start, weight)
    ahead = _ahead(decay, last.intercept[0], last.slope[0])
    end, w, line, least = pick(error, level[0] + start * level[1] + weight * level[2], weight, ahead, error)
    mean = end + w * line + np.arange(horizon)[:, None] * (w * last.slope[0])
    return Fit(mean=mean, error=divide(least, panel.observed))


def _filter(panel: Panel, before: Line) -> tuple[list[Floats], Floats, Sums]:
    """Final level as a response to the data, to a unit level and to the weight; its decay; and the errors.

    In a gap the level moves as if the forecast had come true.
    """
    shape = (len(ALPHA), panel.series)
    level, decay, sums = [np.zeros(shape), np.ones(shape), np.zeros(shape)], np.ones(shape), Sums(shape)
    for t in range(panel.periods):
        seen, gap = panel.seen[t], panel.live[t] & ~panel.seen[t]
        line = _ahead(decay, before.intercept[t], before.slope[t])
        sums.add((panel.values[t] - level[0]) * seen, level[1] * seen, (level[2] + line) * seen)
        for k, target in enumerate((panel.values[t], 0.0, 0.0)):
            level[k] = np.where(seen, level[k] + ALPHA * (target - level[k]), level[k])
        level[2] = np.where(gap, level[2] + ALPHA * line, level[2])
        decay = np.where(panel.live[t], decay * (1.0 - ALPHA), decay)
    return level, decay, sums


def _ahead(decay: Floats, intercept: Floats, slope: Floats) -> Floats:
    """The share of a line in the forecast of the next period: ``decay a + (1 - decay (1 - alpha)) / alpha b``."""
    share: Floats = (1.0 - decay * (1.0 - ALPHA)) / ALPHA
    return decay * intercept + share * slope
