"""Plan again as decided: one run with all decisions together makes the final plan, a child of Decision."""

from dataclasses import replace

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import Sheet, SheetKind, SheetState
from onenumber.review.make import make_review
from onenumber.review.papers.decision import DECISIONS, chosen, decided_sheet, kept_table
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.gates import undecided
from onenumber.steps.frame.planning import ground_of, solved, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.models import Cycle, DecisionRow, SheetVersion
from onenumber.store.plans import find_cycle

DEADLINE = "deadline"
"""Who decides when nobody did: the default of the paper takes effect and is logged as such."""


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the Decision as decided, the final SupplyPlan, and the Review of that plan.

    Raises:
        NoSheetError: if no papers were prepared.
        DecisionsClashError: if two decisions contradict each other.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("replan", phase=Phase(now.phase))
    papers = Reader(context, now).need(SheetKind.DECISION, "papers")
    _default(context, now, papers)
    decisions = _decisions(now, papers)
    how = Written(step="replan", deputy_for=grant.deputy_for)
    decision = _write_decision(context, now, papers, decisions, how)
    final = _write_final(context, now, papers, decisions, how)
    review = _write_review(context, now, how)
    return Outcome(step="replan", versions=(decision, final, review), figures={**final.notes, "papers": len(decisions)})


def _default(context: Context, cycle: Cycle, papers: Sheet) -> None:
    """Papers past their deadline without a decision take their default."""
    late = papers.table("papers").filter(
        pl.col("paper").is_in(list(undecided(context, cycle))) & (pl.col("deadline") < context.now.date())
    )
    for row in late.iter_rows(named=True):
        DecisionRow.objects.create(
            plan=context.plan, cycle=cycle, paper=row["paper"], option=row["default_option"], how="defaulted",
            papers_hash="", person=DEADLINE, at=context.now,
        )  # fmt: skip


def _decisions(cycle: Cycle, papers: Sheet) -> pl.DataFrame:
    """The newest word on each paper; a withdrawn one is open again."""
    wanted = ("paper", "option", "person", "how")
    rows = {row[0]: row for row in DecisionRow.objects.filter(cycle=cycle).order_by("pk").values_list(*wanted)}
    known = papers.table("papers")["paper"].to_list()
    held = [row for paper, row in sorted(rows.items()) if paper in known and row[3] != "withdrawn"]
    return pl.DataFrame(held, schema=DECISIONS, orient="row")


def _write_decision(
    context: Context, cycle: Cycle, papers: Sheet, decisions: pl.DataFrame, how: Written
) -> SheetVersion:
    reader = Reader(context, cycle)
    reader.version(SheetKind.DECISION, "papers")
    return write(context, cycle, decided_sheet(papers, decisions), pins=reader, how=replace(how, stage="decided"))


def _write_final(context: Context, cycle: Cycle, papers: Sheet, decisions: pl.DataFrame, how: Written) -> SheetVersion:
    reader = Reader(context, cycle)
    reader.version(SheetKind.DECISION, "decided")
    inputs = supply_inputs(reader, cycle, differences=chosen(papers, decisions), stage="final")
    sheet, _ = solved(inputs)
    repeatable = bool(sheet.notes["repeatable"])
    how = replace(how, stage="final", state=SheetState.DRAFT, repeatable=repeatable)
    return write(context, cycle, sheet, pins=reader, how=how)


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
