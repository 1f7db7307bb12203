"""Order lines that are many times the usual: a unit that was mistaken, or an order that does not come again."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from onenumber.demand.anomalies.record import RECENT, Anomaly, Kind, Known

Line = Mapping[str, Any]
TIMES = 8.0
"""How many times the usual line a line must be."""
ENOUGH = 6
"""Lines that say what is usual."""
FACTORS = (10.0, 12.0, 24.0, 100.0, 144.0, 1000.0)
"""Factors by which units are commonly mistaken; those of the item's own units come to them."""
NEAR = 0.1
"""How near the line must lie to a factor times the usual."""
RETURNED_WITHIN = dt.timedelta(days=90)
BACK = 1.5
"""How many times its earlier level a customer may buy afterwards so that an order counts as one that comes once."""


def large_lines(known: Known) -> Iterator[Anomaly]:
    """Lines of a customer that are at least :data:`TIMES` its usual (median) line of the item.

    It is a mistaken unit where it lies near a factor of units times the usual, or where all but the ``1 / factor`` of
    it came back; else an order that comes once, if the months after it are as those before it. The correction leaves
    the usual line.
    """
    lines = _lines(known)
    usual = lines.group_by("customer", "item").agg(pl.col("quantity").median().alias("usual"), pl.len().alias("count"))
    large = lines.join(usual, on=["customer", "item"]).filter(
        (pl.col("count") >= ENOUGH) & (pl.col("quantity") >= TIMES * pl.col("usual"))
    )
    for row in large.sort("order", "line").iter_rows(named=True):
        found = _judged(known, row)
        if found is not None:
            yield found


def _lines(known: Known) -> pl.DataFrame:
    """Lines of recent periods that history counts, with the period in which they are wanted."""
    lines = known.load["order_lines"].filter(
        (pl.col("quantity") > 0) & (pl.col("cancelled_by") != "customer").fill_null(value=True)
    )
    days = lines["requested"].fill_null(lines["ordered"]).to_numpy().astype("datetime64[D]")
    dated = lines.with_columns(pl.Series("period", known.calendar.indices(days)))
    start = known.calendar[known.cycle].start
    recent = pl.col("period").is_between(max(known.cycle - RECENT, known.demand.first), known.cycle - 1)
    return dated.filter(recent & (pl.col("ordered") < start))


def _judged(known: Known, row: Line) -> Anomaly | None:
    quantity, usual = row["quantity"], row["usual"]
    back = _returned(known, row)
    factor = _factor(known, row["item"], quantity, usual, back)
    if factor is None and not _as_before(known, row):
        return None
    meant = quantity / factor if factor else usual
    return _anomaly(known, row, meant=meant, factor=factor, back=back)


def _anomaly(known: Known, row: Line, *, meant: float, factor: float | None, back: float) -> Anomaly:
    item, customer, period = row["item"], row["customer"], row["period"]
    quantity, usual = row["quantity"], row["usual"]
    rows = np.flatnonzero(known.demand.axis.labels("item") == item)
    kind = Kind.WRONG_UNIT if factor else Kind.ONE_OFF
    return Anomaly(
        key=f"{kind.value}|{row['order']}|{row['line']}", kind=kind,
        family=str(known.demand.axis.labels("family")[rows[0]]), item=item, customer=customer, first=period,
        last=period, actual=quantity, usual=usual, unit=known.unit(rows), money=(quantity - meant) * known.money(rows),
        surprise=min(quantity / usual, 12.0), deltas=((period, meant - quantity),),
        evidence={
            "order": row["order"], "line": row["line"], "ordered": str(row["ordered"]),
            "factor": factor, "returned": back or None, "meant": meant,
        },
    )  # fmt: skip


def _returned(known: Known, row: Line) -> float:
    """What of the item the customer sent back in the weeks after, the largest of it."""
    ordered = row["ordered"]
    back = known.load["order_lines"].filter(
        (pl.col("customer") == row["customer"]) & (pl.col("item") == row["item"]) & (pl.col("quantity") < 0)
        & pl.col("ordered").is_between(ordered, ordered + RETURNED_WITHIN)
    )["quantity"].min()  # fmt: skip
    return -float(str(back)) if back is not None else 0.0


def _factor(known: Known, item: str, quantity: float, usual: float, back: float) -> float | None:
    """By which factor the unit was mistaken; None where nothing says that it was.

    Of what came back, ``quantity / (quantity - back)`` is a whole factor.
    """
    if 0 < back < quantity:
        factor = quantity / (quantity - back)
        if factor >= TIMES and abs(factor - round(factor)) < NEAR:
            return float(round(factor))
    known_units = known.company.get("unit_conversions", pl.DataFrame({"item": [], "factor": []}))
    own = known_units.filter(pl.col("item") == item)["factor"].to_list()
    near = [one for one in (*FACTORS, *own) if one >= TIMES and abs(quantity / usual / one - 1.0) <= NEAR]
    return min(near, key=lambda one: abs(quantity / usual / one - 1.0)) if near else None


def _as_before(known: Known, row: Line) -> bool:
    """Whether the customer's months after are as those before: a contract that was won is none that comes once."""
    axis, at = known.demand.axis, row["period"] - known.demand.first
    mine = (axis.labels("item") == row["item"]) & (axis.labels("planning_customer") == row["customer"])
    months = known.sums(np.flatnonzero(mine)) if mine.any() else np.zeros(known.demand.periods)
    before, after = months[max(at - known.year, 0) : at], months[at + 1 :]
    return bool(len(after) and len(before) and after.mean() <= BACK * before.mean())
