"""Nobody does what is not hers to do: every step, as everybody, in every phase; what is refused changes nothing."""

from collections.abc import Iterator
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
from onenumber.steps.frame.context import make_context
from onenumber.store.models import Cycle, Plan
from tests import tiny
from tests.standing import _rows
from tests.steps.month_for_tests import NOW
from tests.walk.company import everybody
from tests.walk.conftest import At
from tests.walk.verbs import DP, FIN, OWN, Try, tries

REFUSED = (NotAllowedError, NobodyNamedError, NotYoursError, EmptyPlaceError, WrongPhaseError)
"""What says that it is not hers, not in her part, or not now."""
PHASES = {"window": "DEMAND", "handed": "SUPPLY", "reviewed": "RECONCILE", "papers": "EXEC", "record": "MONITOR"}
PLAYS = ("go-on",)
"""What plays the others' steps: it is asked with the clock, and seen in tests/steps/test_go_on.py."""
NEVER_DONE = ("agree", "escalate", "freeze", "judge", "open", "publish", "resolve")
"""What asks for more than stands where the walk stops; the month does most of it on its way (tests/walk/months.py)."""
PEOPLE = (*everybody(), "")
LOADERS = (*OWN, *DP, *FIN)


def _done(plan: Plan, person: str, one: Try) -> OneNumberError | None:
    """What refuses it, if anything does; whatever was done is taken back."""
    step = DOABLE[one.step]
    with transaction.atomic():
        try:
            with transaction.atomic():
                step.run(make_context(plan, person=person, now=NOW), **step.typed(one.asked))
        except OneNumberError as error:
            return error
        finally:
            transaction.set_rollback(True)
    return None


def _refused(plan: Plan, person: str, one: Try) -> str:
    """How a step that is not hers went through all the same, or was refused for another reason; empty where it was."""
    step = DOABLE[one.step]
    try:
        step.run(make_context(plan, person=person, now=NOW), **step.typed(one.asked))
    except REFUSED:
        return ""
    except OneNumberError as error:
        return f"{one.step} {dict(one.asked)} by {person or 'nobody'}: {error}"
    return f"{one.step} {dict(one.asked)} by {person or 'nobody'} was done"


def _there(plan: Plan, name: str) -> list[Try]:
    """The steps whose thing is there."""
    order = list(PHASES)
    return [one for one in tries(plan) if order.index(one.since) <= order.index(name)]


def test_every_step_is_tried(at: At) -> None:
    assert {one.step for one in tries(at("window"))} == set(DOABLE) - {"load"}


def test_who_may_not_is_refused_in_every_phase_and_nothing_changes(onward: Iterator[tuple[str, Plan]]) -> None:
    for name, plan in onward:
        phase = Cycle.objects.get(plan=plan).phase
        assert phase == PHASES[name]
        before = _rows()
        wrong = [
            _refused(plan, person, one)
            for one in _there(plan, name) for person in PEOPLE if person not in one.people or phase not in one.phases
        ]  # fmt: skip
        told = [one for one in wrong if one]
        assert not told, "\n".join([name, *told])
        assert _rows() == before, name


def test_who_may_is_refused_in_no_phase_and_does_it_in_one(onward: Iterator[tuple[str, Plan]]) -> None:
    done: set[str] = set()
    for name, plan in onward:
        phase = Cycle.objects.get(plan=plan).phase
        for one in _there(plan, name):
            for person in one.people if phase in one.phases and one.step not in PLAYS else ():
                error = _done(plan, person, one)
                assert not isinstance(error, REFUSED), (name, one.step, dict(one.asked), person, str(error))
                done |= {one.step} if error is None else set()
    assert (set(DOABLE) - done) ^ {*NEVER_DONE, *PLAYS, "load"} == set()


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
