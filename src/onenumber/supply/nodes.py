"""Demand streams as nodes of the plan: priced, sourced, and summed where the plan cannot tell them apart."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import SEPARATOR, Axis
from onenumber.model.finding import Finding
from onenumber.supply.findings import attention_finding
from onenumber.supply.horizon import Flags, Floats, Horizon, Ints, over_periods
from onenumber.supply.network import Nodes
from onenumber.supply.settings import SupplySettings

Tables = Mapping[str, pl.DataFrame]
LEVELS = (("item", "channel"), ("item",), ("channel",), ())
"""What a sourcing rule may name, most specific first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """Per stream: what is asked, what waits already, its price and its contract; (streams x periods)."""

    axis: Axis
    demand: Floats
    opening: Floats
    price: Floats
    floor: Floats
    penalty: Floats


def known_prices(prices: Floats, *, axis: Axis, cost: Floats) -> tuple[Floats, tuple[Finding, ...]]:
    """Prices without a hole: an unknown one is the item's mean, else its cost, else the mean of all that is known.

    A price that is not above zero counts as unknown: a free unit would never be served. ``cost`` is per stream.
    Where nothing is known at all every unit counts 1, and a finding says so.

    Example:
        >>> axis = Axis("stream", np.array(["A|x", "A|y", "B|x"]), {"item": np.array(["A", "A", "B"])})
        >>> p, found = known_prices(np.array([[4.0], [np.nan], [np.nan]]), axis=axis, cost=np.array([1.0, 1.0, 3.0]))
        >>> p.tolist(), [(f.code, dict(f.values)) for f in found]
        ([[4.0], [4.0], [3.0]], [('price_unknown', {'streams': 2})])
    """
    good = np.isfinite(prices) & (prices > 0)
    if bool(good.all()):
        return prices.astype(np.float64), ()
    _, item = axis.groups("item")
    values, count = np.zeros(item.max(initial=-1) + 1), np.zeros(item.max(initial=-1) + 1)
    np.add.at(values, item, np.where(good, prices, 0.0).sum(axis=1))
    np.add.at(count, item, good.sum(axis=1).astype(np.float64))
    mean = np.where(count > 0, values / np.maximum(count, 1.0), np.nan)[item]
    usable_cost = np.where(np.isfinite(cost) & (cost > 0), cost, np.nan)
    own = np.where(np.isfinite(mean), mean, usable_cost)
    known = np.concatenate([prices[good], usable_cost[np.isfinite(usable_cost)]])
    rest = float(known.mean()) if len(known) else 1.0
    filled = np.where(good, prices, np.where(np.isfinite(own), own, rest)[:, None])
    return filled, (attention_finding("price_unknown", streams=int((~good).any(axis=1).sum())),)


def sourcing(company: Tables, *, axis: Axis, horizon: Horizon) -> pl.DataFrame:
    """Sites that may serve each item and channel in each period: item, channel, t, site, rank.

    All rules of the most specific level that holds count; the lowest rank is preferred by price.
    """
    rules = over_periods(company["sourcing_rules"], key=["item", "channel", "site"], horizon=horizon)
    wanted = pl.DataFrame({n: axis.attributes[n] for n in ("item", "channel")}).unique(maintain_order=True)
    wanted = wanted.join(pl.DataFrame({"t": range(horizon.count)}, schema={"t": pl.Int64}), how="cross")
    found = []
    for named in LEVELS:
        level = rules
        for column in ("item", "channel"):
            empty = pl.col(column).is_null()
            level = level.filter(~empty if column in named else empty)
        level = level.select(*named, "t", "site", "rank")
        found.append(
            wanted.join(level, on=[*named, "t"], maintain_order="left").select("item", "channel", "t", "site", "rank")
        )
        wanted = wanted.join(level.select(*named, "t").unique(), on=[*named, "t"], how="anti", maintain_order="left")
    return pl.concat(found).sort("item", "channel", "site", "t")


def contracts(
    company: Tables, *, axis: Axis, demand: Floats, price: Floats, horizon: Horizon, settings: SupplySettings
) -> tuple[Floats, Floats, tuple[Finding, ...]]:
    """Contract minimum per stream (never more than is asked) and what a unit short of it costs.

    A contract of a customer that is no stream of its own is a finding.
    """
    floor, penalty = np.zeros(demand.shape), np.zeros(demand.shape)
    if "customer_contracts" not in company:
        return floor, penalty, ()
    rows = over_periods(company["customer_contracts"], key=["customer", "item"], horizon=horizon)
    keys = rows.select(pl.format(f"{{}}{SEPARATOR}{{}}", "item", "customer")).to_series().to_list()
    at, t = axis.find(keys), rows["t"].to_numpy()
    known = at >= 0
    at, t = at[known], t[known]
    floor[at, t] = np.minimum(rows["minimum"].to_numpy()[known], demand[at, t])
    named = rows["penalty"].cast(pl.Float64).fill_null(np.nan).to_numpy()[known]
    penalty[at, t] = np.where(np.isnan(named), settings.penalty_share * price[at, t], named)
    lost = rows.filter(pl.Series(~known)).select("customer", "item").unique(maintain_order=True)
    findings = tuple(
        attention_finding("contract_without_stream", series=f"{item}{SEPARATOR}{customer}")
        for customer, item in lost.sort("customer", "item").iter_rows()
    )
    return floor, penalty, findings


