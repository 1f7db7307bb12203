"""Where a fiscal year will land, held against its budget."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.money import to_minor
from onenumber.model.period import Calendar

STOCKS = ("inventory_value",)
"""Accounts that are a level, not a flow: the year lands where its last period stands."""
HIGHER_IS_BETTER = ("revenue", "contribution_margin")
LANDING = pl.Schema(
    {
        "account": pl.String, "place": pl.String, "fiscal_year": pl.Int64, "actual": pl.Int64, "plan": pl.Int64,
        "landing": pl.Int64, "budget": pl.Int64, "gap": pl.Int64, "gap_percent": pl.Float64, "tolerance": pl.Float64,
        "status": pl.String, "reason": pl.String,
    }
)  # fmt: skip
"""Columns of a landing table; amounts in minor units, ``gap_percent`` and ``tolerance`` in %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEnd:
    """The calendar, the first planned period and how many are planned."""

    calendar: Calendar
    cycle: int
    horizon: int

    def years(self) -> pl.DataFrame:
        """The fiscal years the plan touches: fiscal_year, period, past, last (of its year), complete.

        A year is complete when the calendar holds all its periods and the plan reaches its end.
        """
        ends = self.cycle + self.horizon
        planned = sorted({self.calendar[k].fiscal_year for k in range(self.cycle, min(ends, len(self.calendar)))})
        rows = [
            (p.fiscal_year, p.index, p.index < self.cycle) for p in self.calendar.periods if p.fiscal_year in planned
        ]
        table = pl.DataFrame(
            rows, schema={"fiscal_year": pl.Int64, "period": pl.Int64, "past": pl.Boolean}, orient="row"
        )
        last = pl.col("period").max().over("fiscal_year")
        whole = pl.len().over("fiscal_year") == self.calendar.periods_a_year
        return table.with_columns((pl.col("period") == last).alias("last"), (whole & (last < ends)).alias("complete"))


def budget_in_force(lines: pl.DataFrame, *, calendar: Calendar, decimals: int) -> pl.DataFrame:
    """Budget per account, place and period index in minor units, of the version in force.

    The contract has no word for "in force": of several versions the last by its label counts, line by line and period
    by period, so that next year's budget does not take away this year's. Lines outside the calendar are left out.
    """
    if not len(lines):
        return pl.DataFrame(schema={"account": pl.String, "place": pl.String, "period": pl.Int64, "budget": pl.Int64})
    keys = ["account", "place", "period"]
    ordered = lines.sort(*keys, "version", maintain_order=True)
    held = ordered.unique(subset=keys, keep="last", maintain_order=True)
    at = calendar.indices(held["period"].to_numpy().astype("datetime64[D]"))
    minor = to_minor(held["amount"].to_numpy().astype(np.float64), decimals=decimals).minor
    held = held.select("account", "place").with_columns(pl.Series("period", at), pl.Series("budget", minor))
    sums = held.filter(pl.col("period") >= 0).group_by("account", "place", "period").agg(pl.col("budget").sum())
    return sums.sort("account", "place", "period")


def landing(
    *, actual: pl.DataFrame, plan: pl.DataFrame, budget: pl.DataFrame, tolerances: pl.DataFrame, year_end: YearEnd
) -> pl.DataFrame:
    """Per account, place and fiscal year: actual to date + plan = landing, the gap to budget, and its status.

    ``actual`` and ``plan`` are money tables with a row for every period they know; ``budget`` as of
    :func:`budget_in_force`; ``tolerances`` as in the contract. Gap = landing - budget (above is +); gap_percent =
    gap / abs(budget), null for a budget of 0. A year's inventory lands at its last period and has
    no actual to date.

    Status: ``within`` tolerance, ``outside`` on the bad side, ``better`` outside on the good side, ``no_budget``
    (never a good sign), ``unknown``. Without a tolerance every bad gap is outside. ``reason`` says why there is no
    landing, no budget or no tolerance: actual_unknown, plan_unknown, year_not_planned, no_budget, budget_incomplete,
    no_tolerance.
    """
    lines = pl.concat([t.select("account", "place") for t in (plan, budget)]).unique().sort("account", "place")
    cells = lines.join(year_end.years(), how="cross")
    keys = ["account", "place", "period"]
    cells = cells.join(actual.select(*keys, pl.col("amount").alias("_actual")), on=keys, how="left")
    cells = cells.join(plan.select(*keys, pl.col("amount").alias("_plan")), on=keys, how="left")
    cells = cells.join(budget.select(*keys, pl.col("budget").alias("_budget")), on=keys, how="left")
    stock, past = pl.col("account").is_in(STOCKS), pl.col("past")
    cells = cells.filter(~stock | pl.col("last"))
    sums = cells.group_by("account", "place", "fiscal_year").agg(
        _whole(pl.col("_actual"), past).alias("actual"),
        _whole(pl.col("_plan"), ~past).alias("plan"),
        _whole(pl.col("_budget"), pl.lit(value=True)).alias("budget"),
        pl.col("_budget").is_not_null().any().alias("_some_budget"),
        pl.col("complete").all(),
    )
    judged = _judge(_with_tolerance(sums, tolerances)).sort("account", "place", "fiscal_year")
    own = pl.when(pl.col("account").is_in(STOCKS)).then(None).otherwise(pl.col("actual"))
    return judged.with_columns(own.alias("actual")).select(LANDING.names())


