"""The working days of a cycle: until when each thing of the month is done (domain: calendar by working day)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onenumber.model.period import Period, WorkDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """What is done by the end of a working day of the cycle's period, counted from 1."""

    key: str
    day: int
    says: str


_DAYS = (
    ("open", 1, "the cycle is opened and the facts of last month are loaded"),
    ("freeze", 2, "the data are checked and frozen, and last month is measured"),
    ("forecast", 3, "the baseline is made and given to sales"),
    ("submit", 5, "every patch is handed in: the sales cut-off"),
    ("collect", 6, "the sales input is closed, deviations are explained, news is decided on"),
    ("sign_demand", 7, "demand meeting: the demand is signed"),
    ("plan", 10, "the supply plan is made, with its shortages"),
    ("sign_supply", 11, "supply meeting: the supply plan is signed as achievable"),
    ("prepare", 13, "the plan is valued and the papers are prepared"),
    ("sign_review", 14, "pre-S&OP: the recommendation is signed"),
    ("send", 15, "Reconcile ends, and the executives have their papers"),
    ("decide", 17, "executive meeting: papers are decided and the plan is approved"),
    ("publish", 18, "the plan is published and its owners are told"),
    ("answer", 20, "who missed last month's plan has answered"),
)
MILESTONES: Mapping[str, Milestone] = MappingProxyType(
    {key: Milestone(key=key, day=day, says=says) for key, day, says in _DAYS}
)
"""The days by default; the sequence is that of the field, the days are ours."""


def due(key: str, *, period: Period, week: WorkDays) -> dt.date:
    """The last day on which a milestone of the period's cycle is kept; the period's last day where it is too short.

    Example:
        >>> may = Period(index=0, label="2026-05", start=dt.date(2026, 5, 1), end=dt.date(2026, 6, 1),
        ...              fiscal_year=2026, season=4)
        >>> due("submit", period=may, week=WorkDays(workdays="12345")).isoformat()
        '2026-05-07'
    """
    day = week.add(period.start - dt.timedelta(days=1), MILESTONES[key].day)
    return min(day, period.end - dt.timedelta(days=1))
