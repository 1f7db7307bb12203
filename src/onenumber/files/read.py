"""A folder or an upload to the tables of the contract, with a finding for everything that did not go through."""

import errno
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial, reduce
from pathlib import Path

import polars as pl

from onenumber.errors.files import NoFolderError
from onenumber.files.batch import Batch, Contract, Tables
from onenumber.files.checks import CHECKS
from onenumber.files.columnar import read_parquet
from onenumber.files.delimited import read_delimited
from onenumber.files.faults import FILE, ROW, file_finding
from onenumber.files.names import near, plain
from onenumber.files.parse import Parsed, parse
from onenumber.files.raw import Opened
from onenumber.files.workbook import read_workbook
from onenumber.model.contract import TABLES
from onenumber.model.contract.empty import schema_of
from onenumber.model.finding import Finding, Severity

DELIMITED = ("csv", "tsv", "txt")
SUFFIXES = (*DELIMITED, "xlsx", "parquet")
GROUPED = ("more_alike", "more_returns")
"""Findings that stand for many rows; they come after those that stand for one."""
NONE_KNOWN: Tables = {}

Progress = Callable[[int, int, str], None]
Source = tuple[str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load gave: tables as the contract says, every finding, and rows read and loaded per table.

    A table that was not brought, or whose file could not be used, is absent from ``tables``; one that was brought
    with a header and no rows is there and empty. A row that is read and not loaded has at least one blocked finding.
    """

    tables: Mapping[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    rows_read: Mapping[str, int] = field(default_factory=dict)
    rows_loaded: Mapping[str, int] = field(default_factory=dict)


def read_folder(
    folder: Path, *, known: Tables = NONE_KNOWN, progress: Progress | None = None, contract: Contract = TABLES
) -> Loaded:
    """Read every file of ``folder`` that is named after a table; folders inside it are left alone.

    ``known`` are the tables already in the company: labels may refer to them. ``progress`` is called with files
    done, files in all and the name of the next. ``contract`` says which tables there may be, and their rules.

    Raises:
        NoFolderError: if there is no such folder.

    Example:
        >>> read_folder(Path("nowhere"))
        Traceback (most recent call last):
        onenumber.errors.files.NoFolderError: nowhere is not a folder. Name the folder that holds the files.
    """
    if not folder.is_dir():
        raise NoFolderError(folder=folder)
    try:
        paths = sorted(filter(_is_meant, folder.iterdir()))
    except OSError as error:
        return _loaded([], _batch([], known, contract), [_unreachable(folder.name, error)])
    return _load([(_name(path), partial(_content, path)) for path in paths], known, progress, contract)


def _is_meant(path: Path) -> bool:
    """Whether a load has to say something about it: folders that are not named as a file are left alone."""
    if path.name.startswith((".", "~$")):
        return False
    return path.suffix[1:].casefold() in SUFFIXES or not stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:  # which reading it will say
        return 0


def _name(path: Path) -> str:
    """Its name, with bytes that are no text written out."""
    return path.name.encode(errors="backslashreplace").decode()


def _content(path: Path) -> bytes:
    """The bytes of a file; a pipe is none, and would be waited for."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is no file")
    return path.read_bytes()


def _unreachable(name: str, error: OSError) -> Finding:
    return file_finding("unreachable_file", name, reason=error.strerror or type(error).__name__)


def read_files(files: Mapping[str, bytes], *, known: Tables = NONE_KNOWN, progress: Progress | None = None) -> Loaded:
    r"""Read uploaded files, name to content, as :func:`read_folder` reads a folder.

    Example:
        >>> from onenumber.model.sentences import say
        >>> loaded = read_files({"divisions.csv": b"division,name\nA,Alpha\nB,\n"})
        >>> loaded.tables["divisions"].rows(), loaded.rows_read["divisions"]
        ([('A', 'Alpha')], 2)
        >>> say(next(f for f in loaded.findings if f.place.row))
        'divisions.csv, row 3, name: The cell is empty, and it must not be. Fill it in.'
    """
    return _load([(name, partial(bytes, data)) for name, data in sorted(files.items())], known, progress, TABLES)


