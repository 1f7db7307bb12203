"""Orders, shipments, stock, work orders and purchase orders."""

import datetime as dt

import polars as pl

from examples.adventureworks.source import CURRENCY, SITE, Source, customer_label, product_labels
from examples.adventureworks.supply import bought_goods

REJECTED = 3
"""Status of a purchase order that was rejected."""


def _sales(source: Source) -> pl.DataFrame:
    lines = source["sales_order_line"].join(product_labels(source), on="product_id", how="left", maintain_order="left")
    return lines.sort("sales_order_id", "line").with_columns(pl.format("SO{}", "sales_order_id").alias("order"))


def order_lines(source: Source) -> pl.DataFrame:
    """Every line; all were shipped in the end, so what is open on a day follows from the shipments."""
    return _sales(source).select(
        "order",
        "line",
        customer_label().alias("customer"),
        "item",
        pl.col("order_qty").alias("quantity"),
        pl.col("line_total").alias("amount"),
        pl.lit(CURRENCY).alias("currency"),
        pl.col("order_date").alias("ordered"),
        pl.col("due_date").alias("requested"),
        pl.lit("shipped").alias("status"),
    )


def shipments(source: Source) -> pl.DataFrame:
    """Every line left in one piece, on its ship date."""
    return _sales(source).select(
        pl.col("order").alias("shipment"),
        "order",
        "line",
        pl.col("ship_date").alias("date"),
        pl.col("order_qty").alias("quantity"),
    )


def stock(source: Source) -> pl.DataFrame:
    """Stock at the end of each calendar month: what the ledger says, and what it issued before it left.

    The ledger issues on the order date, a week before the goods leave: the end of March lacks the whole April wave.
    So ``on hand = balance + units ordered until the day and shipped after it``, and none of the ledger's negative
    balances is left. Balances are those of the newest product key of an item; older keys hold phantom units.
    """
    ledger = newest_balances(source)
    left = _ordered_not_left(source).rename({"item": "sku"})
    joined = ledger.join(left, on=["sku", "date"], how="left", maintain_order="left")
    return joined.sort("sku", "date").select(
        pl.col("sku").alias("item"),
        pl.lit(SITE).alias("site"),
        "date",
        pl.lit("free").alias("status"),
        (pl.col("end_balance") + pl.col("not_left").fill_null(0)).alias("quantity"),
    )


def newest_balances(source: Source) -> pl.DataFrame:
    """The ledger's rows of each item's newest product key, with ``date``, the last day of the month."""
    ledger = source["product_inventory_monthly"]
    newest = ledger.filter(pl.col("ProductKey") == pl.col("ProductKey").max().over("sku"))
    return newest.with_columns(pl.col("month").dt.month_end().alias("date"))


def _ordered_not_left(source: Source) -> pl.DataFrame:
    """Units per item that were ordered in a month and shipped after it, at its last day."""
    ordered = _sales(source).with_columns(pl.col("order_date").dt.month_end().alias("date"))
    late = ordered.filter(pl.col("ship_date") > pl.col("date"))
    return late.group_by("item", "date", maintain_order=True).agg(pl.col("order_qty").sum().alias("not_left"))


def _work(source: Source) -> pl.DataFrame:
    orders = source["work_order"].with_columns(
        pl.col("product_id").cast(pl.Int64), pl.format("WO{}", "work_order_id").alias("order")
    )
    return orders.join(product_labels(source), on="product_id", how="left", maintain_order="left").sort("work_order_id")


def production(source: Source) -> pl.DataFrame:
    """Each work order is posted once, on its end date; hours where it ran on one work centre only."""
    steps = source["work_order_routing"].sort("work_order_id", "operation_sequence")
    centres = steps.group_by("work_order_id", maintain_order=True).agg(
        pl.col("location_id").n_unique().alias("centres"),
        pl.col("location_id").first().alias("centre"),
        pl.col("actual_resource_hrs").sum().alias("hours"),
    )
    done = _work(source).join(centres, on="work_order_id", how="left", maintain_order="left")
    one = pl.col("centres") == 1
    return done.select(
        pl.col("order").alias("production"),
        "order",
        "item",
        pl.lit(SITE).alias("site"),
        pl.when(one).then(pl.format("WC{}", "centre")).alias("resource"),
        pl.col("end_date").alias("date"),
        pl.col("stocked_qty").alias("quantity"),
        pl.col("scrapped_qty").alias("scrapped"),
        pl.when(one).then("hours").alias("hours"),
    )


def production_orders(source: Source) -> pl.DataFrame:
    """Every work order as released, due 11 days after its start; what is finished follows from ``production``."""
    return _work(source).select(
        "order",
        "item",
        pl.lit(SITE).alias("site"),
        pl.col("order_qty").alias("quantity"),
        pl.col("start_date").alias("released"),
        pl.col("due_date").alias("due"),
    )


def purchase_orders(source: Source) -> pl.DataFrame:
    """Lines for bought goods; rejected orders are cancelled, the rest closed once due (receipts have no dates)."""
    heads = source["purchase_order_header"].select("PurchaseOrderID", "Status", "OrderDate", "VendorID")
    lines = source["purchase_order_detail"].join(heads, on="PurchaseOrderID", maintain_order="left")
    goods = bought_goods(source).select("ProductID", pl.col("BusinessEntityID").alias("VendorID"))
    lines = lines.join(goods, on=["ProductID", "VendorID"], how="semi", maintain_order="left")
    labels = product_labels(source).rename({"product_id": "ProductID"})
    vendors = source["vendor"].select(pl.col("BusinessEntityID").alias("VendorID"), "AccountNumber")
    lines = lines.join(labels, on="ProductID", how="left", maintain_order="left")
    lines = lines.join(vendors, on="VendorID", how="left", maintain_order="left")
    return lines.sort("PurchaseOrderID", "PurchaseOrderDetailID").select(
        pl.format("PO{}", "PurchaseOrderID").alias("order"),
        pl.col("PurchaseOrderDetailID").alias("line"),
        pl.col("AccountNumber").alias("vendor"),
        "item",
        pl.lit(SITE).alias("site"),
        pl.col("OrderQty").alias("quantity"),
        pl.col("UnitPrice").alias("price"),
        pl.col("OrderDate").alias("ordered"),
        pl.col("DueDate").alias("first_confirmed"),
        pl.col("DueDate").alias("last_confirmed"),
        pl.when(pl.col("Status") == REJECTED).then(pl.lit("cancelled"))
        .when(pl.col("DueDate") > _last_day(source)).then(pl.lit("open")).otherwise(pl.lit("closed")).alias("status"),
    )  # fmt: skip


def _last_day(source: Source) -> dt.date:
    """The last day of the last month that anything was ordered in."""
    day: dt.date = source["sales_order_line"].select(pl.col("order_date").max().dt.month_end()).item()
    return day
