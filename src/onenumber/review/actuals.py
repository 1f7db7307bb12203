"""What was sold, made and held in past periods, in units and money."""

import datetime as dt

import numpy as np
import polars as pl

from onenumber.demand.known import mappings_of, periods_not_loaded, with_period
from onenumber.demand.streams import with_stream
from onenumber.finance.valuation import MONEY
from onenumber.model.counts import PLANNED_WITH, newest_count
from onenumber.model.money import to_minor
from onenumber.model.rates import ACTUAL, rates_on
from onenumber.review.ground import Ground

SALES = ("stream", "item", "planning_customer", "patch", "channel", "family", "division")


def sales_basis(ground: Ground) -> str:
    """What sales are measured on: ``shipments``, or ``orders`` where the company brings none."""
    return "shipments" if "shipments" in ground.load else "orders"


def sales_table(ground: Ground) -> str:
    """The table of facts that sales are measured on: see :func:`sales_basis`."""
    return "shipments" if sales_basis(ground) == "shipments" else "order_lines"


def without_sales(ground: Ground, *, first: int) -> list[int]:
    """The periods [first, cycle) whose sales were not loaded, and so are unknown."""
    table, calendar, past = sales_table(ground), ground.frame.calendar, range(first, ground.cycle)
    return [*periods_not_loaded(table, ground.load, company=ground.company, calendar=calendar, periods=past)]


def sales(ground: Ground, *, first: int, end: int) -> pl.DataFrame:
    """What was sold in the periods [first, end): one row per shipment (or order line), sorted.

    Columns: stream and its attributes as of the cycle, ``period``, ``quantity``, ``amount`` (minor units, null where
    the order line has no amount or its currency no rate), ``returned``. A return has a negative quantity and is dated
    by its order. What was cancelled does not count; what left of a line before the rest of it was cancelled does.
    """
    lines = ground.facts("order_lines").with_columns(pl.col("amount").alias("money"))
    counted = pl.col("status") != "cancelled"
    if sales_basis(ground) == "orders":
        rows = lines.filter(counted).with_columns(pl.lit(None, dtype=pl.Int64).alias("left"))
    else:
        returns = lines.filter(counted & (pl.col("quantity") < 0))
        rows = pl.concat([_shipped(ground, lines, range(first, end)), returns], how="diagonal")
    rows = with_stream(rows, company=ground.company, as_of=ground.as_of)
    rows = with_period(rows, calendar=ground.frame.calendar, mappings=mappings_of(ground.company))
    rows = rows.with_columns(pl.coalesce("left", "period").alias("period"))
    rows = rows.filter((pl.col("period") >= first) & (pl.col("period") < end)).sort(
        "order", "line", "period", maintain_order=True
    )
    rows = _in_currency(rows, ground, range(first, end))
    return rows.select(*SALES, "period", "quantity", "amount", (pl.col("quantity") < 0).alias("returned"))


def _shipped(ground: Ground, lines: pl.DataFrame, periods: range) -> pl.DataFrame:
    """What left of some order lines in some periods, a row per shipment, with the period in ``left``."""
    sent = ground.facts("shipments").select("order", "line", pl.col("quantity").alias("sent"), "date")
    left = ground.frame.calendar.indices(sent["date"].to_numpy().astype("datetime64[D]"))
    sent = sent.drop("date").with_columns(pl.Series("left", left)).filter(pl.col("left").is_in(periods))
    rows = lines.filter(pl.col("quantity") > 0).join(
        sent, on=["order", "line"], how="inner", maintain_order="left_right"
    )
    money = (pl.col("money") * (pl.col("sent") / pl.col("quantity"))).alias("money")
    return rows.with_columns(money, pl.col("sent").alias("quantity")).drop("sent")


def _in_currency(rows: pl.DataFrame, ground: Ground, periods: range) -> pl.DataFrame:
    """Money in plan currency at the actual rate of its period; an unknown rate makes it unknown."""
    own = pl.col("currency").is_null() | (pl.col("currency") == ground.frame.currency)
    days = [ground.frame.calendar[k].start for k in periods]
    rates = rates_on(ground.company, days=days, rate_set=ACTUAL, currency=ground.frame.currency)
    rates = rates.select((pl.col("t") + periods.start).alias("period"), "currency", "rate")
    joined = rows.join(rates, on=["period", "currency"], how="left", maintain_order="left")
    money = joined.select(pl.when(own).then(pl.col("money")).otherwise(pl.col("money") * pl.col("rate"))).to_series()
    minor = to_minor(money.cast(pl.Float64).fill_null(np.nan).to_numpy(), decimals=ground.decimals)
    amount = pl.Series("amount", minor.minor)
    known = pl.Series("known", minor.known, dtype=pl.Boolean)
    return rows.with_columns(amount, known).with_columns(
        pl.when(pl.col("known")).then(pl.col("amount")).alias("amount")
    )


