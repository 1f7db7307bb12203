"""Sheets: the immutable versions that the month is made of."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from onenumber.errors.model import SheetError
from onenumber.model.cube import Cube
from onenumber.model.finding import Value
from onenumber.model.period import Calendar

Notes = Mapping[str, Value]


class SheetKind(StrEnum):
    """The two frozen inputs and the nine sheets, in the order of the flow."""

    LOAD = "load"
    COMPANY = "company"
    HISTORY = "history"
    FORECAST = "forecast"
    SALES_INPUT = "sales_input"
    CONSENSUS = "consensus"
    SUPPLY_PLAN = "supply_plan"
    REVIEW = "review"
    DECISION = "decision"
    PUBLISHED_PLAN = "published_plan"
    ADHERENCE = "adherence"


class SheetState(StrEnum):
    """How far a sheet has come."""

    DRAFT = "draft"
    FROZEN = "frozen"
    SIGNED = "signed"
    PUBLISHED = "published"


SCHEMA: Mapping[SheetKind, int] = MappingProxyType(dict.fromkeys(SheetKind, 1))
"""Schema number written with each kind today; readers for older ones stay."""

BASIS = "basis"
"""The table of a supply plan that only the next solve reads: it holds no figure for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one version holds: tables, cubes and a few plain notes (figures of the whole sheet).

    What it was made from, by whom and when stands in the store's manifest, not in the content.
    """

    kind: SheetKind
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    cubes: Mapping[str, Cube] = field(default_factory=dict)
    notes: Notes = field(default_factory=dict)
    schema: int = 1

    def table(self, name: str) -> pl.DataFrame:
        """A table by name.

        Raises:
            SheetError: if the sheet has none of that name.
        """
        if name not in self.tables:
            raise SheetError(kind=self.kind.value, what=f"table {name!r}")
        return self.tables[name]

    @property
    def shown(self) -> Mapping[str, pl.DataFrame]:
        """The tables that people are offered, on pages and in exports.

        Example:
            >>> empty = pl.DataFrame()
            >>> sorted(Sheet(kind=SheetKind.SUPPLY_PLAN, tables={BASIS: empty, "runs": empty}).shown)
            ['runs']
        """
        return {name: table for name, table in self.tables.items() if name != BASIS}

    def cube(self, name: str) -> Cube:
        """A cube by name.

        Raises:
            SheetError: if the sheet has none of that name.
        """
        if name not in self.cubes:
            raise SheetError(kind=self.kind.value, what=f"cube {name!r}")
        return self.cubes[name]


def dated_notes(notes: Notes, calendar: Calendar) -> Notes:
    """The notes as a person reads them: a period by its label, not by its place in the calendar.

    Example:
        >>> import datetime as dt
        >>> dated_notes({"period": 4, "units": 7}, Calendar.months(start=dt.date(2026, 1, 1), periods=24))
        {'period': '2026-05', 'units': 7}
    """
    labels: dict[Value, str] = {period.index: period.label for period in calendar.periods}
    periods = {name for name in notes if name == "period" or name.endswith("_period")}
    return {name: labels.get(value, str(value)) if name in periods else value for name, value in notes.items()}


def content_hash(sheet: Sheet) -> str:
    """Hash of what the sheet says: kind, schema, axes, sorted tables, cube bytes and notes.

    It does not depend on file bytes, ids, times or the order of rows: the same content has the same hash.

    Example:
        >>> a = pl.DataFrame({"item": ["B", "A"], "n": [1, 2]})
        >>> one = Sheet(kind=SheetKind.LOAD, tables={"t": a})
        >>> content_hash(one) == content_hash(Sheet(kind=SheetKind.LOAD, tables={"t": a.reverse()}))
        True
    """
    digest = hashlib.sha256(f"{sheet.kind.value} {sheet.schema}".encode())
    digest.update(json.dumps(dict(sheet.notes), sort_keys=True).encode())
    for name in sorted(sheet.tables):
        digest.update(f"\x1dtable {name}".encode())
        _update_with_table(digest, sheet.tables[name])
    for name in sorted(sheet.cubes):
        digest.update(f"\x1dcube {name}".encode())
        _update_with_cube(digest, sheet.cubes[name])
    return digest.hexdigest()


def _update_with_table(digest: "hashlib._Hash", table: pl.DataFrame) -> None:
    schema, columns = table.schema, sorted(table.columns)
    digest.update(json.dumps([columns, [str(schema[name]) for name in columns]]).encode())
    rows = table.select(columns).sort(columns, nulls_last=False, maintain_order=True)
    digest.update(rows.write_csv(null_value="\x00").encode())


def _update_with_cube(digest: "hashlib._Hash", cube: Cube) -> None:
    digest.update(f"{cube.measure} {cube.first} {cube.periods} {cube.axis.hash}".encode())
    digest.update("\x1f".join(cube.units.tolist()).encode())
    digest.update(cube.values.tobytes())
    digest.update(cube.state.tobytes())
