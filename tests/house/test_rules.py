"""Each house rule catches the fault planted for it, and lets through what is right or skipped with a reason."""

import pytest

from tools.rules import RULES, faults
from tools.source import Source, tracked

BODY = "    a = 1\n"
PURE = "src/onenumber/demand/x.py"
EDGE = "src/onenumber/web/x.py"

# a bar keeps this file itself free of the faults
PLANTED = {
    "long_function": (EDGE, "def f():\n    '''Doc.'''\n" + BODY * 51),
    "long_file": (EDGE, "a = 1\n" * 401),
    "thawed": (PURE, "@dataclass(slots=True)\nclass A:\n    a: int\n"),
    "unfinished": ("docs/x.md", "To come: TO|DO.\n"),
    "machine_path": ("docs/x.md", "Look into /ro|ot/notes.\n"),
    "registry": ("requirements.txt", "--index-url https://py|pi.org/simple\n"),
    "floating": ("Dockerfile", "FROM python:late|st\n"),
}

RIGHT = {
    "long_function": (EDGE, "def f():\n    '''Doc.\n\n" + "    More.\n" * 60 + "    '''\n" + BODY * 50),
    "long_file": (EDGE, "a = 1\n" * 400),
    "thawed": (PURE, "@dataclass(frozen=True)\nclass A:\n    a: int\n"),
    "unfinished": ("docs/x.md", "Nothing is left.\n"),
    "machine_path": ("docs/x.md", "See <root>/work/plan and https://example.org/work/a, ./home/b and /home.\n"),
    "registry": ("requirements.txt", "numpy==2.4.6\n"),
    "floating": ("Makefile", "# the latest baseline = the one made last\n"),
}


def _codes(path: str, text: str) -> list[str]:
    return [fault.code for fault in faults(Source(path, text.replace("|", "")))]


@pytest.mark.parametrize("code", RULES)
def test_the_planted_fault_is_caught(code: str) -> None:
    assert _codes(*PLANTED[code]) == [code]


@pytest.mark.parametrize("code", RULES)
def test_what_is_right_passes(code: str) -> None:
    assert _codes(*RIGHT[code]) == []


def test_the_records_of_the_edge_may_change() -> None:
    assert _codes(EDGE, PLANTED["thawed"][1]) == []


@pytest.mark.parametrize("mark", ["dataclass", "dataclasses.dataclass", "dataclass(frozen=False)", "dataclass()"])
def test_every_way_to_write_a_record_is_seen(mark: str) -> None:
    assert _codes(PURE, f"@{mark}\nclass A:\n    a: int\n") == ["thawed"]


def test_a_skip_needs_a_reason() -> None:
    reasoned = "@dataclass\nclass A:  # rules: skip thawed - filled by the solver's callback\n    a: int\n"
    assert _codes(PURE, reasoned) == []
    assert _codes(PURE, reasoned.replace(" - filled by the solver's callback", "")) == ["skip", "thawed"]


def test_a_skip_lets_only_its_own_rule_through() -> None:
    line = "def f():  # rules: skip thawed - not this one\n"
    assert _codes(EDGE, line + BODY * 51) == ["long_function"]


def test_generated_files_are_held_to_no_length_but_name_no_registry() -> None:
    assert _codes("src/onenumber/store/migrations/0001_first.py", "a = 1\n" * 500) == []
    assert _codes("frontend/package-lock.json", '"resolved": "https://registry.npm|js.org/x"\n') == ["registry"]


def test_this_file_and_every_other_is_looked_at() -> None:
    paths = {source.path for source in tracked()}
    assert {"tests/house/test_rules.py", "Makefile", ".ci/run", "pyproject.toml"} <= paths
