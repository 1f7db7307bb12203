"""How far a patch's lag-1 sales figures were over or under: what rule R1 trusts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.model.cube import Cube, State, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The sales figure S as frozen in the cycle of period ``cycle``, with a price per stream as its weight."""

    cycle: int
    sales: Cube
    weights: Values


def lag1_bias(*, snapshots: Sequence[Snapshot], actual: Cube, weights: Values) -> Mapping[str, float]:
    """Bias per patch, ``sum(F - A) / sum(A)`` in money, over + : each snapshot's lag-1 period that has happened.

    F is read on the snapshot's own axis (as it was), A on today's. A patch without any lag-1 figure, or with no
    demand to compare to, is absent: it is not known. A period whose demand is missing is held against nothing.

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> axis = Axis("stream", np.array(["A|x"]), {"patch": np.array(["Nord"])})
        >>> s = cube(measure="S", values=np.array([[9.0, 12.0]]), axis=axis, first=4, unit="pcs")
        >>> a = cube(measure="demand", values=np.array([[9.0, 10.0]]), axis=axis, first=4, unit="pcs")
        >>> lag1_bias(snapshots=[Snapshot(cycle=4, sales=s, weights=np.ones(1))], actual=a, weights=np.ones(1))
        {'Nord': 0.2}
    """
    forecast: dict[str, float] = {}
    happened: dict[str, float] = {}
    for snapshot in snapshots:
        target = snapshot.cycle + 1
        if target in actual.indices and target in snapshot.sales.indices and _came(actual, target):
            _add(forecast, snapshot.sales, snapshot.weights, target)
            _add(happened, actual, weights, target)
    scored = sorted(patch for patch in forecast if happened.get(patch, 0.0) > 0)
    return {patch: (forecast[patch] - happened[patch]) / happened[patch] for patch in scored}


def _came(actual: Cube, period: int) -> bool:
    """Whether what was asked for in a period is known: nothing is held against a month that was not loaded."""
    return not np.any(actual.state[:, period - actual.first] == State.MISSING)


def _add(sums: dict[str, float], cube: Cube, weights: Values, period: int) -> None:
    column = period - cube.first
    patches, codes = cube.axis.groups("patch")
    present = cube.state[:, column] == State.PRESENT
    known = present & np.isfinite(weights)
    amounts = np.where(known, cube.values[:, column] * np.where(known, weights, 0.0), 0.0)
    totals = np.bincount(codes, weights=amounts, minlength=len(patches))
    for patch, total in zip(patches.tolist(), totals.tolist(), strict=True):
        sums[patch] = sums.get(patch, 0.0) + total
