"""The plan of summed nodes, split back to the streams."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.supply.horizon import Floats
from onenumber.supply.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class ByStream:
    """What each stream gets, (streams x periods), units; ``share`` is its part of what its node ships."""

    shipped: Floats
    backlog: Floats
    lost: Floats
    share: Floats


def split(network: Network, answer: Mapping[str, Floats]) -> ByStream:
    """Share what a node ships and loses in each period in proportion to what each of its streams waits for.

    ``waits = backlog before + demand``; a stream's balance closes because its node's does.
    """
    nodes = network.nodes
    shipped = np.zeros(nodes.demand.shape)
    np.add.at(shipped, nodes.edge_node, answer["ship"])
    shape = nodes.stream_demand.shape
    gets, waits_still, gives_up, shares = (np.zeros(shape) for _ in range(4))
    before, node = nodes.stream_opening, nodes.node_of
    for t in range(network.horizon.count):
        waits = before + nodes.stream_demand[:, t]
        total = np.zeros(len(nodes.opening))
        np.add.at(total, node, waits)
        shares[:, t] = waits / np.where(total > 0, total, 1.0)[node]
        gets[:, t] = shares[:, t] * shipped[node, t]
        gives_up[:, t] = shares[:, t] * answer["lost"][node, t]
        before = np.maximum(waits - gets[:, t] - gives_up[:, t], 0.0)
        waits_still[:, t] = before
    return ByStream(shipped=gets, backlog=waits_still, lost=gives_up, share=shares)


def served_from(network: Network, answer: Mapping[str, Floats], parts: ByStream, *, least: float) -> pl.DataFrame:
    """Who is served from where: stream, site, period (calendar index), quantity; at most ``least`` is left out."""
    nodes, cells = network.nodes, network.cells
    order = np.argsort(nodes.node_of, kind="stable")
    first = np.searchsorted(nodes.node_of[order], nodes.edge_node)
    count = np.bincount(nodes.node_of, minlength=len(nodes.opening))[nodes.edge_node]
    edge = np.repeat(np.arange(len(nodes.edge_node)), count)
    offset = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    stream = order[first[edge] + offset]
    quantity = parts.share[stream] * answer["ship"][edge]
    row, t = np.nonzero(quantity > least)
    cell = nodes.edge_cell[edge]
    site = cells.axis.groups("site")[1][cell]
    order = np.argsort((stream[row] * len(cells.axis) + site[row]) * quantity.shape[1] + t)
    row, t = row[order], t[order]
    table = {
        "stream": nodes.axis.column(stream[row]),
        "site": cells.axis.column(cell[row], "site"),
        "period": t + network.horizon.first,
        "quantity": quantity[row, t],
    }
    schema = {"stream": pl.String, "site": pl.String, "period": pl.Int64, "quantity": pl.Float64}
    return pl.DataFrame(table, schema=schema)
