"""Consensus: all layers added up and frozen to whole planning units."""

from dataclasses import dataclass, replace

import numpy as np

from onenumber.consensus.layers import Stack
from onenumber.consensus.spread import SAME, Mask
from onenumber.measure.rounding import Codes, round_within
from onenumber.model.cube import Cube, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The consensus as frozen, and the sum before it was rounded."""

    consensus: Cube
    unrounded: Cube

    @property
    def below_zero(self) -> Mask:
        """The cells whose layers come to less than nothing, beyond rounding (C25): the consensus is zero there."""
        found: Mask = (self.unrounded.state == State.PRESENT) & (self.unrounded.values < -SAME)
        return found


def agree(*, stack: Stack, decimals: Codes, not_below_zero: bool = True) -> Agreed:
    """``consensus = S + L2M + L3 + L4 + L5``, rounded at the leaf by largest remainder inside the family total.

    ``decimals`` has one number per stream: the planning decimals of its item. A sum that the deltas push below
    zero is held at zero, because demand is never negative (returns are kept apart).

    Raises:
        LabelMismatchError: if a layer stands on another axis.
    """
    total = stack.total()
    values = np.maximum(total.values, 0.0) if not_below_zero else total.values
    _, families = total.axis.groups("family")
    rounded = round_within(np.where(total.state == State.PRESENT, values, 0.0), groups=families, decimals=decimals)
    return Agreed(consensus=replace(total, values=rounded), unrounded=total)
