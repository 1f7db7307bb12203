"""Sign-ins, as their page shows them and as it asks the steps for them."""

from onenumber.steps.frame.glance import Glance, plainly
from onenumber.steps.registry import STEPS
from onenumber.steps.see.logins import LoginShown, logins_shown
from onenumber.web.answers.frame import frame
from onenumber.web.frame.model import Seen
from onenumber.web.logins.model import NewLink


def logins(context: Glance) -> Seen[tuple[LoginShown, ...]]:
    """Everybody of the plan."""
    shown = logins_shown(context)
    return Seen(frame=frame(context, ""), shown=shown)


def let_in(context: Glance, who: str) -> NewLink:
    """A sign-in and its link, by the step."""
    made = STEPS["login"].run(plainly(context), who=who).figures
    return NewLink(login=str(made["login"]), number=int(str(made["number"])), token=str(made["token"]))


def close(context: Glance, who: str) -> None:
    """A sign-in closed, by the step."""
    STEPS["close-login"].run(plainly(context), who=who)
