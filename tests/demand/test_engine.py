"""The engine on a table: gaps are missing, bad rows are named, every series goes on from its own end."""

import datetime as dt

import polars as pl
import pytest

from onenumber.demand.engine import clean_table, forecast_table, odd_series
from onenumber.errors import BadForecastRequestError, BadSeriesTableError
from onenumber.model.sentences import say


def _months(count: int, start: int = 2023 * 12) -> list[str]:
    return [f"{m // 12}-{m % 12 + 1:02d}" for m in range(start, start + count)]


def _table(series: str, months: list, values: list) -> pl.DataFrame:
    return pl.DataFrame({"series": [series] * len(months), "month": months, "value": values}, strict=False)


def test_out_has_a_pair_of_columns_per_level_and_the_months_after_the_last() -> None:
    out = forecast_table(_table("A", _months(30), [5.0] * 30), horizon=3, season=12, levels=(80, 95))
    assert out.columns == ["series", "month", "mean", "lo80", "hi80", "lo95", "hi95", "method"]
    assert out["month"].to_list() == ["2025-07", "2025-08", "2025-09"]
    assert out["mean"].round(9).to_list() == [5.0, 5.0, 5.0]


def test_dates_stay_dates_and_any_level_has_its_name() -> None:
    days = [dt.date(2026, m, 15) for m in (1, 2, 3, 4)]
    out = forecast_table(_table("A", days, [5, 5, 5, 5]), horizon=1, season=12, levels=(99.5,))
    assert out["month"].to_list() == [dt.date(2026, 5, 1)]
    assert "lo99.5" in out.columns


def test_each_series_goes_on_from_its_own_last_month_and_they_are_sorted() -> None:
    rows = pl.concat([_table("B", _months(20), [7.0] * 20), _table("A", _months(5, 2020 * 12), [3.0] * 5)])
    out = forecast_table(rows, horizon=1, season=12, levels=(80,))
    assert out.select("series", "month").rows() == [("A", "2020-06"), ("B", "2024-09")]
    assert out["mean"].round(9).to_list() == [3.0, 7.0]


def test_a_month_without_a_row_or_without_a_value_is_missing_and_not_zero() -> None:
    months, values = _months(24), [10.0] * 24
    no_row = forecast_table(_table("A", months[:7] + months[8:], values[1:]), horizon=2, season=12, levels=(80,))
    no_value = forecast_table(_table("A", months, [*values[:7], None, *values[8:]]), horizon=2, season=12, levels=(80,))
    assert no_row["mean"].round(6).to_list() == [10.0, 10.0]
    assert no_row.equals(no_value)


def test_rows_may_come_in_any_order() -> None:
    rows = _table("A", _months(24), [float(k % 7) for k in range(24)])
    one, two = (forecast_table(r, horizon=2, season=12, levels=(80,)) for r in (rows, rows.reverse()))
    assert one.equals(two)


def test_a_last_month_without_a_value_still_counts() -> None:
    out = forecast_table(_table("A", _months(4), [1.0, 1.0, 1.0, None]), horizon=1, season=12, levels=(80,))
    assert out["month"].to_list() == ["2023-05"]


def test_a_series_without_any_value_is_null_and_says_so() -> None:
    out = forecast_table(_table("A", _months(4), [None] * 4), horizon=1, season=12, levels=(80,))
    assert out.select("mean", "lo80", "hi80", "method").rows() == [(None, None, None, "none: no history")]


