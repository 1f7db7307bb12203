"""What is made to order goes out in the period in which it comes."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each cell c made or assembled to order and period t (units): no stock is built from new receipts.

    ``sum_{a into c} receive[a,t] - sum_{a, j>=t} amount[a,c,t] starts[a,j,t] receive[a,j] - sum_{e from c} ship[e,t]
    <= 0``
    """
    acts, nodes, receive = network.activities, network.nodes, columns.at["receive"]
    at = number(np.repeat(network.cells.to_order[:, None], receive.shape[1], axis=1))
    zero = np.zeros(at.shape)
    used_amount = acts.input_amount[:, None] * acts.starts[acts.input_activity, :, acts.input_t]
    return block(
        "to_order", lower=np.full(at.shape, -np.inf), upper=zero, rows=at,
        terms=[
            (at[acts.cell], receive, 1.0),
            (at[acts.input_cell, acts.input_t][:, None], receive[acts.input_activity], -used_amount),
            (at[nodes.edge_cell], columns.at["ship"], -1.0),
        ],
    )  # fmt: skip
