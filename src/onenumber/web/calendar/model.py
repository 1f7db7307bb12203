"""What the page of the calendar shows."""

from dataclasses import dataclass

from onenumber.steps.see.milestones import CalendarShown
from onenumber.web.act.model import ToSettle, Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """A cycle's calendar, what keeps its phase from ending with the ways to settle it, and the steps of its owner."""

    frame: Frame
    shown: CalendarShown
    to_settle: tuple[ToSettle, ...]
    ending: tuple[Way, ...]
    others: tuple[Way, ...]
