"""The database before a command: whichever comes first finds its tables made."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from onenumber.errors.store import OldDatabaseError

PLANS = "store_plan"


def make_ready() -> None:
    """Make the tables where there are none yet; one that is only older is brought up to date by `onenumber run`.

    Raises:
        OldDatabaseError: if it is older: a server may be at work in it, which this command must not pull it from under.
    """
    settings.ONENUMBER_HOME.mkdir(parents=True, exist_ok=True)
    if PLANS not in connection.introspection.table_names():
        bring_up_to_date()
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise OldDatabaseError(home=settings.ONENUMBER_HOME)


def bring_up_to_date() -> None:
    """Make what a newer OneNumber has and the database has not."""
    settings.ONENUMBER_HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
