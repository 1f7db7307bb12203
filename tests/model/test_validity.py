"""Dated rows: what holds on each of some days is what holds on each day alone."""

import datetime as dt

import polars as pl

from onenumber.model.validity import latest_on, latest_on_each

ROWS = pl.DataFrame(
    [
        ("b", "x", 1, None, None),
        ("a", None, 2, None, dt.date(2026, 3, 1)),
        ("a", None, 3, dt.date(2026, 2, 1), None),  # with row 2 in February: it began later, so it holds
        ("a", "y", 4, dt.date(2026, 2, 1), dt.date(2026, 3, 1)),
        ("a", "y", 5, dt.date(2026, 2, 1), None),  # began the same day as row 4: the later row holds
        ("c", "z", 6, dt.date(2027, 1, 1), None),
    ],
    schema={"k": pl.String, "l": pl.String, "v": pl.Int64, "valid_from": pl.Date, "valid_to": pl.Date},
    orient="row",
)


def test_each_day_has_what_holds_on_it_alone():
    days = [dt.date(2026, month, 1) for month in (4, 1, 2, 2)]  # in any order, and one twice
    found = latest_on_each(ROWS, days, ["k", "l"])
    assert [found.filter(pl.col("t") == t)["v"].to_list() for t in range(4)] == [
        [3, 5, 1],
        [2, 1],
        [3, 5, 1],
        [3, 5, 1],
    ]
    for t, day in enumerate(days):
        assert found.filter(pl.col("t") == t).drop("t").equals(latest_on(ROWS, day, ["k", "l"]))


def test_without_days_or_rows_nothing_holds():
    assert latest_on_each(ROWS, [], ["k"]).schema == {**ROWS.schema, "t": pl.Int64}
    assert not len(latest_on_each(ROWS, [], ["k"]))
    assert not len(latest_on_each(ROWS.clear(), [dt.date(2026, 1, 1)], ["k"]))
