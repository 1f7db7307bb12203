"""A rehearsed month in a process of its own: ``python -m tests.steps.played HOME`` says what every sheet holds."""

import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onenumber.conf.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from onenumber.store.models import SheetVersion  # noqa: E402
from tests.steps.month_for_tests import rehearsed  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    rehearsed("played", Path(sys.argv[1]) / "data", "2026-05", "2026-06")
    rows = SheetVersion.objects.order_by("pk").values_list("cycle__label", "kind", "stage", "content")
    sys.stdout.write(json.dumps([list(row) for row in rows]))
