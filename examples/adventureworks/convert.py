"""AdventureWorks' Parquet tables to a folder of contract tables."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from examples.adventureworks import customers, facts, money, people, plan, products, supply
from examples.adventureworks.source import Source
from onenumber.model.contract import TABLES
from onenumber.model.contract.empty import schema_of

FIRST_CYCLE = dt.date(2014, 4, 1)
"""First day of the first cycle to be planned: the customers named are the largest until then."""


def convert(source: Source, first_cycle: dt.date = FIRST_CYCLE) -> dict[str, pl.DataFrame]:
    """Every contract table that AdventureWorks can fill, by name; what it does not have is absent."""
    made = _master(source, first_cycle) | _facts(source)
    return {name: shaped(name, table) for name, table in made.items()}


def _master(source: Source, first_cycle: dt.date) -> dict[str, pl.DataFrame]:
    return {
        "plan": plan.plan(),
        "period_mappings": plan.period_mappings(),
        "divisions": products.divisions(source),
        "families": products.families(source),
        "items": products.items(source),
        "item_sites": products.item_sites(source),
        "bill_of_materials": products.bill_of_materials(source),
        "territories": customers.territories(source),
        "customers": customers.customers(source, first_cycle),
        "patches": customers.patches(source),
        "patch_customers": customers.patch_customers(source),
        "patch_owners": customers.patch_owners(source),
        "targets": customers.targets(source),
        "people": people.people(source),
        "roles": people.roles(source),
        "owners": people.owners(source),
        "sites": supply.sites(),
        "sourcing_rules": supply.sourcing_rules(),
        "resources": supply.resources(source),
        "overtime": supply.overtime(source, first_cycle),
        "rates": supply.rates(source),
        "vendors": supply.vendors(source),
        "vendor_items": supply.vendor_items(source),
        "prices": money.prices(source),
        "costs": money.costs(source),
    }


def _facts(source: Source) -> dict[str, pl.DataFrame]:
    return {
        "order_lines": facts.order_lines(source),
        "shipments": facts.shipments(source),
        "stock": facts.stock(source),
        "production": facts.production(source),
        "production_orders": facts.production_orders(source),
        "purchase_orders": facts.purchase_orders(source),
    }


def shaped(name: str, table: pl.DataFrame) -> pl.DataFrame:
    """The table with all columns of the contract, in its order and types; columns it does not have are empty."""
    schema = schema_of(TABLES[name])
    unknown = set(table.columns) - set(schema)
    if unknown:
        message = f"{name} has no column {sorted(unknown)} in the contract"
        raise ValueError(message)
    typed = table.select(
        (pl.col(column) if column in table.columns else pl.lit(None)).cast(dtype).alias(column)
        for column, dtype in schema.items()
    )
    return typed.with_columns(pl.col(pl.String).str.strip_chars())


def write(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """One Parquet file per table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")
