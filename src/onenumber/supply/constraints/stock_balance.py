"""Stock at the end is stock before, plus what comes, less what goes."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each cell c and period t (units).

    ``stock[c,t] - stock[c,t-1] - sum_{a into c} receive[a,t] + sum_{a, j>=t} amount[a,c,t] starts[a,j,t] receive[a,j]
    + sum_{e from c} ship[e,t] = firm_made[c,t] + firm_bought[c,t] (+ opening[c] for t = 0)``

    A component without any source is never short: what is used of it is left out.
    """
    cells, acts, nodes = network.cells, network.activities, network.nodes
    receive, stock, ship = columns.at["receive"], columns.at["stock"], columns.at["ship"]
    at = number(stock >= 0)
    known = cells.firm_made + cells.firm_bought
    known[:, 0] += cells.opening
    limited = ~cells.unlimited[acts.input_cell]
    used_row = np.where(limited, at[acts.input_cell, acts.input_t], -1)
    used_amount = acts.input_amount[:, None] * acts.starts[acts.input_activity, :, acts.input_t]
    return block(
        "stock_balance", lower=known, upper=known, rows=at,
        terms=[
            (at, stock, 1.0),
            (at[:, 1:], stock[:, :-1], -1.0),
            (at[acts.cell], receive, -1.0),
            (used_row[:, None], receive[acts.input_activity], used_amount),
            (at[nodes.edge_cell], ship, 1.0),
        ],
    )  # fmt: skip
