"""Hours more or fewer than the period before have a small price."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each resource q and period t after the first that is not firm (h).

    ``hours[q,t] - hours[q,t-1] - more_hours[q,t] + fewer_hours[q,t] = 0``
    """
    del network
    hours, more, fewer = columns.at["hours"], columns.at["more_hours"], columns.at["fewer_hours"]
    at = number(more >= 0)
    zero = np.zeros(more.shape)
    return block(
        "evenness", lower=zero, upper=zero, rows=at,
        terms=[(at, hours, 1.0), (at[:, 1:], hours[:, :-1], -1.0), (at, more, -1.0), (at, fewer, 1.0)],
    )  # fmt: skip
