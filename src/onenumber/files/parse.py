"""One table of one file against the contract: typed columns, good rows, and a finding for everything else."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from onenumber.files.dates import DATES
from onenumber.files.doubts import Reading, as_read, as_written, found, stripped
from onenumber.files.faults import FILE, ROW, Fault, blocked, file_finding, listed
from onenumber.files.header import match_header
from onenumber.files.names import plain
from onenumber.files.numbers import NUMBERS, UNRULED, read_number
from onenumber.files.raw import RawColumn, RawTable
from onenumber.files.readings import Way, decide, distinct
from onenumber.files.words import composed, odd_letters, read_choice, read_flag, read_words, suspects, without_ends
from onenumber.model.contract import Column, Kind, Table
from onenumber.model.contract.empty import DTYPES
from onenumber.model.finding import Finding, Severity


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


def parse(raw: RawTable, table: Table) -> Parsed:
    """The good rows of ``raw`` typed as the contract says; each other row has at least one finding."""
    header = match_header(raw, table)
    read = len(raw.rows)
    if not header.usable:
        return Parsed(table=table.name, good=None, refused=None, read=read, findings=header.findings)
    frame, faults = _columns(raw, table, header.columns)
    good, refused = _parted(frame, faults)
    findings = (*header.findings, *listed(faults, files=frame[FILE], rows=frame[ROW]))
    if not read:
        severity = Severity.ATTENTION if table.required else Severity.NOTE
        findings = (*findings, file_finding("no_rows", raw.file, severity=severity, table=table.name))
    return Parsed(table=table.name, good=good, refused=refused, read=read, findings=tuple(findings))


def _parted(frame: pl.DataFrame, faults: tuple[Fault, ...]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that load, and those that a fault keeps from it."""
    if not faults:
        return frame, frame.clear()
    bad = blocked(faults, len(frame))
    return frame.filter(~bad), frame.filter(bad)


def _columns(raw: RawTable, table: Table, cells: Mapping[str, RawColumn]) -> tuple[pl.DataFrame, tuple[Fault, ...]]:
    """Every column of the table with file and row, and the faults; a refused row gets no second finding."""
    real = [fault for fault in raw.faults if fault.where.any()]
    known = tuple(fault for fault in real if not fault.column or plain(fault.column) in cells)
    texts, odd = _cleaned(table, cells, known)
    ways = (NUMBERS if raw.points else UNRULED, DATES)
    values, faults = _values([column for column in table.columns if column.name in cells], texts, cells, ways)
    faults = (*odd, *_in_order(table, (*faults, *_empty(table, texts, (*known, *odd, *faults)))))
    columns = [
        pl.col(c.name) if c.name in cells else pl.lit(None, dtype=DTYPES[c.kind]).alias(c.name) for c in table.columns
    ]
    frame = values.select(*columns, pl.lit(raw.file).alias(FILE), raw.rows.alias(ROW))
    return frame, (*known, *_of_sound_rows(faults, [fault for fault in known if not fault.column]))


def _in_order(table: Table, faults: Iterable[Fault]) -> list[Fault]:
    """The faults in the order of their columns."""
    place = {column.name: k for k, column in enumerate(table.columns)}
    return sorted(faults, key=lambda fault: place[fault.column])


def _of_sound_rows(faults: tuple[Fault, ...], of_rows: list[Fault]) -> tuple[Fault, ...]:
    """The faults less the rows that were already refused as a whole."""
    if not (faults and of_rows):
        return faults
    sound = ~blocked(of_rows, len(of_rows[0].where))
    return tuple(replace(fault, where=fault.where & sound) for fault in faults)


def _cleaned(
    table: Table, cells: Mapping[str, RawColumn], known: tuple[Fault, ...]
) -> tuple[pl.DataFrame, tuple[Fault, ...]]:
    """The texts without those that are too long or unreadable, and without what nobody sees at their ends.

    Empty cells are null.
    """
    frame = pl.DataFrame({name: column.text for name, column in cells.items()})
    faults: list[Fault] = []
    for name in suspects(frame):
        text, odd = _bare(frame[name], table.column(name))
        frame = frame.with_columns(text.alias(name))
        faults.extend(odd)
    for fault in (*faults, *known):
        if fault.column in frame.columns and fault.severity is Severity.BLOCKED:
            sound = pl.when(~fault.where).then(pl.col(fault.column))
            frame = frame.with_columns(sound.alias(fault.column))
    filled = pl.when(pl.all().str.strip_chars() != "").then(pl.all())
    return frame.select(filled.name.map(as_written)), tuple(faults)


