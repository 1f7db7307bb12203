"""What is put where it was played once is what playing it again would make, to the row and the byte."""

from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from onenumber.steps.frame.context import make_context
from onenumber.steps.see.sheets import sheets_of
from onenumber.store.models import Plan
from tests import standing
from tests.steps.month_for_tests import NOW, do, founded, to_executive, to_supply


def _played(home: Path, settings: Settings) -> tuple[object, ...]:
    """Everything that a plan holds before the executive, the clock of its founding aside; nothing of it stays."""
    settings.ONENUMBER_HOME = home / "home"
    with transaction.atomic():
        plan = founded("stands", "live", home / "data")
        to_supply(plan)
        to_executive(plan)
        Plan.objects.update(made_at=NOW)
        do(plan, "eva", "decide", paper="2026-05-L1", option="A")  # what stands can be gone on from
        shown = sheets_of(make_context(plan, person="omar", now=NOW))
        rows = {model.__name__: [*held.values()] for model, held in standing._rows().items()}
        files = {path: (home / "home" / path).read_bytes() for path in standing._files()}
        transaction.set_rollback(True)
    return shown, rows, files


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known of what other tests and workers played."""
    monkeypatch.setattr(standing, "KEPT", {})
    monkeypatch.setattr(standing.SHELF, "folder", None)


@pytest.mark.sqlite
def test_what_is_put_again_is_what_was_played(
    db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _played(tmp_path / "one", settings)
    played = len(standing.KEPT)
    assert _played(tmp_path / "two", settings) == first
    assert len(standing.KEPT) == played > 0
    monkeypatch.setattr(standing, "KEPT", {})
    assert _played(tmp_path / "three", settings) == first


@pytest.mark.sqlite
def test_what_another_worker_played_is_put_and_not_played(
    db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setattr(standing.SHELF, "folder", shelf)
    first = _played(tmp_path / "one", settings)
    assert {file.name for file in shelf.iterdir()} == set(standing.KEPT)
    monkeypatch.setattr(standing, "KEPT", {})  # as in the other worker
    monkeypatch.setattr(standing, "_played", None)  # which plays nothing
    assert _played(tmp_path / "two", settings) == first


def test_what_differs_in_what_stood_or_was_asked_is_played(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    calls: list[str] = []
    counted = standing.once_a_run(calls.append)
    for word in ("a", "a", "b"):
        counted(word)
    Plan.objects.create(key="x", name="x", purpose="live", made_at=NOW)
    counted("b")
    assert calls == ["a", "b", "b"]
