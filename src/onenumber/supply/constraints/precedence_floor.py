"""Whoever comes later in a precedence keeps a share of its claim."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each claimant g with a floor (h); what is under the floor is minimised before the precedence.

    ``unserved[g] - under_floor[g] <= (1 - floor[g]) claim[g]``
    """
    claims, under = network.claims, columns.at["under_floor"]
    at = number(under >= 0)
    return block(
        "precedence_floor", lower=np.full(at.shape, -np.inf), upper=(1.0 - claims.floor) * claims.claim, rows=at,
        terms=[(at, columns.at["unserved"], 1.0), (at, under, -1.0)],
    )  # fmt: skip
