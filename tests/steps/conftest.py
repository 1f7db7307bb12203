"""A plan of the tiny company, and people acting in it through the real steps."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from onenumber.cli import main
from onenumber.steps.frame.asking import found_plan
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.store.models import Plan
from tests import tiny
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do

Act = Callable[..., Outcome]
Ask = Callable[..., Result]


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    settings.ONENUMBER_HOME = tmp_path / "home"
    return once_a_run(found_plan)("tiny", purpose="live")


@pytest.fixture
def asking(plan: Plan) -> Callable[[str], Context]:
    """The context of a person now."""
    return lambda person: make_context(plan, person=person, now=NOW)


@pytest.fixture
def act(asking: Callable[[str], Context]) -> Act:
    """``act("dora", "forecast")``: a person does a step."""
    return lambda person, step, **arguments: STEPS[step].run(asking(person), **arguments)


@pytest.fixture
def loaded(plan: Plan, tmp_path: Path) -> Outcome:
    """The tiny company is loaded."""
    return once_a_run(do)(plan, "nobody yet", "load", folder=tiny.write(tmp_path / "data"))


@pytest.fixture
def in_demand(loaded: Outcome, plan: Plan) -> None:
    """Cycle 2026-05 stands in the sales window."""
    _to_demand(plan)


@once_a_run
def _to_demand(plan: Plan) -> None:
    do(plan, "olga", "open", period="2026-05")
    do(plan, "olga", "freeze")
    do(plan, "olga", "advance")
    do(plan, "dora", "forecast")


@pytest.fixture
def agreed(in_demand: None, plan: Plan) -> None:
    """Both patches submitted and accepted; the consensus is signed."""
    _to_agreed(plan)


@once_a_run
def _to_agreed(plan: Plan) -> None:
    for person, patch in (("ana", "Nord"), ("ben", "South")):
        do(plan, person, "submit", patch=patch)
        do(plan, "ines", "accept", patch=patch)
    do(plan, "ines", "collect")
    do(plan, "dora", "agree")
    do(plan, "ines", "sign", verb="sign_demand")


@pytest.fixture
def ask(db: None, settings: object, tmp_path: Path) -> Ask:
    """``ask("load", folder)``: a command in a database of which nobody has founded a plan yet."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the tiny company."""
    return tiny.write(tmp_path / "data")


@pytest.fixture
def again(act: Act, tmp_path: Path) -> Callable[..., None]:
    """``again(2, "beta")``: the data are re-opened, loaded with those customers' orders times two, and forecast."""

    def _again(times: float, *customers: str) -> None:
        act("olga", "reopen", phase="DATA", reason="orders were missing")
        lines = tiny.tables()["order_lines"]
        quantity = pl.col("quantity")
        more = pl.when(pl.col("customer").is_in(customers)).then(quantity * times).otherwise(quantity)
        tiny.write(tmp_path / f"again{times}", {"order_lines": lines.with_columns(more.alias("quantity"))})
        act("olga", "load", folder=tmp_path / f"again{times}")
        act("olga", "freeze")
        act("olga", "advance")
        act("dora", "forecast")

    return _again
