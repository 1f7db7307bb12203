"""The model company lives its closed cycles: its people act by their habits, through the real steps."""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl

from onenumber.cycle.meetings import MEETINGS
from onenumber.files.write import write_folder
from onenumber.jobs.cast import Act
from onenumber.jobs.executor import LocalProcesses
from onenumber.jobs.month import Played, moment, perform, play_month
from onenumber.model.cube import Cube
from onenumber.model.period import Calendar, Period
from onenumber.rights.actors import Held, held_on
from onenumber.sample import habits
from onenumber.sample.clock import CLOSED, HISTORY
from onenumber.sample.company import Company, live, tables_on
from onenumber.sample.promises import CHAIRS, promises, questions
from onenumber.sample.threads import kept
from onenumber.sample.world import make_world
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.mapper import Mapper
from onenumber.steps.frame.typing import Asked
from onenumber.steps.see.demand import baseline_of, carried_patches, patches_of
from onenumber.steps.see.plan import breaches_of, planned_production, promised_extra
from onenumber.store.models import Cycle, Plan
from onenumber.store.truth import truth_path
from onenumber.supply.differences import Precedence, from_json

SEED = 20260601
AS_OF = dt.date(2026, 6, 1)
"""The model company's today: the first day of its current cycle."""
SALES_DAY, CUT_OFF_DAY, ANSWER_DAY, ASK_DAY, OPEN_DAY = 4, 5, 3, 3, 4
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class People:
    """The cast of one closed cycle: each step by the person whose it is, each salesperson by habit."""

    company: Company
    cycle: int

    def who(self, role: str) -> str:
        """The first person who holds the role."""
        return self._held.holders[role][0]

    @cached_property
    def _held(self) -> Held:
        day = self.company.world.clock.calendar[self.cycle].start
        return held_on(day, company=self.company.world.masters)

    def signer(self, role: str) -> str:
        """The same person: a signature is nobody else's."""
        return self.who(role)

    def sales(self, context: Context) -> Iterator[Act]:
        """News, figures and submissions of the sales window, the leader's acceptance, and the planner's decisions."""
        baseline, calendar = baseline_of(context), self.company.world.clock.calendar
        late = habits.late_patches(self.company, self.cycle)
        anew = [self.anew(patch, baseline) for patch in carried_patches(context) if patch not in late]
        said = habits.news(self.company, cycle=self.cycle)
        for word in said:
            yield _news(word, calendar, cycle=self.cycle)
        yield from typed_as(
            [*anew, *habits.sales_calls(self.company, cycle=self.cycle, baseline=baseline)], calendar, day=SALES_DAY
        )
        for patch in (p for p in patches_of(context) if p not in late):
            person = habits.owner(self.company, patch, self.cycle)
            yield Act(step="submit", person=person, day=CUT_OFF_DAY, arguments={"patch": patch})
            yield Act(step="accept", person=self.who("SM"), day=CUT_OFF_DAY, arguments={"patch": patch})
        yield from typed_as(
            habits.planner_calls(self.company, cycle=self.cycle, baseline=baseline), calendar, day=CUT_OFF_DAY
        )
        for number, word in enumerate(said, start=1):
            if word.left_out:
                arguments = {"news": number, "decision": "out", "reason": word.left_out}
                yield Act(step="triage", person=self.who("DP"), day=CUT_OFF_DAY, arguments=arguments)

    def anew(self, patch: str, baseline: Cube) -> habits.Call:
        """The owner of a patch sets out from the baseline each month: nothing of last month's figures stays."""
        return habits.Call(
            person=habits.owner(self.company, patch, self.cycle), layer="L2", patch=patch, place={"patch": patch},
            mode="percent", value=0.0, first=baseline.first, periods=baseline.periods, reason="looked at anew",
        )  # fmt: skip

    def choose(self, paper: str, options: pl.DataFrame) -> str:
        """What the executive takes: whom she wants to go first, else the most gained net of what it costs."""
        mine = options.filter(pl.col("paper") == paper)
        for option, text in mine.select("option", "difference").iter_rows():
            rule = from_json(text)
            if isinstance(rule, Precedence):
                leader = habits.precedence(self.company, cycle=self.cycle, line=rule.resource)
                if rule.order[:1] == (leader,):
                    return str(option)
        worth = {
            name: {"margin": -float(net), "cost": 0.0} for name, net in mine.select("option", "net_cost").iter_rows()
        }
        return habits.choose(worth)


