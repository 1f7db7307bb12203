"""Thread 2, the customer who is leaving: orders every 20 days for years, none for 50, and nobody's figures say so."""

import datetime as dt

import numpy as np
import polars as pl

from onenumber.sample.clock import Clock
from onenumber.sample.demand import Pairs
from onenumber.sample.people import SELLERS

CUSTOMER, PATCH = "C03", "P1"
USUAL_DAYS = 20
SILENT = 2.5
"""How long the customer has been silent, over its usual days between orders."""


def last_order(clock: Clock) -> dt.date:
    """The day of the last order: 50 days before the current month begins."""
    return clock.today - dt.timedelta(days=int(USUAL_DAYS * SILENT))


def without(pairs: Pairs, clock: Clock) -> Pairs:
    """What is really to be expected: nothing more of this customer from last month on."""
    return pairs.scaled(pairs.rows(customers=(CUSTOMER,)), range(clock.now - 1, len(clock.calendar)), 0.0)


def in_rhythm(lines: pl.DataFrame, clock: Clock) -> pl.DataFrame:
    """The customer's orders moved back to every 20th day; those that would fall after the last one never come."""
    last = last_order(clock)
    mine = lines.filter(pl.col("customer") == CUSTOMER)
    back = (pl.lit(last) - pl.col("ordered")).dt.total_days()
    steps = (back / USUAL_DAYS).ceil().cast(pl.Int64)
    ordered = pl.lit(last) - pl.duration(days=steps * USUAL_DAYS)
    moved = mine.filter(pl.col("ordered") <= last).with_columns(ordered.alias("ordered"))
    return pl.concat([lines.filter(pl.col("customer") != CUSTOMER), moved])


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
