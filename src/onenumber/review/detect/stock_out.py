"""C-08: customers are short of an item."""

import polars as pl

from onenumber.review.detect.conflict import gather
from onenumber.review.scene import Scene

CODE = "C-08"


def detect(scene: Scene) -> pl.DataFrame:
    """Items that the plan does not promise in the period they are asked for, late or never."""
    rows = scene.short.join(scene.lead_days, on="item", how="left", maintain_order="left")
    rows = rows.with_columns(pl.col("item").alias("subject"), pl.lit(None, dtype=pl.String).alias("site"))
    return gather(rows, code=CODE, kind="item", when="period")
