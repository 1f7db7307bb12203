"""The company's clock goes on and takes the others along: their steps up to a day are played, hers wait for her.

Every step is the real one, done by the person whose it is on her day of the month, and marked as played. Only what is
missing is played; what somebody did by hand stands. What is refused is told. The clock stops where something of the
person who moves it is due, unless she lets hers be played, too, and at the end of a month whose plan is not published.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings

from onenumber.cycle.phases import Phase
from onenumber.errors import OneNumberError
from onenumber.errors.steps import ClockStaysError, DemoOnlyError
from onenumber.jobs.agenda import Agenda, Item
from onenumber.jobs.cast import Act
from onenumber.jobs.doing import Habits, OfTheModel, Plain
from onenumber.jobs.model_company import company_in, is_model, new_files
from onenumber.jobs.month import TEN_O_CLOCK
from onenumber.model.finding import Finding, Severity, Value
from onenumber.model.period import WorkDays
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.days import working_week
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.store.models import AuditRow, Cycle, Purpose
from onenumber.store.plans import current_cycle
from onenumber.store.played import mark_played

BETWEEN, AFTER = dt.timedelta(seconds=20), dt.timedelta(seconds=10)
"""From one played step to the next, and from each to where the clock stands: nothing by hand has its moment."""
OVER = (Phase.MONITOR, Phase.CLOSED)


def run(context: Context, *, to: dt.date, mine: bool = False) -> Outcome:
    """Let the month go on to a day, playing what others do until then, or as far as it waits for nobody who looks.

    Raises:
        NotAllowedError: if the person may not.
        DemoOnlyError: outside demo mode.
        ClockStaysError: if the day has passed, or the plan is a rehearsal, which has no clock of its own.
    """
    may_go_on(context, to=to)
    walk = _Walk(context, to=to, mine=mine)
    walk.go()
    what = {"to": walk.now.isoformat(), "played": walk.played}
    person = context.actor.person
    AuditRow.objects.create(plan=context.plan, at=walk.now, person=person, verb="clock", what=what)
    return Outcome(step="go-on", figures=walk.figures, findings=walk.findings)


def may_go_on(context: Context, *, to: dt.date) -> None:
    """Refuse what cannot go on, before a job is made of it.

    Raises:
        NotAllowedError: if the person may not.
        DemoOnlyError: outside demo mode.
        ClockStaysError: if the day has passed, or the plan is a rehearsal, which has no clock of its own.
    """
    context.permit("move_clock", phase=Phase.MONITOR)
    if not settings.ONENUMBER_DEMO:
        raise DemoOnlyError(what="The company's clock")
    if context.plan.purpose == Purpose.REHEARSAL:
        raise ClockStaysError(today=context.today, why="a rehearsal is played by itself")
    if to < context.today:
        raise ClockStaysError(today=context.today, why=f"a month goes on, not back to {to}")


class _Walk:
    """One going on: where the clock stands, what was played and what was refused since something went through."""

    def __init__(self, context: Context, *, to: dt.date, mine: bool) -> None:
        self._context, self._to, self._all = context, to, mine
        self._from = context.today
        self._habits: tuple[int, Habits] = (-1, Plain())
        self._refused: dict[tuple[str, str], Finding] = {}
        self._told: list[Finding] = []
        self._stopped: Item | None = None
        self.now = context.now
        self.played = 0

    @property
    def figures(self) -> Mapping[str, Value]:
        """Where it ended, how much was played, and what it stopped for (empty: it arrived)."""
        stopped = self._stopped.said if self._stopped is not None else ""
        cycle = current_cycle(self._context.plan)
        return {
            "today": str(self._today), "to": str(self._to), "played": self.played, "stopped": stopped,
            "cycle": cycle.label if cycle is not None else "",
        }  # fmt: skip

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was refused and is still to be done, and why a month did not go on."""
        return (*self._refused.values(), *self._told)

    @property
    def _today(self) -> dt.date:
        return self._context.day_of(self.now)

    def go(self) -> None:
        """Day by day, until the day is there or something waits for her."""
        while True:
            cycle = current_cycle(self._context.plan)
            self._stopped = self._play(cycle) if cycle is not None else None
            held = self._stopped is not None or bool(self._refused)
            if held or self._today >= self._to or not self._next_day(current_cycle(self._context.plan)):
                return

    def _play(self, cycle: Cycle) -> Item | None:
        """Do what is due; what stops the clock, if anything does."""
        while True:
            cycle.refresh_from_db()
            agenda = self._agenda(current_cycle(self._context.plan) or cycle)
            items = agenda.items()
            until = min([self._today, *(item.day for item in items if item.mine)])
            item = next((one for one in _doable(items) if self._is_played(one, until)), None)
            if item is None:
                hers = sorted((one for one in items if one.mine and one.day <= self._today), key=lambda one: one.day)
                return hers[0] if hers else None
            self._do(agenda, item)

    def _is_played(self, item: Item, until: dt.date) -> bool:
        known = item.act is not None or item.point is not None
        return known and not item.mine and item.day <= until and item.key not in self._refused

    def _agenda(self, cycle: Cycle) -> Agenda:
        plan, person = self._context.plan, self._context.actor.person
        look = make_context(plan, person="", now=self.now)
        held = look.held()
        owner = (held.holders.get("OWN") or ("",))[0] if held is not None else ""
        hers = None if self._all else glance(make_context(plan, person=person, now=self.now))
        look = make_context(plan, person=owner, now=self.now)
        return Agenda(look=glance(look), cycle=cycle, hers=hers, does=self._does(cycle))

    def _does(self, cycle: Cycle) -> Habits:
        if not is_model(self._context.plan):
            return Plain()
        if self._habits[0] != cycle.index:
            company = company_in(self._context.plan, cycle.index)
            self._habits = (cycle.index, OfTheModel(company=company, cycle=cycle.index))
        return self._habits[1]

    def _do(self, agenda: Agenda, item: Item) -> None:
        acts = 0
        try:
            for act in agenda.acts(item):
                self._perform(act)
                acts += 1
        except OneNumberError as error:
            self._note(item, str(error))
            return
        if acts:
            self._refused.clear()  # what was refused may go through now
        else:
            self._note(item, "nobody holds the role, or no step does it by itself")

    def _note(self, item: Item, because: str) -> None:
        values: dict[str, Value] = {"thing": item.said.rstrip("."), "because": because.rstrip(".")}
        self._refused[item.key] = Finding(code="play_refused", severity=Severity.ATTENTION, values=values)

    def _perform(self, act: Act) -> None:
        plan, by = self._context.plan, self._context.actor.person
        self._set(self.now + BETWEEN)
        mark_played(plan, person=act.person, at=self.now, step=act.step, by=by)
        context = make_context(plan, person=act.person, now=self.now)
        name = context.names().get(act.person, act.person)
        day = f"{self._today:%A} {self._today.day} {self._today:%B}"
        self._context.progress((self._today - self._from).days, self._days, f"{day}: {name}, {act.step}")
        STEPS[act.step].do(replace(context, map=self._context.map), act.arguments)
        self.played += 1

    @property
    def _days(self) -> int:
        return max((self._to - self._from).days, 1)

    def _set(self, moment: dt.datetime) -> None:
        """The moment of what comes next; the clock stands a little after it."""
        self.now = moment
        plan = self._context.plan
        plan.clock = moment + AFTER
        plan.save(update_fields=["clock"])

    def _next_day(self, cycle: Cycle | None) -> bool:
        """Go to the next working day; False where the clock is as far as it goes."""
        day = self._week(cycle).add(self._today, 1)
        if day > self._to:
            self._begin(self._to)
            return False
        end = self._context.frame(cycle).calendar[cycle.index].end if cycle is not None else None
        if cycle is None or end is None or day < end:
            self._begin(day)
            return True
        return self._next_month(cycle, day)

    def _week(self, cycle: Cycle | None) -> WorkDays:
        company = self._context.company(cycle)
        return working_week(company)

    def _next_month(self, cycle: Cycle, day: dt.date) -> bool:
        """Into the next month, with its data where they are known here."""
        values: dict[str, Value] = {"month": cycle.label, "day": str(day)}
        if Phase(cycle.phase) not in OVER:
            self._told.append(Finding(code="month_not_over", severity=Severity.ATTENTION, values=values))
            return False
        self._begin(day)
        if not is_model(self._context.plan):
            self._told.append(Finding(code="month_not_known", severity=Severity.NOTE, values=values))
            self._begin(self._to)
            return False
        plan, period = self._context.plan, self._context.frame().calendar[cycle.index + 1]
        with new_files(plan, company_in(plan, period.index), period) as folder:
            owner = self._agenda(cycle).look.actor.person
            self._perform(Act(step="load", person=owner, day=1, arguments={"folder": folder}))
        return True

    def _begin(self, day: dt.date) -> None:
        self._set(dt.datetime.combine(day, TEN_O_CLOCK))


def _doable(items: list[Item]) -> list[Item]:
    """What can be done now: of the sheets the first, and nothing that is open only after them."""
    sheets = [item for item in items if item.sheet]
    last = sheets[0].rank if sheets else max((item.rank for item in items), default=0)
    return [item for item in items if item.rank <= last and item not in sheets[1:]]


STEP = Step(
    name="go-on",
    verb="move_clock",
    phase=None,
    says="Let the month go on to a day: others' steps are played, yours wait for you (demo mode only).",
    run=run,
    arguments=(
        Argument(name="to", doc="The day.", kind="date", positional=True),
        Argument(name="mine", doc="Play your own steps, too.", kind="flag", required=False),
    ),
)
