"""What was known when a cycle opened: facts cut so that nothing later can look ahead."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.model.period import Calendar, PeriodMapping

Tables = Mapping[str, pl.DataFrame]
CALENDAR_MONTH = PeriodMapping(offset_days=0, date_used="requested")
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

    Order lines are cut by the *period* they were ordered in (the channel's mapping), everything else by its date.
    A line that shipped only later, or was cancelled with no date, stands as it did: what had shipped by then is
    found from the shipments where there are any.
    """
    cut = calendar[cycle].start
    known = {name: _cut(table, name, cut) for name, table in load.items() if name not in ("order_lines", "receipts")}
    channels = company["customers"].select("customer", "channel")
    lines = load["order_lines"].join(channels, on="customer", how="left", maintain_order="left")
    ordered = with_period(lines, calendar=calendar, mappings=mappings_of(company), date="ordered")
    before = pl.col("ordered") < calendar[0].start
    inside = (pl.col("period") >= 0) & (pl.col("period") < cycle)
    known["order_lines"] = ordered.filter(before | inside).drop("period", "channel")
    if "receipts" in load:
        known["receipts"] = load["receipts"].filter(pl.col("date").is_null() | (pl.col("date") < cut))
    return known


def _cut(table: pl.DataFrame, name: str, cut: dt.date) -> pl.DataFrame:
    column = _DATED.get(name)
    return table if column is None else table.filter(pl.col(column) < cut)


def shipped_by_line(load: Tables) -> pl.DataFrame | None:
    """Quantity shipped per order line in the facts given; None where the company brings no shipments.

    Example:
        >>> s = pl.DataFrame({"order": ["O1", "O1"], "line": [1, 1], "quantity": [2.0, 3.0]})
        >>> shipped_by_line({"shipments": s}).rows()
        [('O1', 1, 5.0)]
    """
    if "shipments" not in load:
        return None
    return (
        load["shipments"]
        .sort("order", "line")
        .group_by("order", "line", maintain_order=True)
        .agg(pl.col("quantity").sum().alias("shipped"))
    )


def open_lines(load: Tables) -> pl.DataFrame:
    """Order lines not yet delivered in full, with their ``open`` quantity; returns and cancelled lines are not open.

    With shipments: quantity less shipped. Without: the lines whose status says open.
    """
    lines = load["order_lines"].filter((pl.col("quantity") > 0) & (pl.col("status") != "cancelled"))
    shipped = shipped_by_line(load)
    if shipped is None:
        return lines.filter(pl.col("status") == "open").with_columns(pl.col("quantity").alias("open"))
    left = lines.join(shipped, on=["order", "line"], how="left", maintain_order="left")
    rest = (pl.col("quantity") - pl.col("shipped").fill_null(0.0)).alias("open")
    return left.with_columns(rest).filter(pl.col("open") > 0).drop("shipped")
