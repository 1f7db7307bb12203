"""Conflicts of a Review: what each puts at risk, and the plans under each option of it side by side."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.review import NoSuchConflictError
from onenumber.model.axis import SEPARATOR
from onenumber.model.finding import Finding
from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.review.ground import Ground
from onenumber.review.naming import place_name
from onenumber.review.told import is_nothing
from onenumber.review.words import conflict_finding
from onenumber.rights.ask import may, refused_reading
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.decisions import BUDGET
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.see.broken import BrokenLine, broken_of
from onenumber.steps.see.cannot import CannotLine, cannot_lines
from onenumber.steps.see.escalated import WentUp, escalated
from onenumber.steps.see.options import Weighed, options_of
from onenumber.steps.see.papers import Taken, taken_in
from onenumber.store.models import Cycle, Job, JobState

CHOICE = ("resource", "cell", "vendor")
"""Kinds of causes about which there may be something to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """A conflict: what it says, what it puts at risk in currency, who owns it until when, and the paper about it.

    ``cause`` is what stands in the way, empty where it is none of the plan, and ``cause_name`` what that is called;
    ``owner`` is a name; ``taken`` is what became of its paper, or of its budget line.
    """

    conflict: str
    code: str
    cause: str
    cause_name: str
    says: Finding
    money: float | None
    penalty: float
    owner: str
    deadline: dt.date | None
    paper: str
    taken: Taken | None = None

    @property
    def may_have_options(self) -> bool:
        """Whether its cause is of a kind about which something may be chosen."""
        return self.cause.partition(SEPARATOR)[0] in CHOICE and SEPARATOR in self.cause


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsShown:
    """The conflicts of a Review, the most severe first; ``sheet`` is its number, empty where none was made yet.

    ``due`` is the day until which it is made, ``made`` the day on which it was; ``decided``: its papers are decided,
    and the plan is another now. ``broken``
    are the months that orders since the freeze break, and ``cannot`` what plants cannot make of the plan: no frozen
    sheet knows of either. ``escalated`` went up to the pre-S&OP, also before there is a Review.
    """

    cycle: str
    currency: str
    sheet: str
    due: dt.date
    made: dt.date | None
    weighs: bool
    prepares: bool
    lines: tuple[ConflictLine, ...]
    broken: tuple[BrokenLine, ...] = ()
    cannot: tuple[CannotLine, ...] = ()
    escalated: tuple[WentUp, ...] = ()
    decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictShown:
    """One conflict, the others of its cause, and the options: of the paper about it, or as somebody weighed them.

    ``by`` weighed them, on a plan that was made again since where ``old``.
    """

    shown: ConflictsShown
    line: ConflictLine
    alike: tuple[ConflictLine, ...]
    options: tuple[Weighed, ...]
    recommended: str
    by: str = ""
    old: bool = False


