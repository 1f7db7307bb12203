"""Where each patch stands in the sales window."""

from django.db import transaction

from onenumber.consensus.collect import PatchState
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import WrongStateError
from onenumber.rights.ask import Thing
from onenumber.steps.frame.context import Context
from onenumber.store.models import AuditRow, Cycle, Layer, Plan, SubmissionRow

FOLLOWS = {
    PatchState.SUBMITTED: (PatchState.OPEN, PatchState.RETURNED),
    PatchState.RETURNED: (PatchState.SUBMITTED, PatchState.ACCEPTED),
    PatchState.ACCEPTED: (PatchState.SUBMITTED,),
    PatchState.DEFAULTED: (PatchState.OPEN, PatchState.RETURNED),
}
"""Which state each state may follow."""


def states(cycle: Cycle) -> dict[str, PatchState]:
    """The last state of each patch that has one; every other is open."""
    rows = SubmissionRow.objects.filter(cycle=cycle).order_by("pk").values_list("patch", "state")
    return {patch: PatchState(state) for patch, state in rows}


def move(context: Context, cycle: Cycle, patch: str, *, to: PatchState, verb: str, note: str = "") -> SubmissionRow:
    """Append a patch's next state.

    Raises:
        NotAllowedError: if the person may not.
        WrongStateError: if the patch does not stand where this may follow.
    """
    grant = context.permit(verb, phase=Phase(cycle.phase), thing=Thing(patch=patch))
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        stands = states(cycle).get(patch, PatchState.OPEN)
        if stands not in FOLLOWS[to]:
            raise WrongStateError(what=f"Patch {patch}", state=stands.value, wanted=to.value)
        sequence = Layer.objects.filter(cycle=cycle, code="L2").order_by("-pk").values_list("last_sequence", flat=True)
        row = SubmissionRow.objects.create(
            plan=context.plan, cycle=cycle, patch=patch, state=to.value, person=context.actor.person,
            edits_until=sequence.first() or 0, note=note, at=context.now,
        )  # fmt: skip
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb=verb,
            what={"patch": patch},
        )  # fmt: skip
    return row
