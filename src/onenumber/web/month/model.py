"""What the page My month shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.month import MyMonth
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPage:
    """A plan before its first month: whether anything is loaded, who opens the month, and how she may herself."""

    frame: Frame
    loaded: bool
    openers: tuple[str, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    """A person's month, and the frame around it: both come of one look at the gate.

    ``ways`` are the steps by which she settles what waits, by the code and the name of it; ``ending`` that she may end
    the phase, where nothing is open. ``shares`` is that news can be told now, ``asks`` that a change can
    be asked for of a patch that is closed.
    """

    frame: Frame
    month: MyMonth
    ways: Mapping[tuple[str, str], tuple[Way, ...]]
    ending: tuple[Way, ...]
    shares: bool = False
    asks: bool = False
