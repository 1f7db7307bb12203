"""What was sold, made and held in past periods, in units and money."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import polars as pl

from onenumber.demand.known import mappings_of, with_period
from onenumber.demand.streams import with_stream
from onenumber.finance.prices import item_costs
from onenumber.finance.valuation import MONEY
from onenumber.model.money import to_minor
from onenumber.model.period import Period
from onenumber.model.validity import latest_on
from onenumber.review.ground import Ground

SALES = ("stream", "item", "planning_customer", "patch", "channel", "family", "division")


def sales_basis(ground: Ground) -> str:
    """What sales are measured on: ``shipments``, or ``orders`` where the company brings none."""
    return "shipments" if "shipments" in ground.load else "orders"


def sales(ground: Ground, *, first: int, end: int) -> pl.DataFrame:
    """What was sold in the periods [first, end): one row per shipment (or order line), sorted.

    Columns: stream and its attributes as of the cycle, ``period``, ``quantity``, ``amount`` (minor units, null where
    the order line has no amount or its currency no rate), ``returned``. A return has a negative quantity and is dated
    by its order. What was cancelled does not count; what left of a line before the rest of it was cancelled does.
    """
    every = with_stream(ground.facts("order_lines"), company=ground.company, as_of=ground.as_of)
    lines = every.filter(pl.col("status") != "cancelled")
    by_order = with_period(lines, calendar=ground.frame.calendar, mappings=mappings_of(ground.company))
    if sales_basis(ground) == "orders":
        rows = by_order.with_columns(pl.col("amount").alias("money"))
    else:
        returns = by_order.filter(pl.col("quantity") < 0).with_columns(pl.col("amount").alias("money"))
        rows = pl.concat([_shipped(ground, every), returns], how="diagonal")
    rows = rows.filter((pl.col("period") >= first) & (pl.col("period") < end)).sort(
        "order", "line", "period", maintain_order=True
    )
    rows = _in_currency(rows, ground, range(first, end))
    return rows.select(*SALES, "period", "quantity", "amount", (pl.col("quantity") < 0).alias("returned"))


def _shipped(ground: Ground, lines: pl.DataFrame) -> pl.DataFrame:
    sent = ground.facts("shipments").select("order", "line", "date", pl.col("quantity").alias("sent"))
    rows = lines.filter(pl.col("quantity") > 0).join(
        sent, on=["order", "line"], how="inner", maintain_order="left_right"
    )
    period = ground.frame.calendar.indices(rows["date"].to_numpy().astype("datetime64[D]"))
    money = (pl.col("amount") * (pl.col("sent") / pl.col("quantity"))).alias("money")
    return rows.with_columns(pl.Series("period", period), money, pl.col("sent").alias("quantity")).drop("sent", "date")


def _in_currency(rows: pl.DataFrame, ground: Ground, periods: Sequence[int]) -> pl.DataFrame:
    """Money in plan currency at the actual rate of its period; an unknown rate makes it unknown."""
    own = pl.col("currency").is_null() | (pl.col("currency") == ground.frame.currency)
    joined = rows.join(_rates(ground, periods), on=["period", "currency"], how="left", maintain_order="left")
    money = joined.select(pl.when(own).then(pl.col("money")).otherwise(pl.col("money") * pl.col("rate"))).to_series()
    minor = to_minor(money.cast(pl.Float64).fill_null(np.nan).to_numpy(), decimals=ground.decimals)
    amount = pl.Series("amount", minor.minor)
    known = pl.Series("known", minor.known, dtype=pl.Boolean)
    return rows.with_columns(amount, known).with_columns(
        pl.when(pl.col("known")).then(pl.col("amount")).alias("amount")
    )


def _rates(ground: Ground, periods: Sequence[int]) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"period": pl.Int64, "currency": pl.String, "rate": pl.Float64})
    held = ground.master("currency_rates").filter(pl.col("rate_set") == "actual")
    on_first = [
        latest_on(held, ground.frame.calendar[k].start, ["currency"]).select(
            pl.lit(k, dtype=pl.Int64).alias("period"), "currency", "rate"
        )
        for k in periods
        if len(held)
    ]
    return pl.concat([empty, *on_first])


def actual_money(ground: Ground, *, first: int) -> pl.DataFrame:
    """Revenue and contribution margin per division of every period [first, cycle), as a money table.

    Every division has a row for every period since the first order of all; nothing sold is then a true zero, and before
    it nothing is known. Revenue is net of returns. Margin takes the
    variable cost of the period; what has no cost lowers its coverage.
    """
    past = ground.frame.calendar.periods[max(first, _first_order(ground)) : ground.cycle]
    rows = sales(ground, first=first, end=ground.cycle)
    rows = rows.join(_costs(ground, rows, past), on=["item", "period"], how="left", maintain_order="left")
    spent = to_minor((rows["quantity"] * rows["cost"].fill_null(np.nan)).to_numpy(), decimals=ground.decimals)
    margin = pl.when(pl.Series(spent.known)).then(pl.col("amount") - pl.Series(spent.minor))
    rows = rows.with_columns(margin.alias("margin"))
    grid = ground.company["divisions"].select(pl.col("division").alias("place"))
    grid = grid.join(pl.DataFrame({"period": [p.index for p in past]}, schema={"period": pl.Int64}), how="cross")
    return pl.concat([_account(rows, grid, "revenue", "amount"), _account(rows, grid, "contribution_margin", "margin")])


def _first_order(ground: Ground) -> int:
    """The period of the first order line; the cycle where there is none."""
    days = ground.facts("order_lines")["ordered"].drop_nulls()
    first = days.min()
    if not isinstance(first, dt.date):
        return ground.cycle
    return max(int(ground.frame.calendar.indices(np.array([first], dtype="datetime64[D]"))[0]), 0)


def _costs(ground: Ground, rows: pl.DataFrame, past: Sequence[Period]) -> pl.DataFrame:
    items = np.array(rows["item"].unique().sort().to_list(), dtype=np.str_)
    if not len(items) or not len(past):
        return pl.DataFrame(schema={"item": pl.String, "period": pl.Int64, "cost": pl.Float64})
    cost = item_costs(
        company=ground.company, items=items, periods=past, currency=ground.frame.currency, column="variable_cost"
    )
    return pl.DataFrame(
        {"item": np.repeat(items, len(past)), "period": [p.index for p in past] * len(items), "cost": cost.ravel()}
    ).with_columns(pl.col("cost").fill_nan(None))


def _account(rows: pl.DataFrame, grid: pl.DataFrame, account: str, column: str) -> pl.DataFrame:
    sums = rows.group_by(pl.col("division").alias("place"), "period").agg(
        pl.col(column).sum().alias("amount"), pl.col(column).is_not_null().mean().alias("coverage")
    )
    table = grid.join(sums, on=["place", "period"], how="left").sort("place", "period")
    sold = pl.col("coverage").fill_null(1.0)
    return table.select(
        pl.lit(account).alias("account"),
        "place",
        "period",
        pl.when(sold > 0).then(pl.col("amount").fill_null(0)).alias("amount"),
        sold.alias("coverage"),
    ).cast(MONEY)


def stock_at_end(ground: Ground, *, period: int) -> pl.DataFrame:
    """Stock per item and site at the end of a period, all statuses: item, site, quantity.

    It is the last count of each item, site and status no later than the period's last day, and no older than the
    period's first: a site that was not counted in the period has no rows.
    """
    span = ground.frame.calendar[period]
    counts = ground.facts("stock").filter((pl.col("date") >= span.start) & (pl.col("date") < span.end))
    last = counts.sort("item", "site", "status", "date").unique(
        subset=["item", "site", "status"], keep="last", maintain_order=True
    )
    return last.group_by("item", "site", maintain_order=True).agg(pl.col("quantity").sum())


def made(ground: Ground, *, period: int) -> pl.DataFrame | None:
    """Good units made per item and site in a period; None where the company records no production."""
    if "production" not in ground.load:
        return None
    span = ground.frame.calendar[period]
    rows = ground.load["production"].filter((pl.col("date") >= span.start) & (pl.col("date") < span.end))
    return (
        rows.sort("item", "site", "production")
        .group_by("item", "site", maintain_order=True)
        .agg(pl.col("quantity").sum())
    )