def make_nodes(
    streams: Streams, *, rules: pl.DataFrame, cells: Axis, horizon: Horizon, settings: SupplySettings
) -> Nodes:
    """Sum streams that are the same for the plan: item, channel's sites, price, priority weight, and no contract.

    Any plan for the sum can be split back in proportion to what each stream waits for, at the same cost: the
    objective is the same as with every stream by itself.
    """
    axis = streams.axis
    group = _groups(streams, rules, settings)
    order, node_of = np.unique(group, return_inverse=True)
    leader = np.full(len(order), len(axis), dtype=np.int64)
    np.minimum.at(leader, node_of, np.arange(len(axis)))
    edges = _edges(axis, leader, rules, cells, horizon)
    weights = settings.priority_weights
    return Nodes(
        axis=axis,
        stream_demand=streams.demand,
        stream_opening=streams.opening,
        stream_price=streams.price,
        node_of=node_of.astype(np.int64),
        demand=_summed(streams.demand, node_of, len(order)),
        opening=_summed(streams.opening[:, None], node_of, len(order))[:, 0],
        price=streams.price[leader],
        weight=np.array([weights.get(p, 1.0) for p in axis.attributes["priority"][leader].tolist()]),
        floor=streams.floor[leader],
        penalty=streams.penalty[leader],
        division=axis.attributes["division"][leader],
        edge_node=edges[0],
        edge_cell=edges[1],
        edge_rank=edges[2],
        edge_open=edges[3],
    )


def _summed(values: Floats, codes: Ints, count: int) -> Floats:
    total = np.zeros((count, values.shape[1]))
    np.add.at(total, codes, values)
    return total


def _groups(streams: Streams, rules: pl.DataFrame, settings: SupplySettings) -> Ints:
    axis = streams.axis
    _, price = np.unique(streams.price, axis=0, return_inverse=True)
    own = np.where(streams.floor.any(axis=1), np.arange(len(axis)) + 1, 0)
    weight = np.array([settings.priority_weights.get(p, 1.0) for p in axis.attributes["priority"].tolist()])
    parts = [axis.groups("item")[1], _site_sets(axis, rules), price, own, np.unique(weight, return_inverse=True)[1]]
    _, codes = np.unique(np.stack([p.astype(np.int64) for p in parts], axis=1), axis=0, return_inverse=True)
    return codes.astype(np.int64)


def _site_sets(axis: Axis, rules: pl.DataFrame) -> Ints:
    """A code for each stream that is equal where the same sites serve it in the same periods with the same ranks."""
    text = pl.format("{}:{}:{}", "t", "site", "rank").str.join(" ").alias("sites")
    sets = rules.group_by("item", "channel", maintain_order=True).agg(text)
    wanted = pl.DataFrame({n: axis.attributes[n] for n in ("item", "channel")})
    joined = wanted.join(sets, on=["item", "channel"], how="left", maintain_order="left")["sites"].fill_null("")
    codes: Ints = np.unique(joined.to_numpy().astype(np.str_), return_inverse=True)[1].astype(np.int64)
    return codes


def _edges(
    axis: Axis, leader: Ints, rules: pl.DataFrame, cells: Axis, horizon: Horizon
) -> tuple[Ints, Ints, Floats, Flags]:
    nodes = pl.DataFrame({n: axis.attributes[n][leader] for n in ("item", "channel")}).with_row_index("k")
    rows = nodes.join(rules, on=["item", "channel"], maintain_order="left").sort("k", "site", "t")
    edges = rows.group_by("k", "item", "site", maintain_order=True).agg(pl.col("rank").min())
    edges = edges.with_row_index("e")
    keys = edges.select(pl.format(f"{{}}{SEPARATOR}{{}}", "item", "site")).to_series().to_list()
    at = rows.join(edges.select("e", "k", "site"), on=["k", "site"], how="left", maintain_order="left")
    is_open = np.zeros((len(edges), horizon.count), dtype=bool)
    is_open[at["e"].to_numpy(), at["t"].to_numpy()] = True
    return (
        edges["k"].to_numpy().astype(np.int64),
        cells.rows(keys),
        edges["rank"].to_numpy().astype(np.float64),
        is_open,
    )
