"""A load while others type: ``python -m tests.steps.beside HOME``; each of them in a connection of its own."""

import json
import os
import sys
import threading
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onenumber.conf.settings")
django.setup()

import polars as pl  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from onenumber.steps import load  # noqa: E402
from onenumber.steps.frame import entering  # noqa: E402
from onenumber.steps.frame.context import make_context  # noqa: E402
from onenumber.store.models import EditRow, LoadRun, Plan  # noqa: E402
from tests import tiny  # noqa: E402
from tests.steps.month_for_tests import NOW, do, founded, to_forecast  # noqa: E402

SECONDS = 60.0
"""Until a thread that nothing holds up is through on any machine."""


class Typist(threading.Thread):
    """Types one unit more of an item, in a connection of its own."""

    def __init__(self, plan: Plan, item: str) -> None:
        super().__init__(daemon=True)
        self._plan, self._item = plan, item

    def run(self) -> None:
        """One edit."""
        try:
            do(self._plan, "ben", "edit", layer="L2", place={"item": self._item}, mode="add", value=1.0)
        finally:
            connection.close()


def load_beside_edits(home: Path) -> dict[str, object]:
    """Edits at every part of a load, of which none waits for it, and one more while it enters its rows."""
    call_command("migrate", verbosity=0)
    plan = founded("beside", "live", home / "data")
    do(plan, "olga", "open", period="2026-05")
    to_forecast(plan)
    through: list[str] = []
    late = Typist(plan, "A2")

    def typed_now(_: int, __: int, part: str) -> None:
        typist = Typist(plan, "A1")
        typist.start()
        typist.join(SECONDS)
        if not typist.is_alive():
            through.append(part)

    enter = entering._name_plan

    def typed_in_the_transaction(*given: object) -> None:
        late.start()
        enter(*given)  # type: ignore[arg-type]  # as they came

    entering._name_plan = typed_in_the_transaction
    lines = tiny.tables()["order_lines"].with_columns(pl.col("quantity") * 2)
    folder = tiny.write(home / "more", {"order_lines": lines})
    load.run(make_context(plan, person="olga", now=NOW, progress=typed_now), folder=folder)
    late.join(SECONDS)
    sequences = EditRow.objects.filter(layer__cycle__plan=plan).order_by("pk").values_list("sequence", flat=True)
    return {
        "through": through,
        "edits": list(sequences),
        "loads": list(LoadRun.objects.filter(plan=plan).order_by("pk").values_list("changed", flat=True)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(load_beside_edits(Path(sys.argv[1]))))
