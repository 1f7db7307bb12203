"""Resources at another site than the row that uses them, and items at sites where they have no policy."""

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import Fault, Shown
from onenumber.model.finding import Severity

CELL = ["item", "site"]
USES = ("rates", "production")
"""Tables whose rows are at a site and use a resource."""
SUPPLIES = ("rates", "vendor_items")
"""Tables whose rows bring an item to a site."""


def check_sites(batch: Batch) -> Batch:
    """Refuse rows that use a resource of another site; point at items that come to a site where they have no policy."""
    for name in USES:
        if name in batch.good:
            batch = batch.judged(name, _elsewhere(batch, name))
    if not any("item_sites" in source for source in (batch.good, batch.known)):
        return batch
    for name in SUPPLIES:
        if name in batch.good:
            batch = batch.judged(name, [_without_policy(batch, batch.good[name].select(CELL), column="site")])
    return batch.judged("bill_of_materials", _components(batch)) if "bill_of_materials" in batch.good else batch


def _held(batch: Batch, name: str, columns: list[str]) -> pl.DataFrame:
    held = [source[name].select(columns) for source in (batch.good, batch.known) if name in source]
    schema = dict.fromkeys(columns, pl.String)
    return pl.concat(held).unique(maintain_order=True) if held else pl.DataFrame(schema=schema)


def _elsewhere(batch: Batch, name: str) -> list[Fault]:
    """Faults of rows whose resource is known, and at none of its dates at the site of the row."""
    at = _held(batch, "resources", ["resource", "site"]).sort("resource", "site")
    at = at.group_by("resource", maintain_order=True).agg(
        pl.col("site").alias("_sites"), pl.col("site").str.join(" and ").alias("at")
    )
    rows = batch.good[name].select("resource", "site").join(at, on="resource", how="left", maintain_order="left")
    where = rows.select((~pl.col("site").is_in("_sites")).fill_null(value=False)).to_series()
    values: Shown = {"value": rows["resource"], "at": rows["at"], "site": rows["site"]}
    return [Fault(code="resource_elsewhere", where=where, column="resource", values=values)]


def _without_policy(batch: Batch, cells: pl.DataFrame, *, column: str) -> Fault:
    there = _held(batch, "item_sites", CELL).with_columns(pl.lit(value=True).alias("_there"))
    found = cells.join(there, on=CELL, how="left", maintain_order="left")["_there"]
    where = found.is_null() & cells["site"].is_not_null()
    values: Shown = {"item": cells["item"], "site": cells["site"]}
    return Fault(code="no_policy", where=where, column=column, severity=Severity.ATTENTION, values=values)


def _components(batch: Batch) -> list[Fault]:
    """Components without a policy at a site where the parent is made; of several sites the first is named."""
    made = _held(batch, "rates", CELL).rename({"item": "parent"})
    bills = batch.good["bill_of_materials"].select("parent", pl.col("component").alias("item")).with_row_index("_at")
    used = bills.join(made, on="parent").join(_held(batch, "item_sites", CELL), on=CELL, how="anti")
    first = used.sort("_at", "site").unique("_at", keep="first").select("_at", "site")
    return [_without_policy(batch, bills.join(first, on="_at", how="left", maintain_order="left"), column="component")]
