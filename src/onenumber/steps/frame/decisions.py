"""Papers and what was decided on them: which are open, and which are open again because their figures moved."""

from dataclasses import dataclass

from onenumber.cycle.gates import Moved
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.papers.moved import moved
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.reading import standing
from onenumber.store.models import Cycle, DecisionRow
from onenumber.store.plans import names_of


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
    rows, today = standing(DecisionRow.objects.filter(cycle=cycle).order_by("pk")), context.now.date()
    return tuple(row for row in rows if row.until is None or row.until >= today)


def _moved(context: Context, row: DecisionRow, papers: Sheet) -> Moved | None:
    """A decision that was taken on other papers, if what it was taken on moved."""
    shown = context.versions.get(row.papers_hash)
    what = moved(shown=shown, now=papers, paper=row.paper, option=row.option)
    if not what:
        return None
    person = names_of(context.plan).get(row.person, row.person)
    return Moved(paper=row.paper, person=person, taken=row.option or row.how, what=what)
