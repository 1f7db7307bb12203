"""The answer as the SupplyPlan sheet: cubes on streams, cells and resources, and the tables of what to do."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Cube, State, alike
from onenumber.model.sheet import BASIS, Notes, Sheet, SheetKind
from onenumber.supply.build import Built
from onenumber.supply.check import Check, Flows, started
from onenumber.supply.differences import FirmMove
from onenumber.supply.horizon import Flags, Floats
from onenumber.supply.network import Network
from onenumber.supply.split import ByStream, served_from
from onenumber.supply.variables import Arrays

FIRM_MOVES = pl.Schema(
    {
        "item": pl.String, "site": pl.String, "period": pl.Int64, "kind": pl.String, "source": pl.String,
        "asked": pl.Float64, "quantity": pl.Float64, "hours": pl.Float64, "cost": pl.Float64,
    }
)  # fmt: skip
LEAST = 1e-9
"""Quantities of at most this much are not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything the sheet is made of."""

    built: Built
    answer: Mapping[str, Floats]
    flows: Flows
    parts: ByStream
    charged: Arrays
    checks: tuple[Check, ...]
    shortages: pl.DataFrame
    unplanned: pl.DataFrame
    demand: Cube
    basis: pl.DataFrame


def plan_sheet(result: Result, *, notes: Notes) -> Sheet:
    """The SupplyPlan sheet; ``notes`` say how it was solved, the sums of the plan are added.

    A plan without emergencies has no table ``firm_moves``.
    """
    network, parts = result.built.network, result.parts
    units = result.demand.units
    figures: dict[str, float | None] = {
        "worst_violation": max(c.worst for c in result.checks),
        "demand_units": alike(network.nodes.stream_demand.sum(), units),
        "shipped_units": alike(parts.shipped.sum(), units),
        "lost_units": alike(parts.lost.sum(), units),
        "overtime_hours": float(result.answer["overtime"].sum()),
    }
    cubes = [*_stream_cubes(result), *_cell_cubes(result), *_resource_cubes(result)]
    return Sheet(
        kind=SheetKind.SUPPLY_PLAN,
        cubes={cube.measure: cube for cube in cubes},
        tables={
            "runs": _runs(result),
            "overtime": _overtime(result),
            "purchase_plan": _purchase_plan(result),
            "cell_streams": served_from(network, result.answer, parts, least=LEAST),
            "shortages": result.shortages,
            "costs": _costs(result),
            "objective": _objective(result),
            "checks": pl.DataFrame(
                [(c.name, c.worst, c.limit, c.ok) for c in result.checks],
                schema={"check": pl.String, "worst": pl.Float64, "limit": pl.Float64, "ok": pl.Boolean},
                orient="row",
            ),
            "unplanned": result.unplanned,
            **({"firm_moves": _firm_moves(result)} if result.built.moves else {}),
            BASIS: result.basis,
        },
        notes={**notes, **figures},
    )


def _cube(measure: str, values: Floats, axis: Axis, network: Network, units: Labels, none: Flags | None = None) -> Cube:
    state = np.zeros(values.shape, dtype=np.uint8)
    if none is not None:
        state[none] = State.NONE
    cleaned = np.where(state == State.PRESENT, values + 0.0, 0.0)
    return Cube(measure, cleaned, state, axis, network.horizon.first, units)


def _stream_cubes(result: Result) -> list[Cube]:
    network, parts, units = result.built.network, result.parts, result.demand.units
    found = (
        ("demand", network.nodes.stream_demand), ("shipped", parts.shipped), ("backlog", parts.backlog),
        ("lost", parts.lost),
    )  # fmt: skip
    return [_cube(name, values, network.nodes.axis, network, units) for name, values in found]


def _cell_cubes(result: Result) -> list[Cube]:
    network, moved, cells = result.built.network, result.flows, result.built.network.cells
    units = cells.axis.attributes["unit"]
    untracked = np.repeat(~cells.tracked[:, None], cells.safety.shape[1], axis=1)
    found = (
        ("stock", result.answer["stock"]), ("production", moved.made), ("purchases", moved.bought),
        ("transfer_in", moved.moved_in), ("transfer_out", moved.moved_out), ("used", moved.used),
        ("outflow", moved.outflow), ("safety_stock", cells.safety), ("below_safety", result.answer["below"]),
    )  # fmt: skip
    hidden = ("stock", "safety_stock", "below_safety")
    return [
        _cube(name, values, cells.axis, network, units, untracked if name in hidden else None) for name, values in found
    ]


def _resource_cubes(result: Result) -> list[Cube]:
    network, resources = result.built.network, result.built.network.resources
    extra = np.zeros(resources.available.shape)
    np.add.at(extra, resources.step_resource, result.answer["overtime"])
    found = (
        ("hours_available", resources.available), ("maintenance_hours", resources.maintenance),
        ("hours_used", result.answer["hours"]), ("overtime_hours", extra),
    )  # fmt: skip
    units = np.full(len(resources.axis), "h")
    return [_cube(name, values, resources.axis, network, units) for name, values in found]


def _runs(result: Result) -> pl.DataFrame:
    """What is started by route and period, and what was released before (``released``)."""
    network = result.built.network
    acts, first = network.activities, network.horizon.first
    start = started(network, result.answer["receive"])
    spent = np.zeros(start.shape)
    at = (acts.hour_activity, acts.hour_t)
    np.add.at(spent, at, acts.hour_amount * start[at])
    way, t = np.nonzero((start > LEAST) & (acts.kind == "make")[:, None])
    cell = acts.cell[way]
    schema = {
        "item": pl.String, "site": pl.String, "route": pl.String, "period": pl.Int64, "quantity": pl.Float64,
        "hours": pl.Float64,
    }  # fmt: skip
    axis = network.cells.axis
    new = pl.DataFrame(
        {"item": axis.column(cell, "item"), "site": axis.column(cell, "site"), "route": acts.name[way].tolist(),
         "period": t + first,
         "quantity": start[way, t], "hours": spent[way, t]}, schema=schema,
    ).with_columns(pl.lit(value=False).alias("released"))  # fmt: skip
    keys = ["item", "site", "route", "period"]
    old = result.built.released.with_columns((pl.col("t") + first).alias("period"))
    old = (
        old.sort([*keys, "quantity"])
        .group_by(keys, maintain_order=True)
        .agg(pl.col("quantity").sum(), pl.col("hours").sum())
    )
    return pl.concat([old.with_columns(pl.lit(value=True).alias("released")), new]).sort([*keys, "released"])


def _overtime(result: Result) -> pl.DataFrame:
    resources, hours = result.built.network.resources, result.answer["overtime"]
    row, t = np.nonzero(hours > LEAST)
    schema = {"resource": pl.String, "step": pl.Int64, "period": pl.Int64, "hours": pl.Float64, "cost": pl.Float64}
    return pl.DataFrame(
        {"resource": resources.axis.keys[resources.step_resource[row]], "step": resources.step[row],
         "period": t + result.built.network.horizon.first, "hours": hours[row, t],
         "cost": hours[row, t] * resources.step_cost[row, t]}, schema=schema,
    ).sort("resource", "step", "period")  # fmt: skip


def _purchase_plan(result: Result) -> pl.DataFrame:
    network = result.built.network
    acts, axis = network.activities, network.cells.axis
    start = started(network, result.answer["receive"])
    cost = started(network, result.answer["receive"] * acts.cost)
    way, t = np.nonzero((start > LEAST) & (acts.kind == "buy")[:, None])
    schema = {
        "vendor": pl.String, "item": pl.String, "site": pl.String, "period_ordered": pl.Int64, "quantity": pl.Float64,
        "cost": pl.Float64,
    }  # fmt: skip
    cell = acts.cell[way]
    return pl.DataFrame(
        {"vendor": acts.name[way].tolist(), "item": axis.column(cell, "item"), "site": axis.column(cell, "site"),
         "period_ordered": t + network.horizon.first, "quantity": start[way, t],
         "cost": cost[way, t]}, schema=schema,
    ).sort("vendor", "item", "site", "period_ordered")  # fmt: skip


def _firm_moves(result: Result) -> pl.DataFrame:
    """Each emergency inside a fence: what was asked for, what the plan takes of it, from where and at what price.

    ``cost`` is what the quantity costs: of a purchase its price, else the standard cost; ``hours`` are of all lines.
    """
    network, moves = result.built.network, result.built.moves
    acts, horizon = network.activities, network.horizon
    own = np.arange(len(acts.kind) - len(moves), len(acts.kind))
    t = np.array([move.period for move in moves]) - horizon.first
    taken = result.answer["receive"][own, t]
    hours = np.zeros(acts.cost.shape)
    np.add.at(hours, (acts.hour_activity, acts.hour_t), acts.hour_amount)
    bought = acts.kind[own] == "buy"
    cost = np.where(bought, acts.cost[own, t], network.cells.value[acts.cell[own]])
    return pl.DataFrame(
        {
            "item": [move.item for move in moves], "site": [move.site for move in moves],
            "period": [move.period for move in moves], "kind": acts.kind[own].tolist(),
            "source": acts.name[own].tolist(), "asked": [move.quantity for move in moves], "quantity": taken,
            "hours": hours[own, t] * taken, "cost": cost * taken,
        },
        schema=FIRM_MOVES,
    ).sort("item", "site", "period", maintain_order=True)  # fmt: skip


def brought(plan: Sheet, move: FirmMove) -> float:
    """How much of an emergency a plan brings that was made with it; of two alike the one that was asked last."""
    mine = plan.table("firm_moves").filter(item=move.item, site=move.site, period=move.period)
    return float(mine.row(-1, named=True)["quantity"])


def _costs(result: Result) -> pl.DataFrame:
    """What the plan costs by account: paid (production, purchases, transport, overtime) and charged (the rest)."""
    network, answer, charged = result.built.network, result.answer, result.charged
    acts, names, division = network.activities, network.cells.axis.attributes, network.nodes.division
    arriving, site = answer["receive"], names["site"]
    made = result.flows.made * network.cells.value[:, None]
    rows = _by_place("production_cost", made, site, network)
    for kind, account in (("buy", "purchase_cost"), ("move", "transport_cost")):
        here = acts.kind == kind
        rows += _by_place(account, (acts.cost * arriving)[here], site[acts.cell[here]], network)
    resources = network.resources
    where = resources.axis.attributes["site"][resources.step_resource]
    rows += _by_place("overtime_cost", charged["overtime"] * answer["overtime"], where, network)
    rows += _by_place("holding_cost", charged["stock"] * answer["stock"], site, network)
    rows += _by_place("backlog_cost", charged["backlog"] * answer["backlog"], division, network)
    rows += _by_place("lost_value", charged["lost"] * answer["lost"], division, network)
    schema = {"account": pl.String, "place": pl.String, "period": pl.Int64, "amount": pl.Float64}
    return pl.DataFrame(sorted(rows), schema=schema, orient="row")


def _by_place(account: str, values: Floats, place: Labels, network: Network) -> list[tuple[str, str, int, float]]:
    labels, codes = np.unique(place, return_inverse=True)
    total = np.zeros((len(labels), network.horizon.count))
    np.add.at(total, codes, values)
    row, t = np.nonzero(total)
    columns = (labels[row], t + network.horizon.first, total[row, t])
    return [(account, *found) for found in zip(*(column.tolist() for column in columns), strict=True)]


def _objective(result: Result) -> pl.DataFrame:
    """What was minimised, by variable; adds up to the objective."""
    amounts = [(name, float((prices * result.answer[name]).sum())) for name, prices in sorted(result.charged.items())]
    return pl.DataFrame(amounts, schema={"variable": pl.String, "amount": pl.Float64}, orient="row")
