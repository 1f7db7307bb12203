"""What the page of decisions shows."""

import datetime as dt
from dataclasses import dataclass

from onenumber.steps.see.beyond import Beyond
from onenumber.steps.see.escalated import WentUp
from onenumber.steps.see.papers import PaperShown, PapersShown
from onenumber.steps.see.urgent import UrgentShown
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper with the ways by which the person who looks may decide it; none where it is not hers, or is decided."""

    paper: PaperShown
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentLine:
    """A paper between meetings with the ways by which who looks may decide it."""

    urgent: UrgentShown
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The papers of a cycle, those that wait first; ``shown`` is None where none were prepared yet.

    ``prepared_by`` and ``decided_by`` are the days until which papers are prepared and decided. ``urgent`` are the
    papers of emergencies between meetings. ``beyond`` are the questions that no paper asks, each with the ways to make
    one of it. ``escalated`` went up to the pre-S&OP.
    """

    frame: Frame
    shown: PapersShown | None
    papers: tuple[PaperLine, ...]
    prepared_by: dt.date
    decided_by: dt.date
    currency: str = ""
    urgent: tuple[UrgentLine, ...] = ()
    beyond: tuple[tuple[Beyond, tuple[Way, ...]], ...] = ()
    escalated: tuple[WentUp, ...] = ()
