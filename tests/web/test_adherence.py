"""The page of an Adherence sheet: what was kept, who answers for it and what she says; to whom."""

import re
from dataclasses import replace

import polars as pl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.model.finding import Finding, Severity
from onenumber.model.sentences import CATALOGUE
from onenumber.model.sheet import SheetKind
from onenumber.review.figures import OWNED_AS
from onenumber.rights.ask import Actor, Grant
from onenumber.steps.frame.context import make_context
from onenumber.steps.see.adherence import Adherence, AdherenceLine, AnswerLine, adherence_beside
from onenumber.steps.see.sheets import lines_of
from onenumber.store.models import Account, Plan
from onenumber.store.plans import versions_of
from onenumber.web.sheets.adherence import CALLED, adherence_table
from tests.steps.conftest import *  # noqa: F403 - the tiny company
from tests.steps.conftest import NOW, Act
from tests.steps.month_for_tests import version


@pytest.fixture(autouse=True)
def _real(_company: None, settings: Settings) -> None:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"


@pytest.fixture
def answered(loaded: None, act: Act, plan: Plan) -> Plan:
    """April measured: production of P1 was outside its tolerance, and Pia says why; sales of DA, and nobody does."""
    act("olga", "open", period="2026-05")
    act("olga", "freeze")
    act("olga", "measure")
    made, store = version(plan, SheetKind.ADHERENCE), versions_of(plan)
    sheet = store.get(made.content)
    far = ((pl.col("figure") == "production") & (pl.col("scope") == "P1")) | (
        (pl.col("figure") == "sales") & (pl.col("scope") == "DA")
    )
    figures = sheet.table("figures").with_columns(far.alias("breached"))
    made.content = store.put(replace(sheet, tables={**sheet.tables, "figures": figures}))
    made.save(update_fields=["content"])
    act("pia", "answer", figure="production", scope="P1", text="The press stood for two days.", action="New seals")
    return plan


def _rows(plan: Plan, person: str) -> list[str]:
    client = Client()
    known = Account.objects.filter(login=person).first()
    client.force_login(known or Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    page = client.get(f"/p/tiny/2026-05/sheets/{plan.sheets.get(kind='adherence').pk}/").content.decode()
    table = page.partition('id="adherence"')[2].partition("</table>")[0]
    body = table.partition("<tbody>")[2]
    return [re.sub(r"<[^>]*>", "|", row) for row in body.split("<tr>")[1:]]


def test_a_planner_sees_every_figure_and_who_has_not_answered(answered: Plan) -> None:
    rows = _rows(answered, "dora")
    assert len(rows) == len(versions_of(answered).get(answered.sheets.get(kind="adherence").content).table("figures"))
    first, second = rows[:2]
    assert all(said in first for said in ("▲", "sales", "not answered yet"))
    assert all(said in second for said in ("▲", "production", "The press stood for two days. → New seals"))
    assert not any("▲" in row for row in rows[2:])
    assert all("No published plan was in force" in row for row in rows if "|sales|" in row)


def test_who_reads_no_costs_sees_no_money(answered: Plan) -> None:
    made, store = version(answered, SheetKind.ADHERENCE), versions_of(answered)
    sheet = store.get(made.content)
    in_money = pl.when(pl.col("scope") == "P1").then(pl.lit("EUR")).otherwise("unit").alias("unit")
    weighed = pl.when(pl.col("scope") == "P1").then(12345.0).otherwise("actual").alias("actual")
    figures = sheet.table("figures").with_columns(in_money, weighed)
    made.content = store.put(replace(sheet, tables={**sheet.tables, "figures": figures}))
    made.save(update_fields=["content"])
    assert any("12\u202f345\u202fEUR" in row for row in _rows(answered, "dora"))
    assert _rows(answered, "pia")
    assert not any("EUR" in row for row in _rows(answered, "pia"))


def test_who_answers_for_a_figure_sees_that_and_a_salesperson_nothing(answered: Plan) -> None:
    owners = versions_of(answered).get(answered.sheets.get(kind="adherence").content).table("figures")["owner"]
    assert len(_rows(answered, "pia")) == owners.to_list().count("pia") > 0
    assert _rows(answered, "ben") == []


def test_a_deputy_sees_what_she_may_answer_for(answered: Plan) -> None:
    away = Actor(person="ben", grants=(Grant(role="PM", scope="P1", deputy_for="pia"),))
    context = make_context(answered, person="ben", now=NOW).speaking_as(away)
    seen = adherence_beside(context, lines_of(context, list(answered.sheets.filter(kind="adherence")))[0])
    assert seen is not None
    assert len(seen.lines) == len(_rows(answered, "pia"))


def test_each_figure_is_called_and_each_reason_said() -> None:
    assert set(CALLED) == set(OWNED_AS)
    reasons = {
        "no_published_plan", "production_not_recorded", "shipments_not_recorded", "stock_not_counted", "cost_unknown",
        "no_budget", "actual_unknown", "nothing_budgeted", "no_owner", "nothing_due", "no_confirmed_date",
        "nothing_planned", "unplanned", "not_loaded",
    }  # fmt: skip
    assert {code.removeprefix("adherence_") for code in CATALOGUE if code.startswith("adherence_")} == reasons


@pytest.mark.parametrize(
    ("figure", "value", "tolerance", "kept", "allowed"),
    [
        ("production_mix", 0.7798, 0.2, "78.0 %", "at least 80 %"),
        ("production", 1.0098, 0.03, "101.0 %", "±3 %"),
        ("inventory", 0.493, 0.1, "49.3 % over", "±10 %"),
        ("budget", -0.078, 0.03, "7.8 % under", "down to 3.0 % under"),
    ],
)
def test_a_figure_is_said_as_its_formula_means_it(
    figure: str, value: float, tolerance: float, kept: str, allowed: str
) -> None:
    said = AnswerLine(person="Pia", text="It stood.", action="", due=None)
    line = AdherenceLine(
        figure=figure, scope="P1", owner="", plan=1000.0, actual=None, unit="pcs", value=value, tolerance=tolerance,
        breached=True, why=Finding(code="adherence_no_owner", severity=Severity.NOTE), answers=(said,),
    )  # fmt: skip
    row = adherence_table(Adherence(period="2026-04", lines=(line,))).rows[0]
    assert (row.kept.replace("\u202f", " "), row.allowed.replace("\u202f", " ")) == (kept, allowed)
    assert (row.plan.replace("\u202f", " "), row.actual, row.owner) == ("1 000 pcs", "–", "nobody")
    assert (row.answer, row.why.split(".")[0]) == ("Pia: It stood.", "Nobody answers for the figure")
