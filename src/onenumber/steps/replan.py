"""Plan again as decided: one run with all decisions together makes the final plan, a child of Decision."""

from dataclasses import dataclass, replace

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import OptionMovedError
from onenumber.model.finding import Value
from onenumber.model.sheet import Sheet, SheetKind, SheetState
from onenumber.review.make import make_review
from onenumber.review.papers.carried import carried_table
from onenumber.review.papers.decision import DECISIONS, chosen, decided_sheet, kept_table
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import is_late, take_defaults
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.planning import ground_of, in_force, solved, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.models import Cycle, DecisionRow, SheetVersion
from onenumber.store.plans import find_cycle
from onenumber.supply.differences import Difference

LATE = "_late"
"""How the way of a decision ends that was taken after its paper's deadline."""


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the Decision as decided, the final SupplyPlan, and the Review of that plan.

    Raises:
        NoSheetError: if no papers were prepared.
        OptionMovedError: if a decision was taken on other papers, where its letter meant something else.
        DecisionsClashError: if two decisions contradict each other.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("replan", phase=Phase(now.phase))
    reader = Reader(context, now)
    papers = reader.need(SheetKind.DECISION, "papers")
    take_defaults(context, now)
    decisions = _decisions(context, reader, papers)
    withdrawn, before = reader.withdrawn(), in_force(reader, now)
    held = [one for one in before if one.paper not in withdrawn]
    changes = Changes(
        taken=chosen(papers, decisions, [one.now for one in held]),
        withdrawn=frozenset(one.paper for one in before) & withdrawn,
    )
    how = Written(step="replan", deputy_for=grant.deputy_for)
    made = decided_sheet(papers, decisions, carried_table(held))
    decision = write(context, now, made, pins=reader, how=replace(how, stage="decided"))
    final = _write_final(context, now, changes, how)
    review = _write_review(context, now, how)
    figures = {**final.notes, "papers": len(decisions), **_named(context, review)}
    return Outcome(step="replan", versions=(decision, final, review), figures=figures)


def _named(context: Context, review: SheetVersion) -> dict[str, Value]:
    """The papers whose effect differs by more than 10 % from what they promised."""
    kept = context.versions.get(review.content).table("kept")
    return {"papers_changed": ", ".join(kept.filter("changed")["paper"].to_list()) or "none"}


def _decisions(context: Context, reader: Reader, papers: Sheet) -> pl.DataFrame:
    """What was decided on the papers that are on the table."""
    known = papers.table("papers")["paper"].to_list()
    held = [row for row in reader.decisions() if row.paper in known]
    for row in held:
        shown = context.versions.get(row.papers_hash)
        if row.option and _meaning(shown, row) != _meaning(papers, row):
            raise OptionMovedError(person=row.person, paper=row.paper, option=row.option)
    taken = [(row.paper, row.option, row.person, f"{row.how}{LATE if is_late(context, row) else ''}") for row in held]
    return pl.DataFrame(taken, schema=DECISIONS, orient="row")


def _meaning(papers: Sheet, row: DecisionRow) -> list[str]:
    mine = papers.table("options").filter((pl.col("paper") == row.paper) & (pl.col("option") == row.option))
    return mine["difference"].to_list()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How the final plan differs from the proposed one: what was taken, and papers of before that were withdrawn."""

    taken: tuple[Difference, ...]
    withdrawn: frozenset[str]


def _write_final(context: Context, cycle: Cycle, changes: Changes, how: Written) -> SheetVersion:
    reader = Reader(context, cycle)
    reader.version(SheetKind.DECISION, "decided")
    base = reader.need(SheetKind.SUPPLY_PLAN, "proposed")
    inputs = supply_inputs(
        reader, cycle, differences=changes.taken, withdrawn=changes.withdrawn, stage="final", base=base
    )
    sheet = _undecided(reader, base) if not changes.taken and not changes.withdrawn else None
    if sheet is None:
        sheet, _ = solved(inputs)
    repeatable = bool(sheet.notes["repeatable"])
    how = replace(how, stage="final", state=SheetState.DRAFT, repeatable=repeatable)
    return write(context, cycle, sheet, pins=reader, how=how)


def _undecided(reader: Reader, proposed: Sheet) -> Sheet | None:
    """Where nothing was decided the proposed plan is the final one: the same inputs give the same bits."""
    version = reader.version(SheetKind.SUPPLY_PLAN, "proposed")
    if version is None or version.stale_because:
        return None
    return replace(proposed, notes={**proposed.notes, "stage": "final"})


def _write_review(context: Context, cycle: Cycle, how: Written) -> SheetVersion:
    """The review of the final plan, with what the papers promised beside what it gives."""
    reader = Reader(context, cycle)
    ground, final = ground_of(reader, cycle), reader.need(SheetKind.SUPPLY_PLAN, "final")
    base, decided = reader.need(SheetKind.SUPPLY_PLAN, "proposed"), reader.need(SheetKind.DECISION, "decided")
    made, _ = make_review(plan=final, ground=ground, last_published=reader.last(SheetKind.PUBLISHED_PLAN))
    kept = kept_table(decided=decided, base=base, final=final, ground=ground)
    sheet = replace(made, tables={**made.tables, "kept": kept})
    return write(context, cycle, sheet, pins=reader, how=replace(how, stage="final"))


STEP = Step(
    name="replan",
    verb="replan",
    phase=Phase.EXEC,
    says="Plan again with all decisions together.",
    run=run,
    arguments=(CYCLE,),
)
