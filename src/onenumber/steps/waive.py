"""Let a blocker pass, with a reason and a name."""

from onenumber.cycle.phases import NEVER_WAIVED, Phase
from onenumber.errors.cycle import CannotWaiveError
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, WaiverRow
from onenumber.store.plans import find_cycle


def run(context: Context, *, code: str, subject: str, reason: str, cycle: str = "") -> Outcome:
    """Waive one blocker of the cycle.

    Raises:
        NotAllowedError: if the person may not.
        CannotWaiveError: if it stands for a signature or a decision, or no reason is given.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("waive", phase=Phase(now.phase))
    _refuse(code, subject, reason)
    WaiverRow.objects.create(
        plan=context.plan, cycle=now, code=code, subject=subject, person=context.actor.person, reason=reason,
        at=context.now,
    )  # fmt: skip
    what = {"code": code, "subject": subject, "reason": reason}
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="waive",
        what=what,
    )  # fmt: skip
    return Outcome(step="waive", figures={"code": code, "subject": subject})


def _refuse(code: str, subject: str, reason: str) -> None:
    said = code.replace("_", " ")
    if code in NEVER_WAIVED:
        why = "it stands for somebody's name, and only she can give it"
        raise CannotWaiveError(subject=subject, blocker=said, reason=why)
    if not reason.strip():
        raise CannotWaiveError(subject=subject, blocker=said, reason="a waiver needs a reason")


STEP = Step(
    name="waive",
    verb="waive",
    phase=None,
    says="Let a blocker pass, with a reason.",
    run=run,
    arguments=(
        Argument(name="code", doc="Code of the blocker.", positional=True),
        Argument(name="subject", doc="What it is about.", positional=True),
        Argument(name="reason", doc="Why it may pass."),
        CYCLE,
    ),
)
