"""The clock of a demo, and where it may go on to: the next working day, and what lies ahead in the month."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from onenumber.cycle.calendar import due
from onenumber.cycle.phases import Phase
from onenumber.rights.ask import may
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, glance
from onenumber.store.models import Purpose

AHEAD = ("submit", "sign_demand", "sign_supply", "sign_review", "decide", "publish")
"""The cut-off, the four meetings and the publication, by their milestone."""
NEXT_DAY, NEXT_MONTH = "next_day", "next_month"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStop:
    """Where the clock may go on to: a milestone of the month, ``next_day`` or ``next_month``, and its day."""

    key: str
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoClock:
    """The company's day, where its clock may go on to, and the cycle that goes on with it (empty: none yet)."""

    today: dt.date
    cycle: str
    stops: tuple[ClockStop, ...]


def demo_clock(context: Context, newest: str) -> DemoClock | None:
    """The clock as the person who looks may move it; None outside demo mode, of a rehearsal, and where she may not.

    ``newest`` is the label of the newest cycle, empty before the first.
    """
    live = settings.ONENUMBER_DEMO and context.plan.purpose != Purpose.REHEARSAL
    if not live or not may(context.actor, "move_clock", phase=Phase.MONITOR):
        return None
    look = glance(context)
    stops = _of_month(look, newest) if newest else (_next_day(look),)
    return DemoClock(today=look.today, cycle=newest, stops=tuple(stop for stop in stops if stop.day > look.today))


def _next_day(look: Glance) -> ClockStop:
    return ClockStop(key=NEXT_DAY, day=week_at(look).add(look.today, 1))


def _of_month(look: Glance, label: str) -> tuple[ClockStop, ...]:
    cycle = look.cycle(label)
    calendar, week = look.frame(cycle).calendar, week_at(look, cycle)
    period = calendar[cycle.index]
    ahead = [ClockStop(key=key, day=due(key, period=period, week=week)) for key in AHEAD]
    first = ClockStop(key=NEXT_MONTH, day=week.add(period.end - dt.timedelta(days=1), 1))
    return (ClockStop(key=NEXT_DAY, day=week.add(look.today, 1)), *ahead, first)
