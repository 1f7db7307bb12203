"""Hours of a contested resource that a claimant asked for and did not get by the end of the window."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each claimant g of a precedence rule, with its window [first, last] (h).

    ``unserved[g] - sum_{k of g} hours[g,k] (backlog[k,last] + sum_{first<=t<=last} lost[k,t]) = 0``
    """
    claims, unserved = network.claims, columns.at["unserved"]
    at = number(unserved >= 0)
    g, k = claims.member_claim, claims.member_node
    t = np.arange(columns.at["lost"].shape[1])[None, :]
    inside = (t >= claims.first[g][:, None]) & (t <= claims.last[g][:, None])
    zero = np.zeros(at.shape)
    return block(
        "unserved", lower=zero, upper=zero, rows=at,
        terms=[
            (at, unserved, 1.0),
            (at[g], columns.at["backlog"][k, claims.last[g]], -claims.member_hours),
            (np.where(inside, at[g][:, None], -1), columns.at["lost"][k], -claims.member_hours[:, None]),
        ],
    )  # fmt: skip
