"""Escalate shortages: they go to the pre-S&OP with a name, and no longer block the supply signature."""

from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.gates import ESCALATED
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, WaiverRow
from onenumber.store.plans import find_cycle


def run(context: Context, *, subject: str, reason: str, cycle: str = "") -> Outcome:
    """Escalate every shortage with this cause (a resource, a vendor, an item, the firm period) to the pre-S&OP.

    Raises:
        NotAllowedError: if the person may not.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("escalate", phase=Phase(now.phase))
    WaiverRow.objects.create(
        plan=context.plan, cycle=now, code=ESCALATED, subject=subject, person=context.actor.person, reason=reason,
        at=context.now,
    )  # fmt: skip
    what = {"subject": subject, "reason": reason}
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="escalate",
        what=what,
    )  # fmt: skip
    return Outcome(step="escalate", figures={"subject": subject})


STEP = Step(
    name="escalate",
    verb="escalate",
    phase=Phase.SUPPLY,
    says="Escalate a shortage to the pre-S&OP.",
    run=run,
    arguments=(
        Argument(name="subject", doc="Its cause: a resource, vendor, item or the firm period.", positional=True),
        Argument(name="reason", doc="Why it goes up."),
        CYCLE,
    ),
)
