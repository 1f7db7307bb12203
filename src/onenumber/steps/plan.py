"""Make the supply plan: what is made, bought and served, proven optimal, with the cause of every shortage."""

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetState
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.planning import solved, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.plans import find_cycle


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the proposed SupplyPlan from the consensus; it waits for the operations leader's signature.

    Raises:
        NoSheetError: if there is no consensus.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("plan", phase=Phase(now.phase))
    reader = Reader(context, now)
    sheet, findings = solved(supply_inputs(reader, now))
    how = Written(
        step="plan", state=SheetState.DRAFT, stage="proposed", deputy_for=grant.deputy_for,
        repeatable=bool(sheet.notes["repeatable"]),
    )  # fmt: skip
    made = write(context, now, sheet, pins=reader, how=how)
    return Outcome(step="plan", versions=(made,), figures=sheet.notes, findings=findings)


STEP = Step(
    name="plan",
    verb="plan",
    phase=Phase.SUPPLY,
    says="Make the supply plan.",
    run=run,
    arguments=(CYCLE,),
)
