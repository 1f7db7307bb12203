"""Every step is a verb with a right: refused by role before it does anything, and a command with its help."""

import datetime as dt
import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from onenumber.cycle.phases import Phase
from onenumber.errors import NotAllowedError, WrongPhaseError
from onenumber.model.contract.people import ROLES
from onenumber.rights.ask import Actor, Grant
from onenumber.rights.table import WRITE
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument, Step
from onenumber.store.models import Cycle, Plan
from onenumber.store.versions import Versions
from tests.house.registry import SOURCES, steps, texts

STEPS = steps()
NOW = dt.datetime(2026, 6, 3, 9, 0, tzinfo=dt.UTC)
SAMPLES = {
    "text": "x",
    "integer": 1,
    "number": 1.0,
    "flag": True,
    "date": NOW.date(),
    "place": {"item": "x"},
    "folder": Path("nowhere"),
}
DENIED = {name: [role for role in ROLES if role not in WRITE[step.verb].roles] for name, step in STEPS.items()}
TOO_EARLY_OR_LATE = {
    name: [phase for phase in Phase if phase not in (WRITE[step.verb].phases or Phase)] for name, step in STEPS.items()
}

ONCE = pytest.mark.sqlite
"""Who is refused is refused before a row is written, whatever keeps the rows; on both databases everybody tries
everything in tests/walk/test_writing.py."""


@pytest.mark.parametrize("name", STEPS)
def test_a_step_asks_for_a_right_that_exists_and_is_called_as_its_module(name: str) -> None:
    step = STEPS[name]
    assert step.name == name.rstrip("_").replace("_", "-")
    assert step.verb in WRITE
    assert step.says.endswith(".")
    assert step.phase is None or step.phase in WRITE[step.verb].phases


@pytest.mark.parametrize("name", STEPS)
def test_a_step_declares_the_arguments_that_it_takes(name: str) -> None:
    step = STEPS[name]
    taken = {n: p for n, p in inspect.signature(step.run).parameters.items() if n != "context"}
    declared = {argument.name: argument for argument in step.arguments}
    assert set(taken) == set(declared)
    for argument, parameter in taken.items():
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
        assert declared[argument].required is (parameter.default is inspect.Parameter.empty)
        assert declared[argument].doc.endswith((".", "?"))


@ONCE
@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, roles in DENIED.items() if roles])
def test_a_step_refuses_a_role_without_the_right_and_leaves_no_trace(name: str, tmp_path: Path) -> None:
    step = STEPS[name]
    phase = step.phase or (WRITE[step.verb].phases or (Phase.DATA,))[0]
    for role in DENIED[name]:
        with pytest.raises(NotAllowedError, match="^pat may not "):
            _refused(step, role, phase, tmp_path)


@ONCE
@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, phases in TOO_EARLY_OR_LATE.items() if phases])
def test_a_step_refuses_another_phase_and_leaves_no_trace(name: str, tmp_path: Path) -> None:
    step = STEPS[name]
    for phase in TOO_EARLY_OR_LATE[name]:
        with pytest.raises(WrongPhaseError, match=f"and the cycle is in {phase.shown}"):
            _refused(step, next(iter(WRITE[step.verb].roles)), phase, tmp_path)


def _refused(step: Step, role: str, phase: Phase, folder: Path) -> None:
    """Try a step in a role and phase; whatever it raises, nothing was written."""
    plan, _ = Plan.objects.get_or_create(key="p", name="P", made_at=NOW)
    Cycle.objects.update_or_create(plan=plan, index=0, label="2026-06", opened_at=NOW, defaults={"phase": phase})
    before = _rows()
    actor = Actor(person="pat", grants=(Grant(role=role, scope="*"),))
    context = Context(plan=plan, actor=actor, now=NOW, versions=Versions(folder))
    try:
        step.run(
            context, **{argument.name: _sample(step, argument) for argument in step.arguments if argument.required}
        )
    finally:
        assert _rows() == before
        assert not list(folder.rglob("*.*"))


def test_every_right_is_asked_for_by_a_step() -> None:
    asked = {text for source in SOURCES if source.room in ("steps", "jobs") for text in texts(source)}
    layers = {f"edit_{layer}" for layer in ("L2", "L2M", "L3", "L4", "L5")}  # a step makes these from its argument
    assert set(WRITE) - asked - layers == set()


def _sample(step: Step, argument: Argument) -> object:
    if argument.name == "verb":
        return step.verb
    return argument.choices[0] if argument.choices else SAMPLES[argument.kind]


def _rows() -> list[tuple[str, int]]:
    """How many rows every table has, asked at once, for it is asked twice of every step, role and phase."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in apps.get_models()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables))  # noqa: S608
        found: list[tuple[str, int]] = cursor.fetchall()
    return sorted(found)
