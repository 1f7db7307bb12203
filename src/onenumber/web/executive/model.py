"""What the executive page shows."""

import datetime as dt
from dataclasses import dataclass

from onenumber.steps.see.executive import ExecutiveSeen
from onenumber.steps.see.final_plan import InFinal
from onenumber.steps.see.papers import PaperShown
from onenumber.web.act.model import ToSettle, Way
from onenumber.web.decisions.model import UrgentLine
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutivePage:
    """The page: what is seen, the papers that wait (None: none are prepared), and what the signature waits for.

    ``decided`` are the papers that were decided.

    ``final`` is what the final plan brings of the papers, None before there is one; ``waits`` are the points that keep
    the approval from being given; ``sign`` the ways to give it, ``day`` its last day. ``urgent`` are the emergencies
    between meetings that wait.
    """

    frame: Frame
    seen: ExecutiveSeen
    final: tuple[InFinal, ...] | None
    papers: tuple[PaperShown, ...] | None
    decided: tuple[PaperShown, ...]
    waits: tuple[ToSettle, ...]
    sign: tuple[Way, ...]
    day: dt.date
    urgent: tuple[UrgentLine, ...] = ()
