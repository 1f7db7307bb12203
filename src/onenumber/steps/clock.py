"""Move the company's clock, in demo mode only."""

import datetime as dt

from django.conf import settings

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import DemoOnlyError
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow


def run(context: Context, *, to: dt.date) -> Outcome:
    """Set the company's today; deadlines, roles and deputies are judged by it from now on.

    Raises:
        NotAllowedError: if the person may not.
        DemoOnlyError: outside demo mode.
    """
    context.permit("move_clock", phase=Phase.MONITOR)
    if not settings.ONENUMBER_DEMO:
        raise DemoOnlyError(what="The company's clock")
    moved = dt.datetime.combine(to, context.now.astimezone(context.zone).timetz()).astimezone(dt.UTC)
    context.plan.clock = moved
    context.plan.save(update_fields=["clock"])
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=context.actor.person, verb="clock", what={"to": moved.isoformat()}
    )
    return Outcome(step="clock", figures={"today": str(to)})


STEP = Step(
    name="clock",
    verb="move_clock",
    phase=None,
    says="Move the company's clock (demo mode only).",
    run=run,
    arguments=(Argument(name="to", doc="The new today.", kind="date", positional=True),),
)
