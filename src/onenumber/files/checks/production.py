"""Production postings that name an order which was not released."""

import polars as pl

from onenumber.files.batch import Batch
from onenumber.files.checks.references import near_labels
from onenumber.files.faults import Fault
from onenumber.model.finding import Severity

MADE, ORDERS = "production", "production_orders"


def check_production(batch: Batch) -> Batch:
    """Point at postings on an order that is not known: they count as made, and the order they mean stays to come.

    What was made before the first known release may be of an order that was closed before the list began; without
    any released order there is nothing that could stay to come.
    """
    held = [source[ORDERS].select("order", "released") for source in (batch.good, batch.known) if ORDERS in source]
    if MADE not in batch.good or not held:
        return batch
    orders, made = pl.concat(held), batch.good[MADE]
    unknown = made["order"].is_not_null() & ~made["order"].is_in(orders["order"].implode())
    since = (made["date"] >= orders["released"].min()).fill_null(value=False)
    where = unknown & since
    near = near_labels(made["order"], where=where, known=orders["order"])
    values = {"value": made["order"], "near": near}
    fault = Fault(
        code="unknown_production_order", where=where, column="order", severity=Severity.ATTENTION, values=values
    )
    return batch.judged(MADE, [fault])
