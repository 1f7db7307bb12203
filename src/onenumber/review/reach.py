"""What a unit of an item needs through the bill of materials: components, and hours of each resource."""

import polars as pl

from onenumber.model.validity import valid_on
from onenumber.review.ground import Ground

DEEPEST = 30
NEEDS = pl.Schema({"item": pl.String, "needs": pl.String, "per_unit": pl.Float64})


def components(ground: Ground) -> pl.DataFrame:
    """Units of every item in one unit of an item, itself (1) included, at any depth: item, needs, per_unit.

    The bill of materials holds as of the cycle. A cycle in it ends at 30 levels (the load refuses one).

    Example (one bike has two wheels of 36 spokes):
        >>> from onenumber.model.contract.empty import empty_table
        >>> bill = pl.DataFrame({"parent": ["bike", "wheel"], "component": ["wheel", "spoke"], "quantity": [2.0, 36.0],
        ...                      "valid_from": [None, None], "valid_to": [None, None]},
        ...                     schema=empty_table("bill_of_materials").schema)
        >>> sorted(explode(bill, pl.Series(["bike"])).select("needs", "per_unit").rows())
        [('bike', 1.0), ('spoke', 72.0), ('wheel', 2.0)]
    """
    bill = valid_on(ground.master("bill_of_materials"), ground.as_of)
    return explode(bill, ground.company["items"]["item"])


def explode(bill: pl.DataFrame, items: pl.Series) -> pl.DataFrame:
    """The closure of a bill of materials for some items: see :func:`components`."""
    edges = (
        bill.group_by(pl.col("parent").alias("needs"), "component")
        .agg(pl.col("quantity").sum())
        .sort("needs", "component")
    )
    level = pl.DataFrame({"item": items, "needs": items}).with_columns(pl.lit(1.0).alias("per_unit")).cast(NEEDS)
    found = [level]
    for _ in range(DEEPEST):
        level = level.join(edges, on="needs", how="inner", maintain_order="left").select(
            "item", pl.col("component").alias("needs"), (pl.col("per_unit") * pl.col("quantity")).alias("per_unit")
        )
        if not len(level):
            break
        found.append(level)
    return _added(pl.concat(found))


def hours(ground: Ground, parts: pl.DataFrame) -> pl.DataFrame:
    """Hours of each resource in one unit of an item, its ``parts`` included: item, needs (the resource), per_unit.

    ``parts`` are the :func:`components`. Of several sites and routes of an item the first by label stands for all: an
    estimate of claims, not a plan.
    """
    rates = valid_on(ground.master("rates"), ground.as_of).sort("item", "site", "route", "resource")
    first = rates.unique(subset="item", keep="first", maintain_order=True).select("item", "site", "route")
    rates = rates.join(first, on=["item", "site", "route"], how="semi")
    rates = rates.select(pl.col("item").alias("needs"), "resource", "hours_per_unit")
    spent = parts.join(rates, on="needs", how="inner", maintain_order="left")
    return _added(
        spent.select(
            "item", pl.col("resource").alias("needs"), (pl.col("per_unit") * pl.col("hours_per_unit")).alias("per_unit")
        )
    )


def _added(table: pl.DataFrame) -> pl.DataFrame:
    ordered = table.sort("item", "needs", "per_unit")
    return ordered.group_by("item", "needs", maintain_order=True).agg(pl.col("per_unit").sum())
