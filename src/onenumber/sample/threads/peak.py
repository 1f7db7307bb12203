"""Thread 1, the full peak: in months +3 and +4 two divisions want far more hours of pump assembly than there are.

Garden pumps (Home & Garden) have their season then and earn most an hour; dosing pumps (Industrial Process) go to a
customer whose contract, won three months ago, names a minimum and a penalty. Last month the customer took up its
second stage: it called off three times as much from +1 on and seven times as much in +3 and +4. The line is
re-equipped for it in +1 and +2, so hardly anything can be built ahead. A movable overhaul lies in the first of the
two months. The first stage is a decoy too: a level that rose for
good and must not be cleaned away.
"""

import datetime as dt
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.catalogue import LINES
from onenumber.sample.clock import Clock
from onenumber.sample.demand import Pairs
from onenumber.sample.network import SHARED_LINE, Network, hours_wanted
from onenumber.sample.rows import rows
from onenumber.sample.threads.lines import own_line
from onenumber.sample.windows import Window

MONTHS = (3, 4)
"""The peak, counted from the current month."""
OVERLOAD = 1.28
"""Hours truly to be expected over hours available in the two months together.

A baseline that draws the season towards its mean sees a sixth less of it: the plan is asked for about 1.15.
"""
CUSTOMER, ITEMS = "C10", ("DOS-01", "DOS-02", "DOS-03")
WON, FIRST_STAGE = -3, 100.0
"""The contract's first stage: since when, and the expected quantity of each item in an average month."""
RAMP_FROM, RAMP = 1, 315.0
"""The second stage: from when on, and the expected quantity of each item in an average month."""
SECOND_FROM, SECOND_UNTIL, SECOND_STAGE = 3, 5, 765.0
"""Its first fill: the quantity in the two months of the peak."""
REBUILT = ((1, 255.0), (2, 135.0))
"""Months and hours in which the line is re-equipped; these windows do not move."""
CALLED_OFF = range(1, 9)
"""Months already called off."""
CALL_DAYS = (8, 20)
LINES_A_MONTH = 4.0
MINIMUM_SHARE = 0.8
"""The contract's minimum over the expected quantity."""
PENALTY = 45.0
"""Paid for each unit short of the minimum."""
WINDOW, WINDOW_HOURS = "W-L11-OVERHAUL", 110.0


def with_first_stage(pairs: Pairs, clock: Clock) -> Pairs:
    """The first stage's quantity on top of what the customer bought before, from the month it was won."""
    mean, rate = pairs.mean.copy(), pairs.rate.copy()
    won = _rows(pairs)
    since = slice(clock.now + WON, None)
    mean[won, since] += FIRST_STAGE * clock.fullness[None, since]
    rate[won] = LINES_A_MONTH
    return replace(pairs, mean=mean, rate=rate)


def with_second_stage(pairs: Pairs, clock: Clock) -> Pairs:
    """What is truly to be expected from +1 on."""
    return _from_the_ramp_on(pairs, clock, ramp=RAMP, peak=SECOND_STAGE)


def without_second_stage(pairs: Pairs, clock: Clock) -> Pairs:
    """What is drawn by chance: nothing of the months that are called off."""
    return _from_the_ramp_on(pairs, clock, ramp=0.0, peak=0.0)


def _from_the_ramp_on(pairs: Pairs, clock: Clock, *, ramp: float, peak: float) -> Pairs:
    mean = pairs.mean.copy()
    for since, until, quantity in ((RAMP_FROM, None, ramp), (SECOND_FROM, SECOND_UNTIL, peak)):
        months = slice(clock.now + since, None if until is None else clock.now + until)
        mean[_rows(pairs), months] = quantity * clock.fullness[None, months]
    return replace(pairs, mean=mean)


def _rows(pairs: Pairs) -> npt.NDArray[np.int64]:
    return np.flatnonzero(pairs.rows(items=ITEMS, customers=(CUSTOMER,)))


def call_offs(pairs: Pairs, clock: Clock) -> pl.DataFrame:
    """The orders of the second stage, all placed in the middle of last month, two a month and item."""
    days = [clock.day(month, day) for month in CALLED_OFF for day in CALL_DAYS]
    requested = clock.on_workday(np.array(days, dtype="datetime64[D]"), forward=True)
    ordered = clock.on_workday(np.array([clock.day(-1, 14)], dtype="datetime64[D]"), forward=True)[0]
    months = [clock.now + month for month in CALLED_OFF]
    full = with_second_stage(pairs, clock).mean[_rows(pairs)[0], months]
    quantities = np.repeat(np.round(full / len(CALL_DAYS)), len(CALL_DAYS))
    return pl.concat(
        [
            own_line(
                pairs, item=item, customer=CUSTOMER, quantity=float(quantity), ordered=ordered.item(),
                requested=day.item(),
            )
            for item in ITEMS
            for day, quantity in zip(requested, quantities, strict=True)
        ]
    )  # fmt: skip


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


def rebuilding(clock: Clock) -> tuple[Window, ...]:
    """The weeks in which the line is re-equipped for the second stage; told with it."""
    return tuple(
        Window(
            window=f"W-{SHARED_LINE}-REBUILT-{month}", line=SHARED_LINE, start=clock.day(month, 6), days=10,
            hours=hours, reason="re-equipped for the second stage", known=clock.day(-1, 14),
        )
        for month, hours in REBUILT
    )  # fmt: skip


def hours_a_day(network: Network, taken: Values, clock: Clock) -> float:
    """Hours a day of the line such that expected demand of the two months asks for :data:`OVERLOAD` of them.

    ``daily = (sum wanted / OVERLOAD + sum maintenance) / sum working days``.
    """
    peak = [clock.now + month for month in MONTHS]
    line = [key for key, _, _ in LINES].index(SHARED_LINE)
    wanted = float(hours_wanted(network, network.expected)[line, peak].sum())
    daily = (wanted / OVERLOAD + float(taken[line, peak].sum())) / float(clock.workdays[peak].sum())
    return round(daily, 2)


def contracts(clock: Clock, day: dt.date) -> pl.DataFrame:
    """The contract as known on a day: a minimum per month and stage, and what each missing unit costs."""
    first, ramp, second, after = (clock.day(month) for month in (WON, RAMP_FROM, SECOND_FROM, SECOND_UNTIL))
    stages: list[tuple[float, dt.date, dt.date | None]] = [(FIRST_STAGE, first, None)] if first < day else []
    if day > clock.day(-1, 14):
        stages = [(FIRST_STAGE, first, ramp), (RAMP, ramp, second), (SECOND_STAGE, second, after), (RAMP, after, None)]
    return rows(
        "customer_contracts",
        [
            (CUSTOMER, item, round(each * MINIMUM_SHARE), PENALTY, begin, end)
            for each, begin, end in stages
            for item in ITEMS
        ],
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
        "contract_minimum": round(SECOND_STAGE * MINIMUM_SHARE),
        "penalty": PENALTY,
    }
