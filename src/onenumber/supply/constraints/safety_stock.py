"""Stock under its target is counted, and priced."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each cell c and period t with a safety stock (units).

    ``stock[c,t] + below[c,t] >= safety[c,t]``
    """
    safety, below = network.cells.safety, columns.at["below"]
    at = number(below >= 0)
    return block(
        "safety_stock", lower=safety, upper=np.full(safety.shape, np.inf), rows=at,
        terms=[(at, columns.at["stock"], 1.0), (at, below, 1.0)],
    )  # fmt: skip
