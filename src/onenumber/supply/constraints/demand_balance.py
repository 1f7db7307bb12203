"""What is asked is shipped, waits, or is lost."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each node k and period t from its first demand on (units).

    ``backlog[k,t] - backlog[k,t-1] + sum_{e of k} ship[e,t] + lost[k,t] = demand[k,t] (+ opening[k] for t = 0)``
    """
    nodes = network.nodes
    backlog, lost, ship = columns.at["backlog"], columns.at["lost"], columns.at["ship"]
    at = number(backlog >= 0)
    asked = nodes.demand.copy()
    asked[:, 0] += nodes.opening
    return block(
        "demand_balance", lower=asked, upper=asked, rows=at,
        terms=[
            (at, backlog, 1.0),
            (at[:, 1:], backlog[:, :-1], -1.0),
            (at[nodes.edge_node], ship, 1.0),
            (at, lost, np.array(1.0)),
        ],
    )  # fmt: skip
