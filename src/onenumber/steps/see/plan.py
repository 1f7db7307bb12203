"""The published plan and Adherence, as far as others act on them."""

import polars as pl

from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.store.plans import find_cycle


def planned_production(context: Context, period: int, label: str = "") -> pl.DataFrame:
    """What the cycle's published plan makes in a period: item, quantity; empty where nothing is published."""
    sheet = context.sheet(SheetKind.PUBLISHED_PLAN, find_cycle(context.plan, label))
    if sheet is None or not reads(context.actor, Figure.VOLUME):
        return pl.DataFrame(schema={"item": pl.String, "quantity": pl.Float64})
    rows = sheet.table("production").filter(pl.col("period") == period).sort("item", "site")
    return rows.group_by("item", maintain_order=True).agg(pl.col("quantity").sum())


def breaches_of(context: Context, label: str = "") -> tuple[tuple[str, str, str], ...]:
    """Breached figures of a cycle's Adherence that have an owner: figure, scope, owner."""
    sheet = context.sheet(SheetKind.ADHERENCE, find_cycle(context.plan, label))
    if sheet is None or not reads(context.actor, Figure.VOLUME):
        return ()
    rows = sheet.table("figures").filter(pl.col("breached") & pl.col("owner").is_not_null())
    return tuple(rows.select("figure", "scope", "owner").sort("figure", "scope").iter_rows())
