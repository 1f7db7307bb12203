"""A plant makes at most what it said it can."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each cell c and period t that a plant limits (units); what was released is taken off the limit.

    ``sum_{a makes c} receive[a,t] <= left[c,t]``
    """
    limits = network.limits
    at = number(np.isfinite(limits.plant_left))
    return block(
        "plant_limit", lower=np.full(at.shape, -np.inf), upper=limits.plant_left, rows=at,
        terms=[(at[limits.plant_limit], columns.at["receive"][limits.plant_activity], 1.0)],
    )  # fmt: skip
