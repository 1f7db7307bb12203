"""Exponential smoothing with a damped trend."""

from itertools import product

import numpy as np

from onenumber.demand.methods.fit import Fit, Sums, pick
from onenumber.demand.panel import Floats, Panel, divide

GRID = np.array(list(product((0.05, 0.15, 0.3, 0.5, 0.8), (0.0, 0.1, 0.3), (0.8, 0.95))))
"""Level smoothing alpha, trend smoothing beta (as a share of alpha) and damping phi."""
RIDGE = 1.0
"""Weight of one observation against a steep initial trend."""


def damped_holt(panel: Panel, *, horizon: int) -> Fit:
    """Damped trend: the best of a small grid per series, initial level and trend by least squares.

    ``e_t = y_t - (l + phi b)``; ``l <- l + phi b + alpha e``; ``b <- phi b + alpha beta e``; a gap moves on without an
    error. Forecast h steps ahead: ``l + (phi + ... + phi^h) b``. The initial b is held near 0 by a ridge of
    :data:`RIDGE`.

    Source: Gardner and McKenzie (1985); the error correction form of Hyndman et al. (2008).

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> damped_holt(panel_of(np.full((1, 12), 7.0)), horizon=2).mean.round(9).tolist()
        [[7.0], [7.0]]
    """
    alpha, beta, phi = (GRID[:, k, None] for k in range(3))
    level, trend, sums = _filter(panel, alpha=alpha, beta=alpha * beta, phi=phi)
    a, b = sums.best(ridge=RIDGE, low=-np.inf, high=np.inf)
    error = sums.error(a, b)
    states = (level[0] + a * level[1] + b * level[2], trend[0] + a * trend[1] + b * trend[2])
    end, slope, damping, least = pick(error, *states, phi, error)
    steps = np.add.accumulate(damping ** np.arange(1, horizon + 1)[:, None], axis=0)
    return Fit(mean=end + steps * slope, error=divide(least, panel.observed))


def _filter(panel: Panel, *, alpha: Floats, beta: Floats, phi: Floats) -> tuple[list[Floats], list[Floats], Sums]:
    """Final level and trend, and the errors, as responses to the data, to a unit level and to a unit trend."""
    shape = (len(alpha), panel.series)
    level = [np.zeros(shape), np.ones(shape), np.zeros(shape)]
    trend = [np.zeros(shape), np.zeros(shape), np.ones(shape)]
    sums = Sums(shape)
    for t in range(panel.periods):
        live, seen = panel.live[t], panel.seen[t]
        step = [phi * b for b in trend]
        guess = [b + s for b, s in zip(level, step, strict=True)]
        error = [panel.values[t] - guess[0] * seen, guess[1] * seen, guess[2] * seen]
        sums.add(error[0], error[1], error[2])
        signs = (1.0, -1.0, -1.0)
        for k, sign in enumerate(signs):
            level[k] = np.where(live, guess[k] + (sign * alpha) * error[k], level[k])
            trend[k] = np.where(live, step[k] + (sign * beta) * error[k], trend[k])
    return level, trend, sums
