"""Demand streams as nodes of the plan: priced, sourced, and summed where the plan cannot tell them apart."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import Axis, Labels
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Finding
from onenumber.supply.cells import keys, labels_of
from onenumber.supply.findings import attention_finding
from onenumber.supply.horizon import Flags, Floats, Horizon, Ints, distinct, matches, numbered, over_periods
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourcing:
    """Sites that may serve an item in a channel, in the order of item, channel and site; ``rank`` is 0 where not open.

    ``pair`` numbers item and channel, ``pair_of`` says which each stream has.
    """

    pair_of: Ints  # (streams)
    pair: Ints  # (N)
    item: Labels  # (N)
    site: Labels  # (N)
    open: Flags  # (N, T)
    rank: Ints  # (N, T)


def sourcing(company: Tables, *, axis: Axis, horizon: Horizon) -> Sourcing:
    """Sites that may serve each item and channel of the streams in each period.

    All rules of the most specific level that holds count; the lowest rank is preferred by price.
    """
    rules = over_periods(company["sourcing_rules"], key=["item", "channel", "site"], horizon=horizon)
    (_, item), (channels, channel) = axis.groups("item"), axis.groups("channel")
    _, leader, pair_of = np.unique(item * len(channels) + channel, return_index=True, return_inverse=True)
    items = axis.attributes["item"][leader]
    pair, rule, level = _applicable(rules.table, item=items, channel=axis.attributes["channel"][leader])
    levels = np.where(rules.holds[rule], level[:, None], len(LEVELS))
    best = np.full((len(leader), horizon.count), len(LEVELS))
    np.minimum.at(best, pair, levels)
    counts = (levels == best[pair]) & rules.holds[rule]
    kept = counts.any(axis=1)
    sites, site = np.unique(labels_of(rules.table["site"]), return_inverse=True)
    pair, rule = pair[kept], rule[kept]
    first, place = distinct(pair, site[rule])
    row, t = np.nonzero(counts[kept])
    rank = np.zeros((len(first), horizon.count), dtype=np.int64)
    rank[place[row], t] = rules.table["rank"].to_numpy()[rule[row]]
    return Sourcing(
        pair_of=pair_of.astype(np.int64), pair=pair[first], item=items[pair[first]], site=sites[site[rule[first]]],
        open=rank > 0, rank=rank,
    )  # fmt: skip


def _applicable(rules: pl.DataFrame, *, item: Labels, channel: Labels) -> tuple[Ints, Ints, Ints]:
    """Pairs of item and channel with each rule that names both, one or none of them: places of both, and the level."""
    items, channels = numbered(item, labels_of(rules["item"])), numbered(channel, labels_of(rules["channel"]))
    has_item, has_channel = rules["item"].is_not_null().to_numpy(), rules["channel"].is_not_null().to_numpy()
    width = len(channel) + len(rules)
    found = []
    for level, named in enumerate(LEVELS):
        own = np.flatnonzero((has_item == ("item" in named)) & (has_channel == ("channel" in named)))
        mine, theirs = (
            ("item" in named) * i * width + ("channel" in named) * c for i, c in zip(items, channels, strict=True)
        )
        pair, rule = matches(mine, theirs[own])
        found.append((pair, own[rule], np.full(len(pair), level)))
    pairs, places, levels = (np.concatenate(column) for column in zip(*found, strict=True))
    return pairs, places, levels


def contracts(
    company: Tables, *, axis: Axis, demand: Floats, price: Floats, horizon: Horizon, settings: SupplySettings
) -> tuple[Floats, Floats, tuple[Finding, ...]]:
    """Contract minimum per stream (never more than is asked) and what a unit short of it costs.

    A contract of a customer that is no stream of its own is a finding.
    """
    rows = over_periods(table_or_empty(company, "customer_contracts"), key=["customer", "item"], horizon=horizon)
    series = np.array(keys(rows.table["item"].to_list(), rows.table["customer"].to_list()), dtype=np.str_)
    stream = axis.find(series)
    known = stream[rows.row] >= 0
    at = (stream[rows.row[known]], rows.t[known])
    floor, penalty = np.zeros(demand.shape), np.zeros(demand.shape)
    floor[at] = np.minimum(rows.values("minimum")[known], demand[at])
    named = rows.values("penalty")[known]
    penalty[at] = np.where(np.isnan(named), settings.penalty_share * price[at], named)
    lost = dict.fromkeys(series[stream < 0].tolist())
    return floor, penalty, tuple(attention_finding("contract_without_stream", series=label) for label in lost)


def make_nodes(streams: Streams, *, rules: Sourcing, cells: Axis, settings: SupplySettings) -> Nodes:
    """Sum streams that are the same for the plan: item, channel's sites, price, priority weight, and no contract.

    Any plan for the sum can be split back in proportion to what each stream waits for, at the same cost: the
    objective is the same as with every stream by itself.
    """
    axis = streams.axis
    leader, node_of = _groups(streams, rules, settings)
    node, served = matches(rules.pair_of[leader], rules.pair)
    cell = cells.rows(keys(rules.item.tolist(), rules.site.tolist()))
    weights = settings.priority_weights
    return Nodes(
        axis=axis,
        stream_demand=streams.demand,
        stream_opening=streams.opening,
        stream_price=streams.price,
        node_of=node_of,
        demand=_summed(streams.demand, node_of, len(leader)),
        opening=_summed(streams.opening[:, None], node_of, len(leader))[:, 0],
        price=streams.price[leader],
        weight=np.array([weights.get(p, 1.0) for p in axis.attributes["priority"][leader].tolist()]),
        floor=streams.floor[leader],
        penalty=streams.penalty[leader],
        division=axis.attributes["division"][leader],
        edge_node=node,
        edge_cell=cell[served],
        edge_rank=np.where(rules.open, rules.rank, np.inf).min(axis=1)[served],
        edge_open=rules.open[served],
    )


def _summed(values: Floats, codes: Ints, count: int) -> Floats:
    total = np.zeros((count, values.shape[1]))
    np.add.at(total, codes, values)
    return total


def _groups(streams: Streams, rules: Sourcing, settings: SupplySettings) -> tuple[Ints, Ints]:
    """The first stream of each node, and the node of each stream."""
    axis = streams.axis
    own = np.where(streams.floor.any(axis=1), np.arange(len(axis)) + 1, 0)
    weight = np.array([settings.priority_weights.get(p, 1.0) for p in axis.attributes["priority"].tolist()])
    return distinct(axis.groups("item")[1], _site_sets(rules), *streams.price.T, own, weight)


def _site_sets(rules: Sourcing) -> Ints:
    """A code for each stream that is equal where the same sites serve it in the same periods with the same ranks."""
    first, kind = distinct(numbered(rules.site)[0], *rules.rank.T)
    texts = [
        "".join(f"{t}:{site}:{rank} " for t, rank in enumerate(ranks) if rank)
        for site, ranks in zip(rules.site[first].tolist(), rules.rank[first].tolist(), strict=True)
    ]
    found = [""] * (int(rules.pair_of.max(initial=-1)) + 1)
    for pair, number in zip(rules.pair.tolist(), kind.tolist(), strict=True):
        found[pair] += texts[number]
    return numbered(np.array(found, dtype=np.str_))[0][rules.pair_of]
