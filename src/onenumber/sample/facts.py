"""The books of the model company, and the facts they show on a day: nothing that happened later, as it stood then."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.period import Days
from onenumber.sample.clock import Clock
from onenumber.sample.rows import shaped

Tables = dict[str, pl.DataFrame]
QUARANTINE = 14
"""Days that returned goods stay blocked."""
CHECKED = 2
"""Days that received material stays in inspection."""
WEEKLY = 400
"""Days back for which stock is counted every week as well."""
RELEASES = 62
"""Days for which a finished production order stays listed, with nothing to come."""
TOLD_BEFORE = 10
"""Days before its promised date on which a vendor tells that he will be late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Everything that happens, with its day; the future included, so that nothing here may be shown uncut.

    ``sales``: order lines (returns too) with ``shipped`` and ``cancelled`` days. ``made``: postings with the released
    quantity. ``bought``: purchase order lines with the day of receipt. ``moves``: every change of stock (item, site,
    date, quantity); ``opening``: stock before the first of them.
    """

    sales: pl.DataFrame
    made: pl.DataFrame
    bought: pl.DataFrame
    moves: pl.DataFrame
    opening: pl.DataFrame


def facts_on(books: Books, day: dt.date, clock: Clock) -> Tables:
    """The tables of the Load sheet as a company would bring them in the morning of ``day``."""
    return {
        "order_lines": shaped("order_lines", _order_lines(books.sales, day)),
        "shipments": shaped("shipments", _shipments(books.sales, day)),
        "stock": shaped("stock", _stock(books, day, clock)),
        "production": shaped("production", books.made.filter((pl.col("date") < day) & (pl.col("quantity") > 0))),
        "production_orders": shaped("production_orders", _releases(books.made, day)),
        "purchase_orders": shaped("purchase_orders", _purchase_orders(books.bought, day)),
        "receipts": shaped("receipts", _receipts(books.bought, day)),
    }


def _order_lines(sales: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    cancelled = (pl.col("cancelled") < day).fill_null(value=False)
    shipped = (pl.col("shipped") < day).fill_null(value=False)
    status = (
        pl.when(cancelled).then(pl.lit("cancelled")).when(shipped).then(pl.lit("shipped")).otherwise(pl.lit("open"))
    )
    missed = ~shipped & (pl.col("first_confirmed") < day)
    promise = (
        pl.when(missed)
        .then(pl.lit(day) + pl.duration(days=9))
        .when(shipped)
        .then(pl.max_horizontal("first_confirmed", "shipped"))
        .otherwise(pl.col("first_confirmed"))
    )
    return sales.filter(pl.col("ordered") < day).with_columns(
        status.alias("status"),
        promise.alias("last_confirmed"),
        pl.when(cancelled).then(pl.col("cancelled_by")).alias("cancelled_by"),
        pl.lit("EUR").alias("currency"),
    )


def _shipments(sales: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    left = sales.filter(pl.col("shipped") < day)
    note = pl.format("DN{}", pl.col("order").str.slice(2))
    return left.select(note.alias("shipment"), "order", "line", pl.col("shipped").alias("date"), "quantity").sort(
        "date", "order", "line"
    )


def _releases(made: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    known = made.filter((pl.col("released") < day) & (pl.col("date") >= day - dt.timedelta(days=RELEASES)))
    left = pl.when(pl.col("date") < day).then(0.0).otherwise(pl.col("planned"))
    return known.filter(pl.col("planned") > 0).with_columns(
        pl.col("production").alias("order"),
        left.alias("quantity"),
        pl.col("date").alias("due"),
    )


def _purchase_orders(bought: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    came = pl.col("received") < day
    told = (pl.col("received") > pl.col("first_confirmed")) & (
        pl.col("first_confirmed") - pl.duration(days=TOLD_BEFORE) < day
    )
    return bought.filter(pl.col("ordered") < day).with_columns(
        pl.when(came).then(pl.lit("closed")).otherwise(pl.lit("open")).alias("status"),
        pl.when(told).then(pl.col("received")).otherwise(pl.col("first_confirmed")).alias("last_confirmed"),
    )


def _receipts(bought: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    came = bought.filter(pl.col("received") < day)
    key = pl.format("GR{}-{}", pl.col("order").str.slice(2), "line")
    return came.with_columns(key.alias("receipt"), pl.col("received").alias("date")).sort("date", "order", "line")


def count_days(clock: Clock, day: dt.date) -> Days:
    """Days at whose end stock was counted before ``day``: every month end, and lately every Sunday."""
    ends = clock.calendar.ends[: clock.reached] - np.timedelta64(1, "D")
    last = np.datetime64(clock.morning, "D")
    recent = np.arange(last - np.timedelta64(WEEKLY, "D"), last)
    sundays = recent[(recent.astype(np.int64) + 3) % 7 == 6]  # noqa: PLR2004 - 1970-01-01 was a Thursday
    days: Days = np.unique(np.concatenate([ends, sundays]))
    return days[days < np.datetime64(day, "D")]


def _stock(books: Books, day: dt.date, clock: Clock) -> pl.DataFrame:
    """Stock by status: what moved in until the end of the day; fresh returns are blocked, fresh receipts inspected."""
    days = count_days(clock, day)
    cells = books.opening.select("item", "site").with_row_index("cell")
    moves = books.moves.join(cells, on=["item", "site"], how="left", maintain_order="left")
    total = books.opening["quantity"].to_numpy()[:, None] + _until(moves, days, len(cells))
    blocked = _fresh(moves.filter(pl.col("kind") == "return"), days, len(cells), QUARANTINE)
    fresh = _fresh(moves.filter(pl.col("kind") == "receipt"), days, len(cells), CHECKED)
    held = {"blocked": blocked, "inspection": np.minimum(fresh, total - blocked)}
    free = total - held["blocked"] - held["inspection"]
    parts = [_long(cells, days, free, "free", keep_zero=True)]
    parts += [_long(cells, days, amount, status, keep_zero=False) for status, amount in held.items()]
    return pl.concat(parts).sort("item", "site", "date", "status")


def _until(moves: pl.DataFrame, days: Days, cells: int) -> Values:
    """Sum of moves up to the end of each day (cells x days)."""
    at = np.searchsorted(days, moves["date"].to_numpy().astype("datetime64[D]"))
    inside = at < len(days)
    total = np.zeros((cells, len(days)))
    where: tuple[npt.NDArray[np.int64], ...] = (moves["cell"].to_numpy().astype(np.int64)[inside], at[inside])
    np.add.at(total, where, moves["quantity"].to_numpy()[inside])
    summed: Values = np.cumsum(total, axis=1)
    return summed


def _fresh(moves: pl.DataFrame, days: Days, cells: int, wait: int) -> Values:
    """What came in during the last ``wait`` days."""
    fresh: Values = _until(moves, days, cells) - _until(moves, days - np.timedelta64(wait, "D"), cells)
    return fresh


def _long(cells: pl.DataFrame, days: Days, amount: Values, status: str, *, keep_zero: bool) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "cell": np.repeat(np.arange(len(cells)), len(days)),
            "date": np.tile(days, len(cells)),
            "quantity": np.round(amount.ravel(), 6) + 0.0,
        },
        schema_overrides={"cell": pl.UInt32},
    )
    joined = frame.join(cells.with_columns(pl.col("cell").cast(pl.UInt32)), on="cell", maintain_order="left")
    joined = joined.with_columns(pl.lit(status).alias("status"))
    return joined if keep_zero else joined.filter(pl.col("quantity") > 0)
