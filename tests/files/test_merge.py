"""Newest load wins per key, and doing it twice changes nothing."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from onenumber.files.merge import merge
from onenumber.model.contract import TABLES
from onenumber.model.contract.empty import schema_of

SCHEMA = schema_of(TABLES["territories"])
NAMES = st.sampled_from(["a", "b", "c", "d"])
LOADS = st.dictionaries(NAMES, NAMES, max_size=4).map(
    lambda rows: {
        "territories": pl.DataFrame(
            {"territory": list(rows), "name": list(rows.values()), "region": [None] * len(rows)}, schema=SCHEMA
        )
    }
)


def _same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> None:
    assert list(one) == list(other)
    for name, table in one.items():
        assert_frame_equal(table, other[name])


@given(LOADS, LOADS)
def test_the_same_load_twice_changes_nothing(old: dict[str, pl.DataFrame], new: dict[str, pl.DataFrame]) -> None:
    once = merge(old, new)
    _same(merge(once, new), once)


@given(LOADS, LOADS, LOADS)
def test_loads_merge_in_any_grouping(
    one: dict[str, pl.DataFrame], two: dict[str, pl.DataFrame], three: dict[str, pl.DataFrame]
) -> None:
    _same(merge(merge(one, two), three), merge(one, merge(two, three)))


@given(LOADS, LOADS)
def test_every_key_is_there_once_with_its_newest_row(
    old: dict[str, pl.DataFrame], new: dict[str, pl.DataFrame]
) -> None:
    rows = {
        key: value for load in (old, new) for key, value, _ in load["territories"].iter_rows()
    }  # later loads overwrite earlier ones
    merged = merge(old, new)["territories"]
    assert merged.select("territory", "name").rows() == sorted(rows.items())


def test_empty_parts_of_a_key_are_equal_and_other_tables_stay() -> None:
    schema = schema_of(TABLES["costs"])
    old = pl.DataFrame({"item": ["A"], "standard_cost": [1.0], "currency": ["EUR"]}, schema_overrides=schema)
    old = old.with_columns(pl.lit(None, dtype=d).alias(n) for n, d in schema.items() if n not in old.columns)
    new = old.with_columns(standard_cost=pl.lit(2.0))
    region = pl.DataFrame({"territory": ["T"], "name": ["T"], "region": ["R"]})
    merged = merge({"costs": old, "territories": region}, {"costs": new})
    assert merged["costs"]["standard_cost"].to_list() == [2.0]
    assert merged["territories"].rows() == region.rows()
