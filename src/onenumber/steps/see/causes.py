"""Where a cause of shortages stands: who let it pass or escalated it, and which paper asks about it, settled or not."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.ground import Ground
from onenumber.review.papers.plants import paper_of
from onenumber.review.papers.words import Change, change_in
from onenumber.steps.frame.gates import CANNOT, ESCALATED
from onenumber.steps.frame.glance import Glance, rows_in
from onenumber.steps.frame.plants import conflicts_of
from onenumber.steps.see.month_changes import UP, went_up
from onenumber.steps.see.papers import Taken, taken_in
from onenumber.store.models import AuditRow, Cycle, PlantAnswer, WaiverRow
from onenumber.supply.differences import from_json

Cause = tuple[str, str]
"""The code of a blocker and its subject, as a waiver names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Who let a cause pass, on which day and why; ``up``: by escalating it to the pre-S&OP."""

    who: str
    day: dt.date
    why: str
    up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAbout:
    """The paper that asks about a cause: what became of it (None: it is open), and what the option taken changes."""

    paper: str
    taken: Taken | None
    change: Change | None


def passed_in(look: Glance, cycle: Cycle) -> Mapping[Cause, Passed]:
    """What was let pass in a cycle and still stands, each as it was last; what was escalated once, stays so.

    Who and when is everybody's to see; why is said among who plans the whole company.
    """
    rows = [row for row in rows_in(look, WaiverRow, cycle) if row.struck_at is None]
    if not rows:
        return {}
    up, people = went_up(AuditRow.objects.filter(plan=look.plan, verb=UP, at__gte=cycle.opened_at)), look.names()
    found: dict[Cause, Passed] = {}
    for row in rows:
        before, is_up = found.get((row.code, row.subject)), (row.person, row.at, row.subject) in up
        if before is None or is_up or not before.up:
            found[row.code, row.subject] = Passed(
                who=people.get(row.person, row.person), day=look.day_of(row.at),
                why=row.reason if look.actor.plans_all else "", up=is_up,
            )  # fmt: skip
    return found


def papers_about(look: Glance, cycle: Cycle) -> Mapping[Cause, PaperAbout]:
    """The papers on the table by the cause that each asks about: for who reads papers."""
    sheet = look.sheet(SheetKind.DECISION, cycle, "papers")
    if sheet is None:
        return {}
    taken = taken_in(look, cycle)
    changes = _changes(look, cycle, sheet, taken)
    return {
        cause: PaperAbout(paper=paper, taken=taken.get(paper), change=changes.get(paper))
        for cause, paper in _asking(look, cycle, sheet).items()
    }


def _asking(look: Glance, cycle: Cycle, sheet: Sheet) -> dict[Cause, str]:
    rows = sheet.table("papers").select("subject", "paper").iter_rows()
    found = {(ESCALATED, subject): paper for subject, paper in rows}
    known, calendar = set(found.values()), look.frame(cycle).calendar
    plants = conflicts_of(look, cycle) if look.has(PlantAnswer, cycle) else {}
    for subject, one in plants.items():
        paper = paper_of(one.limit, calendar=calendar, cycle=cycle.index)
        if paper in known:
            found[CANNOT, subject] = paper
    return found


def _changes(look: Glance, cycle: Cycle, sheet: Sheet, taken: Mapping[str, Taken]) -> dict[str, Change]:
    """What the options that were taken change, by paper; nothing of what was settled without one."""
    if not taken:
        return {}
    ground = Ground(company=look.company(cycle), load={}, frame=look.frame(cycle), cycle=cycle.index)
    rows = sheet.table("options").select("paper", "option", "difference").iter_rows()
    return {
        paper: change_in(from_json(text), ground)
        for paper, option, text in rows
        if paper in taken and taken[paper].option == option
    }
