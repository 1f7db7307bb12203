"""Thread 1, the full peak: in months +3 and +4 two divisions want 15 % more hours of pump assembly than there are.

Garden pumps (Home & Garden) have their season then and earn most an hour; dosing pumps (Industrial Process) go to a
customer whose contract, won three months ago, names a minimum and a penalty. A movable overhaul lies in the first of
the two months. The contract is a decoy too: a level that rose for good and must not be cleaned away.
"""

from dataclasses import replace

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.catalogue import LINES
from onenumber.sample.clock import Clock
from onenumber.sample.demand import Pairs
from onenumber.sample.network import SHARED_LINE, Network, hours_wanted
from onenumber.sample.rows import rows
from onenumber.sample.windows import Window

MONTHS = (3, 4)
"""The peak, counted from the current month."""
OVERLOAD = 1.15
"""Hours wanted over hours available in the two months together."""
CUSTOMER, ITEMS, EACH = "C10", ("DOS-01", "DOS-02"), 350.0
"""The contract: who, what, and the expected quantity of each item in an average month."""
WON = -3
LINES_A_MONTH = 4.0
MINIMUM_SHARE = 0.8
"""The contract's minimum over the expected quantity."""
PENALTY = 45.0
"""Paid for each unit short of the minimum."""
WINDOW, WINDOW_HOURS = "W-L11-OVERHAUL", 110.0


def with_contract(pairs: Pairs, clock: Clock) -> Pairs:
    """The contract's quantity on top of what the customer bought before, from the month it was won."""
    mean, rate = pairs.mean.copy(), pairs.rate.copy()
    won = np.flatnonzero(pairs.rows(items=ITEMS, customers=(CUSTOMER,)))
    since = slice(clock.now + WON, None)
    mean[won, since] += EACH * clock.fullness[None, since]
    rate[won] = LINES_A_MONTH
    return replace(pairs, mean=mean, rate=rate)


def window(clock: Clock) -> Window:
    """The overhaul: five days in month +3, free to start anywhere from +2 to the middle of +6."""
    return Window(
        window=WINDOW,
        line=SHARED_LINE,
        start=clock.day(MONTHS[0], 9),
        days=5,
        hours=WINDOW_HOURS,
        reason="overhaul of the assembly cell",
        earliest=clock.day(2),
        latest=clock.day(6, 15),
        known=clock.day(-2, 12),
    )


def hours_a_day(network: Network, taken: Values, clock: Clock) -> float:
    """Hours a day of the line such that expected demand of the two months asks for 115 % of them.

    ``daily = (sum wanted / 1.15 + sum maintenance) / sum working days``.
    """
    peak = [clock.now + month for month in MONTHS]
    line = [key for key, _, _ in LINES].index(SHARED_LINE)
    wanted = float(hours_wanted(network, network.expected)[line, peak].sum())
    daily = (wanted / OVERLOAD + float(taken[line, peak].sum())) / float(clock.workdays[peak].sum())
    return round(daily, 2)


def contracts(clock: Clock) -> pl.DataFrame:
    """The contract as a table: a minimum per month and what each missing unit costs."""
    return rows(
        "customer_contracts",
        [(CUSTOMER, item, round(EACH * MINIMUM_SHARE), PENALTY, clock.day(WON), None) for item in ITEMS],
    )


def truth(network: Network, available: Values, clock: Clock) -> dict[str, object]:
    """Hours wanted and there in the two months, by division; ``available`` is lines x months, after maintenance."""
    line = [key for key, _, _ in LINES].index(SHARED_LINE)
    peak = [clock.now + month for month in MONTHS]
    division = np.array([family.division for family in network.family])
    hours = network.expected[:, peak] * (network.hours * (network.line == line))[:, None]
    return {
        "line": SHARED_LINE,
        "months": [clock.calendar[month].label for month in peak],
        "hours_available": [round(float(h), 1) for h in available[line, peak]],
        "hours_wanted_GAR": [round(float(h), 1) for h in hours[division == "GAR"].sum(axis=0)],
        "hours_wanted_IND": [round(float(h), 1) for h in hours[division == "IND"].sum(axis=0)],
        "overload": round(float(hours.sum() / available[line, peak].sum()), 3),
        "window": WINDOW,
        "window_hours": WINDOW_HOURS,
        "contract_customer": CUSTOMER,
        "contract_items": list(ITEMS),
        "contract_minimum": round(EACH * MINIMUM_SHARE),
        "penalty": PENALTY,
    }
