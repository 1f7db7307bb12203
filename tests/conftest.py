"""Every test that touches the database runs on both databases: it is marked here, so that nobody can forget it."""

import os

import pytest
from django.core.cache import cache
from hypothesis import settings

# A busy machine is no fault of the law under test; time is measured in benchmarks.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
NEEDS_A_SERVER = pytest.mark.skip(reason="needs a PostgreSQL server: make test starts one")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _asks_database(item) and not any(item.get_closest_marker(name) for name in ("browser", "sqlite")):
            item.add_marker("both_databases")
        if item.get_closest_marker("postgres") and not os.environ.get("ONENUMBER_DATABASE_URL", "").startswith(
            "postgres"
        ):
            item.add_marker(NEEDS_A_SERVER)


def _asks_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked & DATABASE)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """No test meets what another left in the cache, such as tries at signing in."""
    cache.clear()
