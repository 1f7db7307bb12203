"""The commands of the month: exit codes, sentences, and what is written where."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from onenumber.cli import main
from onenumber.cli.app import MONTH
from onenumber.model.sheet import SheetKind
from onenumber.store.models import EditRow, LoadRun, Person, SheetVersion
from onenumber.store.plans import find_plan, versions_of
from tests import tiny
from tests.steps.month_for_tests import (
    OVERTIME,
    PAPER,
    do,
    founded,
    short_of,
    squeezed,
    to_executive,
    to_published,
    to_supply,
    version,
)

Ask = Callable[..., Result]


@pytest.fixture
def ask(db: None, settings: object, tmp_path: Path) -> Ask:
    settings.ONENUMBER_HOME = tmp_path / "home"
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "data")


def test_help_reads_like_the_month() -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    places = [shown.index(f"\n  {name} ") for name in MONTH]
    assert places == sorted(places)


def test_a_clean_load_ends_with_0_and_a_load_with_findings_with_1(ask: Ask, folder: Path, tmp_path: Path) -> None:
    clean = ask("load", folder)
    assert (clean.exit_code, "rows loaded 1\u202f004" in clean.output) == (0, True)
    lines = tiny.tables()["order_lines"].head(1).with_columns(item=pl.lit("A9"), order=pl.lit("X"))
    listed = tmp_path / "findings.csv"
    found = ask("load", tiny.write(tmp_path / "more", {"order_lines": lines}), "--as", "olga", "--findings", listed)
    assert found.exit_code == 2  # the only row is bad, so nothing was loaded
    said = "what was there is unchanged. Rows read: 1, findings: 1. No row of it could be used;"
    assert f"Nothing was loaded from more; {said}" in found.output
    assert "A9" in listed.read_text()
    assert LoadRun.objects.count() == 1


def test_the_same_folder_twice_says_that_nothing_changed_and_makes_no_other_content(
    ask: Ask, folder: Path, tmp_path: Path
) -> None:
    lines = tiny.tables()["order_lines"]
    (folder / "order_lines.csv").write_text(lines.reverse().write_csv())  # each row again, in another file and order
    said = "nothing changed: all of it was there already"
    first, held = ask("load", folder), list(SheetVersion.objects.values_list("content"))
    again = ask("load", folder, "--as", "olga")
    assert (said in first.output, said in again.output) == (False, True)
    for one in (first, again):
        assert f"{len(lines)} findings in all: {len(lines)} duplicate key." in one.output
        named = f"O00alphaA1, 1 is there already in row {len(lines) + 1} of order_lines.csv; the first row counts."
        assert f"order_lines.parquet, row 2, line: {named}" in one.output
    assert list(SheetVersion.objects.values_list("content")) == held
    assert LoadRun.objects.count() == 2


def test_a_bad_row_among_good_ones_ends_with_1(ask: Ask, folder: Path, tmp_path: Path) -> None:
    ask("load", folder)
    lines = tiny.tables()["order_lines"].head(2)
    lines = lines.with_columns(pl.Series("order", ["X1", "X2"]), pl.Series("item", ["A1", "A9"]))
    found = ask("load", tiny.write(tmp_path / "more", {"order_lines": lines}), "--as", "olga")
    assert found.exit_code == 1
    assert "order_lines.parquet, row 3, item" in found.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--place", "foo", "--mode", "set", "--value", "5"],
         "edit cannot be asked with place 'foo': say it as attribute=value."),
        (["--place", "item=A1", "--place", "item=A2", "--mode", "add", "--value", "5"],
         "edit cannot be asked with place 'item=A2': a place has one item, and it is A1; type one edit for each."),
        (["--place", "item=A1", "--mode", "set"], "edit cannot be asked without value: type one; nothing is not 0."),
        (["--place", "item=A1", "--mode", "add", "--value", "nan"],
         "edit cannot be asked with value nan: it is no number to plan with."),
        (["--place", "item=A1", "--mode", "add", "--value", "-inf"],
         "edit cannot be asked with value -inf: it is no number to plan with."),
        (["--place", "item=A1", "--mode", "add", "--value", "5", "--seen", "7"],
         "edit cannot be asked with seen 7: the last edit of L4 is 0."),
    ],
)  # fmt: skip
def test_an_edit_that_says_no_figure_is_told_so_and_writes_nothing(
    ask: Ask, folder: Path, words: list[str], said: str
) -> None:
    ask("load", folder)
    for person, step in (("olga", "open"), ("olga", "freeze"), ("olga", "advance"), ("dora", "forecast")):
        do(find_plan(""), person, step)
    moved = ask("edit", "L4", *words, "--as", "dora")
    assert (moved.exit_code, moved.output.strip().splitlines()[-1]) == (2, said)
    assert not EditRow.objects.exists()


def test_a_load_says_in_words_whether_it_changed_anything(ask: Ask, folder: Path) -> None:
    assert ask("load", folder).output.startswith("load: tables ")
    again = ask("load", folder, "--as", "olga").output.splitlines()[0]
    assert again.endswith(" · load 2 · nothing changed: all of it was there already")


def test_a_sum_of_unlike_units_is_not_known_for_a_reason_in_its_line(ask: Ask, tmp_path: Path) -> None:
    made = tiny.tables()
    unit = pl.when(pl.col("item") == "B2").then(pl.lit("kg")).otherwise("unit").alias("unit")
    ask("load", tiny.write(tmp_path / "mixed", {**made, "items": made["items"].with_columns(unit)}))
    ask("open", "2026-05", "--as", "olga")
    frozen = ask("freeze", "--as", "olga").output.splitlines()[0]
    why = "units, last units –: the items are counted in different units, which do not add up"
    assert frozen.endswith(f" · {why}")
    assert why in ask("sheets", "--as", "olga").output


def test_a_dry_run_keeps_nothing(ask: Ask, folder: Path) -> None:
    assert ask("load", folder, "--dry-run").exit_code == 0
    assert LoadRun.objects.count() == 0
    assert SheetVersion.objects.count() == 0


def test_an_anticipated_error_is_a_sentence(ask: Ask, folder: Path) -> None:
    ask("load", folder)
    refused = ask("open", "2026-05", "--as", "ana")
    assert refused.exit_code == 2
    assert refused.output == "Ana Ruiz may not open a cycle: only the process owner may.\n"


def test_status_names_what_blocks_the_gate_and_who_settles_it(ask: Ask, folder: Path) -> None:
    ask("load", folder)
    ask("open", "2026-05", "--as", "olga")
    assert "Say who you are to see what its end waits for: --as PERSON." in ask("status").output
    shown = ask("status", "--as", "dora").output
    assert "◐ Data" in shown
    assert "  history_missing history: The history has not been made (Olga Novak)\n" in shown


def test_status_names_shortages_as_escalate_takes_them(ask: Ask, folder: Path) -> None:
    ask("load", folder)
    plan = find_plan()
    to_supply(plan)
    do(plan, "sven", "plan")
    now = plan.cycles.get().index
    short_of(plan, [("capacity", "L1", now), ("lead_time", "A1|P", now)])
    said = (
        "Shortages that only an earlier start could have prevented (the firm period) have neither an option nor an "
        "escalation"
    )
    shown = ask("status", "--as", "sven").output
    assert (
        "  shortage_open L1: The shortage at Line 1 (L1) has neither an option nor an escalation (Sven Berg)\n" in shown
    )
    assert f"  shortage_open 'firm period': {said} (Sven Berg)\n" in shown
    refused = ask("escalate", "firm periods", "--reason", "next month", "--as", "sven")
    assert (refused.exit_code, "Did you mean 'firm period'?" in refused.output) == (2, True)
    done = ask("escalate", "firm period", "--reason", "next month", "--as", "sven")
    assert (done.exit_code, done.output) == (0, "escalate: subject firm period\n")
    assert "firm period" not in ask("status", "--as", "sven").output
    unsigned = ask("sign", "sign_supply", "--as", "omar")
    assert (
        "the shortage at Line 1 (L1) has neither an option nor an escalation (the supply planner)." in unsigned.output
    )


def test_sheets_are_numbered_as_what_was_made_from_them_names_them(ask: Ask, folder: Path) -> None:
    ask("load", folder)
    ask("open", "2026-05", "--as", "olga")
    assert ask("sheets", "--as", "dora").output == "There is no sheet yet. Make the first: `onenumber freeze`.\n"
    ask("freeze", "--as", "olga")
    shown = ask("sheets", "--as", "dora").output.splitlines()
    assert "from Company 2; Data load 2" in next(line for line in shown if line.startswith("History 1 "))
    assert any(line.startswith("Data load 2 ") for line in shown)


def test_who_sees_no_plan_is_told_so_by_sheets(ask: Ask, folder: Path) -> None:
    ask("load", folder)
    ask("open", "2026-05", "--as", "olga")
    ask("freeze", "--as", "olga")
    said = "Say who you are to see the sheets of a cycle: --as PERSON.\n"
    for words in ((), ("--as", "adam")):
        shown = ask("sheets", *words)
        assert (shown.exit_code, shown.output) == (0, said)


def test_status_and_sheets_of_a_rehearsal_begin_with_it(ask: Ask, folder: Path) -> None:
    plan = founded("rehearsal-x", "rehearsal", folder)
    for command in ("status", "sheets"):
        assert ask(command, "--plan", plan.key).output.startswith("REHEARSAL: not the plan of record\n")
    do(plan, "rehearsal", "open", period="2026-05")
    for command in ("status", "sheets"):
        assert ask(command, "--plan", plan.key).output.startswith("REHEARSAL: not the plan of record\n")


def test_a_sheet_is_exported_as_far_as_its_reader_may_see(ask: Ask, folder: Path, tmp_path: Path) -> None:
    ask("load", folder)
    ask("open", "2026-05", "--as", "olga")
    ask("freeze", "--as", "olga")
    whole, own = tmp_path / "all.xlsx", tmp_path / "own.json"
    assert ask("export", "history", "-o", whole, "--as", "dora").exit_code == 0
    assert ask("export", "history", "-o", own, "--as", "ana").exit_code == 0
    assert (
        load_workbook(whole)["demand"].max_row == 1 + 12
    )  # four items; alpha, and the rest of South in the shop and on the web
    patches = {row["patch"] for row in json.loads(own.read_text())["demand"]}
    assert patches == {"Nord"}
    assert ask("export", "history", "-o", own, "--as", "adam").output == (
        "Adam Root may not export a sheet: an administrator sees no plan.\n"
    )


def test_the_company_is_exported_with_its_days_and_its_hours_per_period(ask: Ask, folder: Path, tmp_path: Path) -> None:
    ask("load", folder)
    ask("open", "2026-05", "--as", "olga")
    ask("freeze", "--as", "olga")
    assert ask("export", "company", "-o", tmp_path / "company.json", "--as", "dora").exit_code == 0
    made, told = json.loads((tmp_path / "company.json").read_text()), tiny.tables()
    assert [row["hours_per_period"] for row in made["resources"]] == told["resources"]["hours_per_period"].to_list()
    assert {row["period"] for row in made["budget_lines"]} == set(told["budget_lines"]["period"].cast(pl.String))


def test_an_exported_company_that_is_loaded_again_leaves_everybody_her_name_and_address(
    ask: Ask, tmp_path: Path
) -> None:
    made = tiny.tables()
    ask("load", tiny.write(tmp_path / "one", {**made, "people": made["people"].with_columns(email=pl.lit("o@x.org"))}))
    ask("open", "2026-05", "--as", "olga")
    ask("freeze", "--as", "olga")
    (tmp_path / "back").mkdir()
    assert ask("export", "company", "-o", tmp_path / "back" / "all.xlsx", "--as", "olga").exit_code == 0
    before = list(Person.objects.order_by("key").values_list("key", "name", "email"))
    assert "nothing changed: all of it was there already" in ask("load", tmp_path / "back", "--as", "olga").output
    assert list(Person.objects.order_by("key").values_list("key", "name", "email")) == before
    ask("export", "company", "-o", tmp_path / "seen.json", "--as", "sven")
    seen = json.loads((tmp_path / "seen.json").read_text())["people"]
    assert {(row["name"], row["email"]) for row in seen} == {(name, None) for _, name, _ in before}  # he loads nothing


def test_the_newest_stage_is_exported_where_none_is_named(ask: Ask, tmp_path: Path) -> None:
    ask("load", tiny.write(tmp_path / "data", squeezed()))
    plan, out = find_plan(), tmp_path / "plan.json"
    to_supply(plan)
    to_executive(plan)
    shown = ask("export", "supply_plan", "-o", out, "--as", "sven")
    assert (shown.exit_code, shown.output.split(":")[0]) == (0, "Supply plan, proposed")
    do(plan, "sven", "replan")
    shown = ask("export", "supply_plan", "-o", out, "--as", "sven")
    assert (shown.exit_code, shown.output.split(":")[0]) == (0, "Supply plan, final")
    assert ask("export", "decision", "-o", out, "--as", "sven").output.startswith("Decision, decided: ")
    about = json.loads(out.read_text())["about"]
    assert about[2] == {"about": "sheet", "value": "Decision, decided"}
    assert {"about": "money", "value": "amounts are in EUR"} in about
    assert "Decision, decided 2 " in ask("sheets", "--as", "sven").output
    assert "Decision, papers: " in ask("export", "decision", "-o", out, "--stage", "papers", "--as", "sven").output


def test_amounts_are_exported_in_the_currency(ask: Ask, tmp_path: Path) -> None:
    ask("load", tiny.write(tmp_path / "data", squeezed()))
    plan, out = find_plan(), tmp_path / "plan.json"
    to_supply(plan)
    to_executive(plan)
    do(plan, "eva", "decide", paper=PAPER, option=OVERTIME, rationale="the season is sold")
    do(plan, "sven", "replan")
    to_published(plan)
    no_amounts = {"period", "first_period", "last_period", "next_period", "fiscal_year"}
    for kind in (SheetKind.REVIEW, SheetKind.DECISION, SheetKind.PUBLISHED_PLAN):
        ask("export", kind.value, "-o", out, "--as", "eva")
        read, sheet = json.loads(out.read_text()), versions_of(plan).get(version(plan, kind, STAGE[kind]).content)
        for name, table in sheet.tables.items():
            whole = {column for column, dtype in table.schema.items() if dtype.is_integer()} - no_amounts
            for column in whole:
                held = [None if minor is None else minor / 100 for minor in table[column].to_list()]
                assert [row[column] for row in read[name]] == held, (name, column)
    assert read["money"]  # the loop met something


STAGE = {SheetKind.REVIEW: "final", SheetKind.DECISION: "decided", SheetKind.PUBLISHED_PLAN: ""}


def test_a_mistyped_stage_is_answered_with_those_there_are(ask: Ask, tmp_path: Path) -> None:
    ask("load", tiny.write(tmp_path / "data", squeezed()))
    plan, out = find_plan(), tmp_path / "plan.json"
    to_supply(plan)
    early = ask("export", "supply_plan", "-o", out, "--stage", "fnal", "--as", "sven")
    said = "The supply plan of cycle 2026-05 has no stage 'fnal'. It comes as: proposed, final.\n"
    assert (early.exit_code, early.output) == (2, said)
    early = ask("export", "supply_plan", "-o", out, "--stage", "final", "--as", "sven")
    assert "There is no final supply plan in cycle 2026-05 yet. Make it first: `onenumber replan`." in early.output
    to_executive(plan)
    refused = ask("export", "supply_plan", "-o", out, "--stage", "fnal", "--as", "sven")
    said = "The supply plan of cycle 2026-05 has no stage 'fnal'. There is: proposed.\n"
    assert (refused.exit_code, refused.output) == (2, said)
    refused = ask("export", "history", "-o", out, "--stage", "final", "--as", "sven")
    assert "has no stage 'final'. It has none: leave the stage out." in refused.output
    refused = ask("export", "published_plan", "-o", out, "--as", "sven")
    assert "There is no published plan in cycle 2026-05 yet. Make it first: `onenumber publish`." in refused.output
    blind = ask("export", "supply_plan", "-o", out, "--stage", "fnal", "--as", "adam")
    assert "an administrator sees no plan" in blind.output
    assert not out.exists()


def test_an_unknown_ending_is_refused_with_those_that_are_known(ask: Ask, folder: Path, tmp_path: Path) -> None:
    ask("load", folder)
    refused = ask("export", "history", "-o", tmp_path / "x.pdf", "--as", "dora")
    assert (refused.exit_code, ".pdf is not known. Name the file .xlsx, .json or .zip" in refused.output) == (2, True)


def test_the_clock_moves_in_demo_mode_only(ask: Ask, folder: Path, settings: object) -> None:
    ask("load", folder)
    assert ask("clock", "2026-05-12", "--as", "olga").output == "clock: today 2026-05-12\n"
    ask("open", "2026-05", "--as", "olga")
    assert "day 8 of 21" in ask("status", "--as", "olga").output
    settings.ONENUMBER_DEMO = False
    refused = ask("clock", "2026-05-13", "--as", "olga")
    assert refused.output.startswith("The company's clock can be moved in demo mode only.")


def test_returns_are_listed_as_kept_apart_and_are_no_error(ask: Ask, folder: Path, tmp_path: Path) -> None:
    ask("load", folder)
    lines = tiny.tables()["order_lines"].head(3)
    lines = lines.with_columns(pl.Series("order", ["R1", "R2", "N1"]), pl.Series("quantity", [-4.0, -6.0, 5.0]))
    listed = tmp_path / "findings.csv"
    found = ask("load", tiny.write(tmp_path / "more", {"order_lines": lines}), "--as", "olga", "--findings", listed)
    assert found.exit_code == 0
    assert "rows loaded 3 · findings 0 · returns 2" in found.output
    said = "Returns among the order lines: 2, 10 pcs in all; kept apart from demand, not an error."
    assert f"order_lines.parquet: {said} They stand in History as returns" in found.output
    rows = pl.read_csv(listed)
    assert rows.filter(pl.col("code") == "return_kept_apart").select("severity", "row", "value").rows() == [
        ("kept_apart", 2, "'-4"), ("kept_apart", 3, "'-6"),
    ]  # fmt: skip


def test_risks_lists_what_is_not_in_the_number_and_then_what_is(ask: Ask, folder: Path) -> None:
    ask("load", folder)
    ask("open", "2026-05", "--as", "olga")
    ask("freeze", "--as", "olga")
    ask("advance", "--as", "olga")
    ask("forecast", "--as", "dora")
    assert ask("risks", "--as", "dora").output == "Risks and opportunities of 2026-05: none\n"
    words = ("--place", "planning_customer=alpha", "--in-number", "no", "--patch", "Nord", "--as", "ana")
    sure = ("--likely", "-40", "--probability", "0.5")
    ask("news", "loss", "--text", "alpha buys elsewhere", *sure, "--first", "2026-07", "--periods", "2", *words)
    ask("news", "win", "--text", "alpha opens a shop", *words)
    shown = ask("risks", "--as", "ana").output.splitlines()
    assert shown[:2] == [
        "Risks and opportunities of 2026-05 (your part):",
        "  1 undecided: loss at Alpha, 2026-07 to 2026-08. alpha buys elsewhere (Ana Ruiz, Nord)",
    ]
    assert shown[2].startswith("     units pcs −")
    assert " · probability 0.5 · expected EUR −" in shown[2]
    assert shown[4] == "     units – · revenue EUR – · probability – · expected EUR –"
    assert shown[5].startswith("  Risks: expected EUR −")
    assert " · at most EUR −" in shown[5]
    made = ask("triage", "1", "in", "--reason", "she is sure", "--as", "dora")
    assert made.output.startswith("triage: news 1 · decision in · place alpha · percent −20 · sequence 1 · cells ")
    refused = ask("triage", "2", "in", "--reason", "why not", "--as", "dora")
    assert (refused.exit_code, refused.output) == (
        2, "triage cannot be asked without likely: news 2 does not say it; say what you see.\n",
    )  # fmt: skip
    shown = ask("risks", "--as", "dora").output.splitlines()
    assert shown[1] == "  2 undecided: win at Alpha, 2026-05 to 2026-10. alpha opens a shop (Ana Ruiz, Nord)"
    assert shown[-2:] == [
        "In the number:",
        "  1 in: loss at Alpha, 2026-07 to 2026-08. alpha buys elsewhere (Ana Ruiz, Nord) Because: she is sure",
    ]
