"""What a cycle waits for, in the order in which it can be done: whose, until which day, by which steps."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onenumber.cycle.calendar import due
from onenumber.cycle.dues import milestone_of
from onenumber.cycle.phases import Phase
from onenumber.cycle.words import sentence
from onenumber.jobs.cast import Act
from onenumber.jobs.doing import Habits, acts_for, answer_of, done_of, reply_of
from onenumber.model.sheet import SheetKind
from onenumber.rights.roles import does, plants_kept
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.actions import open_actions
from onenumber.steps.see.adherence import Breach, breaches_unanswered
from onenumber.steps.see.cycle import OpenPoint, cycle_bar
from onenumber.steps.see.month_waits import Desk, plants_of
from onenumber.steps.see.questions import questions_heard
from onenumber.store.models import Cycle
from onenumber.store.plans import cycle_before

ENDS = {
    Phase.DATA: "freeze", Phase.DEMAND: "sign_demand", Phase.SUPPLY: "sign_supply", Phase.RECONCILE: "sign_review",
    Phase.EXEC: "decide", Phase.PUBLISH: "publish",
}  # fmt: skip
"""The milestone on whose day a phase ends."""
FIRST, SHEETS, LATER, SIGNED = range(4)
_RANK = {
    "patch_open": FIRST, "news_undecided": FIRST, "news_twice": FIRST, "paper_undecided": FIRST, "paper_moved": FIRST,
    "not_signed": SIGNED,
}  # fmt: skip
"""What comes before what: what people bring, the sheets made of it, what these leave open, and the signatures."""
ANSWERED, MEASURED = "answer", "freeze"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a cycle waits for: until which day, whether it is the looker's, and its sentence.

    ``point`` is the open point that it is; else ``act`` is what is done, None where only she knows what to say.
    """

    key: tuple[str, str]
    day: dt.date
    mine: bool
    said: str
    point: OpenPoint | None = None
    act: Act | None = None

    @property
    def rank(self) -> int:
        """Its place in the order."""
        if self.point is None:
            return SIGNED if self.act is not None and self.act.step == "advance" else FIRST
        if self.sheet:
            return SHEETS
        return _RANK.get(self.point.code, LATER)

    @property
    def sheet(self) -> bool:
        """Whether it is a sheet to be made."""
        return self.point is not None and self.point.said.endswith(("_missing", "_stale"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A cycle seen by its process owner (``look``) and by the person whose things are left to her (``hers``).

    Where ``hers`` is None nothing is.
    """

    look: Glance
    cycle: Cycle
    hers: Glance | None
    does: Habits

    def items(self) -> list[Item]:
        """Everything that waits, as it is done: what people bring first, then sheets, the rest, signatures."""
        found = [*self._points(), *self._around(), *self._promised(), *self._handed()]
        return sorted(found, key=lambda item: item.rank)

    def acts(self, item: Item) -> Iterator[Act]:
        """The steps that do it."""
        if item.act is not None:
            yield item.act
        elif item.point is not None:
            yield from acts_for(self.look, self.cycle, item.point, owner=self._owner, does=self.does)

    def day(self, milestone: str) -> dt.date:
        """The last day of a milestone of the cycle."""
        period = self.look.frame(self.cycle).calendar[self.cycle.index]
        return due(milestone, period=period, week=week_at(self.look, self.cycle))

    @property
    def _owner(self) -> str:
        return self.look.actor.person

    @property
    def _owns(self) -> bool:
        return self.hers is not None and does(self.hers.actor.roles, "advance")

    def _points(self) -> Iterator[Item]:
        own = cycle_bar(self.hers, self.cycle.label).open_points if self.hers is not None else ()
        mine = {(point.code, point.subject) for point in own if point.mine}
        for point in cycle_bar(self.look, self.cycle.label).open_points:
            key = (point.code, point.subject)
            day = self.day(milestone_of(point.said, point.subject))
            yield Item(key=key, day=day, mine=key in mine, said=sentence(point.said, point.name), point=point)

    def _around(self) -> Iterator[Item]:
        """What no gate waits for: last month measured, answers, the phase ended, the next month opened."""
        phase = Phase(self.cycle.phase)
        if phase in (Phase.MONITOR, Phase.CLOSED):
            yield from self._opening()
        elif not cycle_bar(self.look, self.cycle.label).open_points:
            said = f"{phase.shown} can be ended"
            yield self._owners("advance", day=self.day(ENDS[phase]), said=said)
        yield from self._measuring(phase)
        if phase in (Phase.DATA, Phase.DEMAND, Phase.MONITOR):
            for breach in breaches_unanswered(self.look, self.cycle):
                yield self._answer(breach)

    def _promised(self) -> Iterator[Item]:
        """Actions that are not done and questions without an answer, each until its own day."""
        for row in open_actions(self.look, self.cycle):
            mine = self.hers is not None and row.owner == self.hers.actor.person
            act = done_of(row, self.does)
            yield Item(key=("action", str(row.pk)), day=row.due, mine=mine, said=row.text, act=act)
        for one in questions_heard(self.look, self.cycle):
            if not one.replies.all():
                mine = self.hers is not None and self.hers.actor.person in one.people
                act = reply_of(one, self.does)
                yield Item(key=("question", str(one.number)), day=one.due, mine=mine, said=one.text, act=act)

    def _handed(self) -> Iterator[Item]:
        """The plan that waits for her plant's word: as soon as it is made, before it is signed over her head.

        Another plant that says nothing counts as having taken it.
        """
        if self.hers is not None and plants_kept(self.hers.actor):
            made = self.day("plan")
            for wait in plants_of(Desk(look=self.hers, cycle=self.cycle)):
                day, said = min(wait.day, made), sentence(wait.said, wait.name)
                yield Item(key=(wait.said, wait.name), day=day, mine=True, said=said)

    def _opening(self) -> Iterator[Item]:
        following = self.look.frame(self.cycle).calendar[self.cycle.index + 1]
        if following.start <= self.look.today:
            item = self._owners("open", day=self.look.today, said=f"The month {following.label} can be opened")
            yield replace(item, act=Act(step="open", person=self._owner, day=0, arguments={"period": following.label}))

    def _measuring(self, phase: Phase) -> Iterator[Item]:
        before = cycle_before(self.cycle) if phase is Phase.DATA else None
        published = before is not None and self.look.version(SheetKind.PUBLISHED_PLAN, before) is not None
        frozen = self.look.version(SheetKind.HISTORY, self.cycle) is not None
        if published and frozen and self.look.version(SheetKind.ADHERENCE, self.cycle) is None:
            yield self._owners("measure", day=self.day(MEASURED), said="Last month can be measured")

    def _owners(self, step: str, *, day: dt.date, said: str) -> Item:
        act = Act(step=step, person=self._owner, day=0)
        return Item(key=(step, self.cycle.label), day=day, mine=self._owns, said=said, act=act)

    def _answer(self, breach: Breach) -> Item:
        mine = self.hers is not None and breach.owner == self.hers.actor.person
        said = f"{breach.figure.replace('_', ' ')} of {breach.scope} has no answer"
        act = answer_of(breach, self.does)
        # others answer early; what is hers she may answer until the last day
        day = self.day(ANSWERED if mine or act is None else MEASURED)
        return Item(key=(breach.figure, breach.scope), day=day, mine=mine, said=said, act=act)