def actual_money(sold: pl.DataFrame, ground: Ground, *, first: int) -> pl.DataFrame:
    """Revenue and contribution margin per division of every period [first, cycle), as a money table.

    ``sold`` is of those periods: see :func:`sales`. Every division has a row for every period since the first order of
    all; nothing sold is then a true zero, and before it nothing is known. What was not loaded is not known either: it
    has no amount and no coverage. Revenue is net of returns. Margin takes the variable cost of the period; what has no
    cost lowers its coverage.
    """
    past = range(max(first, _first_order(ground)), ground.cycle)
    rows = sold.join(_costs(ground, sold, past), on=["item", "period"], how="left", maintain_order="left")
    spent = to_minor((rows["quantity"] * rows["cost"].fill_null(np.nan)).to_numpy(), decimals=ground.decimals)
    margin = pl.when(pl.Series(spent.known)).then(pl.col("amount") - pl.Series(spent.minor))
    sums = (
        rows.with_columns(margin.alias("margin"))
        .group_by(pl.col("division").alias("place"), "period")
        .agg(pl.col("amount", "margin").sum(), pl.col("amount", "margin").is_not_null().mean().name.suffix("_coverage"))
    )
    grid = ground.company["divisions"].select(pl.col("division").alias("place"))
    grid = grid.join(pl.DataFrame({"period": past}, schema={"period": pl.Int64}), how="cross")
    table = grid.join(sums, on=["place", "period"], how="left").sort("place", "period")
    loaded = ~pl.col("period").is_in(without_sales(ground, first=past.start))
    table = table.with_columns(pl.when(loaded).then(pl.col("^.*_coverage$").fill_null(1.0)).otherwise(0.0))
    return pl.concat([_account(table, "revenue", "amount"), _account(table, "contribution_margin", "margin")])


def _first_order(ground: Ground) -> int:
    """The period of the first order line; the cycle where there is none."""
    days = ground.facts("order_lines")["ordered"].drop_nulls()
    first = days.min()
    if not isinstance(first, dt.date):
        return ground.cycle
    return max(int(ground.frame.calendar.indices(np.array([first], dtype="datetime64[D]"))[0]), 0)


def _costs(ground: Ground, rows: pl.DataFrame, past: range) -> pl.DataFrame:
    """item, period, cost: the variable cost of what was sold, null where it is not known."""
    items = np.array(rows["item"].unique().sort().to_list(), dtype=np.str_)
    cost = ground.costs.of(items, column="variable_cost", periods=past)
    table = {"item": items.repeat(len(past)).tolist(), "period": [*past] * len(items), "cost": cost.ravel()}
    schema = {"item": pl.String, "period": pl.Int64, "cost": pl.Float64}
    return pl.DataFrame(table, schema=schema).with_columns(pl.col("cost").fill_nan(None))


def _account(table: pl.DataFrame, account: str, column: str) -> pl.DataFrame:
    sold = pl.col(f"{column}_coverage")
    return table.select(
        pl.lit(account).alias("account"),
        "place",
        "period",
        pl.when(sold > 0).then(pl.col(column).fill_null(0)).alias("amount"),
        sold.alias("coverage"),
    ).cast(MONEY)


def stock_at_end(ground: Ground, *, period: int) -> pl.DataFrame:
    """Stock per item and site at the end of a period as a plan would open on it: item, site, quantity.

    It is what was counted on the newest day of each site in the period, without what is blocked, which no plan holds: a
    site that was not counted in the period has no rows, and what is all blocked has a row of 0.
    """
    span = ground.frame.calendar[period]
    counts = ground.facts("stock").filter((pl.col("date") >= span.start) & (pl.col("date") < span.end))
    last = newest_count(counts).sort("item", "site", "status", "date")
    usable = pl.col("quantity") * pl.col("status").is_in(PLANNED_WITH)
    return last.group_by("item", "site", maintain_order=True).agg(usable.sum())


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
