"""Last month against the plan that was in force on its first day, for every person who answers for a figure."""

from dataclasses import dataclass, field

import polars as pl

from onenumber.demand.known import not_loaded
from onenumber.finance.budget import budget_in_force
from onenumber.measure.service import ServiceRule
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.actuals import actual_money, made, sales, sales_basis, sales_table, stock_at_end
from onenumber.review.figures import FIGURES, kept_or_missed, owned, scopes_of, unknown, weighed
from onenumber.review.ground import Ground
from onenumber.review.kept import service
from onenumber.review.planned import Planned, planned_for


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceRule:
    """Tolerances as shares: how far a figure may be from its plan before its owner has to answer."""

    sales: float = 0.05
    mix: float = 0.20
    production: float = 0.03
    inventory: float = 0.10
    service_missed: float = 0.05
    service: ServiceRule = field(default_factory=ServiceRule)


def make_adherence(*, published: Sheet | None, ground: Ground, rule: AdherenceRule | None = None) -> Sheet:
    """Adherence of the period before ``ground.cycle``: one row per figure and scope.

    ``published`` is the plan of record in force on that period's first day, None where there was none. Columns: figure,
    scope, owner, period, plan, actual, numerator, denominator, value, reason, tolerance, breached, unit. Value is a
    share: attainment (actual / plan) for sales and production, sum(min) / plan for mix, (actual - plan) / plan for
    inventory and budget, lines kept / lines due for service. A value that cannot be known is null with its reason and
    is never breached; so is what rests on facts of which the period has none (``shipments_not_loaded``). A figure
    without an owner says ``no_owner``. ``coverage`` is the share of its cells that could be weighed, null where nothing
    is weighed.
    """
    rule = rule or AdherenceRule()
    period = ground.cycle - 1
    plan = planned_for(period, published=published, ground=ground)
    sold = sales(ground, first=period, end=ground.cycle)
    figures = [
        *_sales(plan, sold, ground, rule),
        *_production(plan, ground, rule),
        _inventory(plan, ground, rule),
        *service(ground, rule=rule.service, tolerance=rule.service_missed),
        _budget(sold, ground),
    ]
    named = [figure.with_columns(pl.lit(period, dtype=pl.Int64).alias("period")) for figure in figures]
    table = _known(pl.concat([pl.DataFrame(schema=FIGURES), *named], how="diagonal"), ground)
    table = owned(table, ground)
    return Sheet(kind=SheetKind.ADHERENCE, tables={"figures": table}, notes=_notes(table, plan, ground, rule))


