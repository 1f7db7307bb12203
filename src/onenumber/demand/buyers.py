"""What a salesperson is told of her buyers: who is silent for longer than usual, and which orders are unlike theirs.

Both look at a buyer's own habit only, by robust rules, and only at what was ordered before a day: nothing looks ahead.
"""

import datetime as dt

import polars as pl

SILENT_OVER = 2.5
"""Times the own mean interval between orders from which on a buyer is silent (domain.md 6.4, customer loss)."""
FEWEST_ORDERS = 6
"""Order days that make a habit."""
ODD_OVER = 3.0
"""Times the usual size over which an order is odd (domain.md 6.4, one-off order)."""
ODD_SCORE = 3.5
"""Robust score over which it is: 0.6745 x (quantity - median) / MAD (domain.md 6.4, outlier)."""
FEWEST_LINES = 8
"""Lines of a buyer and item that make a usual size."""
LOOKS_BACK = 730
"""Days of orders that a habit is taken from."""


def silent_buyers(lines: pl.DataFrame, *, as_of: dt.date) -> pl.DataFrame:
    """Buyers without an order for 2.5 x their own mean interval or longer, the longest over their usual first.

    ``lines`` has ``customer``, ``ordered`` and ``quantity``; returns are no orders. Out come ``customer``, ``last``,
    ``usual_days``, ``silent_days`` and ``times``. Who ordered on fewer than six days of the last two years has no
    habit to leave.

    Example:
        >>> days = [dt.date(2026, 1, 1) + dt.timedelta(days=10 * k) for k in range(6)]
        >>> bought = pl.DataFrame({"customer": ["a"] * 6, "ordered": days, "quantity": [1.0] * 6})
        >>> silent_buyers(bought, as_of=dt.date(2026, 3, 17)).rows()
        [('a', datetime.date(2026, 2, 20), 10.0, 25, 2.5)]
        >>> len(silent_buyers(bought, as_of=dt.date(2026, 3, 16)))
        0
    """
    days = _habit(lines, as_of).select("customer", "ordered").unique()
    each = days.group_by("customer").agg(
        pl.col("ordered").max().alias("last"), pl.col("ordered").min().alias("first"), pl.len().alias("count")
    )
    each = each.filter(pl.col("count") >= FEWEST_ORDERS)
    usual = (pl.col("last") - pl.col("first")).dt.total_days() / (pl.col("count") - 1)
    silent = (pl.lit(as_of) - pl.col("last")).dt.total_days()
    found = each.select("customer", "last", usual.alias("usual_days"), silent.alias("silent_days"))
    found = found.with_columns((pl.col("silent_days") / pl.col("usual_days")).alias("times"))
    return found.filter(pl.col("times") >= SILENT_OVER).sort(["times", "customer"], descending=[True, False])


def odd_orders(lines: pl.DataFrame, *, since: dt.date, as_of: dt.date) -> pl.DataFrame:
    """Lines ordered in [since, as_of) that are far larger than what their buyer usually orders of their item.

    ``lines`` has ``customer``, ``item``, ``ordered`` and ``quantity``, and keeps whatever else it has; added are the
    ``usual`` size (a median) and ``times``. The usual is of the lines ordered before ``since``, so that the odd one is
    not held against itself. At least eight lines make a usual; where all are alike, three times of it is odd.

    Example:
        >>> day = dt.date(2026, 4, 1)
        >>> bought = pl.DataFrame({"customer": ["a"] * 9, "item": ["A"] * 9, "quantity": [9.0, 10.0, 11.0, 10.0] * 2
        ...                        + [120.0], "ordered": [day] * 8 + [dt.date(2026, 5, 4)]})
        >>> odd_orders(bought, since=dt.date(2026, 5, 1), as_of=dt.date(2026, 6, 1)).select("usual", "times").rows()
        [(10.0, 12.0)]
    """
    by = ["customer", "item"]
    before = _habit(lines, since)
    medians = before.group_by(by).agg(pl.col("quantity").median().alias("usual"), pl.len().alias("count"))
    medians = medians.filter(pl.col("count") >= FEWEST_LINES)
    spread = before.join(medians, on=by, how="inner").with_columns((pl.col("quantity") - pl.col("usual")).abs())
    spreads = spread.group_by(by).agg(pl.col("quantity").median().alias("mad"))
    new = lines.filter(pl.col("ordered").is_between(since, as_of, closed="left") & (pl.col("quantity") > 0))
    held = new.join(medians, on=by, how="inner", maintain_order="left")
    held = held.join(spreads, on=by, how="left", maintain_order="left")
    held = held.with_columns((pl.col("quantity") / pl.col("usual")).alias("times"))
    far = 0.6745 * (pl.col("quantity") - pl.col("usual")) > ODD_SCORE * pl.col("mad")
    return held.filter((pl.col("times") > ODD_OVER) & far).drop("count", "mad").sort("times", descending=True)


def _habit(lines: pl.DataFrame, until: dt.date) -> pl.DataFrame:
    """What was ordered in the two years before a day."""
    begin = until - dt.timedelta(days=LOOKS_BACK)
    return lines.filter(pl.col("ordered").is_between(begin, until, closed="left") & (pl.col("quantity") > 0))
