"""One number at every level: forecasts of all levels made to add up, exactly and without a solver."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.demand.linear import solve
from onenumber.demand.panel import Bools, Floats, Ints, every

FLOOR = 1e-9
"""Smallest error variance of a total, as a share of that of its series: keeps the system regular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """One level: for each series the group it belongs to, -1 for none, and how many groups there are."""

    codes: Ints
    groups: int


def sums(values: Floats, levels: Sequence[Grouping]) -> Floats:
    """Totals of every group of every level, one level after the other: (... x series) -> (... x all groups).

    Added in the order of the series, so that bits repeat.

    Example:
        >>> pair = Grouping(codes=np.array([0, 1, 0, -1]), groups=2)
        >>> sums(np.array([[1.0, 2.0, 4.0, 8.0]]), [pair]).tolist()
        [[5.0, 2.0]]
    """
    rows = values.reshape(math.prod(values.shape[:-1]), values.shape[-1])
    count = sum(level.groups for level in levels)
    out = np.zeros((len(rows), count))
    for row, source in zip(out, rows, strict=True):
        _add_row(row, source, levels)
    return out.reshape(*values.shape[:-1], count)


def _add_row(row: Floats, source: Floats, levels: Sequence[Grouping]) -> None:
    first = 0
    for level in levels:
        inside = level.codes >= 0
        row[first : first + level.groups] = np.bincount(
            level.codes[inside], weights=source[inside], minlength=level.groups
        )
        first += level.groups


def reconcile(
    *, bottom: Floats, top: Floats, bottom_error: Floats, top_error: Floats, levels: Sequence[Grouping]
) -> Floats:
    """Series forecasts moved as little as their errors allow so that they add up to what the levels above expect.

    ``b~ = b + W A' (Wa + A W A')^-1 (a - A b)``: b is ``bottom`` (horizon x series), a is ``top`` (horizon x all
    groups, in the order of ``levels``; NaN = this total has no forecast of its own), A adds series to groups, W and
    Wa are the error variances. This is generalised least squares (MinT with a diagonal of variances) in the space of
    the totals, so levels may cross (product x region x channel). Totals are then the sums of the series.

    Not negative: a series that would fall below zero is set to zero and held there, and the rest is solved again.

    Source: Wickramasuriya, Athanasopoulos and Hyndman (2019), by the Woodbury identity.

    Example:
        >>> both = Grouping(codes=np.array([0, 0]), groups=1)
        >>> reconcile(bottom=np.array([[4.0, 4.0]]), top=np.array([[11.0]]), bottom_error=np.array([2.0, 1.0]),
        ...           top_error=np.array([0.0]), levels=[both]).round(6).tolist()
        [[6.0, 5.0]]
    """
    told = every(np.isfinite(top))
    variance = _floored(top_error, bottom_error, levels)[told]
    result = np.maximum(bottom, 0.0)
    held = np.zeros(bottom.shape, dtype=bool)
    rows = np.arange(len(bottom)) if bool(told.any()) else np.arange(0)
    while len(rows):
        weights = np.where(held[rows], 0.0, bottom_error)
        start = np.where(held[rows], 0.0, bottom[rows])
        gap = top[rows][:, told] - sums(start, levels)[:, told]
        pull = _solved(gap, weights, variance, told, levels)
        result[rows] = start + weights * _spread(pull, told, levels, bottom.shape[1])
        below = result[rows] < 0.0
        held[rows] |= below
        rows = rows[below.any(axis=1)]
    return result


def _floored(variance: Floats, of_series: Floats, levels: Sequence[Grouping]) -> Floats:
    floored = np.maximum(variance, FLOOR * sums(of_series, levels))
    return np.where(floored > 0.0, floored, 1.0)


def _solved(gap: Floats, weights: Floats, variance: Floats, told: Bools, levels: Sequence[Grouping]) -> Floats:
    """``(Wa + A W A')^-1 gap`` per row; rows with equal weights share one factorisation."""
    if bool((weights == weights[0]).all()):
        system = _crossed(weights[0], levels)[np.ix_(told, told)] + np.diag(variance)
        return solve(system, gap.T, diagonal=_largest(levels)[told]).T
    alone = [_solved(gap[k : k + 1], weights[k : k + 1], variance, told, levels) for k in range(len(gap))]
    return np.concatenate(alone)


def _largest(levels: Sequence[Grouping]) -> Bools:
    """True for the groups of the level with the most: no series is in two groups of one level."""
    sizes = [level.groups for level in levels]
    largest: Bools = np.repeat(np.arange(len(sizes)), sizes) == int(np.argmax(sizes))
    return largest


def _crossed(weights: Floats, levels: Sequence[Grouping]) -> Floats:
    """``A W A'``: the weight that each two groups have in common, (all groups x all groups)."""
    firsts = np.cumsum([0, *(level.groups for level in levels)])
    system = np.zeros((int(firsts[-1]), int(firsts[-1])))
    for i, one in enumerate(levels):
        for j, other in enumerate(levels[: i + 1]):
            both = (one.codes >= 0) & (other.codes >= 0)
            cell = one.codes[both] * other.groups + other.codes[both]
            shared = np.bincount(cell, weights=weights[both], minlength=one.groups * other.groups)
            block = shared.reshape(one.groups, other.groups)
            system[firsts[i] : firsts[i + 1], firsts[j] : firsts[j + 1]] = block
            system[firsts[j] : firsts[j + 1], firsts[i] : firsts[i + 1]] = block.T
    return system


def _spread(pull: Floats, told: Bools, levels: Sequence[Grouping], series: int) -> Floats:
    """``A' pull``: what the groups of each series add up to, (rows x series)."""
    full = np.zeros((len(pull), len(told) + 1))
    full[:, :-1][:, told] = pull
    out = np.zeros((len(pull), series))
    first = 0
    for level in levels:
        out += full[:, np.where(level.codes >= 0, first + level.codes, len(told))]
        first += level.groups
    return out
