"""Many people type in the planning grid at once, in the model company, over HTTP: is an edit lost, or one overwritten?

    PYTHONPATH=src:. python benchmarks/editors.py --people 20 --seconds 120                 # on SQLite
    PYTHONPATH=src:. python benchmarks/editors.py --people 50 --seconds 120 --database URL  # on PostgreSQL

A server of its own is started in an empty folder (or database), the company loaded on first start. The people are
sessions of the planner, the sales leader and the salespeople; each types a figure into one of a few cells that others
type in as well, waits as a person does, and types again on the new values where somebody was faster. At the end every
answer that was given is held against the rows: each edit is there, sequences have no gap, and nobody
typed over what she had not seen.
"""

import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

PORT = 8765
HOST = "127.0.0.1"
PLACES, MONTHS = 12, 3
"""Cells of a layer that its people share: few, so that they meet."""
THINKS = (1.0, 4.0)
"""Seconds that a person looks before she types again."""
CONFLICT = 409
LAYERS = ("L4", "L4", "L2M", "L2", "L2")
SEATS = {"L4": ("chen",), "L2M": ("raman",), "L2": ("demir", "mensah", "lindqvist", "vargas", "novak", "haddad")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An edit that the server took: where, what, and between which sequences it lies."""

    layer: str
    cell: tuple[str, str]
    value: float
    seen: int
    sequence: int


@dataclass
class Editor(threading.Thread):
    """One session: it types until its time is over, and keeps what it was told."""

    layer: str
    person: str
    seed: int
    until: float
    taken: list[Typed] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    said: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """A thread that does not keep the process alive."""
        threading.Thread.__init__(self, daemon=True)
        self._connection = http.client.HTTPConnection(HOST, PORT, timeout=60)
        self._cookies: dict[str, str] = {}

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Sign in, look, type, look again."""
        chance = random.Random(self.seed)  # noqa: S311 - where somebody types is no secret
        home = self._enter()
        address = f"{home}plan/{self.layer}/cells/"
        grid = self._ask("GET", address)[1]
        cells = _cells(grid)
        while time.monotonic() < self.until:
            time.sleep(chance.uniform(*THINKS))
            self._type(address, chance.choice(cells), round(chance.uniform(10, 900)), grid["sequence"])
            grid = self._last

    def _type(self, address: str, cell: tuple[str, str], value: float, seen: int) -> None:
        """Type one figure; where somebody was faster, once more on the new values."""
        self._last = {"sequence": seen}
        while True:
            edit = {"level": "stream", "key": cell[0], "mode": "set", "value": value, "first": cell[1]}
            began = time.perf_counter()
            status, answer = self._ask("POST", address, {"edits": [edit], "seen": seen, "reason": "editors"})
            self.seconds.append(time.perf_counter() - began)
            self.said[status] += 1
            if status == CONFLICT:
                seen = answer["grid"]["sequence"]
                continue
            if status == http.client.OK:
                [made] = answer["made"]
                self.taken.append(Typed(layer=self.layer, cell=cell, value=value, seen=seen, sequence=made))
                self._last = answer["grid"]
            return

    def _enter(self) -> str:
        """Sign in with one click; the address of her month."""
        self._raw("GET", "/sign-in/")
        form = {"person": self.person, "csrfmiddlewaretoken": self._cookies["csrftoken"]}
        self._raw("POST", "/sign-in/demo/", urlencode(form), "application/x-www-form-urlencoded")
        return str(self._raw("GET", "/").getheader("Location"))

    def _ask(self, method: str, address: str, body: object = None) -> tuple[int, dict]:
        answer = self._raw(method, address, None if body is None else json.dumps(body), "application/json")
        return answer.status, json.loads(self._body)

    def _raw(self, method: str, address: str, body: str | None = None, kind: str = "") -> http.client.HTTPResponse:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        headers |= {"Content-Type": kind, "X-CSRFToken": self._cookies.get("csrftoken", "")} if body else {}
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        self._body = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and (found := re.match(r"([^=]+)=([^;]*)", value)):
                self._cookies[found[1]] = found[2]
        return answer


def _cells(grid: dict) -> list[tuple[str, str]]:
    """The cells that she and the others of her layer share."""
    leaves = [key for key, depth, may in zip(grid["keys"], grid["depths"], grid["writes"], strict=True)
              if depth == len(grid["levels"]) - 1 and may]  # fmt: skip
    return [(key, month["label"]) for key in leaves[:PLACES] for month in grid["months"][1 : 1 + MONTHS]]


def main() -> int:
    """Let them type, and hold what they were told against the rows; 1 where something was lost or overwritten."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--database", default="", help="a PostgreSQL address; a SQLite file of its own if not given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, _server(home, given.database):
        editors = _let_type(given.people, given.seconds)
        faults = _faults(editors)
    _tell(editors, faults, given.seconds)
    return 1 if faults else 0


@contextmanager
def _server(home: str, database: str) -> Iterator[None]:
    """OneNumber as anybody starts it, with its model company."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="onenumber.conf.settings", ONENUMBER_DEMO="1", ONENUMBER_HOME=home,
        ONENUMBER_DATABASE_URL=database,
    )  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", "from onenumber.cli.app import main; main()", "run", "--port", str(PORT)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        for line in process.stdout or ():
            if "OneNumber is at" in line:
                break
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _let_type(people: int, seconds: float) -> list[Editor]:
    until = time.monotonic() + seconds
    editors = []
    for number in range(people):
        layer = LAYERS[number % len(LAYERS)]
        person = SEATS[layer][number // len(LAYERS) % len(SEATS[layer])]
        editors.append(Editor(layer=layer, person=person, seed=number, until=until))
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    return editors


def _faults(editors: Sequence[Editor]) -> list[str]:
    """What was lost, and what was overwritten unseen."""
    import django  # noqa: PLC0415 - it needs the settings of the server

    django.setup()
    from onenumber.store.layers import unpack  # noqa: PLC0415
    from onenumber.store.models import Cycle, EditRow  # noqa: PLC0415

    cycle = Cycle.objects.order_by("-index")[:1].get()
    found = []
    for layer in sorted({editor.layer for editor in editors}):
        rows = {row.sequence: row for row in EditRow.objects.filter(layer__cycle=cycle, layer__code=layer)}
        taken = sorted((one for editor in editors if editor.layer == layer for one in editor.taken),
                       key=lambda one: one.sequence)  # fmt: skip
        if sorted(rows) != list(range(1, len(rows) + 1)):
            found.append(f"{layer}: the sequence has a gap")
        for one in taken:
            row = rows.get(one.sequence)
            if row is None or row.value != one.value or row.place != {"stream": one.cell[0]}:
                found.append(f"{layer}: edit {one.sequence} is lost")
            for between in range(one.seen + 1, one.sequence):
                other = rows.get(between)
                if (
                    other
                    and row
                    and other.place == row.place
                    and other.first == row.first
                    and len(unpack(other.leaves))
                ):
                    found.append(f"{layer}: edit {one.sequence} overwrote {between} unseen")
    return found


def _tell(editors: Sequence[Editor], faults: Sequence[str], seconds: float) -> None:
    said, times = Counter[int](), sorted(one for editor in editors for one in editor.seconds)
    for editor in editors:
        said += editor.said
    taken = sum(len(editor.taken) for editor in editors)
    other = {status: count for status, count in said.items() if status not in (http.client.OK, CONFLICT)}
    print(
        f"{len(editors)} people, {seconds:.0f} s: {taken} edits taken, {said[CONFLICT]} told that somebody was faster "
        f"and typed again, {sum(other.values())} other answers {other or ''}; an answer takes "
        f"{statistics.median(times):.2f} s (median), {times[int(0.95 * len(times))]:.2f} s (95 of 100), "
        f"{times[-1]:.2f} s (longest)"
    )
    print("\n".join(faults) or "no edit was lost, none overwritten unseen, no gap in a sequence")


if __name__ == "__main__":
    sys.exit(main())
