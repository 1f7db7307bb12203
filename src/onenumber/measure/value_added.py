"""Forecast value added: what each step of the process did to the error (domain.md §5.2).

Source: Gilliland (2010). Error e = forecast - actual; value added is positive where a step made the error smaller.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from onenumber.measure.error import Floats, Score, bias, wmape

TOUCHED = 0.005
"""A cell is touched when a step moved it by more than this share of what stood there."""
FEWEST_PERIODS, FEWEST_CELLS = 6, 20
EXACT = 1000
SIZES = ((0.0, 0.05), (0.05, 0.20), (0.20, 0.50), (0.50, np.inf))
"""Size of a change, as a share of what stood there: research expects small changes to be the weak ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepValue:
    """One step on the cells that every step scored.

    ``added`` = error of the step before - own error and ``added_in_all`` = error of the first - own error, both as
    shares of demand; ``bias_added`` = |bias before| - |own bias|. ``touched`` counts cells that the step moved,
    ``touched_added`` is its value on those, ``hits`` the share of them that came nearer, ``chance`` the probability
    of a hit rate at least as far from one half by luck (two-sided sign test). None where it can't be known;
    ``reason`` says when the evidence on people or steps is not enough to judge.
    """

    step: str
    error: Score
    bias: Score
    added: float | None
    added_in_all: float | None
    bias_added: float | None
    touched: int
    touched_added: float | None
    hits: float | None
    chance: float | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeValue:
    """Value added on the cells that a step moved by a share in [low, high), up or down."""

    low: float
    high: float
    upward: bool
    cells: int
    added: float | None
    hits: float | None


def value_added(*, steps: Mapping[str, Floats], actual: Floats) -> tuple[StepValue, ...]:
    """The staircase: each step against the one before it and against the first (the benchmark).

    ``steps`` maps each step's name, in order, to its forecasts, (series x periods) like ``actual``; a cell that any
    step or the actual lacks (NaN) is left out of all.

    Example:
        >>> a = np.array([[100.0, 120.0, 80.0, 110.0]])
        >>> made = value_added(actual=a, steps={"naive": np.array([[90.0, 100.0, 120.0, 80.0]]),
        ...                                     "statistical": np.array([[98.0, 112.0, 95.0, 104.0]])})
        >>> [round(100 * s.error.value, 2) for s in made], round(100 * made[1].added, 2)
        ([24.39, 7.56], 16.83)
    """
    names = list(steps)
    common = np.isfinite(actual) & np.all([np.isfinite(steps[name]) for name in names], axis=0)
    cells = {name: np.where(common, steps[name], np.nan) for name in names}
    truth = np.where(common, actual, np.nan)
    return tuple(_step(names, cells, truth, k) for k in range(len(names)))


def by_size(*, before: Floats, after: Floats, actual: Floats) -> tuple[SizeValue, ...]:
    """Value added of one step by size and direction of its change; cells it did not touch are left out.

    Example:
        >>> before, after, actual = np.array([100.0, 100.0]), np.array([130.0, 99.0]), np.array([100.0, 99.0])
        >>> rows = by_size(before=before, after=after, actual=actual)
        >>> [(r.low, r.upward, r.cells, r.hits) for r in rows if r.cells]
        [(0.0, False, 1, 1.0), (0.2, True, 1, 0.0)]
    """
    moved = _moved(before, after) & np.isfinite(actual)
    share = np.abs(after - before) / np.where(before != 0.0, np.abs(before), 1.0)
    share = np.where(before != 0.0, share, np.inf)
    rows = []
    for low, high in SIZES:
        for upward in (True, False):
            inside = moved & (share >= low) & ((share < high) | np.isinf(high)) & ((after > before) == upward)
            added, hits, _ = _on(inside, before, after, actual)
            rows.append(SizeValue(low=low, high=high, upward=upward, cells=int(inside.sum()), added=added, hits=hits))
    return tuple(rows)


def sign_test(*, wins: int, losses: int) -> float:
    """Two-sided probability, by luck alone, of a split at least as uneven as ``wins`` to ``losses``.

    Exact binomial up to 1,000 cells, then the normal approximation with continuity correction.

    Example (2 * 6 / 32, as C(5, 0) + C(5, 1) = 6):
        >>> sign_test(wins=4, losses=1)
        0.375
    """
    n, least = wins + losses, min(wins, losses)
    if n == 0:
        return 1.0
    if n <= EXACT:
        as_uneven: int = sum(comb(n, k) for k in range(least + 1))
        return min(1.0, 2.0 * float(as_uneven / 2**n))
    return min(1.0, 2.0 * NormalDist().cdf((least + 0.5 - n / 2.0) / sqrt(n / 4.0)))


def _step(names: list[str], cells: Mapping[str, Floats], actual: Floats, at: int) -> StepValue:
    own, before, first = cells[names[at]], cells[names[max(at - 1, 0)]], cells[names[0]]
    error, tilt = wmape(forecast=own, actual=actual), bias(forecast=own, actual=actual)
    moved = _moved(before, own)
    added, hits, chance = _on(moved, before, own, actual)
    periods = int(moved.any(axis=tuple(range(moved.ndim - 1))).sum())
    enough = periods >= FEWEST_PERIODS and int(moved.sum()) >= FEWEST_CELLS
    return StepValue(
        step=names[at],
        error=error,
        bias=tilt,
        added=_less(wmape(forecast=before, actual=actual).value, error.value) if at else None,
        added_in_all=_less(wmape(forecast=first, actual=actual).value, error.value) if at else None,
        bias_added=_less(_size(bias(forecast=before, actual=actual).value), _size(tilt.value)) if at else None,
        touched=int(moved.sum()),
        touched_added=added,
        hits=hits,
        chance=chance if enough else None,
        reason="" if enough or not at else "not_enough_evidence",
    )


def _on(
    cells: npt.NDArray[np.bool_], before: Floats, after: Floats, actual: Floats
) -> tuple[float | None, float | None, float | None]:
    """On some cells: value added as a share of their demand, hit rate, and its probability by luck."""
    old, new = np.abs(before[cells] - actual[cells]), np.abs(after[cells] - actual[cells])
    if not len(old):
        return None, None, None
    demand = float(np.abs(actual[cells]).sum())
    added = (float(old.sum()) - float(new.sum())) / demand if demand > 0.0 else None
    wins, losses = int((new < old).sum()), int((new > old).sum())
    return added, wins / len(old), sign_test(wins=wins, losses=losses)


def _moved(before: Floats, after: Floats) -> npt.NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        return np.abs(after - before) > TOUCHED * np.abs(before)


def _less(before: float | None, own: float | None) -> float | None:
    return None if before is None or own is None else before - own


def _size(value: float | None) -> float | None:
    return None if value is None else abs(value)
