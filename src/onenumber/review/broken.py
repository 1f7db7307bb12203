"""Months that orders since the freeze break: more is booked than was planned for, and than there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.sheet import Sheet
from onenumber.review.free import Tables, book_of, by_item

LEAST = 0.5
"""Units of which nobody is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An item and month (calendar index) that orders since the freeze leave without ``missing`` units.

    ``booked`` and ``planned`` are what is booked and what the plan was made for, from the cycle's first month to this
    one. ``covered`` is the month by which the plan brings it all (None: none does). ``orders`` are those that came or
    grew for the month, with the planning customer and the quantity, the largest first.
    """

    item: str
    period: int
    missing: float
    booked: float
    planned: float
    covered: int | None
    orders: tuple[tuple[str, str, float], ...]


def broken_months(since: pl.DataFrame, *, plan: Sheet, history: Sheet, load: Tables, first: int) -> tuple[Broken, ...]:
    """The months that orders since the freeze break, by item: see :func:`onenumber.review.since.orders_since`.

    A month is broken where more is booked up to it than the plan was made for (so nobody foresaw it), more than stock
    and the plan's receipts bring by then (available to promise is negative), and less was missing before they came. A
    later month counts only with what is missing there beyond it. What is asked for by a month that is over is asked for
    in the first.
    """
    demand = plan.cube("demand")
    months = range(first, demand.first + demand.periods)
    ahead = since.filter(pl.col("period") >= 0).with_columns(pl.col("period").clip(lower_bound=first))
    new = ahead.filter(pl.col("period") < months.stop)
    items = new["item"].unique().sort().to_list()
    if not items:
        return ()
    more = _by_month(new, items, months)
    before, after = (book_of(items, months, plan=plan, load=load, history=history, more=extra) for extra in (0.0, more))
    short, grew = after.missing, after.missing - before.missing
    planned = np.cumsum(by_item(demand, items, months), axis=1)
    booked = np.cumsum(by_item(history.cube("booked"), items, months) + more, axis=1)
    fresh = grew - np.maximum.accumulate(np.pad(np.maximum(grew, 0.0), ((0, 0), (1, 0)))[:, :-1], axis=1)
    hit = (fresh > LEAST) & (booked > planned + LEAST)
    return tuple(_broken(new, items, months, fresh, (booked, planned, short), np.argwhere(hit)))


def _broken(
    new: pl.DataFrame, items: Sequence[str], months: range, fresh: Values, sums: tuple[Values, Values, Values],
    hits: np.ndarray,
) -> Iterator[Broken]:  # fmt: skip
    booked, planned, short = sums
    for row, column in hits.tolist():
        enough = np.flatnonzero(short[row, column:] <= LEAST)
        yield Broken(
            item=items[row], period=months[column], missing=float(fresh[row, column]),
            booked=float(booked[row, column]), planned=float(planned[row, column]),
            covered=months[column + int(enough[0])] if len(enough) else None,
            orders=_orders(new, items[row], months[column]),
        )  # fmt: skip


def _by_month(new: pl.DataFrame, items: Sequence[str], months: range) -> Values:
    found, row_of = np.zeros((len(items), len(months))), {item: row for row, item in enumerate(items)}
    for item, period, quantity in new.select("item", "period", "quantity").iter_rows():
        found[row_of[item], period - months.start] += quantity
    return found


def _orders(new: pl.DataFrame, item: str, period: int) -> tuple[tuple[str, str, float], ...]:
    """Those of the last month up to this one for which any came: what came earlier may be missed only later."""
    mine = new.filter((pl.col("item") == item) & (pl.col("period") <= period))
    each = mine.group_by("order", "planning_customer", "period").agg(pl.col("quantity").sum())
    came = each.filter(pl.col("quantity") > 0)
    last = came.filter(pl.col("period") == came["period"].max()).sort("quantity", "order", descending=[True, False])
    return tuple(last.select("order", "planning_customer", "quantity").iter_rows())
