"""What is told as short: nothing that rounds to nothing in the unit of its item."""

import polars as pl

from onenumber.review.told import is_nothing, told_short

ITEMS = pl.DataFrame({"item": ["A", "B", "C"], "decimals": [0, 1, None]}, schema_overrides={"decimals": pl.Int64})


def test_a_quantity_is_nothing_where_its_item_is_planned_coarser() -> None:
    assert [is_nothing(0.49, 0), is_nothing(0.5, 0), is_nothing(-0.49, 0)] == [True, False, True]
    assert [is_nothing(0.04, 1), is_nothing(0.05, 1)] == [True, False]
    assert [is_nothing(0.004, None), is_nothing(0.005, None)] == [True, False]


def test_rows_are_told_by_their_item_named_or_read_from_the_stream() -> None:
    short = [0.4, 0.6, 0.04, 0.06, 0.004, 0.006, 0.004, 0.006]
    items = ["A", "A", "B", "B", "C", "C", "D", "D"]
    told = [0.6, 0.06, 0.006, 0.006]
    by_item = pl.DataFrame({"item": items, "short": short})
    by_stream = pl.DataFrame({"stream": [f"{item}|X" for item in items], "short": short})
    assert told_short(by_item, ITEMS)["short"].to_list() == told
    assert told_short(by_stream, ITEMS)["short"].to_list() == told
