"""Stock at the end is stock before, plus what comes, less what goes."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each cell c and period t (units).

    ``stock[c,t] - stock[c,t-1] - sum_{a into c, i<=t} arrives[a,i,t] start[a,i] + sum_a amount[a,c,t] start[a,t]
    + sum_{e from c} ship[e,t] = firm_made[c,t] + firm_bought[c,t] (+ opening[c] for t = 0)``

    A component without any source is never short: what is used of it is left out.
    """
    cells, acts, nodes = network.cells, network.activities, network.nodes
    start, stock, ship = columns.at["start"], columns.at["stock"], columns.at["ship"]
    at = number(np.ones(stock.shape, dtype=bool))
    known = cells.firm_made + cells.firm_bought
    known[:, 0] += cells.opening
    limited = ~cells.unlimited[acts.input_cell]
    used_row = np.where(limited, at[acts.input_cell, acts.input_t], -1)
    return block(
        "stock_balance", lower=known, upper=known, rows=at,
        terms=[
            (at, stock, 1.0),
            (at[:, 1:], stock[:, :-1], -1.0),
            (at[acts.cell][:, None, :], start[:, :, None], -acts.arrives),
            (used_row, start[acts.input_activity, acts.input_t], acts.input_amount),
            (at[nodes.edge_cell], ship, 1.0),
        ],
    )  # fmt: skip
