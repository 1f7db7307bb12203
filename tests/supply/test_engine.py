"""The engine on plain tables, as a folder of CSV files gives them."""

import datetime as dt
from itertools import count

import polars as pl
import pytest

from onenumber.errors.supply import BadEngineInputError
from onenumber.finance.prices import stream_prices
from onenumber.supply.engine import plan_folder_tables


def folder(**changes):
    """A and B on one line of 100 h; text dates, as CSV gives them."""
    months = ["2026-05", "2026-06", "2026-07"]
    found = {
        "demand": pl.DataFrame(
            {"item": ["A"] * 3 + ["B"] * 3, "period": months * 2, "quantity": [0, 70, 0, 0, 60, 0],
             "price": [100.0] * 3 + [50.0] * 3, "division": ["Tools"] * 3 + ["Toys"] * 3}
        ),
        "items": pl.DataFrame({"item": ["A", "B"], "kind": ["made", "made"], "unit": ["pcs", "pcs"]}),
        "resources": pl.DataFrame({"resource": ["L"], "site": ["P"], "hours_per_period": [100]}),
        "rates": pl.DataFrame({"item": ["A", "B"], "site": ["P", "P"], "route": ["R", "R"], "resource": ["L", "L"],
                               "hours_per_unit": [1, 1], "valid_from": ["2026-01-01", None]}),
    }  # fmt: skip
    return {**found, **changes}


def planned(**changes):
    ticks = count()
    return plan_folder_tables(folder(**changes), clock=lambda: float(next(ticks)), price_list=stream_prices)


def test_the_summary_says_who_got_what_and_that_it_holds():
    """130 asked of 100 h in June: 30 of the cheaper B wait for July."""
    tables, summary = planned()
    assert summary["status"] == "optimal"
    assert summary["objective"] == pytest.approx(summary["bound"])
    assert summary["divisions"] == {
        "Tools": {"asked": 70.0, "served": 70.0, "waiting": 0.0, "lost": 0.0},
        "Toys": {"asked": 60.0, "served": 60.0, "waiting": 0.0, "lost": 0.0},
    }
    assert max(summary["largest_violation"].values()) <= 1e-6
    assert summary["seconds"] == {"build": 1.0, "solve": 1.0, "report": 1.0}
    late = tables["shortages"].select("stream", "short", "cause", "cause_at").rows()
    assert late == [("B|", 30.0, "capacity", "L")]
    assert tables["resources"].filter(period="2026-06")["hours_used"].to_list() == [100.0]


def test_every_period_is_its_label_in_every_table():
    """In July 30 of the 60 B asked in June are made; M is bought in June for the A made then."""
    tables, _ = planned(
        items=pl.DataFrame({"item": ["A", "B", "M"], "kind": ["made", "made", "bought"], "unit": ["pcs"] * 3}),
        bill_of_materials=pl.DataFrame({"parent": ["A"], "component": ["M"], "quantity": [1.0]}),
        vendor_items=pl.DataFrame(
            {"vendor": ["V"], "item": ["M"], "site": ["P"], "lead_time_days": [0], "price": [1.0]}
        ),
    )
    labels = {"2026-05", "2026-06", "2026-07"}
    seen = {
        f"{name}.{column}": set(table[column].drop_nulls().to_list())
        for name, table in tables.items()
        for column in table.columns
        if "period" in column
    }
    assert {found for found in seen if not seen[found] <= labels} == set()
    assert seen["shortages.next_period"] == {"2026-07"}
    assert seen["shortages.cause_period"] == {"2026-06"}
    assert seen["purchase_plan.period_ordered"] == {"2026-06"}
    assert {"runs.period", "overtime.period", "cell_streams.period", "costs.period", "cells.period"} <= set(seen)


def test_a_row_that_names_its_site_is_served_from_there_only():
    demand = folder()["demand"].with_columns(pl.lit("Q").alias("site"))
    tables, summary = planned(demand=demand)
    assert summary["findings"] == {"cost_unknown": 1, "supply_no_route": 2}
    assert tables["shortages"]["cause"].unique().to_list() == ["no_route"]


