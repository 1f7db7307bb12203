"""`onenumber run`: everything that a company needs to start, in one command."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType

import click
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from onenumber.cli.database import bring_up_to_date
from onenumber.jobs.digests import waiting_plans
from onenumber.jobs.first_start import first_start, sign_in_line

SECONDS_TO_STOP = 5.0
SECONDS_BETWEEN_DIGESTS = 60.0
PORTS, MANY = click.IntRange(1, 65535), click.IntRange(min=1)
Server = subprocess.Popen[bytes]
THREADS = "4"
"""Of a web process. Each holds a database connection, and what a page costs is the arrays, not the waiting."""


@click.command()
@click.option("--host", default="127.0.0.1", envvar="ONENUMBER_HOST", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, envvar="ONENUMBER_PORT", show_default=True, type=PORTS, help="Port to listen on.")
@click.option("--workers", default=2, envvar="ONENUMBER_WORKERS", show_default=True, type=MANY, help="Web processes.")
def run(host: str, port: int, workers: int) -> None:
    """Start the web server and the worker; in demo mode with the model company, loaded on first start."""
    _refuse_taken(host, port)
    bring_up_to_date()
    if settings.ONENUMBER_DEMO:
        first_start(_progress)
    _serve(host, port, workers)


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            click.echo(f"Port {port} on {host} is taken ({error.strerror}). Choose another: --port 8001.", err=True)
            sys.exit(2)


def _progress(done: int, total: int, message: str) -> None:
    click.echo(f"\r{message} ({done} of {total})\033[K", nl=done >= total)


def _serve(host: str, port: int, workers: int) -> None:
    started: list[Server] = []
    _stop_with(started)  # first, so that nothing that was started is ever left behind
    started.append(_start(
        "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", THREADS, "--no-ws", "--log-level", "error", "onenumber.web.app:application",
    ))  # fmt: skip
    started.append(_start("django", "db_worker", "--no-startup-delay", "--interval", "0.3"))
    _wait_until_open(host, port, started)
    click.echo(f"OneNumber is at http://{host}:{port}  ·  {sign_in_line()}  ·  Ctrl-C stops it")
    looked = 0.0
    while all(process.poll() is None for process in started):
        if time.monotonic() - looked > SECONDS_BETWEEN_DIGESTS:
            looked = time.monotonic()
            _digest()
        time.sleep(0.3)
    _stop(started)
    click.echo("OneNumber stopped, because its web server or its worker ended. What went wrong stands above.", err=True)
    sys.exit(1)


def _digest() -> None:
    """Let the worker make the messages of the day, once its hour has come."""
    if waiting_plans():
        import_string(settings.ONENUMBER_DIGEST).enqueue()
    connection.close()


def _start(*command: str) -> Server:
    """A server in a group of its own with all that it starts: Ctrl-C comes to us alone, and we stop the group."""
    return subprocess.Popen([sys.executable, "-m", *command], start_new_session=True)  # noqa: S603 - our own server and worker


def _wait_until_open(host: str, port: int, started: Sequence[Server]) -> None:
    while all(process.poll() is None for process in started):
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)


def _stop_with(started: Sequence[Server]) -> None:
    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - Python's signature
        _stop(started)
        sys.exit(0)

    handler: Callable[[int, FrameType | None], None] = stop
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def _stop(started: Sequence[Server]) -> None:
    """End every group, a job under way included: nothing of it is kept, and its next start begins anew.

    Only who leads a group is asked to end: a web process that ends before its leader would be called a crash.
    """
    for process in started:
        process.terminate()
    end = time.monotonic() + SECONDS_TO_STOP
    for process in started:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(end - time.monotonic(), 0.1))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
