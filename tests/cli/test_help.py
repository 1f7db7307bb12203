"""Help needs no settings: whoever has just installed the package reads it first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onenumber.cli.app import MONTH

TOP = Path(__file__).resolve().parents[2]


def _bare(home: Path, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP / "src"), "HOME": str(home), **given}
    script = "from onenumber.cli import main; main(prog_name='onenumber')"
    return subprocess.run([sys.executable, "-c", script, *words], env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("words", [("--help",), ("-h",)])
def test_the_month_is_listed_without_settings(tmp_path: Path, words: tuple[str, ...]) -> None:
    shown = _bare(tmp_path, *words)
    assert (shown.returncode, shown.stderr) == (0, "")
    places = [shown.stdout.index(f"\n  {name} ") for name in MONTH]
    assert places == sorted(places)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("plan", "--help"), ("load", "-h"), ("run", "--help"), ("status", "-h")])
def test_a_command_helps_without_settings(tmp_path: Path, words: tuple[str, ...]) -> None:
    shown = _bare(tmp_path, *words)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: onenumber {words[0]} [OPTIONS]")


def test_a_command_that_would_run_still_needs_its_settings(tmp_path: Path) -> None:
    refused = _bare(tmp_path, "status")
    assert refused.returncode == 1
    assert refused.stderr.startswith("ONENUMBER_SECRET_KEY is not set.")


def test_a_value_that_asks_for_help_runs_nothing(tmp_path: Path) -> None:
    refused = _bare(tmp_path, "status", "--plan", "-h")
    assert refused.returncode == 2
    assert "-h and --help ask for help. Write --option=-h where it is meant as a value." in refused.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("ONENUMBER_HOME", "/proc/nowhere", "The data folder /proc/nowhere cannot be "),
        ("ONENUMBER_DATABASE_URL", "mine://u:secret@h/x", "ONENUMBER_DATABASE_URL begins with 'mine://'. Write sqlite"),
        ("ONENUMBER_DATABASE_URL", "sqlite:////proc/nowhere/x", "The database does not answer (unable to open"),
        ("ONENUMBER_PORT", "99999", "Error: Invalid value for '--port': 99999 is not in the range 1<=x<=65535."),
        ("ONENUMBER_WORKERS", "0", "Error: Invalid value for '--workers': 0 is not in the range x>=1."),
    ],
)
def test_a_setting_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path, setting: str, value: str, said: str) -> None:
    command = "run" if setting in ("ONENUMBER_PORT", "ONENUMBER_WORKERS") else "status"
    given = {"ONENUMBER_DEMO": "1", "ONENUMBER_HOME": str(tmp_path / "home"), setting: value}
    refused = _bare(tmp_path, command, **given)
    assert refused.returncode in (1, 2)
    assert refused.stderr.splitlines()[-1].startswith(said)
    assert "secret@" not in refused.stderr