def _bare(text: pl.Series, column: Column) -> tuple[pl.Series, list[Fault]]:
    """A column with odd characters: its texts as they are read, and the faults it has."""
    faults = odd_letters(text, column.name)
    text, ends = without_ends(text, column.name)
    faults.append(ends)
    if column.kind is Kind.LABEL:
        text, form = composed(text, column.name)
        faults.append(form)
    return text, [fault for fault in faults if fault.where.any()]


def _empty(table: Table, texts: pl.DataFrame, found: tuple[Fault, ...]) -> Iterator[Fault]:
    """The empty cells of required columns, and the rows that fill none of those of which one is needed."""
    for column in table.columns:
        if column.required and texts[as_written(column.name)].null_count():
            yield Fault(code="required_empty", where=_left_empty(texts, column.name, found), column=column.name)
    if table.either:
        where = pl.repeat(value=True, n=len(texts), dtype=pl.Boolean, eager=True)
        for name in table.either:
            where = where & _left_empty(texts, name, found)
        yield Fault(code="none_of", where=where, column=table.either[0], values={"columns": " nor ".join(table.either)})


def _left_empty(texts: pl.DataFrame, name: str, found: tuple[Fault, ...]) -> pl.Series:
    """The empty cells of a column, less those that were emptied because of another fault; all where it is not there."""
    if as_written(name) not in texts.columns:
        return pl.repeat(value=True, n=len(texts), dtype=pl.Boolean, eager=True)
    emptied = blocked([fault for fault in found if fault.column == name], len(texts))
    return texts[as_written(name)].is_null() & ~emptied


def _values(
    columns: list[Column], texts: pl.DataFrame, cells: Mapping[str, RawColumn], ways: tuple[Way, Way]
) -> tuple[pl.DataFrame, tuple[Fault, ...]]:
    """The columns beside their texts, and what is wrong with them; ``ways`` are those of numbers and of dates."""
    figures = {c.name: cells[c.name].numbers for c in columns if c.kind in (Kind.NUMBER, Kind.INTEGER)}
    days = {c.name: typed_dates(cells[c.name]) for c in columns if c.kind is Kind.DATE}
    read, unread = _as_read(texts, figures, ways[0])
    read_days, unread_days = _as_read(texts, days, ways[1])
    frame = texts.hstack([*read, *read_days])
    readings = [_reading(column, frame) for column in columns]
    frame = frame.with_columns(reading.values for reading in readings)
    doubts = [doubt for reading in readings for doubt in reading.doubts]
    return frame, (*unread, *unread_days, *found(frame, doubts))


def _reading(column: Column, frame: pl.DataFrame) -> Reading:
    match column.kind:
        case Kind.LABEL | Kind.TEXT:
            return read_words(column)
        case Kind.CHOICE:
            return read_choice(column, distinct(frame.select(stripped(column.name)).to_series())["text"].to_list())
        case Kind.FLAG:
            return read_flag(column)
        case Kind.DATE:
            return Reading(values=pl.col(as_read(column.name)).alias(column.name))
        case Kind.NUMBER | Kind.INTEGER:
            return read_number(column)


def _as_read(
    texts: pl.DataFrame, typed: Mapping[str, pl.Series | None], way: Way
) -> tuple[list[pl.Series], list[Fault]]:
    """The columns of one kind, whose typed cells need no reading, and their texts that have no value."""
    if not typed:
        return [], []
    bare = texts.select(_untyped(name, given).alias(name) for name, given in typed.items())
    values, codes = decide(bare, way)
    faults = [
        Fault(
            code=said,
            where=(code == said).fill_null(value=False),
            column=name,
            values={"value": texts[as_written(name)]},
        )
        for name, code in codes.items()
        for said in sorted(code.drop_nulls().unique().to_list())
    ]
    filled = {name: values[name] if given is None else values[name].fill_null(given) for name, given in typed.items()}
    return [series.alias(as_read(name)) for name, series in filled.items()], faults


def _untyped(name: str, typed: pl.Series | None) -> pl.Expr:
    """The texts of cells that the file itself gives no value for."""
    return stripped(name) if typed is None else pl.when(pl.lit(typed).is_null()).then(stripped(name))


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
    inside = days.is_between(1, (dt.date.max - cells.epoch).days)
    counting = pl.when(pl.lit(inside)).then(pl.lit(days)).cast(pl.Int64)
    counted = pl.select(pl.lit(cells.epoch) + pl.duration(days=counting)).to_series().cast(pl.Date)
    return counted if cells.dates is None else cells.dates.fill_null(counted)
