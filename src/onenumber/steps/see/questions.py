"""Questions that were asked about places: to who asked, who is asked, and who plans demand or runs the month."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from onenumber.cycle.phases import Phase
from onenumber.review.naming import Names, place_words
from onenumber.rights.ask import Actor, may, reads
from onenumber.rights.roles import hears_every_question
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, glance
from onenumber.store.models import Cycle, QuestionRow, ReplyRow
from onenumber.store.plans import both_names

ASKED = ("SP", "SM", "PM", "OP", "SS")
"""Roles that a planner asks: sales, and who makes and plans what sales need."""
DAYS = 3
"""Working days within which a question is to be answered, if nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyShown:
    """What somebody answered, and when; ``figure`` is None where she named none."""

    person: str
    text: str
    figure: float | None
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    """A question: its number, who asked whom what, about which place and months, by when, and what was answered.

    ``first`` and ``last`` are labels of months, empty where it names none; ``mine``: it waits for the person who looks;
    ``late``: its day is past and nobody answered.
    """

    number: int
    asker: str
    people: tuple[str, ...]
    role: str
    place: Mapping[str, str]
    place_name: str
    first: str
    last: str
    text: str
    due: dt.date
    at: dt.datetime
    replies: tuple[ReplyShown, ...]
    mine: bool
    late: bool

    @property
    def open(self) -> bool:
        """Whether nobody has answered yet."""
        return not self.replies


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Whom a planner may ask: key, name and the role under which; and by when, if nothing else is said."""

    people: tuple[tuple[str, str, str], ...]
    due: dt.date


def asking_of(look: Glance, cycle: Cycle) -> Asking | None:
    """What the form of a question offers; None to who may ask none."""
    if not may(look.actor, "ask", phase=Phase(cycle.phase)):
        return None
    held, names = look.held(cycle), look.names()
    grants = held.grants if held is not None else {}
    found = [
        (ASKED.index(role), names.get(person, person), person, role)
        for person, own in grants.items()
        for role in dict.fromkeys(one.role for one in own)
        if role in ASKED
    ]
    return Asking(
        people=tuple((person, name, role) for _, name, person, role in sorted(found)),
        due=week_at(look, cycle).add(look.today, DAYS),
    )


def questions_shown(context: Context, label: str = "") -> tuple[QuestionShown, ...]:
    """Every question of the plan up to a cycle that the person may see, the newest first; none to who sees no plan."""
    look = glance(context)
    rows = questions_heard(look, look.cycle(label))
    places = names_at(look, look.cycle(label)) if rows else {}
    return tuple(_shown(look, row, places) for row in rows)


def questions_waiting(context: Context, label: str = "") -> tuple[QuestionShown, ...]:
    """The questions that wait for the person's answer, the first due first."""
    look = glance(context)
    heard = questions_heard(look, look.cycle(label))
    hers = [row for row in heard if _is_hers(look.actor, row) and not row.replies.all()]
    places = names_at(look, look.cycle(label)) if hers else {}
    return tuple(_shown(look, row, places) for row in sorted(hers, key=lambda row: (row.due, row.number)))


def questions_heard(context: Glance, cycle: Cycle) -> list[QuestionRow]:
    """The rows behind :func:`questions_shown`."""
    if not reads(context.actor, Figure.VOLUME) or not context.has_ever(QuestionRow, cycle):
        return []
    return context.gathered(QuestionRow.__name__, cycle, lambda: _heard(context, cycle))


def _heard(context: Glance, cycle: Cycle) -> list[QuestionRow]:
    rows = QuestionRow.objects.filter(plan=context.plan, cycle__index__lte=cycle.index).order_by("-number")
    heard = [row for row in rows if _hears(context.actor, row)]
    prefetch_related_objects(heard, "replies")
    return heard


def _hears(actor: Actor, row: QuestionRow) -> bool:
    return hears_every_question(actor) or not actor.stands_for.isdisjoint({row.asker, *row.people})


def _is_hers(actor: Actor, row: QuestionRow) -> bool:
    """Whether it was asked of her, or of whom she stands in for."""
    return not actor.stands_for.isdisjoint(row.people)


def _shown(look: Glance, row: QuestionRow, places: Names) -> QuestionShown:
    names, replies = look.names(), tuple(_replies(look, row))
    first, last = _months(look, row)
    return QuestionShown(
        number=row.number, asker=both_names(names, row.asker, row.deputy_for),
        people=tuple(names.get(one, one) for one in row.people), role=row.role, place=row.place,
        place_name=place_words(row.place, places), first=first, last=last, text=row.text, due=row.due, at=row.at,
        replies=replies, mine=_is_hers(look.actor, row),
        late=not replies and row.due < look.today,
    )  # fmt: skip


def _replies(look: Glance, row: QuestionRow) -> Iterator[ReplyShown]:
    found: list[ReplyRow] = sorted(row.replies.all(), key=lambda one: one.pk)
    for one in found:
        person = both_names(look.names(), one.person, one.deputy_for)
        yield ReplyShown(person=person, text=one.text, figure=one.figure, at=one.at)


def _months(look: Glance, row: QuestionRow) -> tuple[str, str]:
    if row.first is None:
        return "", ""
    calendar = look.frame(look.cycle("")).calendar
    return calendar[row.first].label, calendar[row.first + (row.periods or 1) - 1].label
