"""C-03: a bought material or a vendor's limit holds sales back."""

import polars as pl

from onenumber.model.axis import SEPARATOR
from onenumber.review.detect.conflict import gather
from onenumber.review.scene import Scene

CODE = "C-03"
CAUSES = ("material", "lead_time")


def detect(scene: Scene) -> pl.DataFrame:
    """Bought items whose lead time or supply, and vendors whose limit, is the cause of short units.

    Subject is the item at its site (``item|site``), or the vendor; first period is when the material is missing. The
    lead time of a made product is not a material: it stands under C-08.
    """
    rows = scene.short.filter(pl.col("cause").is_in([*CAUSES, "vendor_limit"]))
    at = pl.col("cause_at").str.split_exact(SEPARATOR, 1)
    rows = rows.with_columns(
        at.struct.field("field_0").alias("_material"), at.struct.field("field_1").alias("site"),
        pl.col("cause_at").alias("subject"),
    )  # fmt: skip
    kinds = scene.ground.company["items"].select(pl.col("item").alias("_material"), "kind")
    rows = rows.join(kinds, on="_material", how="left", maintain_order="left")
    leads = scene.lead_days.rename({"item": "_material"})
    rows = rows.join(leads, on="_material", how="left", maintain_order="left")
    of_vendor = pl.col("cause") == "vendor_limit"
    bought = rows.filter(~of_vendor & (pl.col("kind") == "bought"))
    vendors = rows.filter(of_vendor).with_columns(pl.lit(None, dtype=pl.String).alias("site"))
    return pl.concat(
        [
            gather(bought, code=CODE, kind="cell", when="cause_period"),
            gather(vendors, code=CODE, kind="vendor", when="cause_period"),
        ]
    )
