"""The wheel holds all that is needed, and starts from an empty folder in an environment without the source tree."""

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.house.registry import CONFIGURED, ROOT
from tools.source import names

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (made,) = out.glob("onenumber-*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel; its libraries are those of this one, without its source tree."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    install = ["install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True)
    where = subprocess.check_output([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True)
    # a folder named in a .pth file is searched, but its own .pth files are not read: the editable install stays out
    Path(where.strip(), "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return home


def _run(environment: Path, folder: Path, *command: str) -> str:
    return subprocess.check_output(
        [environment / "bin" / command[0], *command[1:]], cwd=folder, env=_variables(folder), text=True
    )


def _variables(folder: Path) -> dict[str, str]:
    return {"PATH": os.defpath, "HOME": str(folder), "ONENUMBER_SECRET_KEY": "of a test", "LC_ALL": "C.UTF-8"}


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {name.removeprefix("src/") for name in names() if name.startswith("src/onenumber/")}
    assert {"onenumber/py.typed", "onenumber/store/migrations/0001_first.py"} <= wanted
    assert wanted - held == set()
    assert {name for name in held if name.startswith("onenumber/")} - wanted == set()


def test_the_wheel_is_what_is_imported(environment: Path, tmp_path: Path) -> None:
    said = _run(environment, tmp_path, "python", "-c", "import onenumber; print(onenumber.__file__)")
    assert Path(said.strip()).is_relative_to(environment)


def test_the_command_says_its_version_and_its_help(environment: Path, tmp_path: Path) -> None:
    version = CONFIGURED["project"]["version"]
    assert _run(environment, tmp_path, "onenumber", "--version") == f"onenumber, version {version}\n"
    said = _run(environment, tmp_path, "onenumber", "--help")
    assert "One plan that everyone signs" in said
    assert "publish" in said


def test_it_starts_in_an_empty_folder_answers_and_stops(environment: Path, tmp_path: Path) -> None:
    port = _free_port()
    command = [environment / "bin" / "onenumber", "run", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, cwd=tmp_path, env=_variables(tmp_path), start_new_session=True)
    try:
        assert _asked(f"http://127.0.0.1:{port}/healthz", process) == 200
        assert _asked(f"http://127.0.0.1:{port}/sign-in/", process) == 200
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=PATIENCE_SECONDS)
    assert code in (0, 130)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "a web process is left behind"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _asked(address: str, process: subprocess.Popen[bytes]) -> int:
    """The status of an answer, once there is one."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "it ended before it answered"
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"no answer from {address} in {PATIENCE_SECONDS} seconds")
