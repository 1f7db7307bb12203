"""How far a patch's lag-1 sales figures were over or under: what rule R1 trusts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.measure.error import bias
from onenumber.model.cube import Cube, State, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The sales figure S as frozen in the cycle of period ``cycle``, with a price per stream as its weight.

    ``given`` are the patches whose own figure it is; what stood in for another's (rule R1) is nobody's forecast.
    """

    cycle: int
    sales: Cube
    weights: Values
    given: Collection[str]


def lag1_bias(*, snapshots: Sequence[Snapshot], actual: Cube, weights: Values) -> Mapping[str, float]:
    """Bias per patch (K9), in money, over + : each lag-1 period that has happened and that the patch forecast.

    F is read on the snapshot's own axis (as it was), A on today's. A patch with fewer such periods than K9 needs, or
    with no demand to compare to, is absent: its bias is not known. A period whose
    demand is missing is held against nothing.

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> axis = Axis("stream", np.array(["A|x"]), {"patch": np.array(["Nord"])})
        >>> s = cube(measure="S", values=np.full((1, 4), 12.0), axis=axis, first=4, unit="pcs")
        >>> a = cube(measure="demand", values=np.full((1, 4), 10.0), axis=axis, first=4, unit="pcs")
        >>> snapshots = [Snapshot(cycle=k, sales=s, weights=np.ones(1), given=("Nord",)) for k in (4, 5, 6)]
        >>> lag1_bias(snapshots=snapshots, actual=a, weights=np.ones(1))
        {'Nord': 0.2}
        >>> lag1_bias(snapshots=snapshots[1:], actual=a, weights=np.ones(1))
        {}
    """
    pairs: dict[str, list[tuple[float, float]]] = {}
    for snapshot in snapshots:
        target = snapshot.cycle + 1
        if target in actual.indices and target in snapshot.sales.indices and _came(actual, target):
            forecast = _sums(snapshot.sales, snapshot.weights, target)
            happened = _sums(actual, weights, target)
            for patch in (patch for patch in forecast if patch in happened and patch in snapshot.given):
                pairs.setdefault(patch, []).append((forecast[patch], happened[patch]))
    found = {patch: _bias(pairs[patch]) for patch in sorted(pairs)}
    return {patch: value for patch, value in found.items() if value is not None}


def _bias(pairs: Sequence[tuple[float, float]]) -> float | None:
    forecast, happened = np.array(pairs, dtype=np.float64).T
    return bias(forecast=forecast, actual=happened).value


def _came(actual: Cube, period: int) -> bool:
    """Whether what was asked for in a period is known: nothing is held against a month that was not loaded."""
    return not np.any(actual.state[:, period - actual.first] == State.MISSING)


def _sums(cube: Cube, weights: Values, period: int) -> dict[str, float]:
    column = period - cube.first
    patches, codes = cube.axis.groups("patch")
    present = cube.state[:, column] == State.PRESENT
    known = present & np.isfinite(weights)
    amounts = np.where(known, cube.values[:, column] * np.where(known, weights, 0.0), 0.0)
    totals = np.bincount(codes, weights=amounts, minlength=len(patches))
    return dict(zip(patches.tolist(), totals.tolist(), strict=True))
