"""Every step is a command, every command has its help, and the tour names every step."""

import re

import click
import pytest

from onenumber.cli.app import MONTH, main
from onenumber.steps.registry import STEPS
from tests.house.registry import ROOT, steps


def _command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def test_the_registry_lists_every_step() -> None:
    assert sorted(STEPS) == sorted(step.name for step in steps().values())


def test_every_step_is_a_command_and_every_command_comes_once() -> None:
    assert set(STEPS) - set(MONTH) == set()
    assert len(MONTH) == len(set(MONTH))


@pytest.mark.parametrize("name", MONTH)
def test_a_command_says_what_it_does_and_what_each_option_is_for(name: str) -> None:
    command = _command(name)
    assert (command.help or "").strip().split("\n")[0].endswith((".", "?", ":"))
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_tour_names_every_step() -> None:
    tour = set(re.findall(r"[a-z-]+", (ROOT / "docs" / "tour.md").read_text()))
    assert [name for name in STEPS if name not in tour] == []


def test_the_readme_names_only_commands_that_are_there() -> None:
    readme = (ROOT / "README.md").read_text()
    month = re.search(r"## What a month looks like\n\n```\n(.*?)```", readme, flags=re.DOTALL)
    assert month is not None
    named = [word for line in month[1].splitlines() for word in re.split(r",\s*", line[12:50].strip()) if word]
    assert [name for name in named if name not in MONTH] == []
    assert "publish" in named
