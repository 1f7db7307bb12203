"""The planning grid of a layer: divisions, families, items and customers, and what is shown and typed in each month."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onenumber.consensus.collect import WITH_HER, PatchState
from onenumber.consensus.spread import Mask
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.model.axis import Axis, Rows
from onenumber.model.cube import Cube, State, Values
from onenumber.rights.ask import Thing, may, reads, refused_reading
from onenumber.rights.roles import only_sells
from onenumber.rights.table import Figure
from onenumber.steps.frame.agreed import board_shown, demand_agreed
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.layers import EDITABLE, Board, rows_at
from onenumber.steps.frame.submissions import states
from onenumber.store.models import Cycle

LEVELS = ("division", "family", "item", "stream")
"""The levels of the tree, the outermost first; of a stream the planning customer is shown."""
TYPED, CARRIED, SOME_HELD, ALL_HELD = 1, 2, 4, 8
"""Marks of a cell: somebody typed below it, it is carried from an earlier cycle, some or all below it is locked."""
Marks = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSeen:
    """A layer as a tree of nodes (depth, key, name, unit; a parent stands before its parts) by the months ahead.

    ``shown`` is the figure of the node, ``added`` what the layer puts on top of what lies below it; both are NaN where
    a node has no unit of its own, and ``added`` where nothing was typed. ``writes`` says of each node whether the
    person may type there now, ``part`` whether the tree holds her part of the plan only; ``yours`` is the layer that
    she types in first, empty where there is none now. ``back`` counts the cells of series that somebody put back to
    what lies below the layer; ``waits``: what is carried is still to be confirmed or typed over. ``agreed``: the demand
    is, and where the sum of all layers would stand, ``shown`` is the consensus.
    """

    layer: str
    cycle: str
    sequence: int
    labels: tuple[str, ...]
    depths: Rows
    keys: tuple[str, ...]
    names: tuple[str, ...]
    units: tuple[str, ...]
    shown: Values
    added: Values
    marks: Marks
    writes: Mask
    part: bool
    yours: str
    back: int
    waits: bool
    agreed: bool


def layer_to_type(context: Context, label: str = "") -> str:
    """The layer that a person types in first: a salesperson's own, a leader's, or else the planner's."""
    return _yours(context, glance(context).cycle(label)) or ("L2" if only_sells(context.actor.roles) else "L4")


def plan_grid(context: Context, layer: str, label: str = "") -> GridSeen:
    """A layer of a cycle, as far as the person sees its streams.

    Raises:
        NotAllowedError: if the person sees no plan.
        BadArgumentError: if there is no such layer to type in.
        NoSheetError: if there is no baseline yet.
        EmptyPlaceError: if she sees no stream.
    """
    look = glance(context)
    stand = board_seen(look, layer, label)
    cycle = look.cycle(label)
    rows = rows_at(look, stand.axis, {})
    tree = _tree(stand.axis, rows)
    units = tree.shared(stand.cube.units)
    one = (units != "")[:, None]
    known = states(cycle) if layer == "L2" else {}
    return GridSeen(
        layer=layer, cycle=cycle.label, sequence=stand.layer.last_sequence,
        labels=tuple(stand.calendar[k].label for k in stand.cube.indices),
        depths=tree.depths, keys=tuple(tree.keys.tolist()), names=_names(look, cycle, stand.axis, tree),
        units=tuple(units.tolist()),
        shown=np.where(one, tree.sums(_present(stand.result)), np.nan),
        added=np.where(one, tree.sums(_added(stand)), np.nan),
        marks=_marks(stand, tree), writes=tree.all(_writable(look, cycle, layer, stand.axis, known)),
        part=len(rows) < len(stand.axis), yours=_yours(look, cycle), back=int(stand.back[rows].sum()),
        waits=_waits(stand, rows, known) and not demand_agreed(look, cycle), agreed=stand.agreed is not None,
    )  # fmt: skip


