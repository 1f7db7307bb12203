"""Demand that was never placed, because there was no stock."""

from collections.abc import Iterator, Mapping
from itertools import groupby

import numpy as np
import polars as pl

from onenumber.demand.anomalies.record import RECENT, Anomaly, Kind, Known
from onenumber.demand.anomalies.usual import surprise, usual
from onenumber.model.cube import Values

OUT = 0.3
"""Share of a month's days without stock from which on its demand may be hidden."""
ALWAYS_OUT = 0.15
"""Share of all days without stock beyond which an item is not kept in stock, and its stock says nothing."""
IN_STOCK = 0.3
"""Share of days in stock from which on demand is taken to have come at the same pace on the others."""
LOST = 0.7
"""Demand over usual demand under which some is missing."""
UNLIKELY = -2.0
"""Surprise of the lowest month from which on chance does not say it."""


def hidden_demand(known: Known) -> Iterator[Anomaly]:
    """Runs of months in which an item was out of stock and sold far less than usual.

    Formula: ``delta[t] = demand[t] / in-stock share of t - demand[t]`` where that share is at least :data:`IN_STOCK`,
    else ``usual[t] - demand[t]`` (domain.md 6.4).
    """
    axis = known.demand.axis
    items, families = axis.labels("item"), axis.labels("family")
    for item, out in sorted(_out_of_stock(known).items()):
        rows = np.flatnonzero(items == item)
        if len(rows):
            demand = known.sums(rows)
            expected = usual(demand, known.sums(np.flatnonzero(families == families[rows[0]])))
            for months in _runs(out):
                found = _anomaly(known, rows, months, out, demand=demand, expected=expected)
                if found is not None:
                    yield found


def _out_of_stock(known: Known) -> Mapping[str, Mapping[int, float]]:
    """Per item the share of days without free stock in each month; only months with a good part of them."""
    counts = _empty_days(known)
    if not len(counts):
        return {}
    found: dict[str, dict[int, float]] = {}
    span = sum(known.calendar[k].days for k in range(max(known.cycle - RECENT, 0), known.cycle))
    always = counts.group_by("item").agg((pl.col("days").sum() / span).alias("share"))
    kept = set(always.filter(pl.col("share") <= ALWAYS_OUT)["item"].to_list())
    for item, period, days in counts.sort("item", "period").iter_rows():
        share = days / known.calendar[period].days
        if item in kept and share >= OUT:
            found.setdefault(item, {})[period] = min(share, 1.0)
    return found


def _empty_days(known: Known) -> pl.DataFrame:
    """Item, period and number of days on which the last count before said that there was no free stock anywhere."""
    stock = known.load.get("stock")
    if stock is None or not len(stock):
        return pl.DataFrame(schema={"item": pl.String, "period": pl.Int64, "days": pl.UInt32})
    first = known.calendar[max(known.cycle - RECENT, 0)].start
    last = known.calendar[known.cycle].start
    free = stock.filter(pl.col("status") == "free").group_by("item", "date").agg(pl.col("quantity").sum())
    until = pl.col("date").shift(-1).over("item", order_by="date").fill_null(last)
    empty = free.with_columns(until.alias("until")).filter(
        (pl.col("quantity") <= 0) & (pl.col("date") >= first) & (pl.col("until") > pl.col("date"))
    )
    days = empty.select("item", pl.date_ranges("date", "until", closed="left").alias("day")).explode("day")
    periods = known.calendar.indices(days["day"].to_numpy().astype("datetime64[D]"))
    return days.with_columns(pl.Series("period", periods)).group_by("item", "period").agg(pl.len().alias("days"))


def _runs(out: Mapping[int, float]) -> Iterator[list[int]]:
    """Months that follow each other."""
    for _, run in groupby(enumerate(sorted(out)), key=lambda pair: pair[1] - pair[0]):
        yield [month for _, month in run]


def _anomaly(
    known: Known, rows: np.ndarray, months: list[int], out: Mapping[int, float], *, demand: Values, expected: Values
) -> Anomaly | None:
    at = np.array(months) - known.demand.first
    if at.min() < 0 or at.max() >= known.demand.periods or not np.isfinite(expected[at]).all():
        return None
    sold, wanted = float(demand[at].sum()), float(expected[at].sum())
    odd = float(surprise(demand, expected)[at].min())
    if sold > LOST * wanted or odd > UNLIKELY:
        return None
    deltas = [(month, _missing(demand[k], expected[k], 1.0 - out[month])) for month, k in zip(months, at, strict=True)]
    kept, axis = tuple((month, delta) for month, delta in deltas if delta > 0), known.demand.axis
    item, days = str(axis.labels("item")[rows[0]]), sum(out[m] * known.calendar[m].days for m in months)
    return Anomaly(
        key=f"{Kind.HIDDEN.value}|{item}|{known.calendar[months[0]].label}", kind=Kind.HIDDEN,
        family=str(axis.labels("family")[rows[0]]), item=item, first=months[0], last=months[-1], actual=sold,
        usual=wanted, unit=known.unit(rows), money=sum(d for _, d in kept) * known.money(rows), surprise=abs(odd),
        deltas=kept, evidence={"days": round(days), "hidden": sum(d for _, d in kept)},
    )  # fmt: skip


def _missing(demand: float, expected: float, in_stock: float) -> float:
    return float(demand / in_stock - demand if in_stock >= IN_STOCK else expected - demand)
