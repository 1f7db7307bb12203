"""Company, load and demand to the network of one plan."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import polars as pl

from onenumber.errors.model import BadCubeError
from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Cube, State
from onenumber.model.finding import Finding
from onenumber.model.validity import Dated
from onenumber.supply import activities as acts
from onenumber.supply import cells as cell_room
from onenumber.supply import nodes as node_room
from onenumber.supply import receipts, sources
from onenumber.supply.demand import asked, only_orders, opening_backlog, with_extra
from onenumber.supply.differences import FirmMove, MoveWindow, Overtime, PlantLimit, SecondSource, singly
from onenumber.supply.findings import attention_finding
from onenumber.supply.fixed import make_fixed
from onenumber.supply.horizon import Flags, Floats, Ints
from onenumber.supply.inputs import SupplyInputs
from onenumber.supply.limits import make_limits
from onenumber.supply.money import plan_rates
from onenumber.supply.network import Cells, Network
from onenumber.supply.nodes import Streams
from onenumber.supply.plants import released_within
from onenumber.supply.precedence import make_claims
from onenumber.supply.released import released_hours
from onenumber.supply.resources import make_resources, resource_axis
from onenumber.supply.sources import Ways

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The network, the orders released before it (with hours), purchases confirmed, and what was found on the way.

    The last activities of the network are the emergencies inside a fence, one each of ``moves``.
    """

    network: Network
    released: pl.DataFrame
    confirmed: pl.DataFrame
    moves: tuple[FirmMove, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What the arrays are made from."""

    cells: Cells
    ways: Ways
    inputs: acts.Inputs
    hours: acts.Hours
    rules: node_room.Sourcing
    policies: Dated
    held: cell_room.Held
    resources: Axis


def build(inputs: SupplyInputs) -> Built:
    """The network that the inputs describe, differences applied.

    Raises:
        BadDifferenceError: if a difference names something that is not there.
        LabelMismatchError: if demand and booked stand on different labels.
        BadCubeError: if prices have another shape than demand.
    """
    inputs.demand.same_labels(inputs.booked)
    if inputs.prices.shape != inputs.demand.values.shape:
        raise BadCubeError(
            measure="prices", what=f"{inputs.prices.shape} prices for {inputs.demand.values.shape} cells"
        )
    parts, found = _parts(inputs)
    streams, more = _streams(inputs, parts)
    value, unpriced = _values(parts.cells, streams)
    parts = replace(parts, cells=replace(parts.cells, value=value))
    return _built(inputs, parts, streams, (*found, *more, *unpriced))


def _of(inputs: SupplyInputs, kind: type[Kind]) -> tuple[Kind, ...]:
    return tuple(d for d in singly(inputs.differences) if isinstance(d, kind))


def _parts(inputs: SupplyInputs) -> tuple[_Parts, tuple[Finding, ...]]:
    horizon, company = inputs.horizon, inputs.company
    policies = cell_room.policies(company, horizon=horizon)
    rules = node_room.sourcing(company, axis=inputs.demand.axis, horizon=horizon)
    resources, money = resource_axis(company), plan_rates(company, horizon=horizon, currency=inputs.frame.currency)
    bought, found = sources.buy_ways(company, horizon=horizon, rates=money, decided=_of(inputs, SecondSource))
    rates = sources.rates(company, horizon=horizon)
    made, step_of = sources.make_ways(rates)
    ways = sources.joined(bought, made)
    used = acts.materials(company, ways=ways, horizon=horizon)
    held, late = _held(inputs, bought)
    pairs = _pairs(policies, rules, ways, used, held)
    ways = sources.joined(ways, sources.move_ways(company, horizon=horizon, cells=pairs))
    axis = cell_room.cell_axis(pairs, company=company, policies=cell_room.first_policy(policies))
    cells = cell_room.make_cells(
        axis, company=company, rows=policies, held=held, horizon=horizon, settings=inputs.settings, rates=money,
        sourced=acts.sourced(ways, axis=axis),
    )  # fmt: skip
    hours = acts.make_hours(rates, way=len(bought.kind) + step_of, resources=resources)
    parts = _Parts(
        cells=cells, ways=ways, inputs=used, hours=hours, rules=rules, policies=policies, held=held,
        resources=resources,
    )  # fmt: skip
    return parts, (*found, *late)


def _held(inputs: SupplyInputs, bought: Ways) -> tuple[cell_room.Held, tuple[Finding, ...]]:
    load, horizon = inputs.load, inputs.horizon
    stock, negative = receipts.opening_stock(load, horizon=horizon)
    made, late = receipts.released(load, horizon=horizon)
    made = released_within(made, _of(inputs, PlantLimit), horizon=horizon)
    first = np.argmax(bought.holds, axis=1)
    lead_times = pl.DataFrame(
        {"vendor": bought.name, "item": bought.item, "site": bought.site,
         "lead_time_days": bought.lead[np.arange(len(first)), first]},
    )  # fmt: skip
    confirmed, due = receipts.confirmed(load, lead_times=lead_times, horizon=horizon)
    return cell_room.Held(stock=stock, made=made, bought=confirmed), (*negative, *late, *due)


def _pairs(
    policies: Dated, rules: node_room.Sourcing, ways: Ways, used: acts.Inputs, held: cell_room.Held
) -> list[tuple[str, str]]:
    """Every (item, site) that has a policy, stock, receipts, a way in, a use as a component, or a customer."""
    taken = used.holds.any(axis=1)
    tables = (policies.table, held.stock, held.made, held.bought)
    found = [pair for rows in tables for pair in zip(rows["item"].to_list(), rows["site"].to_list(), strict=True)]
    for items, sites in ((rules.item, rules.site), (ways.item, ways.site), (used.item[taken], used.site[taken])):
        found += zip(items.tolist(), sites.tolist(), strict=True)
    return sorted(set(found))


def _streams(inputs: SupplyInputs, parts: _Parts) -> tuple[Streams, tuple[Finding, ...]]:
    settings, axis = inputs.settings, inputs.demand.axis
    forecast, missing = _present(inputs.demand)
    booked, _ = _present(inputs.booked)
    demand = asked(
        forecast=forecast, booked=booked, pool=_pools(axis), pooled=settings.firm_periods,
        back=settings.consume_back, forward=settings.consume_forward,
    )  # fmt: skip
    demand = only_orders(asked_for=demand, booked=booked, inside=_inside_fence(inputs, parts))
    demand = with_extra(demand, axis=axis, moves=_of(inputs, FirmMove), horizon=inputs.horizon)
    opening, late = opening_backlog(inputs.backlog, axis=axis)
    price, unknown = node_room.known_prices(
        inputs.prices, axis=axis, cost=_stream_cost(parts.cells, axis.attributes["item"])
    )
    floor, penalty, odd = node_room.contracts(
        inputs.company, axis=axis, demand=demand, price=price, horizon=inputs.horizon, settings=settings
    )
    made = Streams(axis=axis, demand=demand, opening=opening, price=price, floor=floor, penalty=penalty)
    return made, (*missing, *late, *unknown, *odd)


def _pools(axis: Axis) -> Ints:
    """The streams of an item in one channel share its forecast."""
    (_, item), (channels, channel) = axis.groups("item"), axis.groups("channel")
    return item * len(channels) + channel


def _present(cube: Cube) -> tuple[Floats, tuple[Finding, ...]]:
    """Quantities of present cells; a hole adds nothing and is counted in a finding."""
    holes = int(((cube.state != State.PRESENT) & (cube.state != State.NONE)).sum())
    found = (attention_finding("demand_missing", cells=holes, measure=cube.measure),) if holes else ()
    return np.where(cube.state == State.PRESENT, np.maximum(cube.values, 0.0), 0.0), found


def _inside_fence(inputs: SupplyInputs, parts: _Parts) -> Flags:
    """Where only orders count: periods that end inside the demand fence of a stream made to order."""
    horizon, cells = inputs.horizon, parts.cells
    fence = cell_room.fences(
        cells.axis, rows=parts.policies, company=inputs.company, horizon=horizon, column="demand_fence_days",
        otherwise=horizon.starts[0],
    )  # fmt: skip
    rules = parts.rules
    at = cells.axis.rows(cell_room.keys(rules.item.tolist(), rules.site.tolist()))
    closed = rules.open & cells.to_order[at][:, None] & (horizon.ends[None, :] <= fence[at][:, None])
    inside = np.zeros((int(rules.pair_of.max(initial=-1)) + 1, horizon.count), dtype=bool)
    np.logical_or.at(inside, rules.pair, closed)
    found: Flags = inside[rules.pair_of]
    return found


def _stream_cost(cells: Cells, items: Labels) -> Floats:
    first = np.searchsorted(cells.axis.attributes["item"], items)
    found = np.minimum(first, len(cells.axis) - 1)
    same = cells.axis.attributes["item"][found] == items
    return np.where(same, cells.value[found], np.nan)


def _values(cells: Cells, streams: Streams) -> tuple[Floats, tuple[Finding, ...]]:
    """Value of a unit in each cell without a hole: its cost, else its mean price, else the median of all values."""
    known = np.isfinite(cells.value) & (cells.value > 0)
    if bool(known.all()):
        return cells.value, ()
    labels, item = streams.axis.groups("item")
    total, count = np.zeros(len(labels)), np.zeros(len(labels))
    np.add.at(total, item, streams.price.mean(axis=1))
    np.add.at(count, item, 1.0)
    at = np.minimum(np.searchsorted(labels, cells.axis.attributes["item"]), max(len(labels) - 1, 0))
    sold = labels[at] == cells.axis.attributes["item"] if len(labels) else np.zeros(len(cells.axis), dtype=bool)
    price = np.where(sold, (total / np.maximum(count, 1.0))[at], np.nan) if len(labels) else np.full(len(sold), np.nan)
    value = np.where(known, cells.value, price)
    rest = float(np.median(value[np.isfinite(value)])) if bool(np.isfinite(value).any()) else 1.0
    return np.where(np.isfinite(value), value, rest), (attention_finding("cost_unknown", cells=int((~known).sum())),)


def _built(inputs: SupplyInputs, parts: _Parts, streams: Streams, findings: tuple[Finding, ...]) -> Built:
    horizon, company, settings, cells = inputs.horizon, inputs.company, inputs.settings, parts.cells
    nodes = node_room.make_nodes(streams, rules=parts.rules, cells=cells.axis, settings=settings)
    sold = np.isin(np.arange(len(cells.axis)), nodes.edge_cell)
    cells = replace(cells, tracked=~cells.unlimited | (sold & (not settings.sell_without_source)))
    activities = acts.make_activities(
        parts.ways, inputs=parts.inputs, hours=parts.hours, cells=cells, horizon=horizon, rank_share=settings.rank_share
    )
    emergencies = _of(inputs, FirmMove)
    standing = inputs.standing
    activities = acts.with_moves(
        activities, moves=emergencies, axis=cells.axis, horizon=horizon, until=standing.until if standing else -1
    )
    released, hours = released_hours(
        parts.held.made, activities=activities, axis=cells.axis, resources=len(parts.resources), horizon=horizon
    )
    resources, more = make_resources(
        company, axis=parts.resources, horizon=horizon, moves=_of(inputs, MoveWindow), overtime=_of(inputs, Overtime),
        released=hours,
    )  # fmt: skip
    confirmed = parts.held.bought
    limits = make_limits(
        company, cells=cells, activities=activities, nodes=nodes, bought=confirmed, horizon=horizon,
        plants=_of(inputs, PlantLimit),
    )  # fmt: skip
    differences = singly(inputs.differences)
    network = Network(
        horizon=horizon, cells=cells, activities=activities, resources=resources, nodes=nodes, limits=limits,
        claims=make_claims(differences, nodes=nodes, activities=activities, resources=resources, horizon=horizon),
        fixed=make_fixed(standing, cells=cells, activities=activities, nodes=nodes, horizon=horizon),
    )  # fmt: skip
    return Built(
        network=network, released=released, confirmed=confirmed, moves=emergencies, findings=(*findings, *more)
    )  # fmt: skip
