"""The walked company in its phases, with an account for everybody, beside a plan of other people."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from onenumber.store.models import Plan
from tests.walk.months import PHASES, walked

At = Callable[[str], Plan]


@pytest.fixture
def at(db: None, settings: Settings, tmp_path: Path) -> At:
    """``at("window")``: the walked plan as far as that, with the other plan beside it."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"

    played: dict[str, Plan] = {}

    def _at(name: str) -> Plan:
        if name not in played:
            played[name] = walked(name)
        return played[name]

    return _at


@pytest.fixture
def onward(at: At) -> Iterator[tuple[str, Plan]]:
    """The walked plan in one phase after the other: a name and the plan, as far as that."""

    def _onward() -> Iterator[tuple[str, Plan]]:
        first, *rest = PHASES
        plan = at(first)
        yield first, plan
        for name in rest:
            PHASES[name](plan)
            plan.refresh_from_db()
            yield name, plan

    return _onward()
