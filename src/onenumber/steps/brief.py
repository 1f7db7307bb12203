"""Say what is new with a key account, or confirm that nothing is."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.rights.ask import Grant, Thing, check_role
from onenumber.steps.frame.accounts import Account, key_accounts, speaks_of
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import BriefRow, Cycle
from onenumber.store.plans import find_cycle, hold

NEWS, NOTHING = "news", "none"
YES, NO = "yes", "no"


def run(context: Context, *, customer: str, how: str, text: str = "", urgent: str = NO, cycle: str = "") -> Outcome:
    """Append the word of a cycle on a key account; the newest stands, and what stood before it is kept.

    Raises:
        NotAllowedError: if the account lies in no patch of the person's.
        BadArgumentError: if there is no such key account, news says nothing, or there is none and it says something.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, "brief", phase=Phase(now.phase))
    account = _account(context, now, customer)
    grant = _permit(context, now, account)
    _check_text(how, text, urgent)
    with transaction.atomic():
        hold(now)
        BriefRow.objects.create(
            plan=context.plan, cycle=now, customer=customer, text=text.strip(), urgent=urgent == YES,
            person=context.actor.person, deputy_for=grant.deputy_for, at=context.now,
        )  # fmt: skip
    return Outcome(step="brief", figures={"customer": customer, "how": how, "by": context.under(grant)})


def _account(context: Context, cycle: Cycle, customer: str) -> Account:
    known = key_accounts(context, cycle)
    found = next((one for one in known if one.customer == customer), None)
    if found is None:
        mine = [one.customer for one in known if speaks_of(context.actor, one, Phase(cycle.phase))]
        reason = f"it is none of your key accounts: {', '.join(mine) or 'you have none'}"
        raise BadArgumentError(step="brief", argument="customer", value=customer, reason=reason)
    return found


def _permit(context: Context, cycle: Cycle, account: Account) -> Grant:
    """The grant under which she speaks of it: over the first of its patches that is hers."""
    phase, patches = Phase(cycle.phase), account.patches or ("",)
    things = [Thing(patch=patch) for patch in patches]
    hers = (
        one for one in things if speaks_of(context.actor, Account(customer="", name="", patches=(one.patch,)), phase)
    )
    return context.permit("brief", phase=phase, thing=next(hers, things[0]))


def _check_text(how: str, text: str, urgent: str) -> None:
    if how == NEWS:
        check_words("brief", "text", text, reason="say what is new in a sentence; the executive reads it")
    elif text.strip() or urgent == YES:
        value, argument = (text, "text") if text.strip() else (urgent, "urgent")
        raise BadArgumentError(step="brief", argument=argument, value=value, reason="without news there is none")


STEP = Step(
    name="brief",
    verb="brief",
    phase=None,
    says="Say what is new with a key account, or that nothing is.",
    run=run,
    arguments=(
        Argument(name="customer", doc="The key account.", positional=True),
        Argument(name="how", doc="Is there news, or none?", choices=(NEWS, NOTHING), positional=True),
        Argument(name="text", doc="The news in a sentence.", required=False),
        Argument(name="urgent", doc="Must the executive know today?", choices=(YES, NO), required=False),
        CYCLE,
    ),
)
