"""Tables of the contract from plain rows: every column, in its order, with its dtype."""

from collections.abc import Sequence
from types import MappingProxyType

import polars as pl

from onenumber.model.contract import TABLES, Kind

DTYPES = MappingProxyType(
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
"""How each kind of column is held in memory."""


def schema_of(table: str) -> dict[str, pl.DataType]:
    """Column names and dtypes of a table of the contract.

    Example:
        >>> list(schema_of("divisions"))
        ['division', 'name']
    """
    return {column.name: DTYPES[column.kind] for column in TABLES[table].columns}


def rows(table: str, values: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    """A table from rows that hold its columns in their order.

    Example:
        >>> rows("divisions", [("GAR", "Home")]).to_dicts()
        [{'division': 'GAR', 'name': 'Home'}]
    """
    return pl.DataFrame(list(values), schema=schema_of(table), orient="row")


def shaped(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame cut and cast to the columns of a table; a column it lacks is empty.

    Example:
        >>> shaped("divisions", pl.DataFrame({"name": ["Home"], "x": [1]})).to_dicts()
        [{'division': None, 'name': 'Home'}]
    """
    wanted = schema_of(table)
    held = [
        (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype=dtype)).alias(name)
        for name, dtype in wanted.items()
    ]
    return frame.select(held)
