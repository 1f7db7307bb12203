"""Currencies of money that the plan cannot be told in: no rate of the plan holds for them."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.faults import FILE, ROW
from onenumber.model.finding import Finding, Place, Severity
from onenumber.model.rates import PLAN

MONEY = ("prices", "costs", "vendor_items")
"""Tables that a plan reads amounts of, each with its currency."""


def check_rates(batch: Batch) -> Batch:
    """Point at each currency of a table of money that has no plan rate, loaded or known; its rows load all the same."""
    plan = next((held["plan"] for held in (batch.good, batch.known) if len(held.get("plan", ()))), None)
    if plan is None:
        return batch
    rated = {str(plan["currency"][0]), *_rated(batch)}
    found = [finding for name in MONEY if name in batch.good for finding in _without(batch.good[name], rated)]
    return replace(batch, findings=(*batch.findings, *found))


def _rated(batch: Batch) -> Iterator[str]:
    for held in (batch.good, batch.known):
        rates = held.get("currency_rates")
        if rates is not None:
            yield from rates.filter(pl.col("rate_set") == PLAN)["currency"].to_list()


def _without(table: pl.DataFrame, rated: set[str]) -> Iterator[Finding]:
    """One finding per file and currency, at its first row."""
    rows = table.filter(~pl.col("currency").is_in(sorted(rated)))
    for part in rows.partition_by(FILE, "currency", maintain_order=True):
        place = Place(file=part[FILE][0], row=part[ROW][0], column="currency")
        values = {"currency": part["currency"][0], "count": len(part)}
        yield Finding(code="currency_without_rate", severity=Severity.ATTENTION, place=place, values=values)
