"""The command that says who does what, on the screen and as a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onenumber.cli import main
from onenumber.store.models import Plan
from tests.steps.conftest import *  # noqa: F403 - the tiny company


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["duties", *words], catch_exceptions=False)


@pytest.fixture(autouse=True)
def _in_demand(in_demand: None) -> None:
    """A cycle stands open."""


def test_it_lists_people_duties_signatures_and_figures(plan: Plan) -> None:
    said = ask("--as", "ana").output
    assert said.startswith("Who does what in 2026-05, as it stands on ")
    assert "Salesperson\n  Nord: Ana Ruiz, yours\n  South: Ben Osei\n    SP-1   Speaks for the customers" in said
    assert "    DP-3   Finds what does not look like the past, by 2026-05-05, working day 3\n" in said
    assert "  “achievable” in Supply, by 2026-05-15, working day 11: Omar Haddad (operations leader)\n" in said
    assert said.endswith("  budget of DB, by 2026-05-28, working day 20: Fay Chen\n")


def test_it_writes_a_row_for_each_place(plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "who.csv"
    assert ask("--as", "adam", "-o", str(target)).output == f"54 rows written to {target}\n"
    assert "SP-3,Enters what customers will need,SP,South,Ben Osei,,,2026-05-07" in target.read_text().splitlines()


def test_nobody_in_particular_is_asked_who_she_is(plan: Plan) -> None:
    refused = ask()
    assert refused.exit_code == 2
    assert "Say who you are to see who does what: --as PERSON. Everybody of the company may." in refused.output
