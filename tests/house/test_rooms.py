"""Every room is declared in the import law, documented, and touches only what it may."""

import ast
import importlib
import re

import pytest

from tests.house.registry import CONFIGURED, ROOMS, SOURCES
from tools.source import PURE_ROOMS

CONTRACTS = {contract["name"].split(":")[0]: contract for contract in CONFIGURED["tool"]["importlinter"]["contracts"]}


def _rooms(*names: str) -> set[str]:
    return {f"onenumber.{name}" for name in names}


def test_every_room_has_its_layer() -> None:
    layers = [room for layer in CONTRACTS["direction"]["layers"] for room in layer.split(" | ")]
    assert sorted(layers + CONTRACTS["direction"]["exhaustive_ignores"]) == ROOMS


def test_every_room_of_the_maths_is_held_pure() -> None:
    assert set(CONTRACTS["purity"]["source_modules"]) == _rooms(*PURE_ROOMS)
    layers = CONTRACTS["direction"]["layers"]
    below = [room for layer in layers[layers.index("review") :] for room in layer.split(" | ")]
    assert sorted(below) == sorted(PURE_ROOMS)


def test_no_room_may_import_the_settings() -> None:
    assert set(CONTRACTS["conf"]["source_modules"]) == _rooms(*ROOMS) - _rooms("conf")


def test_no_page_and_no_command_may_reach_into_the_store() -> None:
    edges = CONTRACTS["edges"]
    assert set(edges["source_modules"]) == _rooms("web", "cli")
    assert edges["forbidden_modules"] == ["onenumber.store"]
    planted = ast.parse("from onenumber.store.models import Account\nimport onenumber.store.plans")
    assert _reaching(planted, *edges["forbidden_modules"]) == {"onenumber.store.models", "onenumber.store.plans"}
    for source in SOURCES:
        if source.path.split("/")[2] in {"web", "cli"}:
            assert _reaching(source.tree, *edges["forbidden_modules"]) == set(), source.path


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_in_a_sentence_what_it_is_for(room: str) -> None:
    doc = importlib.import_module(f"onenumber.{room}").__doc__ or ""
    assert doc.split("\n")[0].endswith(".")


def test_only_one_module_touches_the_solver() -> None:
    touching = [s.path for s in SOURCES if "highspy" in _imported(s.tree)]
    assert touching in ([], ["src/onenumber/supply/solve.py"])


def test_only_the_settings_read_the_environment() -> None:
    # handing the environment on to a child, or saying where the settings are, reads nothing
    reads = re.compile(r"environ(?:\.get\b|\[|\))(?! *=)|getenv")
    reading = [s.path for s in SOURCES if reads.search(s.text.replace("dict(os.environ)", ""))]
    assert reading == ["src/onenumber/conf/environment.py"]


def test_steps_do_not_import_each_other() -> None:
    for source in SOURCES:
        parts = source.path.split("/")
        if parts[2:3] == ["steps"] and len(parts) == 4 and parts[3] != "registry.py":
            others = {m for m in _modules(source.tree) if m.startswith("onenumber.steps.")}
            rooms = (
                "onenumber.steps.frame",
                "onenumber.steps.see",
            )  # what they share, and what pages show: `send` keeps it
            assert {m for m in others if not m.startswith(rooms)} == set(), source.path


def _reaching(tree: ast.Module, *rooms: str) -> set[str]:
    return {m for m in _modules(tree) if any(m == room or m.startswith(f"{room}.") for room in rooms)}


def _modules(tree: ast.Module) -> set[str]:
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def _imported(tree: ast.Module) -> set[str]:
    return {module.split(".")[0] for module in _modules(tree)}
