"""Labels that must be in another table."""

from collections.abc import Iterator
from graphlib import TopologicalSorter

import polars as pl

from onenumber.files.batch import Batch, Contract
from onenumber.files.checks.rows import no_such_row, rows_named
from onenumber.files.faults import FILE, ROW, Fault, Shown
from onenumber.files.names import Spellings
from onenumber.model.contract import Kind, Table
from onenumber.model.contract.column import WHOLE, Places

COMPARED = 100
"""Unknown labels of a column that are compared with the known ones by likeness; it takes some milliseconds each."""


def order_of_tables(contract: Contract) -> tuple[str, ...]:
    """Tables in an order in which what a table refers to comes before it.

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> order = order_of_tables(TABLES)
        >>> order.index("divisions") < order.index("families") < order.index("items") < order.index("order_lines")
        True
    """
    needs = {name: {_table(target) for target in _targets(table)} - {name} for name, table in contract.items()}
    return tuple(TopologicalSorter({name: sorted(targets) for name, targets in needs.items()}).static_order())


def _targets(table: Table) -> Iterator[str]:
    """Every ``table.column`` that the columns of a table may name."""
    for column in table.columns:
        if column.refers_to:
            yield column.refers_to
        if column.places is not None:
            yield from (target for _, named in column.places.of for target in named if target != WHOLE)


def _table(target: str) -> str:
    return target.partition(".")[0]


def check_references(batch: Batch) -> Batch:
    """Refuse rows with a label that is neither loaded nor known, until none is left.

    A row that was refused cannot be referred to; the finding then names it, for it is what has to be put right.
    """
    for name in order_of_tables(batch.contract):
        if name in batch.good:
            batch = _settled(batch, name)
    return batch


def _settled(batch: Batch, name: str) -> Batch:
    table = batch.contract[name]
    while True:
        before = len(batch.good[name])
        for column in table.columns:
            if column.refers_to and column.kind is Kind.LABEL and not _is_implied(batch, _table(column.refers_to)):
                where = batch.good[name][column.name].is_not_null()
                batch = batch.judged(name, _dangling(batch, name, (column.name, (column.refers_to,)), where))
            if column.places is not None:
                batch = _placed(batch, name, column.name, column.places)
        for target, parts in rows_named(table, batch.contract).items():
            if not _is_implied(batch, target):
                batch = batch.judged(name, no_such_row(batch, name, target, parts))
        if len(batch.good[name]) == before or name not in map(_table, _targets(table)):
            return batch


def _is_implied(batch: Batch, target: str) -> bool:
    return batch.contract[target].implied and target not in batch.good and target not in batch.known


def _placed(batch: Batch, name: str, column: str, places: Places) -> Batch:
    """Judge a label that names rows of another table in each row, as the column ``places.by`` says."""
    for value, named in places.of:
        rows = batch.good[name]
        where = (rows[places.by] == value) & rows[column].is_not_null()
        targets = tuple(target for target in named if target != WHOLE)
        if any(_is_implied(batch, _table(target)) for target in targets):
            continue
        if WHOLE in named:
            where &= rows[column] != WHOLE
        if targets:
            batch = batch.judged(name, _dangling(batch, name, (column, targets), where))
        else:
            values: Shown = {"value": rows[column], "by": value, "whole": WHOLE}
            batch = batch.judged(name, (Fault(code="only_the_whole", where=where, column=column, values=values),))
    return batch


def _dangling(batch: Batch, name: str, link: tuple[str, tuple[str, ...]], where: pl.Series) -> tuple[Fault, ...]:
    column, targets = link
    labels = batch.good[name][column]
    there = pl.concat([batch.values(target) for target in targets])
    unknown = where & ~labels.is_in(there.implode())
    if not unknown.any():
        return ()
    refused = _first(pl.concat([_refused(batch, target) for target in targets]))
    refused = labels.to_frame("label").join(refused, on="label", how="left", maintain_order="left")
    found: Shown = {"value": labels, "first": refused[ROW], "first_file": refused[FILE]}
    known = refused[ROW].is_not_null()
    near = near_labels(labels, where=unknown & ~known, known=there)
    missing: Shown = {"value": labels, "target": " or ".join(targets), "near": near}
    return (
        Fault(code="refused_reference", where=unknown & known, column=column, values=found),
        Fault(code="unknown_reference", where=unknown & ~known, column=column, values=missing),
    )


def _refused(batch: Batch, target: str) -> pl.DataFrame:
    """The labels of refused rows of the target, each with its place."""
    name, column = target.split(".")
    rows = batch.refused.get(name, pl.DataFrame(schema={column: pl.String, ROW: pl.Int64, FILE: pl.String}))
    return rows.select(pl.col(column).alias("label"), ROW, FILE)


def _first(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.unique(subset="label", keep="first", maintain_order=True)


def near_labels(labels: pl.Series, *, where: pl.Series, known: pl.Series) -> pl.Series:
    """The known label most like each of those ``where``; empty where none is, or where too many are unknown.

    Example:
        >>> labels = pl.Series(["abc 100", "ABC-200"])
        >>> near_labels(labels, where=pl.Series([True, False]), known=pl.Series(["ABC-100", "ABC-200"])).to_list()
        ['ABC-100', None]
    """
    asked = labels.filter(where).unique(maintain_order=True).to_list()[:COMPARED]
    spellings = Spellings(known.drop_nulls().to_list()) if asked else None
    schema = {"label": pl.String, "near": pl.String}
    near = pl.DataFrame(
        {"label": asked, "near": [spellings.near(label) for label in asked] if spellings else []}, schema=schema
    )
    return labels.to_frame("label").join(near, on="label", how="left", maintain_order="left")["near"]
