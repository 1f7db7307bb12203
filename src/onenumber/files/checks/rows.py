"""Rows of another table that a row names by all parts of their key."""

from collections.abc import Mapping

import polars as pl

from onenumber.files.batch import Batch, Contract
from onenumber.files.checks.duplicates import named
from onenumber.files.faults import FILE, ROW, Fault, Shown
from onenumber.model.contract import Table

FOUND = "_found"


def rows_named(table: Table, contract: Contract) -> dict[str, dict[str, str]]:
    """Tables of whose rows a row names one: each column here with the part of the key that it holds.

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> rows_named(TABLES["shipments"], TABLES)
        {'order_lines': {'order': 'order', 'line': 'line'}}
    """
    links: dict[str, dict[str, str]] = {}
    for column in table.columns:
        if column.refers_to:
            target, part = column.refers_to.split(".")
            links.setdefault(target, {})[column.name] = part
    return {
        target: parts
        for target, parts in links.items()
        if len(parts) > 1 and sorted(parts.values()) == sorted(contract[target].key)
    }


def no_such_row(batch: Batch, name: str, target: str, parts: Mapping[str, str]) -> tuple[Fault, ...]:
    """Faults of the rows of ``name`` whose labels no row of the target has together."""
    own = list(parts)
    rows = batch.good[name].select(own)
    unknown = _found(rows, _keys(batch, target, parts))[FOUND].is_null()
    if not unknown.any():
        return ()
    refused = _found(rows, batch.refused[target].select(*_as(parts), ROW, FILE) if target in batch.refused else None)
    known = refused[FOUND].is_not_null()
    value = named(rows, tuple(own))
    found: Shown = {"value": value, "first": refused[ROW], "first_file": refused[FILE]}
    missing: Shown = {"value": value, "target": target, "columns": " and ".join(own)}
    return (
        Fault(code="refused_reference", where=unknown & known, column=own[-1], values=found),
        Fault(code="unknown_row", where=unknown & ~known, column=own[-1], values=missing),
    )


def _keys(batch: Batch, target: str, parts: Mapping[str, str]) -> pl.DataFrame | None:
    held = [source[target].select(_as(parts)) for source in (batch.good, batch.known) if target in source]
    return pl.concat(held) if held else None


def _as(parts: Mapping[str, str]) -> list[pl.Expr]:
    return [pl.col(part).alias(column) for column, part in parts.items()]


def _found(rows: pl.DataFrame, there: pl.DataFrame | None) -> pl.DataFrame:
    """The rows with the first of those ``there`` that has the same labels, and whether there is one."""
    if there is None:
        there = rows.clear()
    places = there.with_columns(pl.lit(value=True).alias(FOUND))
    for column, kind in ((ROW, pl.Int64()), (FILE, pl.String())):
        if column not in places.columns:
            places = places.with_columns(pl.lit(None, dtype=kind).alias(column))
    first = places.unique(subset=rows.columns, keep="first", maintain_order=True)
    return rows.join(first, on=rows.columns, how="left", maintain_order="left")