def test_a_table_plan_gives_the_calendar_and_dates_are_found_in_it():
    plan = pl.DataFrame(
        {"plan": "p", "name": "P", "currency": "EUR", "currency_decimals": 2, "time_zone": "UTC", "calendar": "4-weeks",
         "calendar_start": "2026-01-05", "periods": 26, "fiscal_year_start": 1, "horizon": 6}
    )  # fmt: skip
    demand = pl.DataFrame(
        {"item": ["A", "A"], "period": [dt.date(2026, 1, 6), dt.date(2026, 2, 3)], "quantity": [0, 9]}
    )
    tables, _ = planned(plan=plan, demand=demand)
    assert tables["streams"].select("period", "shipped").rows() == [("2026-P01", 0.0), ("2026-P02", 9.0)]


def test_the_first_period_may_be_free():
    demand = pl.DataFrame({"item": ["A"], "period": ["2026-05"], "quantity": [9]})
    assert planned(demand=demand)[1]["divisions"]["all"]["served"] == 0.0
    free = planned(demand=demand, settings=pl.DataFrame({"firm_periods": [0]}))
    assert free[1]["divisions"]["all"]["served"] == 9.0


def test_prices_of_vendors_count_in_the_one_currency_that_the_folder_names():
    """B is bought for 4 or 5 francs: ten from the cheaper vendor."""
    items = pl.DataFrame({"item": ["A", "B"], "kind": ["made", "bought"], "unit": ["pcs", "pcs"]})
    vendors = pl.DataFrame(
        {
            "vendor": ["V", "W"],
            "item": "B",
            "site": "P",
            "lead_time_days": 0,
            "price": [5.0, 4.0],
            "currency": ["CHF", None],
        }
    )
    demand = pl.DataFrame({"item": ["B", "B"], "period": ["2026-05", "2026-06"], "quantity": [0, 10]})
    tables, _ = planned(items=items, vendor_items=vendors, demand=demand)
    assert tables["purchase_plan"].select("vendor", "cost").rows() == [("W", 40.0)]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"demand": pl.DataFrame({"item": ["A"]})}, "table 'demand' has no column 'period'"),
        ({"maintenance": pl.DataFrame({"resource": ["L"]})}, "table 'maintenance' has no column 'window'"),
        ({"settings": pl.DataFrame({"firm_periods": [4]})}, "firm_periods is 4, and demand runs over 3 periods"),
        (
            {"demand": pl.DataFrame({"item": ["Z"], "period": ["2026-05"], "quantity": [1]})},
            "item 'Z' of table 'demand' is not in table 'items'",
        ),
        (
            {"demand": pl.DataFrame({"item": ["A"], "period": ["spring"], "quantity": [1]})},
            "'spring' in column 'period' is neither a date nor a label",
        ),
        (
            {"demand": pl.DataFrame({"item": ["A"], "period": ["0000-01"], "quantity": [1]})},
            "'0000-01' in column 'period' is neither a date nor a label",
        ),
        (
            {"closed_days": pl.DataFrame({"site": ["P", "P"], "date": ["2026-05-01", "0000-01-01"]})},
            "table 'closed_days' has a day in column 'date' that does not exist, before year 1 or after 9999",
        ),
    ],
)
def test_what_cannot_be_read_is_said(changes, what):
    with pytest.raises(BadEngineInputError) as refused:
        planned(**changes)
    assert str(refused.value) == f"The plan cannot be made from this folder: {what}."


