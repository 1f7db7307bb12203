"""Every test that touches the database runs on both databases: it is marked here, so that nobody can forget it."""

import os

import pytest

NEEDS_A_SERVER = pytest.mark.skip(reason="needs a PostgreSQL server: make test starts one")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") and not item.get_closest_marker("browser"):
            item.add_marker("both_databases")
        if item.get_closest_marker("postgres") and not os.environ.get("ONENUMBER_DATABASE_URL", "").startswith(
            "postgres"
        ):
            item.add_marker(NEEDS_A_SERVER)
