"""What else happens: a launch that slips, a phase-out with stock left, a backlog, a late order in the frozen zone."""

import datetime as dt

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.catalogue import MADE_TO_ORDER
from onenumber.sample.clock import Clock
from onenumber.sample.customers import CUSTOMERS
from onenumber.sample.demand import Pairs
from onenumber.sample.money import NO_BUDGET
from onenumber.sample.people import BEFORE, HANDED_OVER, HANDOVER, SELLERS
from onenumber.sample.rows import rows
from onenumber.sample.threads.lines import own_line

NEW, OLD, LAUNCH, FIRST_PLANNED = "GPU-10", "GPU-02", 2, 0
SLIP_KNOWN = -2
PRE_ORDERS, PRE_ORDER = 3, 40.0
LAST, PHASED_OUT, FADES_FROM = "HOS-09", 1, -8
OVERMADE_MONTH, OVERMADE_MONTHS = -13, 12.0
"""Before the closed cycles the plant made a year's worth too much of the item that is phased out."""
BUSY = range(-5, 0)
BUSY_FACTOR = 1.32
LATE_ITEM, LATE_CUSTOMER = "DOS-04", "C20"


def with_lives(pairs: Pairs, clock: Clock) -> Pairs:
    """What is to be expected, with the launch, the fading item and the busy months of the family made to order."""
    now, end = clock.now, len(clock.calendar)
    new, last = pairs.rows(items=(NEW,)), pairs.rows(items=(LAST,))
    pairs = pairs.scaled(new, range(now + LAUNCH), 0.0)
    fade = range(now + FADES_FROM, now + PHASED_OUT)
    for k, month in enumerate(fade):
        pairs = pairs.scaled(last, range(month, month + 1), 1.0 - 0.8 * (k + 1) / len(fade))
    pairs = pairs.scaled(last, range(now + PHASED_OUT, end), 0.0)
    busy = np.array([family == MADE_TO_ORDER for family in pairs.family])
    return pairs.scaled(busy, range(now + BUSY.start, now + BUSY.stop), BUSY_FACTOR)


def launch_date(clock: Clock, day: dt.date) -> dt.date:
    """The date of the launch as planned on a day: it slipped two months in month -2."""
    return clock.day(LAUNCH if day > clock.day(SLIP_KNOWN, 15) else FIRST_PLANNED)


def life_tables(clock: Clock, day: dt.date) -> dict[str, pl.DataFrame]:
    """Launches, phase-outs and item links as known on a day."""
    date = launch_date(clock, day)
    return {
        "launches": rows("launches", [(NEW, date, clock.day(FIRST_PLANNED), OLD, 0.6, 250.0, "medium")]),
        "phase_outs": rows("phase_outs", [(LAST, clock.day(PHASED_OUT), None, "too few sold since the new reels")]),
        "item_links": rows("item_links", [(OLD, NEW, "cannibalises", 0.3, date, "the new pump takes a part")]),
    }


def sold_dates(items: pl.DataFrame, clock: Clock, day: dt.date) -> pl.DataFrame:
    """The items with the dates between which the new and the last one are sold."""
    begin = pl.when(pl.col("item") == NEW).then(pl.lit(launch_date(clock, day))).otherwise(pl.col("sold_from"))
    end = pl.when(pl.col("item") == LAST).then(pl.lit(clock.day(PHASED_OUT))).otherwise(pl.col("sold_to"))
    return items.with_columns(begin.alias("sold_from"), end.alias("sold_to"))


def overmade(network_row: int, expected: Values, clock: Clock) -> Values:
    """What was made beyond need (products x months): a year of the item that is phased out."""
    extra = np.zeros((len(expected), clock.reached + 1))
    month = clock.now + OVERMADE_MONTH
    extra[network_row, month] = np.round(expected[network_row, month] * OVERMADE_MONTHS)
    return extra


def late_order(pairs: Pairs, clock: Clock) -> pl.DataFrame:
    """An order of the last working days before the cycle, wanted inside the demand fence."""
    pair = int(np.flatnonzero(pairs.rows(items=(LATE_ITEM,), customers=(LATE_CUSTOMER,)))[0])
    days = np.array([clock.today - dt.timedelta(days=2), clock.today + dt.timedelta(days=6)], dtype="datetime64[D]")
    ordered, requested = clock.on_workday(days[:1], forward=False)[0], clock.on_workday(days[1:], forward=True)[0]
    quantity = float(np.round(2.0 * pairs.mean[pair, clock.now] + 10))
    return own_line(
        pairs, item=LATE_ITEM, customer=LATE_CUSTOMER, quantity=quantity, ordered=ordered.item(),
        requested=requested.item(),
    )  # fmt: skip


def pre_orders(pairs: Pairs, clock: Clock) -> pl.DataFrame:
    """The first orders of key accounts for the new item, placed last month for the days after its launch."""
    able = np.flatnonzero(pairs.rows(items=(NEW,))).tolist()
    buyers = [pair for pair in able if CUSTOMERS[int(pairs.customer[pair])].key_account][:PRE_ORDERS]
    days = np.array([clock.day(-1, 12), clock.day(LAUNCH, 6)], dtype="datetime64[D]")
    ordered, requested = clock.on_workday(days, forward=True)
    return pl.concat(
        [
            own_line(
                pairs, item=NEW, customer=CUSTOMERS[int(pairs.customer[pair])].key, quantity=PRE_ORDER,
                ordered=ordered.item(), requested=requested.item(),
            )
            for pair in buyers
        ]
    )  # fmt: skip


def is_late_order(clock: Clock) -> pl.Expr:
    """Is a line the late order?"""
    placed = pl.col("ordered") >= clock.today - dt.timedelta(days=6)
    return (pl.col("item") == LATE_ITEM) & (pl.col("customer") == LATE_CUSTOMER) & placed


def truth(stock_left: float, lines: pl.DataFrame, clock: Clock) -> dict[str, object]:
    """The small stories with their dates and quantities; ``stock_left`` is of the item that is phased out."""
    late = lines.filter(is_late_order(clock) & (pl.col("ordered") < clock.today))
    return {
        "launch": {"item": NEW, "first_planned": clock.day(FIRST_PLANNED).isoformat(),
                   "date": clock.day(LAUNCH).isoformat(), "slipped_months": LAUNCH - FIRST_PLANNED},
        "phase_out": {"item": LAST, "date": clock.day(PHASED_OUT).isoformat(), "stock_left": stock_left},
        "handed_over": {"patch": HANDED_OVER, "from": BEFORE, "to": SELLERS[HANDED_OVER],
                        "date": clock.day(HANDOVER).isoformat()},
        "backlog": {"family": MADE_TO_ORDER},
        "no_budget": {"account": NO_BUDGET[0], "place": NO_BUDGET[1]},
        "late_order": {"order": late["order"][0], "line": late["line"][0], "item": LATE_ITEM,
                       "customer": LATE_CUSTOMER, "quantity": late["quantity"][0]},
    }  # fmt: skip
