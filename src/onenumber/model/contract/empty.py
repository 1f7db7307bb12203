"""How tables of the contract are held, and those without rows, for readers that go on where a company brings none."""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from onenumber.model.contract import TABLES
from onenumber.model.contract.column import Kind, Table

DTYPES: Mapping[Kind, pl.DataType] = MappingProxyType(
    {
        Kind.LABEL: pl.String(),
        Kind.TEXT: pl.String(),
        Kind.CHOICE: pl.String(),
        Kind.NUMBER: pl.Float64(),
        Kind.INTEGER: pl.Int64(),
        Kind.DATE: pl.Date(),
        Kind.FLAG: pl.Boolean(),
    }
)
"""The polars type of each kind of column."""


def schema_of(table: Table) -> dict[str, pl.DataType]:
    """Names and dtypes of a table's columns.

    Example:
        >>> schema_of(TABLES["divisions"])
        {'division': String, 'name': String}
    """
    return {column.name: DTYPES[column.kind] for column in table.columns}


def empty_table(name: str) -> pl.DataFrame:
    """The contract table ``name`` with all its columns and no row.

    Example:
        >>> empty_table("closed_days").schema["date"]
        Date
    """
    return pl.DataFrame(schema=schema_of(TABLES[name]))


def table_or_empty(tables: Mapping[str, pl.DataFrame], name: str) -> pl.DataFrame:
    """The table a company brings, or the same table without rows.

    Example:
        >>> len(table_or_empty({}, "maintenance"))
        0
    """
    return tables[name] if name in tables else empty_table(name)
