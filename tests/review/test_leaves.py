import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State, cube
from onenumber.review.family import FamilyRow, Sources, family_rows, figures, parts
from onenumber.review.leaves import Leaves, join, leaves_of, money_of, sums

AXIS = Axis("stream", np.array(["A|x", "A|y", "B|x"]), {"item": np.array(["A", "A", "B"])})
ALL = np.array([True, True, True])


def quantities(values: list[list[float]], first: int = 0) -> Cube:
    return cube(measure="q", values=np.array(values), axis=AXIS, first=first, unit="pcs")


def row_of(leaves: Leaves, under: Leaves | None = None) -> FamilyRow:
    times = None if under is None else np.ones(leaves.values.shape[1])
    return FamilyRow(code="r", source="s", unit="pcs", over=leaves, reasons=("", ""), under=under, times=times)


def test_a_missing_leaf_is_left_out_and_counted() -> None:
    leaves = leaves_of(quantities([[1.0], [np.nan], [3.0]]), rows=ALL, columns=range(1))
    assert sums(leaves)[0][0].value == 1.0 + 3.0
    assert sums(leaves)[0][0].coverage == pytest.approx(2 / 3)


def test_a_column_outside_the_source_has_no_value() -> None:
    leaves = leaves_of(quantities([[1.0], [1.0], [1.0]], first=5), rows=ALL, columns=range(4, 6))
    assert [one.value for one in sums(leaves)[0]] == [None, 3.0]


def test_money_is_rounded_per_leaf_before_it_is_added() -> None:
    price = np.array([[0.333], [0.333], [0.333]])
    leaves = money_of(quantities([[1.0], [1.0], [1.0]]), rows=ALL, columns=range(1), price=price, decimals=2)
    assert sums(leaves)[0][0].value == 33 + 33 + 33  # and not 100


def test_what_has_no_price_is_missing_and_not_free() -> None:
    price = np.array([[2.0], [np.nan], [np.nan]])
    leaves = money_of(quantities([[1.0], [1.0], [0.0]]), rows=ALL, columns=range(1), price=price, decimals=2)
    assert leaves.state[:, 0].tolist() == [State.PRESENT, State.MISSING, State.PRESENT]


def test_a_difference_is_computed_only_where_both_sides_are() -> None:
    left = leaves_of(quantities([[5.0, 5.0], [1.0, 1.0], [1.0, 1.0]]), rows=ALL, columns=range(2))
    right = leaves_of(quantities([[2.0], [1.0], [1.0]]), rows=ALL, columns=range(2))
    assert [one.value for one in sums(left.minus(right))[0]] == [3.0, None]


def test_joined_leaves_keep_the_levels_that_all_know() -> None:
    left = leaves_of(quantities([[1.0], [1.0], [1.0]]), rows=ALL, columns=range(1))
    right = Leaves(values=np.array([[1.0]]), state=np.zeros((1, 1), dtype=np.uint8), by={"item": np.array(["C"])})
    assert sorted(join([left, right]).by) == ["item"]


whole = st.integers(min_value=-1000, max_value=1000).map(float)


@given(st.lists(st.lists(whole, min_size=2, max_size=2), min_size=3, max_size=3))
def test_the_parts_of_a_figure_add_up_to_it(values: list[list[float]]) -> None:
    row = row_of(leaves_of(quantities(values), rows=ALL, columns=range(2)))
    for column, figure in enumerate(figures(row)):
        assert sum(part.figures[column].value or 0.0 for part in parts(row, "item")) == figure.value


@given(st.lists(st.floats(min_value=-1e6, max_value=1e6), min_size=3, max_size=3))
def test_a_whole_is_the_same_bits_as_one_group_of_everything(values: list[float]) -> None:
    leaves = leaves_of(quantities([[value, 0.1] for value in values]), rows=ALL, columns=range(2))
    assert sums(leaves) == sums(leaves, np.zeros(3, dtype=np.int64))


