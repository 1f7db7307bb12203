"""Write down what a meeting agreed that somebody does, by when."""

import datetime as dt

from django.db import transaction

from onenumber.cycle.meetings import MEETINGS
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import ActionRow, AuditRow
from onenumber.store.plans import find_cycle


def run(context: Context, *, meeting: str, what: str, who: str, due: dt.date, cycle: str = "") -> Outcome:
    """Append an action; it waits for its owner on My month until it is done.

    Raises:
        NotAllowedError: if the person may not.
        BadArgumentError: if it says nothing, is due in the past, or its owner is nobody of the company.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("agree_action", phase=Phase(now.phase))
    check_words("action", "what", what, reason="say in a sentence what is done; its owner reads it")
    names = context.names()
    if who not in names:
        reason = "an action has one owner, by key"
        raise BadArgumentError(step="action", argument="who", value=who, reason=reason)
    if due < context.today:
        raise BadArgumentError(step="action", argument="due", value=due, reason=f"it is {context.today} or later")
    with transaction.atomic():
        row = ActionRow.objects.create(
            plan=context.plan, cycle=now, meeting=meeting, text=what, owner=who, due=due, person=context.actor.person,
            deputy_for=grant.deputy_for, at=context.now,
        )  # fmt: skip
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for,
            verb="agree_action", what={"action": row.pk, "meeting": meeting, "owner": who, "due": str(due)},
        )  # fmt: skip
    return Outcome(step="action", figures={"action": row.pk, "owner": names[who], "due": str(due)})


STEP = Step(
    name="action",
    verb="agree_action",
    phase=None,
    says="Write down an action of a meeting.",
    run=run,
    arguments=(
        Argument(name="meeting", doc="Which meeting agreed it.", choices=tuple(MEETINGS), positional=True),
        Argument(name="what", doc="What is done, in a sentence."),
        Argument(name="who", doc="Who does it."),
        Argument(name="due", doc="By when.", kind="date"),
        CYCLE,
    ),
)
