"""A vendor delivers at most so much in a period."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each limit l and period t in which it holds (units); what is confirmed is taken off the limit.

    ``sum_{a of l} receive[a,t] <= left[l,t]``
    """
    limits = network.limits
    at = number(np.isfinite(limits.vendor_left))
    return block(
        "vendor_limit", lower=np.full(at.shape, -np.inf), upper=limits.vendor_left, rows=at,
        terms=[(at[limits.vendor_limit], columns.at["receive"][limits.vendor_activity], 1.0)],
    )  # fmt: skip
