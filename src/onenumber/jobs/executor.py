"""The port that heavy maps go through: here, or in processes of this machine.

What is mapped is a pure function of a module, over values that can be pickled; results come in the order of the items,
so they do not depend on how many workers there are. A cluster would be one more :class:`Executor`.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Protocol, Self

from onenumber.errors.jobs import WorkerLostError
from onenumber.jobs.parcel import receive, send
from onenumber.steps.frame.mapper import Item, Result

WORKER = "onenumber.jobs.worker"


class Executor(Protocol):
    """Where heavy maps run."""

    def map_each(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """The result of each item, in the order of the items.

        Raises:
            WorkerLostError: if the process that worked on an item ended before it answered.
        """
        ...


class LocalProcesses:
    """Processes of this machine, started when first needed and kept until the ``with`` block ends.

    One worker, or one item, needs no process: it is done here, by the same code.
    """

    def __init__(self, workers: int | None = None) -> None:
        """As many workers as cores that this process may use, if it is not said."""
        self._count = workers if workers is not None else cores()
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._started:
            _end(worker)
        self._started = []

    def map_each(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """The result of each item, in the order of the items.

        Raises:
            WorkerLostError: if the process that worked on an item ended before it answered.
        """
        count = min(self._count, len(items))
        if count <= 1:
            yield from map(function, items)
            return
        free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for worker in self._workers(count):
            free.put(worker)

        def ask(item: Item) -> Result:
            worker = free.get()
            try:
                return _asked(worker, function, item)
            finally:
                free.put(worker)

        with ThreadPoolExecutor(count) as threads:
            yield from threads.map(ask, items)

    def _workers(self, count: int) -> list[subprocess.Popen[bytes]]:
        for lost in (worker for worker in self._started if worker.poll() is not None):
            _end(lost)
        alive = [worker for worker in self._started if worker.returncode is None]
        self._started = alive + [_start() for _ in range(count - len(alive))]
        return self._started[:count]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", WORKER]
    seen = os.environ | {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}  # it finds what we find
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=seen)  # noqa: S603 - our own module


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    worker.communicate()


def _asked(worker: subprocess.Popen[bytes], function: Callable[[Item], Result], item: Item) -> Result:
    """One item there and its result back; the error that the function raised there is raised here."""
    if worker.stdin is None or worker.stdout is None:
        message = "a worker is started with both pipes"
        raise TypeError(message)
    try:
        send(worker.stdin, (function, item))
        result, error = receive(worker.stdout)
    except (EOFError, OSError) as lost:
        raise WorkerLostError(code=worker.wait()) from lost
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]  # what the function returns
