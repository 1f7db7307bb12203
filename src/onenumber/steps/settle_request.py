"""Answer a request about an order: it is corrected, or it is not and why."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.order_lines import OUTCOMES
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import OrderRequest, RequestAnswer
from onenumber.store.plans import find_cycle, hold


def run(context: Context, *, request: int, outcome: str, text: str, cycle: str = "") -> Outcome:
    """Append the answer to a request, which goes back to who asked.

    Raises:
        NotAllowedError: if the person may not answer for the order desk.
        BadArgumentError: if there is no such request, it is answered already, or the answer says nothing.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("settle_request", phase=Phase(now.phase))
    check_words("settle-request", "text", text, reason="say in a sentence what was done; the salesperson reads it")
    with transaction.atomic():
        hold(now)
        row = OrderRequest.objects.filter(plan=context.plan, pk=request).first()
        answered = row is not None and row.answers.exists()
        if row is None or answered:
            reason = "it is answered already" if answered else "there is no such request"
            raise BadArgumentError(step="settle-request", argument="request", value=request, reason=reason)
        RequestAnswer.objects.create(
            plan=context.plan, cycle=now, request=row, outcome=outcome, text=text, person=context.actor.person,
            deputy_for=grant.deputy_for, at=context.now,
        )  # fmt: skip
    return Outcome(step="settle-request", figures={"request": request, "outcome": outcome})


STEP = Step(
    name="settle-request",
    verb="settle_request",
    phase=None,
    says="Answer a request about an order.",
    run=run,
    arguments=(
        Argument(name="request", doc="Number of the request.", kind="integer", positional=True),
        Argument(name="outcome", doc="What became of it.", choices=OUTCOMES),
        Argument(name="text", doc="In a sentence."),
        CYCLE,
    ),
)
