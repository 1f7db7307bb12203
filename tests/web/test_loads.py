"""The load page: what it counts, what it says was read, and what it keeps."""

import os
import re
import signal
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.jobs import child
from onenumber.model.contract import TABLES
from onenumber.model.finding import Finding, Severity, findings_table
from onenumber.model.finding import Place as Where
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.loads import findings_page
from onenumber.store.models import Job, Plan
from onenumber.web.loads.contract import file_lines, missing_sentence
from onenumber.web.loads.model import LoadLine, LoadState
from onenumber.web.loads.words import effect, lead
from tests import tiny
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.steps.conftest import NOW, Act
from tests.web.test_answers import signed_in_as

DATA = "/p/tiny/data/"


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


@pytest.fixture
def olga(loaded: None, plan: Plan) -> Client:
    return signed_in_as(plan, "olga")


def line(state: LoadState, good: int | None, bad: int | None) -> LoadLine:
    return LoadLine(
        id="1", state=state, at=NOW, by="Olga Novak", source="a.csv", dry_run=False, done=1, total=1, rows_good=good,
        rows_bad=bad,
    )  # fmt: skip


def test_the_page_opens_on_when_data_came_last() -> None:
    checked, came = line(LoadState.CHECKED, 9, 0), line(LoadState.LOADED, 6348, 0)
    assert lead([checked, came]).replace("\u202f", " ") == (
        "Loaded last on 5 May 2026 by Olga Novak: 6 348 rows; every row was good."
    )
    assert lead([line(LoadState.LOADED, 9, 1)]).endswith("9 rows; 1 row was not loaded.")
    assert lead([line(LoadState.LOADED, None, None)]) == "Loaded last on 5 May 2026 by Olga Novak."
    assert lead([checked]).startswith("Nothing has been loaded yet.")


def row_finding(row: int, column: str) -> Finding:
    place = Where(file="a.csv", row=row, column=column)
    return Finding(code="not_a_number", severity=Severity.BLOCKED, place=place, values={"value": "x"})


def test_findings_and_the_rows_they_are_in_are_counted_apart(loaded: None, plan: Plan) -> None:
    rest = Finding(
        code="more_alike", severity=Severity.BLOCKED, place=Where(file="a.csv", column="p"),
        values={"count": 7, "first": 4, "last": 10, "code": "not_a_number"},
    )  # fmt: skip
    column = Finding(
        code="missing_column", severity=Severity.BLOCKED, place=Where(file="b.csv"), values={"name": "x", "rows": 40}
    )
    stray = Finding(code="unknown_file", severity=Severity.ATTENTION, place=Where(file="c.csv"), values={"name": "c"})
    found = (row_finding(2, "p"), row_finding(2, "q"), row_finding(3, "p"), rest, column, stray)
    context = make_context(plan, person="olga", now=NOW)
    listed = context.versions.put(Sheet(kind=SheetKind.LOAD, tables={"findings": findings_table(found)}))
    page = findings_page(context, listed)
    assert {one.example.code: (one.count, one.rows) for one in page.groups} == {
        "not_a_number": (10, 9), "missing_column": (1, 40), "unknown_file": (1, 0),
    }  # fmt: skip
    assert [f.code for f in findings_page(context, listed, code="not_a_number").lines][-1] == "more_alike"


@pytest.mark.parametrize(
    ("code", "severity", "state", "said"),
    [
        ("unknown_file", Severity.ATTENTION, LoadState.LOADED, "file not read"),
        ("unknown_tab", Severity.NOTE, LoadState.CHECKED, "tab not read"),
        ("unknown_column", Severity.ATTENTION, LoadState.LOADED, "column not read"),
        ("encoding_taken", Severity.ATTENTION, LoadState.LOADED, "loaded, look at it"),
        ("encoding_taken", Severity.ATTENTION, LoadState.CHECKED, "would load, look at it"),
        ("encoding_taken", Severity.ATTENTION, LoadState.NOTHING, "look at it"),
        ("not_a_number", Severity.BLOCKED, LoadState.LOADED, "not loaded"),
        ("return_kept_apart", Severity.APART, LoadState.LOADED, "kept apart, not an error"),
    ],
)
def test_nothing_that_was_not_read_is_said_to_be_loaded(
    code: str, severity: Severity, state: LoadState, said: str
) -> None:
    assert str(effect(Finding(code=code, severity=severity), state)) == said


def test_two_files_of_one_name_are_refused_and_neither_is_kept(olga: Client, plan: Plan, settings: Settings) -> None:
    files = [SimpleUploadedFile("items.csv", b"item\nA\n"), SimpleUploadedFile("items.csv", b"item\nB\n")]
    page = olga.post(DATA, {"files": files}).content.decode()
    assert "Several of the files are called items.csv. Rename them, or load one after the other." in page
    assert not plan.jobs.exists()
    assert not (Path(settings.ONENUMBER_HOME) / "uploads").exists()


