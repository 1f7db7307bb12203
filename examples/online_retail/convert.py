"""The 541,909 order lines of the UCI set "Online Retail" to a folder of contract tables.

What the data has: order lines with item, description, customer, country, price and time. So a territory is a country,
and so is a patch; the one channel is the web shop. What it has not and the contract needs a word for:

* no customer number in a quarter of the lines: they belong to "not recorded" of their country, so that demand is whole
* no family or division: one of each, for the items have to be somewhere
* no line number: lines are counted within their invoice
* no requested date: goods were sent at once, so it is the day of the order
* an item without any description has no name: the load refuses it and its lines, and lists them
* no sites, supply, stock: those tables have a header and no rows. "We have none" is said, nothing is made up
* no people: whoever converts it is its one person, as process owner, demand planner and sales leader
"""

import datetime as dt
from pathlib import Path

import polars as pl

from onenumber.model.contract import TABLES
from onenumber.model.contract.empty import schema_of

CURRENCY = "GBP"
NOT_RECORDED = "not recorded"
EMPTY = (
    "patch_owners",
    "sites",
    "sourcing_rules",
    "item_sites",
    "resources",
    "rates",
    "stock",
)
"""Required tables that the company has no rows for."""
PERSON = "planner"
ROLES = ("OWN", "DP", "SM")
START = dt.date(2010, 12, 1)


def convert(source: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Every contract table by name, with the columns that the data can fill."""
    lines = _labelled(source)
    countries = lines["country"].unique().sort()
    return {
        "plan": _plan(),
        "divisions": pl.DataFrame({"division": ["all"], "name": ["All goods"]}),
        "families": pl.DataFrame(
            {"family": ["all"], "name": ["All goods"], "division": ["all"], "equivalent_unit": ["piece"]}
        ),
        "items": _items(lines),
        "territories": pl.DataFrame({"territory": countries, "name": countries}),
        "customers": _customers(lines),
        "patches": pl.DataFrame({"patch": countries, "name": countries, "territory": countries}),
        "patch_customers": _customers(lines).select("customer", patch="territory"),
        "people": pl.DataFrame({"person": [PERSON], "name": [PERSON.capitalize()]}),
        "roles": pl.DataFrame({"person": PERSON, "role": ROLES, "scope_kind": "company", "scope": "*"}).with_columns(
            valid_from=START
        ),
        "order_lines": _order_lines(lines),
    } | {name: pl.DataFrame(schema=schema_of(TABLES[name])) for name in EMPTY}


def _labelled(source: pl.DataFrame) -> pl.DataFrame:
    """The lines with the labels of the contract. A customer who ordered from two countries is one in each."""
    number = pl.col("CustomerID").cast(pl.Int64).cast(pl.String)
    country = pl.col("Country")
    main = country.mode().sort().first().over("CustomerID")
    customer = (
        pl.when(number.is_null())
        .then(pl.format("{}, {}", pl.lit(NOT_RECORDED), country))
        .when(country == main)
        .then(number)
        .otherwise(pl.format("{}, {}", number, country))
    )
    return source.select(
        pl.col("InvoiceNo").alias("order"),
        (pl.int_range(pl.len()).over("InvoiceNo") + 1).alias("line"),
        pl.col("StockCode").alias("item"),
        pl.col("Description").alias("description"),
        pl.col("Quantity").alias("quantity"),
        (pl.col("Quantity") * pl.col("UnitPrice")).round(2).alias("amount"),
        pl.col("InvoiceDate").cast(pl.Date).alias("ordered"),
        country.alias("country"),
        customer.alias("customer"),
    )


def _plan() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "plan": ["online_retail"],
            "name": ["Online Retail"],
            "currency": [CURRENCY],
            "currency_decimals": [2],
            "time_zone": ["Europe/London"],
            "calendar": ["months"],
            "calendar_start": [START],
            "periods": [36],
            "fiscal_year_start": [1],
            "horizon": [12],
        }
    )


def _items(lines: pl.DataFrame) -> pl.DataFrame:
    """One row per stock code; its name is the description written most often."""
    named = lines.group_by("item").agg(pl.col("description").drop_nulls().mode().sort().first().alias("name"))
    return named.sort("item").with_columns(
        family=pl.lit("all"), kind=pl.lit("bought"), role=pl.lit("product"), unit=pl.lit("piece"), decimals=pl.lit(0)
    )


def _customers(lines: pl.DataFrame) -> pl.DataFrame:
    seen = lines.select("customer", territory="country").unique().sort("customer")
    name = pl.when(pl.col("customer").str.contains("^[0-9]")).then(pl.format("Customer {}", "customer"))
    return seen.with_columns(
        name.otherwise("customer").alias("name"), pl.lit("web shop").alias("channel"), pl.lit("no").alias("named")
    )


def _order_lines(lines: pl.DataFrame) -> pl.DataFrame:
    own = ["order", "line", "customer", "item", "quantity", "amount", "ordered"]
    return lines.select(
        *own,
        pl.lit(CURRENCY).alias("currency"),
        pl.col("ordered").alias("requested"),
        pl.lit("shipped").alias("status"),
    )


def write(source: Path, folder: Path) -> None:
    """Write the tables made of the Parquet file ``source`` as CSV into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in convert(pl.read_parquet(source)).items():
        table.write_csv(folder / f"{name}.csv")
