"""House rules that no linter knows. Each says what to do instead.

A line is let through by a comment on it that gives a reason: ``# rules: skip long_function - one table, row by row``.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tools.source import Source, body_lines, tracked

LONGEST_FUNCTION = 50
LONGEST_FILE = 400
GENERATED = re.compile(r"/migrations/|^requirements|package-lock\.json$|/static/.*\.(js|css|map)$")
SKIP = re.compile(r"rules: skip (\w+)(?: - (\S.*))?")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
MACHINE_PATH = re.compile(r"(?<![\w./<>{}~-])/(?:ro" r"ot|wo" r"rk|ho" r"me)/[\w.]")
HOSTS = ("pypi|org", "pythonhosted|org", "npmjs|org", "npmjs|com", "yarnpkg|com", "debian|org", "crates|io")
REGISTRY = re.compile("|".join(re.escape(host.replace("|", ".")) for host in HOSTS))
FLOATING = re.compile(r"""[@:=]\s*["']?(?:late""" r"""st|next|canary)\b["']?\s*(?:$|[,;\s}])""")
PINNED = re.compile(r"(\.toml|\.json|\.ya?ml|Makefile|\.sh|\.ci/run|\.txt|Dockerfile)$")


@dataclass(frozen=True)
class Fault:
    """One broken rule: where, which, and what to do."""

    path: str
    line: int
    code: str
    says: str


Rule = Callable[[Source], Iterator[tuple[int, str]]]


def long_function(source: Source) -> Iterator[tuple[int, str]]:
    """A function fits a screen."""
    for function in source.functions():
        lines = body_lines(function)
        if lines > LONGEST_FUNCTION:
            yield function.lineno, f"{function.name} has {lines} lines; {LONGEST_FUNCTION} fit a screen: split it."


def long_file(source: Source) -> Iterator[tuple[int, str]]:
    """A file answers one question."""
    if source.path.endswith((".py", ".ts")) and len(source.lines) > LONGEST_FILE:
        yield 1, f"{len(source.lines)} lines; a file has at most {LONGEST_FILE}: split it by question."


def thawed(source: Source) -> Iterator[tuple[int, str]]:
    """The records of the maths never change."""
    for node in ast.walk(source.tree) if source.pure else ():
        if isinstance(node, ast.ClassDef) and any(_is_thawed(mark) for mark in node.decorator_list):
            yield node.lineno, f"{node.name} can be changed after it was made: write @dataclass(frozen=True)."


def _is_thawed(mark: ast.expr) -> bool:
    call = mark if isinstance(mark, ast.Call) else None
    name = call.func if call else mark
    if not (isinstance(name, ast.Name | ast.Attribute) and ast.unparse(name).split(".")[-1] == "dataclass"):
        return False
    return not any(k.arg == "frozen" and ast.unparse(k.value) == "True" for k in (call.keywords if call else ()))


def _line_rule(pattern: re.Pattern[str], says: str, files: re.Pattern[str] | None = None) -> Rule:
    def rule(source: Source) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(source.lines, 1):
            if (seen := pattern.search(line)) and (files is None or files.search(source.path)):
                yield number, says.format(seen=seen.group().strip())

    return rule


RULES: dict[str, Rule] = {
    "long_function": long_function,
    "long_file": long_file,
    "thawed": thawed,
    "unfinished": _line_rule(UNFINISHED, "{seen}: finish it, or file it as an issue and leave it out."),
    "machine_path": _line_rule(MACHINE_PATH, "{seen}... is a path of one machine: make it from the project's own."),
    "registry": _line_rule(REGISTRY, "{seen} names a registry: leave it to the installer's own settings."),
    "floating": _line_rule(FLOATING, "{seen} is another version tomorrow: name the version.", PINNED),
}


def faults(source: Source) -> list[Fault]:
    """Every fault of one file that no comment lets through; a skip without a reason is one itself."""
    if GENERATED.search(source.path):
        return [Fault(source.path, n, "registry", says) for n, says in RULES["registry"](source)]
    found = [Fault(source.path, line, code, says) for code, rule in RULES.items() for line, says in rule(source)]
    bare = [Fault(source.path, n, "skip", "A skip gives its reason.") for n in _skips(source, reasoned=False).values()]
    skipped = _skips(source, reasoned=True)
    return bare + [fault for fault in found if (fault.code, fault.line) not in skipped]


def _skips(source: Source, *, reasoned: bool) -> dict[tuple[str, int], int]:
    seen = ((n, SKIP.search(line)) for n, line in enumerate(source.lines, 1))
    return {(skip[1], n): n for n, skip in seen if skip and bool(skip[2]) is reasoned and skip[1] in RULES}


def main() -> int:
    """Print every fault of every tracked file; 1 when there is any."""
    found = [fault for source in tracked() for fault in faults(source)]
    for fault in found:
        print(f"{fault.path}:{fault.line}: {fault.code}: {fault.says}")
    print(f"{len(RULES)} house rules, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
