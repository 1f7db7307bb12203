"""Re-open an earlier phase, or the present one that is signed.

Its signatures and waivers and all later ones are struck through; the last published plan stays in force.
"""

from django.db import transaction

from onenumber.cycle.phases import Phase, reopened
from onenumber.cycle.signatures import RULES
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.writing import Outcome
from onenumber.store.manifest import unsigned
from onenumber.store.models import PhaseChange, SignatureRow, WaiverRow
from onenumber.store.plans import find_cycle, hold


def run(context: Context, *, phase: str, reason: str, cycle: str = "") -> Outcome:
    """Go back to ``phase``, with a reason that the struck signers will read.

    What was let pass from that phase on (waivers, escalations) was said of sheets that will be made again.

    Raises:
        BadArgumentError: if no reason is given.
        CannotReopenError: if the phase is not earlier and not signed, or the plan is published.
    """
    found = find_cycle(context.plan, cycle)
    now, to = Phase(found.phase), Phase(phase)
    context.permit("reopen", phase=now)
    check_words("reopen", "reason", reason, reason="say why; those who signed read it")
    given = SignatureRow.objects.filter(cycle=found, struck_at=None)
    struck = reopened(now, to, signed=given.filter(verb__in=[r.verb for r in RULES if r.phase is to]).exists())
    verbs = [rule.verb for rule in RULES if rule.phase in struck]
    with transaction.atomic():
        held = hold(found)
        standing = given.filter(verb__in=verbs)
        unsigned([row.sheet for row in standing.select_related("sheet")])
        count = standing.update(struck_at=context.now, struck_because=reason)
        passed = WaiverRow.objects.filter(cycle=held, phase__in=["", *struck], struck_at=None)
        waived = passed.update(struck_at=context.now, struck_because=reason)
        PhaseChange.objects.create(
            plan=context.plan, cycle=held, before=now, after=to, person=context.actor.person, reason=reason,
            at=context.now,
        )  # fmt: skip
        held.phase = to
        held.save(update_fields=["phase"])
    return Outcome(
        step="reopen",
        figures={"cycle": held.label, "phase": to.shown, "signatures_struck": count, "waivers_struck": waived},
    )


STEP = Step(
    name="reopen",
    verb="reopen",
    phase=None,
    says="Re-open an earlier phase, or strike what is signed in this one.",
    run=run,
    arguments=(
        Argument(
            name="phase",
            doc="Phase to go back to.",
            choices=tuple(p.value for p in Phase if p.place < Phase.PUBLISH.place),
            positional=True,
        ),
        Argument(name="reason", doc="Why; those who signed will read it."),
        CYCLE,
    ),
)  # fmt: skip
