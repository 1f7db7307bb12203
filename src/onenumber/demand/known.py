"""What was known when a cycle opened: facts cut so that nothing later can look ahead."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.model.period import Calendar, Period, PeriodMapping

Tables = Mapping[str, pl.DataFrame]
CALENDAR_MONTH = PeriodMapping(offset_days=0, date_used="requested")
EVERY_MONTH = {"order_lines": "ordered", "shipments": "date", "production": "date", "stock": "date"}
"""Tables of facts that come every month, with the column that says when."""
_DATED = {
    "shipments": "date",
    "stock": "date",
    "production": "date",
    "production_orders": "released",
    "purchase_orders": "ordered",
    "history_adjustments": "period",
    "forecast_snapshots": "cycle",
    "plan_snapshots": "cycle",
}


def mappings_of(tables: Tables) -> dict[str, PeriodMapping]:
    """The period mapping of each channel that has one.

    Example:
        >>> t = pl.DataFrame({"channel": ["reseller"], "offset_days": [4], "date_used": ["ordered"]})
        >>> mappings_of({"period_mappings": t})["reseller"].offset_days
        4
    """
    rows = tables["period_mappings"].iter_rows(named=True) if "period_mappings" in tables else iter(())
    return {r["channel"]: PeriodMapping(offset_days=r["offset_days"], date_used=r["date_used"]) for r in rows}


def with_period(
    lines: pl.DataFrame, *, calendar: Calendar, mappings: Mapping[str, PeriodMapping], date: str = ""
) -> pl.DataFrame:
    """Order lines (with their ``channel``) and the calendar index of their period; -1 is outside the calendar.

    The channel's mapping names the date used, unless ``date`` does.

    Example:
        >>> lines = pl.DataFrame({"channel": ["reseller"], "ordered": [dt.date(2014, 4, 28)],
        ...                       "requested": [dt.date(2014, 5, 10)]})
        >>> c = Calendar.months(start=dt.date(2014, 1, 1), periods=24)
        >>> m = {"reseller": PeriodMapping(offset_days=4, date_used="ordered")}
        >>> with_period(lines, calendar=c, mappings=m)["period"].to_list()
        [4]
    """
    channel = lines["channel"].to_numpy()
    period = np.full(len(lines), -1, dtype=np.int64)
    for name in lines["channel"].unique().sort().to_list():
        mapping = mappings.get(name, CALENDAR_MONTH)
        rows = np.flatnonzero(channel == name)
        days = lines[date or mapping.date_used].to_numpy()[rows].astype("datetime64[D]")
        period[rows] = calendar.indices(mapping.shift(days))
    return lines.with_columns(pl.Series("period", period))


def known_before(load: Tables, *, company: Tables, calendar: Calendar, cycle: int) -> dict[str, pl.DataFrame]:
    """The facts known when the cycle of calendar index ``cycle`` opened, on the first day of its period.

    Order lines are cut by the *period* they were ordered in (the channel's mapping, where it dates by the order), so
    that a wave dated before the month it is meant for is not known early; everything else is cut by its date.
    What has no date of its own follows from facts that do: an order line's status from its shipments, a production
    order's postings (:func:`production_to_come`), a purchase order's receipts (:func:`purchases_on`). A cancelled line
    and a recorded adjustment of history stand as they do today, because nobody wrote down when.
    """
    cut = calendar[cycle].start
    known = {name: _cut(table, name, cut) for name, table in load.items() if name not in ("order_lines", "receipts")}
    channels = company["customers"].select("customer", "channel")
    lines = load["order_lines"].join(channels, on="customer", how="left", maintain_order="left")
    ordered = with_period(lines, calendar=calendar, mappings=_when_ordered(mappings_of(company)), date="ordered")
    before = pl.col("ordered") < calendar[0].start
    inside = (pl.col("period") >= 0) & (pl.col("period") < cycle)
    known["order_lines"] = _with_status_then(ordered.filter(before | inside).drop("period", "channel"), known)
    if "receipts" in load:
        known["receipts"] = _receipts_on(load, cut)
    if "purchase_orders" in load:
        known["purchase_orders"] = purchases_on(load, cut)
    if "production_orders" in load:
        known["production_orders"] = production_to_come(known)
    return known


def not_loaded(load: Tables, *, company: Tables, period: Period) -> tuple[str, ...]:
    """Tables of facts that have rows before a period and none in it: what came every month did not come.

    Example:
        >>> june = Period(index=5, label="2026-06", start=dt.date(2026, 6, 1), end=dt.date(2026, 7, 1),
        ...               fiscal_year=2026, season=5)
        >>> made = pl.DataFrame({"date": [dt.date(2026, 5, 4)]})
        >>> not_loaded({"production": made, "shipments": made.clear()}, company={}, period=june)
        ('production',)
    """
    return tuple(name for name in EVERY_MONTH if name in load and _lacks(_days_of(name, load, company), period))


def periods_not_loaded(
    name: str, load: Tables, *, company: Tables, calendar: Calendar, periods: range
) -> tuple[int, ...]:
    """The periods of which a table of facts was not loaded, by the rule of :func:`not_loaded`."""
    if name not in load:
        return ()
    days = _days_of(name, load, company).unique()
    return tuple(k for k in periods if _lacks(days, calendar[k]))


def _lacks(days: pl.Series, period: Period) -> bool:
    inside = days.is_between(period.start, period.end, closed="left")
    return bool((days < period.start).any()) and not bool(inside.any())


def _days_of(name: str, load: Tables, company: Tables) -> pl.Series:
    """When the rows of a table happened; an order counts in the period that its channel's wave is meant for."""
    table, column = load[name], EVERY_MONTH[name]
    waves = _when_ordered(mappings_of(company)) if name == "order_lines" else {}
    if not waves:
        return table[column]
    channels = company["customers"].select("customer", "channel")
    lines = table.select("customer", column).join(channels, on="customer", how="left", maintain_order="left")
    offset = pl.col("channel").replace_strict(
        {channel: wave.offset_days for channel, wave in waves.items()}, default=0, return_dtype=pl.Int64
    )
    return lines.select(pl.col(column) + pl.duration(days=offset)).to_series()


def _when_ordered(mappings: Mapping[str, PeriodMapping]) -> dict[str, PeriodMapping]:
    """The mappings that move an order date; an offset on the requested date says nothing about when it was ordered."""
    return {channel: mapping for channel, mapping in mappings.items() if mapping.date_used == "ordered"}


def _cut(table: pl.DataFrame, name: str, cut: dt.date) -> pl.DataFrame:
    column = _DATED.get(name)
    return table if column is None else table.filter(pl.col(column) < cut)


def _with_status_then(lines: pl.DataFrame, known: Tables) -> pl.DataFrame:
    """Order lines with the status that their shipments known then give them; without shipments as they stand today."""
    shipped = shipped_by_line(known)
    if shipped is None:
        return lines
    sent = pl.col("shipped").fill_null(0.0)
    then = pl.when(sent < pl.col("quantity")).then(pl.lit("open")).otherwise(pl.lit("shipped"))
    asked = (pl.col("status") != "cancelled") & (pl.col("quantity") > 0)
    joined = lines.join(shipped, on=["order", "line"], how="left", maintain_order="left")
    return joined.with_columns(pl.when(asked).then(then).otherwise("status").alias("status")).drop("shipped")


def production_to_come(known: Tables) -> pl.DataFrame:
    """Production orders with what is still to come: ordered less what postings that name the order made or lost.

    Example:
        >>> orders = pl.DataFrame({"order": ["W1", "W2"], "quantity": [10.0, 5.0]})
        >>> made = pl.DataFrame({"order": ["W1", "W2"], "quantity": [6.0, 4.0], "scrapped": [None, 1.0]})
        >>> production_to_come({"production_orders": orders, "production": made}).rows()
        [('W1', 4.0)]
    """
    orders = known["production_orders"]
    if "production" not in known:
        return orders
    posted = known["production"].filter(pl.col("order").is_not_null()).sort("order", maintain_order=True)
    done = posted.group_by("order", maintain_order=True).agg(
        (pl.col("quantity") + pl.col("scrapped").fill_null(0.0)).sum().alias("done")
    )
    joined = orders.join(done, on="order", how="left", maintain_order="left")
    left = joined.with_columns(pl.col("quantity") - pl.col("done").fill_null(0.0))
    return left.filter(pl.col("quantity") > 0).drop("done")


def purchases_on(load: Tables, cut: dt.date) -> pl.DataFrame:
    """Purchase order lines ordered before ``cut``, with their status on that day.

    A line that is closed today was open then if something of it was received on that day or later; where its
    receipts have no dates, if that is when the vendor promised it.
    """
    lines = load["purchase_orders"].filter(pl.col("ordered") < cut)
    last = _received_last(load, lines)
    arrived = pl.coalesce("received", "last_confirmed", "first_confirmed")
    was_open = (pl.col("status") == "closed") & (arrived >= cut).fill_null(value=False)
    status = pl.when(was_open).then(pl.lit("open")).otherwise("status").alias("status")
    return last.with_columns(status).drop("received")


def _received_last(load: Tables, lines: pl.DataFrame) -> pl.DataFrame:
    if "receipts" not in load:
        return lines.with_columns(pl.lit(None, dtype=pl.Date).alias("received"))
    last = load["receipts"].group_by("order", "line").agg(pl.col("date").max().alias("received"))
    return lines.join(last, on=["order", "line"], how="left", maintain_order="left")


def _receipts_on(load: Tables, cut: dt.date) -> pl.DataFrame:
    """Receipts before ``cut``; one without a date counts from the day the vendor promised the line for."""
    receipts = load["receipts"]
    if "purchase_orders" not in load:
        return receipts.filter(pl.col("date") < cut)
    promised = load["purchase_orders"].select(
        "order", "line", pl.coalesce("last_confirmed", "first_confirmed").alias("promised")
    )
    joined = receipts.join(promised, on=["order", "line"], how="left", maintain_order="left")
    return joined.filter(pl.coalesce("date", "promised") < cut).drop("promised")


def shipped_by_line(load: Tables) -> pl.DataFrame | None:
    """Quantity shipped per order line in the facts given; None where the company brings no shipments.

    Example:
        >>> s = pl.DataFrame({"order": ["O1", "O1"], "line": [1, 1], "quantity": [2.0, 3.0]})
        >>> shipped_by_line({"shipments": s}).rows()
        [('O1', 1, 5.0)]
    """
    if "shipments" not in load:
        return None
    return _sent(load["shipments"])


def _sent(shipments: pl.DataFrame) -> pl.DataFrame:
    ordered = shipments.sort("order", "line", maintain_order=True)
    return ordered.group_by("order", "line", maintain_order=True).agg(pl.col("quantity").sum().alias("shipped"))


def open_lines(load: Tables) -> pl.DataFrame:
    """Order lines not yet delivered in full, with their ``open`` quantity; returns and cancelled lines are not open.

    ``load`` must already be cut to what was known (see :func:`known_before`): then the status of a line says what its
    shipments make of it. Open is the quantity less what of it was shipped.
    """
    lines = load["order_lines"].filter((pl.col("quantity") > 0) & (pl.col("status") == "open"))
    if "shipments" not in load:
        return lines.with_columns(pl.col("quantity").alias("open"))
    sent = _sent(load["shipments"].join(lines, on=["order", "line"], how="semi"))
    left = lines.join(sent, on=["order", "line"], how="left", maintain_order="left")
    rest = (pl.col("quantity") - pl.col("shipped").fill_null(0.0)).alias("open")
    return left.with_columns(rest).filter(pl.col("open") > 0).drop("shipped")
