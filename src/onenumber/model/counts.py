"""Counts of stock: which of them say what a site holds, and what of it a plan counts on."""

import polars as pl

INSPECTION = "inspection"
PLANNED_WITH = ("free", INSPECTION)
"""States of stock that a plan counts on: not what is blocked."""


def newest_count(stock: pl.DataFrame) -> pl.DataFrame:
    """The rows of the newest day of each site: a site is counted as a whole, so its older rows hold no longer.

    What passed inspection since, or was used up, stands in an older row and is not there any more.

    Example:
        >>> rows = pl.DataFrame({"site": ["P"] * 3, "date": [17, 24, 24], "status": ["inspection", "free", "blocked"]})
        >>> newest_count(rows)["status"].to_list()
        ['free', 'blocked']
    """
    return stock.filter(pl.col("date") == pl.col("date").max().over("site"))
