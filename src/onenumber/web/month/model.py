"""What the page My month shows."""

from dataclasses import dataclass

from onenumber.steps.see.month import MyMonth
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    """A person's month, and the frame around it: both come of one look at the gate."""

    frame: Frame
    month: MyMonth
