"""In a fair share no claimant goes short by a larger share of its claim than the worst off."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each claimant g of a fair share rule r (h); the worst share is minimised first.

    ``unserved[g] - claim[g] worst_share[r] <= 0``
    """
    claims, worst = network.claims, columns.at["worst_share"]
    at = number(claims.fair)
    leader = np.array([int(np.flatnonzero(claims.rule == r)[0]) for r in claims.rule.tolist()], dtype=np.int64)
    return block(
        "fair_share", lower=np.full(at.shape, -np.inf), upper=np.zeros(at.shape), rows=at,
        terms=[(at, columns.at["unserved"], 1.0), (at, worst[leader], -claims.claim)],
    )  # fmt: skip
