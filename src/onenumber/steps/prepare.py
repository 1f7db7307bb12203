"""Prepare decision papers: every option on the table is a whole plan, re-solved with one difference."""

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.candidates import MOST_PAPERS
from onenumber.review.papers.decision import decision_sheet
from onenumber.review.papers.emergencies import emergencies
from onenumber.review.words import unpriced_finding
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.papers import moves_wished, papers_found
from onenumber.steps.frame.planning import ground_of, solved_papers, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.plans import find_cycle


def run(context: Context, *, also: str = "", cycle: str = "") -> Outcome:
    """Make the Decision sheet with its papers on the table: named emergencies, then those found.

    Of what is beyond seven papers those come too that ``also`` names, each by its key, with commas between, and so do
    maintenance moves, as ``2026-05-window-W1@2026-10``.

    Raises:
        BadDifferenceError: if a window may not go to that month.
        NoSheetError: if there is no review.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("prepare", phase=Phase(now.phase))
    reader = Reader(context, now)
    review = reader.need(SheetKind.REVIEW)
    base = reader.need(SheetKind.SUPPLY_PLAN, "proposed")
    ground = ground_of(reader, now)
    named = emergencies(reader.emergencies(), plan=base, ground=ground)
    rest = MOST_PAPERS - len(named)
    found = papers_found(reader, now, review=review, base=base, ground=ground)
    wished = {key.strip() for key in also.split(",")}
    moves = moves_wished(wished, now, base=base, ground=ground)
    papers = (*named, *found[:rest], *(one for one in found[rest:] if one.paper in wished), *moves)
    inputs = supply_inputs(reader, now, base=base)
    sheet = decision_sheet(papers=papers, base=base, solved=solved_papers(context, inputs, papers), ground=ground)
    how = Written(step="prepare", stage="papers", deputy_for=grant.deputy_for)
    made = write(context, now, sheet, pins=reader, how=how)
    why = unpriced_finding(sheet)
    return Outcome(step="prepare", versions=(made,), figures=sheet.notes, findings=() if why is None else (why,))


STEP = Step(
    name="prepare",
    verb="prepare",
    phase=Phase.RECONCILE,
    says="Put the decision papers on the table.",
    run=run,
    arguments=(
        Argument(name="also", doc="Papers beyond seven that come too, and moves, by their keys.", required=False),
        CYCLE,
    ),
)
