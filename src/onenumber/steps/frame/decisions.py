"""Papers and what was decided on them: which are open, and which are open again because their figures moved."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl
from django.db import transaction

from onenumber.cycle.gates import Moved
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.papers.moved import moved, moved_line
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import rows_in
from onenumber.steps.frame.reading import standing
from onenumber.store.models import AuditRow, Cycle, DecisionRow, Plan, SheetVersion
from onenumber.store.plans import both_names

DEADLINE = "deadline"
"""Who decides when nobody did: the default of the paper takes effect and is logged as such."""


BUDGET = "budget:"
"""How the paper of a budget line out of tolerance begins."""
ACCEPTED = "decided"
"""How a line is decided on that the executive lets land where it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The papers of a cycle that wait for the executive: those nobody decided, and those that moved since."""

    undecided: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()


def waiting(context: Context, cycle: Cycle) -> Papers:
    """Papers on the table without a decision, refusal, deferral or default that still holds."""
    papers = context.sheet(SheetKind.DECISION, cycle, "papers")
    known: list[str] = papers.table("papers")["paper"].to_list() if papers is not None else []
    if papers is None or not known:
        return Papers()
    rows = {row.paper: row for row in settled(context, cycle)}
    again = [_moved(context, rows[paper], papers) for paper in known if paper in rows]
    return Papers(
        undecided=tuple(paper for paper in known if paper not in rows),
        moved=tuple(one for one in again if one is not None),
    )


def settled(context: Context, cycle: Cycle) -> tuple[DecisionRow, ...]:
    """The decisions of a cycle that stand, without what went back to somebody whose day has passed."""
    rows, today = standing(rows_in(context, DecisionRow, cycle)), context.today
    return tuple(row for row in rows if row.until is None or row.until >= today)


def is_line(paper: str) -> bool:
    """Whether it is a budget line out of tolerance: accepting it constrains no plan, and it has no deadline."""
    return paper.startswith(BUDGET)


def accepted_lines(cycle: Cycle | None) -> frozenset[str]:
    """The papers of budget lines that the executive accepted in a cycle: what was refused or put off is none."""
    rows = DecisionRow.objects.filter(cycle=cycle, paper__startswith=BUDGET).order_by("pk")
    return frozenset(row.paper for row in standing(rows) if row.how == ACCEPTED)


def papers_about(context: Context, cycle: Cycle) -> dict[str, str]:
    """What each paper on the table is about, by its key: a line, an item at a site, a vendor."""
    papers = context.sheet(SheetKind.DECISION, cycle, "papers")
    rows = papers.table("papers").select("paper", "subject").iter_rows() if papers is not None else ()
    return {paper: subject for paper, subject in rows if subject}


def review_shown(context: Context, cycle: Cycle) -> SheetVersion | None:
    """The Review whose landing stands before the executive: that of the final plan once there is one."""
    return context.version(SheetKind.REVIEW, cycle, "final") or context.version(SheetKind.REVIEW, cycle)


def lines_moved(context: Context, cycle: Cycle, outside: Collection[str]) -> tuple[Moved, ...]:
    """Of the budget lines out of tolerance those that were decided and land elsewhere since."""
    now = review_shown(context, cycle)
    if now is None or not outside:
        return ()
    review = context.versions.get(now.content)
    again = [_line_moved(context, row, review) for row in settled(context, cycle) if row.paper in outside]
    return tuple(one for one in again if one is not None)


def _line_moved(context: Context, row: DecisionRow, review: Sheet) -> Moved | None:
    shown = context.versions.get(row.papers_hash) if row.papers_hash else None
    if shown is None or "landing" not in shown.tables:  # of an older version, which did not pin it
        return None
    _, account, place = row.paper.split(":", 2)
    return _again(context, row, moved_line(shown=shown, now=review, account=account, place=place))


def take_defaults(context: Context, cycle: Cycle) -> tuple[str, ...]:
    """Log the default of each paper whose deadline passed without a decision; the papers that it was taken for."""
    shown = context.version(SheetKind.DECISION, cycle, "papers")
    if shown is None:
        return ()
    past = context.versions.get(shown.content).table("papers").filter(pl.col("deadline") < context.today)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        nobody_did = past.filter(pl.col("paper").is_in(list(waiting(context, cycle).undecided)))
        for paper, option in nobody_did.select("paper", "default_option").iter_rows():
            DecisionRow.objects.create(
                plan=context.plan, cycle=cycle, paper=paper, option=option, how="defaulted", person=DEADLINE,
                papers_hash=shown.content, at=context.now,
            )  # fmt: skip
            AuditRow.objects.create(
                plan=context.plan, at=context.now, person=DEADLINE, verb="decide",
                what={"paper": paper, "option": option, "how": "defaulted"},
            )  # fmt: skip
    return tuple(nobody_did["paper"].to_list())


def is_late(context: Context, row: DecisionRow) -> bool:
    """Whether somebody decided a paper after the deadline that it named; a default only ever comes after it."""
    if is_line(row.paper):
        return False
    papers = context.versions.get(row.papers_hash).table("papers").filter(pl.col("paper") == row.paper)
    return row.person != DEADLINE and bool((papers["deadline"] < context.day_of(row.at)).any())


def _moved(context: Context, row: DecisionRow, papers: Sheet) -> Moved | None:
    """A decision that was taken on other papers, if what it was taken on moved."""
    shown = context.versions.get(row.papers_hash)
    return _again(context, row, moved(shown=shown, now=papers, paper=row.paper, option=row.option))


def _again(context: Context, row: DecisionRow, what: tuple[str, ...]) -> Moved | None:
    if not what:
        return None
    person = both_names(context.names(), row.person, row.deputy_for)
    return Moved(paper=row.paper, person=person, taken=row.option or row.how, what=what)
