"""What market news does to demand: how much of it counts, and the change that it makes in a layer."""

from enum import StrEnum

import numpy as np

from onenumber.consensus.edit import Spot, edit
from onenumber.consensus.edits import Change
from onenumber.consensus.spread import Mask, Mode, Typed
from onenumber.model.cube import Cube, State, Values

LUMPY = ("tender", "listing")
"""Kinds of news that happen whole or not at all: a part of them is a number that cannot come true."""
IN_FROM, OUT_BELOW = 0.8, 0.5
"""Probabilities of lumpy news (domain.md 7.3.3) from which it is in the plan, and under which it is out of it."""


class Taken(StrEnum):
    """What the demand planner decided on news."""

    IN = "in"
    OUT = "out"


def weighted(kind: str, *, likely: float, probability: float) -> float:
    """How much of news counts that is in the plan, in the unit of ``likely``: lumpy news whole, other ``p x likely``.

    Example:
        >>> weighted("loss", likely=-50.0, probability=0.5), weighted("tender", likely=40.0, probability=0.5)
        (-25.0, 40.0)
    """
    return likely if kind in LUMPY else likely * probability


def is_open(kind: str, taken: Taken, *, probability: float | None) -> bool:
    """Whether the planner may decide so: lumpy news is hers to decide only where it is neither likely nor unlikely.

    Example:
        >>> [is_open("tender", Taken.IN, probability=p) for p in (0.4, 0.5, 0.9)]
        [False, True, True]
        >>> is_open("tender", Taken.OUT, probability=0.9), is_open("loss", Taken.OUT, probability=0.9)
        (False, True)
    """
    if kind not in LUMPY or probability is None:
        return True
    return probability >= OUT_BELOW if taken is Taken.IN else probability < IN_FROM


def news_change(  # noqa: PLR0913 - what an edit stands on, and the baseline that news is a change of
    *, layer: Cube, baseline: Cube, shown: Cube, spot: Spot, percent: float, locked: Mask, history: Values
) -> Change:
    """The leaf changes that news makes in a delta layer: a percentage of the baseline, whatever was typed on it since.

    It is split over the streams below its place as they share the baseline. ``shown`` is the sum of all layers; news
    of a loss takes at most what it shows, because demand is never negative.

    Raises:
        ConsensusError: as :func:`onenumber.consensus.spread.spread`.
        LabelMismatchError: if layer, baseline and shown stand on different labels.
    """
    layer.same_labels(shown)
    typed = Typed(mode=Mode.PERCENT, value=percent)
    meant = edit(layer=layer, shown=baseline, spot=spot, typed=typed, locked=locked, history=history)
    at = (meant.rows, meant.columns)
    stood = np.where(layer.state[at] == State.PRESENT, layer.values[at], 0.0)
    after = np.maximum(meant.after, stood - np.maximum(shown.values[at], 0.0))
    moved = after != stood
    return Change(rows=at[0][moved], columns=at[1][moved], before=meant.before[moved], after=after[moved])
