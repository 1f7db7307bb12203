"""Let somebody in no longer: her sign-in is closed, and what she typed and signed stays."""

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.logins import closed, login_of, somebody_of
from onenumber.steps.frame.writing import Outcome

NONE = "there is no sign-in of theirs that is open"
OWN = "it is your own, and nobody would be there to let you in; another administrator closes it"


def run(context: Context, *, who: str) -> Outcome:
    """Close a person's sign-in; she is out with her next click. `login` opens it again.

    Raises:
        NotAllowedError: if who asks keeps no sign-ins.
        BadArgumentError: if it is none of the company's people, nothing is open, or it is one's own.
    """
    context.permit("keep_logins", phase=Phase.DATA)
    account = login_of(context.plan, somebody_of(context.plan, STEP.name, who))
    if account is None or not account.is_active:
        raise BadArgumentError(step=STEP.name, argument="who", value=who, reason=NONE)
    if account.person == context.actor.person:
        raise BadArgumentError(step=STEP.name, argument="who", value=who, reason=OWN)
    closed(context, account)
    return Outcome(step=STEP.name, figures={"login": account.login})


STEP = Step(
    name="close-login",
    verb="keep_logins",
    phase=None,
    says="Close somebody's sign-in: sessions, password and link end, and what was typed and signed stays.",
    run=run,
    arguments=(Argument(name="who", doc="Key of the person who is to sign in no longer.", positional=True),),
)