def test_the_page_says_what_each_file_holds_what_came_of_it_last_and_gives_an_empty_one(
    olga: Client, plan: Plan
) -> None:
    page = re.sub(r"\s+", " ", olga.get(DATA).content.decode()).replace("\u202f", " ")
    assert "Every table that a plan needs has come" in page
    row = page.split('<tr id="file-prices">')[1].split("</tr>")[0]
    assert "Net price of an item" in row
    assert "<b>price</b>" in row
    assert ">5 May 2026</time>" in row
    answer = olga.get(f"{DATA}empty/prices.csv")
    assert answer.content.decode("utf-8-sig").split(",")[0] == TABLES["prices"].columns[0].name
    assert answer.content.decode().count("\n") == 1
    assert olga.get(f"{DATA}empty/secrets.csv").status_code == 404
    assert signed_in_as(plan, "ana").get(f"{DATA}empty/prices.csv").status_code == 403


def test_a_table_that_every_plan_needs_and_nobody_loaded_is_named() -> None:
    came = replace(line(LoadState.LOADED, 9, 0), tables=dict.fromkeys(set(TABLES) - {"stock", "rates"}, 9))
    files = file_lines([came])
    assert missing_sentence(files) == "rates and stock have not come yet, and every plan needs them."
    assert [(one.came, one.rows) for one in files if one.name in ("items", "stock")] == [(NOW, 9), (None, 0)]


def test_returns_are_shown_per_unit_and_one_by_one(olga: Client, plan: Plan, act: Act, tmp_path: Path) -> None:
    lines = tiny.tables()["order_lines"].head(2).with_columns(order=pl.Series(["R1", "R2"]), quantity=pl.lit(-4.0))
    act("olga", "load", folder=tiny.write(tmp_path / "back", {"order_lines": lines}))
    page = olga.get(f"{DATA}2/").content.decode()
    assert "<h2>Kept apart, not an error</h2>" in page
    assert "Returns among the order lines: 2, 8 pcs in all; kept apart from demand, not an error." in page
    each = olga.get(f"{DATA}2/?code=return_kept_apart").content.decode()
    assert "2 findings" in each
    assert "<h2>Kept apart" not in olga.get(f"{DATA}1/").content.decode()


def test_a_second_load_of_the_same_files_says_that_nothing_changed(
    olga: Client, plan: Plan, act: Act, tmp_path: Path
) -> None:
    act("olga", "load", folder=tiny.write(tmp_path / "again"))
    said = "none was left out. Nothing changed: all of it was there already."
    assert said in olga.get(f"{DATA}2/").content.decode()
    assert said not in olga.get(f"{DATA}1/").content.decode()


def test_a_load_that_only_renames_says_how_many_and_the_pages_call_them_so(
    olga: Client, plan: Plan, act: Act, tmp_path: Path
) -> None:
    new = pl.when(pl.col("person") == "olga").then(pl.lit("Olga Nowak")).otherwise(pl.col("name"))
    people = tiny.tables()["people"].with_columns(new.alias("name"))
    act("olga", "load", folder=tiny.write(tmp_path / "names", {"people": people}))
    page = olga.get(f"{DATA}2/").content.decode()
    assert "11 rows loaded; none was left out. 1 person has another name or address now." in page
    assert "“names”, loaded by Olga Nowak." in page


class Stopped(BaseException):
    """What ends a process that is told to stop."""


def stop(*_: object) -> None:
    raise Stopped


def test_a_load_that_is_cancelled_after_it_was_kept_does_not_say_that_nothing_of_it_was(
    olga: Client, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    division = {"divisions": tiny.table("divisions", [{"division": "DZ", "name": "Last"}])}
    job = Job.objects.create(
        plan=plan, step="load", arguments={"folder": str(tiny.write(tmp_path / "late", division))}, pins={},
        person="olga", key="late", made_at=NOW,
    )  # fmt: skip
    listed = child._listed

    def told_to_stop(*given: object) -> dict[str, object]:
        os.kill(os.getpid(), signal.SIGTERM)
        return listed(*given)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(child, "_listed", told_to_stop)
    before = signal.signal(signal.SIGTERM, stop)
    try:
        child.do(job.pk, kept=child.go_on)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert "1 row loaded; none was left out." in olga.get(f"{DATA}job-{job.pk}/").content.decode()


def test_a_load_of_which_nothing_landed_says_what_was_read_and_what_was_found(
    olga: Client, plan: Plan, tmp_path: Path
) -> None:
    lines = tiny.tables()["order_lines"].head(3).with_columns(order=pl.lit("X"), item=pl.lit("A9"))
    job = Job.objects.create(
        plan=plan, step="load", arguments={"folder": str(tiny.write(tmp_path / "bad", {"order_lines": lines}))},
        pins={}, person="olga", key="bad", made_at=NOW,
    )  # fmt: skip
    waiting = olga.get(DATA).content.decode()
    assert '<td class="n">–</td><td class="n">–</td><td class="n">–</td>' in waiting  # not counted yet, which is not 0
    child.do(job.pk)
    listed = olga.get(DATA).content.decode()
    assert '<td class="n">0</td><td class="n">3</td><td class="n">3</td>' in listed
    page = olga.get(f"{DATA}job-{job.pk}/").content.decode()
    assert "Nothing was loaded from bad; what was there is unchanged. Rows read: 3, findings: 3." in page