def _load(sources: list[Source], known: Tables, progress: Progress | None, contract: Contract) -> Loaded:
    parts: list[Parsed] = []
    findings: list[Finding] = []
    tried: set[str] = set()
    for done, (name, content) in enumerate(sources):
        if progress is not None:
            progress(done, len(sources), name)
        opened = _open(name, content, contract)
        tried.add(_table_of(name, contract))
        findings.extend(opened.findings)
        parts.extend(parse(raw, contract[raw.table]) for raw in opened.tables)
    batch = _batch(parts, known, contract)
    batch = reduce(lambda judged, check: check(judged), CHECKS, batch)
    tried |= {part.table for part in parts}
    findings.extend(_missing(tried, known, contract))
    return _loaded(parts, batch, [*findings, *batch.findings])


def _table_of(name: str, contract: Contract) -> str:
    stem = plain(name.rpartition(".")[0])
    return stem if stem in contract else ""


def _open(name: str, content: Callable[[], bytes], contract: Contract) -> Opened:
    suffix = name.rpartition(".")[2].casefold()
    table = _table_of(name, contract)
    if suffix != "xlsx" and (suffix not in SUFFIXES or not table):
        close = near(plain(name.rpartition(".")[0] or name), list(contract))
        severity = Severity.ATTENTION if suffix in SUFFIXES or close else Severity.NOTE
        return Opened(findings=(file_finding("unknown_file", name, severity=severity, name=name, near=close),))
    return open_as(name, content, table, contract)


def open_as(name: str, content: Callable[[], bytes], table: str, contract: Contract) -> Opened:
    """What the file called ``name`` holds; where it is no workbook, as the table of the contract called ``table``.

    Example:
        >>> open_as("mine.txt", lambda: b"division,name", "divisions", TABLES).tables[0].table
        'divisions'
    """
    suffix = name.rpartition(".")[2].casefold()
    try:
        data = content()
    except OSError as error:
        return Opened(findings=(_unreachable(name, error),))
    if suffix == "xlsx":
        return read_workbook(data, file=name, table=table, contract=contract)
    if suffix == "parquet":
        return read_parquet(data, file=name, table=table)
    return read_delimited(data, file=name, table=contract[table])


def _batch(parts: list[Parsed], known: Tables, contract: Contract) -> Batch:
    good: dict[str, pl.DataFrame] = {}
    refused: dict[str, pl.DataFrame] = {}
    for name in contract:
        usable = [part for part in parts if part.table == name and part.good is not None]
        if usable:
            good[name] = pl.concat([part.good for part in usable if part.good is not None])
            refused[name] = pl.concat([part.refused for part in usable if part.refused is not None])
    findings = tuple(finding for part in parts for finding in part.findings)
    return Batch(good=good, refused=refused, known=known, findings=findings, contract=contract)


def _missing(tried: Iterable[str], known: Tables, contract: Contract) -> Iterator[Finding]:
    brought = {*tried, *known}
    for name, table in contract.items():
        if table.required and name not in brought:
            yield file_finding("missing_table", f"{name}.csv", table=name)


def _loaded(parts: list[Parsed], batch: Batch, findings: list[Finding]) -> Loaded:
    read: dict[str, int] = {}
    for part in parts:
        read[part.table] = read.get(part.table, 0) + part.read
    schemas = {name: list(schema_of(batch.contract[name])) for name in batch.good}
    tables = {name: table.drop(FILE, ROW).select(schemas[name]) for name, table in batch.good.items()}
    return Loaded(
        tables=tables,
        findings=tuple(sorted(findings, key=_place)),
        rows_read=read,
        rows_loaded={name: len(tables[name]) if name in tables else 0 for name in read},
    )


def _place(finding: Finding) -> tuple[str, int, str, str]:
    """Findings by file and row; those on the file itself first, what was grouped last."""
    last = 2**62 if finding.code in GROUPED else 0
    return finding.place.file, finding.place.row or last, finding.place.column, finding.code
