"""The cycle bar: where the month stands, who holds the ball, and what blocks the gate."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from onenumber.consensus.collect import PatchState
from onenumber.cycle.gates import NEEDED
from onenumber.cycle.phases import Blocker, Phase
from onenumber.cycle.signatures import RULES
from onenumber.cycle.words import due
from onenumber.model.finding import Finding
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Actor, reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.absent import VERB_OF, superiors
from onenumber.steps.frame.called import ACCOUNT, NEWS, called
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.gates import open_blockers
from onenumber.steps.frame.glance import glance, rows_in
from onenumber.steps.frame.submissions import is_leaders, states, submitters
from onenumber.steps.frame.unchanged import unchanged_plan
from onenumber.store.models import Cycle, Purpose, SignatureRow, SubmissionRow
from onenumber.store.plans import both_names

SHOWN = (Phase.DATA, Phase.DEMAND, Phase.SUPPLY, Phase.RECONCILE, Phase.EXEC, Phase.PUBLISH)
PATCH, PAPER, UNSIGNED = "patch_open", "paper_undecided", "not_signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMark:
    """One phase on the bar: done, now or to come."""

    phase: Phase
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """What keeps the phase from ending: code and subject as a waiver names them, and the role and people who owe it.

    ``said`` is the code of its sentence, ``name`` what that calls the subject; ``mine``: whether the person who looks
    is one of them, or stands in for one; ``persons`` are the keys of the people.
    """

    code: str
    subject: str
    said: str
    name: str
    role: str
    people: tuple[str, ...]
    mine: bool
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """A signature of the person who looks, or of one she stands in for, that a re-open struck through, and why."""

    meaning: str
    signer: str
    struck_at: dt.datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleBar:
    """What the bar on every page shows; without a cycle only plan and day are set."""

    plan: str
    rehearsal: bool
    cycle: str
    phase: Phase | None
    marks: tuple[PhaseMark, ...]
    working_day: int | None
    working_days: int | None
    open_points: tuple[OpenPoint, ...]
    today: dt.date
    struck: tuple[Struck, ...] = ()


def cycle_bar(context: Context, label: str = "") -> CycleBar:
    """The bar of a cycle; of the newest if none is named."""
    look = glance(context)
    plan, newest = look.plan, next(iter(look.all_cycles()), None)
    rehearsal = plan.purpose == Purpose.REHEARSAL
    if newest is None:
        return CycleBar(
            plan=plan.name, rehearsal=rehearsal, cycle="", phase=None, marks=(), working_day=None, working_days=None,
            open_points=(), today=context.today,
        )  # fmt: skip
    cycle = look.cycle(label)
    company, phase = look.company(cycle), Phase(cycle.phase)
    day, days = _working_days(look, cycle)
    return CycleBar(
        plan=plan.name, rehearsal=rehearsal, cycle=cycle.label, phase=phase, marks=_marks(phase), working_day=day,
        working_days=days, open_points=_open_points(look, cycle, company), today=look.today,
        struck=_struck(look, cycle),
    )  # fmt: skip


def plan_that_came_back(context: Context, label: str = "") -> tuple[Finding, ...]:
    """That the final plan came back from the executive and is the same still; to who sees the plan."""
    look = glance(context)
    return unchanged_plan(look, look.cycle(label)) if reads(context.actor, Figure.VOLUME) else ()


def people_in(context: Context, role: str) -> tuple[str, ...]:
    """The names of everyone who holds a role today."""
    held, names = context.held(), context.names()
    found = held.holders.get(role, ()) if held is not None else ()
    return tuple(names.get(person, person) for person in found)


def _marks(phase: Phase) -> tuple[PhaseMark, ...]:
    def state(shown: Phase) -> str:
        return "done" if shown.place < phase.place else "now" if shown is phase else "to come"

    return tuple(PhaseMark(phase=shown, state=state(shown)) for shown in SHOWN)


def _working_days(context: Context, cycle: Cycle) -> tuple[int, int]:
    """Working day of the cycle's period that it is now, and how many there are (Monday to Friday)."""
    period = context.frame(cycle).calendar[cycle.index]
    week = week_at(context, cycle)
    today = context.today + dt.timedelta(days=1)
    return week.count(period.start, max(min(today, period.end), period.start)), week.count(period.start, period.end)


