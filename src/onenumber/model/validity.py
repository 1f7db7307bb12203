"""Dated rows: which of them hold on a day."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import polars as pl


def valid_on(table: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """The rows whose half-open validity [valid_from, valid_to) holds ``day``; empty bounds are open.

    Example:
        >>> t = pl.DataFrame({"k": ["a", "b"], "valid_from": [None, dt.date(2026, 5, 1)], "valid_to": [None, None]},
        ...                  schema={"k": pl.String, "valid_from": pl.Date, "valid_to": pl.Date})
        >>> valid_on(t, dt.date(2026, 4, 30))["k"].to_list()
        ['a']
    """
    return _inside(table, [day])


def latest_on(table: pl.DataFrame, day: dt.date, key: list[str]) -> pl.DataFrame:
    """Of the rows that hold on ``day``, the one that began last for each key, sorted by key.

    Example:
        >>> t = pl.DataFrame({"k": ["a", "a"], "v": [1, 2], "valid_from": [None, dt.date(2026, 1, 1)],
        ...                   "valid_to": [None, None]},
        ...                  schema={"k": pl.String, "v": pl.Int64, "valid_from": pl.Date, "valid_to": pl.Date})
        >>> latest_on(t, dt.date(2026, 4, 30), ["k"])["v"].to_list()
        [2]
    """
    ordered = valid_on(table, day).sort([*key, "valid_from"], nulls_last=False, maintain_order=True)
    return ordered.unique(subset=key, keep="last", maintain_order=True)


def spans(days: Sequence[dt.date], *tables: pl.DataFrame) -> list[int]:
    """For each day a number: on days with the same number the same rows of all the dated tables hold.

    Example:
        >>> t = pl.DataFrame({"valid_from": [None, dt.date(2026, 2, 1)], "valid_to": [dt.date(2026, 2, 1), None]},
        ...                  schema={"valid_from": pl.Date, "valid_to": pl.Date})
        >>> spans([dt.date(2026, 1, 1), dt.date(2026, 1, 31), dt.date(2026, 2, 1)], t)
        [0, 0, 1]
    """
    bounds = [table[name].to_numpy() for table in tables for name in ("valid_from", "valid_to")]
    changes = np.unique(np.concatenate([*bounds, np.zeros(0, dtype="datetime64[D]")]))
    changes = changes[~np.isnat(changes)]
    found: list[int] = np.searchsorted(changes, np.array(days, dtype="datetime64[D]"), side="right").tolist()
    return found


def latest_on_each(table: pl.DataFrame, days: Sequence[dt.date], key: list[str]) -> pl.DataFrame:
    """What :func:`latest_on` gives for each of some days, with the place of the day in ``t`` (from 0).

    Example:
        >>> t = pl.DataFrame({"k": ["a"], "valid_from": [dt.date(2026, 2, 1)], "valid_to": [None]},
        ...                  schema={"k": pl.String, "valid_from": pl.Date, "valid_to": pl.Date})
        >>> latest_on_each(t, [dt.date(2026, month, 1) for month in (1, 2, 3)], ["k"])["t"].to_list()
        [1, 2]
    """
    ordered = _inside(table, days).sort([*key, "valid_from"], nulls_last=False, maintain_order=True)
    number = ordered.select(pl.struct(key).rle_id()).to_series().to_numpy()
    begins, ends = (ordered[name].to_numpy().astype("datetime64[D]") for name in ("valid_from", "valid_to"))
    span, held = spans(days, ordered), {}
    for s, day in dict(zip(span, np.array(days, dtype="datetime64[D]"), strict=True)).items():
        rows = np.flatnonzero(~(begins > day) & ~(ends <= day))  # an open bound is neither
        held[s] = rows[np.diff(number[rows].astype(np.int64), append=-1) != 0]
    parts = [held[s] for s in span]
    t = np.repeat(np.arange(len(parts), dtype=np.int64), [len(part) for part in parts])
    return ordered[np.concatenate([t[:0], *parts])].with_columns(pl.Series("t", t))


def _inside(table: pl.DataFrame, days: Sequence[dt.date]) -> pl.DataFrame:
    """The rows that hold on one of the days, and others between them."""
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= max(days, default=dt.date.min))
    open_ended = pl.col("valid_to").is_null() | (pl.col("valid_to") > min(days, default=dt.date.max))
    return table.filter(begun & open_ended)


def as_known_on(table: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """The dated rows as they stood on ``day``, for a rehearsal of the past: later rows and later ends are not known.

    Example:
        >>> t = pl.DataFrame({"v": [1, 2], "valid_from": [None, dt.date(2026, 5, 1)],
        ...                   "valid_to": [dt.date(2026, 5, 1), None]},
        ...                  schema={"v": pl.Int64, "valid_from": pl.Date, "valid_to": pl.Date})
        >>> as_known_on(t, dt.date(2026, 4, 1)).rows()
        [(1, None, None)]
    """
    if "valid_from" not in table.columns:
        return table
    known = table.filter(pl.col("valid_from").is_null() | (pl.col("valid_from") <= day))
    ended = pl.when(pl.col("valid_to") <= day).then(pl.col("valid_to")).otherwise(None).alias("valid_to")
    return known.with_columns(ended)
