"""One table of one file against the contract: typed columns, good rows, and a finding for everything else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from onenumber.files import dates, numbers
from onenumber.files.faults import FILE, ROW, Fault, Shown, blocked, file_finding, listed
from onenumber.files.header import match_header
from onenumber.files.names import plain
from onenumber.files.raw import RawColumn, RawTable
from onenumber.files.readings import Codes, Readings, decide
from onenumber.files.words import read_choice, read_flag, read_words, suspects, too_long, wrong_letters
from onenumber.model.contract import Column, Kind, Table
from onenumber.model.contract.empty import DTYPES
from onenumber.model.finding import Finding, Severity

LAST_SERIAL = 2_958_465
"""The number that a spreadsheet gives to the last day of the year 9999."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One table of one file: ``good`` rows with all columns of the contract, ``refused`` rows as far as they read.

    Both carry file and row of each record. ``read`` counts the records of the file.
    """

    table: str
    good: pl.DataFrame | None
    refused: pl.DataFrame | None
    read: int
    findings: tuple[Finding, ...]


def schema_of(table: Table) -> dict[str, pl.DataType]:
    """Names and dtypes of a table's columns.

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> schema_of(TABLES["divisions"])
        {'division': String, 'name': String}
    """
    return {column.name: DTYPES[column.kind] for column in table.columns}


def parse(raw: RawTable, table: Table) -> Parsed:
    """The good rows of ``raw`` typed as the contract says; each other row has at least one finding."""
    header = match_header(raw, table)
    read = len(raw.rows)
    if not header.usable:
        return Parsed(table=table.name, good=None, refused=None, read=read, findings=header.findings)
    series, faults = _columns(raw, table, header.columns)
    place = {FILE: pl.repeat(raw.file, n=read, dtype=pl.String, eager=True), ROW: raw.rows}
    frame = pl.DataFrame({**series, **place}, schema_overrides=schema_of(table))
    bad = blocked(faults, read)
    findings = (*header.findings, *listed(faults, files=frame[FILE], rows=frame[ROW]))
    if not read:
        severity = Severity.ATTENTION if table.required else Severity.NOTE
        findings = (*findings, file_finding("no_rows", raw.file, severity=severity, table=table.name))
    return Parsed(
        table=table.name, good=frame.filter(~bad), refused=frame.filter(bad), read=read, findings=tuple(findings)
    )


def _columns(
    raw: RawTable, table: Table, cells: Mapping[str, RawColumn]
) -> tuple[dict[str, pl.Series], tuple[Fault, ...]]:
    """Every column of the table with its faults; a row that was already refused gets no second finding."""
    real = [fault for fault in raw.faults if fault.where.any()]
    known = tuple(fault for fault in real if not fault.column or plain(fault.column) in cells)
    sound = ~blocked([fault for fault in known if not fault.column], len(raw.rows))
    texts, faults = _cleaned(cells, known)
    readings = _readings(table, cells, texts)
    series: dict[str, pl.Series] = {}
    for column in table.columns:
        if column.name not in cells:
            series[column.name] = pl.repeat(None, n=len(raw.rows), dtype=DTYPES[column.kind], eager=True)
            continue
        values, found = _read(column, texts[column.name], cells[column.name], readings)
        series[column.name] = values
        faults = (*faults, *(fault for fault in found if fault.where.any()))
        faults = (*faults, *_empty(column, texts[column.name], (*known, *faults)))
    return series, (*known, *(replace(fault, where=fault.where & sound) for fault in faults))


def _cleaned(
    cells: Mapping[str, RawColumn], known: tuple[Fault, ...]
) -> tuple[dict[str, pl.Series], tuple[Fault, ...]]:
    """The texts without those that are too long or unreadable; empty cells are null."""
    frame = pl.DataFrame({name: column.text for name, column in cells.items()})
    odd = [
        fault for name in suspects(frame) for fault in (too_long(frame[name], name), wrong_letters(frame[name], name))
    ]
    faults = tuple(fault for fault in odd if fault.where.any())
    frame = frame.with_columns(pl.when(pl.all().str.strip_chars() != "").then(pl.all()).name.keep())
    for fault in (*faults, *(fault for fault in known if fault.severity is Severity.BLOCKED)):
        if fault.column in frame.columns:
            sound = pl.when(~fault.where).then(pl.col(fault.column))
            frame = frame.with_columns(sound.alias(fault.column))
    return {name: frame[name] for name in frame.columns}, faults


def _empty(column: Column, text: pl.Series, found: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The empty cells of a required column, less those that were emptied because of another fault."""
    if not column.required or not text.null_count():
        return ()
    emptied = blocked([fault for fault in found if fault.column == column.name], len(text))
    return (Fault(code="required_empty", where=text.is_null() & ~emptied, column=column.name),)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The readings of every column of one kind in a file, and what they show together."""

    columns: Mapping[str, Readings]
    evidence: int


def _readings(table: Table, cells: Mapping[str, RawColumn], texts: Mapping[str, pl.Series]) -> tuple[_Ways, _Ways]:
    """How numbers and how dates are written in the file."""
    figures: dict[str, Readings] = {}
    days: dict[str, Readings] = {}
    for column in table.columns:
        if column.name not in cells:
            continue
        text = texts[column.name].str.strip_chars()
        if column.kind in (Kind.NUMBER, Kind.INTEGER):
            figures[column.name] = numbers.number_readings(_without(text, cells[column.name].numbers))
        elif column.kind is Kind.DATE:
            days[column.name] = dates.date_readings(_without(text, typed_dates(cells[column.name])))
    evidence = [sum(readings.evidence for readings in kind.values()) for kind in (figures, days)]
    return _Ways(figures, evidence[0]), _Ways(days, evidence[1])


def _without(text: pl.Series, typed: pl.Series | None) -> pl.Series:
    """The texts of cells that the file itself gives no value for."""
    return text if typed is None else pl.select(pl.when(typed.is_null()).then(text).alias("")).to_series()


def typed_dates(cells: RawColumn) -> pl.Series | None:
    """The dates that the file itself gives: cells of that type, and bare numbers where they count days.

    Example:
        >>> import datetime as dt
        >>> serial = RawColumn(header="d", text=pl.Series(["46000"]), numbers=pl.Series([46000.0]),
        ...                    epoch=dt.date(1899, 12, 30))
        >>> typed_dates(serial).to_list()
        [datetime.date(2025, 12, 9)]
    """
    if cells.epoch is None or cells.numbers is None:
        return cells.dates
    days = cells.numbers.floor()
    inside = (days >= 1) & (days <= LAST_SERIAL)
    counting = pl.when(pl.lit(inside)).then(pl.lit(days)).cast(pl.Int64)
    counted = pl.select(pl.lit(cells.epoch) + pl.duration(days=counting)).to_series().cast(pl.Date)
    return counted if cells.dates is None else cells.dates.fill_null(counted)


def _read(
    column: Column, text: pl.Series, cells: RawColumn, ways: tuple[_Ways, _Ways]
) -> tuple[pl.Series, tuple[Fault, ...]]:
    match column.kind:
        case Kind.LABEL | Kind.TEXT:
            return read_words(text, column)
        case Kind.CHOICE:
            return read_choice(text.str.strip_chars(), column)
        case Kind.FLAG:
            return read_flag(text.str.strip_chars(), column)
        case Kind.DATE:
            return _read_dates(column, text, cells, ways[1])
        case Kind.NUMBER | Kind.INTEGER:
            return _read_numbers(column, text, cells, ways[0])


def _decided(
    text: pl.Series, readings: Readings, evidence: int, codes: Codes, column: str
) -> tuple[pl.Series, tuple[Fault, ...]]:
    decided = decide(readings, file_evidence=evidence, codes=codes)
    joined = pl.DataFrame({"text": text.str.strip_chars()}).join(decided, on="text", how="left", maintain_order="left")
    code = joined["code"]
    found = sorted(code.drop_nulls().unique().to_list())
    faults = [
        Fault(code=name, where=(code == name).fill_null(value=False), column=column, values={"value": text})
        for name in found
    ]
    return joined["value"], tuple(faults)


def _read_dates(column: Column, text: pl.Series, cells: RawColumn, ways: _Ways) -> tuple[pl.Series, tuple[Fault, ...]]:
    typed = typed_dates(cells)
    rest = _without(text, typed)
    values, faults = _decided(rest, ways.columns[column.name], ways.evidence, dates.CODES, column.name)
    return values if typed is None else values.fill_null(typed), faults


def _read_numbers(
    column: Column, text: pl.Series, cells: RawColumn, ways: _Ways
) -> tuple[pl.Series, tuple[Fault, ...]]:
    readings = ways.columns[column.name]
    if not (readings.evidence or ways.evidence):
        readings = numbers.point_by_rule(readings)
    values, faults = _decided(_without(text, cells.numbers), readings, ways.evidence, numbers.CODES, column.name)
    if cells.numbers is not None:
        values = values.fill_null(cells.numbers)
    bounds = _bounds(column, text, values)
    if column.kind is Kind.INTEGER:
        whole = pl.select(pl.when(values == values.round()).then(values).cast(pl.Int64, strict=False)).to_series()
        broken = values.is_not_null() & whole.is_null()
        odd = Fault(code="not_whole", where=broken, column=column.name, values={"value": text})
        return whole, (*faults, odd, *bounds)
    return values, (*faults, *bounds)


def _bounds(column: Column, text: pl.Series, values: pl.Series) -> tuple[Fault, ...]:
    faults = []
    if column.minimum is not None:
        low = (values < column.minimum).fill_null(value=False)
        least: Shown = {"value": text, "minimum": column.minimum}
        faults.append(Fault(code="below_minimum", where=low, column=column.name, values=least))
    if column.maximum is not None:
        high = (values > column.maximum).fill_null(value=False)
        most: Shown = {"value": text, "maximum": column.maximum}
        faults.append(Fault(code="above_maximum", where=high, column=column.name, values=most))
    return tuple(faults)
