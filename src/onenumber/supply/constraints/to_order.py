"""What is made to order goes out in the period in which it comes."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each cell c made or assembled to order and period t (units): no stock is built from new receipts.

    ``sum_{a into c, i<=t} arrives[a,i,t] start[a,i] - sum_a amount[a,c,t] start[a,t] - sum_{e from c} ship[e,t] <= 0``
    """
    acts, nodes, start = network.activities, network.nodes, columns.at["start"]
    at = number(np.repeat(network.cells.to_order[:, None], start.shape[1], axis=1))
    zero = np.zeros(at.shape)
    return block(
        "to_order", lower=np.full(at.shape, -np.inf), upper=zero, rows=at,
        terms=[
            (at[acts.cell][:, None, :], start[:, :, None], acts.arrives),
            (at[acts.input_cell, acts.input_t], start[acts.input_activity, acts.input_t], -acts.input_amount),
            (at[nodes.edge_cell], columns.at["ship"], -1.0),
        ],
    )  # fmt: skip
