"""Ways to get an item to a site as arrays: what may arrive when, when it starts, what it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.axis import Axis
from onenumber.model.period import Days
from onenumber.supply.cells import keys_of
from onenumber.supply.differences import FirmMove
from onenumber.supply.horizon import Flags, Floats, Horizon, Ints, over_periods
from onenumber.supply.network import Activities

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """All ways (columns of ``sources.WAY`` and ``yield``), the hours they take and the bill of materials."""

    ways: pl.DataFrame
    rates: pl.DataFrame
    materials: pl.DataFrame


def materials(company: Tables, *, horizon: Horizon) -> pl.DataFrame:
    """Units of a component in one unit of its parent, per period."""
    if "bill_of_materials" not in company:
        types = {"parent": pl.String, "component": pl.String, "quantity": pl.Float64, "t": pl.Int64}
        return pl.DataFrame(schema=types)
    rows = over_periods(company["bill_of_materials"], key=["parent", "component"], horizon=horizon)
    return rows.select("parent", "component", "quantity", "t")


def sourced(ways: pl.DataFrame, *, axis: Axis) -> Flags:
    """Which cells have a source: a route, a vendor, or a lane from a cell that has one.

    Example:
        >>> ways = pl.DataFrame({"kind": ["move", "make"], "item": ["A", "A"], "site": ["W", "P"], "name": ["P", "R"]})
        >>> sourced(ways, axis=Axis("cell", np.array(["A|P", "A|W", "B|P"]), {})).tolist()
        [True, True, False]
    """
    found = np.zeros(len(axis), dtype=bool)
    own = ways.filter(pl.col("kind") != "move")
    found[axis.rows(keys_of(own))] = True
    moves = ways.filter(pl.col("kind") == "move").select("item", "site", "name").unique(maintain_order=True)
    to = axis.rows(keys_of(moves))
    start = axis.rows(keys_of(moves.with_columns(pl.col("name").alias("site"))))
    while bool((found[start] & ~found[to]).any()):
        np.logical_or.at(found, to, found[start])
    return found


def start_shares(*, horizon: Horizon, lead: Ints, fence: Days) -> Floats:
    """Share of what arrives in j that starts in i, per activity: (activities x arrival x start); rows sum to 1 or 0.

    Arrivals are spread evenly over the days [first_j, end_j) of a period that lie outside the fence and can still be
    reached, ``first_j = max(start_j, fence, start_0 + lead)``; each starts ``lead`` days before. All zero where no
    day is left: the period cannot be reached.

    ``share[j, i] = |[first_j - lead, end_j - lead) ∩ [start_i, end_i)| / |[first_j, end_j)|``

    Example:
        >>> import datetime as dt
        >>> from onenumber.model.period import Calendar
        >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 4, 1), periods=24), first=0, count=2)
        >>> start_shares(horizon=h, lead=np.array([[15, 15]]), fence=h.starts[[0]])[0].round(3).tolist()
        [[1.0, 0.0], [0.484, 0.516]]
        >>> start_shares(horizon=h, lead=np.array([[40, 40]]), fence=h.starts[[0]])[0].round(3).tolist()
        [[0.0, 0.0], [1.0, 0.0]]
        >>> start_shares(horizon=h, lead=np.array([[90, 90]]), fence=h.starts[[0]])[0].tolist()
        [[0.0, 0.0], [0.0, 0.0]]
    """
    opens, ends = horizon.starts.astype(np.int64), horizon.ends.astype(np.int64)
    first = np.maximum(np.maximum(opens[None, :], fence.astype(np.int64)[:, None]), opens[0] + lead)
    days = np.maximum(ends[None, :] - first, 0)
    low = np.maximum((first - lead)[:, :, None], opens[None, None, :])
    high = np.minimum((ends[None, :] - lead)[:, :, None], ends[None, None, :])
    inside = np.maximum(high - low, 0) * (days > 0)[:, :, None]
    shares: Floats = inside / np.maximum(days, 1)[:, :, None]
    return shares


def make_activities(
    ways: Ways, *, axis: Axis, fence: Days, value: Floats, horizon: Horizon, rank_share: float
) -> Activities:
    """The arrays of all ways, in the order of kind, item, site and name."""
    keys = ["kind", "item", "site", "name"]
    table = ways.ways.select(keys).unique().sort(keys).with_row_index("a").with_columns(pl.col("a").cast(pl.Int64))
    rows = ways.ways.join(table, on=keys, how="left", maintain_order="left").sort("a", "t")
    cell = axis.rows(keys_of(table))
    kind = np.array(table["kind"].to_list(), dtype=np.str_)
    a, t = rows["a"].to_numpy(), rows["t"].to_numpy()
    shape = (len(table), horizon.count)
    lead, paid, rank = (_filled(rows, column, a, t, shape) for column in ("lead", "cost", "rank"))
    is_open = np.zeros(shape, dtype=bool)
    is_open[a, t] = rows["open"].to_numpy()
    fences = np.where(kind == "move", horizon.starts[0], fence[cell])
    starts = start_shares(horizon=horizon, lead=lead.astype(np.int64), fence=fences)
    allowed = is_open & (starts.sum(axis=2) > 0) & ~((starts > 0) & ~is_open[:, None, :]).any(axis=2)
    cost = (starts * paid[:, None, :]).sum(axis=2)
    extra = weighed(cost=cost, paid=paid, bought=kind == "buy", cell=cell, is_open=is_open)
    inputs, hours = _inputs(rows, ways), _hours(rows, ways.rates)
    return Activities(
        kind=kind,
        name=np.array(table["name"].to_list(), dtype=np.str_),
        cell=cell,
        allowed=allowed,
        most=np.full(shape, np.inf),
        starts=starts,
        price=extra + rank_share * value[cell, None] * (rank - 1),
        cost=cost,
        input_activity=inputs["a"].to_numpy(),
        input_cell=axis.rows(keys_of(inputs)),
        input_t=inputs["t"].to_numpy(),
        input_amount=inputs["amount"].to_numpy(),
        hour_activity=hours["a"].to_numpy(),
        hour_resource=hours["q"].to_numpy(),
        hour_t=hours["t"].to_numpy(),
        hour_amount=hours["hours_per_unit"].to_numpy(),
    )


def weighed(*, cost: Floats, paid: Floats, bought: Flags, cell: Ints, is_open: Flags) -> Floats:
    """What the plan weighs (activities x periods): of a purchase what it costs more than the cheapest vendor's price.

    A sale is worth its price whatever it costs to make (resellers may buy below cost): only choices between
    sources are weighed. ``paid`` is the price in each period, whether or not something could arrive in it.

    Example:
        >>> paid, true = np.array([[3.0], [5.0], [1.0]]), np.array([[True], [True], [False]])
        >>> weighed(cost=paid, paid=paid, bought=np.array([True, True, True]), cell=np.array([0, 0, 0]),
        ...         is_open=true).tolist()
        [[0.0], [2.0], [0.0]]
    """
    lowest = np.full((int(cell.max(initial=-1)) + 1, cost.shape[1]), np.inf)
    np.minimum.at(lowest, cell[bought], np.where(is_open, paid, np.inf)[bought])
    base = np.where(bought[:, None] & np.isfinite(lowest[cell]), lowest[cell], 0.0)
    extra: Floats = np.maximum(cost - base, 0.0) * is_open
    return extra


def _filled(rows: pl.DataFrame, column: str, a: Ints, t: Ints, shape: tuple[int, ...]) -> Floats:
    values = np.zeros(shape)
    values[a, t] = rows[column].to_numpy()
    return values


def _inputs(rows: pl.DataFrame, ways: Ways) -> pl.DataFrame:
    """Components of what is made (per good unit: quantity / yield), and the unit itself at the start of a lane."""
    made = rows.filter(pl.col("kind") == "make").select("a", "item", "site", "t", "yield")
    used = made.join(ways.materials, left_on=["item", "t"], right_on=["parent", "t"], maintain_order="left")
    used = used.select(
        "a", pl.col("component").alias("item"), "site", "t", (pl.col("quantity") / pl.col("yield")).alias("amount")
    )
    moved = rows.filter(pl.col("kind") == "move")
    moved = moved.select("a", "item", pl.col("name").alias("site"), "t", pl.lit(1.0).alias("amount"))
    return pl.concat([used, moved]).sort("a", "t", "item")


def _hours(rows: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    made = rows.filter(pl.col("kind") == "make").select("a", "item", "site", pl.col("name").alias("route"), "t")
    joined = made.join(rates, on=["item", "site", "route", "t"], maintain_order="left")
    return joined.filter(pl.col("hours_per_unit") > 0).select("a", "q", "t", "hours_per_unit").sort("a", "t", "q")


def with_moves(activities: Activities, *, moves: tuple[FirmMove, ...], axis: Axis, horizon: Horizon) -> Activities:
    """The activities and, for each emergency inside a fence, its first way once more: started and there in one period.

    Raises:
        BadDifferenceError: if the item cannot be made or bought there, or the period is outside the horizon.
    """
    for move in moves:
        activities = _with_move(activities, move, axis=axis, horizon=horizon)
    return activities


def _with_move(old: Activities, move: FirmMove, *, axis: Axis, horizon: Horizon) -> Activities:
    t = move.period - horizon.first
    row = int(axis.find([f"{move.item}|{move.site}"])[0])
    own = np.flatnonzero((old.cell == row) & (old.kind != "move"))
    own = own[np.argsort(old.kind[own] == "buy", kind="stable")]
    if not 0 <= t < horizon.count or not len(own):
        raise BadDifferenceError(
            what=f"{move.item!r} is neither made nor bought at {move.site!r} in period {move.period}"
        )
    way, new = int(own[0]), len(old.kind)
    shape = (1, horizon.count)
    allowed, most = np.zeros(shape, dtype=bool), np.full(shape, np.inf)
    starts = np.zeros((*shape, horizon.count))
    allowed[0, t], most[0, t], starts[0, t, t] = True, move.quantity, 1.0
    inputs = (old.input_activity == way) & (old.input_t == t)
    hours = (old.hour_activity == way) & (old.hour_t == t)
    return Activities(
        kind=np.append(old.kind, old.kind[way]),
        name=np.append(old.name, old.name[way]),
        cell=np.append(old.cell, old.cell[way]),
        allowed=np.vstack([old.allowed, allowed]),
        most=np.vstack([old.most, most]),
        starts=np.concatenate([old.starts, starts]),
        price=np.vstack([old.price, old.price[[way]]]),
        cost=np.vstack([old.cost, old.cost[[way]]]),
        input_activity=np.append(old.input_activity, np.full(int(inputs.sum()), new)),
        input_cell=np.append(old.input_cell, old.input_cell[inputs]),
        input_t=np.append(old.input_t, old.input_t[inputs]),
        input_amount=np.append(old.input_amount, old.input_amount[inputs]),
        hour_activity=np.append(old.hour_activity, np.full(int(hours.sum()), new)),
        hour_resource=np.append(old.hour_resource, old.hour_resource[hours]),
        hour_t=np.append(old.hour_t, old.hour_t[hours]),
        hour_amount=np.append(old.hour_amount, old.hour_amount[hours]),
    )
