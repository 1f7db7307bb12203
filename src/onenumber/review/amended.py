"""What an amendment changed in the published plan, cell by cell."""

import polars as pl

from onenumber.model.sheet import Sheet

CELLS = pl.Schema(
    {
        "kind": pl.String, "item": pl.String, "of": pl.String, "patch": pl.String, "period": pl.Int64,
        "was": pl.Float64, "now": pl.Float64,
    }
)  # fmt: skip
LEAST = 0.005
"""Units under which nothing changed."""
_PARTS = (
    ("asked", "promises", "planning_customer", "asked"),
    ("promised", "promises", "planning_customer", "promised"),
    ("made", "production", "site", "quantity"),
    ("bought", "purchases", "site", "quantity"),
)
"""Kind of figure, the table that holds it, whose or where it is, and its column."""


def changed_cells(before: Sheet, after: Sheet) -> pl.DataFrame:
    """The figures of one published plan that another has otherwise, by kind, item, period and whose they are.

    Kinds are what is ``asked`` and ``promised`` (of a planning customer, with the patch), ``made`` and ``bought`` (of
    a site; by the period of ordering).

    Example:
        >>> from onenumber.model.sheet import SheetKind
        >>> none = {"item": [], "site": [], "period": [], "quantity": []}
        >>> def plan(made):
        ...     row = {"item": ["A"], "planning_customer": ["x"], "patch": ["N"], "period": [4]}
        ...     promises = pl.DataFrame({**row, "asked": [9.0], "promised": [9.0]})
        ...     rows = pl.DataFrame({"item": ["A"], "site": ["P"], "period": [4], "quantity": [made]})
        ...     tables = {"promises": promises, "production": rows, "purchases": rows.clear()}
        ...     return Sheet(kind=SheetKind.PUBLISHED_PLAN, tables=tables)
        >>> changed_cells(plan(5.0), plan(7.0)).drop("patch").rows()
        [('made', 'A', 'P', 4, 5.0, 7.0)]
    """
    return pl.concat([_part(before, after, *part) for part in _PARTS]).sort("kind", "item", "period", "of", "patch")


def _part(before: Sheet, after: Sheet, kind: str, table: str, of: str, column: str) -> pl.DataFrame:
    was, now = (_sums(sheet.table(table), of, column) for sheet in (before, after))
    keys = ["item", "of", "patch", "period"]
    both = was.rename({"value": "was"}).join(now.rename({"value": "now"}), on=keys, how="full", coalesce=True)
    both = both.with_columns(pl.col("was", "now").fill_null(0.0), pl.lit(kind).alias("kind"))
    return both.filter((pl.col("now") - pl.col("was")).abs() > LEAST).select(CELLS.names()).cast(CELLS)


def _sums(table: pl.DataFrame, of: str, column: str) -> pl.DataFrame:
    patch = pl.col("patch") if "patch" in table.columns else pl.lit("")
    rows = table.select("item", pl.col(of).alias("of"), patch.alias("patch"), "period", pl.col(column).alias("value"))
    keys = pl.Schema({"item": pl.String, "of": pl.String, "patch": pl.String, "period": pl.Int64, "value": pl.Float64})
    grouped = rows.cast(keys).group_by("item", "of", "patch", "period", maintain_order=True)
    return grouped.agg(pl.col("value").sum())