def test_bad_rows_are_named_with_the_remedy_and_good_rows_stay() -> None:
    rows = pl.DataFrame(
        {
            "series": ["A", "A", "A", None, "A", "A", "B", "A", "A", "A"],
            "month": [
                "2026-01",
                "2026-13",
                "next",
                "2026-01",
                "2026-02",
                "2026-02",
                "2026-01",
                "2026-03",
                "2026-04",
                "0000-01",
            ],
            "value": ["1", "2", "3", "4", "5", "6", "seven", "", "1e300", "9"],
        }
    )
    good, findings = clean_table(rows)
    assert [say(f) for f in findings] == [
        "row 3, month: '2026-13' is not a month. Write it as 2026-07, or as a date.",
        "row 4, month: 'next' is not a month. Write it as 2026-07, or as a date.",
        "row 5, series: The row names no series. Write the name of the series it belongs to.",
        (
            "row 7, month: 'A' has 2 rows for 2026-02; none of them is used, so the month counts as missing. "
            "Keep the one that is right, or add them up."
        ),
        "row 8, value: 'seven' is not a number. Write digits with a point or a comma, without a unit.",
        "row 10, value: '1e300' is not a number. Write digits with a point or a comma, without a unit.",
        "row 11, month: '0000-01' is not a month. Write it as 2026-07, or as a date.",
    ]
    january, march = ("A", dt.date(2026, 1, 1), 1.0), ("A", dt.date(2026, 3, 1), None)
    assert good.rows() == [january, ("A", dt.date(2026, 2, 1), None), march]
    assert clean_table(good)[0].equals(good)
    assert forecast_table(good, horizon=1, season=12, levels=(80,))["month"].to_list() == [dt.date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (
            pl.DataFrame({"series": ["A"], "month": ["2026-01"]}),
            "The table of series can't be read: it has no column 'value', only series, month.",
        ),
        (
            pl.DataFrame({"series": [], "month": [], "value": []}),
            "The table of series can't be read: it has no row that can be used. Write one for each series and month.",
        ),
        (
            _table("A", ["2026-01", "x", "y"], [1, 2, 3]),
            (
                "The table of series can't be read: row 3, month: 'x' is not a month. "
                "Write it as 2026-07, or as a date. (and 1 more)"
            ),
        ),
        (
            _table("A", ["0206-01", "2026-01"], [1, 2]),
            "The table of series can't be read: 'A' runs over 21841 months, more than 1200: is a year mistyped?",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(table: pl.DataFrame, sentence: str) -> None:
    with pytest.raises(BadSeriesTableError) as caught:
        forecast_table(table, horizon=1, season=12, levels=(80,))
    assert str(caught.value) == sentence


def test_a_last_month_that_is_there_twice_still_counts() -> None:
    good, findings = clean_table(_table("A", ["2023-01", "2023-02", "2023-02"], [1.0, 1.0, 9.0]), file="in.csv")
    assert [f.place.file for f in findings] == ["in.csv"]
    assert forecast_table(good, horizon=1, season=12, levels=(80,))["month"].to_list() == [dt.date(2023, 3, 1)]


def test_rows_that_are_alike_far_apart_and_series_without_values_are_named() -> None:
    rows = pl.concat(
        [
            _table("each", _months(5), [1.0] * 5),
            _table("empty", _months(2), [None, None]),
            _table("now and then", ["2023-01", "2023-05", "2023-06"], [1.0, 1.0, 1.0]),
            _table("quarters", _months(9)[::3], [3.0, 3.0, None]),
            _table("two", ["2023-01", "2023-03"], [1.0, 1.0]),
        ]
    )
    assert [say(f) for f in odd_series(clean_table(rows)[0], file="in.csv")] == [
        (
            "in.csv, empty: It has no value in any month, so it has no forecast. "
            "Fill in what was seen, or leave the series out."
        ),
        (
            "in.csv, quarters: It has a row every 3 months only; those between count as missing, and each is forecast "
            "as one month. If the rows are sums of several months, divide them among these; if nothing was seen "
            "between, write 0."
        ),
    ]


def test_no_forecast_runs_on_after_the_last_year() -> None:
    rows = _table("A", ["9999-10", "9999-11"], [1.0, 1.0])
    assert forecast_table(rows, horizon=1, season=12, levels=(80,))["month"].to_list() == ["9999-12"]
    with pytest.raises(BadSeriesTableError, match="the forecast of 'A' runs on after year 9999: is a year mistyped"):
        forecast_table(rows, horizon=2, season=12, levels=(80,))


def test_a_horizon_that_cannot_be_is_refused_before_anything_is_read() -> None:
    with pytest.raises(BadForecastRequestError, match="A horizon of 0 can't be"):
        forecast_table(pl.DataFrame(), horizon=0, season=12, levels=(80,))


def test_a_day_that_no_month_has_is_no_month() -> None:
    rows = _table("A", ["2021-01", "2021-02-28", "2021-02-30", "2021-03-31 00:00:00"], [1.0, 2.0, 3.0, 4.0])
    good, findings = clean_table(rows)
    assert good["month"].to_list() == [dt.date(2021, 1, 1), dt.date(2021, 2, 1), dt.date(2021, 3, 1)]
    assert [say(f) for f in findings] == [
        "row 4, month: '2021-02-30' is not a month. Write it as 2026-07, or as a date."
    ]
