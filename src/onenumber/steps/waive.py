"""Let a blocker pass, with a reason and a name."""

from onenumber.cycle.phases import NEVER_WAIVED, Phase, Waived
from onenumber.errors.cycle import CannotWaiveError
from onenumber.files.names import plain
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.passing import let_pass
from onenumber.steps.frame.writing import Outcome
from onenumber.store.plans import find_cycle


def run(context: Context, *, code: str, subject: str, reason: str, cycle: str = "") -> Outcome:
    """Waive one blocker of the cycle.

    Raises:
        NotAllowedError: if the person may not.
        CannotWaiveError: if it stands for a signature or a decision, or no reason is given.
        NothingToPassError: if the phase waits for nothing of that code and subject.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("waive", phase=Phase(now.phase))
    wish = Waived(code=plain(code), subject=subject, person=context.actor.person, reason=reason)
    _refuse(wish)
    figures = let_pass(context, now, wish, verb="waive", deputy_for=grant.deputy_for)
    return Outcome(step="waive", figures={"code": wish.code, **figures})


def _refuse(wish: Waived) -> None:
    said = wish.code.replace("_", " ")
    if wish.code in NEVER_WAIVED:
        why = "it stands for somebody's name, and only she can give it"
        raise CannotWaiveError(subject=wish.subject, blocker=said, reason=why)
    if not wish.reason.strip():
        raise CannotWaiveError(subject=wish.subject, blocker=said, reason="a waiver needs a reason")


STEP = Step(
    name="waive",
    verb="waive",
    phase=None,
    says="Let a blocker pass, with a reason.",
    run=run,
    arguments=(
        Argument(name="code", doc="Code of the blocker, as status names it.", positional=True),
        Argument(name="subject", doc="What it is about, as status names it.", positional=True),
        Argument(name="reason", doc="Why it may pass."),
        CYCLE,
    ),
)
