"""Run the benchmarks: medians of several runs, ours and a peer's in turn, so that a busy machine slows both.

    make bench                      all of them
    make bench ARGS="forecast"      those of benchmarks/forecast.py
    make bench ARGS="--keep"        and add the figures to benchmarks/results.csv

A benchmark is a module here with a function ``cases()`` that gives :class:`benchmarks.case.Case`; a module without one
is a script that is run by hand, because it needs data that the project does not hold. Figures are CPU
seconds, children included. They are an alarm, never a gate: what became half again as slow, measured by the ratio to
the peer, is named.
"""

import argparse
import csv
import datetime as dt
import importlib
import platform
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.case import Case

HERE = Path(__file__).parent
RESULTS = HERE / "results.csv"
COLUMNS = ("day", "commit", "machine", "case", "seconds", "peer", "peer_seconds", "ratio", "peak_mb")
NOT_CASES = {"run", "case", "__init__"}
ALARM = 1.5


def main() -> int:
    """Run what was asked for; 1 when two answers disagree or nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="modules to run; all when none is named")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", action="store_true", help="add the figures to benchmarks/results.csv")
    given = parser.parse_args()
    rows = [measure(case, given.runs) for case in found(given.modules)]
    for row in rows:
        print(shown(row), *alarms(row, kept()))
    if given.keep:
        keep(rows)
    return 0 if rows and all(row["ratio"] != "disagree" for row in rows) else 1


def found(modules: list[str]) -> Iterator[Case]:
    """The cases of the named modules, or of all."""
    for name in modules or sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_CASES):
        module = importlib.import_module(f"benchmarks.{name}")
        if modules or hasattr(module, "cases"):
            yield from module.cases()


def measure(case: Case, runs: int) -> dict[str, str]:
    """One row of results: medians of runs in turn."""
    row = dict.fromkeys(COLUMNS, "") | {"day": str(dt.datetime.now(tz=dt.UTC).date()), "commit": commit()}
    row |= {"machine": f"{platform.machine()} {platform.python_version()}", "case": case.name, "peer": case.peer}
    if case.theirs and case.agree and not case.agree(case.ours(), case.theirs()):
        return row | {"ratio": "disagree"}
    mine, theirs = [], []
    for _ in range(runs):
        mine.append(seconds(case.ours))
        theirs += [seconds(case.theirs)] if case.theirs else []
    row |= {"seconds": f"{statistics.median(mine):.4g}", "peak_mb": f"{peak_mb():.0f}"}
    if theirs:
        ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
        row |= {"peer_seconds": f"{statistics.median(theirs):.4g}", "ratio": f"{ratio:.3g}"}
    return row


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of one run, those of finished children included; never 0."""
    begun = used()
    run()
    return max(used() - begun, 1e-6)


def used() -> float:
    """CPU seconds so far."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def peak_mb() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def commit() -> str:
    """The commit that is measured, with a + when files differ from it."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return said.stdout.strip()


def shown(row: dict[str, str]) -> str:
    """A row as a person reads it."""
    if row["ratio"] == "disagree":
        return f"{row['case']:40} DISAGREES with {row['peer']}"
    beside = f"   {row['peer']} {row['peer_seconds']} s   ratio {row['ratio']}" if row["peer"] else ""
    return f"{row['case']:40} {row['seconds']:>9} s{beside}   (peak {row['peak_mb']} MB)"


def alarms(row: dict[str, str], before: list[dict[str, str]]) -> list[str]:
    """A word where a case is half again as slow, beside its peer, as when it was last kept."""
    last = [old for old in before if old["case"] == row["case"] and old["ratio"] and old["peer"] == row["peer"]]
    if not last or not row["ratio"] or row["ratio"] == "disagree":
        return []
    times = float(row["ratio"]) / float(last[-1]["ratio"])
    return [f"  ALARM: {times:.1f} times what it was at {last[-1]['commit']}"] if times > ALARM else []


def kept() -> list[dict[str, str]]:
    """The figures that were kept."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(newline="") as file:
        return list(csv.DictReader(file))


def keep(rows: list[dict[str, str]]) -> None:
    """Add the figures."""
    new = not RESULTS.exists()
    with RESULTS.open("a", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerows(row for row in rows if row["ratio"] != "disagree")


if __name__ == "__main__":
    sys.exit(main())
