"""A whole month as a sequence of steps: the one list that says what follows what."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from onenumber.jobs.cast import Act, Cast
from onenumber.model.period import Period, WorkDays
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.mapper import Mapper, in_process
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.steps.see.supply import (
    accounts_unsaid,
    lines_over_budget,
    open_shortages,
    papers_on_table,
    unloaded,
    without_paper,
)
from onenumber.store.models import Plan

WEEK = WorkDays(workdays="12345")
TEN_O_CLOCK = dt.time(10, tzinfo=dt.UTC)
WENT_UP = "what cures it costs money, or takes from somebody else"
NO_WAY_OUT = "no other way is known: it stays as planned"
"""Why a shortage goes to the executive without a choice."""
NOBODY_ASKED = "nobody was asked: on without a word on it"
NOTHING_CAME = "nothing more came in: on with what was known before"
"""Why a month without its facts goes on: what they would measure stays unknown."""
Script = Callable[[Context, Cast], Iterator[Act]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A step that was played: what, when on the company's clock, with which outcome, in how many seconds."""

    act: Act
    at: dt.datetime
    outcome: Outcome
    seconds: float


def play_month(
    plan: Plan, cast: Cast, period: Period, *, measure: bool, mapper: Mapper = in_process
) -> Iterator[Played]:
    """Play the cycle of one period from opening to publishing; each step is the real one.

    ``measure`` fills Adherence of the month before, where there is one.
    """
    for act in _month(plan, cast, period, measure=measure):
        yield perform(plan, act, period, mapper=mapper)


def perform(plan: Plan, act: Act, period: Period, *, mapper: Mapper = in_process) -> Played:
    """Do one act on its working day."""
    at = moment(period, act.day)
    context = make_context(plan, person=act.person, now=at)
    context = replace(context, actor=replace(context.actor, person=act.person), map=mapper)
    began = time.perf_counter()
    outcome = STEPS[act.step].do(context, act.arguments)
    return Played(act=act, at=at, outcome=outcome, seconds=time.perf_counter() - began)


def moment(period: Period, day: int) -> dt.datetime:
    """Ten o'clock on the n-th working day of a period.

    Example:
        >>> p = Period(index=0, label="2026-05", start=dt.date(2026, 5, 1), end=dt.date(2026, 6, 1),
        ...            fiscal_year=2026, season=4)
        >>> moment(p, 1).isoformat(), moment(p, 2).date().isoformat()
        ('2026-05-01T10:00:00+00:00', '2026-05-04')
    """
    before = period.start - dt.timedelta(days=1)
    return dt.datetime.combine(WEEK.add(before, day), TEN_O_CLOCK)


def _month(plan: Plan, cast: Cast, period: Period, *, measure: bool) -> Iterator[Act]:
    def looking(role: str, day: int) -> Context:
        return make_context(plan, person=cast.signer(role), now=moment(period, day))

    owner = cast.who("OWN")
    yield Act(step="open", person=owner, day=1, arguments={"period": period.label})
    yield Act(step="freeze", person=owner, day=2)
    if measure:
        yield Act(step="measure", person=owner, day=2)
    for facts in unloaded(looking("OWN", 2)):
        arguments = {"code": "facts_not_loaded", "subject": facts, "reason": NOTHING_CAME}
        yield Act(step="waive", person=owner, day=2, arguments=arguments)
    yield Act(step="advance", person=owner, day=2)
    yield from _demand(cast, looking)
    yield from _supply(cast, looking)
    yield from _executive(cast, looking)
    yield Act(step="publish", person=owner, day=18)
    yield Act(step="advance", person=owner, day=18)


def _demand(cast: Cast, looking: Callable[[str, int], Context]) -> Iterator[Act]:
    yield Act(step="forecast", person=cast.who("DP"), day=3)
    yield from cast.sales(looking("DP", 3))
    yield Act(step="collect", person=cast.who("SM"), day=6)
    yield Act(step="agree", person=cast.who("DP"), day=6)
    for account in accounts_unsaid(looking("SM", 7)):
        arguments = {"code": "account_unsaid", "subject": account, "reason": NOBODY_ASKED}
        yield Act(step="waive", person=cast.who("OWN"), day=7, arguments=arguments)
    yield Act(step="sign", person=cast.signer("SM"), day=7, arguments={"verb": "sign_demand"})
    yield Act(step="advance", person=cast.who("OWN"), day=7)


def _supply(cast: Cast, looking: Callable[[str, int], Context]) -> Iterator[Act]:
    yield Act(step="plan", person=cast.who("SS"), day=9)
    for cause in open_shortages(looking("OP", 10)):
        arguments = {"subject": cause, "reason": WENT_UP}
        yield Act(step="escalate", person=cast.who("SS"), day=10, arguments=arguments)
    yield Act(step="sign", person=cast.signer("OP"), day=11, arguments={"verb": "sign_supply"})
    yield Act(step="advance", person=cast.who("OWN"), day=11)
    yield Act(step="review", person=cast.who("FIN"), day=12)
    yield Act(step="prepare", person=cast.who("OWN"), day=13)
    for cause in without_paper(looking("OP", 13)):
        arguments = {"code": "conflict_open", "subject": cause, "reason": NO_WAY_OUT}
        yield Act(step="waive", person=cast.who("OWN"), day=13, arguments=arguments)
    yield Act(step="sign", person=cast.signer("OP"), day=14, arguments={"verb": "sign_review"})
    yield Act(step="advance", person=cast.who("OWN"), day=14)


def _executive(cast: Cast, looking: Callable[[str, int], Context]) -> Iterator[Act]:
    papers, options = papers_on_table(looking("EX", 17))
    for paper in papers:
        arguments = {"paper": paper, "option": cast.choose(paper, options)}
        yield Act(step="decide", person=cast.signer("EX"), day=17, arguments=arguments)
    yield Act(step="replan", person=cast.who("SS"), day=17)
    for line in lines_over_budget(looking("EX", 17)):
        yield Act(step="decide", person=cast.signer("EX"), day=17, arguments={"paper": line, "option": "accept"})
    yield Act(step="sign", person=cast.signer("OP"), day=17, arguments={"verb": "confirm_final"})
    yield Act(step="sign", person=cast.signer("EX"), day=17, arguments={"verb": "approve_final"})
    yield Act(step="advance", person=cast.who("OWN"), day=17)
