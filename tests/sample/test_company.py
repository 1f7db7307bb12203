"""The model company keeps the contract, its books close, it repeats, and it never shows what has not happened."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from onenumber.sample.company import Company, live, make_company, tables_on
from tests.sample.conftest import AS_OF
from tests.sample.contract import wrongs

TODAY = dt.date(2026, 11, 1)


def test_every_table_keeps_the_contract(company: Company) -> None:
    assert wrongs(company.tables) == []


@pytest.mark.parametrize("months_ago", [12, 6, 1])
def test_it_kept_the_contract_when_each_cycle_opened(company: Company, months_ago: int) -> None:
    day = company.world.clock.day(-months_ago)
    assert wrongs(tables_on(company, day)) == []


def test_it_is_as_large_as_promised(company: Company) -> None:
    tables = company.tables
    assert [len(tables[name]) for name in ("divisions", "sites", "resources", "families", "customers", "patches")] == [
        3, 3, 8, 12, 45, 6,
    ]  # fmt: skip
    roles = tables["items"]["role"].value_counts().sort("role")
    assert roles.rows() == [("material", 60), ("product", 120)]
    assert len(tables["vendors"]) == 25
    assert 30_000 <= len(tables["order_lines"]) <= 60_000
    assert tables["shipments"]["date"].min() < dt.date(2022, 12, 1)
    assert tables["shipments"]["date"].max() == dt.date(2026, 10, 30)


def test_the_people_of_the_issue_are_there(company: Company) -> None:
    held = company.tables["roles"].filter(pl.col("valid_to").is_null())
    counts = dict(held.group_by("role", maintain_order=True).agg(pl.col("person").n_unique()).iter_rows())
    wanted = {"EX": 1, "DH": 3, "DP": 1, "OP": 1, "SS": 2, "OWN": 1, "FIN": 1, "ADM": 1, "SM": 1, "PM": 3, "SP": 6}
    assert counts == wanted
    assert len(company.tables["people"]) == 21


def test_stock_is_what_was_before_plus_what_came_less_what_left(company: Company) -> None:
    tables = company.tables
    ends = [dt.date(2026, 9, 30), dt.date(2026, 10, 31)]
    before, after = (
        tables["stock"].filter(pl.col("date") == day).group_by("item").agg(pl.col("quantity").sum()) for day in ends
    )
    october = (pl.col("date") > ends[0]) & (pl.col("date") <= ends[1])
    made = tables["production"].filter(october).group_by("item").agg(pl.col("quantity").sum().alias("made"))
    lines = tables["order_lines"].select("order", "line", "item")
    left = tables["shipments"].filter(october).join(lines, on=["order", "line"])
    left = left.group_by("item").agg(pl.col("quantity").sum().alias("left"))
    products = before.filter(~pl.col("item").str.starts_with("M-")).join(after, on="item", suffix="_after")
    both = products.join(made, on="item", how="left").join(left, on="item", how="left").fill_null(0.0)
    gap = both["quantity"] + both["made"] - both["left"] - both["quantity_after"]
    assert len(both) == 120
    assert float(gap.abs().max()) < 1e-6  # type: ignore[arg-type]


def test_no_stock_is_below_zero_whatever_the_dice() -> None:
    for seed in (1, 2, 3):
        tables = make_company(rng=np.random.default_rng(seed), as_of=AS_OF).tables
        assert float(tables["stock"]["quantity"].min()) >= 0.0  # type: ignore[arg-type]


FACTS = {
    "order_lines": ["ordered"], "shipments": ["date"], "stock": ["date"], "production": ["date"],
    "production_orders": ["released"], "purchase_orders": ["ordered"], "receipts": ["date"],
}  # fmt: skip


@pytest.mark.parametrize("months_ago", [0, 1, 7])
def test_no_fact_is_dated_on_or_after_the_day(company: Company, months_ago: int) -> None:
    day = company.world.clock.day(-months_ago)
    tables = tables_on(company, day)
    for name, columns in FACTS.items():
        for column in columns:
            latest = tables[name][column].max()
            assert latest is not None
            assert latest < day, (name, column)


def test_what_was_shown_before_stands_where_nothing_changed(company: Company) -> None:
    """A month later every earlier order, shipment and count is still there with the same quantity."""
    old, new = (tables_on(company, company.world.clock.day(-k)) for k in (2, 1))
    for name, key in (("order_lines", ["order", "line"]), ("shipments", ["order", "line"]),
                      ("stock", ["item", "site", "date", "status"]), ("production", ["production"])):  # fmt: skip
        both = old[name].join(new[name], on=key, how="left", suffix="_new")
        assert (both["quantity"] == both["quantity_new"]).all(), name


def test_the_same_seed_and_day_give_the_same_bits(company: Company) -> None:
    again = make_company(rng=np.random.default_rng(7), as_of=dt.date(2026, 11, 2))  # any day of the month
    assert all(table.equals(again.tables[name]) for name, table in company.tables.items())


def test_another_seed_gives_other_orders_from_the_same_company(company: Company) -> None:
    other = make_company(rng=np.random.default_rng(8), as_of=AS_OF)
    assert not other.tables["order_lines"].equals(company.tables["order_lines"])
    for name in ("items", "customers", "people", "rates", "bill_of_materials", "prices", "budget_lines"):
        assert other.tables[name].equals(company.tables[name]), name


def test_a_plan_that_holds_for_a_month_is_what_the_plants_make(company: Company) -> None:
    plan = pl.DataFrame({"item": ["GPU-01"], "site": ["RAV"], "quantity": [500.0]})
    lived = live(company.world, plans={47: plan})
    october = lived.tables["production"].filter(pl.col("date") >= dt.date(2026, 10, 1))
    to_stock = october.filter(~pl.col("item").str.slice(0, 3).is_in(["HEX", "DOS"]))  # the others follow their orders
    assert to_stock["item"].unique().to_list() == ["GPU-01"]
    assert 400 < float(to_stock["quantity"].sum()) < 600
    assert facts_equal(company, lived, dt.date(2026, 9, 1))  # a plan of October changes nothing that was known before


def facts_equal(one: Company, other: Company, day: dt.date) -> bool:
    ours, theirs = (tables_on(c, day) for c in (one, other))
    return all(ours[name].equals(theirs[name]) for name in FACTS)


@pytest.mark.parametrize(
    ("seed", "as_of"), [(3, dt.date(2026, 6, 3)), (11, dt.date(2027, 1, 1)), (5, dt.date(2026, 2, 28))]
)
def test_on_any_day_and_seed_it_keeps_the_contract_and_its_threads(seed: int, as_of: dt.date) -> None:
    made = make_company(rng=np.random.default_rng(seed), as_of=as_of)
    assert wrongs(made.tables) == []
    told = made.truth
    assert told["full_peak"]["overload"] == 1.28
    assert told["leaving_customer"]["silent_days"] == 50
    vendor = told["slipping_vendor"]
    one, two = vendor["need"][1:3]
    there = vendor["stock"] + vendor["on_order"] + 2 * vendor["limit"]
    assert there - one - two == pytest.approx(-0.3 * two, abs=2.0)
    assert vendor["key_line"]["late_days"] == 8
    assert told["besides"]["phase_out"]["stock_left"] > 500
