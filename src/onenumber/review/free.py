"""What there is of each item by month and what is booked of it: what is free to promise, and what is not there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.inventory.promise import cumulative_atp, discrete_atp, look_back
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.counts import PLANNED_WITH, newest_count
from onenumber.model.cube import Cube, Values
from onenumber.model.sheet import Sheet

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Book:
    """Items (rows) by month (columns), over all sites: the stock, what comes, and what is taken by orders and plants.

    Orders that are past due are taken in the first month.
    """

    on_hand: Values
    comes: Values
    taken: Values

    @property
    def free(self) -> Values:
        """What is free to promise by the end of each month: cumulative ATP (domain.md §5.8).

        Example:
            >>> one = Book(on_hand=np.array([10.0]), comes=np.array([[0.0, 5]]), taken=np.array([[4.0, 20]]))
            >>> one.free.tolist(), one.missing.tolist()
            ([[-9.0, -9.0]], [[0.0, 9.0]])
        """
        atp = discrete_atp(on_hand=self.on_hand, receipts=self.comes, orders=self.taken)
        return cumulative_atp(atp=look_back(atp=atp))

    @property
    def missing(self) -> Values:
        """By how much what is booked up to each month is more than what there is by then; 0 where it is not."""
        balance = self.on_hand[:, None] + np.cumsum(self.comes - self.taken, axis=1)
        return np.maximum(-balance, 0.0)


def book_of(
    items: Sequence[str], months: range, *, plan: Sheet, load: Tables, history: Sheet | None, more: Values | float = 0.0
) -> Book:
    """The book of a plan: stock as counted last, its receipts from production and vendors, and what is booked.

    ``more`` is booked beside what the history holds.
    """
    comes, used = (by_item(plan.cube(name), items, months) for name in ("production", "used"))
    booked = np.zeros(comes.shape) if history is None else by_item(history.cube("booked"), items, months)
    booked[:, 0] += past_due(items, history)
    bought = by_item(plan.cube("purchases"), items, months)
    return Book(on_hand=on_hand(items, load), comes=comes + bought, taken=booked + used + more)


def by_item(cube: Cube, items: Sequence[str], months: range) -> Values:
    """A cube summed by item over some months; 0 outside it."""
    found, of = np.zeros((len(items), len(months))), cube.axis.labels("item")
    inside = [(k, month - cube.first) for k, month in enumerate(months) if month in cube.indices]
    for row, item in enumerate(items):
        total = cube.values[of == item].sum(axis=0)
        for k, at in inside:
            found[row, k] = total[at]
    return found


def on_hand(items: Sequence[str], load: Tables) -> Values:
    """What a plan counts on of the newest count of each site, by item over all sites."""
    rows = newest_count(table_or_empty(load, "stock")).filter(pl.col("status").is_in(PLANNED_WITH))
    return _of(items, rows.group_by("item").agg(pl.col("quantity").sum()))


def past_due(items: Sequence[str], history: Sheet | None) -> Values:
    """Backlog by item."""
    if history is None:
        return np.zeros(len(items))
    return _of(items, history.table("backlog").group_by("item").agg(pl.col("open").sum()))


def _of(items: Sequence[str], sums: pl.DataFrame) -> Values:
    by: Mapping[str, float] = dict(sums.iter_rows())
    return np.array([by.get(item, 0.0) for item in items])
