"""The database before a command: whichever comes first finds its tables made."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from onenumber.errors.store import OldDatabaseError

PLANS = "store_plan"


def make_ready() -> None:
    """Make the tables where there are none yet; one that is only older is brought up to date by `onenumber run`.

    Raises:
        OldDatabaseError: if it is older: a server may be at work in it, which this command must not pull it from under.
    """
    with _reached():
        there = connection.introspection.table_names()
    if PLANS not in there:
        bring_up_to_date()
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise OldDatabaseError(home=settings.ONENUMBER_HOME)


def bring_up_to_date() -> None:
    """Make what a newer OneNumber has and the database has not."""
    with _reached():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _reached() -> Iterator[None]:
    """Where the folder cannot be made or the database does not answer, a sentence is the end."""
    home = settings.ONENUMBER_HOME
    try:
        home.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        _end(f"The data folder {home} cannot be used ({error.strerror}). Set ONENUMBER_HOME to one that you may write.")
    except OperationalError as error:
        _end(
            f"The database does not answer ({str(error).splitlines()[0]}). See that it runs, and that "
            "ONENUMBER_DATABASE_URL names it."
        )


def _end(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(2)
