"""Style figures of the package, held against their bars: how long functions and files are, how much is documented."""

import ast
import statistics
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tools.source import Function, Source, body_lines, tracked

MOST_BROAD = 0
BROAD = {"Exception", "BaseException"}


@dataclass(frozen=True)
class Figure:
    """One figure with its bar; ``at_least`` turns the bar round."""

    name: str
    value: float
    bar: float
    at_least: bool = False

    @property
    def ok(self) -> bool:
        """Whether the bar is kept."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def public(sources: Iterable[Source]) -> Iterator[tuple[str, bool]]:
    """Every public module, class, function and method with whether it has a docstring."""
    for source in sources:
        yield source.path, ast.get_docstring(source.tree) is not None
        yield from _public_below(source.tree, source.path)


def _public_below(parent: ast.Module | ast.ClassDef, where: str) -> Iterator[tuple[str, bool]]:
    for node in parent.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{where}:{node.lineno} {node.name}", ast.get_docstring(node) is not None
            if isinstance(node, ast.ClassDef):
                yield from _public_below(node, where)


def broad_excepts(source: Source) -> int:
    """How many handlers catch everything."""
    caught = [node.type for node in ast.walk(source.tree) if isinstance(node, ast.ExceptHandler)]
    return sum(kind is None or bool(BROAD & set(ast.unparse(kind).strip("()").split(", "))) for kind in caught)


def percentile(values: list[int], share: float) -> int:
    """The smallest value that at least a share of all do not exceed.

    Example:
        >>> percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 50], 0.9)
        9
    """
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]


def figures(sources: list[Source]) -> list[Figure]:
    """The figures of the package's sources; migrations are written by a machine and left out."""
    lengths = [body_lines(function) for source in sources for function in source.functions()]
    documented = list(public(sources))
    maths = list(public(source for source in sources if source.pure))
    return [
        Figure("function, median lines", statistics.median(lengths), 7),
        Figure("function, 90th percentile", percentile(lengths, 0.9), 25),
        Figure("function, longest", max(lengths), 50),
        Figure("file, longest", max(len(source.lines) for source in sources), 400),
        Figure("public names documented, %", _percent(documented), 95, at_least=True),
        Figure("of the maths, %", _percent(maths), 100, at_least=True),
        Figure("broad excepts", sum(map(broad_excepts, sources)), MOST_BROAD),
    ]


def _percent(names: list[tuple[str, bool]]) -> float:
    return 100 * sum(has for _, has in names) / len(names) if names else 100.0


def package() -> list[Source]:
    """The package's Python files but the migrations."""
    return [
        s for s in tracked() if s.path.startswith("src/") and s.path.endswith(".py") and "/migrations/" not in s.path
    ]


def main() -> int:
    """Print the figures, and what lacks a docstring in the maths; 1 when a bar is broken."""
    sources = package()
    table = figures(sources)
    for figure in table:
        bar = f"at least {figure.bar:g}" if figure.at_least else f"at most {figure.bar:g}"
        print(f"{figure.name:28} {figure.value:8.4g}   {bar:14}{'' if figure.ok else '   BROKEN'}")
    for name, has in public(sources):
        if not has:
            print(f"without docstring: {name}")
    return 0 if all(figure.ok for figure in table) else 1


if __name__ == "__main__":
    sys.exit(main())