def test_tables_of_the_contract_are_used_as_they_are():
    """Divisions by family, sites and sourcing rules as given, datetimes as dates, an item without price at its cost."""
    rules = pl.DataFrame({"item": ["A"], "site": ["P"], "rank": [1]})
    demand = folder()["demand"].drop("price", "division").with_columns(
        pl.Series("period", [dt.datetime(2026, 5, 9), dt.datetime(2026, 6, 9), dt.datetime(2026, 7, 9)] * 2)
    )  # fmt: skip
    _, summary = planned(
        demand=demand,
        sourcing_rules=rules,
        sites=pl.DataFrame({"site": ["P"], "workdays": ["12345"]}),
        families=pl.DataFrame({"family": ["F"], "division": ["Tools"]}),
        items=folder()["items"].with_columns(pl.lit("F").alias("family")),
        costs=pl.DataFrame({"item": ["A", "B"], "standard_cost": [3.0, 4.0], "currency": ["EUR", None]}),
    )
    assert summary["findings"] == {"price_unknown": 1, "supply_no_site": 1}
    assert summary["divisions"] == {"Tools": {"asked": 130.0, "served": 70.0, "waiting": 0.0, "lost": 60.0}}


def test_a_missing_table_is_named():
    tables = {name: table for name, table in folder().items() if name != "rates"}
    with pytest.raises(BadEngineInputError, match="it has no table 'rates'; it needs demand, items, resources, rates"):
        plan_folder_tables(tables, clock=lambda: 0.0, price_list=stream_prices)


def test_a_column_of_the_wrong_kind_is_named_with_its_table():
    wrong = folder()["resources"].with_columns(pl.lit("many").alias("hours_per_period"))
    with pytest.raises(
        BadEngineInputError, match="^The plan cannot be made from this folder: table 'resources' cannot"
    ):
        planned(resources=wrong)


def test_limits_that_may_be_passed_are_listed_with_how_far_and_at_what_price():
    """30 of A where 20 fit, until 10 are sold in July: each above is charged at twice the dearest price, 100.

    What V makes us take, 10 a month for 4 each, does not fit either.
    """
    tables, summary = planned(
        demand=pl.DataFrame(
            {"item": ["A"] * 3, "period": ["2026-05", "2026-06", "2026-07"], "quantity": [0, 0, 10], "price": 100.0}
        ),
        items=pl.DataFrame({"item": ["A", "B", "M"], "kind": ["made", "made", "bought"], "unit": ["pcs"] * 3}),
        sites=pl.DataFrame({"site": ["P"], "workdays": ["12345"], "space": [20.0]}),
        stock=pl.DataFrame(
            {"item": ["A"], "site": ["P"], "date": ["2026-04-30"], "status": ["free"], "quantity": [30.0]}
        ),
        vendor_items=pl.DataFrame(
            {"vendor": ["V"], "item": ["M"], "site": ["P"], "lead_time_days": [0], "price": [4.0]}
        ),
        vendor_contracts=pl.DataFrame({"vendor": ["V"], "item": ["M"], "minimum": [10.0]}),
    )
    assert summary["soft_limits"] == {
        "contract_floor": {},
        "safety_stock": {},
        "space": {"P": {"passed_by": 20.0, "charged": 4000.0}},
        "vendor_duty": {"V|M": {"passed_by": 30.0, "charged": 120.0}},
    }
    passed = tables["soft_limits"].filter(limit="space")
    assert passed.drop("limit").rows() == [("P", "2026-05", 10.0, 2000.0), ("P", "2026-06", 10.0, 2000.0)]
    assert max(summary["largest_violation"].values()) <= 1e-6  # of what must be kept
    charged = dict(tables["objective"].rows())
    assert (charged["over_space"], charged["not_taken"]) == pytest.approx((4000.0, 120.0))


