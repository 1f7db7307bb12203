"""What is real and says something of the months ahead: flat promotions, new levels, customers that fell silent."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from onenumber.demand.anomalies.record import RECENT, Anomaly, Kind, Known
from onenumber.demand.anomalies.usual import surprise, usual

Promotion = Mapping[str, Any]
HALF = 0.5
"""Share of the promised uplift under which a promotion counts as flat."""
PLAIN = 2.0
"""Surprise over which a promotion's months stand out after all."""
MORE = 1.5
"""How many times its earlier share a customer must take of a family, in each of the last months."""
LAST = 3
"""Months in which a new level must hold."""
SILENT = 2.5
"""How many times its usual interval a customer must be silent (domain.md 6.4)."""
ORDERS = 8
"""Days with orders that say what the usual interval is."""


def flat_promotions(known: Known) -> Iterator[Anomaly]:
    """Promotions that are over and sold less than half of what they promised; one planned again says so."""
    table = known.company.get("promotions")
    start = known.calendar[known.cycle].start
    if table is None:
        return
    for row in _promotions(table, start):
        found = _flat(known, row, table)
        if found is not None:
            yield found


def _promotions(table: pl.DataFrame, start: dt.date) -> list[Promotion]:
    """Past promotions with their items, one row each."""
    past = table.filter(pl.col("end") <= start)
    grouped = past.group_by("promotion", "customer", "start", "end", maintain_order=True)
    return list(grouped.agg(pl.col("item"), pl.col("uplift_percent").mean()).iter_rows(named=True))


def _flat(known: Known, row: Promotion, table: pl.DataFrame) -> Anomaly | None:
    axis, items = known.demand.axis, np.array(row["item"])
    mine = np.isin(axis.labels("item"), items)
    if row["customer"] is not None:
        mine &= axis.labels("planning_customer") == row["customer"]
    rows, days = np.flatnonzero(mine), np.array([row["start"], row["end"] - dt.timedelta(days=1)])
    first, last = known.calendar.indices(days.astype("datetime64[D]")).tolist()
    if not len(rows) or first < known.cycle - RECENT or first < known.demand.first or last < first:
        return None
    families = axis.labels("family")
    demand, at = known.sums(rows), slice(first - known.demand.first, last - known.demand.first + 1)
    expected = usual(demand, known.sums(np.flatnonzero(np.isin(families, families[rows]))))
    sold, wanted = float(demand[at].sum()), float(expected[at].sum())
    promised = float(row["uplift_percent"])
    odd = surprise(demand, expected)[at].max()
    if not wanted > 0 or sold / wanted - 1.0 >= HALF * promised / 100.0 or odd > PLAIN:
        return None
    again = _again(table, row, known.calendar[known.cycle].start)
    return Anomaly(
        key=f"{Kind.FLAT_PROMOTION.value}|{row['promotion']}", kind=Kind.FLAT_PROMOTION, family=str(families[rows[0]]),
        customer=row["customer"] or "", first=first, last=last, actual=sold, usual=wanted, unit=known.unit(rows),
        money=wanted * promised / 100.0 * known.money(rows), surprise=1.0 + bool(again),
        evidence={
            "promotion": row["promotion"], "promised": promised, "percent": (sold / wanted - 1.0) * 100.0,
            "again": again,
        },
    )  # fmt: skip


def _again(table: pl.DataFrame, row: Promotion, start: dt.date) -> str:
    """The first day of the customer's next promotion of one of the items; empty where none is planned."""
    same = table.filter(
        pl.col("customer").eq_missing(pl.lit(row["customer"], dtype=pl.String))
        & pl.col("item").is_in(row["item"])
        & (pl.col("start") >= start)
    )
    return str(same["start"].min()) if len(same) else ""


def new_levels(known: Known) -> Iterator[Anomaly]:
    """Customers whose share of a family is much higher in each of the last months: a level, not to be flattened."""
    axis = known.demand.axis
    families, customers = axis.labels("family"), axis.labels("planning_customer")
    for family in np.unique(families[families != ""]).tolist():
        whole = known.sums(np.flatnonzero(families == family))
        for customer in np.unique(customers[(families == family) & (customers != "")]).tolist():
            rows = np.flatnonzero((families == family) & (customers == customer))
            found = _level(known, rows, whole)
            if found is not None:
                yield found


def _level(known: Known, rows: np.ndarray, whole: np.ndarray) -> Anomaly | None:
    demand = known.sums(rows)
    rest = whole - demand
    share = demand / np.where(rest > 0, rest, np.inf)
    before, last = share[-LAST - known.year : -LAST], share[-LAST:]
    middle = float(np.median(before)) if len(before) else 0.0
    if middle <= 0 or last.min() < MORE * middle or last.min() <= before.max():
        return None
    first, axis = known.cycle - LAST, known.demand.axis
    sold, wanted = float(demand[-LAST:].sum()), float((middle * rest[-LAST:]).sum())
    family, customer = (str(axis.labels(name)[rows[0]]) for name in ("family", "planning_customer"))
    return Anomaly(
        key=f"{Kind.NEW_LEVEL.value}|{family}|{customer}", kind=Kind.NEW_LEVEL, family=family, customer=customer,
        first=first, last=known.cycle - 1, actual=sold, usual=wanted, unit=known.unit(rows),
        money=(sold - wanted) * known.money(rows), surprise=float(last.mean() / middle), evidence={"months": LAST},
    )  # fmt: skip


def silent_customers(known: Known) -> Iterator[Anomaly]:
    """Customers without an order for :data:`SILENT` times their usual interval; usual is the mean of the last year."""
    start = known.calendar[known.cycle].start
    lines = known.load["order_lines"].filter(
        (pl.col("quantity") > 0)
        & (pl.col("ordered") < start)
        & (pl.col("cancelled_by") != "customer").fill_null(value=True)
    )
    days = lines.select("customer", "ordered").unique().sort("customer", "ordered")
    gaps = pl.col("ordered").diff().dt.total_days()
    each = days.group_by("customer", maintain_order=True).agg(
        pl.col("ordered").max().alias("last"), gaps.tail(3 * ORDERS).mean().alias("usual"), pl.len().alias("count")
    )
    for customer, last, interval, count in each.iter_rows():
        silent = (start - last).days
        if count > ORDERS and interval and SILENT * interval <= silent <= 12 * 31:
            found = _silent(known, customer, last=last, silent=silent, interval=interval)
            if found is not None:
                yield found


def _silent(known: Known, customer: str, *, last: dt.date, silent: int, interval: float) -> Anomaly | None:
    axis = known.demand.axis
    rows = np.flatnonzero(axis.labels("planning_customer") == customer)
    if not len(rows):
        return None
    (period,) = known.calendar.indices(np.array([last], dtype="datetime64[D]")).tolist()
    until = period - known.demand.first
    months = known.demand.values[rows, max(until - known.year, 0) : until]
    monthly = np.nan_to_num(known.worth[rows]) * (months.mean(axis=1) if months.shape[1] else 0.0)
    return Anomaly(
        key=f"{Kind.SILENT.value}|{customer}|{last}", kind=Kind.SILENT, family=str(axis.labels("family")[rows[0]]),
        customer=customer, first=period + 1, last=max(known.cycle - 1, period + 1), actual=0.0,
        usual=float(months.sum() / max(months.shape[1], 1)), unit=known.unit(rows), money=float(monthly.sum()),
        surprise=silent / interval, evidence={"ordered": str(last), "silent": silent, "interval": round(interval)},
    )  # fmt: skip
