"""Hold the month before against the plan that was in force on its first day."""

import datetime as dt

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import Sheet, SheetKind, SheetState, dated_notes
from onenumber.review.adherence import make_adherence
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.planning import ground_of
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.models import SheetVersion
from onenumber.store.plans import find_cycle


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the Adherence sheet of the period before the cycle's.

    Where no plan was in force then, its figures are not known, and say so.

    Raises:
        NoSheetError: if the data are not frozen yet.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("measure", phase=Phase(now.phase))
    reader = Reader(context, now)
    ground = ground_of(reader, now)
    first_day = ground.frame.calendar[max(now.index - 1, 0)].start
    sheet = make_adherence(published=_in_force(context, reader, first_day), ground=ground)
    made = write(context, now, sheet, pins=reader, how=Written(step="measure", deputy_for=grant.deputy_for))
    return Outcome(step="measure", versions=(made,), figures=dated_notes(sheet.notes, ground.frame.calendar))


def _in_force(context: Context, reader: Reader, day: dt.date) -> Sheet | None:
    """The plan published last before a day, pinned."""
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=context.zone)
    published = SheetVersion.objects.filter(
        plan=context.plan, kind=SheetKind.PUBLISHED_PLAN.value, state=SheetState.PUBLISHED.value
    )
    row = published.filter(made_at__lt=midnight).order_by("-made_at", "-sequence").first()
    return reader.hold(row) if row is not None else None


STEP = Step(
    name="measure",
    verb="measure",
    phase=None,
    says="Measure last month against the plan in force.",
    run=run,
    arguments=(CYCLE,),
)
