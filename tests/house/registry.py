"""What the registry tests look at: the package's modules, rooms and steps, found and not listed."""

import ast
import importlib
import pkgutil
import tomllib
from pathlib import Path

import onenumber
import onenumber.steps
from onenumber.steps.frame.declare import Step
from tools.source import Source, tracked

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(onenumber.__file__).parent
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
SOURCES = [source for source in tracked() if source.path.startswith("src/") and source.path.endswith(".py")]
CONFIGURED = tomllib.loads((ROOT / "pyproject.toml").read_text())


def steps() -> dict[str, Step]:
    """Every step by the name of its module, in alphabetical order."""
    names = [module.name for module in pkgutil.iter_modules(onenumber.steps.__path__) if not module.ispkg]
    modules = {name: importlib.import_module(f"onenumber.steps.{name}") for name in names if name != "registry"}
    return {name: module.STEP for name, module in modules.items()}


def calls(source: Source) -> list[tuple[str, ast.Call]]:
    """Every call in a file with the last part of the called name."""
    found = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    return [(ast.unparse(call.func).rsplit(".", 1)[-1], call) for call in found]


def texts(source: Source) -> set[str]:
    """Every piece of text that a file's code holds."""
    constants = (node for node in ast.walk(source.tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}
