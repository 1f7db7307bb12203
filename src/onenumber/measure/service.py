"""Service to customers: order lines on time in full (K27), fill rates (K28), perfect orders (K29).

There is no standard definition of on time in full: the date it refers to, the window and the tolerance are settings,
and stand beside every figure.
"""

import datetime as dt
from dataclasses import dataclass

import polars as pl

ON_DATES = ("requested", "first_confirmed")
"""Dates a line may be judged by. The last confirmed date is never one: it moves with the failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRule:
    """Window and tolerance: days late and early that still count (None: early never fails), share that is "in full"."""

    late_days: int = 0
    early_days: int | None = None
    in_full: float = 1.0


def judge_lines(
    *, lines: pl.DataFrame, shipments: pl.DataFrame, date: str, rule: ServiceRule, as_of: dt.date
) -> pl.DataFrame:
    """One row per order line with a positive quantity: when it was due, what arrived in its window, and the outcome.

    ``lines`` has the columns of the `order_lines` table, ``shipments`` those of `shipments`; only what had shipped
    before ``as_of`` counts. Outcome, first that holds: ``cancelled_by_customer`` (out), ``cancelled_by_us`` (fails),
    ``no_date`` (out), ``kept``, ``pending`` (window not over, out), ``late_open`` (fails where it was due),
    ``missed`` (fails). A cancellation carries no date in the contract: the customer's counts as before the due date.
    In full is judged at the end of the window, so a partial shipment fails unless it is within tolerance.
    """
    due = lines.filter(pl.col("quantity") > 0).with_columns(pl.col(date).alias("due"))
    last = pl.col("due") + pl.duration(days=rule.late_days)
    arrived = _arrived(due, shipments, rule, as_of)
    judged = due.join(arrived, on=["order", "line"], how="left", maintain_order="left")
    judged = judged.with_columns(pl.col("in_window", "shipped").fill_null(0.0), last.alias("last"))
    judged = judged.with_columns(_outcome(rule, as_of).alias("outcome"))
    return judged.with_columns(
        (pl.col("outcome") == "kept").alias("kept"),
        pl.col("outcome").is_in(["kept", "missed", "late_open", "cancelled_by_us"]).alias("counted"),
    ).drop("last")


def _arrived(due: pl.DataFrame, shipments: pl.DataFrame, rule: ServiceRule, as_of: dt.date) -> pl.DataFrame:
    sent = shipments.filter(pl.col("date") < as_of).select("order", "line", pl.col("date").alias("left"), "quantity")
    sent = sent.sort("order", "line", "left", maintain_order=True)
    windows = due.select("order", "line", "due")
    rows = windows.join(sent, on=["order", "line"], how="inner", maintain_order="left")
    inside = pl.col("left") <= pl.col("due") + pl.duration(days=rule.late_days)
    if rule.early_days is not None:
        inside = inside & (pl.col("left") >= pl.col("due") - pl.duration(days=rule.early_days))
    return rows.group_by("order", "line", maintain_order=True).agg(
        pl.col("quantity").filter(inside).sum().alias("in_window"), pl.col("quantity").sum().alias("shipped")
    )


def _outcome(rule: ServiceRule, as_of: dt.date) -> pl.Expr:
    enough = pl.col("quantity") * rule.in_full
    by_us = (pl.col("cancelled_by") == "us").fill_null(value=False)
    return (
        pl.when(pl.col("status").eq("cancelled") & ~by_us)
        .then(pl.lit("cancelled_by_customer"))
        .when(pl.col("status") == "cancelled")
        .then(pl.lit("cancelled_by_us"))
        .when(pl.col("due").is_null())
        .then(pl.lit("no_date"))
        .when(pl.col("in_window") >= enough)
        .then(pl.lit("kept"))
        .when(pl.col("last") >= as_of)
        .then(pl.lit("pending"))
        .when(pl.col("shipped") < enough)
        .then(pl.lit("late_open"))
        .otherwise(pl.lit("missed"))
    )


def otif(*, judged: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """K27 per group: ``numerator`` lines kept, ``denominator`` lines counted, ``value`` and ``reason``.

    Reason ``nothing_due`` where no line counted, ``no_confirmed_date`` where lines exist but none has its date.

    Example:
        >>> t = pl.DataFrame({"division": ["A", "A", "B"], "kept": [True, False, False],
        ...                   "counted": [True, True, False], "outcome": ["kept", "late_open", "no_date"]})
        >>> otif(judged=t, by=["division"]).rows()
        [('A', 1.0, 2.0, 0.5, ''), ('B', 0.0, 0.0, None, 'no_confirmed_date')]
    """
    sums = judged.group_by(by).agg(
        pl.col("kept").sum().cast(pl.Float64).alias("numerator"),
        pl.col("counted").sum().cast(pl.Float64).alias("denominator"),
        (pl.col("outcome") == "no_date").any().alias("_dateless"),
    )
    return _with_value(sums.sort(by), pl.col("_dateless")).drop("_dateless")


def _with_value(sums: pl.DataFrame, dateless: pl.Expr) -> pl.DataFrame:
    known = pl.col("denominator") > 0
    why = pl.when(dateless).then(pl.lit("no_confirmed_date")).otherwise(pl.lit("nothing_due"))
    return sums.with_columns(
        pl.when(known).then(pl.col("numerator") / pl.col("denominator")).alias("value"),
        pl.when(known).then(pl.lit("")).otherwise(why).alias("reason"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FillRates:
    """Three different numbers with no fixed ordering, each None without demand (reason ``nothing_due``)."""

    unit: float | None
    line: float | None
    order: float | None
    reason: str


def fill_rates(*, lines: pl.DataFrame) -> FillRates:
    """K28 over lines with ``order``, ``quantity`` and ``supplied`` (first shipment, by its due date).

    Unit: ``sum(min(supplied, quantity)) / sum(quantity)``; line: lines supplied complete / lines; order: orders whose
    every line is complete / orders.

    Example (one complete order of 1 line, one empty order of 9 lines):
        >>> t = pl.DataFrame({"order": ["O1"] + ["O2"] * 9, "quantity": [1.0] * 10, "supplied": [1.0] + [0.0] * 9})
        >>> r = fill_rates(lines=t)
        >>> r.unit, r.line, r.order
        (0.1, 0.1, 0.5)
    """
    if not len(lines) or lines["quantity"].sum() <= 0:
        return FillRates(unit=None, line=None, order=None, reason="nothing_due")
    full = lines.with_columns((pl.col("supplied") >= pl.col("quantity")).alias("full"))
    orders = full.group_by("order", maintain_order=True).agg(pl.col("full").all())
    supplied = full.select(pl.min_horizontal("supplied", "quantity").sum()).item()
    return FillRates(
        unit=supplied / full["quantity"].sum(),
        line=float(full["full"].sum()) / len(full),
        order=float(orders["full"].sum()) / len(orders),
        reason="",
    )


def first_supplied(*, lines: pl.DataFrame, shipments: pl.DataFrame, date: str = "requested") -> pl.DataFrame:
    """Order lines with ``supplied``: the quantity of their first shipment day, if it left by the due date, else 0."""
    ordered = shipments.sort("order", "line", "date")
    day = ordered.group_by("order", "line", "date", maintain_order=True).agg(pl.col("quantity").sum().alias("supplied"))
    first = day.unique(subset=["order", "line"], keep="first", maintain_order=True)
    joined = lines.join(first, on=["order", "line"], how="left", maintain_order="left")
    in_time = (pl.col("date") <= pl.col(date)).fill_null(value=False)
    return joined.with_columns(pl.when(in_time).then(pl.col("supplied")).otherwise(0.0).alias("supplied")).drop("date")


@dataclass(frozen=True, slots=True, kw_only=True)
class PerfectOrders:
    """Perfect orders / orders that can be judged; ``unknown`` orders lack a test and failed none."""

    perfect: int
    judged: int
    unknown: int
    value: float | None
    reason: str


def perfect_orders(*, lines: pl.DataFrame, tests: tuple[str, ...]) -> PerfectOrders:
    """K29: orders whose every line passes all ``tests`` (in full, on date, documents, condition): a logical AND.

    It is not a product of averages. A null test is unknown: the order fails if another test failed, else it is not
    judged. Source: SCOR RL.1.1.

    Example (vector T8: 90 perfect, 6 late and short, 4 short):
        >>> t = pl.DataFrame({"order": list(range(100)), "on_time": [True] * 90 + [False] * 6 + [True] * 4,
        ...                   "in_full": [True] * 90 + [False] * 10})
        >>> perfect_orders(lines=t, tests=("on_time", "in_full")).value
        0.9
    """
    passed = pl.all_horizontal(*tests)
    orders = (
        lines.with_columns(passed.alias("passed"))
        .group_by("order", maintain_order=True)
        .agg(
            (pl.col("passed") == False).any().alias("failed"),  # noqa: E712 - null is neither
            pl.col("passed").is_null().any().alias("unknown"),
        )
    )
    unknown = orders.filter(pl.col("unknown") & ~pl.col("failed")).height
    judged = len(orders) - unknown
    perfect = judged - int(orders["failed"].sum())
    reason = "" if judged else ("not_recorded" if unknown else "nothing_due")
    return PerfectOrders(
        perfect=perfect, judged=judged, unknown=unknown, value=perfect / judged if judged else None, reason=reason
    )
