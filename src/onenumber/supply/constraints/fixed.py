"""An amendment changes nothing of the plan in force that is over, or agreed for a month before the next plan."""

import numpy as np

from onenumber.supply.horizon import Ints
from onenumber.supply.lp import Block, Columns, block
from onenumber.supply.network import BESIDE_EMERGENCY, Network


def rows(network: Network, columns: Columns) -> Block:
    """One row for each fixed f: of a kind, at a place p and in a period t (units).

    ``least[f] <= sum_{a of the kind into p} receive[a,t] <= most[f]``, the emergency left out; of a stock
    ``stock[p,t] = least[f]``, of what left ``sum_{e to p} ship[e,t] = least[f]``, and of what never will
    ``lost[p,t] = least[f]``
    """
    fixed, acts, nodes, at = network.fixed, network.activities, network.nodes, columns.at
    terms = [(_rows(network, "stock", at["stock"].shape), at["stock"], 1.0)]
    for kind in ("make", "buy", "move"):
        here = np.flatnonzero(acts.kind[BESIDE_EMERGENCY] == kind)
        own = _rows(network, kind, network.cells.safety.shape)
        terms.append((own[acts.cell[here]], at["receive"][here], 1.0))
    terms.append((_rows(network, "lost", nodes.demand.shape), at["lost"], 1.0))
    terms.append((_rows(network, "ship", nodes.demand.shape)[nodes.edge_node], at["ship"], 1.0))
    return block("fixed", lower=fixed.least, upper=fixed.most, rows=np.arange(len(fixed.kind)), terms=terms)


def _rows(network: Network, kind: str, shape: tuple[int, ...]) -> Ints:
    """The row of each place and period of a kind; -1 where nothing is fixed."""
    fixed, found = network.fixed, np.full(shape, -1, dtype=np.int64)
    own = np.flatnonzero(fixed.kind == kind)
    found[fixed.place[own], fixed.t[own]] = own
    return found
