"""The tools behind make say what stands in the way, and count what ran."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.registry import CONFIGURED, ROOT
from tools import environment, node, test

REPORT = '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>'


def _make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_make_alone_lists_every_target_with_a_sentence() -> None:
    said = _make().stdout
    for target in ("run", "test", "check", "bench", "lock", "help"):
        assert f"  make {target} " in said


def test_a_missing_target_is_named_with_the_way_out() -> None:
    done = _make("nonsense")
    assert "There is no target 'nonsense': make help lists them.\n" in done.stderr
    assert done.returncode == 2


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0)])
def test_another_python_is_refused_in_one_sentence(version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(sys, "executable", "python9")
    assert environment.what_stands_in_the_way() == (
        f"OneNumber runs on Python 3.11 to 3.13, and python9 is {version[0]}.{version[1]}: install one of those "
        "and name it, as in `make run PYTHON=python3.13`."
    )


def test_a_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    assert environment.what_stands_in_the_way() == (
        "This Python 3.12 comes without its venv module: install it (Debian and Ubuntu: "
        "`apt-get install python3.12-venv`) and start again."
    )


def test_pictures_know_their_pages_in_a_process_of_their_own() -> None:
    says = "from tools import look; look.prepare(); print(look.kind_of('http://h/p/hydra/2026-06/'))"
    done = subprocess.run([sys.executable, "-c", says], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("month\n", 0), done.stderr


def test_this_python_is_welcome() -> None:
    assert environment.what_stands_in_the_way() == ""


def test_a_report_is_added_up(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    counts = Counter(passed=1)
    test.count(tmp_path / "report.xml", counts)
    assert counts == {"passed": 1 + 9 - 2 - 2, "failed": 2, "skipped": 2}


def test_a_run_that_wrote_no_report_is_a_failure(tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    test.count(tmp_path / "report.xml", counts)
    assert counts["failed"] == 1


def test_in_ci_nothing_may_be_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def passes(database: str, which: tuple[str, ...], chosen: list[str], counts: Counter[str]) -> int:
        assert (database, which, chosen) == ("SQLite", ("-m", "not postgres and not browser"), [])
        counts["passed"] += 1
        return 0

    monkeypatch.setattr(test, "run", passes)
    monkeypatch.setattr(test, "provide", lambda: ["PostgreSQL", "Chromium", "axe-core"])
    monkeypatch.setattr(node, "version", lambda: "18.19.0")
    monkeypatch.setenv("CI", "true")
    assert test.main([]) == 1
    monkeypatch.setenv("CI", "")
    assert test.main([]) == 0
    said = capsys.readouterr().out
    assert "Not run, because it is not installed: Chromium. As root: apt-get install --yes chromium" in said
    assert "Not run, because it is not installed: axe-core. Install Node 20.20.2 with npm; make test then" in said
    assert "by its hash; this is Node 18.19.0: install Node 20.20.2 to build it again.\n" in said
    assert said.endswith("1 passed, 0 failed, 0 skipped\n")


def test_packages_of_another_lock_are_not_taken_for_those_of_this_one(tmp_path: Path) -> None:
    def write(name: str, axe: str, more: str) -> None:
        packages = {"": {}, "node_modules/axe-core": {"version": axe}, f"node_modules/{more}": {"version": "1.0.0"}}
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps({"packages": packages}))

    (tmp_path / "package.json").write_text('{"devDependencies": {"axe-core": "4.14.1"}}')
    write("package-lock.json", "4.14.1", "for-linux")
    assert not node.has_packages(tmp_path)
    write("node_modules/.package-lock.json", "4.13.0", "for-linux")
    assert not node.has_packages(tmp_path)
    write("node_modules/.package-lock.json", "4.14.1", "gone")
    assert not node.has_packages(tmp_path)
    write("node_modules/.package-lock.json", "4.14.1", "for-linux")
    assert node.has_packages(tmp_path)


def test_the_locks_pin_every_library_by_hash_and_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        pinned = [number for number, line in enumerate(lines) if line[:1].isalnum()]
        assert pinned
        for number in pinned:
            assert "==" in lines[number]
            assert "--hash=sha256:" in lines[number + 1]
        assert not [line for line in lines if line.startswith("-") or "://" in line]


def test_the_test_lock_holds_the_versions_that_run() -> None:
    def versions(name: str) -> set[str]:
        return {line.split()[0] for line in (ROOT / name).read_text().splitlines() if line[:1].isalnum()}

    assert versions("requirements.txt") <= versions("requirements-dev.txt")


def test_the_locks_hold_what_the_project_asks_for() -> None:
    asked = CONFIGURED["project"]["dependencies"]
    grouped = [line for line in CONFIGURED["dependency-groups"]["dev"] if isinstance(line, str)]
    for name, wanted in (("requirements.txt", asked), ("requirements-dev.txt", [*asked, *grouped])):
        lines = [line.split()[0] for line in (ROOT / name).read_text().splitlines() if line[:1].isalnum()]
        pinned = dict(line.split("==") for line in lines)
        for requirement in map(Requirement, wanted):
            assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), "run make lock"


def test_tests_of_one_group_share_a_worker(tmp_path: Path) -> None:
    lines = ["import pytest", '@pytest.mark.xdist_group("one")', "def test_it(): pass"]
    (tmp_path / "test_it.py").write_text("\n".join(lines))
    run = [sys.executable, "-m", "pytest", "-p", "no:django", "-n", "1", "--dist", "loadgroup", "-v", "test_it.py"]
    said = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert "PASSED test_it.py::test_it@one" in said
