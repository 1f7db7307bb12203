"""A supply plan in money: every account that the plan touches, per place and period."""

import polars as pl

from onenumber.finance.budget import LANDING, YearEnd, budget_in_force, landing
from onenumber.finance.prices import stream_prices
from onenumber.finance.valuation import cost_money, sales_money, stock_money
from onenumber.model.axis import Axis
from onenumber.model.cube import Values
from onenumber.model.sheet import Sheet
from onenumber.review.actuals import actual_money, sales
from onenumber.review.ground import Ground

COST_ACCOUNTS = ("overtime_cost", "expedite_cost")


def unit_price(plan: Sheet, ground: Ground) -> Values:
    """Price of a unit per stream and period of the plan, NaN where unknown."""
    axis, company = plan.cube("shipped").axis, ground.company
    return ground.once(
        "price", axis,
        lambda: stream_prices(company=company, axis=axis, periods=ground.periods, currency=ground.frame.currency),
    )  # fmt: skip


def unit_cost(plan: Sheet, ground: Ground) -> Values:
    """Variable cost of a unit per stream and period of the plan, NaN where unknown."""
    return _cost(plan.cube("shipped").axis, ground, "variable_cost")


def stock_cost(plan: Sheet, ground: Ground) -> Values:
    """Standard cost of a unit per cell and period of the plan, NaN where unknown."""
    return _cost(plan.cube("stock").axis, ground, "standard_cost")


def _cost(axis: Axis, ground: Ground, column: str) -> Values:
    items = axis.attributes["item"]
    return ground.once(column, axis, lambda: ground.costs.of(items, column=column, periods=ground.horizon))


def plan_money(plan: Sheet, ground: Ground) -> pl.DataFrame:
    """Revenue and margin per division; inventory value, overtime and expedite cost per site, of every period.

    Amounts are whole minor units: the exact sum of the plan's cells. A plan without overtime costs a true zero at every
    site that could work it; it plans no expediting, so that account has no rows.
    """
    price, cost = unit_price(plan, ground), unit_cost(plan, ground)
    tables = [
        sales_money(shipped=plan.cube("shipped"), price=price, cost=cost, decimals=ground.decimals),
        stock_money(stock=plan.cube("stock"), cost=stock_cost(plan, ground), decimals=ground.decimals),
        cost_money("overtime_cost", _overtime(plan, ground), decimals=ground.decimals),
    ]
    return pl.concat(tables)


def _overtime(plan: Sheet, ground: Ground) -> pl.DataFrame:
    axis = plan.cube("overtime_hours").axis
    site_of = pl.DataFrame({"resource": axis.keys, "place": axis.attributes["site"]})
    rows = plan.table("overtime").select("resource", pl.col("period").cast(pl.Int64), "cost")
    spent = rows.join(site_of, on="resource", how="left", maintain_order="left").select("place", "period", "cost")
    grid = site_of.select("place").unique().sort("place")
    grid = grid.join(pl.DataFrame({"period": [p.index for p in ground.periods]}), how="cross")
    return pl.concat(
        [grid.with_columns(pl.lit(0.0).alias("cost")), spent.with_columns(pl.col("cost").cast(pl.Float64))]
    )


def plan_landing(money: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """Landing of every fiscal year the plan touches, against the budget: see :func:`onenumber.finance.budget.landing`.

    What overtime and expediting cost so far is in no fact table: once a year is under way their landing is unknown, as
    is that of sales once a month of theirs was not loaded.
    """
    calendar = ground.frame.calendar
    year_end = YearEnd(calendar=calendar, cycle=ground.cycle, horizon=ground.frame.horizon)
    budget = budget_in_force(ground.master("budget_lines"), calendar=calendar, decimals=ground.decimals)
    first = calendar.fiscal_year_of(ground.cycle).start
    actual = actual_money(sales(ground, first=first, end=ground.cycle), ground, first=first)
    table = landing(
        actual=actual, plan=money, budget=budget, tolerances=ground.master("budget_tolerances"), year_end=year_end
    )
    return table.cast(LANDING)


def with_budget(money: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """A money table beside its budget: account, place, period, amount, budget (null where there is no line)."""
    budget = budget_in_force(ground.master("budget_lines"), calendar=ground.frame.calendar, decimals=ground.decimals)
    keys = ["account", "place", "period"]
    joined = money.join(budget, on=keys, how="left", maintain_order="left")
    return joined.select(*keys, "amount", "budget")
