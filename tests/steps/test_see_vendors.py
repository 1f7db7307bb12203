"""Vendors beside sheets and as a command: figures to who sees the plant, reasons where none is known."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.cli import main
from onenumber.steps.frame.context import Context
from onenumber.steps.see.vendors import vendors_shown
from onenumber.store.models import Account, Plan
from tests import tiny
from tests.steps.conftest import Act

Bought = dict[str, list[dict[str, object]]]


def _bought(*, late: int) -> Bought:
    """Six lines in six months, promised for 20 days and received some days after."""
    ordered = [dt.date(2025, month, 3) for month in range(6, 12)]
    return {
        "vendors": [{"vendor": "V1", "name": "Vauban", "early_days": 0, "late_days": 0}],
        "vendor_items": [
            {"vendor": "V1", "item": "A1", "site": "P1", "lead_time_days": 20, "price": 1.0, "currency": "EUR",
             **tiny.FOREVER}
        ],
        "purchase_orders": [
            {"order": f"Q{k}", "line": 1, "vendor": "V1", "item": "A1", "site": "P1", "quantity": 10.0,
             "ordered": day, "first_confirmed": day + dt.timedelta(days=20), "status": "closed"}
            for k, day in enumerate(ordered)
        ],
        "receipts": [
            {"receipt": f"G{k}", "order": f"Q{k}", "line": 1, "date": day + dt.timedelta(days=20 + late),
             "quantity": 10.0, "rejected": 1.0}
            for k, day in enumerate(ordered)
        ],
    }  # fmt: skip


@pytest.fixture
def frozen(plan: Plan, act: Act, tmp_path: Path) -> Callable[[Bought], None]:
    """The tiny company with what it bought, frozen for its first cycle."""

    def run(bought: Bought) -> None:
        made = tiny.tables() | {name: tiny.table(name, rows) for name, rows in bought.items()}
        act("nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
        act("olga", "open", period="2026-05")
        act("olga", "freeze")

    return run


def _ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["vendors", *words], catch_exceptions=False)


def _page(plan: Plan, person: str, settings: Settings, kind: str = "history") -> str:
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    client = Client()
    client.force_login(Account.objects.create_account(login=person, password=None, plan=plan, person=person))
    return client.get(f"/p/tiny/2026-05/sheets/{plan.sheets.get(kind=kind, cycle__isnull=False).pk}/").content.decode()


def test_what_the_receipts_say_is_shown(frozen: Callable[[Bought], None], plan: Plan, settings: Settings) -> None:
    frozen(_bought(late=5))
    said = _ask("--items", "--as", "sven").output
    assert (
        "Vendors that take over 10 % longer than planned: 1 of 1; most Vauban (V1), 25 days where 20 are planned."
        in said
    )
    assert "V1 Vauban  ▲ takes longer than planned\n  on time 0 % (6 judged of 6 lines due)" in said
    assert "late 60 · received 60 · rejected 6 pcs" in said
    assert "  A1 at P1  ▲" in said
    page = _page(plan, "sven", settings)
    assert "most Vauban (V1), 25 days where 20 are planned." in page
    assert '<td class="n">25.0</td>' in page
    assert "Vauban" not in _page(plan, "dora", settings, "company")  # beside History and Review only


def test_without_receipts_every_figure_is_a_dash_with_the_reason(
    frozen: Callable[[Bought], None], plan: Plan, settings: Settings, asking: Callable[[str], Context]
) -> None:
    frozen({name: rows for name, rows in _bought(late=5).items() if name != "receipts"})
    said = _ask("--as", "sven").output
    assert "no receipts were loaded. Load receipts." in said
    assert "on time – (0 judged of 6 lines due) · late – · received – · rejected – pcs" in said
    assert "days mean – · half within – · nine in ten within – · lately – · planned 20 (0 lines came)" in said
    figures = vendors_shown(asking("sven")).lines[0].figures
    assert {figures[name] for name in ("on_time", "late", "lead_p50", "rejected")} == {None}
    page = _page(plan, "sven", settings)
    assert page.count('title="What vendors keep is not known, nor how long they take: no receipts were loaded."') == 8
    assert "0 %</td>" not in page


def test_too_few_lines_say_how_few(frozen: Callable[[Bought], None], plan: Plan) -> None:
    bought = _bought(late=0)
    frozen(bought | {name: bought[name][:3] for name in ("purchase_orders", "receipts")})
    said = _ask("--as", "sven").output
    assert "  on time – (3 judged of 3 lines due)" in said
    assert "–: on time, days mean, half within, nine in ten within: There are 3 lines, and it takes 5 to judge." in said


def test_without_planned_days_none_is_said_to_keep_them(frozen: Callable[[Bought], None], plan: Plan) -> None:
    frozen({name: rows for name, rows in _bought(late=5).items() if name != "vendor_items"})
    said = _ask("--as", "sven").output
    assert "Of none of 1 vendors are both the days that they take and the days that are planned known." in said
    assert "days mean 25 · half within 25 · nine in ten within 25 · lately – · planned – (6 lines came)" in said
    assert "–: planned: No row of vendor_items says what is planned." in said


def test_nobody_sees_vendors_who_sees_no_plant(
    frozen: Callable[[Bought], None], plan: Plan, settings: Settings
) -> None:
    frozen(_bought(late=5))
    assert _ask("--as", "pia").exit_code == 0  # her plant receives all
    refused = _ask("--as", "ana")
    assert (refused.exit_code, refused.output) == (2, "Ana Ruiz may not see vendors: their roles see no plant.\n")
    assert "Vauban" not in _page(plan, "ana", settings)


def test_a_company_without_vendors_has_no_table_of_them(
    frozen: Callable[[Bought], None], plan: Plan, settings: Settings
) -> None:
    frozen({})
    assert "How vendors kept their dates" not in _page(plan, "sven", settings)
    assert "No vendor is known here." in _ask("--as", "sven").output


def test_a_vendor_that_is_not_there_is_answered_with_those_there_are(frozen: Callable[[Bought], None]) -> None:
    frozen(_bought(late=5))
    refused = _ask("--vendor", "V9", "--as", "sven")
    said = "vendors cannot be asked with vendor 'V9': the vendors that you see are V1.\n"
    assert (refused.exit_code, refused.output) == (2, said)
    assert _ask("--vendor", "V1", "--as", "sven").exit_code == 0
    assert _ask("--as", "svan").output.startswith("'svan' is none of the company's people; did you mean 'sven'?")
