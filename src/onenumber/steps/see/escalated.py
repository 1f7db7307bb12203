"""What went up to the pre-S&OP: which shortages were escalated, by whom, and what became of each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.cycle.phases import Blocker
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.plants import paper_of
from onenumber.review.told import told_short
from onenumber.steps.frame.called import called
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.gates import CANNOT, ESCALATED, WITHOUT_PAPER, causes_in
from onenumber.steps.frame.glance import Glance, rows_in
from onenumber.steps.frame.plants import conflicts_of
from onenumber.steps.see.month_changes import UP, went_up
from onenumber.steps.see.papers import Taken, taken_in
from onenumber.store.models import AuditRow, Cycle, PlantAnswer, WaiverRow

Short = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Who let something go on without a paper, on which day, and why."""

    who: str
    day: dt.date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WentUp:
    """A cause that was escalated, by its key and ``name``: who let it go up and when, and how much is short by it.

    ``streams`` counts the items of customers that it keeps short from ``first`` to ``last``, labels of months; none
    where the plan does not say it. ``paper`` asks about it, and ``taken`` became of that; ``passed`` let it go on
    without one. ``due`` is the day until which papers are prepared, None once they are.
    """

    code: str
    subject: str
    name: str
    who: str
    day: dt.date
    streams: int
    first: str
    last: str
    due: dt.date | None
    paper: str
    taken: Taken | None
    passed: Passed | None


def escalated(look: Glance, cycle: Cycle) -> tuple[WentUp, ...]:
    """What was escalated to the pre-S&OP of a cycle and still stands, in its order: for who plans the whole company."""
    rows = [row for row in rows_in(look, WaiverRow, cycle) if row.struck_at is None]
    if not any(row.code in (ESCALATED, CANNOT) for row in rows):
        return ()
    up = went_up(AuditRow.objects.filter(plan=look.plan, verb=UP, at__gte=cycle.opened_at))
    newest = {(row.code, row.subject): row for row in rows if (row.person, row.at, row.subject) in up}
    blockers = [Blocker(code=code, subject=subject, role="OWN") for code, subject in newest]
    names = {one.subject: one.name for one in called(look, cycle, blockers)}
    passed = {row.subject: row for row in rows if row.code == WITHOUT_PAPER}
    prepared = (SheetKind.DECISION, "papers") in look.made(cycle)
    due = None if prepared else due_day(look, cycle, "prepare")
    short, papers, taken, people = _short(look, cycle), _papers(look, cycle), taken_in(look, cycle), look.names()
    found = []
    for (code, subject), row in newest.items():
        paper, (streams, first, last) = papers.get((code, subject), ""), short.get(subject, (0, "", ""))
        found.append(
            WentUp(
                code=code, subject=subject, name=names.get(subject, ""), who=people.get(row.person, row.person),
                day=look.day_of(row.at), streams=streams, first=first, last=last, due=due, paper=paper,
                taken=taken.get(paper), passed=_passed(look, passed.get(subject), people),
            )
        )  # fmt: skip
    return tuple(found)


def _passed(look: Glance, row: WaiverRow | None, people: Mapping[str, str]) -> Passed | None:
    if row is None:
        return None
    return Passed(who=people.get(row.person, row.person), day=look.day_of(row.at), why=row.reason)


def _short(look: Glance, cycle: Cycle) -> dict[str, Short]:
    """How many items of customers the proposed plan keeps short by each cause, and from when to when."""
    plan = look.sheet(SheetKind.SUPPLY_PLAN, cycle, "proposed")
    if plan is None:
        return {}
    period = pl.col("period")
    told = told_short(plan.table("shortages"), look.company(cycle)["items"])
    table = told.group_by(causes_in(cycle).alias("cause")).agg(
        pl.col("stream").n_unique(), period.min().alias("first"), period.max().alias("last")
    )  # fmt: skip
    calendar = look.frame(cycle).calendar
    return {cause: (n, calendar[first].label, calendar[last].label) for cause, n, first, last in table.iter_rows()}


def _papers(look: Glance, cycle: Cycle) -> dict[tuple[str, str], str]:
    """The papers on the table, by the code and the subject of what they ask about."""
    sheet = look.sheet(SheetKind.DECISION, cycle, "papers")
    if sheet is None:
        return {}
    rows = sheet.table("papers").select("subject", "paper").iter_rows()
    found = {(ESCALATED, subject): paper for subject, paper in rows}
    known, calendar = set(found.values()), look.frame(cycle).calendar
    plants = conflicts_of(look, cycle) if look.has(PlantAnswer, cycle) else {}
    for subject, one in plants.items():
        paper = paper_of(one.limit, calendar=calendar, cycle=cycle.index)
        if paper in known:
            found[CANNOT, subject] = paper
    return found
