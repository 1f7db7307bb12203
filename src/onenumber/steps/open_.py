"""Open a cycle: the month's work begins."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.cycle import (
    CalendarTooShortError,
    CycleLeftOutError,
    CycleStillOpenError,
    EarlierCycleError,
    NotBegunError,
)
from onenumber.model.period import Period
from onenumber.model.plan import missing_periods
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, Cycle, PhaseChange
from onenumber.store.plans import current_cycle


def run(context: Context, *, period: str = "") -> Outcome:
    """Open the cycle of a period (by default the one that today falls in); the one before is closed.

    Raises:
        CycleStillOpenError: if the cycle before has not published its plan.
        EarlierCycleError: if a later one was opened already.
        NotBegunError: if the period begins after today.
        CycleLeftOutError: if a period lies between the last cycle and this one.
        OutsideCalendarError: if the period is not in the plan's calendar.
        CalendarTooShortError: if the calendar ends before the horizon of the cycle does.
    """
    context.permit("open_cycle", phase=Phase.MONITOR)
    calendar = context.frame().calendar
    wanted = calendar.labelled(period) if period else calendar[calendar.index_of(context.today)]
    if wanted.start > context.today:
        raise NotBegunError(wanted=wanted.label, start=wanted.start, today=context.today)
    _refuse_short(context, wanted)
    with transaction.atomic():
        _close(context, current_cycle(context.plan), wanted)
        cycle = Cycle.objects.create(
            plan=context.plan, index=wanted.index, label=wanted.label, phase=Phase.DATA, opened_at=context.now
        )
        person = context.actor.person
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=person, verb="open", what={"cycle": cycle.label}
        )
    return Outcome(step="open", figures={"cycle": cycle.label, "starts": str(wanted.start)})


def _refuse_short(context: Context, wanted: Period) -> None:
    missing = missing_periods(context.company()["plan"], first=wanted.index)
    if missing:
        frame = context.frame()
        raise CalendarTooShortError(
            wanted=wanted.label, horizon=frame.horizon, last=frame.calendar.periods[-1].label, first=missing[0].label,
            until=missing[-1].label, periods=missing[-1].index + 1,
        )  # fmt: skip


def _close(context: Context, before: Cycle | None, wanted: Period) -> None:
    if before is None:
        return
    if wanted.index < before.index:
        raise EarlierCycleError(wanted=wanted.label, cycle=before.label)
    if before.phase not in (Phase.MONITOR, Phase.CLOSED) or before.index == wanted.index:
        raise CycleStillOpenError(cycle=before.label, phase=Phase(before.phase).shown, wanted=wanted.label)
    following = context.frame().calendar[before.index + 1]
    if wanted.index > following.index:
        raise CycleLeftOutError(wanted=wanted.label, cycle=before.label, following=following.label)
    PhaseChange.objects.create(
        plan=context.plan, cycle=before, before=before.phase, after=Phase.CLOSED, person=context.actor.person,
        at=context.now,
    )  # fmt: skip
    before.phase = Phase.CLOSED
    before.save(update_fields=["phase"])


STEP = Step(
    name="open",
    verb="open_cycle",
    phase=None,
    says="Open the cycle of a month.",
    run=run,
    arguments=(
        Argument(name="period", doc="Label of the period, e.g. 2026-06; today's if not given.", required=False,
                 positional=True),
    ),
)  # fmt: skip
