"""The load of lines, as its page shows it."""

import datetime as dt
from collections.abc import Collection

from onenumber.cycle.phases import Phase
from onenumber.errors import NoSheetError
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import CycleBar, cycle_bar
from onenumber.steps.see.escalated import escalated
from onenumber.steps.see.line_load import LoadSeen, line_loads
from onenumber.steps.see.line_opened import line_opened
from onenumber.steps.see.papers import PaperShown, papers_shown
from onenumber.steps.see.parameters import untrue_rates
from onenumber.steps.see.plants import plants_untaken
from onenumber.web.act.model import ToSettle
from onenumber.web.answers.act import to_settle
from onenumber.web.answers.frame import framed
from onenumber.web.line_load.model import CellOf, LoadPage

BEFORE_SIGNING = ("supply_plan_missing", "supply_plan_stale", "shortage_open", "plant_cannot", "not_signed")
"""What "achievable" waits for, and the signature itself."""


def line_load(context: Glance, cycle: str, asked: CellOf) -> LoadPage:
    """Every line by month, with one opened.

    Raises:
        NotAllowedError: if the person reads what no line does.
    """
    bar = cycle_bar(context, cycle)
    seen = line_loads(context, bar.cycle)
    opened = line_opened(context, asked.line, _month(seen, asked), bar.cycle) if seen and asked.line else None
    points = points_of(context, bar, BEFORE_SIGNING) if bar.phase is not None and bar.phase.value == "SUPPLY" else ()
    frame = framed(context, bar)
    hers = opened is not None and frame.reads_papers
    papers = _papers(context, bar.cycle, asked.line) if hers else ()
    went_up = escalated(context, context.cycle(bar.cycle)) if hers else ()
    untaken = plants_untaken(context, bar.cycle) if points else ()
    return LoadPage(frame=frame, seen=seen, opened=opened, papers=papers, points=points, untaken=untaken,
                    escalated=tuple(one for one in went_up if one.subject == asked.line),
                    untrue=untrue_rates(context, bar.cycle) if seen is not None else {},
                    own_by=own_by(context, bar) if seen is None or not seen.own else None)  # fmt: skip


def _month(seen: LoadSeen, asked: CellOf) -> str:
    """The month that is opened: the one that was asked for, else the line's fullest."""
    worst = next((one.worst.period for one in seen.lines if one.line == asked.line), "")
    return asked.month or worst


def own_by(context: Glance, bar: CycleBar) -> dt.date | None:
    """The day on which the supply plan of a cycle is due; None once the cycle is beyond making one."""
    if bar.phase not in (Phase.DATA, Phase.DEMAND, Phase.SUPPLY):
        return None
    return due_day(context, context.cycle(bar.cycle), "plan")


def points_of(context: Glance, bar: CycleBar, codes: Collection[str]) -> tuple[ToSettle, ...]:
    """Of what keeps the phase from ending, what has one of some codes, with the ways to settle it."""
    return tuple(one for one in to_settle(context, bar)[0] if one.point.said in codes)


def _papers(context: Glance, cycle: str, line: str) -> tuple[PaperShown, ...]:
    try:
        shown = papers_shown(context, cycle)
    except NoSheetError:
        return ()
    return tuple(paper for paper in shown.papers if paper.paper.endswith(f"-{line}"))
