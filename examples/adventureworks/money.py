"""Prices as customers paid them before the first cycle, and standard costs."""

import datetime as dt

import polars as pl

from examples.adventureworks.source import CURRENCY, Source, product_labels, with_month


def prices(source: Source, first_cycle: dt.date) -> pl.DataFrame:
    """Net price per item and channel from the first cycle on; the dated list price of the item stands behind it.

    The net price is money over units of the 12 months that end with the last one it was sold in, before the first
    cycle. Nothing later is used.
    """
    sold = with_month(source["sales_order_line"]).filter(pl.col("month") < first_cycle)
    recent = pl.col("month") > pl.col("month").max().over("product_id", "channel").dt.offset_by("-12mo")
    sums = sold.filter(recent).sort("sales_order_id", "line").group_by("product_id", "channel", maintain_order=True)
    paid = sums.agg((pl.col("line_total").sum() / pl.col("order_qty").sum()).alias("price"))
    paid = paid.with_columns(pl.lit(first_cycle).alias("valid_from"))
    listed = source["product_list_price_history"].select(
        pl.col("ProductID").alias("product_id"),
        pl.lit(None, dtype=pl.String).alias("channel"),
        pl.col("ListPrice").alias("price"),
        pl.col("StartDate").alias("valid_from"),
    )
    both = pl.concat([paid, listed.filter(pl.col("valid_from") <= first_cycle)])
    return _labelled(source, both, "item", "channel", "price", "valid_from").sort("item", "channel", "valid_from")


def costs(source: Source) -> pl.DataFrame:
    """Standard cost by date; each row holds until the next. Materials have none."""
    rows = source["product_cost_history"].select(
        pl.col("ProductID").alias("product_id"),
        pl.col("StandardCost").alias("standard_cost"),
        pl.col("StartDate").alias("valid_from"),
    )
    return _labelled(source, rows, "item", "standard_cost", "valid_from").sort("item", "valid_from")


def _labelled(source: Source, rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    joined = rows.join(product_labels(source), on="product_id", how="left", maintain_order="left")
    return joined.select(*columns, pl.lit(CURRENCY).alias("currency"))
