"""Other spellings of a label become the label."""

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import LISTED, Fault
from onenumber.files.names import Spellings
from onenumber.model.contract import TABLES, Column, Kind

LABELS = tuple(
    f"{table.name}.{column.name}" for table in TABLES.values() for column in table.columns if column.kind is Kind.LABEL
)
"""Every column of labels in the contract as ``table.column``."""


def use_aliases(batch: Batch) -> Batch:
    """Replace each spelling listed in ``aliases`` (of this load, else an earlier one) by its label.

    A row for ``items.item`` holds in that column and in every column that refers to it.
    """
    if "aliases" in batch.good:
        batch = batch.judged("aliases", [_unknown_columns(batch.good["aliases"])])
    held = [source["aliases"] for source in (batch.good, batch.known) if "aliases" in source]
    if not held:
        return batch
    columns = [
        table.select("column", pl.col("spelling").str.strip_chars().str.normalize("NFC"), "label") for table in held
    ]
    rows = pl.concat(columns).unique(subset=["column", "spelling"], keep="first", maintain_order=True)
    for target in rows["column"].unique(maintain_order=True).to_list():
        batch = _replaced(batch, target, rows.filter(pl.col("column") == target))
    return batch


def _unknown_columns(aliases: pl.DataFrame) -> Fault:
    column = aliases["column"]
    spellings = Spellings(LABELS)
    wrong = column.filter(~column.is_in(LABELS)).unique(maintain_order=True).to_list()[:LISTED]
    close = [spellings.near(value) for value in wrong]
    near = column.replace_strict(wrong, close, default=None, return_dtype=pl.String)
    values = {"value": column, "near": near}
    return Fault(code="unknown_alias_column", where=~column.is_in(LABELS), column="column", values=values)


def _replaced(batch: Batch, target: str, rows: pl.DataFrame) -> Batch:
    spellings, labels = rows["spelling"], rows["label"]
    for name, table in batch.good.items():
        where = {c.name: means for c in batch.contract[name].columns if (means := _means(name, c, target)) is not None}
        if where:
            swapped = {column: pl.col(column).replace(spellings, labels) for column in where}
            mapped = [pl.when(means).then(swapped[column]).otherwise(column) for column, means in where.items()]
            batch = batch.with_table(name, table.with_columns(mapped))
    return batch


def _means(table: str, column: Column, target: str) -> pl.Expr | None:
    """In which rows a column holds labels of the target; None where in none."""
    if target in (f"{table}.{column.name}", column.refers_to):
        return pl.lit(value=True)
    by = [value for value, named in column.places.of if target in named] if column.places is not None else []
    return pl.col(column.places.by).is_in(by) if by and column.places is not None else None
