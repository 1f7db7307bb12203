"""Materials and maintenance, as their pages show them."""

import datetime as dt
from collections.abc import Sequence

from onenumber.errors import NoSheetError
from onenumber.review.papers.windows import window_key
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.beyond import may_prepare
from onenumber.steps.see.cycle import CycleBar, cycle_bar
from onenumber.steps.see.maintenance import WindowsSeen, windows_seen
from onenumber.steps.see.materials import materials_seen
from onenumber.steps.see.papers import papers_shown
from onenumber.web.act.model import Way
from onenumber.web.answers.frame import framed
from onenumber.web.answers.line_load import own_by, points_of
from onenumber.web.maintenance.model import Offer, WindowsPage
from onenumber.web.materials.model import MaterialsPage

SHORT = "shortage_open"
"""A shortage that the gate waits for."""


def materials(context: Glance, cycle: str) -> MaterialsPage:
    """The materials of the plants that the person sees.

    Raises:
        NotAllowedError: if she reads what no line does.
    """
    bar = cycle_bar(context, cycle)
    seen = materials_seen(context, bar.cycle)
    points = points_of(context, bar, (SHORT,)) if seen is not None else ()
    waiting = {one.point.subject: one.ways for one in points}
    day = own_by(context, bar) if seen is None or not seen.own else None
    return MaterialsPage(frame=framed(context, bar), seen=seen, waiting=waiting, own_by=day)


def maintenance(context: Glance, cycle: str) -> WindowsPage:
    """The maintenance windows of the lines that the person sees, and the papers that would move one.

    Raises:
        NotAllowedError: if she reads what no line does.
    """
    bar = cycle_bar(context, cycle)
    seen = windows_seen(context, bar.cycle)
    frame = framed(context, bar)
    offers = _offers(context, bar.cycle) if frame.reads_papers and seen is not None else ()
    ways = _ways(context, bar, seen, offers) if seen is not None and seen.own else {}
    return WindowsPage(frame=frame, seen=seen, offers=offers, ways=ways)


def _ways(context: Glance, bar: CycleBar, seen: WindowsSeen, offers: Sequence[Offer]) -> dict[tuple[str, str], Way]:
    """The click that puts a move on the table beside the papers that are there, where no paper offers that move."""
    if not seen.prices or not may_prepare(context, bar.cycle):
        return {}
    offered = {(one.window, one.start) for one in offers}
    try:
        table = [paper.paper for paper in papers_shown(context, bar.cycle).papers]
    except NoSheetError:
        table = []
    return {
        (one.window, to.period): Way(
            step="prepare",
            given={"also": ",".join([*table, window_key(one.window, to.period, label=bar.cycle)])},
        )
        for one in seen.windows
        for to in one.goes
        if one.movable and (one.window, to.start) not in offered
    }


def _offers(context: Glance, cycle: str) -> tuple[Offer, ...]:
    try:
        shown = papers_shown(context, cycle)
    except NoSheetError:
        return ()
    return tuple(
        Offer(
            window=str(one.change.values["window"]), option=one.option,
            start=dt.date.fromisoformat(str(one.change.values["start"])), open=paper.open, state=paper.state,
        )
        for paper in shown.papers
        for one in paper.options
        if one.change.kind == "move_window"
    )  # fmt: skip
