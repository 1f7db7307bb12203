"""What became of a shortage: who escalated it or let it pass, and what was decided about its paper."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.model.sheet import SheetKind
from onenumber.review.ground import Ground
from onenumber.review.papers.words import Change, change_in
from onenumber.steps.frame.decisions import settled
from onenumber.steps.frame.gates import ESCALATED
from onenumber.steps.frame.glance import Glance, rows_in
from onenumber.steps.see.around import reads_papers
from onenumber.steps.see.month_changes import UP, went_up
from onenumber.store.models import AuditRow, Cycle, WaiverRow
from onenumber.store.plans import both_names
from onenumber.supply.differences import from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Who took a shortage off the table of supply, and when; ``up``: to the pre-S&OP, else it was let pass."""

    by: str
    at: dt.datetime
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Where the paper of a shortage stands: open without ``at``; ``change`` is what was chosen, if anything was."""

    by: str
    at: dt.datetime | None
    change: Change | None


def passed_in(look: Glance, cycle: Cycle) -> Mapping[str, Passed]:
    """The shortages of a cycle that nothing waits for any more, by their cause."""
    rows = [row for row in rows_in(look, WaiverRow, cycle) if row.struck_at is None and row.code == ESCALATED]
    if not rows:
        return {}
    up, names = went_up(AuditRow.objects.filter(plan=look.plan, verb=UP, at__gte=cycle.opened_at)), look.names()
    return {
        row.subject: Passed(
            by=names.get(row.person, row.person), at=row.at, up=(row.person, row.at, row.subject) in up
        )
        for row in rows
    }  # fmt: skip


def decided_in(look: Glance, cycle: Cycle) -> Mapping[str, Decided]:
    """The papers of a cycle by the cause of what is short; none to who reads no papers."""
    sheet = look.sheet(SheetKind.DECISION, cycle, "papers") if reads_papers(look.actor) else None
    if sheet is None:
        return {}
    taken, names = {row.paper: row for row in settled(look, cycle)}, look.names()
    ground = Ground(company=look.company(cycle), load={}, frame=look.frame(cycle), cycle=cycle.index)
    rows = sheet.table("options").select("paper", "option", "difference").iter_rows()
    options = {(paper, option): text for paper, option, text in rows}
    found = {}
    for paper, subject in sheet.table("papers").select("paper", "subject").iter_rows():
        row = taken.get(paper)
        text = options.get((paper, row.option)) if row is not None else None
        found[subject] = Decided(
            by=both_names(names, row.person, row.deputy_for) if row is not None else "",
            at=row.at if row is not None else None,
            change=change_in(from_json(text), ground) if text is not None else None,
        )
    return found
