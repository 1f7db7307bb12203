"""The pages of the supply desk, of finance and of the process owner, each in its frame."""

from collections.abc import Iterator

from onenumber.model.axis import SEPARATOR
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.beyond import may_prepare
from onenumber.steps.see.budget import BudgetShown, budget_shown
from onenumber.steps.see.cannot import cannot_shown
from onenumber.steps.see.conflicts import ConflictShown, ConflictsShown, conflict_shown, conflicts_shown
from onenumber.steps.see.cycle import CycleBar, cycle_bar
from onenumber.steps.see.milestones import milestones
from onenumber.steps.see.orders import OrdersShown, orders_shown
from onenumber.steps.see.pack import PackShown, pack_shown
from onenumber.steps.see.parameters import ParametersShown, parameters_shown
from onenumber.steps.see.running import RunningShown, running_month
from onenumber.web.act.model import Way
from onenumber.web.answers.act import to_settle
from onenumber.web.answers.frame import framed
from onenumber.web.calendar.model import CalendarPage
from onenumber.web.conflicts.model import CannotPage, ConflictPage
from onenumber.web.frame.model import Seen


def running(context: Glance, cycle: str) -> Seen[RunningShown]:
    """The month of a cycle so far."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=running_month(context, cycle))


def parameters(context: Glance, cycle: str) -> Seen[ParametersShown]:
    """The parameters beside what the facts show."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=parameters_shown(context, cycle))


def orders(context: Glance, cycle: str) -> Seen[OrdersShown]:
    """The order book of today."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=orders_shown(context, cycle))


def budget(context: Glance, cycle: str) -> Seen[BudgetShown]:
    """The budget lines."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=budget_shown(context, cycle))


def calendar(context: Glance, cycle: str) -> CalendarPage:
    """The calendar of a cycle, with the steps of its owner."""
    bar = cycle_bar(context, cycle)
    points, ending = to_settle(context, bar)
    shown = milestones(context, cycle)
    others = (Way(step="measure", given={}),) if shown.measures else ()
    return CalendarPage(frame=framed(context, bar), shown=shown, to_settle=points, ending=ending, others=others)


def conflicts(context: Glance, cycle: str) -> Seen[ConflictsShown]:
    """The conflicts of a review."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=conflicts_shown(context, cycle))


def conflict(context: Glance, cycle: str, key: str) -> ConflictPage:
    """One conflict, with what she may do: weigh its options, put them on the table, escalate or let it pass."""
    bar = cycle_bar(context, cycle)
    found = conflict_shown(context, cycle, key)
    return ConflictPage(frame=framed(context, bar), found=found, ways=tuple(_about(context, bar, found)))


def cannot(context: Glance, cycle: str, of: tuple[str, str, str]) -> CannotPage:
    """What a plant cannot make, with what she may do: let it go up, let it pass, or put the papers on the table."""
    bar = cycle_bar(context, cycle)
    found = cannot_shown(context, *of, cycle)
    points = to_settle(context, bar)[0] if bar.phase is not None else ()
    ways = tuple(way for one in points if one.point.subject == found.line.subject for way in one.ways)
    prepares = not found.line.paper and not found.line.amends and may_prepare(context, cycle)
    more = (Way(step="prepare", given={}),) if prepares else ()
    return CannotPage(frame=framed(context, bar), found=found, ways=(*ways, *more))


def _about(context: Glance, bar: CycleBar, found: ConflictShown) -> Iterator[Way]:
    line, shown = found.line, found.shown
    if shown.weighs and line.may_have_options and not line.paper:
        yield Way(step="weigh", given={"cause": line.cause})
    if shown.prepares and found.options and not line.paper:
        yield Way(step="prepare", given={})
    if bar.phase is not None:
        about = {line.cause, line.cause.partition(SEPARATOR)[2]} - {""}
        for one in to_settle(context, bar)[0]:
            if one.point.subject in about:
                yield from one.ways


def pack(context: Glance, cycle: str, number: int) -> Seen[PackShown]:
    """The pack of the supply meeting, live or as it was sent."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=pack_shown(context, cycle, number=number))
