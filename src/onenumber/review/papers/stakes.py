"""What is at stake where no short unit has a price: units, or customers where the units are unlike."""

from collections.abc import Mapping

import polars as pl

from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.scene import Scene


def stakes_without_price(plan: Sheet, ground: Ground) -> Mapping[str, float]:
    """Causes of which no short unit has a price, each with what it leaves short.

    All are counted in one measure, so that they can be ranked: units in the planning unit of their items, or, where
    the units of any two are unlike, the customers that go short.
    """
    short = Scene(plan, ground, None, pl.DataFrame()).short
    unknown = short.filter(pl.col("at_risk").is_null().all().over("cause_label"))
    measure = pl.col("short").sum() if unknown["unit"].n_unique() <= 1 else pl.col("planning_customer").n_unique()
    found = unknown.sort("stream", "period").group_by("cause_label", maintain_order=True)
    return dict(found.agg(measure.cast(pl.Float64).alias("stake")).iter_rows())
