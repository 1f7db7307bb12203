"""Sign a sheet: the name under what the month's meetings agreed."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import RULES, SignatureRule, ToSign, check_signature, last_signature, rule_of
from onenumber.errors.store import NoSheetError
from onenumber.model.sheet import SheetState
from onenumber.model.sheet_names import sheet_said
from onenumber.steps.frame.absent import standing_in
from onenumber.steps.frame.called import called
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.gates import signature_blockers, signatures_on
from onenumber.steps.frame.reading import maker_of
from onenumber.steps.frame.unchanged import unchanged_plan
from onenumber.steps.frame.writing import Outcome
from onenumber.store.manifest import authors_of, latest, set_state
from onenumber.store.models import AuditRow, Cycle, Plan, SheetVersion, SignatureRow
from onenumber.store.plans import find_cycle, names_of


def run(context: Context, *, verb: str, cycle: str = "") -> Outcome:
    """Put a signature on the hash of the newest sheet that the verb is for.

    Where the signer and her deputy stay away, her superior signs from a working day after it was due.

    Raises:
        NotAllowedError: if the person may not.
        CannotSignError: if it must not be given (stale, own work, out of order, something is open).
        NoSheetError: if there is nothing to sign.
    """
    rule = rule_of(verb)
    now = find_cycle(context.plan, cycle)
    grant = standing_in(context, now, verb).permit(verb, phase=Phase(now.phase))
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)  # nothing becomes stale while it is signed
        version = _newest(context, now, rule)
        _check(context, now, rule, version, deputy_for=grant.deputy_for)
        SignatureRow.objects.create(
            plan=context.plan, cycle=now, sheet=version, verb=verb, sheet_hash=version.content,
            person=context.actor.person, deputy_for=grant.deputy_for, at=context.now,
        )  # fmt: skip
        if verb == last_signature(rule.kind, rule.stage):
            set_state(version, SheetState.SIGNED)
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb=verb,
            what={"sheet": str(version), "content": version.content},
        )  # fmt: skip
    figures = {"signed": rule.meaning, "by": context.under(grant), "sheet": version.content[:12]}
    told = unchanged_plan(context, now) if verb in ("sign_review", "approve_final") else ()
    return Outcome(step="sign", versions=(version,), figures=figures, findings=told)


def _newest(context: Context, cycle: Cycle, rule: SignatureRule) -> SheetVersion:
    version = latest(context.plan, rule.kind, cycle=cycle, stage=rule.stage)
    if version is None:
        raise NoSheetError(
            kind=sheet_said(rule.kind, rule.stage), cycle=cycle.label, step=maker_of(rule.kind, rule.stage)
        )
    return version


def _check(context: Context, cycle: Cycle, rule: SignatureRule, version: SheetVersion, *, deputy_for: str) -> None:
    sheet = ToSign(
        sheet=version.content, stale_because=version.stale_because, repeatable=version.repeatable,
        authors=authors_of(version), called=names_of(context.plan),
    )  # fmt: skip
    check_signature(
        rule, sheet=sheet, names=frozenset({context.actor.person, deputy_for} - {""}), given=signatures_on(version),
        blockers=called(context, cycle, signature_blockers(context, cycle, rule.verb)),
    )  # fmt: skip


STEP = Step(
    name="sign",
    verb="sign_demand",
    names_verb=lambda arguments: str(arguments["verb"]),
    phase=None,
    says="Sign a sheet.",
    run=run,
    arguments=(
        Argument(name="verb", doc="Which signature.", choices=tuple(r.verb for r in RULES), positional=True),
        CYCLE,
    ),
)
