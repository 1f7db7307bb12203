"""Where each patch stands in the sales window."""

from collections.abc import Collection, Iterable

from django.db import transaction

from onenumber.consensus.collect import WITH_HER, PatchState
from onenumber.cycle.phases import Phase
from onenumber.errors.cycle import DemandSignedError
from onenumber.errors.steps import OwnSubmissionError, WrongStateError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Grant, Thing, may
from onenumber.steps.frame.context import Context
from onenumber.store.manifest import outdate
from onenumber.store.models import AuditRow, Cycle, Layer, Plan, SheetVersion, SignatureRow, SubmissionRow
from onenumber.store.plans import person_name

FOLLOWS = {
    PatchState.SUBMITTED: WITH_HER,
    PatchState.RETURNED: (PatchState.SUBMITTED, PatchState.ACCEPTED, PatchState.DEFAULTED),
    PatchState.ACCEPTED: (PatchState.SUBMITTED,),
    PatchState.DEFAULTED: WITH_HER,
}
"""Which state each state may follow."""


def states(cycle: Cycle, rows: Iterable[SubmissionRow] | None = None) -> dict[str, PatchState]:
    """The last state of each patch that has one; every other is open. ``rows``: those of the cycle, where known."""
    if rows is None:
        found = SubmissionRow.objects.filter(cycle=cycle.pk).order_by("pk").values_list("patch", "state")
        return {patch: PatchState(state) for patch, state in found}
    return {row.patch: PatchState(row.state) for row in rows}


def refuse_signed(cycle: Cycle) -> None:
    """Refuse whatever would move the demand while it is signed; a signature on what is stale holds nothing.

    Raises:
        DemandSignedError: naming who signed.
    """
    given = SignatureRow.objects.filter(cycle=cycle, verb="sign_demand", struck_at=None, sheet__stale_because="")
    signer = given.order_by("-pk").values_list("person", flat=True).first()
    if signer is not None:
        raise DemandSignedError(person=person_name(cycle.plan, signer) or signer, cycle=cycle.label)


def handed_in_by(cycle: Cycle, patch: str) -> frozenset[str]:
    """The names under the last submission of a patch: whose it is, and as a deputy also whom she stood in for."""
    row = SubmissionRow.objects.filter(cycle=cycle, patch=patch, state=PatchState.SUBMITTED.value).last()
    if row is None:
        return frozenset()
    written = AuditRow.objects.filter(plan=row.plan_id, verb="submit", person=row.person, at=row.at)
    deputies = written.filter(what={"patch": patch}).values_list("deputy_for", flat=True)
    return frozenset({row.person, *deputies} - {""})


def submitters(rows: Iterable[SubmissionRow]) -> dict[str, str]:
    """Who handed in each patch last, of the rows of a cycle."""
    return {row.patch: row.person for row in rows if row.state == PatchState.SUBMITTED.value}


def is_leaders(context: Context, patch: str, names: Collection[str]) -> bool:
    """Whether a sales leader of the patch is among these names: she would be the one to accept it."""
    held, thing = context.held(), Thing(patch=patch)
    return held is not None and any(may(held.actor(one), "accept", phase=Phase.DEMAND, thing=thing) for one in names)


def move(context: Context, cycle: Cycle, patch: str, *, to: PatchState, verb: str, note: str = "") -> SubmissionRow:
    """Append a patch's next state.

    Raises:
        NotAllowedError: if the person may not.
        WrongStateError: if the patch does not stand where this may follow.
        OwnSubmissionError: if it is to be accepted by who handed it in.
        DemandSignedError: if the demand is signed.
    """
    grant = context.permit(verb, phase=Phase(cycle.phase), thing=Thing(patch=patch))
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        refuse_signed(cycle)
        stands = states(cycle).get(patch, PatchState.OPEN)
        if stands not in FOLLOWS[to]:
            before = " or ".join(state.value for state in FOLLOWS[to])
            raise WrongStateError(what=f"Patch {patch}", state=stands.value, wanted=to.value, before=before)
        if to is PatchState.ACCEPTED:
            _refuse_own(context, cycle, patch, grant)
        sequence = Layer.objects.filter(cycle=cycle, code="L2").order_by("-pk").values_list("last_sequence", flat=True)
        row = SubmissionRow.objects.create(
            plan=context.plan, cycle=cycle, patch=patch, state=to.value, person=context.actor.person,
            edits_until=sequence.first() or 0, note=note, at=context.now,
        )  # fmt: skip
        if stands is PatchState.DEFAULTED:  # what stood in for its figure is in the sheet
            collected = SheetVersion.objects.filter(cycle=cycle, kind=SheetKind.SALES_INPUT.value)
            outdate(collected, f"patch {patch} was returned after it")
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb=verb,
            what={"patch": patch},
        )  # fmt: skip
    return row


def _refuse_own(context: Context, cycle: Cycle, patch: str, grant: Grant) -> None:
    """Author and approver of a figure are two people."""
    names = handed_in_by(cycle, patch)
    own = sorted(names & {context.actor.person, grant.deputy_for})
    if own:
        who = " and ".join(person_name(context.plan, one) or one for one in own)
        other = "The demand planner" if is_leaders(context, patch, names) else "The sales leader"
        raise OwnSubmissionError(patch=patch, person=who, other=other)
