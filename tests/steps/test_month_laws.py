"""Laws of a whole month: same bits in any process, nothing of the future, totals that equal their parts."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onenumber.errors import CannotReopenError, WrongPhaseError
from onenumber.model.sheet import SheetKind
from onenumber.review.family import FamilyRow, figures, parts
from onenumber.steps.frame.asking import found_plan
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.export import exported, stage_of
from onenumber.steps.see.family import FamilySeen, family_seen
from onenumber.store.models import Plan, SheetVersion
from onenumber.store.plans import versions_of
from tests import tiny
from tests.steps.month_for_tests import (
    NOW,
    PAPER,
    do,
    published_may,
    sheet,
    squeezed,
    to_supply,
)

TOP = Path(__file__).resolve().parents[2]
MAY = dt.date(2026, 5, 1)
PRICE = {item: 2 * cost for item, _, _, cost in tiny.ITEMS}
RANGES = ("demand_low", "demand_high")
RATIOS = ("days", "weeks", "share")
ROLES = ("omar", "eva", "ana", "ben", "pia")
LEVELS = ("item", "planning_customer", "division", "patch")


@pytest.mark.sqlite
def test_a_month_has_the_same_bits_in_any_process(tmp_path: Path) -> None:
    first = _play(tmp_path / "one", PYTHONHASHSEED="1", POLARS_MAX_THREADS="1")
    second = _play(tmp_path / "two", PYTHONHASHSEED="4242", POLARS_MAX_THREADS="3", OMP_NUM_THREADS="2")
    assert first == second
    assert {kind for _, kind, _, _ in first} == {kind.value for kind in SheetKind}


def _play(home: Path, **settings: str) -> list[list[str]]:
    home.mkdir()
    env = {
        **os.environ, "ONENUMBER_DATABASE_URL": f"sqlite:///{home / 'played.sqlite3'}", "ONENUMBER_HOME": str(home),
        "ONENUMBER_DEMO": "1", "DJANGO_SETTINGS_MODULE": "onenumber.conf.settings",
        "PYTHONPATH": os.pathsep.join((str(TOP / "src"), str(TOP))), **settings,
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.steps.played", str(home)]
    ended = subprocess.run(command, cwd=TOP, env=env, check=False, capture_output=True, text=True, timeout=240)
    assert ended.returncode == 0, ended.stderr
    found: list[list[str]] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_dated_in_the_cycle_or_later_changes_a_sheet_of_it(
    db: None, settings: object, tmp_path: Path, seed: int
) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = []
    for key, tables in (("then", squeezed()), ("later", with_a_future(squeezed(), np.random.default_rng(seed)))):
        plan = found_plan(key, purpose="live")
        do(plan, "-", "load", folder=tiny.write(tmp_path / key, tables))
        to_supply(plan)
        do(plan, "sven", "plan")
        made.append(dict(SheetVersion.objects.filter(plan=plan, cycle=None).values_list("kind", "content")))
        in_cycle = SheetVersion.objects.filter(plan=plan, cycle__isnull=False).order_by("pk")
        made.append(list(in_cycle.values_list("kind", "content")))
    assert made[0]["load"] != made[2]["load"]  # what was loaded is not the same
    assert [kind for kind, _ in made[1]] == [
        "company", "load", "history", "forecast", "sales_input", "consensus", "supply_plan",
    ]  # fmt: skip
    assert made[1] == made[3]


def with_a_future(tables: dict[str, pl.DataFrame], rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    """The same facts in another order, what was open shipped since, and a wild May and June behind them."""
    lines = tables["order_lines"]
    still_open = lines.filter(pl.col("status") == "open")
    late = _moved(lines.tail(40), ("requested", "first_confirmed", "last_confirmed", "ordered"), days=40).with_columns(
        (pl.col("order") + "-late").alias("order"),
        pl.Series("quantity", rng.integers(1, 900, 40).astype(float)),
        pl.lit("open").alias("status"),
    )
    sent = tables["shipments"].head(len(still_open)).with_columns(
        ("S" + still_open["order"]).alias("shipment"), still_open["order"].alias("order"),
        pl.lit(MAY + dt.timedelta(days=3)).alias("date"), still_open["quantity"].alias("quantity"),
    )  # fmt: skip
    shipped = pl.when(pl.col("status") == "open").then(pl.lit("shipped")).otherwise("status").alias("status")
    future = {
        "order_lines": (lines.with_columns(shipped), late),
        "shipments": (tables["shipments"], sent),
        "stock": (tables["stock"], _dated(tables["stock"], "date", quantity=9_000.0)),
        "production": (
            tables["production"], _dated(tables["production"], "date", quantity=777.0).with_columns(
                (pl.col("production") + "-late").alias("production"))),
        "production_orders": (
            tables["production_orders"], _dated(tables["production_orders"], "released", quantity=500.0).with_columns(
                (pl.col("order") + "-late").alias("order"))),
    }  # fmt: skip
    return {**tables, **{name: _shuffled(pl.concat(both), rng) for name, both in future.items()}}


def _moved(table: pl.DataFrame, columns: tuple[str, ...], *, days: int) -> pl.DataFrame:
    return table.with_columns(pl.lit(MAY + dt.timedelta(days=days)).alias(column) for column in columns)


def _dated(table: pl.DataFrame, column: str, *, quantity: float) -> pl.DataFrame:
    return table.tail(4).with_columns(pl.lit(MAY).alias(column), pl.lit(quantity).alias("quantity"))


def _shuffled(table: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    return table[rng.permutation(len(table)).tolist()]


@pytest.fixture
def published(db: None, settings: object, tmp_path: Path) -> Plan:
    settings.ONENUMBER_HOME = tmp_path / "home"
    return published_may("totals", tmp_path / "data")


def looking(plan: Plan, person: str) -> Context:
    return make_context(plan, person=person, now=NOW)


def test_a_family_page_adds_up_at_every_level_for_every_role(published: Plan) -> None:
    for person in ROLES:
        for money in (False, True):
            pages = {
                place: _page(published, person, place, money=money)
                for place in ("company", "division:DA", "division:DB", "family:FA", "family:FB")
            }
            for code, row in _rows(pages["company"]).items():
                if code in RANGES:
                    continue  # ranges of sums are no sums of ranges
                _equals_its_parts(row, money=money)
                for level in ("division", "family"):
                    found = [_rows(page).get(code) for place, page in pages.items() if place.startswith(level)]
                    if all(found) and row.unit not in RATIOS:
                        _equal(row, [one for one in found if one is not None], money=money)


def _page(plan: Plan, person: str, place: str, *, money: bool) -> FamilySeen:
    return family_seen(glance(looking(plan, person)), "2026-05", place=place, money=money)


def _rows(page: FamilySeen) -> Mapping[str, FamilyRow]:
    return {row.code: row for row in page.rows}


def _equals_its_parts(row: FamilyRow, *, money: bool) -> None:
    if row.unit in RATIOS:
        return
    for level in LEVELS:
        by = parts(row, level)
        for k, whole in enumerate(figures(row)):
            added = [part.figures[k].value for part in by]
            if by and whole.value is not None:
                assert _same(whole.value, added, money=money), (row.code, level, k)


def _equal(row: FamilyRow, below: list[FamilyRow], *, money: bool) -> None:
    for k, whole in enumerate(figures(row)):
        added = [figures(one)[k].value for one in below]
        if whole.value is not None:
            assert _same(whole.value, added, money=money), (row.code, k)


def _same(whole: float, added: list[float | None], *, money: bool) -> bool:
    total = sum(value for value in added if value is not None)
    return whole == total if money else abs(whole - total) <= 1e-9 * max(1.0, abs(whole))


def test_what_people_take_home_adds_up_to_the_whole(published: Plan) -> None:
    whole = exported(looking(published, "omar"), SheetKind.PUBLISHED_PLAN, "2026-05")
    hers = [exported(looking(published, who), SheetKind.PUBLISHED_PLAN, "2026-05") for who in ("ana", "ben")]
    for name, columns in (("promises", ("asked", "promised", "short")), ("sales", ("quantity",))):
        assert sum(len(mine[name]) for mine in hers) == len(whole[name])
        for column in columns:
            added = sum(mine[name][column].sum() for mine in hers)
            assert added == pytest.approx(whole[name][column].sum(), abs=1e-9)
    held = sheet(published, SheetKind.CONSENSUS).cube("consensus")
    out = exported(looking(published, "omar"), SheetKind.CONSENSUS, "2026-05")["consensus"]
    labels = [column for column in out.columns if column[:3] == "202"]
    assert out.select(labels).to_numpy().tolist() == held.values.tolist()


def test_every_index_of_a_period_is_exported_as_its_label(published: Plan) -> None:
    look = looking(published, "omar")
    for kind in (SheetKind.SUPPLY_PLAN, SheetKind.REVIEW, SheetKind.DECISION, SheetKind.PUBLISHED_PLAN):
        tables = exported(look, kind, "2026-05", stage_of(look, kind, "2026-05"))
        typed = {(name, c): table[c].dtype for name, table in tables.items() for c in table.columns}
        numbered = [at for at, dtype in typed.items() if "period" in at[1].split("_") and dtype.is_integer()]
        assert numbered == [], kind


def test_the_review_and_the_published_money_are_the_cells_to_the_cent(published: Plan) -> None:
    final = sheet(published, SheetKind.SUPPLY_PLAN, "final")
    shipped, stock = final.cube("shipped"), final.cube("stock")
    price = np.array([PRICE[item] for item in shipped.axis.attributes["item"].tolist()])
    cost = np.array([PRICE[item] / 2 for item in stock.axis.attributes["item"].tolist()])
    revenue = np.rint(shipped.values * price[:, None] * 100).sum(axis=0)
    value = np.rint(stock.values * cost[:, None] * 100).sum(axis=0)
    for money in (
        sheet(published, SheetKind.REVIEW, "final").table("money"),
        sheet(published, SheetKind.PUBLISHED_PLAN).table("money"),
    ):
        assert _by_period(money, "revenue") == revenue.tolist()
        assert _by_period(money, "inventory_value") == value.tolist()
        margin = _by_period(money, "contribution_margin")
        assert margin == (revenue - np.rint(shipped.values * price[:, None] * 50).sum(axis=0)).tolist()


def _by_period(money: pl.DataFrame, account: str) -> list[float]:
    rows = money.filter(pl.col("account") == account).group_by("period").agg(pl.col("amount").sum()).sort("period")
    return [float(amount) for amount in rows["amount"].to_list()]


def test_every_unit_that_is_short_has_its_cause_in_the_promises(published: Plan) -> None:
    promises = sheet(published, SheetKind.PUBLISHED_PLAN).table("promises")
    short = promises.filter(pl.col("short") > 1e-6)
    assert len(short)
    assert short.filter(pl.col("cause").is_null()).is_empty()


def test_the_files_of_a_published_plan_are_never_written_again(published: Plan) -> None:
    version = SheetVersion.objects.get(plan=published, kind="published_plan")
    folder = versions_of(published).path(version.content)
    before = {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
    cycle, june = "2026-05", NOW.replace(month=6, day=2)
    for person, step, arguments in (
        ("olga", "freeze", {}), ("dora", "forecast", {}), ("dora", "agree", {}), ("sven", "plan", {}),
        ("sven", "replan", {}), ("olga", "publish", {}), ("ines", "edit", {"layer": "L5", "place": {}, "mode": "add"}),
        ("eva", "decide", {"paper": PAPER, "option": "E"}), ("olga", "reopen", {"phase": "EXEC", "reason": "no"}),
    ):  # fmt: skip
        with pytest.raises((WrongPhaseError, CannotReopenError)):
            do(published, person, step, cycle=cycle, **arguments)
    dear = squeezed()["prices"].with_columns(pl.col("price") * 9)
    do(published, "olga", "load", folder=tiny.write(folder.parents[4] / "dear", {"prices": dear}), at=june)
    do(published, "olga", "open", period="2026-06", at=june)
    do(published, "olga", "freeze", at=june)
    version.refresh_from_db()
    assert (version.state, version.stale_because) == ("published", "")
    assert {file.name: file.read_bytes() for file in sorted(folder.iterdir())} == before
