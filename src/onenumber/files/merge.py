"""Two loads into one: the newest row wins per business key."""

from collections.abc import Mapping

import polars as pl

from onenumber.model.contract import TABLES


def merge(old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables of ``old`` with the rows of ``new``: a row of ``new`` replaces that of the same key, none is lost.

    Tables are sorted by key, so that merging the same load twice changes nothing, not even the order. An empty part
    of a key equals an empty part. Tables of both must have all columns of the contract, as a load gives them.

    Example:
        >>> a = pl.DataFrame({"division": ["A", "B"], "name": ["Alpha", "Beta"]})
        >>> b = pl.DataFrame({"division": ["B", "C"], "name": ["Better", "Gamma"]})
        >>> merge({"divisions": a}, {"divisions": b})["divisions"].rows()
        [('A', 'Alpha'), ('B', 'Better'), ('C', 'Gamma')]
    """
    return {
        name: _merged(name, [t[name] for t in (new, old) if name in t]) for name in TABLES if name in old or name in new
    }


def _merged(name: str, newest_first: list[pl.DataFrame]) -> pl.DataFrame:
    key = list(TABLES[name].key)
    rows = pl.concat(newest_first).unique(subset=key, keep="first", maintain_order=True)
    return rows.sort(key, nulls_last=False, maintain_order=True)
