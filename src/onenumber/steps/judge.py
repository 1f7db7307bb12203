"""Give a verdict on what does not look like the past: history is cleaned of it, stands as it is, or waits again."""

from collections.abc import Sequence

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.demand.anomalies import Anomaly
from onenumber.errors.steps import BadArgumentError
from onenumber.steps.frame.anomalies import CLEAN, KEEP, OPEN, anomalies_in, verdicts
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, VerdictRow
from onenumber.store.plans import find_cycle, hold


def run(context: Context, *, anomaly: str, decision: str, reason: str, cycle: str = "") -> Outcome:
    """Append a verdict; the one before it is taken back by it. Raw history never changes.

    The next forecast (or the next freeze) makes History from it: a correction that was judged, with its author.

    Raises:
        NotAllowedError: if the person may not.
        BadArgumentError: if there is no such anomaly, or nothing of it can be cleaned.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("judge", phase=Phase(now.phase))
    check_words("judge", "reason", reason, reason="next year somebody will ask why history was changed")
    found = next((one for one in anomalies_in(context, now) if one.key == anomaly), None)
    if found is None and anomaly not in verdicts(now):
        raise _bad(argument="anomaly", value=anomaly, reason="nothing of that name is found in history")
    deltas = _deltas(found, decision)
    with transaction.atomic():
        hold(now)
        VerdictRow.objects.create(
            plan=context.plan, cycle=now, anomaly=anomaly, taken=decision,
            item=found.item if found else "", customer=found.customer if found else "", deltas=deltas,
            person=context.actor.person, deputy_for=grant.deputy_for, reason=reason, at=context.now,
        )  # fmt: skip
        what = {"anomaly": anomaly, "decision": decision, "reason": reason}
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="judge",
            what=what,
        )  # fmt: skip
    moved = sum(delta for _, delta in deltas)
    return Outcome(step="judge", figures={"anomaly": anomaly, "decision": decision, "cleaned": moved})


def _deltas(found: Anomaly | None, decision: str) -> Sequence[tuple[int, float]]:
    if decision != CLEAN:
        return ()
    if found is None or not found.deltas:
        raise _bad(
            argument="decision", value=decision, reason="it is real demand, and cleaning it would hide it; keep it"
        )
    return found.deltas


def _bad(*, argument: str, value: str, reason: str) -> BadArgumentError:
    return BadArgumentError(step="judge", argument=argument, value=value, reason=reason)


STEP = Step(
    name="judge",
    verb="judge",
    phase=Phase.DEMAND,
    says="Clean history of an anomaly, or keep it.",
    run=run,
    arguments=(
        Argument(name="anomaly", doc="Key of the anomaly, as the workbench lists it.", positional=True),
        Argument(name="decision", doc="Is history cleaned of it?", choices=(CLEAN, KEEP, OPEN), positional=True),
        Argument(name="reason", doc="Why."),
        CYCLE,
    ),
)
