"""The working days of a company, and the day of a milestone of a cycle."""

import datetime as dt
from functools import lru_cache

from onenumber.cycle.calendar import due
from onenumber.model.period import WorkDays
from onenumber.steps.frame.context import KEPT, Context, Tables
from onenumber.store.models import Cycle
from onenumber.store.versions import Versions

WEEK = "12345"


def working_week(company: Tables) -> WorkDays:
    """The working days of the company: Monday to Friday without those that it is closed on."""
    closed = company["closed_days"]["date"].unique().to_list() if "closed_days" in company else []
    return WorkDays(workdays=WEEK, closed=frozenset(closed))


def week_at(context: Context, cycle: Cycle | None = None) -> WorkDays:
    """The working days of the company of a cycle (of the newest if none is named), worked out once for each version."""
    content = context.company_content(cycle)
    return _week(context.versions, content) if content is not None else working_week({})


def due_day(context: Context, cycle: Cycle, milestone: str) -> dt.date:
    """The last day of a milestone of a cycle."""
    period = context.frame(cycle).calendar[cycle.index]
    return due(milestone, period=period, week=week_at(context, cycle))


@lru_cache(maxsize=KEPT)
def _week(versions: Versions, content: str) -> WorkDays:
    return working_week(versions.get(content).tables)
