"""C-07: planned stock falls below its safety stock."""

import numpy as np
import polars as pl

from onenumber.review.detect.conflict import named
from onenumber.review.promises import EPSILON
from onenumber.review.scene import Scene

CODE = "C-07"


def detect(scene: Scene) -> pl.DataFrame:
    """Item-sites made to stock that end a period below their safety stock.

    Quantity is the deepest of them. No sale is short yet, so money at risk is unknown (null), not zero.
    """
    below = scene.plan.cube("below_safety")
    stocked = below.axis.attributes["policy"] == "make_to_stock"
    rows, columns = np.nonzero((below.values > EPSILON) & stocked[:, None])
    table = pl.DataFrame(
        {
            "subject": below.axis.column(rows),
            **{name: below.axis.column(rows, name) for name in ("item", "site", "division")},
            "period": columns.astype(np.int64) + below.first,
            "below": below.values[rows, columns],
        }
    ).join(scene.lead_days, on="item", how="left", maintain_order="left")
    found = table.group_by("subject", maintain_order=True).agg(
        pl.col("period").min().alias("first_period"),
        pl.col("period").max().alias("last_period"),
        pl.col("below").max().alias("quantity"),
        pl.lit(None, dtype=pl.Int64).alias("money_at_risk"),
        pl.lit(0, dtype=pl.Int64).alias("penalty"),
        pl.col("division").first().alias("divisions"),
        pl.lit("").alias("customers"),
        pl.format("cell|{}", pl.col("subject").first()).alias("cause"),
        pl.col("site").first(),
        pl.col("lead_days").max(),
    )
    return named(found, code=CODE, kind="cell")
