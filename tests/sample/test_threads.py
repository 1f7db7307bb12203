"""The five threads and the small stories: each true number is read again from the tables, with its arithmetic."""

import datetime as dt
from typing import Any

import numpy as np
import polars as pl
import pytest

from onenumber.sample.company import Company, live, tables_on
from onenumber.sample.threads.kept import uneven

TODAY = dt.date(2026, 11, 1)


def truth(company: Company, thread: str) -> dict[str, Any]:
    return dict(company.truth[thread])


def month(day: str) -> pl.Expr:
    """Requested in the month that begins on ``day``."""
    start = dt.date.fromisoformat(day)
    return pl.col("requested").dt.month_start() == start


# 1 the full peak


def test_in_the_two_months_the_line_is_truly_wanted_for_28_percent_more_hours_than_it_has(company: Company) -> None:
    told, tables, world = truth(company, "full_peak"), company.tables, company.world
    assert told["months"] == ["2027-02", "2027-03"]
    daily = tables["resources"].filter(pl.col("resource") == "L11")["hours_per_day"][0]
    windows = tables["maintenance"].filter(pl.col("resource") == "L11")
    hours_there, hours_wanted = 0.0, 0.0
    rates = dict(tables["rates"].filter(pl.col("resource") == "L11").select("item", "hours_per_unit").iter_rows())
    for at, (first, last) in zip((51, 52), (("2027-02-01", "2027-03-01"), ("2027-03-01", "2027-04-01")), strict=True):
        begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        days = int(np.busday_count(begin, end))  # no holiday in February and March
        inside = windows.filter((pl.col("start") >= begin) & (pl.col("start") < end))
        hours_there += daily * days - float(inside["hours"].sum())
        hours_wanted += sum(
            rate * world.network.expected[world.network.row(item), at] for item, rate in rates.items()
        )  # fmt: skip
    assert hours_wanted / hours_there == pytest.approx(1.28, abs=0.001)
    assert told["overload"] == 1.28
    assert sum(told["hours_available"]) == pytest.approx(hours_there, abs=0.2)


def test_both_divisions_want_the_line_and_one_of_them_is_bound_by_contract(company: Company) -> None:
    told, tables = truth(company, "full_peak"), company.tables
    assert min(told["hours_wanted_GAR"] + told["hours_wanted_IND"]) > 0.4 * min(told["hours_available"])
    contract = tables["customer_contracts"]
    stages = contract.group_by("minimum", "valid_from", maintain_order=True).agg(pl.col("item"))
    items = ["DOS-01", "DOS-02", "DOS-03"]
    assert stages.rows() == [
        (80.0, dt.date(2026, 8, 1), items), (252.0, dt.date(2026, 12, 1), items), (612.0, dt.date(2027, 2, 1), items),
        (252.0, dt.date(2027, 4, 1), items),
    ]  # fmt: skip
    assert set(contract["penalty"]) == {45.0}
    called = tables["order_lines"].filter((pl.col("customer") == "C10") & (pl.col("requested") >= dt.date(2027, 2, 1)))
    assert set(called["item"]) == set(items)
    assert called.filter(month("2027-02-01"))["quantity"].sum() == pytest.approx(3 * 765, rel=0.1)
    assert called["ordered"].min() >= dt.date(2026, 10, 14)  # type: ignore[operator] # unknown a month ago
    window = tables["maintenance"].filter(pl.col("window") == told["window"]).row(0, named=True)
    assert window["movable"]
    assert (window["start"], window["hours"]) == (dt.date(2027, 2, 9), 110.0)
    assert window["earliest"] <= dt.date(2027, 1, 1)
    assert window["latest"] >= dt.date(2027, 5, 1)


