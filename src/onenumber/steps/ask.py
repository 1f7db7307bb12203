"""Ask sales, plants or supply something about a place: who is asked, what, and by when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.errors.steps import BadArgumentError
from onenumber.model.axis import Axis
from onenumber.model.contract.people import ROLES
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Actor, mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.layers import inside, name_of
from onenumber.steps.frame.months import first_of
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, Cycle, QuestionRow
from onenumber.store.plans import find_cycle, hold


def run(  # noqa: PLR0913 - the fields of a question (domain.md, F-DP4)
    context: Context,
    *,
    text: str,
    place: Mapping[str, str],
    to: str,
    due: dt.date,
    first: str = "",
    periods: int | None = None,
    cycle: str = "",
) -> Outcome:
    """Append a question. It is numbered within its plan and stays with its place; an answer never changes a figure.

    A role is asked where it concerns it: salespeople of the patches that buy there, everybody else of that role.

    Raises:
        NotAllowedError: if the person may not ask.
        BadArgumentError: if it says nothing, names nobody, or its day is past.
        OutsideHorizonError: if a period lies outside the horizon.
        EmptyPlaceError: if nothing is asked for at its place.
        UnknownLabelError: if streams have no such attribute.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("ask", phase=Phase(now.phase))
    check_words("ask", "text", text, reason="say in a sentence what you want to know")
    if due < context.today:
        raise _bad(argument="due", value=str(due), reason="the day is past")
    role, people = _asked(context, now, to, place)
    with transaction.atomic():
        hold(now)  # one at a time: its number is its place in the plan
        number = QuestionRow.objects.filter(plan=context.plan).count() + 1
        QuestionRow.objects.create(
            plan=context.plan, cycle=now, number=number, asker=context.actor.person, deputy_for=grant.deputy_for,
            place=dict(place), first=first_of(context, now, first, periods), periods=periods or (1 if first else None),
            text=text, people=people, role=role, due=due, at=context.now,
        )  # fmt: skip
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="ask",
            what={"question": number, "place": dict(place), "to": people, "due": str(due)},
        )  # fmt: skip
    said = ", ".join(context.names().get(one, one) for one in people)
    return Outcome(step="ask", figures={"question": number, "place": name_of(place), "to": said})


def _asked(context: Context, cycle: Cycle, to: str, place: Mapping[str, str]) -> tuple[str, list[str]]:
    """The role that is asked, if it is one, and the people.

    Raises:
        BadArgumentError: if there is nobody of that name, or nobody holds the role there.
        EmptyPlaceError: if nothing is asked for at the place.
    """
    history = context.sheet(SheetKind.HISTORY, cycle)
    axis = history.cube("demand").axis if history is not None else None
    rows = np.flatnonzero(inside(axis, place)) if axis is not None else None
    if rows is not None and not len(rows):
        raise EmptyPlaceError(place=name_of(place))
    named = [one for part in to.split(",") if (one := part.strip())]
    if len(named) == 1 and named[0] in ROLES:
        seen = axis.take(rows) if axis is not None and rows is not None else None
        return named[0], _holders(context, cycle, named[0], seen)
    known = context.names()
    missing = [one for one in named if one not in known]
    if missing or not named:
        raise _bad(
            argument="to", value=", ".join(missing) or to, reason=f"name people by key, or a role ({', '.join(ROLES)})"
        )
    return "", named


def _holders(context: Context, cycle: Cycle, role: str, streams: Axis | None) -> list[str]:
    """Who holds a role over one of the streams at least; before there are any, everybody who holds it."""
    held = context.held(cycle)
    people = sorted(held.grants) if held is not None else []
    found = [one for one in people if held is not None and _concerned(held.actor(one), role, streams)]
    if not found:
        raise _bad(
            argument="to", value=role, reason="nobody of that role has anything to do with that place; name a person"
        )
    return found


def _concerned(actor: Actor, role: str, streams: Axis | None) -> bool:
    own = tuple(one for one in actor.grants if one.role == role and not one.deputy_for)
    if streams is None or not own:
        return bool(own)
    return bool(mask(replace(actor, grants=own), Figure.VOLUME, axis=streams).any())


def _bad(*, argument: str, value: str, reason: str) -> BadArgumentError:
    return BadArgumentError(step="ask", argument=argument, value=value, reason=reason)


STEP = Step(
    name="ask",
    verb="ask",
    phase=None,
    says="Ask sales, plants or supply something about a place.",
    run=run,
    arguments=(
        Argument(name="text", doc="The question in a sentence."),
        Argument(name="place", doc="About whom or what, as attribute=value.", kind="place"),
        Argument(name="to", doc="Who is asked: people by key, with commas, or a role."),
        Argument(name="due", doc="By when it is to be answered.", kind="date"),
        Argument(name="first", doc="Label of the first month it is about.", required=False),
        Argument(name="periods", doc="How many months; one if not given.", kind="integer", required=False),
        CYCLE,
    ),
)
