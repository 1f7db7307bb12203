"""Simple smoothing of a seasonal level, for demand with zeros."""

import numpy as np

from onenumber.demand.methods.fit import Fit, Sums, pick
from onenumber.demand.panel import Floats, Panel, divide, total

ALPHA = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.5])[:, None]


def seasonal_smoothing(panel: Panel, *, index: Floats, horizon: int) -> Fit:
    """Simple smoothing of the level l in ``y_t = s_t l``, with known factors s, (season x series), around 1.

    ``e_t = y_t - s_t l``; ``l <- l + g_t e_t`` with ``g_t = alpha s_t / (alpha s_t^2 + (1 - alpha) q)``, q the mean of
    s^2. With s = 1 it is simple exponential smoothing; a period whose factor is 0 tells nothing about the level,
    so nothing is divided by it. The initial level follows by least squares, not below 0.

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> y, s = np.array([[0.0, 6.0] * 6]), np.array([[0.0], [2.0]])
        >>> seasonal_smoothing(panel_of(y), index=s, horizon=4).mean[:, 0].round(9).tolist()
        [0.0, 6.0, 0.0, 6.0]
    """
    shape = (len(ALPHA), panel.series)
    of_data, of_start, sums = np.zeros(shape), np.ones(shape), Sums(shape)
    nothing = np.zeros(shape)
    spread = total(index * index) / len(index)
    for t in range(panel.periods):
        factor = index[(t - panel.periods) % len(index)]
        gain = divide(ALPHA * factor, ALPHA * factor**2 + (1.0 - ALPHA) * spread)
        error = (panel.values[t] - factor * of_data) * panel.seen[t]
        response = factor * of_start * panel.seen[t]
        sums.add(error, response, nothing)
        of_data = of_data + gain * error
        of_start = of_start - gain * response
    start = np.maximum(sums.best_a(nothing), 0.0)
    squared = sums.error(start, nothing)
    level, least = pick(squared, of_data + start * of_start, squared)
    mean = level * index[np.arange(horizon) % len(index)]
    return Fit(mean=mean, error=divide(least, panel.observed))
