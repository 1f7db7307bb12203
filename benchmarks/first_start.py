"""CPU seconds of the model company's first start, cycle by cycle: its closed cycles through the real steps.

    PYTHONPATH=src:. python benchmarks/first_start.py

The bar is 90 seconds on two quiet cores. CPU seconds are what a busy machine leaves alone; those of the workers are
added when they end, after the last closed cycle. Its data stay in a folder that is removed at the end.
"""

import os
import tempfile
import time

import django
from django.core.management import call_command

from benchmarks.run import used


def main() -> None:
    """Make a database in an empty folder, then the company in it."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="onenumber.conf.settings", ONENUMBER_DEMO="1", ONENUMBER_HOME=home,
            ONENUMBER_DATABASE_URL="",
        )  # fmt: skip
        django.setup()
        call_command("migrate", verbosity=0)
        _make()


def _make() -> None:
    from onenumber.jobs.first_start import first_start  # noqa: PLC0415 - it needs the settings

    began = time.perf_counter()

    def tell(done: int, total: int, message: str) -> None:
        print(f"{time.perf_counter() - began:7.1f} s  {used():7.1f} CPU-s  {message} ({done} of {total})", flush=True)

    first_start(tell)


if __name__ == "__main__":
    main()
