"""What the page of loads shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from onenumber.steps.see.escalated import WentUp
from onenumber.steps.see.line_load import LoadSeen
from onenumber.steps.see.line_opened import LineOpened
from onenumber.steps.see.papers import PaperShown
from onenumber.steps.see.parameters import UntrueRates
from onenumber.web.act.model import ToSettle
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOf:
    """The line and month that a page is asked to open; both empty where none is."""

    line: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPage:
    """The lines, the one that was opened, what a paper offers for it, and what the signature waits for.

    ``seen`` is None before anything was planned; ``untaken`` are the plants that have not answered the plan.
    ``escalated`` is the shortage of the opened line, where it went up. ``own_by`` is the day on which the cycle has a
    plan of its own, None where it has one. ``untrue`` are the lines with rates that are no longer true.
    """

    frame: Frame
    seen: LoadSeen | None
    opened: LineOpened | None
    papers: tuple[PaperShown, ...]
    points: tuple[ToSettle, ...]
    untaken: tuple[str, ...]
    own_by: dt.date | None = None
    escalated: tuple[WentUp, ...] = ()
    untrue: Mapping[str, UntrueRates] = field(default_factory=dict)
