"""Ways to get an item to a site as arrays: what may arrive when, when it starts, what it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.axis import Axis, Labels
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.period import Days
from onenumber.model.validity import Dated
from onenumber.supply.cells import keys, labels_of
from onenumber.supply.differences import FirmMove
from onenumber.supply.horizon import Flags, Floats, Horizon, Ints, matches, numbered, over_periods
from onenumber.supply.network import Activities, Cells
from onenumber.supply.sources import Ways

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Items that ways take at sites: what a good unit takes where the way is started in a period that ``holds``."""

    way: Ints  # (N)
    item: Labels  # (N)
    site: Labels  # (N)
    holds: Flags  # (N, T)
    amount: Floats  # (N, T)


def materials(company: Tables, *, ways: Ways, horizon: Horizon) -> Inputs:
    """Components of what is made: quantity of the bill of materials / yield."""
    rows = over_periods(table_or_empty(company, "bill_of_materials"), key=["parent", "component"], horizon=horizon)
    made = np.flatnonzero(ways.kind == "make")
    item, parent = numbered(ways.item[made], labels_of(rows.table["parent"]))
    at, row = matches(item, parent)
    way = made[at]
    return Inputs(
        way=way,
        item=labels_of(rows.table["component"])[row],
        site=ways.site[way],
        holds=ways.holds[way] & rows.holds[row],
        amount=rows.table["quantity"].to_numpy()[row][:, None] / ways.good[way],
    )


def cells_of(ways: Ways, axis: Axis) -> Ints:
    """The cell that each way brings something to."""
    return axis.rows(keys(ways.item.tolist(), ways.site.tolist()))


def sources_of(ways: Ways, axis: Axis) -> tuple[Ints, Ints]:
    """The ways that move something, and the cell that each comes from."""
    moves = np.flatnonzero(ways.kind == "move")
    return moves, axis.rows(keys(ways.item[moves].tolist(), ways.name[moves].tolist()))


def sourced(ways: Ways, *, axis: Axis) -> Flags:
    """Which cells have a source: a route, a vendor, or a lane from a cell that has one."""
    cell, (moves, start) = cells_of(ways, axis), sources_of(ways, axis)
    return reached(len(axis), own=cell[ways.kind != "move"], start=start, to=cell[moves])


def reached(count: int, *, own: Ints, start: Ints, to: Ints) -> Flags:
    """Which of some cells have a source of their own, or a lane to them from one that is reached.

    Example:
        >>> reached(3, own=np.array([0]), start=np.array([0]), to=np.array([1])).tolist()
        [True, True, False]
    """
    found = np.zeros(count, dtype=bool)
    found[own] = True
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of resources (rows of their axis) that a good unit takes of a way, by way, period and resource."""

    way: Ints
    t: Ints
    resource: Ints
    amount: Floats


def make_hours(rates: Dated, *, way: Ints, resources: Axis) -> Hours:
    """The hours that each row of ``rates`` takes; ``way`` says of which way it is a step."""
    resource = resources.rows(rates.table["resource"].to_list())[rates.row]
    steps, amount = way[rates.row], rates.values("hours_per_unit")
    order = np.lexsort((resource, rates.t, steps))
    order = order[amount[order] > 0]
    return Hours(way=steps[order], t=rates.t[order], resource=resource[order], amount=amount[order])


def make_activities(
    ways: Ways, *, inputs: Inputs, hours: Hours, cells: Cells, horizon: Horizon, rank_share: float
) -> Activities:
    """The arrays of all ways."""
    cell = cells_of(ways, cells.axis)
    fences = np.where(ways.kind == "move", horizon.starts[0], cells.fence[cell])
    starts = start_shares(horizon=horizon, lead=ways.lead, fence=fences)
    allowed = ways.open & (starts.sum(axis=2) > 0) & ~((starts > 0) & ~ways.open[:, None, :]).any(axis=2)
    cost = np.where(starts.any(axis=2), (starts * ways.cost[:, None, :]).sum(axis=2), ways.cost)
    extra = weighed(cost=cost, paid=ways.cost, bought=ways.kind == "buy", cell=cell, is_open=ways.open)
    activity, taken, t, amount = _taken(ways, inputs, cells.axis)
    return Activities(
        kind=ways.kind,
        name=ways.name,
        cell=cell,
        allowed=allowed,
        most=np.full(cost.shape, np.inf),
        starts=starts,
        price=extra + rank_share * cells.value[cell, None] * (ways.rank - 1),
        cost=cost,
        input_activity=activity,
        input_cell=taken,
        input_t=t,
        input_amount=amount,
        hour_activity=hours.way,
        hour_resource=hours.resource,
        hour_t=hours.t,
        hour_amount=hours.amount,
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


def _taken(ways: Ways, inputs: Inputs, axis: Axis) -> tuple[Ints, Ints, Ints, Floats]:
    """Activity, cell, period and amount of what is taken: the inputs, and the unit itself at the start of a lane."""
    moves, start = sources_of(ways, axis)
    way = np.concatenate([inputs.way, moves])
    cell = np.concatenate([axis.rows(keys(inputs.item.tolist(), inputs.site.tolist())), start])
    amount = np.concatenate([inputs.amount, np.ones((len(moves), inputs.amount.shape[1]))])
    row, t = np.nonzero(np.concatenate([inputs.holds, ways.holds[moves]]))
    order = np.lexsort((axis.groups("item")[1][cell[row]], t, way[row]))
    row, t = row[order], t[order]
    return way[row], cell[row], t, amount[row, t]


def with_moves(
    activities: Activities, *, moves: tuple[FirmMove, ...], axis: Axis, horizon: Horizon, until: int = -1
) -> Activities:
    """The activities and, for each emergency inside a fence, its first way once more: started and there in one period.

    Up to the calendar index ``until`` all is inside: a plan in force stands there.

    Raises:
        BadDifferenceError: if the item cannot be made or bought there, or can come then without one.
    """
    for move in moves:
        activities = _with_move(activities, move, axis=axis, horizon=horizon, until=until)
    return activities


def _with_move(old: Activities, move: FirmMove, *, axis: Axis, horizon: Horizon, until: int) -> Activities:
    t = move.period - horizon.first
    row = int(axis.find([f"{move.item}|{move.site}"])[0])
    own = np.flatnonzero((old.cell == row) & (old.kind != "move"))
    own = own[np.argsort(old.kind[own] == "buy", kind="stable")]
    inside = 0 <= t < horizon.count
    label = horizon.calendar[move.period].label if inside else "a period outside the horizon"
    if not inside or not len(own):
        raise BadDifferenceError(what=f"{move.item!r} is neither made nor bought at {move.site!r} in {label}")
    if move.period > until and bool(old.allowed[own, t].any()):
        raise BadDifferenceError(
            what=f"{move.item!r} can come to {move.site!r} in {label} without an emergency: it is outside its fence"
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
