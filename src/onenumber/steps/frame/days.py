"""The working days of a company, and the day of a milestone of a cycle."""

import datetime as dt

from onenumber.cycle.calendar import due
from onenumber.model.period import WorkDays
from onenumber.steps.frame.context import Context, Tables
from onenumber.store.models import Cycle

WEEK = "12345"


def working_week(company: Tables) -> WorkDays:
    """The working days of the company: Monday to Friday without those that it is closed on."""
    closed = company["closed_days"]["date"].unique().to_list() if "closed_days" in company else []
    return WorkDays(workdays=WEEK, closed=frozenset(closed))


def due_day(context: Context, cycle: Cycle, milestone: str) -> dt.date:
    """The last day of a milestone of a cycle."""
    period = context.frame(cycle).calendar[cycle.index]
    return due(milestone, period=period, week=working_week(context.company(cycle)))
