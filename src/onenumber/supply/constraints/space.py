"""A site holds so much; what cannot be avoided above it is counted, and dear."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each site s with limited space and period t (sum of units).

    ``sum_{c at s} stock[c,t] - over_space[s,t] <= space[s]``
    """
    limits, over = network.limits, columns.at["over_space"]
    at = number(over >= 0)
    return block(
        "space", lower=np.full(at.shape, -np.inf), upper=np.repeat(limits.space[:, None], at.shape[1], axis=1), rows=at,
        terms=[(at[limits.space_row], columns.at["stock"][limits.space_cell], 1.0), (at, over, -1.0)],
    )  # fmt: skip
