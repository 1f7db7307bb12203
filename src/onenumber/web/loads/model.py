"""What the pages about loads show."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from onenumber.model.contract import TABLES
from onenumber.model.finding import Finding, Severity


class LoadState(StrEnum):
    """How far a load is."""

    WAITING = "waiting"
    RUNNING = "running"
    LOADED = "loaded"
    CHECKED = "checked"  # a dry run: nothing was kept
    NOTHING = "nothing"  # no row was good
    STOPPED = "stopped"  # its process ended before it did
    CANCELLED = "cancelled"

    @property
    def under_way(self) -> bool:
        """Whether it may still change.

        Example:
            >>> LoadState.RUNNING.under_way, LoadState.STOPPED.under_way
            (True, False)
        """
        return self in {LoadState.WAITING, LoadState.RUNNING}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLine:
    """One load, as a list shows it; ``done`` of ``total`` steps are through while it runs.

    ``said`` is what it does at the moment, or what a load that came to nothing said about it; ``changed`` is whether
    what was there before is another now, and ``renamed`` how many people have another name or address. Rows and
    findings are None where they were not counted. ``tables``: the rows that came of each table.
    """

    id: str
    state: LoadState
    at: dt.datetime
    by: str
    source: str
    dry_run: bool
    done: int
    total: int
    rows_good: int | None
    rows_bad: int | None
    findings: int | None = None
    said: str = ""
    changed: bool = True
    renamed: int = 0
    tables: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCount:
    """What a load did to one table of the contract."""

    table: str
    rows: int
    loaded: int

    @property
    def bad(self) -> int:
        """Rows that did not load."""
        return self.rows - self.loaded

    @property
    def unused(self) -> bool:
        """Whether its rows are kept, and no step reads them yet."""
        return self.table in TABLES and TABLES[self.table].unused


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """All findings of one code in a load: how many, in how many rows (0: of whole files), and one as an example."""

    code: str
    severity: Severity
    count: int
    rows: int
    example: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadDetail:
    """One load: what came per table, the groups of findings, and the page of findings that was asked for.

    ``apart`` are the findings that say how much was kept apart from demand, one per unit.
    """

    line: LoadLine
    tables: tuple[TableCount, ...]
    groups: tuple[FindingGroup, ...]
    findings: tuple[Finding, ...]
    findings_total: int
    apart: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsAsked:
    """Which findings: of one code (empty: all), and which page, from 1, of how many lines."""

    code: str = ""
    page: int = 1
    lines: int = 100


class Upload(Protocol):
    """A file on its way in, as it comes from the browser."""

    @property
    def name(self) -> str | None:
        """Its name, without a path."""
        ...

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Its bytes, piece by piece."""
        ...
