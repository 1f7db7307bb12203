"""Hours that orders released before the plan still take."""

import numpy as np
import polars as pl

from onenumber.model.axis import Axis
from onenumber.supply.cells import keys_of
from onenumber.supply.horizon import Floats, Horizon, Ints
from onenumber.supply.network import Activities


def shares_left(orders: pl.DataFrame, *, horizon: Horizon) -> Floats:
    """Share of each order's work that falls in each period, (orders x periods).

    Work is spread evenly over [released, due); what lies before the plan is done, what was to be done and is past
    due lies in the first period.

    Example:
        >>> import datetime as dt
        >>> from onenumber.model.period import Calendar
        >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=1, count=2)
        >>> due = [dt.date(2026, 2, 11), dt.date(2026, 1, 30)]
        >>> rows = pl.DataFrame({"released": [dt.date(2026, 1, 22)] * 2, "due": due})
        >>> shares_left(rows, horizon=h).tolist()
        [[0.5, 0.0], [1.0, 0.0]]
    """
    start = orders["released"].to_numpy().astype("datetime64[D]").astype(np.int64)[:, None]
    end = orders["due"].to_numpy().astype("datetime64[D]").astype(np.int64)[:, None]
    opens, closes = horizon.starts.astype(np.int64)[None, :], horizon.ends.astype(np.int64)[None, :]
    inside = np.maximum(np.minimum(end, closes) - np.maximum(start, opens), 0)
    shares: Floats = inside / np.maximum(end - start, 1)
    late = (end <= opens[:, :1])[:, 0]
    shares[late] = 0.0
    shares[late, 0] = 1.0
    return shares


def released_hours(
    orders: pl.DataFrame, *, activities: Activities, axis: Axis, resources: int, horizon: Horizon
) -> tuple[pl.DataFrame, Floats]:
    """Released orders with the route their hours are taken from and the hours left; hours by resource and period.

    The route is the first that the item has at the site, at the rates of the first period that has any.
    """
    route, per_unit = _first_routes(activities, len(axis), resources)
    cell = axis.rows(keys_of(orders))
    quantity = orders["quantity"].to_numpy()
    shares = shares_left(orders, horizon=horizon)
    unit_hours = per_unit[cell]
    total = np.einsum("oq,ot->qt", unit_hours * quantity[:, None], shares)
    hours = quantity * unit_hours.sum(axis=1) * shares.sum(axis=1)
    names = np.append(activities.name, "")[route[cell]]
    kept = orders.select("item", "site", "t", "quantity")
    return kept.with_columns(pl.Series("route", names.tolist(), dtype=pl.String), pl.Series("hours", hours)), total


def _first_routes(activities: Activities, cells: int, resources: int) -> tuple[Ints, Floats]:
    """First route of each cell (-1: none), and its hours a unit per resource."""
    made = np.flatnonzero(activities.kind == "make")[::-1]
    route = np.full(cells, -1, dtype=np.int64)
    route[activities.cell[made]] = made
    hours = np.zeros((cells, resources))
    first = np.full(len(activities.kind), np.iinfo(np.int64).max)
    np.minimum.at(first, activities.hour_activity, activities.hour_t)
    own = (activities.hour_t == first[activities.hour_activity]) & (
        route[activities.cell[activities.hour_activity]] == activities.hour_activity
    )
    at = activities.hour_activity[own]
    np.add.at(hours, (activities.cell[at], activities.hour_resource[own]), activities.hour_amount[own])
    return route, hours
