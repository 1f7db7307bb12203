"""C-13: a budget line lands outside its tolerance, on the bad side."""

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.review.detect.conflict import named
from onenumber.review.scene import Scene

CODE = "C-13"
OF_DIVISIONS = ("revenue", "contribution_margin")


def detect(scene: Scene) -> pl.DataFrame:
    """Budget lines whose fiscal year lands worse than their tolerance allows; money at risk is the gap.

    The subject is ``account|place|fiscal year``. Each needs an executive's decision before the plan can be approved.
    """
    outside = scene.landing.filter(pl.col("status") == "outside")
    calendar, cycle = scene.ground.frame.calendar, scene.ground.cycle
    spans = pl.DataFrame(
        [(p.fiscal_year, p.index) for p in calendar.periods if p.index >= cycle],
        schema={"fiscal_year": pl.Int64, "period": pl.Int64},
        orient="row",
    )
    spans = spans.group_by("fiscal_year").agg(
        pl.col("period").min().alias("first_period"), pl.col("period").max().alias("last_period")
    )
    of_division = pl.col("account").is_in(OF_DIVISIONS)
    found = outside.join(spans, on="fiscal_year", how="left", maintain_order="left").select(
        pl.concat_str("account", "place", "fiscal_year", separator=SEPARATOR).alias("subject"),
        "first_period",
        "last_period",
        pl.lit(None, dtype=pl.Float64).alias("quantity"),
        pl.col("gap").abs().alias("money_at_risk"),
        pl.lit(0, dtype=pl.Int64).alias("penalty"),
        pl.when(of_division).then(pl.col("place")).otherwise(pl.lit("")).alias("divisions"),
        pl.lit("").alias("customers"),
        pl.format("budget|{}|{}", "account", "place").alias("cause"),
        pl.when(of_division).then(None).otherwise(pl.col("place")).alias("site"),
        pl.lit(0, dtype=pl.Int64).alias("lead_days"),
    )
    return named(found, code=CODE, kind="budget_line")
