"""How the layers of demand add up to the consensus."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from onenumber.consensus.spread import Mask
from onenumber.model.cube import Cube, State

DELTAS = ("L2M", "L3", "L4", "L5")
"""Layers that are signed deltas, in the order of the meeting. Only L2 is a total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """The layers of one cycle on one axis: the sales figure and every delta above it."""

    sales: Cube
    deltas: Mapping[str, Cube]

    def total(self) -> Cube:
        """Consensus before rounding: ``S + L2M + L3 + L4 + L5``.

        Raises:
            LabelMismatchError: if a layer stands on another axis.
        """
        total = self.sales
        for code in DELTAS:
            if code in self.deltas:
                total = total.add(self.deltas[code])
        return total.rename("consensus")


def sales_figure(*, submitted: Cube, fallback: Cube) -> Cube:
    """S: the salesperson's total (L2) where one was submitted, else the fallback of rule R1; units as theirs.

    Raises:
        LabelMismatchError: if the two stand on different labels.

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> axis = Axis("stream", np.array(["A|x"]), {})
        >>> l2 = cube(measure="L2", values=np.array([[7.0, np.nan]]), axis=axis, first=0, unit="pcs")
        >>> l1 = cube(measure="L1", values=np.array([[5.0, 6.0]]), axis=axis, first=0, unit="pcs")
        >>> sales_figure(submitted=l2, fallback=l1).values.tolist()
        [[7.0, 6.0]]
    """
    submitted.same_labels(fallback)
    given = submitted.state == State.PRESENT
    values = np.where(given, submitted.values, fallback.values)
    state = np.where(given, submitted.state, fallback.state).astype(np.uint8)
    return replace(fallback, measure="S", values=values, state=state)


def blank(layer: Cube, cells: Mask) -> Cube:
    """A layer as if nothing had been typed in some cells: they are *none*.

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> axis = Axis("stream", np.array(["A|x"]), {})
        >>> l2 = cube(measure="L2", values=np.array([[7.0, 8.0]]), axis=axis, first=0, unit="pcs")
        >>> left = blank(l2, np.array([[False, True]]))
        >>> left.values.tolist(), (left.state == State.PRESENT).tolist()
        ([[7.0, 0.0]], [[True, False]])
    """
    kept = (layer.state == State.PRESENT) & ~cells
    state = np.where(kept, State.PRESENT, State.NONE).astype(np.uint8)
    return replace(layer, values=np.where(kept, layer.values, 0.0), state=state)


def empty_delta(measure: str, like: Cube) -> Cube:
    """A delta layer in which nothing was typed: every cell is *none*.

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> axis = Axis("stream", np.array(["A|x"]), {})
        >>> s = cube(measure="S", values=np.array([[7.0]]), axis=axis, first=0, unit="pcs")
        >>> s.add(empty_delta("L4", s)).values.tolist()
        [[7.0]]
    """
    state = np.full(like.state.shape, State.NONE, dtype=np.uint8)
    return replace(like, measure=measure, values=np.zeros_like(like.values), state=state)
