"""Facts dated outside the calendar of the plan, and a calendar that ends before the horizon does."""

import datetime as dt
from dataclasses import replace

import polars as pl

from onenumber.demand.known import mappings_of, with_period
from onenumber.errors.model import BadCalendarError
from onenumber.files.batch import Batch
from onenumber.files.faults import FILE, ROW, file_finding
from onenumber.model.contract import LOAD, TABLES, Kind
from onenumber.model.finding import Finding, Place, Severity
from onenumber.model.period import Calendar
from onenumber.model.plan import missing_periods, plan_frame

CHANNELS = pl.Schema({"customer": pl.String, "channel": pl.String})


def check_calendar(batch: Batch) -> Batch:
    """Count the facts dated outside the calendar, per file and column; they load and belong to no period.

    Point at a calendar that ends before the horizon of the next cycle does, which begins where the facts end.
    """
    source = next((held for held in (batch.good, batch.known) if len(held.get("plan", ()))), None)
    if source is None:
        return batch
    try:
        calendar = plan_frame(source["plan"]).calendar
    except BadCalendarError as error:
        file = source["plan"][FILE][0] if FILE in source["plan"].columns else "plan"
        finding = file_finding("no_calendar", file, reason=str(error.values["what"]))
        return replace(batch, findings=(*batch.findings, finding))
    lines = _lines_outside(batch, calendar) if "order_lines" in batch.good else []
    found = [
        finding
        for name in LOAD
        if name in batch.good and name != "order_lines"
        for column in TABLES[name].columns
        if column.kind is Kind.DATE
        for finding in _outside(batch.good[name], column.name, calendar)
    ]
    short = _too_short(batch, source["plan"], calendar)
    return replace(batch, findings=(*batch.findings, *short, *lines, *found))


def _too_short(batch: Batch, plan: pl.DataFrame, calendar: Calendar) -> list[Finding]:
    day, end = _known_until(batch, calendar), calendar.periods[-1].end
    if day is None:
        return []
    first = calendar.index_of(day) if day < end else len(calendar)
    missing = missing_periods(plan, first=first)
    if not missing:
        return []
    row = plan.row(0, named=True)
    place = Place(file=row.get(FILE, "plan"), row=row.get(ROW), column="periods")
    values = {
        "last": calendar.periods[-1].label, "day": str(day), "horizon": row["horizon"], "count": len(missing),
        "from": missing[0].label, "until": missing[-1].label, "periods": len(calendar) + len(missing),
    }  # fmt: skip
    return [Finding(code="calendar_too_short", severity=Severity.ATTENTION, place=place, values=values)]


def _known_until(batch: Batch, calendar: Calendar) -> dt.date | None:
    """The last day with an order, or the day after the last count of stock, which is one of a day's end."""
    first, end = calendar.periods[0].start, calendar.periods[-1].end
    ordered, counted = (
        [
            day
            for source in (batch.good, batch.known)
            if name in source
            for day in source[name].filter((pl.col(column) >= first) & (pl.col(column) < end))[column].top_k(1)
        ]
        for name, column in (("order_lines", "ordered"), ("stock", "date"))
    )
    return max([*ordered, *(day + dt.timedelta(days=1) for day in counted)], default=None)


def _lines_outside(batch: Batch, calendar: Calendar) -> list[Finding]:
    """Order lines are dated by what their channel's mapping uses, after its offset; their other dates place nothing."""
    mappings = mappings_of({"period_mappings": mapped} if len(mapped := _known(batch, "period_mappings")) else {})
    customers = _known(batch, "customers")
    known = customers if "channel" in customers.columns else pl.DataFrame(schema=CHANNELS)
    channels = known.select("customer", "channel").unique("customer", keep="first", maintain_order=True)
    lines = batch.good["order_lines"].join(channels, on="customer", how="left", maintain_order="left")
    dated = with_period(lines, calendar=calendar, mappings=mappings)
    first, last = calendar.periods[0].start, calendar.periods[-1].end
    by_order = [channel for channel, mapping in mappings.items() if mapping.date_used == "ordered"]
    used = pl.when(pl.col("channel").is_in(by_order)).then(pl.lit("ordered")).otherwise(pl.lit("requested"))
    outside = dated.filter(pl.col("period") < 0).with_columns(used.alias("_used"))
    parts = outside.partition_by(FILE, "_used", maintain_order=True)
    return [_finding(part, part["_used"][0], first, last) for part in parts if len(part)]


def _known(batch: Batch, name: str) -> pl.DataFrame:
    """The rows of a table that come, then those that are there."""
    held = [source[name] for source in (batch.good, batch.known) if name in source]
    return pl.concat(held, how="diagonal_relaxed") if held else pl.DataFrame()


def _outside(table: pl.DataFrame, column: str, calendar: Calendar) -> list[Finding]:
    first, last = calendar.periods[0].start, calendar.periods[-1].end
    rows = table.filter((pl.col(column) < first) | (pl.col(column) >= last))
    return [_finding(part, column, first, last) for part in rows.partition_by(FILE, maintain_order=True) if len(part)]


def _finding(rows: pl.DataFrame, column: str, first: dt.date, last: dt.date) -> Finding:
    return Finding(
        code="outside_calendar",
        severity=Severity.ATTENTION,
        place=Place(file=rows[FILE][0], row=rows[ROW][0], column=column),
        values={"count": len(rows), "first": str(first), "last": str(last), "day": str(rows[column][0])},
    )