def test_an_hour_of_the_seasonal_division_earns_more(company: Company) -> None:
    tables = company.tables
    price = tables["prices"].filter((pl.col("channel") == "wholesale") & (pl.col("valid_from") == dt.date(2026, 1, 1)))
    oem = tables["prices"].filter((pl.col("channel") == "oem") & (pl.col("valid_from") == dt.date(2026, 1, 1)))
    cost = tables["costs"].filter(pl.col("valid_from") == dt.date(2026, 1, 1)).select("item", "variable_cost")
    rates = tables["rates"].select("item", "hours_per_unit")

    def an_hour(prices: pl.DataFrame, family: str) -> float:
        rows = prices.filter(pl.col("item").str.starts_with(family)).join(cost, on="item").join(rates, on="item")
        return float(((rows["price"] - rows["variable_cost"]) / rows["hours_per_unit"]).mean())  # type: ignore[arg-type]

    assert an_hour(price, "GPU") > 1.3 * an_hour(oem, "DOS")


# 2 the customer who is leaving


def test_the_customer_is_silent_two_and_a_half_times_longer_than_usual(company: Company) -> None:
    told = truth(company, "leaving_customer")
    mine = company.tables["order_lines"].filter(pl.col("customer") == told["customer"])
    days = mine["ordered"].unique().sort()
    gaps = days.diff().drop_nulls().dt.total_days()
    assert set(gaps.tail(12)) == {20}
    assert (TODAY - days[-1]).days == 50 == 2.5 * 20
    assert told["units_a_month_from_now"] == 0.0
    assert told["units_a_month_before"] > 500


def test_the_month_before_last_fell_short_and_nothing_came_back(company: Company) -> None:
    mine = company.tables["order_lines"].filter(pl.col("customer") == "C03")
    by_month = mine.group_by(pl.col("requested").dt.month_start().alias("month")).agg(pl.col("quantity").sum())
    held = dict(by_month.iter_rows())
    usual = sum(held[dt.date(2026, m, 1)] for m in range(3, 9)) / 6
    assert held[dt.date(2026, 9, 1)] < 0.8 * usual
    assert dt.date(2026, 10, 1) not in held


# 3 demand that never was, demand that was hidden


def test_one_line_is_twelve_times_what_was_meant_and_was_credited(company: Company) -> None:
    told, lines = truth(company, "signals")["unit_error"], company.tables["order_lines"]
    wrong = lines.filter((pl.col("order") == told["order"]) & (pl.col("line") == told["line"])).row(0, named=True)
    assert (wrong["item"], wrong["customer"]) == ("HOS-03", "C08")
    assert wrong["quantity"] == 12 * told["meant"]
    others = lines.filter((pl.col("item") == "HOS-03") & (pl.col("customer") == "C08") & (pl.col("quantity") > 0))
    assert wrong["quantity"] > 4 * others.filter(pl.col("order") != told["order"])["quantity"].max()  # type: ignore[operator]
    back = lines.filter((pl.col("quantity") == -11 * told["meant"]) & (pl.col("item") == "HOS-03"))
    assert back["ordered"].to_list() == [dt.date(2026, 8, 6)]


def test_for_six_weeks_there_is_no_stock_and_hardly_an_order(company: Company) -> None:
    told = truth(company, "signals")["stock_out"]
    begin, end = (dt.date.fromisoformat(told[name]) for name in ("from", "until"))
    assert (end - begin).days == 42
    stock = company.tables["stock"].filter((pl.col("item") == "VAL-03") & (pl.col("status") == "free"))
    inside = stock.filter((pl.col("date") >= begin) & (pl.col("date") < end))
    assert len(inside) >= 6
    assert inside["quantity"].to_list() == [0.0] * len(inside)
    assert stock.filter(pl.col("date") >= end)["quantity"][0] > 0
    lines = company.tables["order_lines"].filter((pl.col("item") == "VAL-03") & (pl.col("quantity") > 0))
    recorded = lines.filter(pl.col("requested").is_between(begin, end, closed="left"))["quantity"].sum()
    a_day = lines.filter(pl.col("requested") < begin)["quantity"].sum() / (begin - dt.date(2022, 11, 1)).days
    assert recorded < 0.4 * 42 * a_day
    assert recorded + told["hidden_units"] == pytest.approx(42 * a_day, rel=0.35)


def test_the_promotion_sold_nothing_more(company: Company) -> None:
    told = truth(company, "signals")["promotion"]
    assert set(company.tables["promotions"]["uplift_percent"]) == {25.0}
    lines = company.tables["order_lines"].filter(
        (pl.col("customer") == "C24") & pl.col("item").str.starts_with("POF") & (pl.col("quantity") > 0)
        & (pl.col("status") != "cancelled")
    )  # fmt: skip
    assert lines.filter(month("2026-08-01"))["quantity"].sum() == pytest.approx(told["usual_units"], rel=0.02)


