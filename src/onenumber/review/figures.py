"""Rows of the Adherence table: weighed, judged, owned."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.measure.adherence import inventory_variance, mix_attainment, volume_attainment
from onenumber.measure.ratio import Floats, Ratios
from onenumber.review.ground import Ground

FIGURES = pl.Schema(
    {
        "figure": pl.String, "scope": pl.String, "owner": pl.String, "period": pl.Int64, "plan": pl.Float64,
        "actual": pl.Float64, "numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64,
        "reason": pl.String, "tolerance": pl.Float64, "breached": pl.Boolean, "unit": pl.String, "coverage": pl.Float64,
    }
)  # fmt: skip
OWNED_AS = {
    "sales": "sales", "sales_mix": "sales", "production": "production", "production_mix": "production",
    "inventory": "inventory", "service_requested": "service", "service_confirmed": "service", "budget": "budget",
}  # fmt: skip
"""Under which word of the `owners` table each figure has its owner."""
BY_DIVISION = ("sales", "service", "budget")
"""Words of that table whose figures are measured by division; the others are by site."""
_FORMULAS = {
    "sales": volume_attainment,
    "production": volume_attainment,
    "sales_mix": mix_attainment,
    "production_mix": mix_attainment,
    "inventory": inventory_variance,
}


def weighed(
    plan: pl.DataFrame, actual: pl.DataFrame, *, keys: list[str], ground: Ground, families_apart: bool = False
) -> pl.DataFrame:
    """Plan and actual on the union of their cells: scope, plan, actual, unit, unvalued; one measure per scope.

    Both have ``scope``, ``item``, ``quantity`` and the keys; a cell in one only has a true 0 in the other. A scope
    whose items share a unit is added in it; else every cell is weighed with its item's standard cost, and a cell
    without one is ``unvalued``: it is left out and counted. ``families_apart``: items of several families share no
    unit even where they are all counted in pieces, and a material is its own; unless no cost of any is known.
    """
    sides = [
        side.group_by("scope", *keys, maintain_order=True).agg(pl.col("quantity").sum().alias(name))
        for side, name in ((plan, "plan"), (actual, "actual"))
    ]
    cells = sides[0].join(sides[1], on=["scope", *keys], how="full", coalesce=True).sort("scope", *keys)
    cells = cells.with_columns(pl.col("plan", "actual").fill_null(0.0))
    units = ground.company["items"].select("item", "unit", pl.coalesce("family", "item").alias("family"))
    cells = cells.join(units, on="item", how="left", maintain_order="left").with_columns(_standard_cost(cells, ground))
    alike = pl.col("unit").n_unique().over("scope") == 1
    if families_apart:
        unpriced = pl.col("cost").is_null().all().over("scope")
        alike &= (pl.col("family").n_unique().over("scope") == 1) | unpriced
    weight = pl.when(alike).then(1.0).otherwise(pl.col("cost"))
    return cells.select(
        "scope",
        (pl.col("plan") * weight.fill_null(0.0)).alias("plan"),
        (pl.col("actual") * weight.fill_null(0.0)).alias("actual"),
        pl.when(alike).then(pl.col("unit")).otherwise(pl.lit(ground.frame.currency)).alias("unit"),
        weight.is_null().alias("unvalued"),
    )


def _standard_cost(cells: pl.DataFrame, ground: Ground) -> pl.Series:
    items = np.array(cells["item"].to_list(), dtype=np.str_)
    cost = ground.costs.of(items, column="standard_cost", periods=range(ground.cycle - 1, ground.cycle))
    return pl.Series("cost", cost[:, 0]).fill_nan(None)


def kept_or_missed(
    cells: pl.DataFrame, scopes: pl.Series, *, names: tuple[str, ...], tolerances: tuple[float, ...]
) -> list[pl.DataFrame]:
    """One table per figure over all scopes, from weighed cells.

    ``coverage`` is the share of a scope's cells that have a weight; a scope without one is ``cost_unknown``.
    """
    labels = scopes.to_list()
    place = {label: k for k, label in enumerate(labels)}
    inside = cells.filter(pl.col("scope").is_in(scopes.implode()))
    codes = np.array([place[label] for label in inside["scope"].to_list()], dtype=np.int64)
    plan, actual = inside["plan"].to_numpy(), inside["actual"].to_numpy()
    cells_in, valued = (
        np.bincount(codes, weights=w, minlength=len(labels)) for w in (None, ~inside["unvalued"].to_numpy())
    )
    coverage = np.where(cells_in > 0, valued / np.maximum(cells_in, 1), 1.0)
    unit = dict(inside.select("scope", "unit").iter_rows())
    tables = []
    for name, tolerance in zip(names, tolerances, strict=True):
        found = _FORMULAS[name](plan=plan, actual=actual, codes=codes, groups=len(labels))
        sums = [np.bincount(codes, weights=side, minlength=len(labels)).astype(np.float64) for side in (plan, actual)]
        table = _rows(name, labels, found, sums=sums, coverage=coverage)
        table = table.with_columns(pl.Series("unit", [unit.get(label, "") for label in labels], dtype=pl.String))
        tables.append(_breached(table, name, tolerance))
    return tables


def _rows(name: str, labels: list[str], found: Ratios, *, sums: list[Floats], coverage: Floats) -> pl.DataFrame:
    reason = np.where(coverage > 0, found.reason, "cost_unknown")
    table = pl.DataFrame(
        {
            "figure": [name] * len(labels), "scope": labels, "plan": sums[0], "actual": sums[1],
            "numerator": found.numerator, "denominator": found.denominator, "value": found.value, "reason": reason,
            "coverage": coverage,
        },
        schema_overrides={k: FIGURES[k] for k in ("figure", "scope", "reason")},
    )  # fmt: skip
    known = pl.col("reason") == ""
    return table.with_columns(pl.when(known).then(pl.col("value")).alias("value"))


def _breached(table: pl.DataFrame, name: str, tolerance: float) -> pl.DataFrame:
    if name.endswith("_mix"):
        far = pl.col("value") < 1 - tolerance
    else:
        middle = 0.0 if name == "inventory" else 1.0
        far = (pl.col("value") - middle).abs() > tolerance
    return table.with_columns(pl.lit(tolerance).alias("tolerance"), far.fill_null(value=False).alias("breached"))


def unknown(name: str, scopes: pl.Series, reason: str) -> pl.DataFrame:
    """Rows of a figure that cannot be known in any of the scopes, with the reason.

    Example:
        >>> unknown("sales", pl.Series(["A"]), "no_published_plan").select("scope", "value", "reason").rows()
        [('A', None, 'no_published_plan')]
    """
    table = pl.DataFrame({"scope": scopes.cast(pl.String)})
    return table.select(
        pl.lit(name).alias("figure"),
        "scope",
        pl.lit(None, dtype=pl.Float64).alias("value"),
        pl.lit(reason).alias("reason"),
        pl.lit(value=False).alias("breached"),
    )


def scopes_of(figure: str, *, company: Mapping[str, pl.DataFrame]) -> pl.Series:
    """The scopes in which a figure of the `owners` table is measured, sorted: divisions, sites or plants.

    Example:
        >>> sites = pl.DataFrame({"site": ["P1", "D1"], "kind": ["plant", "warehouse"]})
        >>> [scopes_of(one, company={"sites": sites}).to_list() for one in ("production", "inventory")]
        [['P1'], ['D1', 'P1']]
    """
    if figure in BY_DIVISION:
        return company["divisions"]["division"].sort()
    sites = company["sites"]
    return (sites.filter(pl.col("kind") == "plant") if figure == "production" else sites)["site"].sort()


def owned(table: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """The figures with the one person who answers for each: by scope, else for `*`; without one: ``no_owner``."""
    owners = ground.master("owners").select("figure", "scope", "person")
    word = pl.col("figure").replace_strict(OWNED_AS, return_dtype=pl.String)
    table = table.drop("owner", strict=False).with_columns(word.alias("_figure"))
    own = owners.rename({"figure": "_figure", "person": "_own"})
    common = own.filter(pl.col("scope") == "*").select("_figure", pl.col("_own").alias("_all"))
    table = table.join(own, on=["_figure", "scope"], how="left", maintain_order="left")
    table = table.join(common, on="_figure", how="left", maintain_order="left")
    table = table.with_columns(pl.coalesce("_own", "_all").alias("owner"))
    nobody = pl.col("owner").is_null() & (pl.col("reason") == "")
    reason = pl.when(nobody).then(pl.lit("no_owner")).otherwise(pl.col("reason")).alias("reason")
    return table.with_columns(reason).select(FIGURES.names()).cast(FIGURES)
