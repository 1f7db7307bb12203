"""Every test that touches the database runs on both databases: it is marked here, so that nobody can forget it."""

import os
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from django.core.cache import cache
from hypothesis import settings

from onenumber.files.read import Loaded, Progress, read_folder
from tests.standing import SHELF

# A busy machine is no fault of the law under test; time is measured in benchmarks.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
NEEDS_A_SERVER = pytest.mark.skip(reason="needs a PostgreSQL server: make test starts one")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_is_short)  # what takes long begins first, so that no worker has it left when the other is done
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(f"{item.path.parent.name}-{item.path.stem}"))
        if _asks_database(item) and not any(item.get_closest_marker(name) for name in ("browser", "sqlite")):
            item.add_marker("both_databases")
        if item.get_closest_marker("postgres") and not os.environ.get("ONENUMBER_DATABASE_URL", "").startswith(
            "postgres"
        ):
            item.add_marker(NEEDS_A_SERVER)


def _is_short(item: pytest.Item) -> bool:
    return not any(item.get_closest_marker(name) for name in ("browser", "slow"))


def _asks_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked & DATABASE)


@pytest.fixture(scope="session", autouse=True)
def _shelf(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The workers of a run share what they play: their folders lie in one."""
    if worker_id != "master":
        SHELF.folder = tmp_path_factory.getbasetemp().parent / "played"
        SHELF.folder.mkdir(exist_ok=True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """No test meets what another left in the cache, such as tries at signing in."""
    cache.clear()


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A load into an empty company does not read again what a test before it read.

    Most tests found the same tiny company, and what reading gives depends on names and bytes alone (tests/files).
    """
    monkeypatch.setattr("onenumber.steps.load.read_folder", _read)


Content = tuple[tuple[str, bytes], ...]
READ: dict[Content, tuple[Loaded, list[tuple[int, int, str]]]] = {}


def _read(folder: Path, *, known: Mapping[str, pl.DataFrame], progress: Progress) -> Loaded:
    if known or not folder.is_dir() or not all(path.is_file() for path in folder.iterdir()):
        return read_folder(folder, known=known, progress=progress)
    content = tuple(sorted((path.name, path.read_bytes()) for path in folder.iterdir()))
    if content not in READ:
        told: list[tuple[int, int, str]] = []
        READ[content] = read_folder(folder, progress=lambda *words: told.append(words)), told
    loaded, told = READ[content]
    for words in told:
        progress(*words)
    return loaded
