"""What a contract with a vendor makes us take, or pay all the same."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each duty v and period t (units); what is confirmed is taken off the duty.

    ``sum_{a of v, i<=t} arrives[a,i,t] start[a,i] + not_taken[v,t] >= duty[v,t]``
    """
    limits, acts = network.limits, network.activities
    at = number(columns.at["not_taken"] >= 0)
    starts = columns.at["start"][limits.duty_activity]
    return block(
        "vendor_duty", lower=limits.duty, upper=np.full(at.shape, np.inf), rows=at,
        terms=[
            (at[limits.duty_row][:, None, :], starts[:, :, None], acts.arrives[limits.duty_activity]),
            (at, columns.at["not_taken"], 1.0),
        ],
    )  # fmt: skip
