"""Re-open an earlier phase, or the present one that is signed.

Its signatures and waivers and all later ones are struck through; the last published plan stays in force.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from onenumber.cycle.gates import NEEDED
from onenumber.cycle.phases import Phase, reopened
from onenumber.cycle.signatures import RULES, rule_of
from onenumber.model.finding import Finding, Severity
from onenumber.model.sheet import SheetKind
from onenumber.model.sheet_names import sheet_said
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.writing import Outcome
from onenumber.store.manifest import newest_in, unsigned
from onenumber.store.models import Cycle, PhaseChange, SignatureRow, WaiverRow
from onenumber.store.plans import both_names, find_cycle, hold, names_of


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
    given = SignatureRow.objects.filter(cycle=found, struck_at=None).order_by("pk")
    struck = reopened(now, to, signed=given.filter(verb__in=[r.verb for r in RULES if r.phase is to]).exists())
    verbs = [rule.verb for rule in RULES if rule.phase in struck]
    with transaction.atomic():
        held = hold(found)
        standing = given.filter(verb__in=verbs)
        rows = list(standing.select_related("sheet"))
        unsigned([row.sheet for row in rows])
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
        findings=(*_struck(rows, names_of(context.plan)), *_to_make_again(held, to)),
    )


def _struck(rows: Sequence[SignatureRow], names: Mapping[str, str]) -> list[Finding]:
    if not rows:
        return []
    said = [f"“{rule_of(row.verb).meaning}” by {both_names(names, row.person, row.deputy_for)}" for row in rows]
    values = {"signatures": ", ".join(said)}
    return [Finding(code="reopened_struck", severity=Severity.NOTE, values=values)]


def _to_make_again(cycle: Cycle, to: Phase) -> list[Finding]:
    """The sheets of later phases: they are made from those of the phase that is open again."""
    made = newest_in(cycle)
    later = [one for phase in Phase if phase.place > to.place for one in NEEDED.get(phase, ())]
    sheets = [sheet_said(kind, stage) for kind, stage, _ in later if (SheetKind(kind), stage) in made]
    if not sheets:
        return []
    values = {"phase": to.shown, "sheets": ", ".join(sheets)}
    return [Finding(code="reopened_stale", severity=Severity.NOTE, values=values)]


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
