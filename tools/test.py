"""Run every test: all of them on SQLite, then on PostgreSQL what a database can change.

``--quick`` leaves out the browser and PostgreSQL; anything else is handed to pytest. What is missing (a browser, a
PostgreSQL server) is installed when this runs as root or in CI, and the packages of frontend/ where Node is; else what
did not run is said, with what installs it. Under ``CI=true`` nothing may be missing.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from tools import node, postgres
from tools.chromium import path_of_chromium

ROOT = Path(__file__).resolve().parent.parent
WORKERS = "2"
ON_POSTGRES = ("-m", "postgres or both_databases", "-o", "testpaths=tests")
"""No example of a docstring asks a database; where files are chosen, those are looked through."""
DATABASE = "ONENUMBER_DATABASE_URL"
NOTHING_COLLECTED = 5


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; 0 when all of it passed and nothing is missing that should be there."""
    quick = "--quick" in arguments
    chosen = [argument for argument in arguments if argument != "--quick"]
    begun = time.monotonic()
    missing = [] if quick else provide()
    counts: Counter[str] = Counter()
    codes = [run("SQLite", ("-m", on_sqlite(quick=quick, missing=missing)), chosen, counts)]
    if not quick and "PostgreSQL" not in missing:
        codes.append(run_on_postgres(chosen, counts))
    for what in missing:
        print(f"Not run, because it is not installed: {what}. {WAY_OUT[what]}")
    if node.why_not():
        print(f"The bundle is held to its sources by its hash; {node.why_not()}.")
    print(f"{time.monotonic() - begun:.0f} seconds")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if any(codes) or not counts["passed"] or (missing and in_ci()) else 0


def in_ci() -> bool:
    """Whether nothing may be missing."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


PACKAGES = {"PostgreSQL": "postgresql", "Chromium": "chromium"}
FOUND: dict[str, Callable[[], object]] = {
    "PostgreSQL": postgres.binaries,
    "Chromium": path_of_chromium,
    "axe-core": node.has_packages,
}
WAY_OUT = {name: f"As root: apt-get install --yes {package}" for name, package in PACKAGES.items()} | {
    "axe-core": f"Install Node {node.pinned()} with npm; make test then brings it"
}


def provide() -> list[str]:
    """Install what is missing where that is ours to do; return what is missing still."""
    node.bring()
    missing = [name for name in PACKAGES if not FOUND[name]()]
    if missing and (os.geteuid() == 0 or in_ci()) and shutil.which("apt-get"):
        packages = [PACKAGES[name] for name in missing]
        print(f"Installing {' and '.join(missing)} ...", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", "--quiet=2", *command], check=False, env=environment, stdin=subprocess.DEVNULL)
    return [name for name, find in FOUND.items() if not find()]


def on_sqlite(*, quick: bool, missing: list[str]) -> str:
    """Which tests run on SQLite, as pytest's markers."""
    return "not postgres and not browser" if quick or "Chromium" in missing else "not postgres"


def run_on_postgres(chosen: list[str], counts: Counter[str]) -> int:
    """Start a server of our own and run on it what a database can change."""
    found = postgres.binaries()
    assert found is not None  # noqa: S101 - the caller asked
    try:
        with postgres.server(found) as url:
            return run("PostgreSQL", ON_POSTGRES, chosen, counts, {DATABASE: url})
    except postgres.ServerError as error:
        print(f"The tests on PostgreSQL did not run: {error}")
        return 1


def run(
    database: str, which: tuple[str, ...], chosen: list[str], counts: Counter[str], extra: dict[str, str] | None = None
) -> int:
    """Run pytest once, add what it counted, and return its exit code; nothing to run is no failure of a choice."""
    print(f"== tests on {database}", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != DATABASE} | (extra or {})
    environment["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in the thread that asks the database
    with tempfile.TemporaryDirectory(prefix="onenumber-test-") as folder:
        environment["TMPDIR"] = folder  # whatever a test leaves behind goes with it
        keep_compiled(environment, Path(folder))
        report = Path(folder, "report.xml")
        command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "loadgroup", "--no-loadscope-reorder"]
        command += [*which, "-rsxfE", "--durations=8", "--durations-min=5", f"--junit-xml={report}", *chosen]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        count(report, counts)
    return 0 if code == NOTHING_COLLECTED and chosen else code


def keep_compiled(environment: dict[str, str], folder: Path) -> None:
    """Where Python may not write what it compiled, let it write to a folder of the run: each process would compile all.

    Example:
        >>> here = {"PYTHONDONTWRITEBYTECODE": "1"}
        >>> keep_compiled(here, Path("run"))
        >>> here
        {'PYTHONPYCACHEPREFIX': 'run/compiled'}
    """
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")


def count(report: Path, counts: Counter[str]) -> None:
    """Add a report's figures; a run that died before it wrote one counts as one failure."""
    if not report.exists():
        counts["failed"] += 1
        return
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - our own file, written a moment ago
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        counts.update(passed=tests - failed - skipped, failed=failed, skipped=skipped)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then, too
    sys.exit(main(sys.argv[1:]))
