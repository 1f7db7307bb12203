"""What went up to the pre-S&OP: which shortages were escalated, by whom, and what became of each."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from onenumber.cycle.phases import Blocker
from onenumber.model.sheet import SheetKind
from onenumber.review.told import told_short
from onenumber.steps.frame.called import called
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.gates import WITHOUT_PAPER, causes_in
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.causes import Passed, papers_about, passed_in
from onenumber.steps.see.papers import Taken
from onenumber.store.models import Cycle

Short = tuple[int, str, str]


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
    passed = passed_in(look, cycle)
    up = {cause: one for cause, one in passed.items() if one.up}
    if not up:
        return ()
    blockers = [Blocker(code=code, subject=subject, role="OWN") for code, subject in up]
    names = {one.subject: one.name for one in called(look, cycle, blockers)}
    prepared = (SheetKind.DECISION, "papers") in look.made(cycle)
    due = None if prepared else due_day(look, cycle, "prepare")
    short, papers = _short(look, cycle), papers_about(look, cycle)
    found = []
    for (code, subject), one in up.items():
        about, (streams, first, last) = papers.get((code, subject)), short.get(subject, (0, "", ""))
        found.append(
            WentUp(
                code=code, subject=subject, name=names.get(subject, ""), who=one.who, day=one.day, streams=streams,
                first=first, last=last, due=due, paper=about.paper if about is not None else "",
                taken=about.taken if about is not None else None, passed=passed.get((WITHOUT_PAPER, subject)),
            )
        )  # fmt: skip
    return tuple(found)


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
