"""Hold the month before against the plan in force on its first day, and against what was forecast a month ahead."""

import datetime as dt

from django.db.models import QuerySet

from onenumber.consensus.collect import given_in
from onenumber.cycle.phases import Phase
from onenumber.model.cube import Cube
from onenumber.model.finding import Finding, Severity
from onenumber.model.sheet import Sheet, SheetKind, dated_notes
from onenumber.review.accuracy import Before, accuracy_table, measured, why_unknown, with_accuracy
from onenumber.review.adherence import make_adherence
from onenumber.review.ground import Ground
from onenumber.review.opening import opening_given, opening_layers
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.in_force import in_force_at
from onenumber.steps.frame.planning import ground_of
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.models import Cycle, SheetVersion
from onenumber.store.plans import find_cycle

FORECAST_IN = {
    "L0": SheetKind.FORECAST,
    "L1": SheetKind.FORECAST,
    "S": SheetKind.SALES_INPUT,
    "consensus": SheetKind.CONSENSUS,
}
"""Which sheet holds each layer whose accuracy is measured, and the benchmark."""


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the Adherence sheet of the period before the cycle's.

    Where no plan was in force then, or nothing was forecast a month ahead, its figures are not known, and say so.

    Raises:
        NoSheetError: if the data are not frozen yet.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("measure", phase=Phase(now.phase))
    reader = Reader(context, now)
    ground = ground_of(reader, now)
    first_day = ground.frame.calendar[max(now.index - 1, 0)].start
    history = reader.need(SheetKind.HISTORY).cube("demand")
    before = _forecast_before(context, reader, ground, first_day)
    accuracy = accuracy_table(before, history=history, ground=ground)
    sheet = with_accuracy(make_adherence(published=_in_force(context, reader, first_day), ground=ground), accuracy)
    made = write(context, now, sheet, pins=reader, how=Written(step="measure", deputy_for=grant.deputy_for))
    figures, why = dated_notes(sheet.notes, ground.frame.calendar), why_unknown(accuracy)
    findings = (Finding(code=f"accuracy_{why}", severity=Severity.NOTE),) if why else ()
    return Outcome(step="measure", versions=(made,), figures=figures, findings=findings)


def _in_force(context: Context, reader: Reader, day: dt.date) -> Sheet | None:
    """The plan in force before a day, pinned."""
    row = in_force_at(context.plan, _midnight(context, day))
    return reader.hold(row) if row is not None else None


def _forecast_before(context: Context, reader: Reader, ground: Ground, first_day: dt.date) -> Before:
    """What was forecast at lag 1: the sheets of that cycle as they stood before the measured month began, pinned.

    Where there was no such cycle, what the company brought of it.
    """
    index = measured(ground)[1]
    then = Cycle.objects.filter(plan=context.plan, index=index).first()
    if then is None:
        return _brought(ground, index)
    layers, given = dict[str, Cube](), list[str]()
    for layer, kind in FORECAST_IN.items():
        made = _made_before(SheetVersion.objects.filter(cycle=then, kind=kind.value), context, first_day)
        row = made.order_by("-sequence").first()
        if row is not None:
            sheet = reader.hold(row)
            layers[layer] = sheet.cube(layer)
            given = given_in(sheet) if kind is SheetKind.SALES_INPUT else given
    return Before(layers=layers, given=given)


def _brought(ground: Ground, index: int) -> Before:
    rows = ground.facts("forecast_snapshots")
    if index < 0 or not len(rows):
        return Before(brought=True)
    company, calendar, as_of = ground.company, ground.frame.calendar, ground.as_of
    layers = opening_layers(rows, cycle=index, company=company, calendar=calendar, as_of=as_of)
    given = opening_given(rows, company=company, calendar=calendar, as_of=as_of).get(index, ())
    return Before(layers=layers, given=given, brought=True)


def _made_before(rows: QuerySet[SheetVersion], context: Context, day: dt.date) -> QuerySet[SheetVersion]:
    """Those of the plan's versions that were made before a day began in its time zone."""
    return rows.filter(plan=context.plan, made_at__lt=_midnight(context, day))


def _midnight(context: Context, day: dt.date) -> dt.datetime:
    """When a day begins in the plan's time zone."""
    return dt.datetime.combine(day, dt.time(), tzinfo=context.zone)


STEP = Step(
    name="measure",
    verb="measure",
    phase=None,
    says="Measure last month against the plan in force.",
    run=run,
    arguments=(CYCLE,),
)
