"""Tables of the contract from plain rows: every column, in its order, with its dtype."""

from collections.abc import Sequence

import polars as pl

from onenumber.model.contract import TABLES
from onenumber.model.contract.empty import schema_of


def rows(table: str, values: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    """A table from rows that hold its columns in their order.

    Example:
        >>> rows("divisions", [("GAR", "Home")]).to_dicts()
        [{'division': 'GAR', 'name': 'Home'}]
    """
    return pl.DataFrame(list(values), schema=schema_of(TABLES[table]), orient="row")


def shaped(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame cut and cast to the columns of a table; a column it lacks is empty.

    Example:
        >>> shaped("divisions", pl.DataFrame({"name": ["Home"], "x": [1]})).to_dicts()
        [{'division': None, 'name': 'Home'}]
    """
    wanted = schema_of(TABLES[table])
    held = [
        (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype=dtype)).alias(name)
        for name, dtype in wanted.items()
    ]
    return frame.select(held)