def _news(word: habits.Word, calendar: Calendar, *, cycle: int) -> Act:
    arguments: dict[str, object] = {
        "kind": word.kind, "text": word.text, "place": dict(word.place), "patch": word.patch, "likely": word.likely,
        "probability": word.probability, "in_number": "yes" if word.in_number else "no",
        "first": "" if word.first is None else calendar[cycle + word.first].label, "periods": word.periods,
    }  # fmt: skip
    return Act(step="news", person=word.person, day=SALES_DAY, arguments=arguments)


def typed_as(calls: Iterable[habits.Call], calendar: Calendar, *, day: int = SALES_DAY) -> Iterator[Act]:
    """What each person types in a layer, as one batch each."""
    held: dict[tuple[str, str], list[Asked]] = {}
    for call in calls:
        asked = Asked(
            place=dict(call.place), mode=call.mode, value=call.value, first=calendar[call.first].label,
            periods=call.periods, reason=call.reason,
        )  # fmt: skip
        held.setdefault((call.person, call.layer), []).append(asked)
    for (person, layer), many in held.items():
        yield Act(step="edit", person=person, day=day, arguments={"layer": layer, "asked": many})


def live_closed_cycles(plan: Plan, progress: Progress) -> Company:
    """Load the company month by month and play its closed cycles; then open the current one, with sales' window open.

    After each cycle the plants make what its published plan says, nearly: so the next month's facts follow from it.
    Returns the company as it stands on its current day.
    """
    world = make_world(rng=np.random.Generator(np.random.PCG64(SEED)), as_of=AS_OF)
    company, plans, promise = live(world), {}, None
    now = world.clock.now
    with LocalProcesses() as processes:
        for done, index in enumerate(range(now - CLOSED, now)):
            period = world.clock.calendar[index]
            progress(done, CLOSED + 1, f"playing {period.label}")
            _load(plan, company, period)
            _play(plan, company, period, measure=done > 0, mapper=processes.map_each)
            published = _looking(plan, period, 18)
            plans[index + 1] = planned_production(published, index + 1)
            if index == now + kept.DECIDED:
                promise = promised_extra(published, index + 1)
            company = live(world, plans=plans, promise=promise)
    progress(CLOSED, CLOSED + 1, f"opening {world.clock.calendar[now].label}")
    _load(plan, company, world.clock.calendar[now])
    _open(plan, company, world.clock.calendar[now])
    progress(CLOSED + 1, CLOSED + 1, "the model company is ready")
    return company


def _looking(plan: Plan, period: Period, day: int) -> Context:
    owner = make_context(plan, person="", now=moment(period, day))
    person = held_on(period.start, company=owner.company()).holders["OWN"][0]
    return make_context(plan, person=person, now=moment(period, day))


def _load(plan: Plan, company: Company, period: Period) -> None:
    """What is new in a month, as files through the door that every company's data takes."""
    person = People(company, period.index).who("OWN")
    with new_files(plan, company, period) as folder:
        perform(plan, Act(step="load", person=person, day=1, arguments={"folder": folder}), period)


@contextmanager
def new_files(plan: Plan, company: Company, period: Period) -> Iterator[Path]:
    """A folder with what is new on the first day of a month, while it is needed."""
    known = make_context(plan, person="").known()
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / f"until {period.start}"
        folder.mkdir()
        write_folder(_new(tables_on(company, period.start), known), folder)
        yield folder


def is_model(plan: Plan) -> bool:
    """Whether a plan is of the model company, whose next month is known here."""
    return truth_path(plan).exists()