def _open_points(context: Context, cycle: Cycle, company: Tables) -> tuple[OpenPoint, ...]:
    if Phase(cycle.phase) not in NEEDED or not reads(context.actor, Figure.VOLUME):
        return ()
    held, blockers = context.held(cycle), called(context, cycle, open_blockers(context, cycle))
    by_role: dict[str, Sequence[str]] = {b.role: held.holders.get(b.role, ()) if held else () for b in blockers}
    patches = _Patches.of(glance(context), cycle, company) if any(b.code == PATCH for b in blockers) else None
    names, due_by = context.names(), _due(context, cycle, blockers)
    tells_cost = reads(context.actor, Figure.COST)  # which figures of a paper moved is said to who reads them
    due_by |= {(b.code, b.subject): b.name for b in blockers if b.name and (tells_cost or b.code in (*NEWS, ACCOUNT))}
    above = {b: _above(context, cycle, b) for b in blockers}
    found = [
        patches.point(b.subject, by_role[b.role], names)
        if patches is not None and b.code == PATCH
        else OpenPoint(
            code=b.code, subject=b.subject, said=b.code, name=due_by.get((b.code, b.subject), b.subject), role=b.role,
            people=_called([*by_role[b.role], *above[b]], names), persons=(*by_role[b.role], *above[b]),
            mine=b.role in context.actor.roles or context.actor.person in above[b],
        )
        for b in blockers
    ]  # fmt: skip
    # what sales bring comes before what is made of it
    return tuple(sorted(found, key=lambda point: point.code != PATCH))


def _above(context: Context, cycle: Cycle, blocker: Blocker) -> tuple[str, ...]:
    """Who signs in place of one who stays away."""
    if blocker.code != UNSIGNED:
        return ()
    return tuple(superiors(context, cycle, VERB_OF[blocker.subject]))


def _due(context: Context, cycle: Cycle, blockers: Sequence[Blocker]) -> dict[tuple[str, str], str]:
    """What the sentence of an undecided paper calls it: with its deadline and its default."""
    sheet = context.sheet(SheetKind.DECISION, cycle, "papers") if any(b.code == PAPER for b in blockers) else None
    if sheet is None:
        return {}
    today = context.today
    return {
        (PAPER, paper): due(paper, deadline=deadline, default=default, today=today)
        for paper, deadline, default in sheet.table("papers").select("paper", "deadline", "default_option").iter_rows()
    }


def _struck(context: Context, cycle: Cycle) -> tuple[Struck, ...]:
    """Her signatures that were struck through and that nobody gave again since, in the order of the month."""
    hers = context.actor.stands_for
    rows = {row.verb: row for row in rows_in(context, SignatureRow, cycle)}
    given = [(rule, row) for rule in RULES if (row := rows.get(rule.verb)) and hers & {row.person, row.deputy_for}]
    names = context.names() if any(row.struck_at for _, row in given) else {}
    return tuple(
        Struck(
            meaning=rule.meaning, signer=both_names(names, row.person, row.deputy_for), struck_at=row.struck_at,
            because=row.struck_because,
        )
        for rule, row in given
        if row.struck_at is not None
    )  # fmt: skip


def _called(people: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(person, person) for person in people)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Patches:
    """Patches by name, with their owners today and where they stand.

    What is submitted waits for the sales leader; what she submitted herself, for the demand planner (``planners``).
    """

    actor: Actor
    names: Mapping[str, str]
    owners: Mapping[str, str | None]
    stands: Mapping[str, PatchState]
    leaders_own: Collection[str]
    planners: Sequence[str]

    @classmethod
    def of(cls, context: Context, cycle: Cycle, company: Tables) -> "_Patches":
        rows = rows_in(context, SubmissionRow, cycle)
        stands, held, by = states(cycle, rows), context.held(), submitters(rows)
        waiting = [patch for patch, state in stands.items() if state is PatchState.SUBMITTED]
        own = context.held(cycle)
        return cls(
            actor=context.actor,
            names=dict(company["patches"].select("patch", "name").iter_rows()),
            owners=own.owners if own is not None else {},
            stands=stands,
            leaders_own=[patch for patch in waiting if is_leaders(context, patch, {by[patch]})],
            planners=held.holders.get("DP", ()) if held is not None else (),
        )

    def point(self, patch: str, leaders: Sequence[str], names: Mapping[str, str]) -> OpenPoint:
        """The patch, owed by its owner until she has submitted it, and by her sales leader from then on."""
        name, owner = self.names.get(patch) or patch, self.owners.get(patch)
        submitted = self.stands.get(patch) is PatchState.SUBMITTED
        own = [owner] if owner is not None and not submitted else []
        if patch in self.leaders_own:
            leaders = self.planners
        holds = own or [one for one in leaders if patch in self.actor.patches_of.get(one, ())] or leaders
        role = "SP" if own else "DP" if patch in self.leaders_own else "SM"
        return OpenPoint(
            code=PATCH,
            subject=patch,
            said="patch_submitted" if submitted else "patch_unsubmitted",
            name=name if name == patch else f"{name} ({patch})",
            role=role,
            people=_called(holds, names),
            mine=self._hers(role, holds, patch),
            persons=tuple(holds),
        )

    def _hers(self, role: str, holds: Collection[str], patch: str) -> bool:
        """Whether it is the looker's to settle: in her own right, or as the deputy of who holds it."""
        grants = [grant for grant in self.actor.grants if grant.role == role]
        if role == "SP":
            return any(grant.scope == patch for grant in grants)
        return bool({grant.deputy_for or self.actor.person for grant in grants} & set(holds))
