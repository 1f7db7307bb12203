"""A vendor delivers at most so much in a period."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each limit l and period t in which it holds (units); what is confirmed is taken off the limit.

    ``sum_{a of l, i<=t} arrives[a,i,t] start[a,i] <= left[l,t]``
    """
    limits, acts = network.limits, network.activities
    at = number(np.isfinite(limits.vendor_left))
    starts = columns.at["start"][limits.vendor_activity]
    return block(
        "vendor_limit", lower=np.full(at.shape, -np.inf), upper=limits.vendor_left, rows=at,
        terms=[(at[limits.vendor_limit][:, None, :], starts[:, :, None], acts.arrives[limits.vendor_activity])],
    )  # fmt: skip
