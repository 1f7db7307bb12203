"""Half-open ranges of days: empty ones, and those of one key that overlap."""

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.checks.duplicates import named
from onenumber.files.faults import ROW, Fault
from onenumber.model.finding import Severity

RANGES = (("valid_from", "valid_to"), ("start", "end"), ("sold_from", "sold_to"))
"""Columns that hold the first day and the first day after it."""


def check_validity(batch: Batch) -> Batch:
    """Refuse rows that end before or when they begin; point at rows of one key that hold at the same time.

    A row without an end that a later one follows is the usual way to change a value and no finding.
    """
    for name in batch.good:
        for begin, end in RANGES:
            if {begin, end} <= set(batch.good[name].columns):
                batch = batch.judged(name, [_empty(batch.good[name], begin, end)])
        key = batch.contract[name].key
        if "valid_from" in key:
            batch = batch.judged(name, [_overlapping(batch.good[name], key)])
    return batch


def _empty(table: pl.DataFrame, begin: str, end: str) -> Fault:
    where = (table[end] <= table[begin]).fill_null(value=False)
    values = {"begin": table[begin].cast(pl.String), "end": table[end].cast(pl.String)}
    return Fault(code="empty_validity", where=where, column=end, values=values)


def _overlapping(table: pl.DataFrame, key: tuple[str, ...]) -> Fault:
    thing = [column for column in key if column != "valid_from"]
    ordered = table.with_row_index("_at").sort([*thing, "valid_from"], nulls_last=False, maintain_order=True)
    before = ordered.select("_at", "valid_from", pl.col("valid_to", ROW).shift(1).over(thing).name.prefix("before_"))
    before = before.sort("_at")
    values = {
        "key": named(table, tuple(thing)),
        "begin": before["valid_from"].cast(pl.String),
        "end": before["before_valid_to"].cast(pl.String),
        "first": before[f"before_{ROW}"],
    }
    where = (before["before_valid_to"] > before["valid_from"]).fill_null(value=False)
    severity = Severity.ATTENTION
    return Fault(code="overlapping_validity", where=where, column="valid_from", severity=severity, values=values)
