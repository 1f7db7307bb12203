"""Make the review: what goes wrong in the plan, ranked by money at risk, and where the year will land."""

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind, SheetState
from onenumber.review.make import make_review
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.planning import ground_of, no_longer
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.plans import find_cycle


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the Review sheet of the signed supply plan; it waits for the chair's signature.

    Raises:
        NoSheetError: if there is no supply plan.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("review", phase=Phase(now.phase))
    reader = Reader(context, now)
    plan = reader.need(SheetKind.SUPPLY_PLAN, "proposed")
    last = reader.last(SheetKind.PUBLISHED_PLAN)
    sheet, findings = make_review(plan=plan, ground=ground_of(reader, now), last_published=last)
    how = Written(step="review", state=SheetState.DRAFT, deputy_for=grant.deputy_for)
    made = write(context, now, sheet, pins=reader, how=how)
    return Outcome(step="review", versions=(made,), figures=sheet.notes, findings=(*no_longer(reader, now), *findings))


STEP = Step(
    name="review",
    verb="review",
    phase=Phase.RECONCILE,
    says="Make the review of the plan.",
    run=run,
    arguments=(CYCLE,),
)
