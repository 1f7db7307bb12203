"""What a contract with a vendor makes us take, or pay all the same."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each duty v and period t (units); what is confirmed is taken off the duty.

    ``sum_{a of v} receive[a,t] + not_taken[v,t] >= duty[v,t]``
    """
    limits, untaken = network.limits, columns.at["not_taken"]
    at = number(untaken >= 0)
    return block(
        "vendor_duty", lower=limits.duty, upper=np.full(at.shape, np.inf), rows=at,
        terms=[(at[limits.duty_row], columns.at["receive"][limits.duty_activity], 1.0), (at, untaken, 1.0)],
    )  # fmt: skip
