"""Say that an action of a meeting is done."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.rights.actors import answering_for
from onenumber.rights.ask import Thing, check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import ActionDone, ActionRow, AuditRow
from onenumber.store.plans import find_cycle, person_name


def run(context: Context, *, action: int, note: str, cycle: str = "") -> Outcome:
    """Close an action, of whichever cycle: by its owner, her deputy or somebody above her.

    Raises:
        NotAllowedError: if the person does not answer for it.
        BadArgumentError: if there is no such action that is open, or nothing is said of it.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, "close_action", phase=Phase(now.phase))
    row = ActionRow.objects.filter(plan=context.plan, pk=action).first()
    if row is None:
        reason = "there is no such action; the meeting pages list them"
        raise BadArgumentError(step="done", argument="action", value=action, reason=reason)
    answering = answering_for(row.owner, company=context.company(now))
    thing = Thing(answering=answering, owner=person_name(context.plan, row.owner))
    grant = context.permit("close_action", phase=Phase(now.phase), thing=thing)
    check_words("done", "note", note, reason="say in a sentence what came of it; the next meeting reads it")
    with transaction.atomic():
        held = ActionRow.objects.select_for_update().get(pk=row.pk)
        if held.ends.exists():
            raise BadArgumentError(step="done", argument="action", value=action, reason="it is done already")
        ActionDone.objects.create(
            plan=context.plan, action=held, person=context.actor.person, deputy_for=grant.deputy_for, note=note,
            at=context.now,
        )  # fmt: skip
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for,
            verb="close_action", what={"action": held.pk, "note": note},
        )  # fmt: skip
    return Outcome(step="done", figures={"action": row.pk, "by": context.under(grant)})


STEP = Step(
    name="done",
    verb="close_action",
    phase=None,
    says="Say that an action of a meeting is done.",
    run=run,
    arguments=(
        Argument(name="action", doc="Its number, as the meeting page names it.", kind="integer", positional=True),
        Argument(name="note", doc="What came of it, in a sentence."),
        CYCLE,
    ),
)
