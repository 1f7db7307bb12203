"""The plan of record: what everyone gets back from the month."""

import polars as pl

from onenumber.model.cube import alike
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.ground import Ground
from onenumber.review.money import plan_money, with_budget
from onenumber.review.promises import STREAM, cells_table, promises

ASSUMPTIONS = pl.Schema({"assumption": pl.String, "place": pl.String, "value": pl.String})


def make_published(*, final_plan: Sheet, decision: Sheet, ground: Ground) -> Sheet:
    """PublishedPlan from the final supply plan and the decisions it carries.

    Tables: ``promises`` (see :func:`onenumber.review.promises.promises`), ``sales`` (what is planned to leave per
    stream and period, backlog included), ``production``, ``purchases`` (``period`` is the period of ordering),
    ``inventory``, ``money`` beside budget in minor units, ``decisions`` and ``assumptions``. It never changes again.
    """
    money = plan_money(final_plan, ground)
    kept, units = promises(final_plan), final_plan.cube("demand").units
    purchases = final_plan.table("purchase_plan").rename({"period_ordered": "period"})
    return Sheet(
        kind=SheetKind.PUBLISHED_PLAN,
        tables={
            "promises": kept,
            "sales": cells_table(final_plan.cube("shipped"), ("stream", *STREAM)),
            "production": cells_table(final_plan.cube("production"), ("item", "site")),
            "purchases": purchases.select("vendor", "item", "site", pl.col("period").cast(pl.Int64), "quantity"),
            "inventory": cells_table(final_plan.cube("stock"), ("item", "site")),
            "money": with_budget(money, ground),
            "decisions": decision.table("decisions"),
            "assumptions": assumptions(final_plan, money),
        },
        notes={
            "first_period": ground.cycle,
            "currency": ground.frame.currency,
            "currency_decimals": ground.decimals,
            "asked_units": alike(float(kept["asked"].sum()), units),
            "promised_units": alike(float(kept["promised"].sum()), units),
            "short_units": alike(float(kept["short"].sum()), units),
        },
    )


def assumptions(plan: Sheet, money: pl.DataFrame) -> pl.DataFrame:
    """What the plan rests on that is not in a figure: what could not be planned, and what could not be valued.

    Codes: ``not_planned`` (place item|site, value the reason) and ``not_valued`` (place account|place, value the lowest
    coverage of a period).
    """
    left_out = plan.table("unplanned").select(
        pl.lit("not_planned").alias("assumption"),
        pl.format("{}|{}", "item", "site").alias("place"),
        pl.col("reason").alias("value"),
    )
    worst = money.group_by("account", "place", maintain_order=True).agg(pl.col("coverage").min())
    unvalued = worst.filter(pl.col("coverage") < 1).select(
        pl.lit("not_valued").alias("assumption"),
        pl.format("{}|{}", "account", "place").alias("place"),
        pl.col("coverage").round(6).cast(pl.String).alias("value"),
    )
    table = pl.concat([left_out.cast(ASSUMPTIONS), unvalued.cast(ASSUMPTIONS)])
    return table.sort("assumption", "place", "value")
