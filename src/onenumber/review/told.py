"""What is told of a shortage: what rounds to nothing in the unit of its item is short by no figure of a page.

Sheets keep quantities as the plan balances them, unrounded; this is asked only where they are told.
"""

import polars as pl

from onenumber.model.axis import SEPARATOR

UNKNOWN = 2
"""Digits of an item of which nobody says in how many it is planned."""


def is_nothing(quantity: float, digits: int | None) -> bool:
    """Whether a quantity rounds to nothing with the digits in which its item is planned.

    Example:
        >>> is_nothing(0.07, 0), is_nothing(0.6, 0), is_nothing(0.07, 2), is_nothing(0.004, None)
        (True, False, False, True)
    """
    return abs(quantity) < _least(digits)


def _least(digits: int | None) -> float:
    return float(0.5 * 10.0 ** -(UNKNOWN if digits is None else digits))


def told_short(rows: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Rows of streams or items with ``short`` where that is not nothing, by the ``decimals`` of each of ``items``.

    Example:
        >>> rows = pl.DataFrame({"stream": ["A|C1", "A|C2", "B|C1"], "short": [0.07, 3.0, 0.07]})
        >>> told_short(rows, pl.DataFrame({"item": ["A", "B"], "decimals": [0, 2]}))["stream"].to_list()
        ['A|C2', 'B|C1']
    """
    item = pl.col("item") if "item" in rows.columns else pl.col("stream").str.split(SEPARATOR).list.first()
    known = {name: _least(digits) for name, digits in items.select("item", "decimals").iter_rows()}
    least = item.replace_strict(known, default=_least(None), return_dtype=pl.Float64)
    return rows.filter(pl.col("short") >= least)
