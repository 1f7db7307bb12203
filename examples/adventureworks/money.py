"""Prices as customers paid them, and standard costs."""

import datetime as dt

import polars as pl

from examples.adventureworks.source import CURRENCY, Source, month_starts, product_labels, with_month, year_before


def prices(source: Source) -> pl.DataFrame:
    """Net price per item and channel, renewed every month; the dated list price of the item stands behind it.

    The net price is money over units of the twelve months before the month it holds from; where nothing was sold in
    them, the one before goes on.
    """
    sold = with_month(source["sales_order_line"]).sort("sales_order_id", "line")
    paid = pl.concat([_net(sold.filter(year_before("month", day)), day) for day in month_starts(source)])
    listed = source["product_list_price_history"].select(
        pl.col("ProductID").alias("product_id"),
        pl.lit(None, dtype=pl.String).alias("channel"),
        pl.col("ListPrice").alias("price"),
        pl.col("StartDate").alias("valid_from"),
    )
    rows = _labelled(source, pl.concat([paid, listed]), "item", "channel", "price", "valid_from")
    return rows.sort("item", "channel", "valid_from")


def _net(sold: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    sums = sold.group_by("product_id", "channel", maintain_order=True)
    price = (pl.col("line_total").sum() / pl.col("order_qty").sum()).alias("price")
    return sums.agg(price).with_columns(pl.lit(day).alias("valid_from"))


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
