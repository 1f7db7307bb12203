"""Thread 4, the slipping vendor: planned 21 days, lately 34; a material runs short in +2, a product in +3.

The vendor delivers at most 42 % of a month's need until +4. Stock and open orders are such that need of +1 and +2
exceeds them and two months' deliveries by three tenths of a month (what the current month makes has its boards
already); the products' own stock bridges that month but not the next.
A line confirmed to a key account takes more boards than the last, small lot left: it waits for those of the last order.
Promised as if they took 21 days and 8 to build, they come after 34 and building takes 3, so it leaves 8 days late.
"""

import datetime as dt

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.clock import Clock
from onenumber.sample.demand import Pairs
from onenumber.sample.network import Network
from onenumber.sample.purchases import REVIEWS, SLIPPING, Sources, order_days
from onenumber.sample.rows import rows
from onenumber.sample.threads.lines import own_line

Rows = npt.NDArray[np.int64]
VENDOR, MATERIAL = "V08", "M-BRN-01"
PLANNED, DRIFTED = 21, 34
DRIFT_MONTHS = 10
"""Months since deliveries began to slip; the last five stay at the drifted days."""
STEADY = 5
STOCK_SHARE = 1 / 30
"""Of a month's boards in stock: the key line takes more."""
REJECTED_SHARE = 1 / 5
"""Of what the last lot lacks; the rest was not sent."""
LIMIT_SHARE = 0.42
SHORT_SHARE = 0.30
SHORT_MONTH, PRODUCT_SHORT_MONTH, LIFTED_MONTH = 2, 3, 4
ITEM, CUSTOMER, QUANTITY = "DRV-08", "C39", 150.0
BUILD_DAYS, PROMISED_BUILD_DAYS = 3, 8
LATE_DAYS = 8


def slipped(leads: Rows, sources: Sources) -> Rows:
    """True days per review with the vendor's drift from 21 to 34 in them, steady for the last five months."""
    days = leads.copy()
    reviews = days.shape[1]
    ago = (reviews - 1 - np.arange(reviews)) / len(REVIEWS)  # months since the review
    drift = np.clip((DRIFT_MONTHS - ago) / (DRIFT_MONTHS - STEADY), 0.0, 1.0)
    mine = np.flatnonzero(sources.vendor == SLIPPING)
    wave = np.arange(reviews)[None, :] // len(REVIEWS) + np.arange(len(mine))[:, None]
    path = np.round(PLANNED + drift * (DRIFTED - PLANNED)).astype(np.int64) + 2 * (wave % 2) - 1
    days[mine] = np.where(drift > 0, path, days[mine])
    days[mine, -1] = DRIFTED
    return days


def drifted(leads: Rows, sources: Sources) -> Rows:
    """True days per review of the months after: the vendor stays as late as he has become."""
    days = leads.copy()
    days[np.flatnonzero(sources.vendor == SLIPPING)] = DRIFTED
    return days


def need(network: Network) -> Values:
    """Boards that expected demand asks for, per month of the calendar."""
    wanted: Values = network.bill[:, network.material(MATERIAL)] @ network.expected
    return wanted


def limit(network: Network, clock: Clock) -> float:
    """The most the vendor delivers in a month until +4."""
    months = slice(clock.now, clock.now + SHORT_MONTH + 1)
    return float(np.round(LIMIT_SHARE * need(network)[months].mean()))


def on_the_way(network: Network, stock: float, clock: Clock) -> float:
    """What must be on order so that need up to +2 exceeds all there is by three tenths of a month.

    ``stock + on order + 2 limit = 0.7 need(2) + need(1)``.
    """
    wanted = need(network)[clock.now + 1 : clock.now + SHORT_MONTH + 1]
    total = wanted.sum() - SHORT_SHARE * wanted[-1] - SHORT_MONTH * limit(network, clock)
    return float(np.round(max(total - stock, 2.0)))


def with_last_orders(bought: pl.DataFrame, network: Network, stock: float, clock: Clock) -> pl.DataFrame:
    """The last lot small and partly rejected, and on order, since the last review, what must be on the way."""
    bought, stock = _small_lot(bought, network, stock, clock)
    review = len(REVIEWS) * clock.now - 1
    day: dt.date = order_days(clock)[review].item()
    placed = (pl.col("ordered") < clock.today) & (pl.col("received") >= clock.today)
    open_now = (pl.col("item") == MATERIAL) & placed
    others = bought.filter(~open_now)
    pattern = bought.filter(pl.col("item") == MATERIAL).tail(1)
    own = pattern.with_columns(
        pl.lit(on_the_way(network, stock, clock)).alias("quantity"),
        pl.lit(day).alias("ordered"),
        pl.lit(day + dt.timedelta(days=PLANNED)).alias("first_confirmed"),
        pl.lit(day + dt.timedelta(days=DRIFTED)).alias("received"),
        pl.lit(0.0).alias("rejected"),
        pl.lit(f"PO{200000 + 100 * review + SLIPPING}").alias("order"),
    )
    return pl.concat([others, own])


