"""What a person of a demo does about a thing that waits, where the clock goes on without her.

People of the model company do it by their habits. Those of any other company hand in what stands, take the option that
the paper recommends, and answer for nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

import polars as pl

from onenumber.jobs.cast import Act
from onenumber.jobs.model_company import People, typed_as
from onenumber.jobs.month import NO_WAY_OUT, NOTHING_CAME, WENT_UP
from onenumber.jobs.settle import first_way
from onenumber.review.papers.decision import cheapest
from onenumber.sample import habits
from onenumber.sample.company import Company
from onenumber.sample.promises import what_came
from onenumber.steps.frame.context import Context
from onenumber.steps.registry import STEPS
from onenumber.steps.see.adherence import Breach
from onenumber.steps.see.cycle import OpenPoint
from onenumber.steps.see.demand import baseline_of, carried_patches
from onenumber.steps.see.supply import papers_on_table
from onenumber.store.models import ActionRow, Cycle, EditRow, QuestionRow

Words = Mapping[str, object]
LEFT_OUT = "not certain yet: it stays beside the plan, as a risk or an opportunity"
REASONS: Mapping[str, str] = MappingProxyType(
    {"shortage_open": WENT_UP, "conflict_open": NO_WAY_OUT, "facts_not_loaded": NOTHING_CAME}
)
"""Why a thing is escalated or let pass."""
PASSED = "known: the month goes on without it"


class Habits(Protocol):
    """What those do who are not looking."""

    def sells(self, context: Context, patch: str, person: str) -> Iterator[Act]:
        """What a salesperson types in her patch before she hands it in."""
        ...

    def chooses(self, paper: str, options: pl.DataFrame) -> str:
        """The option that the executive takes."""
        ...

    def answers(self, breach: Breach) -> Words | None:
        """How the owner of a breach answers for it; None: not at all."""
        ...

    def says(self, text: str) -> str | None:
        """What comes of an action, or what is answered to a question; None: nothing."""
        ...


class Plain:
    """Nothing is typed: what stands is handed in, and what the paper recommends is taken."""

    def sells(self, context: Context, patch: str, person: str) -> Iterator[Act]:  # noqa: ARG002 - as Habits
        """Nothing."""
        yield from ()

    def chooses(self, paper: str, options: pl.DataFrame) -> str:
        """The option that its paper recommends."""
        return cheapest(options)[paper]

    def answers(self, breach: Breach) -> None:
        """Nothing: nobody but the owner knows."""

    def says(self, text: str) -> None:
        """Nothing: nobody but who was asked knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTheModel:
    """The people of the model company in a cycle, called by its calendar index."""

    company: Company
    cycle: int

    def sells(self, context: Context, patch: str, person: str) -> Iterator[Act]:
        """She sets out from the baseline and changes it as she does."""
        baseline, people = baseline_of(context), People(self.company, self.cycle)
        anew = [people.anew(patch, baseline)] if patch in carried_patches(context) else []
        calls = habits.sales_calls(self.company, cycle=self.cycle, baseline=baseline)
        hers = [replace(call, person=person) for call in (*anew, *calls) if call.patch == patch]
        yield from typed_as(hers, self.company.world.clock.calendar)

    def chooses(self, paper: str, options: pl.DataFrame) -> str:
        """As in the closed cycles."""
        return People(self.company, self.cycle).choose(paper, options)

    def answers(self, breach: Breach) -> Words | None:
        """As in the closed cycles."""
        said = habits.reply(
            self.company, figure=breach.figure, scope=breach.scope, person=breach.owner, period=breach.period
        )
        return None if said is None else {"text": said.text, "code": said.code, "action": said.action}

    def says(self, text: str) -> str | None:
        """As the company knows it."""
        return what_came(text)


def acts_for(context: Context, cycle: Cycle, point: OpenPoint, *, owner: str, does: Habits) -> Iterator[Act]:
    """What settles an open point, by the person whose it is; nothing where nobody holds it or no step is known.

    ``context`` reads the whole plan; ``owner`` is the process owner, whose it is to let a thing pass.
    """
    way = first_way(point)
    if way is None or not point.persons:
        return
    person = owner if way.step == "waive" else point.persons[0]
    if way.step == "submit" and not _typed(cycle, point.subject, person):
        yield from does.sells(context, point.subject, person)
    more = _asked(context, point, way.step, does)
    yield Act(step=way.step, person=person, day=0, arguments=STEPS[way.step].typed({**way.given, **more}))


def answer_of(breach: Breach, does: Habits) -> Act | None:
    """How the owner of a breach answers for it."""
    said = does.answers(breach)
    if said is None:
        return None
    arguments = {"figure": breach.figure, "scope": breach.scope, **said}
    return Act(step="answer", person=breach.owner, day=0, arguments=arguments)


def done_of(action: ActionRow, does: Habits) -> Act | None:
    """How the owner of an action says that it is done."""
    note = does.says(action.text)
    return Act(step="done", person=action.owner, day=0, arguments={"action": action.pk, "note": note}) if note else None


def reply_of(question: QuestionRow, does: Habits) -> Act | None:
    """How the first who was asked answers a question."""
    text = does.says(question.text)
    arguments = {"question": question.number, "text": text}
    return Act(step="reply", person=question.people[0], day=0, arguments=arguments) if text else None


def _asked(context: Context, point: OpenPoint, step: str, does: Habits) -> Mapping[str, str]:
    """What the step asks beside what the point says."""
    if step == "triage":
        return {"decision": "out", "reason": LEFT_OUT}
    if step in ("escalate", "waive"):
        return {"reason": REASONS.get(point.code, PASSED)}
    if step == "decide" and point.code != "over_budget":
        _, options = papers_on_table(context)
        return {"option": does.chooses(point.subject, options)}
    return {}


def _typed(cycle: Cycle, patch: str, person: str) -> bool:
    """Whether anything was typed in a patch by hand or before: it is handed in as it stands."""
    rows = EditRow.objects.filter(layer__cycle=cycle, layer__code="L2", author=person, carried_from=None)
    return any(place.get("patch", patch) == patch for place in rows.values_list("place", flat=True))
