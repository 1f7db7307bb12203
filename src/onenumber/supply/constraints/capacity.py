"""Hours used are at most those there are, plus overtime."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each resource q and period t (h); overtime has its own bound, the hours of its step.

    ``hours[q,t] - sum_{o of q} overtime[o,t] <= available[q,t]``
    """
    resources, hours = network.resources, columns.at["hours"]
    at = number(np.ones(hours.shape, dtype=bool))
    return block(
        "capacity", lower=np.full(hours.shape, -np.inf), upper=resources.available, rows=at,
        terms=[(at, hours, 1.0), (at[resources.step_resource], columns.at["overtime"], -1.0)],
    )  # fmt: skip
