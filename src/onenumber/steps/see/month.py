"""My month: what the company waits for from a person, by when, what changed since she last looked, her figures."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from onenumber.consensus.collect import PatchState
from onenumber.cycle.calendar import due
from onenumber.cycle.dues import Stop, milestone_of, next_stop
from onenumber.cycle.phases import Phase
from onenumber.model.finding import Finding
from onenumber.model.period import Period, WorkDays
from onenumber.model.sheet import SheetKind
from onenumber.rights.actors import answering_for
from onenumber.rights.ask import Thing, may, reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance, rows_in
from onenumber.steps.see.adherence import Breach, breaches_unanswered
from onenumber.steps.see.cycle import CycleBar, OpenPoint, Struck, cycle_bar, working_week
from onenumber.steps.see.month_changes import Change, changes_since
from onenumber.steps.see.month_figures import Block, blocks_of
from onenumber.steps.see.month_page import Where, where_of
from onenumber.steps.see.month_promises import Outcomes, outcomes_of
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.store.looks import look_at_month
from onenumber.store.models import Cycle, SignatureRow, SubmissionRow

UNANSWERED = "breach_unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Who returned her patch, and with which sentence."""

    person: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that waits for a person: the code of its sentence and what that calls it, its last day, its page.

    ``count`` is how many, where it stands for several.
    """

    said: str
    name: str
    day: dt.date
    late: bool
    where: Where
    count: int = 1
    returned: Returned | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyMonth:
    """A person's month: what waits for her, late things first, and where she acts next; what changed; her figures.

    ``since`` is her look before this one (None: she looks for the first time, and hears of the whole cycle).
    """

    cycle: str
    today: dt.date
    roles: frozenset[str]
    sees_plan: bool
    waits: tuple[Wait, ...]
    struck: tuple[Struck, ...]
    sent_back: tuple[Finding, ...]
    next: Stop | None
    since: dt.datetime | None
    changes: tuple[Change, ...]
    outcomes: Outcomes | None
    blocks: tuple[Block, ...]


def my_month(context: Context, label: str = "", *, bar: CycleBar | None = None) -> MyMonth:
    """The month of who asks, in a cycle; of the newest if none is named. That she looked is noted.

    ``bar`` is the cycle bar of the same look, where the page around it has asked for that already.

    Raises:
        NoCycleError: if there is no such cycle.
    """
    look = glance(context)
    cycle = look.cycle(label)
    desk = _Desk(look=look, cycle=cycle)
    bar, since = bar or cycle_bar(look, cycle.label), _since(look)
    return MyMonth(
        cycle=cycle.label,
        today=look.today,
        roles=look.actor.roles,
        sees_plan=reads(look.actor, Figure.VOLUME),
        waits=desk.waits(bar.open_points),
        struck=bar.struck,
        sent_back=sent_back_shown(look, cycle.label, own=True),
        next=desk.next_stop(),
        since=since,
        changes=changes_since(look, cycle, since or cycle.opened_at),
        outcomes=outcomes_of(look, cycle),
        blocks=blocks_of(look, cycle, bar.open_points),
    )


def waits_of(context: Context, label: str = "", *, bar: CycleBar | None = None) -> tuple[Wait, ...]:
    """What waits for who asks in a cycle, by day, without noting that she looked; empty before the first cycle."""
    look = glance(context)
    bar = bar or cycle_bar(look, label)
    return _Desk(look=look, cycle=look.cycle(bar.cycle)).waits(bar.open_points) if bar.cycle else ()


def unanswered(context: Context, label: str = "") -> int:
    """How many figures of a cycle's Adherence missed the plan and wait for an answer of who asks."""
    look = glance(context)
    desk = _Desk(look=look, cycle=look.cycle(label))
    return sum(1 for _ in desk.breaches())


def _since(look: Glance) -> dt.datetime | None:
    """Who only looks at a rehearsal leaves no trace in it."""
    if look.actor.looks_only:
        return None
    return look_at_month(look.plan, person=look.actor.person, now=look.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What is laid before the person: the cycle that she looks at, and its working days."""

    look: Glance
    cycle: Cycle
    days: dict[str, dt.date] = field(default_factory=dict)

    @property
    def week(self) -> WorkDays:
        """The working days of the company."""
        return working_week(self.look.company(self.cycle))

    def day(self, milestone: str) -> dt.date:
        """The last day of a milestone of the cycle."""
        if milestone not in self.days:
            period = self.look.frame(self.cycle).calendar[self.cycle.index]
            self.days[milestone] = due(milestone, period=period, week=self.week)
        return self.days[milestone]

    def waits(self, points: tuple[OpenPoint, ...]) -> tuple[Wait, ...]:
        """What is open and hers, what is late first, then by day."""
        mine = [point for point in points if point.mine]
        returned = (
            _returned(rows_in(self.look, SubmissionRow, self.cycle))
            if any(point.said == "patch_unsubmitted" for point in mine)
            else {}
        )
        names = self.look.names() if returned else {}
        found = [*(self._wait(point, returned, names) for point in mine), *self._unanswered()]
        return tuple(sorted(found, key=lambda one: one.day))

    def _wait(self, point: OpenPoint, returned: Mapping[str, SubmissionRow], names: Mapping[str, str]) -> Wait:
        day = self.day(milestone_of(point.said, point.subject))
        row = returned.get(point.subject) if point.said == "patch_unsubmitted" else None
        back = Returned(person=names.get(row.person, row.person), because=row.note) if row is not None else None
        where = where_of(self.look, self.cycle, point)
        return Wait(said=point.said, name=point.name, day=day, late=day < self.look.today, where=where, returned=back)

    def _unanswered(self) -> Iterator[Wait]:
        """The breached figures that she owns and nobody answered for, while they can be answered, as one thing."""
        open_ = list(self.breaches())
        count, version = len(open_), self.look.version(SheetKind.ADHERENCE, self.cycle)
        if count and version is not None:
            day, measured = self.day("answer"), self.look.frame(self.cycle).calendar[open_[0].period].label
            where = Where(page="sheet", key=str(version.pk))
            yield Wait(said=UNANSWERED, name=measured, day=day, late=day < self.look.today, where=where, count=count)

    def breaches(self) -> Iterator[Breach]:
        """The breached figures that she owns and nobody answered for, while they can be answered."""
        actor, phase = self.look.actor, Phase(self.cycle.phase)
        hers = {actor.person, *(grant.deputy_for for grant in actor.grants)} - {""}
        for one in breaches_unanswered(self.look, self.cycle):
            company = self.look.company(self.cycle) if one.owner in hers else {}
            thing = Thing(answering=answering_for(one.owner, company=company))
            if one.owner in hers and may(actor, "explain", phase=phase, thing=thing):
                yield one

    def next_stop(self) -> Stop | None:
        """Where her roles act next."""
        calendar, index = self.look.frame(self.cycle).calendar, self.cycle.index
        periods: tuple[Period, ...] = tuple(one for one in calendar.periods if one.index in (index, index + 1))
        given = [row.verb for row in rows_in(self.look, SignatureRow, self.cycle) if row.struck_at is None]
        return next_stop(
            self.look.actor.roles, phase=Phase(self.cycle.phase), signed=set(given), periods=periods, week=self.week
        )


def _returned(rows: Iterable[SubmissionRow]) -> dict[str, SubmissionRow]:
    """The return of each patch whose last state it is."""
    last = {row.patch: row for row in rows}
    return {patch: row for patch, row in last.items() if row.state == PatchState.RETURNED.value}
