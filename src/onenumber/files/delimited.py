"""CSV, TSV and their kin: any common encoding, any of four separators, every record with its true row."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice

import polars as pl

from onenumber.files.encoding import SAMPLE, encoding_of
from onenumber.files.faults import Fault, file_finding
from onenumber.files.letters import CONTROL, trimmed
from onenumber.files.names import plain
from onenumber.files.raw import Opened, RawColumn, RawTable
from onenumber.model.contract import Table
from onenumber.model.finding import Severity

SEPARATORS = (",", ";", "\t", "|")
RECORDS = 50_000
"""Records taken at a time, so that memory stays small."""
LONGEST = 2**31 - 1
"""Characters the reader accepts in a cell: too long ones become findings later instead of stopping the file."""

Record = list[str]


def read_delimited(data: bytes, *, file: str, table: Table) -> Opened:
    r"""The one table in ``data``. The separator is the one that finds most column names of the contract.

    A record counts as one row, as a spreadsheet shows it; blank records are left out and still count.

    Example:
        >>> from onenumber.model.contract import TABLES
        >>> raw = read_delimited(b"division;name\n\nA;Alpha\n", file="d.csv", table=TABLES["divisions"]).tables[0]
        >>> raw.columns[1].text.to_list(), raw.rows.to_list()
        (['Alpha'], [3])
    """
    encoding, findings = encoding_of(data, file)
    feed = _Feed(io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline=""))
    first = next((line for line in feed if line.strip()), "")
    separator = _announced(first)
    if separator:
        feed = _Feed(feed.rest())
        first = next((line for line in feed if line.strip()), "")
    if not first:
        return Opened(findings=(*findings, file_finding("empty_file", file)))
    separator = separator or _separator(first, table)
    if not _known_names(first, separator, table) and re.search(f"[{CONTROL}]", _head(data, encoding)):
        return Opened(findings=(file_finding("unreadable_text", file),))
    reader = _Reader(_Feed(chain(feed.lines(), feed.rest())), separator)
    return Opened(tables=(reader.table(file, table.name),), findings=findings)


def _announced(line: str) -> str:
    """The separator that a first line ``sep=;`` names (Excel writes and hides it)."""
    found = re.fullmatch(r"\"?sep=(.)\"?\s*", line)
    return found[1] if found else ""


def _separator(header: str, table: Table) -> str:
    def score(separator: str) -> tuple[int, int]:
        return _known_names(header, separator, table), len(_cells(header, separator))

    return max(SEPARATORS, key=score)


def _known_names(header: str, separator: str, table: Table) -> int:
    """How many columns of the contract a header names; a file that names one is text, whatever stands in its rows."""
    known = {column.name for column in table.columns}
    return sum(plain(cell) in known for cell in _cells(header, separator))


def _cells(line: str, separator: str) -> Record:
    csv.field_size_limit(LONGEST)
    return next(csv.reader([line], delimiter=separator))


def _head(data: bytes, encoding: str) -> str:
    return data[:SAMPLE].decode(encoding, errors="replace")


class _Feed:
    """Lines that remember what was taken since they were last marked, so that a reader can go back."""

    def __init__(self, source: Iterator[str] | io.TextIOWrapper) -> None:
        self._source = iter(source)
        self._taken: list[str] = []
        self._again: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        while self._again:
            self._taken.append(self._again.popleft())
            yield self._taken[-1]
        for line in self._source:
            self._taken.append(line)
            yield line

    def rest(self) -> Iterator[str]:
        return self._source

    def lines(self) -> list[str]:
        """The lines taken since the mark."""
        return self._taken

    def mark(self) -> None:
        self._taken = []

    def back_to(self, line: int) -> None:
        """Begin again ``line`` lines after the mark."""
        self._again.extendleft(reversed(self._taken[line:]))


class _Reader:
    """Records of one file, blockwise, with the rows whose quotes or number of cells are wrong."""

    def __init__(self, feed: _Feed, separator: str) -> None:
        self._feed = feed
        self._separator = separator
        self._row = 0
        self._header: Record = []
        self._rows: list[int] = []
        self._blocks: list[list[pl.Series]] = []
        self._cells: list[int] = []

    def table(self, file: str, name: str) -> RawTable:
        """All of the feed as one table."""
        while self._take_block():
            pass
        width = len(self._header)
        blocks = self._blocks or [[pl.Series("", [], dtype=pl.String)] * width]
        texts = [pl.concat([block[k] for block in blocks], rechunk=True) for k in range(width)]
        columns = tuple(RawColumn(header=trimmed(h), text=t) for h, t in zip(self._header, texts, strict=True))
        rows = pl.Series("", self._rows, dtype=pl.Int64)
        faults, points = self._faults(width), self._separator == ","
        return RawTable(file=file, table=name, columns=columns, rows=rows, faults=faults, points=points)

    def _faults(self, width: int) -> tuple[Fault, ...]:
        cells = pl.Series("", self._cells, dtype=pl.Int64)
        counts: dict[str, pl.Series | int] = {"cells": cells, "columns": width}
        return (
            Fault(code="broken_quote", where=cells < 0),
            Fault(code="too_many_cells", where=cells > width, values=counts),
            Fault(
                code="too_few_cells",
                where=(cells >= 0) & (cells < width),
                severity=Severity.ATTENTION,
                values=counts,
            ),
        )

    def _take_block(self) -> bool:
        """Take the next records; False at the end of the file."""
        records: list[Record] = []
        self._feed.mark()
        reader = csv.reader(self._feed, delimiter=self._separator, strict=True)
        broken = False
        try:
            records.extend(islice(reader, RECORDS))
        except csv.Error:  # a list keeps what it took before the record that broke
            broken = True
        self._keep(records)
        if broken:
            self._skip_broken(records)
        return broken or len(records) == RECORDS

    def _skip_broken(self, records: list[Record]) -> None:
        """Give up the line in which the broken record starts, and go on with the line after it."""
        start = sum(_lines(record) for record in records)
        self._keep([[]], cells=-1)
        self._feed.back_to(start + 1)

    def _keep(self, records: list[Record], cells: int | None = None) -> None:
        first = self._row + 1
        self._row += len(records)
        if not self._header:
            at = next((k for k, record in enumerate(records) if any(map(str.strip, record))), len(records))
            self._header = records[at] if at < len(records) else []
            first, records = first + at + 1, records[at + 1 :]
        if not self._header:
            return
        full = [k for k, record in enumerate(records) if cells or any(map(str.strip, record))]
        kept = records if len(full) == len(records) else [records[k] for k in full]
        self._rows.extend(first + k for k in full)
        self._cells.extend([cells] * len(full) if cells else map(len, kept))
        self._blocks.append(_columns(kept, len(self._header)))


def _lines(record: Record) -> int:
    return 1 + sum(len(re.findall(r"\r\n|\r|\n", cell)) for cell in record)


def _columns(records: list[Record], width: int) -> list[pl.Series]:
    even = [r if len(r) == width else (r + [""] * width)[:width] for r in records]
    columns = zip(*even, strict=True) if even else ([] for _ in range(width))
    return [pl.Series("", list(column), dtype=pl.String) for column in columns]