def _small_lot(bought: pl.DataFrame, network: Network, stock: float, clock: Clock) -> tuple[pl.DataFrame, float]:
    """Of the lot received last month some rejected, and so much less sent that few boards are left; how many are."""
    lot = (pl.col("item") == MATERIAL) & pl.col("received").is_between(clock.day(-1), clock.today, closed="left")
    sent = float(bought.filter(lot)["quantity"].sum())
    target = float(np.round(need(network)[clock.now] * STOCK_SHARE))
    less = min(max(stock - target, 0.0), sent)
    share = less / sent if sent else 0.0
    rejected = pl.when(lot).then((pl.col("quantity") * share * REJECTED_SHARE).round()).otherwise(pl.col("rejected"))
    smaller = pl.when(lot).then((pl.col("quantity") * (1 - share * (1 - REJECTED_SHARE))).round())
    left = bought.with_columns(rejected.alias("rejected"), smaller.otherwise(pl.col("quantity")).alias("quantity"))
    gone = (bought["quantity"] - left["quantity"]) + (left["rejected"] - bought["rejected"])
    return left, stock - float(gone.sum())


def limits(network: Network, clock: Clock, day: dt.date) -> list[tuple[object, ...]]:
    """The vendor's limit, told in the second half of last month."""
    known = clock.day(-1, 20) < day
    row = (VENDOR, MATERIAL, limit(network, clock), clock.today, clock.day(LIFTED_MONTH))
    return [row] if known else []


def promised(clock: Clock) -> dt.date:
    """The day confirmed to the key account: last order + 21 days + 8 to build."""
    last: dt.date = order_days(clock)[len(REVIEWS) * clock.now - 1].item()
    return last + dt.timedelta(days=PLANNED + PROMISED_BUILD_DAYS)


def ready(clock: Clock) -> dt.date:
    """The day it can leave: last order + 34 days + 3 to build."""
    last: dt.date = order_days(clock)[len(REVIEWS) * clock.now - 1].item()
    return last + dt.timedelta(days=DRIFTED + BUILD_DAYS)


def key_line(pairs: Pairs, clock: Clock) -> pl.DataFrame:
    """The key account's line, ordered a week before the boards were."""
    ordered: dt.date = order_days(clock)[len(REVIEWS) * clock.now - 1].item() - dt.timedelta(days=7)
    return own_line(
        pairs, item=ITEM, customer=CUSTOMER, quantity=QUANTITY, ordered=ordered, requested=promised(clock)
    )  # fmt: skip


def vendor_limits(base: pl.DataFrame, network: Network, clock: Clock, day: dt.date) -> pl.DataFrame:
    """The limits of all vendors, with this one's as soon as it is known."""
    return pl.concat([base, rows("vendor_limits", limits(network, clock, day))])


def truth(network: Network, lines: pl.DataFrame, stock: float, ordered: float, clock: Clock) -> dict[str, object]:
    """Days, quantities and the arithmetic of the shortage; ``stock`` and ``ordered`` of the material today."""
    mine = lines.filter((pl.col("item") == ITEM) & (pl.col("customer") == CUSTOMER) & (pl.col("quantity") == QUANTITY))
    users = [network.items[k] for k in np.flatnonzero(network.bill[:, network.material(MATERIAL)]).tolist()]
    return {
        "vendor": VENDOR, "material": MATERIAL, "products": users,
        "planned_days": PLANNED, "actual_days": DRIFTED,
        "need": [round(float(n), 1) for n in need(network)[clock.now : clock.now + LIFTED_MONTH + 1]],
        "limit": limit(network, clock), "stock": stock, "on_order": ordered,
        "material_short_in": clock.calendar[clock.now + SHORT_MONTH].label,
        "product_short_in": clock.calendar[clock.now + PRODUCT_SHORT_MONTH].label,
        "key_line": {
            "order": mine["order"][0], "line": mine["line"][0], "item": ITEM, "customer": CUSTOMER,
            "quantity": QUANTITY, "confirmed": promised(clock).isoformat(), "ready": ready(clock).isoformat(),
            "late_days": (ready(clock) - promised(clock)).days,
        },
    }  # fmt: skip
