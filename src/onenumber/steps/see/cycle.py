"""The cycle bar: where the month stands, who holds the ball, and what blocks the gate."""

import datetime as dt
from dataclasses import dataclass

from onenumber.cycle.gates import NEEDED
from onenumber.cycle.phases import Blocker, Phase
from onenumber.model.period import WorkDays
from onenumber.rights.actors import holders
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.gates import open_blockers
from onenumber.store.models import Cycle
from onenumber.store.plans import current_cycle, find_cycle, names_of

SHOWN = (Phase.DATA, Phase.DEMAND, Phase.SUPPLY, Phase.RECONCILE, Phase.EXEC, Phase.PUBLISH)
WEEK = "12345"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMark:
    """One phase on the bar: done, now or to come."""

    phase: Phase
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """A blocker with the people who can settle it."""

    blocker: Blocker
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleBar:
    """What the bar on every page shows; without a cycle only plan and clock are set."""

    plan: str
    purpose: str
    cycle: str
    phase: Phase | None
    marks: tuple[PhaseMark, ...]
    working_day: int | None
    working_days: int | None
    open_points: tuple[OpenPoint, ...]
    now: dt.datetime


def cycle_bar(context: Context, label: str = "") -> CycleBar:
    """The bar of a cycle; of the newest if none is named."""
    plan, newest = context.plan, current_cycle(context.plan)
    if newest is None:
        return CycleBar(
            plan=plan.name, purpose=plan.purpose, cycle="", phase=None, marks=(), working_day=None,
            working_days=None, open_points=(), now=context.now,
        )  # fmt: skip
    cycle = find_cycle(plan, label)
    company, phase = context.company(cycle), Phase(cycle.phase)
    day, days = _working_days(context, cycle, company)
    return CycleBar(
        plan=plan.name, purpose=plan.purpose, cycle=cycle.label, phase=phase, marks=_marks(phase), working_day=day,
        working_days=days, open_points=_open_points(context, cycle, company), now=context.now,
    )  # fmt: skip


def people_in(context: Context, role: str) -> tuple[str, ...]:
    """The names of everyone who holds a role today."""
    company, names = context.company(), names_of(context.plan)
    found = holders(role, company=company, day=context.now.date()) if "roles" in company else []
    return tuple(names.get(person, person) for person in found)


def _marks(phase: Phase) -> tuple[PhaseMark, ...]:
    def state(shown: Phase) -> str:
        return "done" if shown.place < phase.place else "now" if shown is phase else "to come"

    return tuple(PhaseMark(phase=shown, state=state(shown)) for shown in SHOWN)


def _working_days(context: Context, cycle: Cycle, company: Tables) -> tuple[int, int]:
    """Working day of the cycle's period that it is now, and how many there are (Monday to Friday)."""
    period = context.frame(cycle).calendar[cycle.index]
    closed = company["closed_days"]["date"].unique().to_list() if "closed_days" in company else []
    week = WorkDays(workdays=WEEK, closed=frozenset(closed))
    today = context.now.date() + dt.timedelta(days=1)
    return week.count(period.start, max(min(today, period.end), period.start)), week.count(period.start, period.end)


def _open_points(context: Context, cycle: Cycle, company: Tables) -> tuple[OpenPoint, ...]:
    if Phase(cycle.phase) not in NEEDED:
        return ()
    names, day = names_of(context.plan), context.now.date()
    by_role = {role: holders(role, company=company, day=day) for role in ("OWN", "DP", "SM", "SS", "OP", "FIN", "EX")}
    return tuple(
        OpenPoint(blocker=b, people=tuple(names.get(p, p) for p in by_role.get(b.role, [])))
        for b in open_blockers(context, cycle)
    )
