"""Thread 5, the plan that was not kept: plant 2 made 101 % of last month's volume and 78 % of its mix.

Its lines run 12 % slower than their standard since half a year ago. A fixed overhaul took half the hours of large
assembly last month, so two divisions competed for them; whoever was given precedence got half of what was
promised. The plant's manager has not answered for the breach.
"""

import numpy as np
import numpy.typing as npt

from onenumber.model.cube import Values
from onenumber.sample.catalogue import LINES, PLANT_2, between
from onenumber.sample.clock import Clock
from onenumber.sample.network import Network
from onenumber.sample.people import PLANT_MANAGERS
from onenumber.sample.windows import Window

MONTH = -1
VOLUME, MIX = 1.01, 0.78
SLOW_DOWN = 0.88
"""Shown rate over standard."""
SLOW_SINCE = -6
SHOWN_SINCE = -5
"""Month from which the books of rates show it."""
CONTENDED_LINE = "L21"
OVERHAUL_SHARE = 0.5
FAVOURED = "GAR"
"""The division that was given precedence on the line."""
DECIDED = -2
"""The cycle in which it was: the last one whose plan held for the month."""
REALISED = 0.50
"""What the last precedence decision brought over what it promised."""


def window(daily: Values, clock: Clock) -> Window:
    """The overhaul of large assembly in the last month, found necessary shortly before cycle -2 opened."""
    line = [key for key, _, _ in LINES].index(CONTENDED_LINE)
    hours = float(daily[line]) * float(clock.workdays[clock.now + MONTH]) * OVERHAUL_SHARE
    return Window(
        window="W-L21-OVERHAUL", line=CONTENDED_LINE, start=clock.day(MONTH, 5), days=22, hours=round(hours, 0),
        reason="press bed cracked: overhaul", known=clock.day(-3, 20),
    )  # fmt: skip


def slowness(network: Network, months: range, clock: Clock) -> Values:
    """Hours a unit really takes over its standard (products x months)."""
    own = np.array([round(between(k, 0.98, 1.02), 4) for k in range(len(network.items))])
    factor = np.repeat(own[:, None], len(months), axis=1)
    slow = np.array([site == PLANT_2 for site in network.site])
    late = np.array([month >= clock.now + SLOW_SINCE for month in months])
    factor[np.ix_(slow, late)] = 1.0 / SLOW_DOWN
    return factor


def uneven(plan: Values, *, weight: Values, step: Values, promise: Values) -> Values:
    """What the plant makes of a plan: 101 % of its value in all, 78 % where more than planned earns nothing.

    Every second product, by value, is made too much, the others too little, each by one share; a product that was
    promised extra gets half of the extra. What rounding one product takes, the next of its side gives back.
    """
    value = plan * weight
    ranked = np.argsort(-value, kind="stable")
    favoured = promise > 0
    over = np.zeros(len(plan), dtype=bool)
    over[ranked[1::2]] = True
    over &= ~favoured
    under = ~over & ~favoured
    made = np.where(favoured, plan - (1 - REALISED) * promise, plan)
    lost = (1 - MIX) * value.sum() - float(((plan - made) * weight).sum())
    made = np.where(over, plan * (1 + (VOLUME - MIX) * value.sum() / _total(value, over)), made)
    made = np.where(under, plan * (1 - lost / _total(value, under)), made)
    rounded = np.maximum(np.round(made / step) * step, 0.0)
    for side in (over, under):
        _round_on(rounded, made, weight=weight, step=step, side=side)
    return rounded


def _total(value: Values, side: npt.NDArray[np.bool_]) -> float:
    return max(float(value[side].sum()), 1e-9)


def _round_on(rounded: Values, exact: Values, *, weight: Values, step: Values, side: npt.NDArray[np.bool_]) -> None:
    """Round the products of a side to whole steps, coarse steps first, each taking over what the one before left."""
    carried = 0.0
    for k in np.flatnonzero(side)[np.argsort(-(weight * step)[side], kind="stable")].tolist():
        each = float(weight[k] * step[k])
        wanted = float(exact[k] * weight[k]) + carried
        rounded[k] = max(0.0, round(wanted / each) * float(step[k]))
        carried = wanted - float(rounded[k] * weight[k])


def truth(network: Network, promise: Values, clock: Clock) -> dict[str, object]:
    """What last month's adherence must show, what the decision promised and brought, and who has not answered."""
    mine = [k for k in np.flatnonzero(promise).tolist() if network.site[k] == PLANT_2]
    return {
        "site": PLANT_2,
        "period": clock.calendar[clock.now + MONTH].label,
        "volume": VOLUME,
        "mix": MIX,
        "rate_under_standard": round(1 - SLOW_DOWN, 2),
        "line": CONTENDED_LINE,
        "decided_in": clock.calendar[clock.now + DECIDED].label,
        "favoured": FAVOURED,
        "decision_realised": REALISED,
        "promised": {network.items[k]: round(float(promise[k]), 3) for k in mine},
        "unanswered": {"figure": "production_mix", "scope": PLANT_2, "owner": PLANT_MANAGERS[PLANT_2]},
    }
