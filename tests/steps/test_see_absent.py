"""A table that was not loaded empties its rows of the family page, each with the reason; no row vanishes or is 0."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onenumber.model.sheet import SheetKind
from onenumber.review.family import figures
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.export import exported
from onenumber.steps.see.family import family_seen
from onenumber.store.models import Account, Plan
from tests import tiny
from tests.standing import once_a_run
from tests.steps.month_for_tests import do, squeezed, to_supply

Asking = Callable[[str], Context]
Without = Callable[..., None]


@pytest.fixture
def without(plan: Plan, tmp_path: Path) -> Without:
    """The tiny company frozen without some tables; with other item-sites in their place, up to its supply plan."""

    def run(*names: str, item_sites: pl.DataFrame | None = None) -> None:
        made = {name: table for name, table in tiny.tables().items() if name not in names}
        made |= {} if item_sites is None else {"item_sites": item_sites}
        _to_where_it_shows(plan, tiny.write(tmp_path / "data", made), planned=item_sites is not None)

    return run


@once_a_run
def _to_where_it_shows(plan: Plan, folder: Path, *, planned: bool) -> None:
    do(plan, "nobody yet", "load", folder=folder)
    if not planned:
        do(plan, "olga", "open", period="2026-05")
        do(plan, "olga", "freeze")
    else:
        to_supply(plan)
        do(plan, "sven", "plan")


def _rows(context: Context, *, money: bool = False) -> dict[str, tuple[list[float | None], tuple[str, str]]]:
    page = family_seen(glance(context), "2026-05", place="company", money=money)
    return {row.code: ([one.value for one in figures(row)], row.reasons) for row in page.rows}


def _with_safety_stock(said: float | None) -> pl.DataFrame:
    return tiny.tables()["item_sites"].with_columns(pl.lit(said, dtype=pl.Float64).alias("safety_stock"))


@pytest.mark.parametrize(
    ("table", "row", "reason"),
    [
        ("production", "supply_actual", "no_data"),
        ("shipments", "service_actual", "no_data"),
        ("budget_lines", "demand_budget", "no_budget"),
    ],
)
def test_a_row_stays_empty_with_its_reason(without: Without, asking: Asking, table: str, row: str, reason: str) -> None:
    without(table)
    found, reasons = _rows(asking("omar"), money=table == "budget_lines")[row]
    assert found == [None] * 9
    assert reasons[0] == reason


def test_safety_stock_that_nobody_states_is_unknown(without: Without, asking: Asking) -> None:
    without(item_sites=_with_safety_stock(None))
    found, reasons = _rows(asking("omar"))["inventory_target"]
    assert (found, reasons[1]) == ([None] * 9, "no_safety_stock")


def test_a_stated_safety_stock_of_0_is_0(without: Without, asking: Asking) -> None:
    without(item_sites=_with_safety_stock(0.0))
    assert _rows(asking("omar"))["inventory_target"][0][3:] == [0.0] * 6


def test_the_page_says_why_in_units_and_in_money(
    without: Without, plan: Plan, settings: Settings, asking: Asking
) -> None:
    without("production", "shipments", "budget_lines", item_sites=_with_safety_stock(None))
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    client = Client()
    client.force_login(Account.objects.create_account(login="omar", password=None, plan=plan, person="omar"))
    pages = [client.get(f"/p/tiny/2026-05/family/?place=company&in={how}") for how in ("units", "money")]
    texts = [page.content.decode() for page in pages]
    assert [page.status_code for page in pages] == [200, 200]
    assert texts[0].count("the data was not loaded") == 2 * 3  # made, service
    assert texts[0].count("no safety stock is in force") == 6
    assert texts[1].count("there is no budget line") == 9


@pytest.mark.parametrize(("table", "row"), [("costs", "inventory_actual"), ("prices", "demand_actual")])
def test_in_money_a_row_names_the_table_that_values_it(
    without: Without, plan: Plan, settings: Settings, asking: Asking, table: str, row: str
) -> None:
    without(table)
    assert _rows(asking("omar"))[row][0][0] is not None
    assert _rows(asking("omar"), money=True)[row][0][0] is None
    settings.ONENUMBER_SOURCE = "onenumber.web.answers.Answers"
    client = Client()
    client.force_login(Account.objects.create_account(login="omar", password=None, plan=plan, person="omar"))
    text = client.get("/p/tiny/2026-05/family/?place=company&in=money").content.decode()
    assert f"no {table} were loaded (table {table})" in text
    assert "it should be here" not in text


def test_a_month_without_its_orders_is_a_dash_on_the_page_and_in_the_export(
    plan: Plan, tmp_path: Path, asking: Asking
) -> None:
    made = tiny.tables()
    kept = made["order_lines"].filter(pl.col("ordered").dt.strftime("%Y-%m") != "2026-03")
    made |= {"order_lines": kept, "shipments": made["shipments"].join(kept, on=["order", "line"], how="semi")}
    do(plan, "nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
    do(plan, "olga", "open", period="2026-05")
    frozen = do(plan, "olga", "freeze")
    assert (frozen.figures["not_loaded"], [one.code for one in frozen.findings]) == ("2026-03", ["orders_not_loaded"])
    for money in (False, True):
        found, _ = _rows(asking("omar"), money=money)["demand_actual"]
        assert [one is None for one in found[:3]] == [False, True, False]  # February to April
    table = exported(asking("olga"), SheetKind.HISTORY)["demand_raw"]
    assert table["2026-03"].null_count() == len(table)
    assert table["2026-02"].null_count() == table["2026-04"].null_count() == 0


def test_what_was_not_loaded_shows_to_who_would_see_it_only(without: Without, asking: Asking) -> None:
    without("production", "budget_lines")
    assert "supply_actual" in _rows(asking("pia"))
    hers = _rows(asking("ana"), money=True)
    assert "supply_actual" not in hers
    assert "demand_budget" not in hers


def test_what_is_late_and_has_no_price_keeps_its_row(plan: Plan, tmp_path: Path, asking: Asking) -> None:
    made = {name: table for name, table in squeezed().items() if name != "prices"}
    do(plan, "nobody yet", "load", folder=tiny.write(tmp_path / "data", made))
    to_supply(plan)
    do(plan, "sven", "plan")
    late, _ = _rows(asking("omar"))["backlog"]
    worth, _ = _rows(asking("omar"), money=True)["backlog"]
    assert any(late)
    assert [value for value, units in zip(worth, late, strict=True) if units] == [None] * sum(map(bool, late))
