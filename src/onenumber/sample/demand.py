"""What customers want: the expected quantity of every item and customer, and the orders drawn around it."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.period import Days
from onenumber.sample.catalogue import (
    CARTRIDGES,
    COMPOUNDS,
    FAMILIES,
    GOLDEN,
    PER_FAMILY,
    Family,
    between,
    item_key,
    weight,
)  # fmt: skip
from onenumber.sample.clock import Clock
from onenumber.sample.customers import CUSTOMERS, FAMILIES_OF, ORDER_DAYS

Rows = npt.NDArray[np.int64]
SURELY = {"DOS-01": "C10", "DOS-02": "C10", "DOS-03": "C10", "DOS-04": "C20", "DRV-08": "C39", "HOS-03": "C08"}
"""Pairs that a thread needs, whatever the sequence says."""
BUYS = 0.55
"""Share of a family's items that a customer of the channel buys."""
SPREAD = 0.35
"""Sigma of the logarithm of a line's quantity."""
AHEAD = 6
"""Months after the current one whose orders are drawn: some of them are booked already."""
STEP_KG = 5.0
CONFIRMED_LATER = 0.06
"""Share of lines for which the first date confirmed is some days after the one requested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Who buys what: one row per customer and item.

    ``rate`` is order lines a month, ``mean`` the expected quantity (pairs x months of the calendar), ``step`` what
    quantities are multiples of. ``mean`` reaches into the future: only what was drawn and ordered before a day may
    be shown on it.
    """

    item: tuple[str, ...]
    family: tuple[str, ...]
    customer: Rows  # row in CUSTOMERS
    rate: Values
    mean: Values
    step: Values

    def rows(self, *, items: tuple[str, ...] = (), customers: tuple[str, ...] = ()) -> npt.NDArray[np.bool_]:
        """Which pairs are of these items and customers; none named means all."""
        found = np.ones(len(self.item), dtype=bool)
        if items:
            found &= np.isin(np.array(self.item), items)
        if customers:
            found &= np.isin(np.array([CUSTOMERS[c].key for c in self.customer.tolist()]), customers)
        return found

    def scaled(self, where: npt.NDArray[np.bool_], months: range, factor: float) -> "Pairs":
        """The pairs with the expected quantity of some of them multiplied in some months."""
        mean = self.mean.copy()
        mean[np.ix_(where, np.array(months))] *= factor
        return replace(self, mean=mean)


def make_pairs(clock: Clock) -> Pairs:
    """Every pair with its expected quantity: volume x share of the item x share of the customer x growth x season."""
    found = [(f, k, c) for f in FAMILIES for k in range(PER_FAMILY) for c in _buyers(f, k)]
    sizes = np.array([CUSTOMERS[c].size for _, _, c in found])
    keys = tuple(item_key(f, k) for f, k, _ in found)
    _, codes = np.unique(np.array(keys), return_inverse=True)
    share = sizes / np.bincount(codes, weights=sizes)[codes]
    today = np.array([f.volume * weight(k) for f, k, _ in found]) * share
    return Pairs(
        item=keys,
        family=tuple(f.key for f, _, _ in found),
        customer=np.array([c for _, _, c in found], dtype=np.int64),
        rate=_rates(share * np.bincount(codes)[codes]),
        mean=today[:, None] * np.stack([_shape(f, clock) for f, _, _ in found]),
        step=np.array([_step(f, k) for f, k, _ in found]),
    )


def _rates(relative: Values) -> Values:
    """Order lines a month: who buys more than the item's average customer orders more often, not only more."""
    own = np.array([between(p, 0.5, 1.8) for p in range(len(relative))])
    rates: Values = np.clip(own * np.sqrt(relative), 0.25, 4.0)
    return rates


def _buyers(family: Family, k: int) -> list[int]:
    able = [c for c, customer in enumerate(CUSTOMERS) if family.key in FAMILIES_OF[customer.channel]]
    position = FAMILIES.index(family) * PER_FAMILY + k
    sure = SURELY.get(item_key(family, k), "")
    return [c for c in able if ((7 * position + 13 * c) * GOLDEN) % 1.0 < BUYS or CUSTOMERS[c].key == sure]


def _shape(family: Family, clock: Clock) -> Values:
    months = np.arange(len(clock.calendar)) - clock.now
    season = np.array(family.season)[months % len(family.season)]
    shape: Values = (1.0 + family.growth) ** (months / len(family.season)) * season * clock.fullness
    return shape


def _step(family: Family, k: int) -> float:
    return STEP_KG if family.key == COMPOUNDS and k < PER_FAMILY - CARTRIDGES else 1.0


