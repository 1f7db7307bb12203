"""Who is shown how far a month was forecast wrong; of a patch few are: it is the skill of a person."""

import json
import re
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.cli import main
from onenumber.model.finding import Finding, Severity
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Actor, Grant
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.accuracy import FIGURES, Accuracy, AccuracyLine
from onenumber.steps.see.export import exported
from onenumber.store.models import Account, Plan
from onenumber.web.sheets.accuracy import accuracy_table
from tests import tiny
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.steps.conftest import NOW, Act

SEES = {
    "olga": ("company", "DA", "DB", "patch Nord", "patch South"),
    "dora": ("company", "DA", "DB", "patch Nord", "patch South"),
    "ines": ("company", "DA", "DB", "patch Nord", "patch South"),
    "ana": ("patch Nord",),
    "ben": ("patch South",),
    "dirk": ("DA",),
    "eva": ("company", "DA", "DB"),
    "omar": ("company", "DA", "DB"),
    "fay": ("company", "DA", "DB"),
    "pia": (),
}
"""Of what each person is shown the accuracy."""
NOT_FORECAST = Finding(code="accuracy_no_forecast_at_lag_1", severity=Severity.NOTE)
ERRORS = {"patch Nord": "5.0 %", "patch South": "30.0 %"}


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


@pytest.fixture
def measured(plan: Plan, act: Act, tmp_path: Path) -> Plan:
    """The first cycle of a company that brought its forecasts, measured; Dirk heads division DA."""
    made = tiny.tables()
    dirk = {"person": "dirk", "role": "DH", "scope_kind": "division", "scope": "DA"}
    made["people"] = pl.concat([made["people"], tiny.table("people", [{"person": "dirk", "name": "Dirk Maas"}])])
    made["roles"] = pl.concat([made["roles"], tiny.table("roles", [dirk])])
    said = tiny.snapshots({"alpha": 1.05, "beta": 1.3, "gamma": 1.3})
    made["forecast_snapshots"] = tiny.table("forecast_snapshots", said)
    act("nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "measure")
    return plan


def test_the_page_shows_it_as_far_as_one_may_see(measured: Plan) -> None:
    number = measured.sheets.get(kind="adherence").pk
    for person, sees in SEES.items():
        client = Client()
        client.force_login(Account.objects.create_account(login=person, password=None, plan=measured, person=person))
        page = client.get(f"/p/tiny/2026-05/sheets/{number}/").content.decode()
        table = page.partition('id="accuracy"')[2].partition("</table>")[0].replace("\u202f", " ")
        of_sales = dict(re.findall(r'<th scope="row">sales</th><td>([^<]*)</td><td class="n">([^<]*)</td>', table))
        assert tuple(of_sales) == sees, person
        assert {scope: error for scope, error in of_sales.items() if "patch" in scope} == {
            scope: error for scope, error in ERRORS.items() if scope in sees
        }, person
        assert ("How far April 2026 was forecast wrong" in page) is bool(sees), person


def test_the_command_line_and_the_export_show_the_same(measured: Plan, tmp_path: Path) -> None:
    out, asked = tmp_path / "adherence.json", ("--plan", measured.key, "--as")
    for person, sees in SEES.items():
        CliRunner().invoke(main, ["export", "adherence", "-o", str(out), *asked, person], catch_exceptions=False)
        rows = [row for row in json.loads(out.read_text()).get("accuracy", []) if row["layer"] == "S"]
        shown = [f"patch {row['patch']}" if row["patch"] else row["division"] or "company" for row in rows]
        assert tuple(shown) == sees, person
        sheets = CliRunner().invoke(main, ["sheets", *asked, person], catch_exceptions=False).output
        assert ("wape a month ahead 0.2" in sheets) is (sees[:1] == ("company",)), person  # of the whole only


def test_a_sales_leader_sees_the_patches_of_the_own_organisation_only(measured: Plan) -> None:
    context = make_context(measured, person="ines", now=NOW)
    east = Actor(person="ines", grants=(Grant(role="SM", scope="East"),), patches_of={"East": ("South",)})
    table = exported(context.speaking_as(east), SheetKind.ADHERENCE)["accuracy"]
    assert set(table["patch"].to_list()) == {"", "South"}


def test_what_is_not_known_for_one_reason_is_one_sentence_and_else_each_dash_says_why(
    loaded: None, plan: Plan, act: Act
) -> None:
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "measure")
    client = Client()
    client.force_login(Account.objects.create_account(login="olga", password=None, plan=plan, person="olga"))
    page = client.get(f"/p/tiny/2026-05/sheets/{plan.sheets.get(kind='adherence').pk}/").content.decode()
    said = page.partition('id="accuracy"')[2]
    assert "<p>–, How far the month was forecast wrong a month ahead is not known: nothing was forecast of it" in said
    assert '<th scope="row">sales</th>' not in said
    lines = [
        AccuracyLine(layer=layer, name="", is_patch=False, figures=dict.fromkeys(FIGURES, value), why=why)
        for layer, value, why in (("S", 0.05, None), ("consensus", None, NOT_FORECAST))
    ]
    table = accuracy_table(Accuracy(period="2026-04", lines=tuple(lines)))
    assert table.why == ""
    assert [(row.layer, row.scope, set(row.cells), bool(row.why)) for row in table.rows] == [
        ("sales", "company", {"5.0\u202f%", "5.0\u202f% over"}, False), ("consensus", "company", {"–"}, True),
    ]  # fmt: skip
