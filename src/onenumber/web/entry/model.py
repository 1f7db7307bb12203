"""What the entry page asks, and what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.entry import EntrySeen
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTyped:
    """What was typed in a line: one figure for the months ahead, or a percentage from a month on, or month by month.

    ``low`` and ``high`` come with a figure, and become news of it; ``back``: the baseline is right after all.
    """

    customer: str
    family: str
    figure: float | None = None
    percent: float | None = None
    first: str = ""
    low: float | None = None
    high: float | None = None
    months: Mapping[str, float]
    reason: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTyped:
    """What was typed in some lines, or the sequences that are taken back; ``seen`` is the last edit she was shown.

    ``hand_in`` is the patch that is handed in once the lines are saved; empty where none is.
    """

    lines: tuple[LineTyped, ...] = ()
    undo: tuple[int, ...] = ()
    seen: int | None = None
    hand_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """How many lines were saved, or edits taken back, and the name of the patch that was handed in with them."""

    count: int
    handed_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """Her lines, and the frame around them; ``ways`` by patch, where it is closed, ask for a change of it."""

    frame: Frame
    seen: EntrySeen
    ways: Mapping[str, Way]
