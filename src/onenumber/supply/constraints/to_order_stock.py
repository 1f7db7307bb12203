"""What is made to order does not stay on the shelf while somebody waits for it."""

import numpy as np

from onenumber.supply.horizon import Floats
from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network, Nodes


def rows(network: Network, columns: Columns) -> Block:
    """One row for each cell c made or assembled to order and period t in which known goods meet a need (units).

    ``stock[c,t] - sum_{a into c, j<last} receive[a,j] <= max(0, known[c,t] - need[c,t])``

    ``known`` is opening stock and what was released or confirmed, up to t; ``need`` is what was asked up to t by those
    that c alone serves. All of it can be shipped, so there is always a plan. What is new before the ``last`` known
    receipt may have served them already: then that receipt may stay. Nobody is given up on whom known goods reach.
    """
    cells, into = network.cells, np.flatnonzero(network.cells.to_order[network.activities.cell])
    receipts, cell = cells.firm_made + cells.firm_bought, network.activities.cell[into]
    t = np.arange(receipts.shape[1])
    known, need = np.cumsum(receipts, axis=1) + cells.opening[:, None], _needed(network.nodes, len(receipts))
    at = number((cells.to_order & cells.tracked)[:, None] & (known > 0) & (need > 0))
    last = np.maximum.accumulate(np.where(receipts > 0, t, 0), axis=1)
    before = np.where(t < last[cell][:, :, None], at[cell][:, :, None], -1)
    return block(
        "to_order_stock", lower=np.full(at.shape, -np.inf), upper=np.maximum(known - need, 0.0), rows=at,
        terms=[
            (at, columns.at["stock"], 1.0),
            (before, columns.at["receive"][into][:, None, :], -1.0),
        ],
    )  # fmt: skip


def _needed(nodes: Nodes, cells: int) -> Floats:
    """What was asked up to each period by the nodes that one cell alone may always serve; (cells x periods)."""
    edges = np.bincount(nodes.edge_node, minlength=len(nodes.opening))
    only = (edges[nodes.edge_node] == 1) & nodes.edge_open.all(axis=1)
    asked = np.cumsum(nodes.demand, axis=1) + nodes.opening[:, None]
    need = np.zeros((cells, asked.shape[1]))
    np.add.at(need, nodes.edge_cell[only], asked[nodes.edge_node[only]])
    return need
