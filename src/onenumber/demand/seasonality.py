"""Seasonal indices by moving average, discounted by year and shrunk by what the data can prove."""

from dataclasses import dataclass

import numpy as np

from onenumber.demand.panel import Bools, Floats, Ints, Panel, divide, total

DISCOUNT = 0.8
"""Weight of a year against the one after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasonality:
    """Indices per series.

    ``index`` is (season x series); row k belongs to the periods that lie k, k + season ... after the last one seen
    (row 0 is the first period of the horizon). ``multiplicative`` says whether they are factors around 1 or
    amounts around 0. ``strength`` in [0, 1] is how much of the raw indices was kept.
    """

    index: Floats
    multiplicative: Bools
    strength: Floats

    def at(self, steps: Ints) -> Floats:
        """Indices of periods, (periods x series); step 0 is the first period of the horizon, -1 the last seen."""
        return self.index[steps % len(self.index)]

    def remove(self, panel: Panel) -> Panel:
        """The panel without its season; a factor of zero leaves the value as it is."""
        index = self.at(np.arange(-panel.periods, 0))
        without = np.where(self.multiplicative, panel.values / _safe(index), panel.values - index)
        return panel.where(without)

    def put_back(self, forecast: Floats) -> Floats:
        """A forecast, (horizon x series), with its season."""
        index = self.at(np.arange(len(forecast)))
        return np.where(self.multiplicative, forecast * index, forecast + index)


def seasonality(panel: Panel, *, season: int, multiplicative: Bools, doubt: Floats) -> Seasonality:
    """Classical seasonal indices, shrunk toward none by how far they stand out of the noise.

    1. Trend: centred moving average over one season, held at both ends (:func:`moving_average`).
    2. Ratio to trend (difference where not ``multiplicative``), averaged per season with weight
       ``DISCOUNT ** years ago``, centred on 1 (0).
    3. ``strength = max(0, 1 - doubt / F)``, F of a weighted one-way analysis of variance of the ratios by season;
       ``index = 1 + strength * (raw - 1)``. A series seen in fewer than two seasons' worth of periods has none.

    ``doubt`` per series is 1 for the positive part James-Stein factor and more where ratios have heavy tails.

    Sources: Miller and Williams (2003), shrinking seasonal indices; James and Stein (1961), positive part.

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> p = panel_of(np.array([[1.0, 3.0] * 6]))
        >>> s = seasonality(p, season=2, multiplicative=np.array([True]), doubt=np.ones(1))
        >>> s.index[:, 0].round(9).tolist(), s.strength.tolist()
        ([0.5, 1.5], [1.0])
    """
    neutral = np.where(multiplicative, 1.0, 0.0)
    if season == 1:
        return Seasonality(index=neutral[None, :], multiplicative=multiplicative, strength=np.zeros(panel.series))
    average, known = moving_average(panel, season=season)
    known &= ~multiplicative | (average > 0.0)
    ratio = np.where(multiplicative, panel.values / _safe(average), panel.values - average)
    years_ago = (panel.periods - 1 - np.arange(panel.periods)) // season
    weight = np.where(panel.seen & known, DISCOUNT ** years_ago[:, None], 0.0)
    raw = _by_season(panel, ratio=ratio, weight=weight, season=season)
    strength = _strength(panel, ratio=ratio, weight=weight, raw=raw, doubt=doubt)
    centre = total(raw) / season
    centred = np.where(multiplicative, divide(raw, centre, 1.0), raw - centre)
    index = neutral + strength * (centred - neutral)
    return Seasonality(index=index, multiplicative=multiplicative, strength=strength)


def _by_season(panel: Panel, *, ratio: Floats, weight: Floats, season: int) -> Floats:
    """Weighted mean ratio per season, (season x series); a season never seen has the mean of the others."""
    of = _season_of(panel, season)
    sums = np.stack([total(weight[of == k]) for k in range(season)])
    means = divide(np.stack([total((weight * ratio)[of == k]) for k in range(season)]), sums)
    return np.where(sums > 0, means, divide(total(means), total(sums > 0)))


def _strength(panel: Panel, *, ratio: Floats, weight: Floats, raw: Floats, doubt: Floats) -> Floats:
    """Share of the indices to keep, from a weighted one-way analysis of variance.

    With weights w of equal error variance, ``E[between] = E[within] = variance`` where there is no season:
    the sums of squares are divided by the weight that each has free.
    """
    season = len(raw)
    of = _season_of(panel, season)
    sums = np.stack([total(weight[of == k]) for k in range(season)])
    spent = total(divide(np.stack([total(weight[of == k] ** 2) for k in range(season)]), sums))
    groups = total(sums > 0)
    grand = divide(total(sums * raw), total(sums))
    between = divide(total(sums * (raw - grand) ** 2), spent * divide(groups - 1, groups))
    free = np.maximum(total(sums) - spent, 0.0)
    within = divide(total(weight * (ratio - raw[of]) ** 2), free)
    enough = (total(weight > 0) >= 2 * season) & (between > 0)
    return np.where(enough, np.maximum(0.0, 1.0 - doubt * divide(within, between)), 0.0)


def moving_average(panel: Panel, *, season: int) -> tuple[Floats, Bools]:
    """Centred moving average over one season, and where there is one; both (periods x series).

    An even season takes half of each end. Gaps are left out of the mean. Before the first and after the last full
    window the average is held. A series without one full window has none.

    Example:
        >>> from onenumber.demand.panel import panel_of
        >>> average, known = moving_average(panel_of(np.array([[1.0, 2.0, 6.0, 4.0, 8.0]])), season=3)
        >>> average[:, 0].tolist()
        [3.0, 3.0, 4.0, 6.0, 6.0]
    """
    half = season // 2
    shares = np.ones(2 * half + 1)
    if season % 2 == 0:
        shares[[0, -1]] = 0.5
    windows = max(panel.periods - 2 * half, 0)
    sums, counts = np.zeros((windows, panel.series)), np.zeros((windows, panel.series))
    for k, share in enumerate(shares.tolist()):
        sums += share * panel.values[k : k + windows]
        counts += share * panel.seen[k : k + windows]
    average, full = np.zeros(panel.values.shape), np.zeros(panel.values.shape, dtype=bool)
    average[half : half + windows] = divide(sums, counts)
    full[half : half + windows] = panel.live[:windows] & (counts > 0)
    return _held(average, full), panel.live & (total(full) > 0.0)


def _held(average: Floats, full: Bools) -> Floats:
    """The average with every cell outside a full window taking the nearest one before it, else after it."""
    reached = np.logical_or.accumulate(full, axis=0)
    held = average.copy()
    for t in range(1, len(held)):
        held[t] = np.where(reached[t] & ~full[t], held[t - 1], held[t])
    for t in range(len(held) - 2, -1, -1):
        held[t] = np.where(reached[t], held[t], held[t + 1])
    return held


def _season_of(panel: Panel, season: int) -> Ints:
    return np.arange(-panel.periods, 0) % season


def _safe(divisor: Floats) -> Floats:
    return np.where(divisor == 0.0, 1.0, divisor)
