"""Answer a change request: it becomes an edit of the team's layer, or is refused with a sentence."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.rights.ask import Thing, check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.submissions import refuse_signed
from onenumber.steps.frame.typing import Asked, type_all
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, ChangeAnswer, ChangeRow, Cycle, EditRow
from onenumber.store.plans import find_cycle, hold, person_name

TAKEN, REFUSED = "taken", "refused"
LAYER = "L2M"
"""Nobody writes in another's layer: what the leader takes stands in hers."""


def run(context: Context, *, change: int, decision: str, reason: str, cycle: str = "") -> Outcome:
    """Append the answer to a change request; taken, it is typed in the team's layer with who asked and why.

    After the demand was signed it can only be refused: what is signed moves by re-opening Demand.

    Raises:
        NotAllowedError: if its patch is not in the person's organisation.
        BadArgumentError: if there is no such request, or it was answered, or nothing is said.
        DemandSignedError: if it is to be taken while the demand is signed.
        ConsensusError: if it cannot be split.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, "resolve", phase=Phase(now.phase))
    check_words("resolve", "reason", reason, reason="who asked for it will read why")
    with transaction.atomic():
        hold(now)
        row = _asked(now, change)
        grant = context.permit("resolve", phase=Phase(now.phase), thing=Thing(patch=row.patch))
        _check_open(row)
        edit = _typed(context, now, row) if decision == TAKEN else None
        ChangeAnswer.objects.create(
            plan=context.plan, change=row, taken=decision, reason=reason, edit=edit, person=context.actor.person,
            deputy_for=grant.deputy_for, at=context.now,
        )  # fmt: skip
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="resolve",
            what={"change": change, "decision": decision, "reason": reason},
        )  # fmt: skip
    moved = {"sequence": edit.sequence} if edit is not None else {}
    return Outcome(step="resolve", figures={"change": change, "decision": decision, **moved})


def _asked(cycle: Cycle, change: int) -> ChangeRow:
    row = ChangeRow.objects.filter(cycle=cycle, pk=change).first()
    if row is None:
        why = "there is no such request in this cycle"
        raise BadArgumentError(step="resolve", argument="change", value=change, reason=why)
    return row


def _check_open(row: ChangeRow) -> None:
    """Asked after the right: whose request it is not learns nothing of what became of it."""
    if ChangeAnswer.objects.filter(change=row).exists():
        raise BadArgumentError(step="resolve", argument="change", value=row.pk, reason="it was answered")


def _typed(context: Context, cycle: Cycle, row: ChangeRow) -> EditRow:
    refuse_signed(cycle)
    who = person_name(context.plan, row.person) or row.person
    label = context.frame(cycle).calendar[row.first].label
    asked = Asked(
        place=row.place, mode=row.mode, value=row.value, first=label, periods=row.periods,
        reason=f"change request of {who}: {row.reason}",
    )  # fmt: skip
    return type_all(context, layer=LAYER, asked=[asked], seen=None, rest=False, cycle=cycle.label)[0].row


STEP = Step(
    name="resolve",
    verb="resolve",
    phase=Phase.DEMAND,
    says="Answer a change request.",
    run=run,
    arguments=(
        Argument(name="change", doc="Number of the change request.", kind="integer", positional=True),
        Argument(
            name="decision", doc="Taken into the team's layer, or not.", choices=(TAKEN, REFUSED), positional=True
        ),
        Argument(name="reason", doc="Why."),
        CYCLE,
    ),
)
