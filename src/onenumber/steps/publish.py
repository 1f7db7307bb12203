"""Publish the plan of record: what everyone asked, is promised, and why not more."""

from dataclasses import replace

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import Sheet, SheetKind, SheetState, dated_notes
from onenumber.review.papers.carried import carried_in
from onenumber.review.papers.decision import DECISIONS
from onenumber.review.publish import make_published
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import is_line
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.planning import ground_of
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.plans import find_cycle


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the PublishedPlan from the approved final plan; it never changes again.

    Raises:
        NoSheetError: if there is no final plan.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("publish", phase=Phase(now.phase))
    reader = Reader(context, now)
    ground = ground_of(reader, now)
    sheet = make_published(
        final_plan=reader.need(SheetKind.SUPPLY_PLAN, "final"),
        decision=_with_lines(reader.need(SheetKind.DECISION, "decided"), reader),
        ground=ground,
    )
    how = Written(step="publish", state=SheetState.PUBLISHED, deputy_for=grant.deputy_for)
    made = write(context, now, sheet, pins=reader, how=how)
    return Outcome(step="publish", versions=(made,), figures=dated_notes(sheet.notes, ground.frame.calendar))


def _with_lines(decided: Sheet, reader: Reader) -> Sheet:
    """The decisions, those on budget lines included, which constrain no plan, and those of earlier cycles in force."""
    taken = [(r.paper, r.option, r.person, r.how) for r in reader.decisions() if is_line(r.paper)]
    lines = pl.DataFrame(taken, schema=DECISIONS, orient="row")
    held = carried_in(decided).select("paper", "option", "decided_by", pl.lit("in_force").alias("how"))
    every = pl.concat([decided.table("decisions"), held, lines])
    return replace(decided, tables={**decided.tables, "decisions": every})


STEP = Step(
    name="publish",
    verb="publish",
    phase=Phase.PUBLISH,
    says="Publish the plan of record.",
    run=run,
    arguments=(CYCLE,),
)
