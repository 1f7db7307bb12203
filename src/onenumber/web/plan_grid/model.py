"""What the planning grid asks; what it shows are the answers of the steps."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.frame.typing import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class GridTyped:
    """What a person did in the grid: a batch of values, or sequences to take back (the last first).

    ``seen`` is the sequence that she was shown; ``rest``: the cells that moved since then hold.
    """

    asked: tuple[Asked, ...] = ()
    undo: tuple[int, ...] = ()
    seen: int | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAsked:
    """Which cell: the layer, the place by its level, and the label of the month."""

    layer: str
    place: Mapping[str, str]
    period: str
