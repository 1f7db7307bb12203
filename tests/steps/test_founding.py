"""Only a load that lands founds a plan, under the key of its own table."""

from pathlib import Path

import polars as pl
import pytest

from onenumber.errors import NothingLoadedError
from onenumber.steps import load
from onenumber.steps.frame.asking import context_for
from onenumber.store.models import AuditRow, LoadRun, Plan
from onenumber.store.plans import find_plan
from tests import tiny
from tests.steps.conftest import Ask


def renamed(key: str) -> dict[str, pl.DataFrame]:
    made = tiny.tables()
    return {**made, "plan": made["plan"].with_columns(plan=pl.lit(key))}


def test_a_dry_run_on_an_empty_database_leaves_no_row_and_no_folder_of_a_plan(
    ask: Ask, folder: Path, tmp_path: Path
) -> None:
    assert ask("load", folder, "--dry-run").exit_code == 0
    assert (Plan.objects.count(), AuditRow.objects.count()) == (0, 0)
    assert list((tmp_path / "home").glob("plans/**/sheet.json")) == []
    assert ask("status").output.startswith("There is no plan yet")


def test_a_load_that_is_refused_founds_nothing(ask: Ask, tmp_path: Path) -> None:
    some = {name: tiny.tables()[name] for name in ("plan", "divisions")}
    refused = ask("load", tiny.write(tmp_path / "some", some))
    assert (refused.exit_code, "Tables that a company needs are missing" in refused.output) == (2, True)
    assert Plan.objects.count() == 0


def test_a_load_that_lands_founds_the_plan_under_the_key_of_its_table(ask: Ask, tmp_path: Path) -> None:
    assert ask("load", tiny.write(tmp_path / "one", renamed("works"))).exit_code == 0
    assert (find_plan().key, find_plan().name) == ("works", "Tiny Works")
    again = ask("load", tmp_path / "one", "--as", "olga")
    assert (again.exit_code, Plan.objects.count(), LoadRun.objects.count()) == (0, 1, 2)


def test_plan_names_the_plan_that_the_table_is_of_or_nothing_is_founded(ask: Ask, tmp_path: Path) -> None:
    works = tiny.write(tmp_path / "one", renamed("works"))
    refused = ask("load", works, "--plan", "other")
    said = "Its plan is 'works', and --plan names 'other'. Leave --plan out, or write 'other' in plan."
    assert (refused.exit_code, said in refused.output, Plan.objects.count()) == (2, True, 0)
    assert ask("load", works, "--plan", "works").exit_code == 0
    second = tiny.write(tmp_path / "two", renamed("second"))
    assert ask("load", second, "--plan", "second").exit_code == 0
    assert list(Plan.objects.order_by("key").values_list("key", flat=True)) == ["second", "works"]


@pytest.mark.parametrize("key", ["../up", "a/b", ".hidden", "k" * 61])
def test_what_cannot_name_a_folder_and_an_address_founds_nothing(ask: Ask, tmp_path: Path, key: str) -> None:
    refused = ask("load", tiny.write(tmp_path / "odd", renamed(key)))
    assert (refused.exit_code, "cannot be the key of a plan" in refused.output) == (2, True)
    assert (Plan.objects.count(), (tmp_path / "home" / "up").exists()) == (0, False)


def test_of_two_loads_that_would_found_one_plan_the_second_is_told_that_it_is_there(ask: Ask, folder: Path) -> None:
    came: list[str] = []

    def meanwhile(done: int, total: int, message: str) -> None:
        if message == "writing" and not came:
            came.append(message)
            load.run(context_for("", person="", at_machine=True), folder=folder)

    with pytest.raises(NothingLoadedError, match="There is a plan 'tiny' already. Load into it with --plan and --as."):
        load.run(context_for("", person="", at_machine=True, progress=meanwhile), folder=folder)
    assert (Plan.objects.count(), LoadRun.objects.count()) == (1, 1)


def test_a_required_table_with_a_header_and_no_rows_is_what_the_company_has_none_of(ask: Ask, tmp_path: Path) -> None:
    made = tiny.tables()
    none = {name: made.pop(name).clear() for name in ("stock", "rates")}
    landed = ask("load", tiny.write(tmp_path / "bare", {**made, **none}))
    assert (landed.exit_code, Plan.objects.count()) == (1, 1)
    assert "stock has a header and no rows: the company has none." in landed.output
    refused = ask("load", tiny.write(tmp_path / "nothing", {**made, "plan": made["plan"].clear()}), "--as", "olga")
    assert refused.exit_code == 1  # the plan that is known stays
