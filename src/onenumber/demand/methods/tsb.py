"""Teunter-Syntetos-Babai smoothing of intermittent demand."""

from itertools import product

import numpy as np

from onenumber.demand.methods.fit import Fit, pick
from onenumber.demand.panel import Panel, divide, total

GRID = np.array(list(product((0.02, 0.05, 0.1, 0.2, 0.3), (0.02, 0.1, 0.2))))
"""Smoothing of the probability of demand, and of its size."""


def tsb(panel: Panel, *, horizon: int) -> Fit:
    """Probability of demand times size of demand, each smoothed; the forecast is flat.

    ``p <- p + alpha ((y_t != 0) - p)`` in every period seen, ``z <- z + beta (y_t - z)`` where there was demand; the
    forecast is ``p z``. It decays when demand ends, which Croston's does not. Both start at their mean; the pair
    of a small grid with the smallest squared one-step error is taken.

    Source: Teunter, Syntetos and Babai (2011).

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> tsb(panel_of(np.array([[4.0, 4.0, 4.0, 4.0]])), horizon=2).mean.tolist()
        [[4.0], [4.0]]
    """
    alpha, beta = GRID[:, 0, None], GRID[:, 1, None]
    shape = (len(GRID), panel.series)
    demand = panel.seen & (panel.values != 0.0)
    chance = np.broadcast_to(divide(total(demand), panel.observed), shape)
    size = np.broadcast_to(divide(total(panel.values), total(demand)), shape)
    squared = np.zeros(shape)
    for t in range(panel.periods):
        seen, there = panel.seen[t], demand[t]
        error = (panel.values[t] - chance * size) * seen
        squared += error * error
        chance = np.where(seen, chance + alpha * (there - chance), chance)
        size = np.where(there, size + beta * (panel.values[t] - size), size)
    level, least = pick(squared, chance * size, squared)
    return Fit(mean=np.broadcast_to(level, (horizon, panel.series)), error=divide(least, panel.observed))
