"""What the page of one conflict shows."""

from dataclasses import dataclass

from onenumber.steps.see.cannot import CannotShown
from onenumber.steps.see.conflicts import ConflictShown
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """A conflict with its options, and what the person who looks may do about it."""

    frame: Frame
    found: ConflictShown
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotPage:
    """What a plant cannot make, and what the person who looks may do about it."""

    frame: Frame
    found: CannotShown
    ways: tuple[Way, ...]
