"""`onenumber run`: it starts, says where it is, and leaves nothing running; what stands in its way it says."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from onenumber.cli.run import _stop
from tests.house.registry import ROOT

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 60
ONENUMBER = [sys.executable, "-c", "from onenumber.cli import main; main()"]
PREPARE = """
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from onenumber.steps.frame.asking import found_plan
from onenumber.store.models import Account, Purpose
plan = found_plan("model", purpose=Purpose.LIVE)
Account.objects.create_account(login="olga", password=None, plan=plan, person="olga")
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that has a company already, so that a start has nothing to make."""
    home = tmp_path_factory.mktemp("home")
    subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=_variables(home), check=True)
    return home


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield int(server.getsockname()[1])


def test_it_says_where_it_is_and_nothing_else_and_ctrl_c_leaves_nothing_running(home: Path) -> None:
    port = _free_port()
    command = [*ONENUMBER, "run", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env=_variables(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            assert len(_running(home)) > 3, "the command itself, the web server with its processes, the worker"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=PATIENCE_SECONDS) as page:
                assert page.status == 200
        finally:
            process.send_signal(signal.SIGINT)
        said += process.stdout.read()
        assert process.wait(PATIENCE_SECONDS) == 0
    assert said == (
        f"OneNumber is at http://127.0.0.1:{port}  ·  choose any of its people on the sign-in page; "
        "no password in demo mode  ·  Ctrl-C stops it\n"
    )
    assert _running(home) == []


def test_it_stops_and_says_so_when_one_of_its_servers_ends(home: Path) -> None:
    command = [*ONENUMBER, "run", "--port", str(_free_port())]
    with subprocess.Popen(
        command, cwd=ROOT, env=_variables(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("OneNumber is at ")
        (worker,) = [pid for pid, words in _running(home) if "db_worker" in words]
        os.kill(worker, signal.SIGKILL)
        assert process.stderr.read() == (
            "OneNumber stopped, because its web server or its worker ended. What went wrong stands above.\n"
        )
        assert process.wait(PATIENCE_SECONDS) == 1
    assert _running(home) == []


def test_a_job_under_way_is_ended_too(tmp_path: Path) -> None:
    worker = subprocess.Popen(["sh", "-c", "sleep 60 & wait"], env=_variables(tmp_path), start_new_session=True)
    while len(_running(tmp_path)) < 2:
        assert worker.poll() is None
    _stop([worker])
    end = time.monotonic() + PATIENCE_SECONDS
    while _running(tmp_path) and time.monotonic() < end:  # a killed grandchild is gone a moment later
        time.sleep(0.01)
    assert _running(tmp_path) == []


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path, taken: int) -> None:
    done = _run(_variables(tmp_path / "none"), "run", "--port", str(taken))
    assert done.stderr == (
        f"Port {taken} on 127.0.0.1 is taken (Address already in use). Choose another: --port 8001.\n"
    )
    assert done.returncode == 2
    assert not list((tmp_path / "none").glob("*.sqlite3"))


def test_a_start_for_production_without_a_key_refuses_in_a_sentence(tmp_path: Path) -> None:
    variables = _variables(tmp_path)
    del variables["ONENUMBER_DEMO"]
    done = _run(variables, "run", "--port", str(_free_port()))
    assert done.stderr == (
        "ONENUMBER_SECRET_KEY is not set. Set it to a long random text that you keep, for example the output of "
        '`python -c "import secrets; print(secrets.token_urlsafe(50))"`, or set ONENUMBER_DEMO=1 to try the software.\n'
    )
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_any_command_may_be_the_first(tmp_path: Path) -> None:
    done = _run(_variables(tmp_path / "new"), "status")
    assert done.stderr == "There is no plan yet. Load a folder to make one: `onenumber load FOLDER`.\n"
    assert done.returncode == 2


def test_a_database_of_an_older_version_is_said_and_left_alone(tmp_path: Path) -> None:
    _run(_variables(tmp_path), "status")
    (database,) = tmp_path.glob("*.sqlite3")
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'store')"
        )
    done = _run(_variables(tmp_path), "status")
    assert done.stderr.startswith(f"The database in {tmp_path} was made by an older OneNumber. Start this one once")
    assert done.returncode == 2


def test_make_run_is_the_command_in_demo_mode_with_its_data_in_this_folder() -> None:
    said = subprocess.run(["make", "-n", "run"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert 'ONENUMBER_DEMO="${ONENUMBER_DEMO:-1}"' in said
    assert f'ONENUMBER_HOME="${{ONENUMBER_HOME:-{ROOT}/var}}"' in said
    assert ".venv/bin/onenumber run" in said


def _variables(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "onenumber.conf.settings",
        "ONENUMBER_HOME": str(home),
        "ONENUMBER_DEMO": "1",
    }


def _run(variables: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*ONENUMBER, *command], cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _running(home: Path) -> list[tuple[int, str]]:
    """Processes that were started with the home folder: number, and words of the command."""
    mark = f"ONENUMBER_HOME={home}\0".encode()
    found = []
    for folder in sorted(Path("/proc").glob("[0-9]*")):
        try:
            if mark in (folder / "environ").read_bytes() and (folder / "cmdline").read_bytes():
                found.append((int(folder.name), (folder / "cmdline").read_text().replace("\0", " ")))
        except OSError:  # it ended a moment ago, or is another user's
            continue
    return found
