"""A check of tables against the data contract: everything that is wrong, as sentences."""

from collections.abc import Iterator, Mapping

import polars as pl

from onenumber.model.contract import TABLES, Column, Kind, Table
from onenumber.model.contract.empty import schema_of

Tables = Mapping[str, pl.DataFrame]


def wrongs(tables: Tables) -> list[str]:
    """What breaks the contract: unknown or missing tables, columns, dtypes, keys, bounds, choices, references."""
    found = [f"{name} is no table of the contract" for name in tables if name not in TABLES]
    found += [f"{name} is missing" for name, table in TABLES.items() if table.required and name not in tables]
    for name, frame in tables.items():
        found += [f"{name}: {what}" for what in _of_table(TABLES[name], frame, tables)]
    return found


def _of_table(table: Table, frame: pl.DataFrame, tables: Tables) -> Iterator[str]:
    if dict(frame.schema) != schema_of(table):
        yield f"has the columns {frame.schema}"
        return
    doubles = frame.select(table.key).is_duplicated().sum()
    if doubles:
        yield f"{doubles} rows share their key {table.key}"
    for column in table.columns:
        yield from (f"{column.name} {what}" for what in _of_column(column, frame[column.name], tables))


def _of_column(column: Column, values: pl.Series, tables: Tables) -> Iterator[str]:
    known = values.drop_nulls()
    if column.required and values.null_count():
        yield f"is empty {values.null_count()} times"
    if column.kind is Kind.LABEL and (known != known.str.strip_chars()).any():
        yield "holds a label with blanks around it"
    if column.choices and not known.is_in(column.choices).all():
        yield f"holds {known.filter(~known.is_in(column.choices)).unique().to_list()}"
    if column.minimum is not None and (known < column.minimum).any():
        yield f"falls to {known.min()}"
    if column.maximum is not None and (known > column.maximum).any():
        yield f"rises to {known.max()}"
    if column.refers_to:
        other, key = column.refers_to.split(".")
        strange = known.filter(~known.is_in(tables[other][key].to_list()))
        if len(strange):
            yield f"refers to {strange.unique().sort().to_list()[:3]}, not in {column.refers_to}"
