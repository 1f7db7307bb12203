"""Rows with the same business key in one load."""

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import FILE, ROW, Fault, Shown


def check_duplicates(batch: Batch) -> Batch:
    """Refuse every row whose key stands already in an earlier row of the same load; the first row counts.

    Within one load no row is newer than another, so which of two is right cannot be known: both are named. A table
    without a key holds rows that are added up.
    """
    for name in batch.good:
        key = batch.contract[name].key
        if key:
            batch = batch.judged(name, _repeated(batch.good[name], key))
    return batch


def _repeated(table: pl.DataFrame, key: tuple[str, ...]) -> tuple[Fault, ...]:
    if table.select(key).n_unique() == len(table):
        return ()
    first = table.select(pl.col(ROW).first().over(key), pl.col(FILE).first().over(key))
    where = ~table.select(pl.struct(key).is_first_distinct()).to_series()
    values: Shown = {
        "key": named(table, key),
        "first": first[ROW],
        "first_file": first[FILE],
        "columns": " and ".join(key),
    }
    return (Fault(code="duplicate_key", where=where, column=key[-1], values=values),)


def named(table: pl.DataFrame, key: tuple[str, ...]) -> pl.Series:
    """The key of each row in words; an empty part is left out.

    Example:
        >>> named(pl.DataFrame({"item": ["A"], "site": [None]}, schema_overrides={"site": pl.String}), ("item", "site"))[0]
        'A'
    """  # noqa: E501 - one line of input
    parts = [pl.col(column).cast(pl.String) for column in key]
    return table.select(pl.concat_str(parts, separator=", ", ignore_nulls=True).alias("key")).to_series()
