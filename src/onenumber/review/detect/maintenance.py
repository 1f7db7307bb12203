"""C-05: a maintenance window falls where its line is already full."""

import numpy as np
import polars as pl

from onenumber.review.detect.conflict import CONFLICTS, labels, named
from onenumber.review.promises import EPSILON
from onenumber.review.scene import Scene

CODE = "C-05"


def detect(scene: Scene) -> pl.DataFrame:
    """Windows that take hours in a period in which their resource needs overtime or is the cause of short units.

    Quantity is the hours of the window; money at risk is that of the units short for the resource in its periods: 0
    where none is, null where none of them has a price.
    """
    clashes = _windows(scene).join(_full(scene), on=["resource", "period"], how="inner", maintain_order="left")
    short = scene.short.filter(pl.col("cause_label").str.starts_with("resource|")).select(
        pl.col("cause_at").alias("resource"), pl.col("cause_period").alias("period"),
        "division", "planning_customer", "at_risk", "penalty",
    )  # fmt: skip
    rows = clashes.join(short, on=["resource", "period"], how="left", maintain_order="left")
    known = pl.col("at_risk").is_not_null().any() | pl.col("division").is_null().all()
    found = rows.group_by("subject", maintain_order=True).agg(
        pl.col("period").min().alias("first_period"),
        pl.col("period").max().alias("last_period"),
        pl.col("hours").first().alias("quantity"),
        pl.when(known).then(pl.col("at_risk").sum()).alias("money_at_risk"),
        pl.col("penalty").sum().cast(CONFLICTS["penalty"]),
        labels("division"),
        labels("planning_customer").alias("customers"),
        pl.format("resource|{}", pl.col("resource").first()).alias("cause"),
        pl.col("site").first(),
        pl.lit(0, dtype=pl.Int64).alias("lead_days"),
    )
    return named(found, code=CODE, kind="window")


def _windows(scene: Scene) -> pl.DataFrame:
    """Each window with the periods of the horizon it touches and its site."""
    periods = pl.DataFrame(
        [(p.index, p.start, p.end) for p in scene.ground.periods],
        schema={"period": pl.Int64, "_start": pl.Date, "_end": pl.Date},
        orient="row",
    )
    axis = scene.plan.cube("hours_used").axis
    sites = pl.DataFrame({"resource": axis.keys, "site": axis.attributes["site"]})
    windows = scene.ground.master("maintenance").sort("window").join(periods, how="cross")
    touching = windows.filter((pl.col("start") < pl.col("_end")) & (pl.col("end") > pl.col("_start")))
    touching = touching.join(sites, on="resource", how="inner", maintain_order="left")
    return touching.select(pl.col("window").alias("subject"), "resource", "site", "hours", "period")


def _full(scene: Scene) -> pl.DataFrame:
    """Resource-periods that need overtime or hold sales back."""
    used, normal = scene.plan.cube("hours_used"), scene.plan.cube("hours_available")
    rows, columns = np.nonzero(used.values - normal.values > EPSILON)
    over = pl.DataFrame({"resource": used.axis.keys[rows], "period": columns.astype(np.int64) + used.first})
    short = scene.short.filter(pl.col("cause_label").str.starts_with("resource|"))
    short = short.select(pl.col("cause_at").alias("resource"), pl.col("cause_period").alias("period"))
    return pl.concat([over, short]).unique().sort("resource", "period")
