"""The cycle bar, as the frame shows it."""

from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context
from onenumber.steps.see.around import looking
from onenumber.steps.see.cycle import CycleBar, OpenPoint, cycle_bar, people_in
from onenumber.steps.see.demo_clock import demo_clock
from onenumber.steps.see.month import waits_of
from onenumber.steps.see.month_waits import Wait
from onenumber.web.frame.model import Frame, PhaseMark, Progress

PROGRESS = {"done": Progress.DONE, "now": Progress.NOW, "to come": Progress.AHEAD}
ENDS_A_PHASE = "OWN"
"""Who has the ball when nothing else is open: she ends the phase."""


def frame(context: Context, cycle: str) -> Frame:
    """The frame of a page about a cycle (empty: the newest)."""
    return framed(context, cycle_bar(context, cycle))


def framed(context: Context, bar: CycleBar, *, waits: tuple[Wait, ...] | None = None) -> Frame:
    """The frame of a page that has looked up the cycle bar itself, and perhaps what waits for who looks."""
    who = looking(context)
    blockers = bar.open_points
    role = blockers[0].role if blockers else ENDS_A_PHASE
    return Frame(
        plan=context.plan.key,
        plan_name=bar.plan,
        rehearsal=bar.rehearsal,
        cycle=bar.cycle,
        cycles=who.cycles,
        phases=_phases(bar),
        working_day=bar.working_day,
        working_days=bar.working_days or 0,
        today=bar.today,
        holder_role=role,
        holders=_holding(blockers) if blockers else people_in(context, role),
        blockers=blockers,
        person_name=who.name,
        roles=who.roles,
        sees_plan=who.sees_plan,
        may_load=who.may_load,
        reads_papers=who.reads_papers,
        waits=waits_of(context, bar=bar) if waits is None else waits,
        reads_briefs=who.reads_briefs,
        names_emergency=who.names_emergency,
        clock=demo_clock(context, who.cycles[0] if who.cycles else ""),
    )


def _holding(blockers: tuple[OpenPoint, ...]) -> tuple[str, ...]:
    """Everyone who has something to settle, whose turn it is first."""
    return tuple(dict.fromkeys(name for one in blockers for name in one.people))


def _phases(bar: CycleBar) -> tuple[PhaseMark, ...]:
    marks = [PhaseMark(phase=mark.phase, progress=PROGRESS[mark.state]) for mark in bar.marks]
    if bar.phase is Phase.MONITOR:
        marks.append(PhaseMark(phase=Phase.MONITOR, progress=Progress.NOW))
    return tuple(marks)
