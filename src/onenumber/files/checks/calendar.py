"""Facts dated outside the calendar of the plan."""

import datetime as dt
from dataclasses import replace

import polars as pl

from onenumber.errors.model import BadCalendarError
from onenumber.files.batch import Batch
from onenumber.files.faults import FILE, ROW, file_finding
from onenumber.model.contract import LOAD, TABLES, Kind
from onenumber.model.finding import Finding, Place, Severity
from onenumber.model.period import Calendar
from onenumber.model.plan import plan_frame


def check_calendar(batch: Batch) -> Batch:
    """Count the facts dated outside the calendar, per file and column; they load and belong to no period."""
    source = next((held for held in (batch.good, batch.known) if len(held.get("plan", ()))), None)
    if source is None:
        return batch
    try:
        calendar = plan_frame(source["plan"]).calendar
    except BadCalendarError as error:
        file = source["plan"][FILE][0] if FILE in source["plan"].columns else "plan"
        finding = file_finding("no_calendar", file, reason=str(error.values["what"]))
        return replace(batch, findings=(*batch.findings, finding))
    found = [
        finding
        for name in LOAD
        if name in batch.good
        for column in TABLES[name].columns
        if column.kind is Kind.DATE
        for finding in _outside(batch.good[name], column.name, calendar)
    ]
    return replace(batch, findings=(*batch.findings, *found))


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
