"""Ways to get an item to a site: routes, vendors and lanes as tables, a row for each way and period."""

from collections.abc import Mapping

import polars as pl

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.finding import Finding
from onenumber.supply.differences import SecondSource
from onenumber.supply.findings import attention_finding
from onenumber.supply.horizon import Horizon, over_periods
from onenumber.supply.money import in_plan_currency

Tables = Mapping[str, pl.DataFrame]
WAY = ("kind", "item", "site", "name", "t", "lead", "cost", "rank", "open")
"""Columns of a way: ``lead`` in days, ``cost`` in plan currency a unit, ``open`` false until it is decided."""


def rates(company: Tables, *, horizon: Horizon) -> pl.DataFrame:
    """Hours a good unit takes per item, site, route, resource and period."""
    return over_periods(company["rates"], key=["item", "site", "route", "resource"], horizon=horizon)


def make_ways(rows: pl.DataFrame) -> pl.DataFrame:
    """A way for each route, with its yield: the product over its steps; its lead time: the longest of its steps.

    Example:
        >>> rows = pl.DataFrame({"item": ["A", "A"], "site": ["P", "P"], "route": ["R", "R"], "t": [0, 0],
        ...                      "yield_share": [0.9, None], "lead_time_days": [None, 5]})
        >>> make_ways(rows).select("name", "lead", "yield").rows()
        [('R', 5, 0.9)]
    """
    keys = ["item", "site", "route", "t"]
    grouped = rows.sort(keys).group_by(keys, maintain_order=True)
    routes = grouped.agg(
        pl.col("yield_share").fill_null(1.0).product().alias("yield"),
        pl.col("lead_time_days").max().fill_null(0).alias("lead"),
    )
    return routes.with_columns(
        pl.lit("make").alias("kind"), pl.col("route").alias("name"), pl.lit(0.0).alias("cost"),
        pl.lit(1, dtype=pl.Int64).alias("rank"), pl.lit(value=True).alias("open"),
    ).select(*WAY, "yield")  # fmt: skip


def buy_ways(
    company: Tables, *, horizon: Horizon, currency: str, decided: tuple[SecondSource, ...]
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """A way for each vendor item; closed where it needs a decision that was not taken.

    Raises:
        BadDifferenceError: if a second source was decided that no row offers.
    """
    if "vendor_items" not in company:
        _refuse(decided)
        return _none(), ()
    rows = over_periods(company["vendor_items"], key=["vendor", "item", "site"], horizon=horizon)
    rows = in_plan_currency(rows, columns=["price"], company=company, horizon=horizon, currency=currency)
    unknown = rows.filter(pl.col("price").is_null()).select("vendor", "item").unique(maintain_order=True)
    findings = (attention_finding("vendor_price_unknown", prices=len(unknown)),) if len(unknown) else ()
    chosen = pl.DataFrame(
        [(d.vendor, d.item, d.site, True) for d in decided],
        schema={"vendor": pl.String, "item": pl.String, "site": pl.String, "_decided": pl.Boolean},
        orient="row",
    )
    keys = ["vendor", "item", "site"]
    _refuse(tuple(d for d in decided if not len(rows.filter(vendor=d.vendor, item=d.item, site=d.site))))
    rows = rows.join(chosen, on=keys, how="left", maintain_order="left")
    is_open = ~pl.col("needs_decision").fill_null(value=False) | pl.col("_decided").fill_null(value=False)
    ways = rows.with_columns(
        pl.lit("buy").alias("kind"), pl.col("vendor").alias("name"), pl.col("lead_time_days").alias("lead"),
        pl.col("price").fill_null(0.0).alias("cost"), pl.col("rank").fill_null(1), is_open.alias("open"),
    ).select(WAY)  # fmt: skip
    return ways, findings


def _refuse(decided: tuple[SecondSource, ...]) -> None:
    for d in decided:
        raise BadDifferenceError(what=f"vendor {d.vendor!r} does not sell {d.item!r} to {d.site!r}")


def _none() -> pl.DataFrame:
    types = (pl.String, pl.String, pl.String, pl.String, pl.Int64, pl.Int64, pl.Float64, pl.Int64, pl.Boolean)
    return pl.DataFrame(schema=dict(zip(WAY, types, strict=True)))


def move_ways(company: Tables, *, horizon: Horizon, cells: pl.DataFrame) -> pl.DataFrame:
    """A way for each lane and item that has cells (item, site) at both ends; a lane of the item wins over the general.

    ``name`` is the site that it comes from.
    """
    if "lanes" not in company:
        return _none()
    rows = over_periods(company["lanes"], key=["from_site", "to_site", "item"], horizon=horizon)
    own = rows.filter(pl.col("item").is_not_null())
    starts = cells.rename({"site": "from_site"})
    general = rows.filter(pl.col("item").is_null()).drop("item").join(starts, on="from_site", maintain_order="left")
    keys = ["from_site", "to_site", "item", "t"]
    general = general.join(own, on=keys, how="anti", maintain_order="left").select(own.columns)
    both = pl.concat([own, general])
    for end in ("from_site", "to_site"):
        both = both.join(cells.rename({"site": end}), on=["item", end], how="semi", maintain_order="left")
    return both.with_columns(
        pl.lit("move").alias("kind"), pl.col("to_site").alias("site"), pl.col("from_site").alias("name"),
        pl.col("lead_time_days").alias("lead"), pl.col("cost").fill_null(0.0), pl.lit(1, dtype=pl.Int64).alias("rank"),
        pl.lit(value=True).alias("open"),
    ).select(WAY)  # fmt: skip
