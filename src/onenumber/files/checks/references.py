"""Labels that must be in another table."""

from graphlib import TopologicalSorter

import polars as pl

from onenumber.files.batch import Batch, Contract
from onenumber.files.faults import FILE, ROW, Fault, Shown
from onenumber.files.names import Spellings
from onenumber.model.contract import Column, Table

COMPARED = 100
"""Unknown labels of a column that are compared with the known ones by likeness; it takes some milliseconds each."""
SCOPES = {"division": "divisions.division", "site": "sites.site", "patch": "patches.patch"}
"""What a role's scope names, by its kind."""


def order_of_tables(contract: Contract) -> tuple[str, ...]:
    """Tables in an order in which what a table refers to comes before it.

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> order = order_of_tables(TABLES)
        >>> order.index("divisions") < order.index("families") < order.index("items") < order.index("order_lines")
        True
    """
    needs = {name: {_table(c) for c in table.columns if c.refers_to} - {name} for name, table in contract.items()}
    return tuple(TopologicalSorter({name: sorted(targets) for name, targets in needs.items()}).static_order())


def _table(column: Column) -> str:
    return column.refers_to.split(".")[0]


def check_references(batch: Batch) -> Batch:
    """Refuse rows with a label that is neither loaded nor known, until none is left.

    A row that was refused cannot be referred to; the finding then names it, for it is what has to be put right.
    """
    for name in order_of_tables(batch.contract):
        if name in batch.good:
            batch = _settled(batch, name)
    return batch


def _settled(batch: Batch, name: str) -> Batch:
    while True:
        before = len(batch.good[name])
        for column in batch.contract[name].columns:
            if column.refers_to and not _is_implied(batch, _table(column)):
                where = batch.good[name][column.name].is_not_null()
                batch = batch.judged(name, _dangling(batch, name, (column.name, column.refers_to), where))
        if name == "roles":
            batch = _scopes(batch)
        if len(batch.good[name]) == before or not _refers_to_itself(batch.contract[name]):
            return batch


def _is_implied(batch: Batch, target: str) -> bool:
    return batch.contract[target].implied and target not in batch.good and target not in batch.known


def _refers_to_itself(table: Table) -> bool:
    return any(_table(column) == table.name for column in table.columns if column.refers_to)


def _scopes(batch: Batch) -> Batch:
    held = {kind: target for kind, target in SCOPES.items() if not _is_implied(batch, target.split(".")[0])}
    for kind, target in held.items():
        where = batch.good["roles"]["scope_kind"] == kind
        batch = batch.judged("roles", _dangling(batch, "roles", ("scope", target), where))
    return batch


def _dangling(batch: Batch, name: str, link: tuple[str, str], where: pl.Series) -> tuple[Fault, ...]:
    column, target = link
    labels = batch.good[name][column]
    unknown = where & ~labels.is_in(batch.values(target).implode())
    if not unknown.any():
        return ()
    refused = labels.to_frame("label").join(_refused(batch, target), on="label", how="left", maintain_order="left")
    found: Shown = {"value": labels, "first": refused[ROW], "first_file": refused[FILE]}
    known = refused[ROW].is_not_null()
    near = _near(labels.filter(unknown & ~known), batch.values(target))
    close = labels.to_frame("label").join(near, on="label", how="left", maintain_order="left")["near"]
    missing: Shown = {"value": labels, "target": target, "near": close}
    return (
        Fault(code="refused_reference", where=unknown & known, column=column, values=found),
        Fault(code="unknown_reference", where=unknown & ~known, column=column, values=missing),
    )


def _refused(batch: Batch, target: str) -> pl.DataFrame:
    """The labels of refused rows of the target with the first place of each."""
    name, column = target.split(".")
    rows = batch.refused.get(name, pl.DataFrame(schema={column: pl.String, ROW: pl.Int64, FILE: pl.String}))
    return rows.select(pl.col(column).alias("label"), ROW, FILE).unique(
        subset="label", keep="first", maintain_order=True
    )


def _near(unknown: pl.Series, known: pl.Series) -> pl.DataFrame:
    labels = unknown.unique(maintain_order=True).to_list()[:COMPARED]
    spellings = Spellings(known.drop_nulls().to_list())
    schema = {"label": pl.String, "near": pl.String}
    return pl.DataFrame({"label": labels, "near": [spellings.near(label) for label in labels]}, schema=schema)
