"""What plants cannot make: what was released is cut to it, and what is new stays under it."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from onenumber.errors.supply import BadDifferenceError
from onenumber.supply.differences import PlantLimit
from onenumber.supply.horizon import Floats, Horizon, Ints
from onenumber.supply.network import Activities, Cells


def released_within(made: pl.DataFrame, limits: Sequence[PlantLimit], *, horizon: Horizon) -> pl.DataFrame:
    """Released orders (item, site, t, quantity), each in proportion as much less as its plant says it cannot make.

    Example:
        >>> import datetime as dt
        >>> from onenumber.model.period import Calendar
        >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=1, count=2)
        >>> rows = pl.DataFrame({"item": ["A", "A"], "site": ["P", "P"], "t": [0, 1], "quantity": [40.0, 9.0]})
        >>> limit = PlantLimit(item="A", site="P", period=1, quantity=10.0)
        >>> released_within(rows, [limit], horizon=h)["quantity"].to_list()
        [10.0, 9.0]
    """
    for limit in limits:
        own = (pl.col("item") == limit.item) & (pl.col("site") == limit.site)
        own &= pl.col("t") == limit.period - horizon.first
        total = float(made.filter(own)["quantity"].sum())
        if total > limit.quantity:
            less = pl.col("quantity") * (limit.quantity / total)
            made = made.with_columns(pl.when(own).then(less).otherwise("quantity").alias("quantity"))
    return made.filter(pl.col("quantity") > 0)


def plant_limits(
    limits: Sequence[PlantLimit], *, cells: Cells, activities: Activities, horizon: Horizon
) -> tuple[Ints, Floats, tuple[Ints, Ints]]:
    """The cells that are limited, what of each may still come by period, and which activities make which of them.

    Of two limits on one cell and period the lower holds.

    Raises:
        BadDifferenceError: if the plant makes no such item, or the period is none of the plan.
    """
    rows = [_row(limit, cells, activities, horizon) for limit in limits]
    held = np.array(sorted(set(rows)), dtype=np.int64)
    left = np.full((len(held), horizon.count), np.inf)
    for row, limit in zip(rows, limits, strict=True):
        at, t = int(np.searchsorted(held, row)), limit.period - horizon.first
        left[at, t] = min(left[at, t], max(limit.quantity - float(cells.firm_made[row, t]), 0.0))
    members, activity = np.nonzero((held[:, None] == activities.cell[None, :]) & (activities.kind == "make")[None, :])
    return held, left, (members.astype(np.int64), activity.astype(np.int64))


def _row(limit: PlantLimit, cells: Cells, activities: Activities, horizon: Horizon) -> int:
    row = int(cells.axis.find([f"{limit.item}|{limit.site}"])[0])
    makes = bool(((activities.cell == row) & (activities.kind == "make")).any())
    if row < 0 or not (makes or bool(cells.firm_made[row].any())):
        raise BadDifferenceError(what=f"{limit.item!r} is not made at {limit.site!r}")
    if not 0 <= limit.period - horizon.first < horizon.count:
        raise BadDifferenceError(what=f"what {limit.site!r} makes of {limit.item!r} is limited outside the horizon")
    return row
