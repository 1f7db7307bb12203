"""Emergencies between meetings: their papers, where each stands, and what of them is in force."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from onenumber.cycle.emergencies import LAPSED, roles_asked, stands, still_asked
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import NoPlanInForceError
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.carried import InForce
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import DEADLINE
from onenumber.steps.frame.in_force import amended
from onenumber.steps.frame.reading import move_of
from onenumber.store.manifest import latest
from onenumber.store.models import AuditRow, Cycle, DecisionRow, Plan, SheetVersion, UrgentPaper, UrgentVoice
from onenumber.store.plans import current_cycle, cycle_before

URGENT = "urgent:"
"""How the paper of an emergency between meetings begins."""
YES, NO = "A", "B"
"""Its options: more comes, or what was released and no more."""
AT_MEETING = (Phase.SUPPLY, Phase.RECONCILE)
"""Phases in which an emergency goes to the executive meeting that is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The cycle whose plan is in force between meetings and that plan; periods by calendar index.

    Months before ``since`` are over; up to ``until`` no meeting plans any more before they begin.
    """

    cycle: Cycle
    plan: SheetVersion
    since: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """A paper between meetings, where it stands, and the decision on it (None while it is open, or not yet logged).

    ``voices`` is what was said of it so far, where two decide it together.
    """

    row: UrgentPaper
    state: str
    decision: DecisionRow | None
    voices: tuple[UrgentVoice, ...] = ()

    @property
    def is_yes(self) -> bool:
        """Whether more comes."""
        return self.decision is not None and self.decision.option == YES

    @property
    def said(self) -> dict[str, str]:
        """The option that each role said which spoke."""
        return {one.role: one.option for one in self.voices}

    @property
    def asked(self) -> tuple[str, ...]:
        """The roles whose word it asks for."""
        return roles_asked(self.row.role, self.said)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Of those the ones who did not say it yet."""
        return still_asked(self.row.role, self.said)


def is_urgent(paper: str) -> bool:
    """Whether it is the paper of an emergency between meetings.

    Example:
        >>> is_urgent("urgent:2026-05-E1:A1@P1"), is_urgent("2026-05-L1")
        (True, False)
    """
    return paper.startswith(URGENT)


def between(context: Context, newest: Cycle) -> Between | None:
    """The plan that an emergency named now would amend; None where it goes to the meeting of the newest cycle.

    Raises:
        NoPlanInForceError: if none is published.
    """
    if newest.phase in AT_MEETING:
        return None
    own = latest(context.plan, SheetKind.PUBLISHED_PLAN, cycle=newest)
    cycle = newest if own is not None else cycle_before(newest)
    plan = amended(context, SheetKind.PUBLISHED_PLAN, cycle) if cycle is not None else None
    if cycle is None or plan is None:
        raise NoPlanInForceError(cycle=newest.label)
    today = context.frame(newest).calendar.index_of(context.today)
    return Between(cycle=cycle, plan=plan, since=today, until=newest.index + 1 if own is not None else newest.index)


def urgents(context: Context, rows: Iterable[UrgentPaper]) -> tuple[Urgent, ...]:
    """Papers between meetings with where each stands now."""
    papers = list(rows)
    names = [row.paper for row in papers]
    voices = tuple(UrgentVoice.objects.filter(plan=context.plan, paper__paper__in=names).order_by("pk"))
    taken = {one.paper: one for one in DecisionRow.objects.filter(plan=context.plan, paper__in=names).order_by("pk")}
    return tuple(
        Urgent(
            row=row, decision=taken.get(row.paper), voices=tuple(one for one in voices if one.paper_id == row.pk),
            state=stands(
                how=taken[row.paper].how if row.paper in taken else "", expires_at=row.expires_at, now=context.now
            ),
        )
        for row in papers
    )  # fmt: skip


def urgents_around(context: Context, cycle: Cycle) -> tuple[Urgent, ...]:
    """Those that amend the plan of a cycle or of the one before it, in their order: what its pages show."""
    before = cycle_before(cycle)
    cycles = [one.pk for one in (before, cycle) if one is not None]
    rows = UrgentPaper.objects.filter(plan=context.plan, cycle__in=cycles)
    return urgents(context, rows.select_related("emergency", "papers", "made", "cycle").order_by("pk"))


def standing_now(context: Context) -> tuple[Urgent, ...]:
    """Those that nobody decided yet, lapsed ones included."""
    rows = (
        UrgentPaper.objects.filter(plan=context.plan)
        .select_related("emergency", "papers", "made", "cycle")
        .order_by("pk")
    )
    return tuple(one for one in urgents(context, rows) if one.decision is None)


def authors_of(row: UrgentPaper) -> frozenset[str]:
    """Who named it, and for whom."""
    return frozenset({row.emergency.person, row.emergency.deputy_for} - {""})


def take_lapsed(context: Context) -> tuple[str, ...]:
    """Log the default of each paper between meetings whose time passed without a decision; those papers."""
    late = [one for one in standing_now(context) if one.state == LAPSED]
    if not late:
        return ()
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        still = [one for one in urgents(context, [one.row for one in late]) if one.state == LAPSED]
        for one in still:
            log(context, one.row, option=NO, how="defaulted", person=DEADLINE)
    return tuple(one.row.paper for one in still)


def log(  # noqa: PLR0913 - the fields of a decision (domain.md 8.3)
    context: Context, row: UrgentPaper, *, option: str, how: str, person: str, rationale: str = "", deputy_for: str = ""
) -> DecisionRow:
    """Append what was decided on a paper between meetings, in the cycle whose meetings are held now."""
    made = DecisionRow.objects.create(
        plan=context.plan, cycle=current_cycle(context.plan) or row.cycle, paper=row.paper, option=option, how=how,
        person=person, papers_hash=row.papers.content, deputy_for=deputy_for, rationale=rationale, at=context.now,
    )  # fmt: skip
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=person, deputy_for=deputy_for, verb="decide",
        what={"paper": row.paper, "option": option, "how": how},
    )  # fmt: skip
    return made


def amends_ahead(context: Context, cycle: Cycle) -> tuple[InForce, ...]:
    """What was decided between meetings for the first month of a cycle after its data were frozen.

    What was decided before came with the data: it was released since, and would come twice.
    """
    before, frozen = cycle_before(cycle), context.version(SheetKind.LOAD, cycle)
    if before is None or frozen is None:
        return ()
    rows = UrgentPaper.objects.filter(cycle=before, emergency__period=cycle.index).select_related("emergency")
    return tuple(
        InForce(paper=one.row.paper, option=YES, decided_by=one.decision.person, difference=move, now=move)
        for one in urgents(context, rows.order_by("pk"))
        if one.is_yes and one.decision is not None and one.decision.at > frozen.made_at
        for move in (move_of(one.row.emergency),)
    )
