"""C-11: two or more divisions want one resource or material, and there is not enough of it."""

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.review.detect.conflict import gather, none_found
from onenumber.review.scene import Scene

CODE = "C-11"
CAUSES = ("capacity", "precedence", "cost", "material", "vendor_limit", "lead_time")


def detect(scene: Scene) -> pl.DataFrame:
    """Scarce things that hold sales back while demand of at least two divisions needs them in the same periods.

    The subject is the resource, or the material's ``item|site``. Divisions are all that claim it in its scarce periods,
    short or not: who goes first is for the executive to decide.
    """
    rows = scene.short.filter(pl.col("cause").is_in(CAUSES) & (pl.col("cause_label") != "unknown"))
    if not len(rows):
        return none_found()
    item = pl.col("cause_at").str.split_exact(SEPARATOR, 1).struct.field("field_0")
    at_resource = pl.col("cause_label").str.starts_with("resource|")
    rows = rows.with_columns(
        pl.col("cause_at").alias("subject"),
        pl.when(at_resource).then(pl.lit("resource")).otherwise(pl.lit("item")).alias("kind"),
        pl.when(at_resource).then(pl.col("cause_at")).otherwise(item).alias("needs"),
    )
    claimants = _claimants(scene, rows)
    rows = rows.join(claimants, on="subject", how="inner", maintain_order="left")
    rows = rows.join(scene.lead_days, on="item", how="left", maintain_order="left")
    rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias("site"))
    found = [
        gather(rows.filter(pl.col("kind") == kind), code=CODE, kind=shown, when="cause_period")
        for kind, shown in (("resource", "resource"), ("item", "cell"))
    ]
    together = pl.concat(found).join(claimants, on="subject", how="left", maintain_order="left")
    return together.with_columns(pl.col("claimants").alias("divisions")).drop("claimants")


def _claimants(scene: Scene, rows: pl.DataFrame) -> pl.DataFrame:
    """Subjects with at least two divisions claiming them in a scarce period: subject, claimants."""
    scarce = rows.select("subject", "kind", "needs", pl.col("cause_period").alias("period")).unique()
    claims = scarce.join(scene.needs, on=["kind", "needs"], how="inner").join(scene.asked, on=["item", "period"])
    divisions = claims.group_by("subject").agg(
        pl.col("division").unique().sort().str.join(SEPARATOR).alias("claimants"),
        pl.col("division").n_unique().alias("_count"),
    )
    return divisions.filter(pl.col("_count") > 1).select("subject", "claimants").sort("subject")