def test_a_ratio_is_the_sum_above_over_the_sum_below_and_nothing_over_nothing_is_none() -> None:
    above = leaves_of(quantities([[9.0, 0.0], [0.0, 0.0], [1.0, 0.0]]), rows=ALL, columns=range(2))
    below = leaves_of(quantities([[10.0, 0.0], [0.0, 0.0], [10.0, 0.0]]), rows=ALL, columns=range(2))
    row = row_of(above, below)
    assert [one.value for one in figures(row)] == [10 / 20, None]
    assert {p.label: p.figures[0].value for p in parts(row, "item")} == {"A": 9 / 10, "B": 1 / 10}


def test_forward_cover_counts_the_days_that_pass_until_stock_is_used_up() -> None:
    axis = Axis("cell", np.array(["A|P"]), {"item": np.array(["A"])})
    stock = cube(measure="stock", values=np.array([[150.0, 100.0, 40.0, 0.0]]), axis=axis, first=0, unit="pcs")
    need = quantities([[70.0, 60.0, 20.0, 50.0], [30.0, 60.0, 20.0, 50.0], [0.0, 0.0, 0.0, 0.0]])
    some = {
        "held": leaves_of(stock, rows=np.array([True]), columns=range(4)),
        "need": leaves_of(need, rows=ALL, columns=range(4)),
    }
    rows = family_rows(Sources(leaves=some, days=np.array([31.0, 30.0, 31.0, 30.0]), unit="pcs"))
    days = [one.value for one in figures(rows[-1])]
    # 150 = 120 of 30 days + 30 of the 40 of 31 days; 100 = 40 of 31 + 60 of the 100 of 30; 40 of the 100 of 30; nothing
    assert days == pytest.approx([30 + 31 * 30 / 40, 31 + 30 * 60 / 100, 30 * 40 / 100, 0.0])
    assert rows[-1].code == "inventory_days"


def test_how_long_stock_lasts_over_a_month_of_missing_demand_is_not_known() -> None:
    """150 needs the month that was not loaded, 100 before it does not."""
    axis = Axis("cell", np.array(["A|P"]), {"item": np.array(["A"])})
    stock = cube(measure="stock", values=np.array([[100.0, 150.0, 90.0, 20.0]]), axis=axis, first=0, unit="pcs")
    need = quantities([[70.0, 100.0, np.nan, 50.0], [30.0, 100.0, np.nan, 50.0], [0.0, 0.0, np.nan, 0.0]])
    some = {
        "held": leaves_of(stock, rows=np.array([True]), columns=range(4)),
        "need": leaves_of(need, rows=ALL, columns=range(4)),
    }
    row = family_rows(Sources(leaves=some, days=np.array([31.0, 30.0, 31.0, 30.0]), unit="pcs"))[-1]
    assert [(one.value, one.state) for one in figures(row)] == [
        (15.0, State.PRESENT), (None, State.MISSING), (27.0, State.PRESENT), (None, State.NONE),
    ]  # fmt: skip


def test_stock_that_outlasts_the_horizon_has_no_number_of_days() -> None:
    some = leaves_of(quantities([[50.0, 20.0], [0.0, 0.0], [0.0, 0.0]]), rows=ALL, columns=range(2))
    rows = family_rows(Sources(leaves={"held": some, "need": some}, days=np.array([31.0, 30.0]), unit="pcs"))
    assert [one.value for one in figures(rows[-1])] == [None, None]
    assert rows[-1].reasons == ("no_data", "beyond_horizon")


def test_a_place_without_stock_has_no_stock_rows() -> None:
    some = leaves_of(quantities([[1.0], [1.0], [1.0]]), rows=ALL, columns=range(1))
    rows = family_rows(Sources(leaves={"new": some, "backlog": some}, days=np.array([30.0]), unit="pcs"))
    assert [row.code for row in rows] == ["demand_new", "backlog"]