def _whole(amount: pl.Expr, wanted: pl.Expr) -> pl.Expr:
    """The sum over the wanted periods; null if one of them is unknown."""
    mine = amount.filter(wanted)
    return pl.when(mine.is_null().any()).then(None).otherwise(mine.sum())


def _with_tolerance(sums: pl.DataFrame, tolerances: pl.DataFrame) -> pl.DataFrame:
    if not len(tolerances):
        return sums.with_columns(pl.lit(None, dtype=pl.Float64).alias("tolerance"))
    own = tolerances.select("account", "place", pl.col("percent").alias("_own"))
    common = tolerances.filter(pl.col("place") == "*").select("account", pl.col("percent").alias("_all"))
    joined = sums.join(own, on=["account", "place"], how="left").join(common, on="account", how="left")
    return joined.with_columns(pl.coalesce("_own", "_all").alias("tolerance"))


def _judge(sums: pl.DataFrame) -> pl.DataFrame:
    known = pl.col("complete") & pl.col("actual").is_not_null() & pl.col("plan").is_not_null()
    landed = pl.when(known).then(pl.col("actual") + pl.col("plan"))
    sums = sums.with_columns(landed.alias("landing"))
    sums = sums.with_columns((pl.col("landing") - pl.col("budget")).alias("gap"))
    percent = pl.when(pl.col("budget") != 0).then(pl.col("gap") * 100.0 / pl.col("budget").abs())
    good = pl.when(pl.col("account").is_in(HIGHER_IS_BETTER)).then(1).otherwise(-1) * pl.col("gap")
    sums = sums.with_columns(percent.alias("gap_percent"), good.alias("_good"))
    far = (pl.col("gap_percent").abs() > pl.col("tolerance")).fill_null(pl.col("_good") != 0)
    status = (
        pl.when(pl.col("budget").is_null())
        .then(pl.lit("no_budget"))
        .when(pl.col("landing").is_null())
        .then(pl.lit("unknown"))
        .when(~far)
        .then(pl.lit("within"))
        .when(pl.col("_good") > 0)
        .then(pl.lit("better"))
        .otherwise(pl.lit("outside"))
    )
    return sums.with_columns(status.alias("status"), _reason().alias("reason"))


def _reason() -> pl.Expr:
    why = {
        "year_not_planned": ~pl.col("complete"),
        "actual_unknown": pl.col("actual").is_null(),
        "plan_unknown": pl.col("plan").is_null(),
        "budget_incomplete": pl.col("budget").is_null() & pl.col("_some_budget"),
        "no_budget": pl.col("budget").is_null(),
        "no_tolerance": pl.col("tolerance").is_null(),
    }
    found = [pl.when(holds).then(pl.lit(code)) for code, holds in why.items()]
    return pl.coalesce(*found, pl.lit(""))


def total_landing(table: pl.DataFrame) -> pl.DataFrame:
    """Landing and budget of the company per account and year: the exact sum of its lines, null if one is unknown."""
    sums = ["actual", "plan", "landing", "budget", "gap"]
    whole = [pl.when(pl.col(n).is_null().any()).then(None).otherwise(pl.col(n).sum()).alias(n) for n in sums]
    return table.group_by("account", "fiscal_year").agg(whole).sort("account", "fiscal_year")
