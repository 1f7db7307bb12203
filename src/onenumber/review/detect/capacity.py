"""C-01: a resource is asked for more than its hours."""

import numpy as np
import polars as pl

from onenumber.review.detect.conflict import gather, named
from onenumber.review.promises import EPSILON
from onenumber.review.scene import Scene

CODE = "C-01"


def detect(scene: Scene) -> pl.DataFrame:
    """Resources whose hours hold sales back, or that only overtime keeps up with.

    Quantity is hours: used above the normal hours (maintenance already out), and the hours that what is short would
    take. A resource that overtime saves has no money at risk, but its load over 100 % is still to be decided.
    """
    short = _short(scene)
    over = _over(scene)
    found = gather(short, code=CODE, kind="resource", when="cause_period")
    hours = pl.concat([short.select("subject", pl.col("_hours").alias("hours")), over.select("subject", "hours")])
    hours = hours.group_by("subject", maintain_order=True).agg(pl.col("hours").sum())
    found = pl.concat([found, _only_over(over, found)])
    found = found.join(hours, on="subject", how="left", maintain_order="left")
    found = _widened(found, over)
    return named(found.with_columns(pl.col("hours").alias("quantity")), code=CODE, kind="resource")


def _short(scene: Scene) -> pl.DataFrame:
    rows = scene.short.filter(pl.col("cause_label").str.starts_with("resource|"))
    axis = scene.plan.cube("hours_used").axis
    sites = pl.DataFrame({"subject": axis.keys, "site": axis.attributes["site"]})
    rows = rows.with_columns(pl.col("cause_at").alias("subject"))
    rows = rows.join(sites, on="subject", how="left", maintain_order="left")
    rows = rows.join(scene.lead_days, on="item", how="left", maintain_order="left")
    needs = scene.hours.rename({"needs": "subject"})
    rows = rows.join(needs, on=["item", "subject"], how="left", maintain_order="left")
    return rows.with_columns((pl.col("short") * pl.col("per_unit").fill_null(0.0)).alias("_hours"))


def _over(scene: Scene) -> pl.DataFrame:
    used, normal = scene.plan.cube("hours_used"), scene.plan.cube("hours_available")
    used.same_labels(normal)
    over = used.values - normal.values
    rows, columns = np.nonzero(over > EPSILON)
    return pl.DataFrame(
        {
            "subject": used.axis.keys[rows],
            "site": used.axis.attributes["site"][rows],
            "period": columns.astype(np.int64) + used.first,
            "hours": over[rows, columns],
        }
    )


def _only_over(over: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    rest = over.join(found, on="subject", how="anti", maintain_order="left")
    rows = rest.with_columns(
        pl.format("resource|{}", "subject").alias("cause_label"),
        pl.lit(0, dtype=pl.Int64).alias("at_risk"),
        pl.lit(0, dtype=pl.Int64).alias("penalty"),
        pl.lit("").alias("division"),
        pl.lit("").alias("planning_customer"),
        pl.lit("h").alias("unit"),
        pl.col("hours").alias("short"),
        pl.lit(0, dtype=pl.Int64).alias("lead_days"),
    )
    return gather(rows, code=CODE, kind="resource", when="period")


def _widened(found: pl.DataFrame, over: pl.DataFrame) -> pl.DataFrame:
    """Conflicts that also span the periods in which overtime is worked."""
    spans = over.group_by("subject").agg(pl.col("period").min().alias("_from"), pl.col("period").max().alias("_to"))
    joined = found.join(spans, on="subject", how="left", maintain_order="left")
    return joined.with_columns(
        pl.min_horizontal("first_period", "_from").alias("first_period"),
        pl.max_horizontal("last_period", "_to").alias("last_period"),
    )
