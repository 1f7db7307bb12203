"""A table of series in, a table of forecasts out: the engine without a database."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import polars as pl

from onenumber.demand.panel import LARGEST, Floats, Ints
from onenumber.demand.series import LONGEST, SeriesForecast, check_request, forecast_series
from onenumber.errors.demand import BadSeriesTableError
from onenumber.model.finding import Finding, Place, Severity, Value
from onenumber.model.sentences import say

COLUMNS = ("series", "month", "value")
ENOUGH = 3
"""Rows of a series from which on it shows that they are alike far apart."""
FIRST_ROW = 2
"""The first row under the header, as a person counts."""


def forecast_table(table: pl.DataFrame, *, horizon: int, season: int, levels: Sequence[float]) -> pl.DataFrame:
    """Forecast every series of a table.

    In: ``series``, ``month`` (a date, or text as 2026-07) and ``value``; a month without a row, or with an empty value,
    is missing, not zero. Out, per series and month after its own last row: ``series``, ``month`` (text where it came
    as text, else the first day), ``mean``, ``lo80``, ``hi80`` ... per level in percent, ``method``. Null where a series
    has no value at all.

    Raises:
        BadForecastRequestError: if horizon, season or a level can't be.
        BadSeriesTableError: if a column is missing, nothing is in it, a row is bad (:func:`clean_table` leaves those
            out), or a series is too long to be true.

    Example:
        >>> rows = pl.DataFrame({"series": ["A"] * 3, "month": ["2026-01", "2026-02", "2026-04"], "value": [5, 5, 5]})
        >>> forecast_table(rows, horizon=1, season=12, levels=(80,)).select("series", "month", "mean", "method").rows()
        [('A', '2026-05', 5.0, 'holt + theta + dynamic theta')]
    """
    check_request(horizon=horizon, season=season, levels=levels)
    clean, findings = clean_table(table)
    if findings:
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        raise BadSeriesTableError(what=f"{say(findings[0])}{more}")
    if not len(clean):
        raise BadSeriesTableError(what="it has no row that can be used. Write one for each series and month.")
    names, values, ends = _spread_out(clean)
    _refuse_endless(names, ends + horizon)
    made = forecast_series(values=values, horizon=horizon, season=season, levels=levels)
    return _rows(names, ends, made, as_text=table.schema["month"] == pl.String)


def clean_table(
    table: pl.DataFrame, rows: pl.Series | None = None, *, file: str = ""
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """The good rows (series text, month as its first day, value or null), and a finding per bad row.

    Bad is: no series, no month, a value that is not a number, and every row of a month that a series has twice: that
    month stays, without a value. ``rows`` says where each row stands in ``file``; without it they are counted from the
    second, under a header.

    Raises:
        BadSeriesTableError: if a column is missing.

    Example:
        >>> rows = pl.DataFrame({"series": ["A", "A"], "month": ["2026-01", "Jan"], "value": ["5", "6"]})
        >>> good, findings = clean_table(rows)
        >>> len(good), [say(f) for f in findings]
        (1, ["row 3, month: 'Jan' is not a month. Write it as 2026-07, or as a date."])
    """
    lacking = [name for name in COLUMNS if name not in table.columns]
    if lacking:
        raise BadSeriesTableError(what=f"it has no column {lacking[0]!r}, only {', '.join(table.columns) or 'none'}.")
    counted = pl.int_range(FIRST_ROW, len(table) + FIRST_ROW, eager=True) if rows is None else rows
    read = _read(table.select(*COLUMNS, counted.alias("row")))
    findings = [_finding(row, file) for row in read.filter(pl.col("code") != "").iter_rows(named=True)]
    good = read.filter(pl.col("code") == "")
    again = pl.struct("series", "month").is_duplicated()
    findings += [_twice(key, len(rows), rows["row"][-1], file) for key, rows in _grouped(good.filter(again))]
    once = good.with_columns(pl.when(~again).then("value"))
    kept = once.unique(["series", "month"], keep="first", maintain_order=True)
    return kept.select(COLUMNS), tuple(sorted(findings, key=lambda f: f.place.row or 0))


def odd_series(good: pl.DataFrame, *, file: str = "") -> tuple[Finding, ...]:
    """What somebody should look at in good rows: a series without any value, and one with a row every few months only.

    Example:
        >>> days = [dt.date(2026, month, 1) for month in (1, 4, 7)]
        >>> rows = pl.DataFrame({"series": ["A"] * 3, "month": days, "value": [30.0, 30.0, 30.0]})
        >>> [(f.place.series, f.code, f.values["months"]) for f in odd_series(rows)]
        [('A', 'months_apart', 3)]
    """
    apart = (pl.col("month").dt.year().cast(pl.Int64) * 12 + pl.col("month").dt.month()).sort().diff()
    each = good.group_by("series").agg(
        pl.col("value").count().alias("known"), apart.min().alias("least"), apart.max().alias("most"), pl.len()
    )  # fmt: skip
    found = []
    for series, known, least, most, rows in each.sort("series").iter_rows():
        if not known:
            found.append(_odd("series_without_values", file, series, {}))
        elif rows >= ENOUGH and least == most > 1:
            found.append(_odd("months_apart", file, series, {"months": most}))
    return tuple(found)


def _odd(code: str, file: str, series: str, values: dict[str, Value]) -> Finding:
    return Finding(code=code, severity=Severity.ATTENTION, place=Place(file=file, series=series), values=values)


def _read(table: pl.DataFrame) -> pl.DataFrame:
    """Typed columns, the row as a person counts it, and the code of what is wrong with it (empty where nothing is)."""
    raw = table.with_columns(
        pl.col("series").cast(pl.String).str.strip_chars(),
        pl.col("month").cast(pl.String).str.strip_chars().alias("_month"),
        pl.col("value").cast(pl.String).str.strip_chars().alias("_value"),
    )
    empty = pl.col("_value").is_null() | pl.col("_value").str.to_lowercase().is_in(["", "nan", "na", "null"])
    number = pl.col("_value").cast(pl.Float64, strict=False)
    typed = raw.with_columns(
        _month().alias("month"),
        pl.when(~empty & (number.abs() <= LARGEST)).then(number).alias("value"),
        pl.when(empty).then(pl.lit("missing")).when(number.abs() <= LARGEST).then(pl.lit("number")).alias("_kind"),
    )
    code = (
        pl.when(pl.col("series").is_null() | (pl.col("series") == ""))
        .then(pl.lit("series_without_name"))
        .when(pl.col("month").is_null())
        .then(pl.lit("not_a_month"))
        .when(pl.col("_kind").is_null())
        .then(pl.lit("not_a_number"))
        .otherwise(pl.lit(""))
    )
    return typed.with_columns(code.alias("code"))


def _month() -> pl.Expr:
    """First day of the month of the text: 2026-07, 2026-07-15, 2026-07-15 00:00:00; null where there is no such day."""
    month, day = (pl.col("_month").str.extract(r"^(\d{4}-\d{2})(-\d{2})?(?:[ T][\d:.]+)?$", part) for part in (1, 2))
    first = pl.concat_str(month, day.fill_null("-01")).str.to_date("%Y-%m-%d", strict=False).dt.month_start()
    return pl.when(first.dt.year() > 0).then(first)  # polars reads a year 0, which nobody else knows


def _finding(row: dict[str, str | int | None], file: str) -> Finding:
    column = {"not_a_month": "month", "not_a_number": "value", "series_without_name": "series"}[str(row["code"])]
    values: dict[str, Value] = {"value": row.get(f"_{column}")}
    place = Place(file=file, row=int(row["row"] or 0), column=column)
    return Finding(code=str(row["code"]), severity=Severity.BLOCKED, place=place, values=values)


def _twice(key: tuple[str, dt.date], rows: int, last: int, file: str) -> Finding:
    series, month = key
    values: dict[str, Value] = {"series": series, "month": f"{month:%Y-%m}", "rows": rows}
    place = Place(file=file, row=last, column="month")
    return Finding(code="month_twice", severity=Severity.BLOCKED, place=place, values=values)


def _grouped(rows: pl.DataFrame) -> list[tuple[tuple[str, dt.date], pl.DataFrame]]:
    groups = rows.group_by("series", "month", maintain_order=True)
    return [((str(key[0]), key[1]), part) for key, part in groups]


def _spread_out(clean: pl.DataFrame) -> tuple[list[str], Floats, Ints]:
    """Names in order, values (series x periods) with every series ending in the last column, and their last months.

    A month is counted as year x 12 + month from 0.
    """
    rows = clean.sort("series", "month")
    names = rows["series"].unique(maintain_order=True).to_list()
    at = np.searchsorted(np.array(names, dtype=np.str_), rows["series"].to_numpy().astype(np.str_))
    month = (rows["month"].dt.year().cast(pl.Int64) * 12 + rows["month"].dt.month() - 1).to_numpy()
    first, last = np.full(len(names), np.iinfo(np.int64).max), np.full(len(names), -1)
    np.minimum.at(first, at, month)
    np.maximum.at(last, at, month)
    length = last - first + 1
    longest = int(np.argmax(length))
    if length[longest] > LONGEST:
        what = f"{names[longest]!r} runs over {length[longest]} months, more than {LONGEST}: is a year mistyped?"
        raise BadSeriesTableError(what=what)
    values = np.full((len(names), int(length[longest])), np.nan)
    values[at, values.shape[1] - 1 - (last[at] - month)] = rows["value"].fill_null(np.nan).to_numpy()
    return names, values, last


def _refuse_endless(names: list[str], last: Ints) -> None:
    """Refuse a forecast that runs on after the last year there is."""
    latest = int(np.argmax(last))
    if last[latest] >= (dt.MAXYEAR + 1) * 12:
        what = f"the forecast of {names[latest]!r} runs on after year {dt.MAXYEAR}: is a year mistyped?"
        raise BadSeriesTableError(what=what)


def _rows(names: list[str], ends: Ints, made: SeriesForecast, *, as_text: bool) -> pl.DataFrame:
    horizon = made.mean.shape[1]
    months = (ends[:, None] + np.arange(1, horizon + 1)).ravel()
    days = [dt.date(int(month) // 12, int(month) % 12 + 1, 1) for month in months.tolist()]
    columns = {"mean": made.mean}
    for level, (lower, upper) in made.bands.items():
        columns |= {f"lo{level:g}": lower, f"hi{level:g}": upper}
    return pl.DataFrame(
        {
            "series": np.repeat(np.array(names, dtype=object), horizon).tolist(),
            "month": [f"{day:%Y-%m}" for day in days] if as_text else days,
            **{name: pl.Series(values.ravel()).fill_nan(None) for name, values in columns.items()},
            "method": np.repeat(made.method, horizon).tolist(),
        },
        schema_overrides={"series": pl.String},
    )
