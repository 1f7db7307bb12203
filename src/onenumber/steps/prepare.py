"""Prepare decision papers: every option on the table is a whole plan, re-solved with one difference."""

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.papers.candidates import EVERY, MOST_PAPERS, candidates
from onenumber.review.papers.decision import decision_sheet
from onenumber.review.papers.emergencies import emergencies
from onenumber.review.papers.paper import Paper
from onenumber.review.words import unpriced_finding
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.planning import ground_of, in_force, solved_each, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.plans import find_cycle
from onenumber.supply.inputs import SupplyInputs


def run(context: Context, *, also: str = "", cycle: str = "") -> Outcome:
    """Make the Decision sheet with its papers on the table: named emergencies, then those from the Review.

    Of what is beyond seven papers those come too that ``also`` names, each by its key, with commas between.

    Raises:
        NoSheetError: if there is no review.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("prepare", phase=Phase(now.phase))
    reader = Reader(context, now)
    review = reader.need(SheetKind.REVIEW)
    base = reader.need(SheetKind.SUPPLY_PLAN, "proposed")
    ground = ground_of(reader, now)
    held = [one.now for one in in_force(reader, now)]
    named = emergencies(reader.emergencies(), plan=base, ground=ground)
    rest = MOST_PAPERS - len(named)
    found = candidates(review=review, plan=base, ground=ground, in_force=held, limit=EVERY)
    wished = {key.strip() for key in also.split(",")}
    papers = (*named, *found[:rest], *(one for one in found[rest:] if one.paper in wished))
    inputs = supply_inputs(reader, now, base=base)
    sheet = decision_sheet(papers=papers, base=base, solved=_solve(context, inputs, papers), ground=ground)
    how = Written(step="prepare", stage="papers", deputy_for=grant.deputy_for)
    made = write(context, now, sheet, pins=reader, how=how)
    why = unpriced_finding(sheet)
    return Outcome(step="prepare", versions=(made,), figures=sheet.notes, findings=() if why is None else (why,))


def _solve(context: Context, inputs: SupplyInputs, papers: tuple[Paper, ...]) -> dict[tuple[str, str], Sheet]:
    """The plan of every option but doing nothing, which is the proposed plan itself."""
    wanted = [(paper, option) for paper in papers for option in paper.options if not option.is_nothing]
    different = list(dict.fromkeys(option.difference for _, option in wanted))
    plans: list[Sheet] = []
    for plan in solved_each(context, inputs, different):
        plans.append(plan)
        context.progress(len(plans), len(different), f"solving the options of {len(papers)} papers")
    plan_of = dict(zip(different, plans, strict=True))
    return {(paper.paper, option.option): plan_of[option.difference] for paper, option in wanted}


STEP = Step(
    name="prepare",
    verb="prepare",
    phase=Phase.RECONCILE,
    says="Put the decision papers on the table.",
    run=run,
    arguments=(Argument(name="also", doc="Papers beyond seven that come too, by their keys.", required=False), CYCLE),
)
