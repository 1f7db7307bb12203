"""One edit: a typed value at any level, in one layer, over some periods."""

from dataclasses import dataclass, replace

import numpy as np

from onenumber.consensus.edits import Change, between, replay
from onenumber.consensus.layers import blank, sales_figure
from onenumber.consensus.spread import Mask, Mode, Typed, spread
from onenumber.model.axis import Rows
from onenumber.model.cube import Cube, State, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where an edit is made: the streams below the cell and the columns (periods of the horizon)."""

    name: str
    rows: Rows
    columns: range


def edit(*, layer: Cube, shown: Cube, spot: Spot, typed: Typed, locked: Mask, history: Values) -> Change:
    """The leaf changes in ``layer`` that make the figure the person sees (``shown``) become what was typed.

    ``shown`` is the sum of all layers as it stands. The layer takes the difference, leaf by leaf: in a delta layer
    the delta grows by it; in L2, which is a total, the leaf becomes the new figure. ``locked`` is (streams x
    horizon); ``history`` is one weight per stream. Leaves that do not move are not changed.

    Raises:
        ConsensusError: as :func:`onenumber.consensus.spread.spread`.
        LabelMismatchError: if layer and shown stand on different labels.
    """
    layer.same_labels(shown)
    block = np.ix_(spot.rows, np.array(spot.columns, dtype=np.int64))
    before = shown.values[block]
    after = spread(shown=before, typed=typed, locked=locked[block], history=history[spot.rows], place=spot.name)
    moved = after != before
    base = before if layer.measure == "L2" else layer.values[block]
    values, state = layer.values.copy(), layer.state.copy()
    values[block] = np.where(moved, base + (after - before), layer.values[block])
    state[block] = np.where(moved, State.PRESENT, layer.state[block])
    return between(layer, replace(layer, values=values, state=state))


def edit_sales(  # noqa: PLR0913 - as edit, and what was carried
    *, layer: Cube, baseline: Cube, carried: Mask, spot: Spot, typed: Typed, locked: Mask, history: Values
) -> Change:
    """The leaf changes in L2 when a salesperson types over what stands there.

    What she typed in this cycle she builds on. What was only ``carried`` (streams x horizon) from an earlier one is an
    offer that the typed value takes the place of: a figure stands as typed, split as the offer was; a change and a
    percentage are of the baseline, so that the same +20 % typed every month stays 20 % over it. 0 % goes back to the
    baseline. Locked cells hold. What takes the place of an offer is in the change even where it comes to the same.

    Raises:
        ConsensusError: as :func:`edit`.
        LabelMismatchError: if layer and baseline stand on different labels.
    """
    block = np.ix_(spot.rows, np.array(spot.columns, dtype=np.int64))
    offered = np.zeros_like(carried)
    offered[block] = carried[block] & ~locked[block]
    without = layer if typed.mode is Mode.SET else blank(layer, offered)
    shown = sales_figure(submitted=without, fallback=baseline)
    change = edit(layer=without, shown=shown, spot=spot, typed=typed, locked=locked, history=history)
    return between(layer, replay(without, [change]), also=offered)
