"""Ranges that hold what they promise: quantiles of scaled backtest errors, pooled over series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from onenumber.demand.backtest import Backtest
from onenumber.demand.panel import Floats, Ints

FEWEST = 100
"""Fewer errors than this at one step ahead are pooled over all steps."""
WIDEST = 2.0
"""Largest factor of a series."""
GROWTH = 0.4
"""Errors grow with this power of the steps ahead where they can't be measured step by step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """What the width of a range is made of.

    ``quantile`` is (percents x pools x horizon) in units of the scale, ``factor`` and ``scale`` per series, ``pools``
    the pool of each series. Half width = quantile x factor x scale.
    """

    quantile: Mapping[float, Floats]
    factor: Floats
    scale: Floats
    pools: Ints

    def half_width(self, percent: float) -> Floats:
        """Half width of the range that holds ``percent`` of outcomes, (horizon x series), in units of the series."""
        return self.quantile[percent][self.pools].T * (self.factor * self.scale)


def ranges(tested: Backtest, *, scale: Floats, pools: Ints, horizon: int, percents: Sequence[float]) -> Ranges:
    """Pooled scaled conformal ranges from a backtest.

    Score of a cell: ``|error| / scale at the origin``. Factor of a series: half 1, half its own mean score against that
    of its pool. The quantile of n scores is the ``ceil((n + 1) p)``-th smallest, per
    step ahead where a pool has :data:`FEWEST` scores there, else over all steps with growth ``steps ** GROWTH``, as
    beyond the last step tested. A pool without any score takes the normal quantile of a mean absolute error of one
    scale.

    Sources: Vovk, Gammerman and Shafer (2005); split conformal of Lei et al. (2018), scaled and pooled over series.
    """
    factor = factors(tested, pools)
    count = int(pools.max(initial=-1)) + 1
    table = {p: np.empty((count, horizon)) for p in percents}
    score = np.abs(tested.error) / _positive(tested.scale)[:, None, :]
    for pool in range(count):
        steps = [np.sort(row[np.isfinite(row)]) for row in _by_step(score[:, :, pools == pool])]
        for p in percents:
            table[p][pool] = _by_horizon(steps, p / 100.0, horizon)
    return Ranges(quantile=table, factor=factor, scale=scale, pools=pools)


def factors(tested: Backtest, pools: Ints) -> Floats:
    """Factor per series: half 1, half its own mean scaled error against that of its pool; 1 where not tested.

    Never above :data:`WIDEST`: after a jump in level the scale known before it is small, and the errors against it
    say nothing about the size of errors now.
    """
    ratio = np.abs(tested.error) / _positive(tested.scale)[:, None, :]
    seen = np.isfinite(ratio)
    cells = seen.sum(axis=(0, 1))
    own = np.where(seen, ratio, 0.0).sum(axis=(0, 1)) / np.maximum(cells, 1)
    factor = np.ones(len(pools))
    for pool in range(int(pools.max(initial=-1)) + 1):
        scored = (pools == pool) & (cells > 0)
        mean = float(np.sort(own[scored]).mean()) if bool(scored.any()) else 0.0
        if mean > 0.0:
            factor[scored] = np.minimum(0.5 + 0.5 * own[scored] / mean, WIDEST)
    return factor


def coverage(tested: Backtest, *, pools: Ints, percent: float) -> Floats:
    """Whether each actual lay in a range made from the other origins: 1, 0 or NaN, (origins x steps x series).

    Each origin is judged by ranges that its own errors have no part in; with one origin nothing can be judged.
    """
    inside = np.full(tested.actual.shape, np.nan)
    for k in range(len(tested.actual) if len(tested.actual) > 1 else 0):
        others = np.arange(len(tested.actual)) != k
        rest = Backtest(
            forecast=tested.forecast[others],
            naive=tested.naive[others],
            actual=tested.actual[others],
            scale=tested.scale[others],
        )
        scale = np.nan_to_num(tested.scale[k])
        made = ranges(rest, scale=scale, pools=pools, horizon=tested.steps, percents=[percent])
        error = tested.error[k]
        inside[k] = np.where(np.isfinite(error), np.abs(error) <= made.half_width(percent), np.nan)
    return inside


def _by_step(score: Floats) -> list[Floats]:
    return [score[:, step, :].ravel() for step in range(score.shape[1])]


def _by_horizon(steps: list[Floats], share: float, horizon: int) -> Floats:
    ahead = np.arange(1, horizon + 1, dtype=np.float64)
    everything = np.sort(np.concatenate([s / (k + 1) ** GROWTH for k, s in enumerate(steps)] or [np.empty(0)]))
    if not len(everything):
        assumed: Floats = _normal(share) * np.sqrt(np.pi / 2.0) * ahead**GROWTH
        return assumed
    width = _quantile(everything, share) * ahead**GROWTH
    measured = [(k, _quantile(s, share)) for k, s in enumerate(steps[:horizon]) if len(s) >= FEWEST]
    for k, value in measured:
        width[k] = value
    if measured:
        last, value = measured[-1]
        width[last + 1 :] = value * (ahead[last + 1 :] / (last + 1)) ** GROWTH
    return width


def _quantile(ordered: Floats, share: float) -> float:
    """The score that a share stays under; beyond the largest that so few can tell, it goes on as a normal one would."""
    count = len(ordered)
    rank = int(np.ceil((count + 1) * share))
    if rank <= count:
        return float(ordered[rank - 1])
    return float(ordered[-1]) * _normal(share) / _normal(count / (count + 1.0))


def _normal(share: float) -> float:
    """Half width of the range that holds a share of a normal variable of deviation 1."""
    return NormalDist().inv_cdf(0.5 + share / 2.0)


def _positive(scale: Floats) -> Floats:
    """Scales with NaN for zero: a series that never moved has no scaled error."""
    return np.where(scale > 0.0, scale, np.nan)
