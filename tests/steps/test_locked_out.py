"""No load leaves a company into which nobody may load; where time does, the machine lets it out. Who asks is named."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from onenumber.cycle.phases import Phase
from onenumber.errors import NobodyMayLoadError, NobodyNamedError
from onenumber.steps import load
from onenumber.steps.frame.asking import context_for
from onenumber.steps.frame.context import INSTALLER
from onenumber.store.models import AuditRow, LoadRun, Plan, SheetVersion
from onenumber.store.plans import find_plan
from tests import tiny
from tests.steps.conftest import Ask
from tests.steps.month_for_tests import NOW

END = dt.date(2026, 6, 1)
LATER = dt.datetime(2026, 7, 1, 10, tzinfo=dt.UTC)
WHO_LOADS = ("olga", "dora", "fay")


def roles(keep: Mapping[str, dt.date | None]) -> pl.DataFrame:
    """The roles of who may load, of those kept only, each until her day; all other roles as they are."""
    made = tiny.tables()["roles"].filter(~pl.col("person").is_in(set(WHO_LOADS) - set(keep)))
    until = pl.col("person").replace_strict(dict(keep), default=None, return_dtype=pl.Date)
    return made.with_columns(valid_to=until)


@pytest.mark.parametrize("keep", [{}, {"olga": dt.date(2020, 1, 1)}])
def test_a_first_load_after_which_nobody_could_load_is_refused(
    ask: Ask, tmp_path: Path, keep: Mapping[str, dt.date | None]
) -> None:
    bad = tiny.write(tmp_path / "bad", {**tiny.tables(), "roles": roles(keep)})
    for words in ((), ("--dry-run",)):
        refused = ask("load", bad, *words)
        assert refused.exit_code == 2
        assert "Nobody in roles is OWN, DP or FIN on 20" in refused.output
        assert "so nobody could load after it. Add a row of who may, with dates that hold on" in refused.output
    assert Plan.objects.count() == 0


def test_a_load_that_ends_the_last_role_that_may_load_is_refused(ask: Ask, folder: Path, tmp_path: Path) -> None:
    ask("load", folder)
    ended = roles(dict.fromkeys(WHO_LOADS, dt.date(2020, 1, 1)))
    refused = ask("load", tiny.write(tmp_path / "end", {"roles": ended}), "--as", "olga")
    assert (refused.exit_code, "so nobody could load after it" in refused.output) == (2, True)
    one_left = roles({**dict.fromkeys(WHO_LOADS, dt.date(2020, 1, 1)), "fay": None})
    assert ask("load", tiny.write(tmp_path / "left", {"roles": one_left}), "--as", "olga").exit_code == 0
    assert ask("load", folder, "--as", "olga").exit_code == 2  # she has ended her own right


@pytest.fixture
def locked(ask: Ask, tmp_path: Path) -> Plan:
    """A company of whom everybody who might load has left since."""
    made = {**tiny.tables(), "roles": roles(dict.fromkeys(WHO_LOADS, END))}
    context = context_for("", person="", at_machine=True)
    load.run(context.at(NOW), folder=tiny.write(tmp_path / "locked", made))
    Plan.objects.update(clock=LATER)
    return find_plan()


def test_where_nobody_may_load_any_more_the_machine_brings_new_roles_and_it_is_written_down(
    ask: Ask, locked: Plan, tmp_path: Path
) -> None:
    fresh = tiny.write(tmp_path / "fresh", {"roles": roles({"olga": None})})
    refused = ask("load", fresh, "--as", "olga")
    said = (
        "Nobody may load data into Tiny Works on 2026-07-01: no one is OWN, DP or FIN. At the machine's own command "
        "line, `onenumber load FOLDER` without --as brings a table roles that says who may.\n"
    )
    assert (refused.exit_code, refused.output) == (2, said)
    assert ask("load", fresh).exit_code == 0
    run = LoadRun.objects.get(plan=locked, sequence=2)
    noted = AuditRow.objects.get(plan=locked, verb="load_as_installer", what__load=2)
    assert (run.person, noted.person, noted.at) == (INSTALLER, INSTALLER, LATER)
    assert noted.what["because"] == "nobody held the right to load"
    assert AuditRow.objects.get(verb="load_as_installer", what__load=1).what["because"] == "the first load of the plan"
    assert ask("load", fresh, "--as", "olga").exit_code == 0
    assert ask("load", fresh).exit_code == 2  # somebody holds the right again


def test_the_way_out_lets_nothing_in_that_leaves_nobody(ask: Ask, locked: Plan, tmp_path: Path) -> None:
    still = tiny.write(tmp_path / "still", {"divisions": tiny.tables()["divisions"]})
    refused = ask("load", still)
    assert (refused.exit_code, "so nobody could load after it" in refused.output) == (2, True)
    assert (LoadRun.objects.count(), SheetVersion.objects.filter(plan=locked).count()) == (1, 2)


def test_the_way_out_is_at_the_machine_and_for_loading_only(locked: Plan, folder: Path) -> None:
    with pytest.raises(NobodyMayLoadError):
        load.run(context_for("tiny", person=""), folder=folder)
    with pytest.raises(NobodyNamedError):
        context_for("tiny", person="", at_machine=False).permit("publish", phase=Phase.PUBLISH)


def test_a_refusal_without_a_person_asks_who_it_is_and_lists_who_may(ask: Ask, folder: Path, tmp_path: Path) -> None:
    ask("load", folder)
    planners = (
        "dora (demand planner), eva (executive), fay (finance), ines (sales leader), olga (process owner), "
        "omar (operations leader)"
    )
    sees = f"ana (salesperson), ben (salesperson), {planners}, pia (plant manager), sven (supply planner)"
    costs = f"{planners}, sven (supply planner)"
    for words, verb, who in (
        (("load", folder), "load data", "olga (process owner), dora (demand planner), fay (finance)"),
        (("open", "2026-05"), "open a cycle", "olga (process owner)"),
        (("export", "history", "-o", tmp_path / "x.json"), "export a sheet", sees),
        (("papers",), "read decision papers", costs),
    ):
        refused = ask(*words)
        assert (refused.exit_code, refused.output) == (2, f"Say who you are to {verb}: --as PERSON. Who may: {who}.\n")
