"""Quantities of many series: a sum for each unit, as unlike units have none together (C18)."""

from collections.abc import Mapping

import numpy as np

from onenumber.model.axis import Labels
from onenumber.model.cube import Values

Amounts = Mapping[str, float]
"""A quantity by its unit."""


def by_unit(values: Values, units: Labels) -> dict[str, float]:
    """What series come to in each unit, one value and one unit per series.

    Example:
        >>> by_unit(np.array([5.0, 1.5, 2.0]), np.array(["pcs", "kg", "pcs"]))
        {'kg': 1.5, 'pcs': 7.0}
    """
    names, codes = np.unique(units, return_inverse=True)
    return dict(zip(names.tolist(), np.bincount(codes, weights=values, minlength=len(names)).tolist(), strict=True))


def add(*many: Amounts) -> dict[str, float]:
    """Amounts added up, each unit by itself.

    Example:
        >>> add({"kg": 1.0}, {"pcs": 2.0}, {"kg": 0.5})
        {'kg': 1.5, 'pcs': 2.0}
    """
    units = sorted({unit for one in many for unit in one})
    return {unit: sum(one.get(unit, 0.0) for one in many) for unit in units}


def farthest(before: Amounts, after: Amounts) -> float:
    """How far two amounts are apart in the unit in which they are farthest."""
    return max((abs(after.get(unit, 0.0) - before.get(unit, 0.0)) for unit in {**before, **after}), default=0.0)


def in_short(value: float) -> int | float:
    """A quantity as a sentence says it: two digits behind the point at most, and a whole one without it.

    Example:
        >>> in_short(1_234_567.0), in_short(12.345)
        (1234567, 12.35)
    """
    shown = round(float(value), 2)
    return int(shown) if shown.is_integer() else shown


def in_words(amounts: Amounts) -> str:
    """Amounts as a sentence says them.

    Example:
        >>> in_words({"kg": 1.5, "pcs": 7.0}), in_words({})
        ('1.5 kg and 7 pcs', 'nothing')
    """
    return " and ".join(f"{round(value, 1):.12g} {unit}" for unit, value in amounts.items()) or "nothing"
