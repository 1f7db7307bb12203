"""Choose what one is told of in the digest of a day, and whether by mail."""

from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import Least, MessageWish

YES, NO = "yes", "no"


def run(context: Context, *, least: str, by_mail: str) -> Outcome:
    """Append what who asks wishes to be told of from now on; it is nobody else's to choose.

    Raises:
        NotAllowedError: if she has no role in the company.
    """
    context.permit("choose_messages", phase=Phase.MONITOR)
    MessageWish.objects.create(
        plan=context.plan, person=context.actor.person, least=least, by_mail=by_mail == YES, at=context.now
    )
    return Outcome(step="messages", figures={"least": least, "by_mail": by_mail})


STEP = Step(
    name="messages",
    verb="choose_messages",
    phase=None,
    says="Choose what you are told of, and whether by mail.",
    run=run,
    arguments=(
        Argument(
            name="least",
            doc="What stops your work; also what waits for you or was decided; also all else that changed.",
            choices=tuple(Least.values),
            positional=True,
        ),
        Argument(name="by_mail", doc="Also by mail, where mail is set up.", choices=(YES, NO)),
    ),
)
