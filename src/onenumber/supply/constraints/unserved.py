"""Hours of a contested resource that a claimant asked for in the window and was not shipped in it."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each claimant g of a precedence rule, with its window [first, last] (h).

    ``unserved[g] + sum_{k of g, first<=t<=last} hours[g,k] sum_{e of k} ship[e,t] >= claim[g]``

    What was asked less what was shipped, and never below zero: a sale lost or shipped before the window helps nobody.
    """
    claims, nodes, unserved = network.claims, network.nodes, columns.at["unserved"]
    at = number(unserved >= 0)
    member, edge = np.nonzero(claims.member_node[:, None] == nodes.edge_node[None, :])
    g = claims.member_claim[member]
    t = np.arange(network.horizon.count)[None, :]
    inside = (t >= claims.first[g][:, None]) & (t <= claims.last[g][:, None])
    return block(
        "unserved", lower=claims.claim, upper=np.full(at.shape, np.inf), rows=at,
        terms=[
            (at, unserved, 1.0),
            (np.where(inside, at[g][:, None], -1), columns.at["ship"][edge], claims.member_hours[member][:, None]),
        ],
    )  # fmt: skip
