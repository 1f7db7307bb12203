"""Processes that die in the middle of a step: ``python -m tests.steps.killed HOME VERB ...``, each a process forked.

What is printed: how each ended, and what it found committed before it began.
"""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onenumber.conf.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from onenumber.steps import load  # noqa: E402
from onenumber.steps.frame import entering  # noqa: E402
from onenumber.steps.frame.asking import context_for  # noqa: E402
from onenumber.store import manifest, versions  # noqa: E402
from onenumber.store.models import AuditRow, LoadRun, Person, Plan, SheetParent, SheetVersion  # noqa: E402
from tests import tiny  # noqa: E402
from tests.steps.month_for_tests import do, founded  # noqa: E402


def start(home: Path) -> None:
    """A plan in its sales window, without a baseline yet."""
    call_command("migrate", verbosity=0)
    plan = founded("killed", "live", home / "data")
    do(plan, "olga", "open", period="2026-05")
    do(plan, "olga", "freeze")
    do(plan, "olga", "advance")


def die_before_the_transaction(_: Path) -> None:
    """The files are written; nothing says so yet."""
    manifest.transaction.atomic = lambda: os._exit(9)  # type: ignore[assignment]  # this process ends there
    forecast(_)


def die_inside_the_transaction(_: Path) -> None:
    """The version's row and its parents are written, but not committed."""
    manifest.AuditRow.objects.create = lambda **_: os._exit(9)  # type: ignore[method-assign]  # as above
    forecast(_)


def forecast(_: Path) -> None:
    """The step itself."""
    do(Plan.objects.get(key="killed"), "dora", "forecast")


def look(_: Path) -> None:
    """Nothing more than what every verb says."""


def prepare(home: Path) -> None:
    """The folder of a company, and a database without any plan."""
    call_command("migrate", verbosity=0)
    tiny.write(home / "data")


def load_dies_before_a_file_is_in_place(home: Path) -> None:
    """A temporary folder of the first sheet is written and not renamed."""
    versions._move_into_place = lambda *_: os._exit(9)  # this process ends there
    load_it(home)


def load_dies_before_the_transaction(home: Path) -> None:
    """All files are written; nothing says so yet."""
    manifest.transaction.atomic = lambda: os._exit(9)  # type: ignore[assignment]  # as above
    load_it(home)


def load_dies_at_its_first_sheet(home: Path) -> None:
    """The plan and a version have their rows, but not committed."""
    manifest.AuditRow.objects.create = lambda **_: os._exit(9)  # type: ignore[method-assign]  # as above
    load_it(home)


def load_dies_with_all_its_rows(home: Path) -> None:
    """Everything has its row, the load itself, too; nothing is committed."""
    entering.note_installer = lambda *_, **__: os._exit(9)  # as above
    load_it(home)


def load_it(home: Path) -> None:
    """The load itself, by whoever sits at the machine, or by olga once there is a plan."""
    load.run(context_for("", person="olga" if Plan.objects.exists() else "", at_machine=True), folder=home / "data")


def look_at_loads(_: Path) -> None:
    """Nothing more than what every verb of a load says."""


def seen_of_loads() -> dict[str, object]:
    """What is committed of plans and loads."""
    return {
        "plans": list(Plan.objects.values_list("key", flat=True)),
        "loads": [list(one) for one in LoadRun.objects.order_by("sequence").values_list("person", "changed")],
        "versions": SheetVersion.objects.count(),
        "people": Person.objects.count(),
        "audit": AuditRow.objects.count(),
    }


def seen() -> dict[str, object]:
    """What is committed."""
    forecasts = SheetVersion.objects.filter(kind="forecast").values_list("state", "stale_because")
    return {
        "forecasts": list(forecasts),
        "parents": SheetParent.objects.filter(child__kind="forecast").count(),
        "audit": AuditRow.objects.filter(verb="forecast").count(),
    }


def run(verb: str, home: Path) -> list[object]:
    """A verb in a process of its own: how that ended, and what it said first."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        if verb not in {"start", "prepare"}:
            os.write(writes, json.dumps(seen_of_loads() if verb in OF_LOADS else seen()).encode())
        (VERBS | OF_LOADS)[verb](home)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as said:
        text = said.read()
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), json.loads(text or "null")]


VERBS = {f.__name__: f for f in (start, die_before_the_transaction, die_inside_the_transaction, forecast, look)}
OF_LOADS = {
    f.__name__: f
    for f in (
        load_dies_before_a_file_is_in_place, load_dies_before_the_transaction, load_dies_at_its_first_sheet,
        load_dies_with_all_its_rows, prepare, load_it, look_at_loads,
    )
}  # fmt: skip

if __name__ == "__main__":
    # Nothing is computed or asked of a database here, so that what is forked is as good as started anew.
    folder, *asked = sys.argv[1:]
    sys.stdout.write(json.dumps([run(verb, Path(folder)) for verb in asked]))