def _known(table: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """The figures without those that would take facts which were not loaded for a zero; their plan stays."""
    missing = not_loaded(ground.load, company=ground.company, period=ground.frame.calendar[ground.cycle - 1])
    for name, figures in (
        (sales_table(ground), ("sales", "sales_mix", "budget")),
        ("shipments", ("service_requested", "service_confirmed")),
        ("production", ("production", "production_mix")),
    ):
        if name in missing:
            hit = pl.col("figure").is_in(figures) & pl.col("reason").is_in(["", "actual_unknown"])
            table = table.with_columns(
                *(pl.when(~hit).then(column).alias(column) for column in ("actual", "numerator", "value")),
                (pl.col("breached") & ~hit).alias("breached"),
                pl.when(hit).then(pl.lit(f"{name}_not_loaded")).otherwise("reason").alias("reason"),
            )
    return table


def _notes(table: pl.DataFrame, plan: Planned, ground: Ground, rule: AdherenceRule) -> dict[str, str | int | float]:
    early = rule.service.early_days
    return {
        "period": ground.cycle - 1,
        "plan": plan.source,
        "sales_basis": sales_basis(ground),
        "late_days": rule.service.late_days,
        "early_days": "any" if early is None else early,
        "in_full": rule.service.in_full,
        "breached": int(table["breached"].sum()),
        "unknown": table["value"].null_count(),
    }


def _sales(plan: Planned, sold: pl.DataFrame, ground: Ground, rule: AdherenceRule) -> list[pl.DataFrame]:
    scopes = scopes_of("sales", company=ground.company)
    if plan.sales is None:
        return [unknown(name, scopes, "no_published_plan") for name in ("sales", "sales_mix")]
    cells = weighed(
        plan.sales.with_columns(pl.col("division").alias("scope")),
        sold.filter(~pl.col("returned")).with_columns(pl.col("division").alias("scope")),
        keys=["stream", "item"],
        ground=ground,
    )
    return kept_or_missed(cells, scopes, names=("sales", "sales_mix"), tolerances=(rule.sales, rule.mix))


def _production(plan: Planned, ground: Ground, rule: AdherenceRule) -> list[pl.DataFrame]:
    names = ("production", "production_mix")
    scopes = scopes_of("production", company=ground.company)
    output = made(ground, period=ground.cycle - 1)
    if output is None or plan.production is None:
        reason = "no_published_plan" if plan.production is None else "production_not_recorded"
        return [unknown(name, scopes, reason) for name in names]
    cells = weighed(
        plan.production.with_columns(pl.col("site").alias("scope")),
        output.with_columns(pl.col("site").alias("scope")),
        keys=["item", "site"],
        ground=ground,
    )
    return kept_or_missed(cells, scopes, names=names, tolerances=(rule.production, rule.mix))


def _inventory(plan: Planned, ground: Ground, rule: AdherenceRule) -> pl.DataFrame:
    scopes = scopes_of("inventory", company=ground.company)
    if plan.inventory is None:
        return unknown("inventory", scopes, "no_published_plan")
    held = stock_at_end(ground, period=ground.cycle - 1)
    cells = weighed(
        plan.inventory.with_columns(pl.col("site").alias("scope")),
        held.with_columns(pl.col("site").alias("scope")),
        keys=["item", "site"],
        ground=ground,
        families_apart=True,  # a site holds bolts beside pumps: their pieces say nothing together
    )
    counted = held["site"].unique().sort()
    known = kept_or_missed(
        cells.filter(pl.col("scope").is_in(counted.implode())),
        counted,
        names=("inventory",),
        tolerances=(rule.inventory,),
    )[0]
    missing = scopes.filter(~scopes.is_in(counted.implode()))
    return pl.concat([known, unknown("inventory", missing, "stock_not_counted")], how="diagonal")


def _budget(sold: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """Revenue of the month against its budget, per division."""
    period, places = ground.cycle - 1, pl.DataFrame({"place": scopes_of("budget", company=ground.company)})
    budget = budget_in_force(ground.master("budget_lines"), calendar=ground.frame.calendar, decimals=ground.decimals)
    budget = budget.filter((pl.col("account") == "revenue") & (pl.col("period") == period))
    money = actual_money(sold, ground, first=period).filter(
        (pl.col("account") == "revenue") & (pl.col("coverage") == 1.0)
    )
    table = places.join(budget.select("place", "budget"), on="place", how="left")
    table = table.join(money.select("place", "amount"), on="place", how="left").sort("place")
    limits = ground.master("budget_tolerances").filter(pl.col("account") == "revenue")
    own = limits.select("place", pl.col("percent").alias("_own"))
    common = limits.filter(pl.col("place") == "*")["percent"].to_list()
    table = table.join(own, on="place", how="left").with_columns(
        (pl.coalesce("_own", pl.lit(common[0] if common else None, dtype=pl.Float64)) / 100).alias("tolerance")
    )
    return _judged_budget(table, ground)


def _judged_budget(table: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    scale = 10.0**-ground.decimals
    reason = (
        pl.when(pl.col("budget").is_null())
        .then(pl.lit("no_budget"))
        .when(pl.col("amount").is_null())
        .then(pl.lit("actual_unknown"))
        .when(pl.col("budget") == 0)
        .then(pl.lit("nothing_budgeted"))
        .otherwise(pl.lit(""))
    )
    known = pl.col("reason") == ""
    gap = (pl.col("amount") - pl.col("budget")) * scale
    table = table.with_columns(reason.alias("reason"))
    table = table.with_columns(
        pl.when(known).then(gap).alias("numerator"),
        pl.when(known).then(pl.col("budget").abs() * scale).alias("denominator"),
    ).with_columns((pl.col("numerator") / pl.col("denominator")).alias("value"))
    return table.select(
        pl.lit("budget").alias("figure"),
        pl.col("place").alias("scope"),
        (pl.col("budget") * scale).alias("plan"),
        (pl.col("amount") * scale).alias("actual"),
        "numerator", "denominator", "value", "reason", "tolerance",
        (pl.col("value") < -pl.col("tolerance").fill_null(0.0)).fill_null(value=False).alias("breached"),
        pl.lit(ground.frame.currency).alias("unit"),
    )  # fmt: skip
