"""Weigh the options of one conflict: each is a whole plan, re-solved with one difference, and nothing of it is decided.

Of the plan nothing changes: what was weighed is kept by its content, and the pages of conflicts show it side by side.
"""

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import NothingToWeighError
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.papers.candidates import candidates
from onenumber.review.papers.decision import decision_sheet
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.planning import ground_of, in_force, solved_papers, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome
from onenumber.store.plans import find_cycle


def run(context: Context, *, cause: str, cycle: str = "") -> Outcome:
    """Solve the plan under each option of the conflicts of one cause.

    Raises:
        NotAllowedError: if the person may not.
        NoSheetError: if there is no review.
        NothingToWeighError: if the Review has no conflict of that cause, or nothing to choose about it.
    """
    now = find_cycle(context.plan, cycle)
    context.permit("weigh", phase=Phase(now.phase))
    reader = Reader(context, now)
    review, base = reader.need(SheetKind.REVIEW), reader.need(SheetKind.SUPPLY_PLAN, "proposed")
    ground = ground_of(reader, now)
    conflicts = review.table("conflicts").filter(pl.col("cause") == cause)
    about = Sheet(kind=SheetKind.REVIEW, tables={"conflicts": conflicts})
    held = [one.now for one in in_force(reader, now)]
    papers = candidates(review=about, plan=base, ground=ground, in_force=held)
    if not papers:
        why = "there is nothing to choose" if len(conflicts) else "no conflict of the review has this cause"
        raise NothingToWeighError(cause=cause, why=why)
    inputs = supply_inputs(reader, now, base=base)
    sheet = decision_sheet(papers=papers, base=base, solved=solved_papers(context, inputs, papers), ground=ground)
    version = reader.version(SheetKind.SUPPLY_PLAN, "proposed")
    return Outcome(
        step="weigh",
        figures={
            "cause": cause, "options": len(sheet.table("options")), "weighed": context.versions.put(sheet),
            "base": version.content if version is not None else "",
        },
    )  # fmt: skip


STEP = Step(
    name="weigh",
    verb="weigh",
    phase=Phase.RECONCILE,
    says="Weigh the options of a conflict, without deciding anything.",
    run=run,
    arguments=(Argument(name="cause", doc="Its cause, as resource|L1 or vendor|V08.", positional=True), CYCLE),
)
