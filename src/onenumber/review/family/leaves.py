"""The leaves behind one row of a family page: they add up to it, and open by item and by customer."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import Labels
from onenumber.model.cube import Cube, State, Values
from onenumber.review.family.lens import Flags, Lens


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of the page: a value, or the reason why there is none; coverage is the share of its leaves known."""

    value: float | None
    reason: str = ""
    coverage: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """Weighed leaf values, NaN where a leaf that should be there is unknown: (leaves x columns).

    ``covered`` says for which columns the source speaks at all; ``reason`` is why it does not for the others,
    ``unknown`` why not a single leaf of a column is known.
    ``customers`` is empty text where leaves have none (cells).
    """

    items: Labels
    customers: Labels
    values: Values
    covered: Flags
    reason: str
    unknown: str = "no_price"

    def line(self) -> tuple[Cell, ...]:
        """The row: the sum of the known leaves per column."""
        return tuple(self._cell(column) for column in range(len(self.covered)))

    def _cell(self, column: int) -> Cell:
        if not self.covered[column]:
            return Cell(value=None, reason=self.reason, coverage=0.0)
        leaves = self.values[:, column]
        known = ~np.isnan(leaves)
        coverage = float(known.mean()) if len(leaves) else 1.0
        if coverage == 0.0:
            return Cell(value=None, reason=self.unknown, coverage=0.0)
        return Cell(value=float(leaves[known].sum()), coverage=coverage)

    def by(self, level: str) -> pl.DataFrame:
        """Known leaves added per ``item`` or ``planning_customer``: key, column, value; adds up to the row."""
        keys = self.items if level == "item" else self.customers
        rows, columns = np.nonzero(~np.isnan(self.values) & self.covered[None, :])
        table = pl.DataFrame(
            {"key": keys[rows], "column": columns.astype(np.int64), "value": self.values[rows, columns]},
            schema={"key": pl.String, "column": pl.Int64, "value": pl.Float64},
        )
        return table.group_by("key", "column", maintain_order=True).agg(pl.col("value").sum()).sort("key", "column")


def absent(lens: Lens, reason: str) -> Leaves:
    """A row that cannot be known, with its reason."""
    nothing = np.zeros(0, dtype=np.str_)
    width = len(lens.periods)
    return Leaves(
        items=nothing, customers=nothing, values=np.zeros((0, width)), covered=np.zeros(width, np.bool_), reason=reason
    )


def of_cube(cube: Cube, lens: Lens, *, reason: str) -> Leaves:
    """The cube's series in the place, weighed. A *none* cell adds nothing, a missing one is unknown."""
    mine = cube.take(lens.rows(cube.axis))
    return _placed(mine, lens, lens.weights(mine.axis), reason)


def of_money(cube: Cube, lens: Lens, *, reason: str) -> Leaves:
    """A cube that is money already (in plan currency): its series in the place as they are."""
    mine = cube.take(lens.rows(cube.axis))
    return _placed(mine, lens, np.ones((len(mine.axis), len(lens.periods))), reason)


def _placed(mine: Cube, lens: Lens, weights: Values, reason: str) -> Leaves:
    wide = mine.cut(lens.first, len(lens.periods))
    weighed = np.where(wide.values == 0.0, 0.0, wide.values * weights)
    values = np.where(wide.state == State.MISSING, np.nan, weighed)
    covered = np.isin(np.arange(len(lens.periods)) + lens.first, np.array(mine.indices))
    names = mine.axis.attributes
    customers = names.get("planning_customer", np.full(len(mine.axis), ""))
    return Leaves(items=names["item"], customers=customers, values=values, covered=covered, reason=reason)


def of_tables(tables: Mapping[int, pl.DataFrame | None], lens: Lens, *, reason: str) -> Leaves:
    """Facts per period (item, site, quantity), weighed; a period whose table is None is not covered."""
    known = {period: table for period, table in tables.items() if table is not None}
    inside = lens.items.select("item")
    rows = [
        table.select("item", "quantity")
        .join(inside, on="item", how="semi")
        .with_columns(pl.lit(period - lens.first, dtype=pl.Int64).alias("column"))
        for period, table in known.items()
    ]
    empty = pl.DataFrame(schema={"item": pl.String, "quantity": pl.Float64, "column": pl.Int64})
    table = pl.concat([empty, *rows])
    items = np.array(table["item"].unique().sort().to_list(), dtype=np.str_)
    values = np.zeros((len(items), len(lens.periods)))
    at = (np.searchsorted(items, table["item"].to_numpy().astype(np.str_)), table["column"].to_numpy())
    np.add.at(values, at, table["quantity"].to_numpy())
    weights = lens.item_weights(items)
    covered = np.isin(np.arange(len(lens.periods)) + lens.first, np.array(list(known), dtype=np.int64))
    weighed = np.where(values == 0.0, 0.0, values * weights)
    return Leaves(items=items, customers=np.full(len(items), ""), values=weighed, covered=covered, reason=reason)
