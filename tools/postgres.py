"""A PostgreSQL server for one test run: found or installed, started in a folder of its own, always stopped."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
PATIENCE_SECONDS = 60


class ServerError(Exception):
    """The server did not do what it was asked; what it printed is in the message."""


def binaries() -> Path | None:
    """The folder that holds a server's initdb and postgres, the newest where there are several."""
    folders = [Path(folder) for folder in os.get_exec_path()]
    for place in PLACES:
        folders += sorted(Path("/").glob(place[1:]), key=_version, reverse=True)
    return next((folder for folder in folders if _is_server(folder)), None)


def _is_server(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def _version(folder: Path) -> list[int]:
    return [int(part) for part in folder.parent.name.replace("-", ".").split(".") if part.isdigit()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who runs the server: PostgreSQL refuses to run as root, so root lends it to a user without rights."""

    user: int
    group: int

    @property
    def options(self) -> Mapping[str, object]:
        """What to give to subprocess."""
        return {"user": self.user, "group": self.group, "extra_groups": []} if os.geteuid() == 0 else {}


def login() -> Login:
    """The caller, or when that is root, the user postgres or nobody."""
    if os.geteuid() != 0:
        return Login(user=os.geteuid(), group=os.getegid())
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return Login(user=entry.pw_uid, group=entry.pw_gid)


@contextmanager
def server(folder_of_binaries: Path) -> Iterator[str]:
    """Start a server, give its URL, stop it and remove its folder, whatever happens meanwhile."""
    who = login()
    home = Path(tempfile.mkdtemp(prefix="onenumber-postgres-", dir=_reachable()))
    os.chown(home, who.user, who.group)
    try:
        _initialise(folder_of_binaries, home, who)
        port = _free_port()
        with (home / "log").open("wb") as log:
            process = _start(folder_of_binaries, home, port, who, log)
            try:
                _wait(process, port, home / "log")
                yield f"postgresql://onenumber@127.0.0.1:{port}/postgres"
            finally:
                _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _reachable() -> str:
    """A folder for temporary files that any user can walk to: root's own may be closed to others."""
    for place in (tempfile.gettempdir(), "/var/tmp", "/tmp"):  # noqa: S108 - mkdtemp makes the folder itself
        path = Path(place).resolve()
        if path.is_dir() and all(step.stat().st_mode & 0o001 for step in (path, *path.parents)):
            return str(path)
    raise ServerError("no folder for temporary files is open to every user")


def _initialise(folder: Path, home: Path, who: Login) -> None:
    command = [folder / "initdb", "--pgdata", home / "data", "--username", "onenumber", "--auth", "trust"]
    command += ["--encoding", "UTF8", "--locale", "C", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=home, env=_env(), **who.options)  # type: ignore[call-overload]
    if done.returncode:
        raise ServerError(f"initdb failed: {done.stderr.strip()}")


def _start(folder: Path, home: Path, port: int, who: Login, log: object) -> subprocess.Popen[bytes]:
    command = [str(folder / "postgres"), "-D", str(home / "data"), "-p", str(port)]
    for setting in (*SETTINGS, "listen_addresses=127.0.0.1", f"unix_socket_directories={home}"):
        command += ["-c", setting]
    options = {"stdout": log, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, "cwd": home, "env": _env()}
    # its own session: Ctrl-C reaches the tests first, and the server when they are done
    return subprocess.Popen(command, start_new_session=True, **options, **who.options)  # type: ignore[call-overload,no-any-return]


def _env() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        # it opens its port only when it is almost ready, and says so in its log
        if b"ready to accept connections" in log.read_bytes():
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        time.sleep(0.05)
    _stop(process)
    raise ServerError(f"PostgreSQL did not start: {log.read_text('utf-8', 'replace').strip()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: open connections are cut."""
    if process.poll() is None:
        process.send_signal(2)  # SIGINT: "fast" in PostgreSQL's words
        try:
            process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
