"""Dated rows: which of them hold on a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.period import Days

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]


def valid_on(table: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """The rows whose half-open validity [valid_from, valid_to) holds ``day``; empty bounds are open.

    Example:
        >>> t = pl.DataFrame({"k": ["a", "b"], "valid_from": [None, dt.date(2026, 5, 1)], "valid_to": [None, None]},
        ...                  schema={"k": pl.String, "valid_from": pl.Date, "valid_to": pl.Date})
        >>> valid_on(t, dt.date(2026, 4, 30))["k"].to_list()
        ['a']
    """
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
    open_ended = pl.col("valid_to").is_null() | (pl.col("valid_to") > day)
    return table.filter(begun & open_ended)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What :func:`latest_on` gives for each of ``days`` days: row ``row[n]`` of the table on the day at place ``t[n]``.

    The table keeps the rows that hold on some day, sorted by key; ``key`` numbers the keys. Pairs are in the order of
    the days and, within one, of the keys.
    """

    table: pl.DataFrame
    key: Places
    row: Places
    t: Places
    days: int

    @classmethod
    def of(cls, table: pl.DataFrame, days: Sequence[dt.date] | Days, key: list[str]) -> "Dated":
        """The rows of ``table`` that hold on each of some days, the newest of each key.

        Example:
            >>> t = pl.DataFrame({"k": ["b", "a"], "valid_from": [dt.date(2026, 2, 1), None], "valid_to": [None, None]},
            ...                  schema={"k": pl.String, "valid_from": pl.Date, "valid_to": pl.Date})
            >>> found = Dated.of(t, [dt.date(2026, 1, 1), dt.date(2026, 2, 1)], ["k"])
            >>> found.table["k"].to_list(), found.row.tolist(), found.t.tolist()
            (['a', 'b'], [0, 0, 1], [0, 1, 1])
        """
        number = table.select(pl.struct(key).rank("dense")).to_series().to_numpy()
        since, until = table["valid_from"].to_numpy(), table["valid_to"].to_numpy()
        order = np.lexsort((since.astype(np.int64), number))  # no first day is the least number
        number, since, until = number[order], since[order], until[order]
        each = np.asarray(days, dtype="datetime64[D]")[:, None]
        t, row = np.nonzero((np.isnat(since) | (since <= each)) & (np.isnat(until) | (until > each)))
        newest = np.ones(len(row), dtype=bool)
        newest[:-1] = (t[1:] != t[:-1]) | (number[row[1:]] != number[row[:-1]])
        kept, place = np.unique(row[newest], return_inverse=True)
        keys = np.unique(number[kept], return_inverse=True)[1]
        return cls(table=table[order[kept]], key=keys, row=place, t=t[newest], days=len(days))

    @property
    def holds(self) -> Flags:
        """On which days each row of the table holds, (rows x days)."""
        found = np.zeros((len(self.table), self.days), dtype=bool)
        found[self.row, self.t] = True
        return found

    @property
    def heads(self) -> Places:
        """The first row of each key."""
        return np.unique(self.key, return_index=True)[1]

    def first(self) -> tuple[Places, Places]:
        """For each key the row that holds first, and the place of the day.

        Example:
            >>> t = pl.DataFrame({"k": ["a", "a"], "valid_from": [None, dt.date(2026, 2, 1)], "valid_to": [None, None]},
            ...                  schema={"k": pl.String, "valid_from": pl.Date, "valid_to": pl.Date})
            >>> found = Dated.of(t, [dt.date(2026, 1, 1), dt.date(2026, 2, 1)], ["k"])
            >>> [places.tolist() for places in found.first()]
            [[0], [0]]
        """
        at = np.unique(self.key[self.row], return_index=True)[1]
        return self.row[at], self.t[at]

    def values(self, column: str, *, empty: float = np.nan) -> Values:
        """A column of numbers, one for each pair; ``empty`` where the row says nothing."""
        found = self.table[column].to_numpy().astype(np.float64)
        return np.where(np.isnan(found), empty, found)[self.row]

    def flags(self, column: str) -> Flags:
        """A column of yes or no, one for each row of the table; no where it says nothing."""
        return np.array([value is True for value in self.table[column].to_list()], dtype=bool)


def latest_on_each(table: pl.DataFrame, days: Sequence[dt.date], key: list[str]) -> pl.DataFrame:
    """What :func:`latest_on` gives for each of some days, with the place of the day in ``t`` (from 0).

    Example:
        >>> t = pl.DataFrame({"k": ["a"], "valid_from": [dt.date(2026, 2, 1)], "valid_to": [None]},
        ...                  schema={"k": pl.String, "valid_from": pl.Date, "valid_to": pl.Date})
        >>> latest_on_each(t, [dt.date(2026, month, 1) for month in (1, 2, 3)], ["k"])["t"].to_list()
        [1, 2]
    """
    found = Dated.of(table, days, key)
    return found.table[found.row].with_columns(pl.Series("t", found.t, dtype=pl.Int64))


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
