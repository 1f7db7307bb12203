"""What stays of a plan in force that is amended: an emergency changes no month that is over, or agreed but its own."""

from dataclasses import dataclass

import numpy as np

from onenumber.model.sheet import Sheet
from onenumber.supply.differences import FirmMove
from onenumber.supply.horizon import Flags, Floats, Horizon
from onenumber.supply.network import EMERGENCY, Activities, Cells, Fixed, Nodes

KINDS = (("make", "production"), ("buy", "purchases"), ("move", "transfer_in"))
"""What comes, by the kind of its way and by the cube that a plan has of it."""
GOES = (("ship", "shipped"), ("lost", "lost"))
"""What goes to customers, or never will."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Standing:
    """A plan in force that ``move`` amends: months before calendar index ``since`` are over, none to ``until`` is free.

    What comes up to then, or is begun in a month that is over, comes as planned. In the month of the emergency what
    else is made, and not begun, may give way to it.
    """

    plan: Sheet
    since: int
    until: int
    move: FirmMove


def make_fixed(
    standing: Standing | None, *, cells: Cells, activities: Activities, nodes: Nodes, horizon: Horizon
) -> Fixed:
    """What the network may not change: receipts up to ``until``; of months that are over also stock and what left."""
    parts = [] if standing is None else _parts(standing, cells, activities, nodes, horizon)
    kinds = [np.full(len(t), kind) for kind, _, t, _, _ in parts]
    return Fixed(
        kind=np.concatenate([np.zeros(0, dtype="<U5"), *kinds]),
        place=np.concatenate([np.zeros(0, dtype=np.int64), *(part[1] for part in parts)]),
        t=np.concatenate([np.zeros(0, dtype=np.int64), *(part[2] for part in parts)]),
        least=np.concatenate([np.zeros(0), *(part[3] for part in parts)]),
        most=np.concatenate([np.zeros(0), *(part[4] for part in parts)]),
    )


_Part = tuple[str, np.ndarray, np.ndarray, Floats, Floats]


def _parts(standing: Standing, cells: Cells, activities: Activities, nodes: Nodes, horizon: Horizon) -> list[_Part]:
    shape, now = cells.safety.shape, np.arange(horizon.count)[None, :] + horizon.first
    move = standing.move
    found = []
    firm = {"make": cells.firm_made, "buy": cells.firm_bought, "move": np.zeros(shape)}
    for kind, name in KINDS:
        into, begun = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        here = activities.kind == kind
        np.logical_or.at(into, activities.cell[here], activities.allowed[here])
        before = activities.starts[here][:, :, : max(standing.since - horizon.first, 0)].sum(axis=2) > 0
        np.logical_or.at(begun, activities.cell[here], before)
        most = np.maximum(_of(standing.plan, name, cells) - firm[kind], 0.0)
        own = np.arange(len(most))[:, None] == (
            activities.cell[EMERGENCY] if activities.kind[EMERGENCY] == kind else -1
        )
        gives = (now == move.period) & ~own & ~begun & (kind == "make")  # the emergency comes on top
        least = np.where(gives, -np.inf, most)
        stays = (now < move.period) if kind == "move" else (now <= standing.until) | begun  # lanes bring it on
        found.append(_part(kind, into & stays, least, most))
    over, stock = now < standing.since, _of(standing.plan, "stock", cells)
    found.append(_part("stock", cells.tracked[:, None] & over, stock, stock))
    for kind, name in GOES:
        gone = _by_node(standing.plan, name, nodes)
        found.append(_part(kind, np.repeat(over, len(gone), axis=0), gone, gone))
    return found


def _by_node(plan: Sheet, name: str, nodes: Nodes) -> Floats:
    cube = plan.cube(name)
    total = np.zeros(nodes.demand.shape)
    np.add.at(total, nodes.node_of, cube.values[cube.axis.rows(nodes.axis.keys.tolist())])
    return total


def _of(plan: Sheet, name: str, cells: Cells) -> Floats:
    held = plan.cube(name)
    values: Floats = held.values[held.axis.rows(cells.axis.keys.tolist())].copy()
    return values


def _part(kind: str, there: Flags, least: Floats, most: Floats) -> _Part:
    place, t = np.nonzero(there)
    return kind, place.astype(np.int64), t.astype(np.int64), least[there], most[there]
