"""A plan in money: rounded at the leaf, then added, so that every level is the exact sum of its parts."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.finance.valuation import sales_money, stock_money, value_cells
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, cube
from onenumber.model.money import in_currency

STREAMS = Axis(
    "stream",
    np.array(["A|n", "A|s", "B|n", "B|s"]),
    {"item": np.array(["A", "A", "B", "B"]), "division": np.array(["X", "X", "Y", "Y"])},
)


def _shipped(values: np.ndarray) -> Cube:
    return cube(measure="shipped", values=values, axis=STREAMS, first=7, unit="pcs")


def test_revenue_and_margin_per_division() -> None:
    shipped = _shipped(np.array([[3.0, 0], [1, 1], [2, 0], [0, 0]]))
    price = np.array([[1.115, 1.115]] * 2 + [[10, 10]] * 2)
    found = sales_money(shipped=shipped, price=price, cost=np.full((4, 2), 1.0), decimals=2)
    assert found.filter(pl.col("account") == "revenue").rows() == [
        ("revenue", "X", 7, 334 + 112, 1.0),  # 3 x 1.115 = 3.345 -> 3.34 (half to even), 1.115 -> 1.12
        ("revenue", "X", 8, 112, 1.0),
        ("revenue", "Y", 7, 2000, 1.0),
        ("revenue", "Y", 8, 0, 1.0),
    ]
    margin = found.filter(pl.col("account") == "contribution_margin")["amount"].to_list()
    assert margin == [446 - 400, 112 - 100, 2000 - 200, 0]


def test_an_unknown_price_lowers_coverage_and_is_never_zero_money() -> None:
    shipped = _shipped(np.array([[3.0], [1], [2], [4]]))
    price = np.array([[10.0], [np.nan], [np.nan], [np.nan]])
    found = sales_money(shipped=shipped, price=price, cost=np.ones((4, 1)), decimals=2)
    assert found.filter(pl.col("account") == "revenue").rows() == [
        ("revenue", "X", 7, 3000, 0.5),
        ("revenue", "Y", 7, None, 0.0),  # nothing of Y is known: no amount
    ]


def test_stock_is_valued_at_each_site() -> None:
    cells = Axis("cell", np.array(["A|P1", "A|P2", "M|P1"]), {"site": np.array(["P1", "P2", "P1"])})
    stock = cube(measure="stock", values=np.array([[10.0], [5], [2]]), axis=cells, first=0, unit="pcs")
    found = stock_money(stock=stock, cost=np.array([[1.5], [1.5], [np.nan]]), decimals=2)
    assert found.rows() == [("inventory_value", "P1", 0, 1500, 0.5), ("inventory_value", "P2", 0, 750, 1.0)]


@given(
    quantity=hnp.arrays(np.float64, (4, 3), elements=st.floats(0, 1e6)),
    price=hnp.arrays(np.float64, (4, 3), elements=st.floats(0, 1e4) | st.just(np.nan)),
    decimals=st.integers(0, 4),
)
def test_every_level_is_the_exact_sum_of_its_leaves(quantity: np.ndarray, price: np.ndarray, decimals: int) -> None:
    shipped = _shipped(quantity)
    leaves = value_cells(shipped, price, decimals=decimals)
    table = sales_money(shipped=shipped, price=price, cost=np.zeros((4, 3)), decimals=decimals)
    revenue = table.filter(pl.col("account") == "revenue")
    assert revenue["amount"].fill_null(0).sum() == leaves.total()
    of_x = revenue.filter(pl.col("place") == "X")["amount"].fill_null(0).to_list()
    assert of_x == leaves.minor[:2].sum(axis=0).tolist()


def test_money_is_shown_with_its_minor_unit() -> None:
    assert in_currency(10_977_911_03, decimals=2) == 10977911.03
