"""Take an emergency back that was named between meetings, while nobody has decided it."""

from django.db import transaction

from onenumber.cycle.emergencies import OPEN, TAKEN_BACK
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.rights.ask import Thing, check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument, Step, check_words
from onenumber.steps.frame.urgent import NO, Urgent, authors_of, log, standing_now, take_lapsed, urgents
from onenumber.steps.frame.voices import refuse_ended
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import Plan, UrgentPaper
from onenumber.store.plans import both_names, find_cycle


def run(context: Context, *, paper: str, reason: str) -> Outcome:
    """Withdraw the paper of an emergency: by who named it, or a deputy, with a reason that who was told of it reads.

    It stays in the log with its price; the plan in force stands. Before a meeting ``emergency`` with 0 does the same.

    Raises:
        NotAllowedError: if another named it.
        BadArgumentError: if there is no such paper, or no reason.
        EmergencyEndedError: if it is decided, was taken back already, or its 48 hours have passed.
    """
    phase = Phase(find_cycle(context.plan).phase)
    check_role(context.actor, "take_back", phase=phase)
    one = _paper(context, paper)
    asked = one.row.emergency
    thing = Thing(
        answering=tuple(sorted(authors_of(one.row))), named=True,
        owner=both_names(context.names(), asked.person, asked.deputy_for),
    )  # fmt: skip
    grant = context.permit("take_back", phase=phase, thing=thing)
    check_words("take-back", "reason", reason, reason="who was told of it will read why")
    take_lapsed(context)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        refuse_ended(urgents(context, [one.row])[0])
        log(
            context, one.row, option=NO, how=TAKEN_BACK, person=context.actor.person, rationale=reason,
            deputy_for=grant.deputy_for,
        )  # fmt: skip
    return Outcome(step="take-back", figures={"paper": paper, "by": context.under(grant)})


def _paper(context: Context, paper: str) -> Urgent:
    rows = UrgentPaper.objects.filter(plan=context.plan, paper=paper).select_related("emergency", "papers", "cycle")
    found = urgents(context, rows)
    if not found:
        open_ = ", ".join(one.row.paper for one in standing_now(context) if one.state == OPEN) or "none"
        why = f"no emergency between meetings is called so; open are: {open_}"
        raise BadArgumentError(step="take-back", argument="paper", value=paper, reason=why)
    return found[0]


STEP = Step(
    name="take-back",
    verb="take_back",
    phase=None,
    says="Take an emergency back that waits for its decision.",
    run=run,
    arguments=(
        Argument(name="paper", doc="Key of its paper.", positional=True),
        Argument(name="reason", doc="Why it is not wanted any more."),
    ),
)