def test_the_decoys_are_there(company: Company) -> None:
    told, lines = truth(company, "signals")["decoys"], company.tables["order_lines"].filter(pl.col("quantity") > 0)
    won = lines.filter((pl.col("customer") == "C10") & pl.col("item").is_in(["DOS-01", "DOS-02", "DOS-03"]))
    before, since = (won.filter(e)["quantity"].sum() for e in (
        pl.col("requested").is_between(dt.date(2026, 5, 1), dt.date(2026, 7, 31)),
        pl.col("requested").is_between(dt.date(2026, 8, 1), dt.date(2026, 10, 31)),
    ))  # fmt: skip
    assert since > 2 * before  # a level that rose, not an outlier
    world = company.world
    early = np.array([family == "SEA" for family in world.pairs.family])
    full = world.clock.fullness
    shape = world.pairs.mean[early].sum(axis=0) / full
    usual = world.base.mean[early].sum(axis=0) / full
    assert shape[45:55] == pytest.approx(usual[46:56])
    burst = lines.filter((pl.col("item") == "PRO-10") & month("2026-06-01"))
    assert len(burst) == 4
    assert 0.05 < told["intermittent_burst"]["chance_of_as_many"] < 0.10


# 4 the slipping vendor


def test_deliveries_take_34_days_instead_of_21(company: Company) -> None:
    tables = company.tables
    offers = tables["vendor_items"].filter(pl.col("vendor") == "V08")
    assert set(offers["lead_time_days"]) == {21}
    both = tables["receipts"].join(tables["purchase_orders"], on=["order", "line"]).filter(pl.col("vendor") == "V08")
    took = both.with_columns((pl.col("date") - pl.col("ordered")).dt.total_days().alias("days"))
    lately = took.filter(pl.col("date") >= dt.date(2026, 8, 1))["days"]
    before = took.filter(pl.col("date") < dt.date(2025, 11, 1))["days"]
    assert len(lately) >= 4
    assert lately.mean() == pytest.approx(34, abs=0.5)
    assert before.mean() == pytest.approx(21, abs=1.0)


def test_the_boards_run_out_in_plus_2_by_three_tenths_of_a_month(company: Company) -> None:
    """Stock and orders reach to the end of +1 and not to the end of +2; the current month has its boards already."""
    told, tables = truth(company, "slipping_vendor"), company.tables
    stock = tables["stock"].filter((pl.col("item") == "M-BRN-01") & (pl.col("date") == dt.date(2026, 10, 31)))
    assert stock["quantity"].sum() == told["stock"]
    on_order = tables["purchase_orders"].filter((pl.col("item") == "M-BRN-01") & (pl.col("status") == "open"))
    assert on_order["quantity"].sum() == told["on_order"]
    _, one, two, *_ = told["need"]
    there = told["stock"] + told["on_order"] + told["limit"]
    assert there > one
    assert there + told["limit"] - one - two == pytest.approx(-0.30 * two, abs=1.5)
    limit = tables["vendor_limits"].filter(pl.col("item") == "M-BRN-01").row(0, named=True)
    assert limit["quantity"] == told["limit"] == pytest.approx(0.42 * sum(told["need"][:3]) / 3, abs=1)
    assert (limit["valid_from"], limit["valid_to"]) == (dt.date(2026, 11, 1), dt.date(2027, 3, 1))


def test_the_products_stock_bridges_plus_2_and_not_plus_3(company: Company) -> None:
    """In boards: what is short in +2 is less than the safety stock of the products, with +3 it is more."""
    told, tables = truth(company, "slipping_vendor"), company.tables
    bill = tables["bill_of_materials"].filter(pl.col("component") == "M-BRN-01")
    held = tables["item_sites"].join(bill, left_on="item", right_on="parent")
    boards = float((held["safety_stock"] * held["quantity"]).sum())
    short_two = 0.20 * told["need"][2]
    short_three = short_two + told["need"][3] - told["limit"]
    assert short_two < boards < short_three


