"""The plant: work centres, their hours and rates, and the vendors of bought goods."""

import datetime as dt

import polars as pl

from examples.adventureworks.source import CURRENCY, EACH, SITE, Source, month_starts, product_labels, year_before

HOURS_A_MONTH = 160
"""Hours of one technician in a month."""
OVERTIME_SHARE = 0.25
"""Assumed: up to a quarter of a work centre's hours can be bought on top."""
OVERTIME_PAY = 1.5
"""Assumed: an hour of overtime costs one and a half times the technicians' hourly pay."""
EVERY_DAY = "1234567"
ROUTE = "main"


def sites() -> pl.DataFrame:
    """One plant; work orders start on every day of the week."""
    return pl.DataFrame({"site": [SITE], "name": ["Plant"], "kind": ["plant"], "workdays": [EVERY_DAY]})


def sourcing_rules() -> pl.DataFrame:
    """The plant serves everyone."""
    return pl.DataFrame({"site": [SITE], "rank": [1]})


def _technicians(source: Source) -> pl.DataFrame:
    """``resource`` and ``BusinessEntityID`` of every production technician."""
    centre = pl.col("JobTitle").str.extract(r"^Production Technician - (WC\d+)$").alias("resource")
    return source["employee"].select("BusinessEntityID", centre).drop_nulls("resource").sort("BusinessEntityID")


def resources(source: Source) -> pl.DataFrame:
    """Work centres with the hours of their technicians (``location.Availability`` is something else)."""
    names = source["location"].select(_centre("LocationID").alias("resource"), pl.col("Name").alias("name"))
    counted = _technicians(source).group_by("resource").len("technicians").sort("resource")
    return counted.join(names, on="resource", how="left", maintain_order="left").select(
        "resource",
        "name",
        pl.lit(SITE).alias("site"),
        (pl.col("technicians") * HOURS_A_MONTH).alias("hours_per_period"),
    )


def _centre(number: str) -> pl.Expr:
    return pl.format("WC{}", number)


def overtime(source: Source, first_cycle: dt.date) -> pl.DataFrame:
    """One step per work centre: an assumption of this example, priced by the pay history."""
    pay = source["employee_pay_history"].filter(pl.col("RateChangeDate") < first_cycle)
    pay = pay.sort("BusinessEntityID", "RateChangeDate").unique("BusinessEntityID", keep="last", maintain_order=True)
    paid = _technicians(source).join(pay, on="BusinessEntityID", how="left", maintain_order="left")
    hourly = paid.group_by("resource", maintain_order=True).agg(pl.col("Rate").mean())
    return (
        resources(source)
        .join(hourly, on="resource", how="left", maintain_order="left")
        .select(
            "resource",
            pl.lit(1).alias("step"),
            (pl.col("hours_per_period") * OVERTIME_SHARE).alias("hours_per_period"),
            (pl.col("Rate") * OVERTIME_PAY).round(2).alias("cost_per_hour"),
            pl.lit(False).alias("needs_decision"),  # noqa: FBT003 - polars takes the literal so
        )
    )


def rates(source: Source) -> pl.DataFrame:
    """Sum of hours over sum of units, per item and work centre, of the orders started in the twelve months before.

    Routing hours are a constant per work order, known when it starts, so the mean of single orders' rates would be
    several times too high. Yield is good units over units started, of the orders that ended in those months; a good
    unit takes the hours of the units started for it. Items without routing have no rate.
    """
    known = pl.concat([_rates_on(source, day) for day in month_starts(source)])
    days = source["product"].select(pl.col("ProductID").alias("product_id"), "DaysToManufacture")
    for other in (product_labels(source), days):
        known = known.join(other, on="product_id", how="left", maintain_order="left")
    return known.sort("item", "location_id", "valid_from").select(
        "item",
        pl.lit(SITE).alias("site"),
        pl.lit(ROUTE).alias("route"),
        _centre("location_id").alias("resource"),
        (pl.col("started_hours") / pl.col("yield").fill_null(1.0)).alias("hours_per_unit"),
        pl.col("yield").alias("yield_share"),
        pl.col("DaysToManufacture").alias("lead_time_days"),
        "valid_from",
    )


def _rates_on(source: Source, day: dt.date) -> pl.DataFrame:
    orders = source["work_order"].with_columns(pl.col("product_id").cast(pl.Int64))
    hours = source["work_order_routing"].select("work_order_id", "location_id", "actual_resource_hrs")
    started = orders.filter(year_before("start_date", day)).join(hours, on="work_order_id")
    of_item = started.sort("work_order_id", "location_id").group_by("product_id", "location_id", maintain_order=True)
    of_started = (pl.col("actual_resource_hrs").sum() / pl.col("order_qty").sum()).alias("started_hours")
    ended = orders.filter(year_before("end_date", day)).group_by("product_id")
    of_ended = (pl.col("stocked_qty").sum() / pl.col("order_qty").sum()).alias("yield")
    joined = of_item.agg(of_started).join(ended.agg(of_ended), on="product_id", how="left", maintain_order="left")
    return joined.with_columns(pl.lit(day).alias("valid_from"))


def vendors(source: Source) -> pl.DataFrame:
    """Everyone bought from."""
    return source["vendor"].select(pl.col("AccountNumber").alias("vendor"), pl.col("Name").alias("name"))


def bought_goods(source: Source) -> pl.DataFrame:
    """Which products are bought from whom in pieces and sold as they are: the ones that can be planned as recorded.

    Materials are bought in cans, cartons and cases of unknown size, one good (the chain) in dozens.
    """
    goods = source["product"].filter((pl.col("MakeFlag") == 0) & (pl.col("FinishedGoodsFlag") == 1)).select("ProductID")
    pieces = pl.col("UnitMeasureCode").str.strip_chars() == EACH
    return source["product_vendor"].filter(pieces).join(goods, on="ProductID", how="semi", maintain_order="left")


def vendor_items(source: Source) -> pl.DataFrame:
    """What active vendors sell of bought goods. Their largest order is no limit of a month, so it is left out."""
    keys = source["vendor"].filter(pl.col("ActiveFlag") == 1)
    keys = keys.select("BusinessEntityID", pl.col("AccountNumber").alias("vendor"))
    sold = bought_goods(source).join(keys, on="BusinessEntityID", maintain_order="left")
    labels = product_labels(source).rename({"product_id": "ProductID"})
    sold = sold.join(labels, on="ProductID", how="left", maintain_order="left")
    return sold.sort("vendor", "item").select(
        "vendor",
        "item",
        pl.lit(SITE).alias("site"),
        pl.col("AverageLeadTime").alias("lead_time_days"),
        pl.col("MinOrderQty").alias("minimum"),
        pl.col("StandardPrice").alias("price"),
        pl.lit(CURRENCY).alias("currency"),
    )
