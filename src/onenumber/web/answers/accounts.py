"""Key accounts, as their page shows them."""

from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.briefs import briefs_shown
from onenumber.steps.see.cycle import cycle_bar
from onenumber.web.accounts.model import AccountsPage
from onenumber.web.act.model import Ask, Choice, Way
from onenumber.web.answers.frame import framed

ASKED = (
    Ask(name="text", kind="text", needed=True),
    Ask(name="urgent", kind="text", needed=True, choices=(Choice(value="no"), Choice(value="yes"))),
)


def accounts(context: Glance, cycle: str) -> AccountsPage:
    """The key accounts of a cycle.

    Raises:
        NotAllowedError: if the person does not read them.
    """
    bar = cycle_bar(context, cycle)
    shown = briefs_shown(context, bar.cycle)
    ways = {one.customer: _ways(one.customer) for one in shown.accounts if one.hers}
    return AccountsPage(frame=framed(context, bar), shown=shown, ways=ways)


def _ways(customer: str) -> tuple[Way, ...]:
    return (
        Way(step="brief", given={"customer": customer, "how": "news"}, asked=ASKED),
        Way(step="brief", given={"customer": customer, "how": "none"}),
    )