def draw_lines(pairs: Pairs, months: range, clock: Clock, rng: np.random.Generator) -> pl.DataFrame:
    """Order lines around the expected quantities of months.

    A pair orders ``floor(rate + u)`` lines in a month (u uniform), each ``mean / rate`` times a log-normal of mean
    one, rounded by chance to the step: the expected sum is ``mean``.
    """
    first, count = months.start, len(months)
    number = np.floor(pairs.rate[:, None] + rng.random((len(pairs.item), count))).astype(np.int64)
    number[pairs.mean[:, first : first + count] <= 0] = 0
    pair, month = np.divmod(np.repeat(np.arange(number.size), number.ravel()), count)
    month = month + first
    noise = rng.lognormal(-(SPREAD**2) / 2, SPREAD, len(pair))
    exact = pairs.mean[pair, month] / pairs.rate[pair] * noise / pairs.step[pair]
    quantity = np.floor(exact + rng.random(len(pair))) * pairs.step[pair]
    requested, ordered = _dates(pairs.customer[pair], month, clock, rng)
    lines = pl.DataFrame(
        {
            "pair": pair, "customer": _keys(pairs, pair), "item": np.array(pairs.item)[pair], "quantity": quantity,
            "ordered": ordered, "requested": requested,
        }
    ).filter(pl.col("quantity") > 0)  # fmt: skip
    return _with_fate(lines, rng)


def _keys(pairs: Pairs, pair: Rows) -> npt.NDArray[np.str_]:
    return np.array([c.key for c in CUSTOMERS])[pairs.customer[pair]]


def _dates(customer: Rows, month: Rows, clock: Clock, rng: np.random.Generator) -> tuple[Days, Days]:
    """Requested: any day of the month, moved to a working day in it. Ordered: on the customer's weekday before."""
    start, end = clock.calendar.starts[month], clock.calendar.ends[month]
    days = (end - start).astype(np.int64)
    requested = clock.on_workday(start + np.floor(rng.random(len(month)) * days).astype("timedelta64[D]"), forward=True)
    requested = np.where(requested < end, requested, clock.on_workday(end - np.timedelta64(1, "D"), forward=False))
    typical = np.array([ORDER_DAYS[c.channel] for c in CUSTOMERS])[customer]
    ahead = np.ceil(rng.gamma(3.0, typical / 3.0)).astype("timedelta64[D]") + np.timedelta64(1, "D")
    ordered = requested - ahead
    weekday = (ordered.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    back = (weekday - customer % 5) % 7
    return requested, ordered - back.astype("timedelta64[D]")


def _with_fate(lines: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Adds the first confirmed date, and for some lines the day and author of their cancellation."""
    late, fate, author = rng.random(len(lines)), rng.random(len(lines)), rng.random(len(lines))
    added = np.where(late < CONFIRMED_LATER, np.ceil(late * 100), 0).astype(np.int64)
    waiting = (pl.col("requested") - pl.col("ordered")).dt.total_days()
    frame = lines.with_columns(pl.Series("_added", added), pl.Series("_fate", fate), pl.Series("_author", author))
    cancelled = pl.col("_fate") < 0.02  # noqa: PLR2004 - one line in fifty is cancelled
    day = pl.col("ordered") + pl.duration(days=(waiting * pl.col("_fate") * 40).floor().cast(pl.Int64))
    by = pl.when(pl.col("_author") < 0.15).then(pl.lit("us")).otherwise(pl.lit("customer"))  # noqa: PLR2004 - rarely us
    return frame.with_columns(
        (pl.col("requested") + pl.duration(days=pl.col("_added"))).alias("first_confirmed"),
        pl.when(cancelled).then(day).alias("cancelled"),
        pl.when(cancelled).then(by).alias("cancelled_by"),
    ).drop("_added", "_fate", "_author")


def numbered(lines: pl.DataFrame, *, after: int = 100000) -> pl.DataFrame:
    """The lines with an order and line number: one order per customer and day, in the order of their days."""
    ordered = lines.sort("ordered", "customer", "pair", "requested", maintain_order=True)
    order = pl.struct("ordered", "customer").rank("dense")
    frame = ordered.with_columns(pl.format("SO{}", (order + after).cast(pl.String)).alias("order"))
    number = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("order").alias("line")
    return frame.with_columns(number)


def returns_of(lines: pl.DataFrame, clock: Clock, rng: np.random.Generator) -> pl.DataFrame:
    """Goods that come back: a part of one line in 150 of the past, some three weeks later."""
    chance, part = rng.random(len(lines)), rng.random(len(lines))
    wait = rng.integers(10, 40, len(lines))
    frame = lines.with_columns(pl.Series("_part", part), pl.Series("_wait", wait)).filter(
        pl.Series(chance < 1 / 150) & pl.col("cancelled").is_null()
    )
    day = pl.col("requested") + pl.duration(days=pl.col("_wait"))
    back = frame.with_columns(
        (-(pl.col("quantity") * pl.col("_part") / 5).ceil()).alias("quantity"),
        day.alias("ordered"), day.alias("requested"), day.alias("first_confirmed"),
    ).drop("_part", "_wait")  # fmt: skip
    return back.filter(pl.col("ordered") < clock.morning)
