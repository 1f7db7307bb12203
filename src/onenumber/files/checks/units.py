"""Quantities in another unit become planning units."""

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import Fault

CONVERTED = {"order_lines": "ordered"}
"""Tables whose quantity has a unit of its own, with the day that picks the conversion."""


def convert_units(batch: Batch) -> Batch:
    """Multiply quantities given in another unit by the factor that held on their day; refuse those without one."""
    for name, day in CONVERTED.items():
        if name in batch.good:
            batch = _converted(batch, name, day)
    return batch


def _converted(batch: Batch, name: str, day: str) -> Batch:
    table = _with_factor(batch, batch.good[name], day)
    given = table["unit"].is_not_null() & (table["unit"] != table["_planned"])
    lacking = (given & table["_factor"].is_null()).fill_null(value=False)
    values = {
        "value": table["unit"],
        "unit": table["_planned"],
        "item": table["item"],
        "day": table[day].cast(pl.String),
    }
    batch = batch.judged(name, [Fault(code="no_conversion", where=lacking, column="unit", values=values)])
    factor = pl.when(given).then(pl.col("_factor")).otherwise(1.0)
    unit = pl.when(given).then(pl.col("_planned")).otherwise(pl.col("unit"))
    table = table.with_columns((pl.col("quantity") * factor).alias("quantity"), unit.alias("unit"))
    return batch.with_table(name, table.filter(~lacking).drop("_planned", "_factor"))


def _with_factor(batch: Batch, table: pl.DataFrame, day: str) -> pl.DataFrame:
    """The rows with the planning unit of their item and the factor of their own unit."""
    planned = _held(batch, "items", ["item"], {"item": pl.String, "unit": pl.String})
    table = table.join(planned.select("item", _planned="unit"), on="item", how="left", maintain_order="left")
    schema = {"item": pl.String, "unit": pl.String, "factor": pl.Float64, "valid_from": pl.Date, "valid_to": pl.Date}
    rows = _held(batch, "unit_conversions", ["item", "unit", "valid_from"], schema)
    pairs = table.with_row_index("_at").select("_at", "item", "unit", day).join(rows, on=["item", "unit"])
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col(day))
    open_ended = pl.col("valid_to").is_null() | (pl.col("valid_to") > pl.col(day))
    held = pairs.filter(begun & open_ended).sort("_at", "valid_from", nulls_last=False, maintain_order=True)
    factor = held.unique(subset="_at", keep="last", maintain_order=True).select("_at", _factor="factor")
    return table.with_row_index("_at").join(factor, on="_at", how="left", maintain_order="left").drop("_at")


def _held(batch: Batch, name: str, key: list[str], schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """Rows loaded or known, the loaded ones first."""
    held = [source[name].select(list(schema)) for source in (batch.good, batch.known) if name in source]
    rows = pl.concat(held) if held else pl.DataFrame(schema=schema)
    return rows.unique(subset=key, keep="first", maintain_order=True)
