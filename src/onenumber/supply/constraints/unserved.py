"""Hours of a contested resource that a claimant asked for and was not shipped by the end of its window."""

import numpy as np

from onenumber.supply.lp import Block, Columns, block, number
from onenumber.supply.network import Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each claimant g of a rule on a resource, whose window ends with period ``last`` (h).

    ``unserved[g] + sum_{k of g, since<=t<=last} hours[g,k] sum_{e of k} ship[e,t] >= due[g]``

    ``due`` is what was asked over the same periods. An order of divisions counts from the opening on: were it the
    window alone, making its first division's customers wait before it would serve those in it. A fair share counts
    the window, as shares are of what is asked in it.
    """
    claims, nodes, unserved = network.claims, network.nodes, columns.at["unserved"]
    at = number(unserved >= 0)
    member, edge = np.nonzero(claims.member_node[:, None] == nodes.edge_node[None, :])
    g = claims.member_claim[member]
    t = np.arange(network.horizon.count)[None, :]
    counts = (t >= claims.since[g][:, None]) & (t <= claims.last[g][:, None])
    return block(
        "unserved", lower=claims.due, upper=np.full(at.shape, np.inf), rows=at,
        terms=[
            (at, unserved, 1.0),
            (np.where(counts, at[g][:, None], -1), columns.at["ship"][edge], claims.member_hours[member][:, None]),
        ],
    )  # fmt: skip
