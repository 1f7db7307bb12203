"""What a file held before the contract is asked: cells as text, and as numbers or dates where the file knows."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from onenumber.files.faults import Fault
from onenumber.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class RawColumn:
    """The cells of one column; all series have one value per row.

    ``text`` holds every cell as a person sees it (null where empty). A file with types (XLSX, Parquet) gives
    ``numbers`` and ``dates`` as well, null where the cell is of another type. ``epoch`` is the day that a bare
    number counts from in a date column (XLSX); None where numbers are never dates.
    """

    header: str
    text: pl.Series
    numbers: pl.Series | None = None
    dates: pl.Series | None = None
    epoch: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """One table of a file. ``rows`` holds the row each record has in the file (the header is row 1).

    ``points`` tells that a lone point is a decimal one unless the file shows otherwise: cells between commas cannot
    have decimal commas, and Parquet is written by programs. Elsewhere ``1.200`` may be twelve hundred.
    """

    file: str
    table: str
    columns: tuple[RawColumn, ...]
    rows: pl.Series
    faults: tuple[Fault, ...] = ()
    points: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What opening one file gave: its tables, and what has to be said about the file itself."""

    tables: tuple[RawTable, ...] = ()
    findings: tuple[Finding, ...] = ()
