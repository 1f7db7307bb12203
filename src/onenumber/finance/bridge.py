"""Price, volume and mix: the exact bridge between two amounts (domain.md §5.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bridge:
    """Parts of the gap per group, in the order they are drawn; they add up to ``gap``."""

    parts: Mapping[str, Floats]
    gap: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the bridge: price, quantity and (for a margin bridge) unit cost per cell, in one currency."""

    price: Floats
    quantity: Floats
    cost: Floats | None = None

    @property
    def margin(self) -> Floats:
        """Unit margin: price - cost; the price itself in a revenue bridge."""
        return self.price if self.cost is None else self.price - self.cost


def bridge(*, base: Side, actual: Side, codes: Codes, groups: int) -> Bridge:
    """The gap ``actual - base`` as price (and cost), volume, mix, new and lost, per group.

    With C the cells that have a quantity on both sides, N new, X lost and m = price (revenue) or price - cost::

        price  = sum_C (P1 - P0) Q1          cost = -sum_C (c1 - c0) Q1
        volume = (sum Q1 - sum Q0) * mean m0  mix = sum_C (Q1 - Q0 sum Q1 / sum Q0) m0
        new    = sum_N m1 Q1                  lost = -sum_X m0 Q0

    The parts add up identically: the price x volume cross term is in price, which is weighted with Q1. Mix depends on
    the grain of the cells, so print it; unlike units need equivalent units first, currencies one rate.

    Example (vector T5):
        >>> base = Side(price=np.array([10.0, 20, 5, 0]), quantity=np.array([100.0, 50, 200, 0]))
        >>> actual = Side(price=np.array([11.0, 19, 0, 8]), quantity=np.array([120.0, 40, 0, 60]))
        >>> found = bridge(base=base, actual=actual, codes=np.zeros(4, dtype=np.int64), groups=1)
        >>> {name: round(float(part[0]), 2) for name, part in found.parts.items()}, found.gap.tolist()
        ({'price': 80.0, 'volume': 133.33, 'mix': -133.33, 'new': 480.0, 'lost': -1000.0}, [-440.0])
    """
    q0, q1, m0, m1 = base.quantity, actual.quantity, base.margin, actual.margin
    both, new, lost = (q0 != 0) & (q1 != 0), (q0 == 0) & (q1 != 0), (q0 != 0) & (q1 == 0)
    add = partial(_sum, codes=codes, groups=groups)
    before, after = add(q0, both), add(q1, both)
    some = before != 0
    scale = np.where(some, after / np.where(some, before, 1.0), 1.0)
    parts = {"price": add((actual.price - base.price) * q1, both)}
    if base.cost is not None and actual.cost is not None:
        parts["cost"] = -add((actual.cost - base.cost) * q1, both)
    parts["volume"] = (scale - 1.0) * add(m0 * q0, both)
    parts["mix"] = add((q1 - q0 * scale[codes]) * m0, both)
    parts["new"] = add(m1 * q1, new)
    parts["lost"] = -add(m0 * q0, lost)
    everywhere = np.ones(len(q0), dtype=np.bool_)
    return Bridge(parts, add(m1 * q1, everywhere) - add(m0 * q0, everywhere))


def _sum(values: Floats, chosen: npt.NDArray[np.bool_], codes: Codes, groups: int) -> Floats:
    return np.bincount(codes[chosen], weights=values[chosen], minlength=groups).astype(np.float64)


def in_minor(parts: Mapping[str, float], *, gap: int, decimals: int) -> dict[str, int]:
    """The parts of one bridge in minor units that add up to ``gap`` to the last one.

    Each part is rounded; what the rounding of parts and leaves leaves over goes to the largest part.

    Example:
        >>> in_minor({"price": 80.0, "volume": 133.3333, "mix": -133.3333}, gap=8001, decimals=2)
        {'price': 8000, 'volume': 13334, 'mix': -13333}
    """
    rounded = {name: round(part * 10**decimals) for name, part in parts.items()}
    largest = max(rounded, key=lambda name: abs(rounded[name]))
    rounded[largest] += gap - sum(rounded.values())
    return rounded