def test_a_line_confirmed_to_a_key_account_leaves_8_days_late(company: Company) -> None:
    told, tables = truth(company, "slipping_vendor")["key_line"], company.tables
    line = tables["order_lines"].filter((pl.col("order") == told["order"]) & (pl.col("line") == told["line"]))
    row = line.join(tables["customers"], on="customer").row(0, named=True)
    assert row["key_account"]
    assert row["status"] == "open"
    boards = tables["purchase_orders"].filter(pl.col("item") == "M-BRN-01")["ordered"].max()
    assert row["first_confirmed"] == boards + dt.timedelta(days=21 + 8)  # type: ignore[operator]
    assert dt.date.fromisoformat(told["ready"]) == boards + dt.timedelta(days=34 + 3)  # type: ignore[operator]
    assert (dt.date.fromisoformat(told["ready"]) - row["first_confirmed"]).days == 8
    stock = tables["stock"].filter((pl.col("item") == "DRV-08") & (pl.col("date") == dt.date(2026, 10, 31)))
    assert stock["quantity"].sum() < row["quantity"]


# 5 the plan that was not kept


def test_uneven_makes_101_percent_of_the_volume_and_78_of_the_mix() -> None:
    plan = np.array([100.0, 80.0, 60.0, 50.0, 40.0, 30.0])
    ones, none = np.ones(6), np.zeros(6)
    made = uneven(plan, weight=ones, step=ones, promise=none)
    assert made.sum() / plan.sum() == pytest.approx(1.01, abs=0.002)
    assert np.minimum(made, plan).sum() / plan.sum() == pytest.approx(0.78, abs=0.002)


