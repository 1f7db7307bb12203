"""Nobody does what is not hers to do: every step, as everybody, in every phase; what is refused changes nothing."""

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction

from onenumber.errors import (
    EmptyPlaceError,
    NobodyNamedError,
    NotAllowedError,
    NotYoursError,
    OneNumberError,
    WrongPhaseError,
)
from onenumber.jobs.registry import DOABLE
from onenumber.steps.frame.context import Context, make_context
from onenumber.store.models import Cycle, Plan
from tests import tiny
from tests.standing import _rows
from tests.steps.month_for_tests import NOW
from tests.walk.company import everybody
from tests.walk.conftest import At
from tests.walk.verbs import DP, FIN, OWN, Try, tries

REFUSED = (NotAllowedError, NobodyNamedError, NotYoursError, EmptyPlaceError, WrongPhaseError)
"""What says that it is not hers, not in her part, or not now."""
PHASES = {
    "opened": "DATA", "window": "DEMAND", "agreed": "DEMAND", "handed": "SUPPLY", "reviewed": "RECONCILE",
    "papers": "EXEC", "final": "EXEC", "approved": "PUBLISH", "record": "MONITOR",
}  # fmt: skip
PLAYS = ("go-on",)
"""What plays the others' steps: it is asked with the clock, and seen in tests/steps/test_go_on.py."""
PEOPLE = (*everybody(), "")
LOADERS = (*OWN, *DP, *FIN)


Who = Callable[[str, Try], Context]


def _asking(plan: Plan) -> Who:
    """Everybody as they ask in a phase: what is refused or taken back changes nobody, so each is made once."""

    @functools.cache
    def person_at(person: str, at: dt.datetime) -> Context:
        return make_context(plan, person=person, now=at)

    return lambda person, one: person_at(person, one.at)


def _done(asking: Context, one: Try) -> OneNumberError | None:
    """What refuses it, if anything does; whatever was done is taken back."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                for each in (one.first, one) if one.first else (one,):
                    step = DOABLE[each.step]
                    step.run(asking, **step.typed(each.asked))
        except OneNumberError as error:
            return error
        finally:
            transaction.set_rollback(True)
    return None


def _refuses(error: OneNumberError | None) -> bool:
    return isinstance(error, REFUSED)


def _refused(asking: Context, one: Try) -> str:
    """How a step that is not hers went through all the same, or was refused for another reason; empty where it was."""
    step, who = DOABLE[one.step], asking.actor.person or "nobody"
    try:
        step.run(asking, **step.typed(one.asked))
    except REFUSED:
        return ""
    except OneNumberError as error:
        return f"{one.step} {dict(one.asked)} by {who}: {error}"
    return f"{one.step} {dict(one.asked)} by {who} was done"


def _there(plan: Plan, name: str) -> list[Try]:
    """The steps whose thing is there; in a phase that was walked before only those whose thing is new."""
    order = list(PHASES)
    before = order[: order.index(name)]
    again = PHASES[name] in [PHASES[one] for one in before]
    return [one for one in tries(plan) if one.since == name or (one.since in before and not again)]


def test_every_step_is_tried(at: At) -> None:
    assert {one.step for one in tries(at("window"))} == set(DOABLE) - {"load"}


def test_who_may_not_is_refused_in_every_phase_and_nothing_changes(onward: Iterator[tuple[str, Plan]]) -> None:
    for name, plan in onward:
        phase = Cycle.objects.get(plan=plan).phase
        assert phase == PHASES[name]
        before, who = _rows(), _asking(plan)
        wrong = [
            _refused(who(person, one), one)
            for one in _there(plan, name) for person in PEOPLE if person not in one.people or phase not in one.phases
        ]  # fmt: skip
        told = [one for one in wrong if one]
        assert not told, "\n".join([name, *told])
        assert _rows() == before, name


def test_who_may_is_refused_in_no_phase_and_does_it_in_one(onward: Iterator[tuple[str, Plan]]) -> None:
    done: set[tuple[str, str]] = set()
    refused: list[str] = []
    for name, plan in onward:
        phase, who = Cycle.objects.get(plan=plan).phase, _asking(plan)
        for one in _there(plan, name):
            for person in one.people if phase in one.phases and one.step not in PLAYS else ():
                error = _done(who(person, one), one)
                done |= {(one.step, person)} if error is None else set()
                refused += [f"{name}: {one.step} {dict(one.asked)} by {person}: {error}"] if _refuses(error) else []
    assert not refused, "\n".join(refused)
    tried = {(one.step, person) for one in tries(plan) for person in one.people if one.step not in PLAYS}
    assert tried - done == set()
    assert {step for step, _ in done} == set(DOABLE) - {*PLAYS, "load"}


@pytest.mark.parametrize("person", [*LOADERS, "eva", "ines", "omar", "sven", "ana", "dirk", "pia", "adam", "carl", ""])
def test_only_who_may_load_loads(at: At, person: str, tmp_path: Path) -> None:
    plan = at("window")
    folder = tiny.write(tmp_path / "more", {"order_lines": tiny.tables()["order_lines"].head(1)})
    context, before = make_context(plan, person=person, now=NOW), _rows()
    if person not in LOADERS:
        with pytest.raises(REFUSED):
            DOABLE["load"].run(context, folder=folder)
        assert _rows() == before
    else:
        assert DOABLE["load"].run(context, folder=folder).step == "load"
