"""A plan in money: every leaf cell rounded to the minor unit, and only then added."""

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.axis import Labels
from onenumber.model.cube import Cube, State, States, Values
from onenumber.model.money import Amounts, to_minor

MONEY = pl.Schema(
    {"account": pl.String, "place": pl.String, "period": pl.Int64, "amount": pl.Int64, "coverage": pl.Float64}
)
"""Columns of a money table; ``amount`` is in minor units of the plan currency, null where nothing of it is known."""


def value_cells(quantity: Cube, unit_value: Values, *, decimals: int) -> Amounts:
    """Money of each cell: ``round(quantity x unit value)`` in minor units.

    A cell without a unit value (NaN) is unknown unless its quantity is zero, and so is a missing cell; a *none* cell
    is a known nothing. Axes: (series x periods).

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> q = cube(measure="shipped", values=np.array([[3.0, 2.0, 0.0]]), axis=Axis("item", np.array(["A"]), {}),
        ...          first=0, unit="pcs")
        >>> money = value_cells(q, np.array([[1.115, np.nan, np.nan]]), decimals=2)
        >>> money.minor.tolist(), money.known.tolist()
        ([[334, 0, 0]], [[True, False, True]])
    """
    return worth(quantity.values, quantity.state, unit_value, decimals=decimals)


def worth(quantity: Values, state: States, unit_value: Values, *, decimals: int) -> Amounts:
    """The same of quantities with their states: of some rows of a cube.

    Example:
        >>> worth(np.array([3.0]), np.zeros(1, dtype=np.uint8), np.array([1.115]), decimals=2).minor.tolist()
        [334]
    """
    present = state == State.PRESENT
    nothing = (state == State.NONE) | (present & (quantity == 0))
    return to_minor(np.where(nothing, 0.0, np.where(present, quantity * unit_value, np.nan)), decimals=decimals)


def money_table(account: str, money: Amounts, *, cells: Cube, places: Labels) -> pl.DataFrame:
    """Money per place and period, the exact sum of its cells, with its coverage.

    ``places`` names the place of each series (division, site). Coverage = cells with a quantity and a value / cells
    with a quantity; 1 where no cell has a quantity. The amount is null where a quantity but no value is known.
    """
    labels, codes = np.unique(places, return_inverse=True)
    wanted = (cells.state == State.MISSING) | (cells.values != 0)
    amount = _sum(money.minor, codes, len(labels))
    expected = _sum(wanted.astype(np.int64), codes, len(labels))
    present = _sum((wanted & money.known).astype(np.int64), codes, len(labels))
    coverage = np.where(expected > 0, present / np.maximum(expected, 1), 1.0)
    table = pl.DataFrame(
        {
            "account": np.full(amount.size, account),
            "place": np.repeat(labels, cells.periods),
            "period": np.tile(np.array(cells.indices, dtype=np.int64), len(labels)),
            "amount": amount.ravel(),
            "coverage": coverage.ravel(),
        },
        schema=MONEY,
    )
    return table.with_columns(pl.when(pl.col("coverage") > 0).then(pl.col("amount")).alias("amount"))


def _sum(values: npt.NDArray[np.int64], codes: npt.NDArray[np.int64], groups: int) -> npt.NDArray[np.int64]:
    total = np.zeros((groups, values.shape[1]), dtype=np.int64)
    np.add.at(total, codes, values)
    return total


def sales_money(*, shipped: Cube, price: Values, cost: Values, decimals: int) -> pl.DataFrame:
    """Revenue and contribution margin per division and period of what is shipped.

    ``price`` and ``cost`` (variable) are per stream and period, NaN where unknown. Revenue and cost are each rounded
    per leaf cell; margin is their difference, so it adds up like they do.
    """
    places = shipped.axis.attributes["division"]
    revenue = value_cells(shipped, price, decimals=decimals)
    margin = revenue.minus(value_cells(shipped, cost, decimals=decimals))
    tables = [
        money_table("revenue", revenue, cells=shipped, places=places),
        money_table("contribution_margin", margin, cells=shipped, places=places),
    ]
    return pl.concat(tables)


def stock_money(*, stock: Cube, cost: Values, decimals: int) -> pl.DataFrame:
    """Inventory value per site and period: stock at the end at standard cost, per cell."""
    value = value_cells(stock, cost, decimals=decimals)
    return money_table("inventory_value", value, cells=stock, places=stock.axis.attributes["site"])


def cost_money(account: str, rows: pl.DataFrame, *, decimals: int) -> pl.DataFrame:
    """A cost account from plan rows (place, period, cost in plan currency), each row rounded before it is added.

    Example:
        >>> rows = pl.DataFrame({"place": ["P1", "P1"], "period": [3, 3], "cost": [10.004, 10.004]})
        >>> cost_money("overtime_cost", rows, decimals=2).rows()
        [('overtime_cost', 'P1', 3, 2000, 1.0)]
    """
    minor = to_minor(rows["cost"].cast(pl.Float64).fill_null(np.nan).to_numpy(), decimals=decimals)
    priced = rows.select("place", "period").with_columns(
        pl.Series("amount", minor.minor), pl.Series("known", minor.known, dtype=pl.Boolean)
    )
    sums = priced.group_by("place", "period").agg(pl.col("amount").sum(), pl.col("known").mean().alias("coverage"))
    return (
        sums.sort("place", "period")
        .with_columns(pl.lit(account).alias("account"), pl.col("period").cast(pl.Int64))
        .select(MONEY.names())
        .cast(MONEY)
    )
