"""Let somebody in: a sign-in where she has none, and a link by which she chooses a password."""

from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.logins import link_of, opened, somebody_of
from onenumber.steps.frame.writing import Outcome


def run(context: Context, *, who: str) -> Outcome:
    """Open a person's sign-in, made where she has none, and make the link by which she chooses a password.

    Her password, her sessions and earlier links end; nobody but she ever knows the new password. The link is in the
    outcome only, so it is shown once: ``number`` and ``token`` of the address.

    Raises:
        NotAllowedError: if who asks keeps no sign-ins.
        BadArgumentError: if it is none of the company's people.
    """
    context.permit("keep_logins", phase=Phase.DATA)
    account = opened(context, somebody_of(context.plan, STEP.name, who))
    return Outcome(step=STEP.name, figures={"login": account.login, "number": account.pk, "token": link_of(account)})


STEP = Step(
    name="login",
    verb="keep_logins",
    phase=None,
    says="Let somebody in: make a link, good once and for three days, by which a person chooses a password.",
    run=run,
    arguments=(Argument(name="who", doc="Key of the person who is to sign in.", positional=True),),
)