def company_in(plan: Plan, month: int) -> Company:
    """The company in a month (calendar index), as the plans published so far made it."""
    world = make_world(rng=np.random.Generator(np.random.PCG64(SEED)), as_of=AS_OF, later=max(month - HISTORY, 0))
    calendar, plans, promise = world.clock.calendar, {}, None
    for cycle in Cycle.objects.filter(plan=plan, index__lt=month).order_by("index"):
        looking = _looking(plan, calendar[cycle.index], 18)
        made = planned_production(looking, cycle.index + 1, cycle.label)
        if len(made):
            plans[cycle.index + 1] = made
        if cycle.index == world.clock.now + kept.DECIDED:
            promise = promised_extra(looking, cycle.index + 1, cycle.label)
    return live(world, plans=plans, promise=promise)


def _new(tables: dict[str, pl.DataFrame], known: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The rows that were not loaded before as they are now."""
    fresh = {name: _fresh(table, known.get(name) if name != "people" else None) for name, table in tables.items()}
    return {name: table for name, table in fresh.items() if len(table)}


def _fresh(table: pl.DataFrame, old: pl.DataFrame | None) -> pl.DataFrame:
    if old is None:
        return table
    return table.join(old, on=table.columns, how="anti", nulls_equal=True, maintain_order="left")


def _play(plan: Plan, company: Company, period: Period, *, measure: bool, mapper: Mapper) -> list[Played]:
    people = People(company, period.index)
    played = []
    for step in play_month(plan, people, period, measure=measure, mapper=mapper):
        played.append(step)
        if step.act.step == "measure":
            played += _answer(plan, company, period)
        elif step.act.step == "sign":
            played += [perform(plan, act, period) for act in _agreed(company, period, step.act)]
    return played


def _agreed(company: Company, period: Period, signed: Act) -> Iterator[Act]:
    """The actions of the meeting that ends with a signature, written down by who leads it."""
    meeting = next((one.key for one in MEETINGS.values() if one.signs[-1] == signed.arguments["verb"]), "")
    after = company.world.clock.calendar[period.index + 1]
    for one in promises(company, period.index):
        if one.meeting == meeting:
            due = moment(after, one.day).date()
            what = {"meeting": meeting, "what": one.text, "who": one.owner, "due": due}
            yield Act(step="action", person=CHAIRS[meeting], day=signed.day, arguments=what)


def _answer(plan: Plan, company: Company, period: Period) -> list[Played]:
    """Owners answer for the breaches of the month before, as far as they do."""
    played = []
    for figure, scope, person in breaches_of(_looking(plan, period, ANSWER_DAY)):
        reply = habits.reply(company, figure=figure, scope=scope, person=person, period=period.index - 1)
        if reply is not None:
            arguments = {
                "figure": figure,
                "scope": scope,
                "text": reply.text,
                "code": reply.code,
                "action": reply.action,
            }
            act = Act(step="answer", person=person, day=ANSWER_DAY, arguments=arguments)
            played.append(perform(plan, act, period))
    return played


def _questions(company: Company, period: Period, planner: str) -> Iterator[Act]:
    """What the planner wants to know once the baseline is there."""
    for one in questions(company, period.index):
        asked = {"text": one.text, "place": dict(one.place), "to": one.to, "due": moment(period, one.day).date()}
        yield Act(step="ask", person=planner, day=ASK_DAY, arguments=asked)


def _open(plan: Plan, company: Company, period: Period) -> None:
    """The current cycle up to the open sales window."""
    people = People(company, period.index)
    owner = people.who("OWN")
    acts = [
        Act(step="open", person=owner, day=1, arguments={"period": period.label}),
        Act(step="freeze", person=owner, day=2),
        Act(step="measure", person=owner, day=2),
        Act(step="advance", person=owner, day=2),
        Act(step="forecast", person=people.who("DP"), day=3),
        *_questions(company, period, people.who("DP")),
    ]
    for act in acts:
        perform(plan, act, period)
        if act.step == "measure":
            _answer(plan, company, period)
    for word in habits.news(company, cycle=period.index):
        perform(plan, replace(_news(word, company.world.clock.calendar, cycle=period.index), day=OPEN_DAY), period)
    plan.clock = moment(period, OPEN_DAY)
    plan.save(update_fields=["clock"])