def test_a_stream_and_a_stock_that_are_short_of_their_minimum_are_named():
    """In May nothing new is made: the contract of 8 and the 5 of safety stock are short by all of it, at 3 and 10."""
    tables, summary = planned(
        demand=pl.DataFrame({"item": "A", "customer": "K", "period": ["2026-05", "2026-06"], "quantity": [8, 0]}),
        prices=pl.DataFrame({"item": ["A"], "price": [100.0]}),
        customer_contracts=pl.DataFrame({"customer": ["K"], "item": ["A"], "minimum": [8.0], "penalty": [3.0]}),
        item_sites=pl.DataFrame({"item": ["A"], "site": ["P"], "policy": ["make_to_stock"], "safety_stock": [5.0]}),
    )
    passed = tables["soft_limits"].rows()
    assert passed[0] == ("contract_floor", "A|K", "2026-05", 8.0, 24.0)
    assert passed[1] == ("safety_stock", "A|P", "2026-05", 5.0, 50.0)
    assert set(summary["soft_limits"]["safety_stock"]) == {"A|P"}


def test_a_plan_that_keeps_every_limit_lists_none():
    tables, summary = planned()
    assert summary["soft_limits"] == {"contract_floor": {}, "safety_stock": {}, "space": {}, "vendor_duty": {}}
    assert not len(tables["soft_limits"])


def _prices(demand: pl.DataFrame, **changes) -> list[tuple[str, float]]:
    """What a lost unit is worth, as the shortages say it: one hour a unit, and none is there."""
    lines = folder()["resources"].with_columns(hours_per_period=pl.lit(0))
    short = planned(demand=demand, resources=lines, **changes)[0]["shortages"].filter(pl.col("asked") > 0)
    return short.sort("stream", "period").select("stream", "period", "price").rows()


def test_the_table_prices_is_read_where_demand_says_no_price():
    """Its dates and its currency count: 10 francs at 0.9 until June, then 20; B's rows say 7 in June."""
    months = ["2026-05", "2026-06", "2026-07"]
    demand = pl.DataFrame(
        {"item": ["A"] * 3 + ["B"] * 3, "period": months * 2, "quantity": 1, "price": [None] * 3 + [None, 7.0, None]}
    )
    prices = pl.DataFrame(
        {"item": ["A", "A", "B"], "price": [10.0, 20.0, 5.0], "currency": ["CHF", "CHF", None],
         "valid_from": ["2026-01-01", "2026-07-01", "2026-07-01"], "valid_to": ["2026-07-01", None, None]}
    )  # fmt: skip
    rates = pl.DataFrame({"rate_set": ["plan"], "currency": ["CHF"], "rate": [0.9]})
    costs = pl.DataFrame({"item": ["A"], "standard_cost": [1.0], "currency": ["EUR"]})
    assert _prices(demand, prices=prices, currency_rates=rates, costs=costs) == [
        ("A|", "2026-05", 9.0), ("A|", "2026-06", 9.0), ("A|", "2026-07", 18.0),
        ("B|", "2026-05", 7.0),  # what its other rows say: the list has none yet
        ("B|", "2026-06", 7.0), ("B|", "2026-07", 5.0),
    ]  # fmt: skip


def test_the_price_of_a_customer_wins_over_that_of_a_channel_also_where_the_site_is_named():
    demand = pl.DataFrame(
        {"item": ["A"] * 3, "period": ["2026-06"] * 3, "quantity": 1, "customer": ["K", "L", None],
         "channel": ["web", "web", None], "site": ["P", "P", None]}
    )  # fmt: skip
    prices = pl.DataFrame(
        {"item": ["A"] * 3, "customer": ["K", None, None], "channel": [None, "web", None], "price": [3.0, 4.0, 5.0]}
    )
    assert [price for _, _, price in _prices(demand, prices=prices)] == [5.0, 3.0, 4.0]


def test_days_of_one_period_are_added_up_and_that_is_said():
    demand = pl.DataFrame(
        {"item": ["A", "A", "A"], "period": ["2026-05", "2026-06-02", "2026-06-09"], "quantity": [0, 3, 4],
         "price": [None, 9.0, None]}
    )  # fmt: skip
    _, summary = planned(demand=demand)
    assert summary["divisions"]["all"]["served"] == 7.0
    assert summary["findings"] == {"cost_unknown": 1, "demand_added_up": 1}
