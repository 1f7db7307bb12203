"""A load says how far it is; what came through the browser is removed a week after its job ended."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings

from onenumber.errors import NothingLoadedError
from onenumber.steps import load
from onenumber.steps.frame.asking import found_plan
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.registry import STEPS
from onenumber.store.models import Job, JobState, Plan, SheetVersion
from onenumber.store.plans import names_of
from tests import tiny
from tests.steps.conftest import Act
from tests.steps.month_for_tests import NOW

Asking = Callable[[str], Context]
DAY = dt.timedelta(days=1)


def test_a_load_says_which_table_it_reads_and_then_that_it_merges_and_writes(
    plan: Plan, asking: Asking, tmp_path: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    context = replace(asking("nobody yet"), progress=lambda *one: told.append(one))
    load.run(context, folder=tiny.write(tmp_path / "data"))
    files = len(tiny.tables())
    assert told[0] == (0, files + 2, "reading budget_lines.parquet")
    assert [done for done, _, _ in told] == list(range(files + 3))
    assert told[-3:] == [
        (files, files + 2, "merging"), (files + 1, files + 2, "writing"), (files + 2, files + 2, "done"),
    ]  # fmt: skip


def test_a_load_says_which_tables_are_kept_and_not_used_yet(act: Act, tmp_path: Path) -> None:
    target = {"person": "ana", "start": dt.date(2026, 1, 1), "months": 12, "amount": 1000.0, "currency": "EUR"}
    made = tiny.tables() | {"targets": tiny.table("targets", [target]), "launches": tiny.table("launches", [])}
    tiny.write(tmp_path / "data", made)
    outcome = act("nobody yet", "load", folder=tmp_path / "data")
    assert outcome.figures["kept_not_used_yet"] == "targets"  # of launches there are none
    assert outcome.findings == tuple(f for f in outcome.findings if f.code == "no_rows")
    (tmp_path / "data" / "targets.parquet").unlink()
    assert "kept_not_used_yet" not in act("olga", "load", folder=tmp_path / "data").figures


def test_a_load_that_only_renames_a_person_is_a_change_and_the_next_one_is_none(
    loaded: Outcome, plan: Plan, act: Act, tmp_path: Path
) -> None:
    people = tiny.tables()["people"]
    new = people.with_columns(name=pl.col("name").replace("Olga Novak", "Olga Nowak"), email=pl.lit("o@x.org"))
    folder = tiny.write(tmp_path / "names", {"people": new.head(1).vstack(new.filter(person="olga"))})
    assert "people_with_another_name_or_address" not in loaded.figures  # all of them are new
    first, again = (act("olga", "load", folder=folder).figures for _ in range(2))
    assert (first["changed"], first["people_with_another_name_or_address"]) == (True, 2)
    assert (again["changed"], "people_with_another_name_or_address" in again) == (False, False)
    assert (names_of(plan)["olga"], names_of(plan)["ana"]) == ("Olga Nowak", "Ana Ruiz")
    assert SheetVersion.objects.filter(plan=plan).count() == 2  # no sheet holds a name


def upload(plan: Plan, name: str, *, ended: dt.timedelta | None, state: JobState = JobState.DONE) -> Path:
    folder = Path(settings.ONENUMBER_HOME) / "uploads" / name / "items.csv"
    folder.mkdir(parents=True)
    (folder / "items.csv").write_text("item,name\n")
    Job.objects.create(
        plan=plan, step="load", arguments={"folder": str(folder)}, pins={}, person="olga", key=name, state=state,
        made_at=NOW - 30 * DAY, ended_at=None if ended is None else NOW - ended,
    )  # fmt: skip
    return folder.parent


def test_uploads_go_a_week_after_their_job_ended_and_not_before(loaded: None, plan: Plan, act: Act) -> None:
    old = upload(plan, "old", ended=8 * DAY)
    failed = upload(plan, "failed", ended=8 * DAY, state=JobState.FAILED)
    kept = [upload(plan, "new", ended=6 * DAY), upload(plan, "runs", ended=None, state=JobState.RUNNING)]
    assert act("olga", "tidy").figures["uploads_removed"] == 2
    assert (old.exists(), failed.exists()) == (False, False)
    assert all(folder.exists() for folder in kept)
    assert act("olga", "tidy").figures["uploads_removed"] == 0


@pytest.mark.parametrize("climb", ["{}", "{}/deeper/still"])
def test_a_folder_that_was_loaded_from_elsewhere_is_never_removed(
    loaded: None, plan: Plan, act: Act, tmp_path: Path, climb: str
) -> None:
    own = Path(climb.format(tmp_path / "mine"))
    own.mkdir(parents=True)
    Job.objects.create(
        plan=plan, step="load", arguments={"folder": str(own)}, pins={}, person="olga", key="own", state=JobState.DONE,
        made_at=NOW - 30 * DAY, ended_at=NOW - 20 * DAY,
    )  # fmt: skip
    assert act("olga", "tidy").figures["uploads_removed"] == 0
    assert own.exists()


def test_a_load_that_ended_while_another_was_read_is_not_lost(loaded: Outcome, plan: Plan, tmp_path: Path) -> None:
    def division(name: str) -> Path:
        return tiny.write(tmp_path / name, {"divisions": tiny.table("divisions", [{"division": name, "name": name}])})

    short, long = division("DY"), division("DZ")
    came: list[str] = []

    def meanwhile(done: int, total: int, message: str) -> None:
        if message == "writing" and not came:
            came.append(message)
            STEPS["load"].run(make_context(plan, person="olga", now=NOW), folder=short)

    STEPS["load"].run(make_context(plan, person="olga", now=NOW, progress=meanwhile), folder=long)
    assert came
    assert make_context(plan, person="olga", now=NOW).company()["divisions"]["division"].to_list()[-2:] == ["DY", "DZ"]


def test_another_plan_is_refused_and_the_first_load_needs_a_plan(
    loaded: Outcome, plan: Plan, act: Act, tmp_path: Path
) -> None:
    other = tiny.tables()["plan"].with_columns(plan=pl.lit("elsewhere"))
    with pytest.raises(NothingLoadedError, match="No row of it could be used"):
        act("olga", "load", folder=tiny.write(tmp_path / "other", {"plan": other}))
    empty = found_plan("second", purpose="live")
    bad = {**tiny.tables(), "plan": tiny.tables()["plan"].with_columns(currency=pl.lit("euro"))}
    context, folder = make_context(empty, person="nobody yet", now=NOW), tiny.write(tmp_path / "bad", bad)
    for dry_run in (True, False):
        with pytest.raises(NothingLoadedError, match="Tables that a company needs are missing: plan"):
            STEPS["load"].run(context, folder=folder, dry_run=dry_run)
