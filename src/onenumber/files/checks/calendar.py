"""Facts dated outside the calendar of the plan, and a calendar that ends before the horizon does."""

import datetime as dt
from dataclasses import replace

import polars as pl

from onenumber.demand.known import mappings_of, with_period
from onenumber.errors.model import BadCalendarError
from onenumber.files.batch import Batch
from onenumber.files.faults import FILE, ROW, Fault, file_finding
from onenumber.model.contract import LOAD, TABLES, Kind
from onenumber.model.finding import Finding, Place, Severity
from onenumber.model.period import Calendar
from onenumber.model.plan import missing_periods, plan_frame

CHANNELS = pl.Schema({"customer": pl.String, "channel": pl.String})


def check_calendar(batch: Batch) -> Batch:
    """List the facts dated outside the calendar; they load and belong to no period.

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
    short = _too_short(batch, source["plan"], calendar)
    batch = replace(batch, findings=(*batch.findings, *short))
    for name in LOAD:
        if name in batch.good:
            batch = batch.judged(name, _outside(batch, name, calendar))
    return batch


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


def _outside(batch: Batch, name: str, calendar: Calendar) -> list[Fault]:
    table = batch.good[name]
    if name == "order_lines":
        return _lines_outside(batch, table, calendar)
    first, end = calendar.periods[0].start, calendar.periods[-1].end
    days = [table[column.name] for column in TABLES[name].columns if column.kind is Kind.DATE]
    return [_fault((day < first) | (day >= end), day, calendar) for day in days]


def _lines_outside(batch: Batch, table: pl.DataFrame, calendar: Calendar) -> list[Fault]:
    """Order lines are dated by what their channel's mapping uses, after its offset; their other dates place nothing."""
    mappings = mappings_of({"period_mappings": mapped} if len(mapped := _known(batch, "period_mappings")) else {})
    customers = _known(batch, "customers")
    known = customers if "channel" in customers.columns else pl.DataFrame(schema=CHANNELS)
    channels = known.select("customer", "channel").unique("customer", keep="first", maintain_order=True)
    lines = table.join(channels, on="customer", how="left", maintain_order="left")
    outside = with_period(lines, calendar=calendar, mappings=mappings)["period"] < 0
    by_order = [channel for channel, mapping in mappings.items() if mapping.date_used == "ordered"]
    ordered = lines["channel"].is_in(by_order).fill_null(value=False)
    used = (("requested", outside & ~ordered), ("ordered", outside & ordered))
    return [_fault(where, table[column], calendar) for column, where in used]


def _known(batch: Batch, name: str) -> pl.DataFrame:
    """The rows of a table that come, then those that are there."""
    held = [source[name] for source in (batch.good, batch.known) if name in source]
    return pl.concat(held, how="diagonal_relaxed") if held else pl.DataFrame()


def _fault(where: pl.Series, days: pl.Series, calendar: Calendar) -> Fault:
    first, end = str(calendar.periods[0].start), str(calendar.periods[-1].end)
    return Fault(
        code="outside_calendar", where=where.fill_null(value=False), column=days.name, severity=Severity.ATTENTION,
        values={"value": days.cast(pl.String), "first": first, "end": end},
    )  # fmt: skip
