"""Territories, customers, the patches they lie in and the salespeople's quotas."""

import datetime as dt

import polars as pl

from examples.adventureworks.people import full_name
from examples.adventureworks.source import CURRENCY, RESELLER_DAYS, Source, customer_label, with_month

NAMED = 20
"""Resellers planned by name: the largest by money before the first cycle."""
QUARTER = 3


def territories(source: Source) -> pl.DataFrame:
    """The ten sales territories with their group as region."""
    return source["sales_territory"].select(
        pl.col("Name").alias("territory"), pl.col("Name").alias("name"), pl.col("group").alias("region")
    )


def customers(source: Source, first_cycle: dt.date) -> pl.DataFrame:
    """Everyone who ever ordered. People who buy over the internet have no name in the data, only an account number."""
    lines = source["sales_order_line"]
    one = lines.sort("sales_order_id", "line").unique("customer_id", maintain_order=True)
    one = one.join(_territory_names(source), on="territory_id", how="left", maintain_order="left")
    stores = source["store"].select(pl.col("BusinessEntityID").alias("store_id"), pl.col("Name").alias("store"))
    one = one.join(stores, on="store_id", how="left", maintain_order="left")
    named = pl.col("customer_id").is_in(_largest(lines, first_cycle).implode())
    return one.sort("customer_id").select(
        customer_label().alias("customer"),
        pl.coalesce("store", customer_label()).alias("name"),
        "channel",
        "territory",
        named.alias("key_account"),
        named.alias("named"),
    )


def _territory_names(source: Source) -> pl.DataFrame:
    number = pl.col("TerritoryID").cast(pl.Int32).alias("territory_id")
    return source["sales_territory"].select(number, pl.col("Name").alias("territory"))


def _largest(lines: pl.DataFrame, first_cycle: dt.date) -> pl.Series:
    known = with_month(lines).filter((pl.col("channel") == "reseller") & (pl.col("month") < first_cycle))
    money = known.sort("sales_order_id", "line").group_by("customer_id", maintain_order=True)
    ranked = money.agg(pl.col("line_total").sum()).sort("line_total", "customer_id", descending=[True, False])
    return ranked["customer_id"].head(NAMED)


def patches(source: Source) -> pl.DataFrame:
    """One per salesperson for the resellers, one per territory, without a person, for those who buy over the internet.

    A salesperson's patch has her home territory; the three sales managers have none.
    """
    home = pl.col("TerritoryID").cast(pl.Int32).alias("territory_id")
    sellers = source["sales_person"].select(pl.col("BusinessEntityID").alias("employee_id"), home)
    sellers = sellers.join(_territory_names(source), on="territory_id", how="left", maintain_order="left")
    sellers = sellers.join(full_name(source), on="employee_id", how="left", maintain_order="left")
    of_person = sellers.select(
        _patch("employee_id").alias("patch"), pl.format("Resellers of {}", "name").alias("name"), "territory"
    )
    internet = territories(source).select(
        _internet_patch("territory").alias("patch"), pl.format("Internet, {}", "territory").alias("name"), "territory"
    )
    return pl.concat([of_person, internet])


def _patch(person: str) -> pl.Expr:
    return pl.format("S{}", person)


def _internet_patch(territory: str) -> pl.Expr:
    return pl.format("Internet {}", territory)


def patch_customers(source: Source) -> pl.DataFrame:
    """A reseller's patch is that of the salesperson of its last order before the cycle; others' that of the territory.

    An order becomes known with the cycle after its month, so a row holds from the first day of the month after the
    one the order is demand of; the first row of a reseller holds from the beginning.
    """
    lines = with_month(source["sales_order_line"])
    return pl.concat([_of_resellers(lines), _of_internet(lines, source)], how="diagonal")


def _of_resellers(lines: pl.DataFrame) -> pl.DataFrame:
    """A row per change of salesperson, each until the next."""
    orders = lines.filter(pl.col("channel") == "reseller").sort("order_date", "sales_order_id", "line")
    last = orders.group_by("customer_id", "month", maintain_order=True).agg(pl.col("sales_person_id").last())
    before = pl.col("sales_person_id").shift().over("customer_id").alias("before")
    last = last.sort("customer_id", "month").with_columns(before)
    changed = last.filter(pl.col("sales_person_id").ne_missing(pl.col("before")))
    begins = pl.when(pl.col("before").is_not_null()).then(pl.col("month").dt.offset_by("1mo")).alias("valid_from")
    ends = pl.col("valid_from").shift(-1).over("customer_id").alias("valid_to")
    return changed.with_columns(begins).select(
        customer_label().alias("customer"), _patch("sales_person_id").alias("patch"), "valid_from", ends
    )


def _of_internet(lines: pl.DataFrame, source: Source) -> pl.DataFrame:
    one = lines.filter(pl.col("channel") == "internet").unique("customer_id").sort("customer_id")
    one = one.join(_territory_names(source), on="territory_id", how="left", maintain_order="left")
    return one.select(customer_label().alias("customer"), _internet_patch("territory").alias("patch"))


def patch_owners(source: Source) -> pl.DataFrame:
    """Each salesperson speaks for her own patch from the day she was hired; nobody does for those of the internet."""
    hired = source["employee"].select("BusinessEntityID", pl.col("HireDate").alias("valid_from"))
    sellers = source["sales_person"].join(hired, on="BusinessEntityID", how="left", maintain_order="left")
    return sellers.select(
        _patch("BusinessEntityID").alias("patch"), pl.col("BusinessEntityID").alias("person"), "valid_from"
    )


def targets(source: Source) -> pl.DataFrame:
    """The quotas, resellers only: a person and a quarter each, which starts as a wave of orders does."""
    start = (pl.col("QuotaDate") + pl.duration(days=RESELLER_DAYS)).dt.truncate("1mo")
    return source["sales_person_quota_history"].select(
        pl.col("BusinessEntityID").alias("person"),
        start.alias("start"),
        pl.lit(QUARTER).alias("months"),
        pl.col("SalesQuota").alias("amount"),
        pl.lit(CURRENCY).alias("currency"),
    )
