"""The files of the project, each parsed once: what the house rules and the style figures are taken over."""

import ast
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PURE = ("errors", "model", "measure", "demand", "consensus", "supply", "inventory", "finance", "cycle", "review")
PURE_ROOMS = (*PURE, "sample")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One tracked text file: its path from the root, its text, and its tree where it is Python."""

    path: str
    text: str
    lines: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", self.text.splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed module; empty for other files."""
        return ast.parse(self.text if self.path.endswith(".py") else "", self.path)

    @property
    def room(self) -> str:
        """The room of the package that it lies in; empty outside."""
        parts = self.path.split("/")
        return parts[2] if parts[:2] == ["src", "onenumber"] and len(parts) > 3 else ""  # noqa: PLR2004 - src/onenumber/room/module.py

    @property
    def pure(self) -> bool:
        """Whether it is of a room that computes and touches nothing else."""
        return self.room in PURE_ROOMS

    def functions(self) -> list[Function]:
        """Every function and method."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]


def body_lines(function: Function) -> int:
    r"""How many lines a function's body has, its docstring left out.

    Example:
        >>> body_lines(ast.parse('def f():\n    "Doc."\n    a = 1\n    return a').body[0])
        2
    """
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def names(root: Path = ROOT) -> list[str]:
    """The path of every file that git tracks, or would, in order."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.split("\0")
    return sorted(name for name in set(filter(None, listed)) if (root / name).is_file())


def tracked(root: Path = ROOT) -> list[Source]:
    """Every text file that git tracks, or would."""
    found = []
    for name in names(root):
        try:
            found.append(Source(name, (root / name).read_text("utf-8")))
        except UnicodeDecodeError:
            continue  # a picture
    return found
