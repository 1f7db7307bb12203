"""The running month: what was ordered, shipped, made and received of it so far, beside what the plan in force says."""

import datetime as dt

import polars as pl

from onenumber.demand.known import mappings_of, with_period
from onenumber.demand.streams import with_stream
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground

ORDERS, SHIPMENTS, PRODUCTION, RECEIPTS = "orders", "shipments", "production", "receipts"
MEASURES = (ORDERS, SHIPMENTS, PRODUCTION, RECEIPTS)
TABLE_OF = {ORDERS: "order_lines", SHIPMENTS: "shipments", PRODUCTION: "production", RECEIPTS: "receipts"}
"""The facts that each is read from."""
DATED = {ORDERS: "ordered", SHIPMENTS: "date", PRODUCTION: "date", RECEIPTS: "date"}
"""The day of such a fact."""
_TAIL = {"unit": pl.String, "date": pl.Date, "quantity": pl.Float64}
SOLD = pl.Schema(
    {"measure": pl.String, "stream": pl.String, "item": pl.String, "division": pl.String, "patch": pl.String, **_TAIL}
)
MADE = pl.Schema({"measure": pl.String, "item": pl.String, "site": pl.String, **_TAIL})
EARLIEST = 40
"""Days around a month within which a requested day may still count in it by its channel's rule."""


def sold_table(published: Sheet | None, ground: Ground) -> pl.DataFrame:
    """Orders and shipments of the cycle's period by stream: what is planned (no date), and what came (its day).

    Orders are held against what was asked, shipments against what the plan ships. An order that came before the
    period counts on its own day. What was cancelled and returns count in neither.
    """
    booked = _lines(ground).filter(pl.col("period") == ground.cycle).with_columns(pl.col("ordered").alias("date"))
    parts = [_of_streams(booked, ORDERS), _of_streams(_shipped(ground), SHIPMENTS)]
    if published is not None:
        for name, measure, column in (("promises", ORDERS, "asked"), ("sales", SHIPMENTS, "quantity")):
            rows = published.table(name).filter(pl.col("period") == ground.cycle)
            parts.append(_of_streams(rows.with_columns(pl.col(column).alias("quantity")), measure))
    return _with_unit(pl.concat(parts), ground).select(SOLD.names()).cast(SOLD)


def made_table(published: Sheet | None, ground: Ground) -> pl.DataFrame:
    """Production and receipts of the cycle's period by item and site: what is planned (no date), and what came.

    Receipts are held against what vendors confirm for the period.
    """
    span = ground.frame.calendar[ground.cycle]
    inside = (pl.col("date") >= span.start) & (pl.col("date") < span.end)
    made = ground.facts("production").filter(inside).select("item", "site", "date", "quantity")
    bought = ground.facts("purchase_orders").select("order", "line", "item", "site")
    got = ground.facts("receipts").filter(inside).join(bought, on=["order", "line"], how="inner", maintain_order="left")
    parts = [_at_sites(made, PRODUCTION), _at_sites(got, RECEIPTS), _at_sites(_due(ground), RECEIPTS)]
    if published is not None:
        rows = published.table("production").filter(pl.col("period") == ground.cycle)
        parts.append(_at_sites(rows, PRODUCTION))
    return _with_unit(pl.concat(parts), ground).select(MADE.names()).cast(MADE)


def loaded_until(ground: Ground) -> dict[str, dt.date]:
    """The newest day of the cycle's period that each measure has a fact of; nothing where it has none."""
    span = ground.frame.calendar[ground.cycle]
    found = {}
    for measure in MEASURES:
        days = ground.facts(TABLE_OF[measure])[DATED[measure]]
        newest = days.filter((days >= span.start) & (days < span.end)).max()
        if isinstance(newest, dt.date):
            found[measure] = newest
    return found


def _lines(ground: Ground) -> pl.DataFrame:
    """The order lines wanted around the cycle's period, with their streams and period."""
    span, around = ground.frame.calendar[ground.cycle], dt.timedelta(days=EARLIEST)
    wanted = pl.col("requested").is_between(span.start - around, span.end + around)
    near = wanted | pl.col("ordered").is_between(span.start - around, span.end + around)
    lines = ground.facts("order_lines").filter((pl.col("status") != "cancelled") & (pl.col("quantity") > 0) & near)
    placed = with_stream(lines, company=ground.company, as_of=ground.as_of)
    return with_period(placed, calendar=ground.frame.calendar, mappings=mappings_of(ground.company))


def _shipped(ground: Ground) -> pl.DataFrame:
    """What left in the cycle's period, with its streams; what came back is none of it."""
    span = ground.frame.calendar[ground.cycle]
    inside = (pl.col("date") >= span.start) & (pl.col("date") < span.end) & (pl.col("quantity") > 0)
    sent = ground.facts("shipments").filter(inside).select("order", "line", "date", "quantity")
    lines = ground.facts("order_lines").filter(pl.col("quantity") > 0).select("order", "line", "item", "customer")
    rows = sent.join(lines, on=["order", "line"], how="inner", maintain_order="left")
    return with_stream(rows, company=ground.company, as_of=ground.as_of)


def _of_streams(rows: pl.DataFrame, measure: str) -> pl.DataFrame:
    wanted = ("stream", "item", "division", "patch")
    return _dated(rows).select(pl.lit(measure).alias("measure"), *wanted, "date", "quantity")


def _at_sites(rows: pl.DataFrame, measure: str) -> pl.DataFrame:
    return _dated(rows).select(pl.lit(measure).alias("measure"), "item", "site", "date", "quantity")


def _dated(rows: pl.DataFrame) -> pl.DataFrame:
    """What is planned has no day."""
    return rows if "date" in rows.columns else rows.with_columns(pl.lit(None, dtype=pl.Date).alias("date"))


def _due(ground: Ground) -> pl.DataFrame:
    """What vendors confirm for the period, or owe from before it, less what had come by its first day."""
    span = ground.frame.calendar[ground.cycle]
    orders = ground.facts("purchase_orders").filter(pl.col("status") != "cancelled")
    before = ground.facts("receipts").filter(pl.col("date") < span.start)
    got = before.group_by("order", "line").agg(pl.col("quantity").sum().alias("got"))
    orders = orders.join(got, on=["order", "line"], how="left", maintain_order="left")
    open_then = (pl.col("status") == "open") | (pl.coalesce("last_confirmed", "first_confirmed") >= span.start)
    due = pl.coalesce("last_confirmed", "first_confirmed")
    still = (pl.col("quantity") - pl.col("got").fill_null(0.0)).alias("quantity")
    rows = orders.filter(open_then & (due < span.end)).with_columns(still)
    return rows.filter(pl.col("quantity") > 0).select("item", "site", "quantity")


def _with_unit(table: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    units = ground.master("items").select("item", "unit")
    return table.join(units, on="item", how="left", maintain_order="left").with_columns(pl.col("unit").fill_null(""))