def conflicts_shown(context: Context, label: str = "") -> ConflictsShown:
    """The conflicts of a cycle, the newest if none is named, to who reads the costs of the whole company.

    Raises:
        NotAllowedError: if she does not.
    """
    if not reads_papers(context.actor):
        reason = "only who reads the costs of the whole company may"
        raise refused_reading(context.actor, "see conflicts", figure=Figure.COST, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    version, phase, frame = look.version(SheetKind.REVIEW, cycle), Phase(cycle.phase), look.frame(cycle)
    lines: tuple[ConflictLine, ...] = ()
    if version is not None:
        ground, papers = _ground(look, cycle), _papers(look, cycle)
        about = {row["conflict"]: row["paper"] for row in papers.iter_rows(named=True)}
        subjects = {row["subject"]: row["paper"] for row in papers.iter_rows(named=True)}
        names = look.names()
        rows = [
            row for row in look.versions.get(version.content).table("conflicts").iter_rows(named=True)
            if row["conflict"] in about or _is_told(row, ground)
        ]  # fmt: skip
        found, taken = (_line(row, ground, names, about, subjects) for row in rows), taken_in(look, cycle)
        lines = tuple(replace(one, taken=taken.get(one.paper or _budget_line(one.cause))) for one in found)
    return ConflictsShown(
        cycle=cycle.label, currency=frame.currency, sheet=str(version.pk) if version is not None else "",
        due=due_day(look, cycle, "prepare"),
        weighs=may(look.actor, "weigh", phase=phase), prepares=may(look.actor, "prepare", phase=phase), lines=lines,
        broken=broken_of(look, cycle), cannot=cannot_lines(look, cycle), escalated=escalated(look, cycle),
        decided=(SheetKind.DECISION, "decided") in look.made(cycle),
        made=look.day_of(version.made_at) if version is not None else None,
    )  # fmt: skip


def conflict_shown(context: Context, label: str, conflict: str) -> ConflictShown:
    """One conflict of a cycle with its options side by side.

    Raises:
        NotAllowedError: if she does not read the costs of the whole company.
        NoSuchConflictError: if the Review has none of that name.
    """
    look = glance(context)
    shown = conflicts_shown(look, label)
    line = next((one for one in shown.lines if one.conflict == conflict), None)
    if line is None:
        raise NoSuchConflictError(conflict=conflict, cycle=shown.cycle)
    alike = tuple(one for one in shown.lines if one.cause == line.cause and one is not line and line.may_have_options)
    cycle = look.cycle(label)
    if line.paper:
        sheet = look.sheet(SheetKind.DECISION, cycle, "papers")
        if sheet is not None:
            options, best = options_of(sheet, line.paper, _ground(look, cycle))
            return ConflictShown(shown=shown, line=line, alike=alike, options=options, recommended=best)
    job = _weighed(look, cycle, line.cause)
    if job is None:
        return ConflictShown(shown=shown, line=line, alike=alike, options=(), recommended="")
    figures = _figures(job)
    sheet = look.versions.get(str(figures["weighed"]))
    paper = str(sheet.table("papers")["paper"][0])
    options, best = options_of(sheet, paper, _ground(look, cycle))
    now = look.version(SheetKind.SUPPLY_PLAN, cycle, "proposed")
    return ConflictShown(
        shown=shown, line=line, alike=alike, options=options, recommended=best,
        by=look.names().get(job.person, job.person),
        old=now is None or now.content != figures.get("base"),
    )  # fmt: skip


def _ground(look: Glance, cycle: Cycle) -> Ground:
    return Ground(company=look.company(cycle), load={}, frame=look.frame(cycle), cycle=cycle.index)


def _papers(look: Glance, cycle: Cycle) -> pl.DataFrame:
    sheet = look.sheet(SheetKind.DECISION, cycle, "papers")
    wanted = {"paper": pl.String, "conflict": pl.String, "subject": pl.String}
    return sheet.table("papers").select(*wanted) if sheet is not None else pl.DataFrame(schema=wanted)


def _is_told(row: Mapping[str, Any], ground: Ground) -> bool:
    """Whether a conflict is one on a page: of an item by more than rounds to nothing in its unit."""
    item = str(row["subject"]).partition(SEPARATOR)[0]
    return row["quantity"] is None or item not in ground.digits or not is_nothing(row["quantity"], ground.digits[item])


def _line(
    row: Mapping[str, Any], ground: Ground, names: Mapping[str, str], about: Mapping[str, str],
    subjects: Mapping[str, str],
) -> ConflictLine:  # fmt: skip
    cause = row["cause"] or ""
    paper = about.get(row["conflict"]) or subjects.get(cause.partition(SEPARATOR)[2], "")
    money = row["money_at_risk"]
    return ConflictLine(
        conflict=row["conflict"], code=row["code"], cause=cause,
        cause_name=place_name(cause.partition(SEPARATOR)[2], ground.names), says=conflict_finding(row, ground),
        money=None if money is None else in_currency(money, decimals=ground.decimals),
        penalty=in_currency(row["penalty"] or 0, decimals=ground.decimals),
        owner=names.get(row["owner"], row["owner"] or ""), deadline=row["deadline"], paper=paper,
    )  # fmt: skip


def _budget_line(cause: str) -> str:
    """The name by which the executive decides on a budget line; empty for any other cause.

    Example:
        >>> _budget_line("budget|revenue|GAR"), _budget_line("resource|L1")
        ('budget:revenue:GAR', '')
    """
    kind, _, line = cause.partition(SEPARATOR)
    return f"{BUDGET}{line.replace(SEPARATOR, ':')}" if kind == BUDGET.rstrip(":") else ""


def _weighed(look: Glance, cycle: Cycle, cause: str) -> Job | None:
    """The last time that somebody weighed the options of a cause in a cycle, if what came of it is still kept."""
    rows = Job.objects.filter(plan=look.plan, step="weigh", state=JobState.DONE).order_by("-pk")
    for job in rows:
        same = job.arguments.get("cause") == cause and job.arguments.get("cycle") == cycle.label
        if same and look.versions.has(str(_figures(job).get("weighed", ""))):
            return job
    return None


def _figures(job: Job) -> Mapping[str, object]:
    figures = (job.result or {}).get("figures")
    return figures if isinstance(figures, dict) else {}
