"""Thread 2, the customer who is leaving: orders every 20 days for years, none for 50, and nobody's figures say so."""

import datetime as dt

import numpy as np
import polars as pl

from onenumber.sample.clock import Clock
from onenumber.sample.demand import Pairs
from onenumber.sample.people import SELLERS

CUSTOMER, PATCH, DIVISION = "C03", "P1", "GAR"
USUAL_DAYS = 20
LAST_PART = 3
"""Every third line of what would be the last order is still ordered."""
DATES = ("ordered", "requested", "first_confirmed", "cancelled")
SILENT = 2.5
"""How long the customer has been silent, over its usual days between orders."""


def last_order(clock: Clock) -> dt.date:
    """The day of the last order: 50 days before the current month begins."""
    return clock.today - dt.timedelta(days=int(USUAL_DAYS * SILENT))


def without(pairs: Pairs, clock: Clock) -> Pairs:
    """What is really to be expected: nothing more of this customer from last month on."""
    return pairs.scaled(pairs.rows(customers=(CUSTOMER,)), range(clock.now - 1, len(clock.calendar)), 0.0)


def in_rhythm(lines: pl.DataFrame, clock: Clock) -> pl.DataFrame:
    """The customer's orders moved on to every 20th day, with all their dates; what would follow the last never comes.

    The last order is a third of a usual one, so the month before last is short and the last one is empty.
    """
    last = last_order(clock)
    mine = lines.filter((pl.col("customer") == CUSTOMER) & (pl.col("ordered") <= last))
    left = (pl.lit(last) - pl.col("ordered")).dt.total_days()
    moved = mine.with_columns([pl.col(name) + pl.duration(days=left % USUAL_DAYS) for name in DATES])
    days = clock.on_workday(moved["requested"].to_numpy().astype("datetime64[D]"), forward=True)
    moved = moved.with_columns(pl.Series("requested", days))
    moved = moved.with_columns(pl.max_horizontal("first_confirmed", "requested").alias("first_confirmed"))
    small = (pl.col("ordered") < last) | (pl.int_range(pl.len()) % LAST_PART == 0)
    moved = moved.filter(small)
    others = lines.filter(pl.col("customer") != CUSTOMER)
    return pl.concat([others, moved.filter(pl.col("requested") < clock.day(-1))])


def truth(pairs: Pairs, base: Pairs, clock: Clock) -> dict[str, object]:
    """The rhythm, the silence, and what the baseline still expects of the customer in a month."""
    mine = pairs.rows(customers=(CUSTOMER,))
    return {
        "customer": CUSTOMER,
        "patch": PATCH,
        "salesperson": SELLERS[PATCH],
        "usual_days": USUAL_DAYS,
        "silent_days": (clock.today - last_order(clock)).days,
        "silent_over_usual": SILENT,
        "last_order": last_order(clock).isoformat(),
        "families": sorted({pairs.family[k] for k in np.flatnonzero(mine).tolist()}),
        "units_a_month_before": round(float(base.mean[mine, clock.now - 12 : clock.now].sum() / 12), 1),
        "units_a_month_from_now": float(pairs.mean[mine, clock.now :].sum()),
    }
