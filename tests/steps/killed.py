"""A process that dies in the middle of a step: ``python -m tests.steps.killed VERB HOME``; says what it found first."""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onenumber.conf.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from onenumber.store import manifest  # noqa: E402
from onenumber.store.models import AuditRow, Plan, SheetParent, SheetVersion  # noqa: E402
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


def seen() -> dict[str, object]:
    """What is committed."""
    forecasts = SheetVersion.objects.filter(kind="forecast").values_list("state", "stale_because")
    return {
        "forecasts": list(forecasts),
        "parents": SheetParent.objects.filter(child__kind="forecast").count(),
        "audit": AuditRow.objects.filter(verb="forecast").count(),
    }


if __name__ == "__main__":
    verbs = {f.__name__: f for f in (start, die_before_the_transaction, die_inside_the_transaction, forecast, look)}
    chosen = sys.argv[1]
    if chosen != "start":
        sys.stdout.write(json.dumps(seen()))
        sys.stdout.flush()
    verbs[chosen](Path(sys.argv[2]))