def test_who_was_promised_extra_gets_half_of_it() -> None:
    plan = np.array([100.0, 80.0, 60.0, 50.0, 40.0, 30.0])
    promise = np.array([20.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    made = uneven(plan, weight=np.ones(6), step=np.ones(6), promise=promise)
    assert made[0] == 90  # planned 100 of which 20 were the promise: 10 of them came
    assert made.sum() / 360 == pytest.approx(1.01, abs=0.003)
    assert np.minimum(made, plan).sum() / 360 == pytest.approx(0.78, abs=0.003)


def test_plant_2_kept_the_volume_and_not_the_mix_of_the_plan_in_force(company: Company) -> None:
    """Weighed with standard cost, as unlike units are: 101 % of the published plan, 78 % of its mix."""
    tables = company.tables
    odense = tables["item_sites"].filter((pl.col("site") == "ODE") & ~pl.col("item").str.starts_with("M-"))
    plan = odense.select("item", (pl.col("safety_stock") * 0.4 + 20).round().alias("quantity"))
    lived = live(company.world, plans={47: plan})
    cost = tables["costs"].filter(pl.col("valid_from") == dt.date(2026, 1, 1)).select("item", "standard_cost")
    made = lived.tables["production"].filter((pl.col("date") >= dt.date(2026, 10, 1)) & (pl.col("site") == "ODE"))
    done = made.group_by("item").agg(pl.col("quantity").sum().alias("made"))
    both = plan.join(done, on="item", how="left").join(cost, on="item").fill_null(0.0)
    value = both["quantity"] * both["standard_cost"]
    actual = both["made"] * both["standard_cost"]
    least = np.minimum(value.to_numpy(), actual.to_numpy())
    assert float(actual.sum() / value.sum()) == pytest.approx(1.01, abs=0.005)
    assert float(least.sum() / value.sum()) == pytest.approx(0.78, abs=0.005)


def test_plant_2_shows_12_percent_less_than_its_standard_rate(company: Company) -> None:
    rates = company.tables["rates"].with_columns((pl.col("hours_per_unit") / pl.col("shown_hours_per_unit")).alias("r"))
    slow = rates.filter(pl.col("site") == "ODE")["r"]
    assert slow.to_numpy() == pytest.approx(np.full(40, 0.88), abs=0.005)
    assert rates.filter(pl.col("site") != "ODE")["r"].min() > 0.97  # type: ignore[operator]
    made = company.tables["production"].filter((pl.col("date") >= dt.date(2026, 6, 1)) & (pl.col("quantity") >= 50))
    odense = made.filter(pl.col("site") == "ODE").join(rates.select("item", "hours_per_unit"), on="item")
    standard = float((odense["quantity"] * odense["hours_per_unit"]).sum())
    assert standard / float(odense["hours"].sum()) == pytest.approx(0.88, abs=0.005)
    before = tables_on(company, company.world.clock.day(-7))["rates"]
    assert (before["hours_per_unit"] / before["shown_hours_per_unit"]).min() > 0.97  # type: ignore[operator]


def test_the_overhaul_was_found_after_cycle_minus_3_had_opened(company: Company) -> None:
    seen = [
        "W-L21-OVERHAUL" in tables_on(company, company.world.clock.day(-k))["maintenance"]["window"].to_list()
        for k in (3, 2, 1)
    ]
    assert seen == [False, True, True]


# besides


def test_the_launch_slipped_two_months(company: Company) -> None:
    row = company.tables["launches"].row(0, named=True)
    assert (row["first_planned"], row["date"]) == (dt.date(2026, 11, 1), dt.date(2027, 1, 1))
    before = tables_on(company, company.world.clock.day(-3))["launches"].row(0, named=True)
    assert before["date"] == before["first_planned"]


def test_the_phase_out_leaves_stock(company: Company) -> None:
    told = truth(company, "besides")["phase_out"]
    stock = company.tables["stock"].filter((pl.col("item") == "HOS-09") & (pl.col("date") == dt.date(2026, 10, 31)))
    assert stock["quantity"].sum() == told["stock_left"]
    last_year = company.tables["order_lines"].filter((pl.col("item") == "HOS-09") & (pl.col("quantity") > 0))
    a_month = last_year.filter(pl.col("requested") >= dt.date(2025, 11, 1))["quantity"].sum() / 12
    assert told["stock_left"] > 2 * a_month


def test_the_rest_of_the_stories(company: Company) -> None:
    tables = company.tables
    owned = tables["patch_owners"].filter(pl.col("patch") == "P6").sort("valid_from", nulls_last=False)
    assert owned["person"].to_list() == ["lindqvist", "haddad"]
    assert owned["valid_from"].to_list() == [None, dt.date(2026, 5, 1)]
    budget = tables["budget_lines"].select("account", "place").unique()
    assert len(budget) == 14
    assert ("inventory_value", "BRN") not in budget.rows()
    assert budget.filter(pl.col("account") == "inventory_value")["place"].sort().to_list() == ["ODE", "RAV"]
    late = truth(company, "besides")["late_order"]
    line = tables["order_lines"].filter((pl.col("order") == late["order"]) & (pl.col("line") == late["line"]))
    assert line["ordered"][0] >= dt.date(2026, 10, 28)
    fence = tables["item_sites"].filter(pl.col("item") == late["item"])["demand_fence_days"][0]
    assert 0 <= int(np.busday_count(TODAY, line["requested"][0])) < fence


def test_the_family_made_to_order_is_in_backlog_and_holds_no_stock(company: Company) -> None:
    tables = company.tables
    policies = tables["item_sites"].filter(pl.col("item").str.starts_with("HEX"))
    assert set(policies["policy"]) == {"make_to_order"}
    late = tables["order_lines"].filter(
        (pl.col("status") == "open") & pl.col("item").str.starts_with("HEX") & (pl.col("requested") < TODAY)
    )
    assert late["quantity"].sum() > 10
    stock = tables["stock"].filter(pl.col("item").str.starts_with("HEX") & (pl.col("date") == dt.date(2026, 10, 31)))
    assert stock["quantity"].sum() < 0.5 * 110  # a month is about 110; plant 2 made some of it too early


def test_key_accounts_ordered_the_new_item_before_its_launch(company: Company) -> None:
    first = (
        company.tables["order_lines"]
        .filter(pl.col("item") == "GPU-10")
        .join(company.tables["customers"], on="customer")
    )
    assert 1 <= len(first) <= 3
    assert first["key_account"].all()
    assert set(first["requested"]) == {dt.date(2027, 1, 6)}
