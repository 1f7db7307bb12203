"""A customer's contract is served first, or its penalty is paid."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each node k and period t with a contract (units); the floor is never more than is asked.

    ``sum_{e of k} ship[e,t] + floor_short[k,t] >= floor[k,t]``
    """
    nodes, short = network.nodes, columns.at["floor_short"]
    at = number(short >= 0)
    return block(
        "contract_floor", lower=nodes.floor, upper=np.full(at.shape, np.inf), rows=at,
        terms=[(at[nodes.edge_node], columns.at["ship"], 1.0), (at, short, 1.0)],
    )  # fmt: skip