def board_seen(context: Glance, layer: str, label: str) -> Board:
    """The layer as it stands, for who reads volumes.

    Raises:
        NotAllowedError: if the person sees no plan.
        BadArgumentError: if there is no such layer to type in.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no plan"
        raise refused_reading(context.actor, "see the plan", figure=Figure.VOLUME, whole=False, reason=reason)
    if layer not in EDITABLE:
        raise BadArgumentError(step="edit", argument="layer", value=layer, reason=f"it is one of {', '.join(EDITABLE)}")
    return board_shown(context, context.cycle(label), layer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """Leaves in the order of the tree, and for every node its depth, its key and where its leaves begin and end."""

    leaves: Rows
    depths: Rows
    keys: np.ndarray
    begins: Rows
    ends: Rows

    def sums(self, values: Values) -> Values:
        """The sum below each node; NaN where every leaf is NaN, else those are left out."""
        known = ~np.isnan(values[self.leaves])
        total = self._running(np.where(known, values[self.leaves], 0.0))
        return np.where(self._running(known.astype(np.float64)) > 0, total, np.nan)

    def counts(self, cells: Mask) -> Values:
        """How many leaves below each node are so."""
        return self._running(cells[self.leaves].astype(np.float64))

    def all(self, rows: Mask) -> Mask:
        """Whether every leaf below a node is so."""
        found: Mask = self.counts(rows[:, None])[:, 0] == self.ends - self.begins
        return found

    def shared(self, labels: np.ndarray) -> np.ndarray:
        """The label that all leaves of a node share; empty where they share none."""
        first = labels[self.leaves][self.begins]
        known, codes = np.unique(labels[self.leaves], return_inverse=True)
        same = [self._running((codes == code).astype(np.float64)[:, None])[:, 0] for code in range(len(known))]
        alike = np.max(same, axis=0) == self.ends - self.begins
        return np.where(alike, first, "")

    def _running(self, values: Values) -> Values:
        """Sums from where each node begins to where it ends, each added up on its own so that none borrows a digit."""
        found = np.empty((len(self.depths), values.shape[1]))
        for depth in np.unique(self.depths):
            at = self.depths == depth
            found[at] = np.add.reduceat(values, self.begins[at], axis=0)
        return found


def _tree(axis: Axis, rows: Rows) -> _Tree:
    labels = [axis.keys if level == "stream" else axis.labels(level) for level in LEVELS]
    leaves = rows[np.lexsort([of[rows] for of in reversed(labels)])]
    begins, depths, ends, starts = [], [], [], np.zeros(len(leaves), dtype=np.bool_)
    starts[:1] = True
    for depth, of in enumerate(labels):
        here = of[leaves]
        starts[1:] |= here[1:] != here[:-1]
        at = np.flatnonzero(starts)
        begins.append(at)
        ends.append(np.append(at[1:], len(leaves)))
        depths.append(np.full(len(at), depth))
    begin, end, deep = np.concatenate(begins), np.concatenate(ends), np.concatenate(depths)
    order = np.lexsort([deep, begin])
    begin, end, deep = begin[order], end[order], deep[order]
    keys = np.select([deep == depth for depth in range(len(LEVELS))], [of[leaves][begin] for of in labels], "")
    return _Tree(leaves=leaves, depths=deep, keys=keys, begins=begin, ends=end)


def _present(cube: Cube) -> Values:
    return np.where(cube.state == State.PRESENT, cube.values, np.nan)


def _added(stand: Board) -> Values:
    """What the layer adds, NaN where nothing stands in it; L2 is a total, and adds what it is over the baseline."""
    typed = _present(stand.cube)
    return typed - stand.baseline.values if stand.layer.code == "L2" else typed


def _marks(stand: Board, tree: _Tree) -> Marks:
    size = (tree.ends - tree.begins)[:, None]
    held = tree.counts(stand.locked)
    marks = np.where(tree.counts((stand.cube.state == State.PRESENT) & ~stand.carried) > 0, TYPED, 0)
    marks |= np.where(tree.counts(stand.carried) > 0, CARRIED, 0)
    return (marks | np.where(held == size, ALL_HELD, np.where(held > 0, SOME_HELD, 0))).astype(np.uint8)


def _yours(context: Context, cycle: Cycle) -> str:
    """The layer that a person types in first now; empty where there is none."""
    return next((code for code in ("L4", "L2M", "L2") if _types_somewhere(context, cycle, code)), "")


def _types_somewhere(context: Context, cycle: Cycle, layer: str) -> bool:
    actor, phase, verb = context.actor, Phase(cycle.phase), f"edit_{layer}"
    patches = {patch for grant in actor.grants for patch in (grant.scope, *actor.patches_of.get(grant.scope, ()))}
    return any(may(actor, verb, phase=phase, thing=Thing(patch=patch)) for patch in sorted(patches))


def _waits(stand: Board, rows: Rows, known: Mapping[str, PatchState]) -> bool:
    """Whether any of some streams carries what its salesperson has still to confirm."""
    patches = stand.axis.labels("patch")[rows[stand.carried[rows].any(axis=1)]]
    return any(known.get(patch, PatchState.OPEN) in WITH_HER for patch in np.unique(patches).tolist())


def _writable(context: Context, cycle: Cycle, layer: str, axis: Axis, known: Mapping[str, PatchState]) -> Mask:
    """Which streams the person may type on now; sales figures only of a patch that is not handed in."""
    patches, of_stream = np.unique(axis.labels("patch"), return_inverse=True)
    able = [
        known.get(patch, PatchState.OPEN) in WITH_HER
        and may(context.actor, f"edit_{layer}", phase=Phase(cycle.phase), thing=Thing(patch=patch))
        for patch in patches.tolist()
    ]
    found: Mask = np.array(able, dtype=np.bool_)[of_stream]
    return found


def _names(context: Context, cycle: Cycle, axis: Axis, tree: _Tree) -> tuple[str, ...]:
    """What the nodes are called: each level by its own table, a stream by its planning customer."""
    tables = _tables(context, cycle)
    customer = axis.labels("planning_customer")[tree.leaves][tree.begins]
    labels = np.where(tree.depths == len(LEVELS) - 1, customer, tree.keys)
    found = zip(tree.depths.tolist(), labels.tolist(), strict=True)
    return tuple(tables[depth].get(label) or label for depth, label in found)


def called(context: Context, cycle: Cycle, axis: Axis, row: int, place: Mapping[str, str]) -> str:
    """The name of a place of the tree, ``row`` being one of its streams; of a stream its item and its customer."""
    division, family, item, customer = _tables(context, cycle)
    label = axis.attributes["item"][row]
    buyer = axis.attributes["planning_customer"][row]
    names = {
        "division": division, "family": family, "item": item,
        "stream": {axis.keys[row]: f"{item.get(label) or label}, {customer.get(buyer) or buyer}"},
    }  # fmt: skip
    return ", ".join(names.get(level, {}).get(key) or key for level, key in place.items())


def _tables(context: Context, cycle: Cycle) -> list[dict[str, str]]:
    """The names of divisions, families, items and customers, by their keys."""
    company = context.company(cycle)
    wanted = (("divisions", "division"), ("families", "family"), ("items", "item"), ("customers", "customer"))
    return [dict(company[table].select(key, "name").iter_rows()) if table in company else {} for table, key in wanted]
