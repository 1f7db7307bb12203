"""Which price holds: customer before channel before item, by date, in plan currency."""

import datetime as dt

import numpy as np
import polars as pl

from onenumber.finance.prices import costs_of_items, item_costs, stream_prices
from onenumber.model.axis import Axis
from onenumber.model.period import Calendar

MONTHS = Calendar.months(start=dt.date(2026, 1, 1), periods=24).periods[:2]
STREAMS = Axis(
    "stream",
    np.array(["A|Alpha", "A|rest of Nord, shop", "B|Alpha"]),
    {
        "item": np.array(["A", "A", "B"]),
        "channel": np.array(["shop", "shop", "shop"]),
        "planning_customer": np.array(["Alpha", "rest of Nord, shop", "Alpha"]),
    },
)


def _prices(rows: list[tuple[str, str | None, str | None, float, str, dt.date | None]]) -> dict[str, pl.DataFrame]:
    names = ["item", "channel", "customer", "price", "currency", "valid_from"]
    types = [pl.String, pl.String, pl.String, pl.Float64, pl.String, pl.Date]
    table = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    return {"prices": table.with_columns(pl.lit(None, dtype=pl.Date).alias("valid_to"))}


def test_the_most_specific_price_wins_and_dates_count() -> None:
    company = _prices(
        [
            ("A", None, None, 10.0, "EUR", None),
            ("A", "shop", None, 9.0, "EUR", None),
            ("A", None, "Alpha", 8.0, "EUR", None),
            ("A", None, "Alpha", 7.5, "EUR", dt.date(2026, 2, 1)),
        ]
    )
    found = stream_prices(company=company, axis=STREAMS, periods=MONTHS, currency="EUR")
    assert found[:2].tolist() == [[8.0, 7.5], [9.0, 9.0]]
    assert np.isnan(found[2]).all()  # B has no price: unknown, not zero


def test_a_foreign_price_without_a_rate_is_unknown_and_with_one_is_converted() -> None:
    company = _prices([("A", None, None, 10.0, "USD", None)])
    assert np.isnan(stream_prices(company=company, axis=STREAMS, periods=MONTHS, currency="EUR")).all()
    company["currency_rates"] = pl.DataFrame(
        {"rate_set": ["plan"], "currency": ["USD"], "rate": [0.9], "valid_from": [None], "valid_to": [None]},
        schema_overrides={"valid_from": pl.Date, "valid_to": pl.Date},
    )
    found = stream_prices(company=company, axis=STREAMS, periods=MONTHS, currency="EUR")
    assert found[0].tolist() == [9.0, 9.0]  # 10 USD at 0.90


def test_the_standard_cost_stands_in_for_a_missing_variable_cost() -> None:
    costs = pl.DataFrame(
        {"item": ["A"], "standard_cost": [6.0], "variable_cost": [None], "currency": ["EUR"],
         "valid_from": [None], "valid_to": [None]},
        schema_overrides={"variable_cost": pl.Float64, "valid_from": pl.Date, "valid_to": pl.Date},
    )  # fmt: skip
    found = item_costs(
        company={"costs": costs}, items=np.array(["A", "Z"]), periods=MONTHS, currency="EUR", column="variable_cost"
    )
    assert found[0].tolist() == [6.0, 6.0]
    assert np.isnan(found[1]).all()


def test_without_a_table_nothing_is_priced() -> None:
    assert np.isnan(stream_prices(company={}, axis=STREAMS, periods=MONTHS, currency="EUR")).all()
    assert np.isnan(item_costs(company={}, items=np.array(["A"]), periods=MONTHS, currency="EUR")).all()


def test_a_stream_without_a_channel_or_customer_takes_the_price_of_its_item() -> None:
    bare = Axis(
        "stream",
        np.array(["A|"]),
        {name: np.array([""]) for name in ("channel", "planning_customer")} | {"item": np.array(["A"])},
    )
    company = _prices([("A", None, None, 10.0, "EUR", None), ("A", "shop", None, 9.0, "EUR", None)])
    assert stream_prices(company=company, axis=bare, periods=MONTHS, currency="EUR").tolist() == [[10.0, 10.0]]


def test_costs_looked_up_once_are_those_of_each_item_and_period() -> None:
    columns = ["item", "standard_cost", "variable_cost", "currency", "valid_from", "valid_to"]
    types = [pl.String, pl.Float64, pl.Float64, pl.String, pl.Date, pl.Date]
    since = dt.date(2026, 2, 1)
    rows = [
        ("B", 6.0, None, "EUR", None, None),
        ("A", 4.0, 3.0, "EUR", None, since),
        ("A", 5.0, 3.5, "EUR", since, None),
    ]
    company = {"costs": pl.DataFrame(rows, schema=dict(zip(columns, types, strict=True)), orient="row")}
    known = costs_of_items(company=company, periods=MONTHS, currency="EUR")
    wanted = np.array(["B", "Z", "A", "B"])
    assert known.of(wanted, column="variable_cost", periods=range(2))[[0, 2, 3]].tolist() == [[6, 6], [3, 3.5], [6, 6]]
    assert known.of(wanted, column="standard_cost", periods=range(1, 2))[2].tolist() == [5.0]
    assert np.isnan(known.of(wanted, column="standard_cost", periods=range(2))[1]).all()  # no row: unknown, not zero
    nothing = costs_of_items(company={}, periods=MONTHS, currency="EUR")
    assert np.isnan(nothing.of(wanted, column="standard_cost", periods=range(2))).all()
