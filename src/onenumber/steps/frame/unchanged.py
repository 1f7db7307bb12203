"""A final plan that came back from the executive, and whether anything of it moved since."""

from onenumber.cycle.phases import Phase
from onenumber.model.finding import Finding, Severity
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.store.models import Cycle, PhaseChange, SheetVersion

BEFORE_EXEC = tuple(phase for phase in Phase if phase.place < Phase.EXEC.place)


def unchanged_plan(context: Context, cycle: Cycle) -> tuple[Finding, ...]:
    """That the final plan with which the executive meeting last ended in a re-open is the one that stands now.

    It keeps nobody from signing: why it stands as it was may be the answer. Asked where its Review and the plan itself
    are signed again.
    """
    plan = glance(context).version(SheetKind.SUPPLY_PLAN, cycle, "final")
    if cycle.phase not in (Phase.RECONCILE, Phase.EXEC) or plan is None or plan.stale_because:
        return ()
    back = PhaseChange.objects.filter(cycle=cycle, before=Phase.EXEC, after__in=BEFORE_EXEC).order_by("-pk").first()
    if back is None:
        return ()
    made = SheetVersion.objects.filter(cycle=cycle, kind=SheetKind.SUPPLY_PLAN, stage="final", made_at__lte=back.at)
    if made.order_by("-sequence").values_list("content", flat=True).first() != plan.content:
        return ()
    values = {"day": str(context.day_of(back.at)), "reason": back.reason}
    return (Finding(code="plan_unchanged", severity=Severity.ATTENTION, values=values),)
