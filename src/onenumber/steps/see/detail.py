"""One sheet: what it holds, how it was made, what was made from it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from onenumber.errors.store import NoSuchSheetError
from onenumber.model.cube import Cube, State
from onenumber.model.finding import Finding, Value, findings_from
from onenumber.model.sheet import Sheet, dated_notes
from onenumber.rights.ask import reads, refused_reading
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.see.sheets import SheetLine, lines_of
from onenumber.store.models import SheetVersion

FINDINGS = "findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHeld:
    """A table of a sheet."""

    name: str
    rows: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CubeHeld:
    """A cube of a sheet; ``missing`` counts cells that should be there and are not."""

    name: str
    axis: str
    series: int
    first: str
    last: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDetail:
    """One version with all it holds.

    ``notes`` are figures of the whole sheet, empty to who sees a part only; ``unit`` is that of all its streams, empty
    where they share none and None where it has none; money in notes is in ``currency``.
    """

    line: SheetLine
    children: tuple[SheetLine, ...]
    code_version: str
    seed: int
    settings: Mapping[str, object]
    notes: Mapping[str, Value]
    unit: str | None
    currency: str
    currency_decimals: int
    tables: tuple[TableHeld, ...]
    cubes: tuple[CubeHeld, ...]
    findings: tuple[Finding, ...]


def sheet_detail(context: Context, pk: int) -> SheetDetail:
    """A sheet of the plan.

    Raises:
        NotAllowedError: if the person sees no plan.
        NoSuchSheetError: if the plan has no such version.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no plan"
        raise refused_reading(context.actor, "see sheets", figure=Figure.VOLUME, whole=False, reason=reason)
    row = SheetVersion.objects.filter(plan=context.plan, pk=pk).first()
    if row is None:
        raise NoSuchSheetError(sheet=pk)
    sheet = context.versions.get(row.content)
    whole = sees_all(context.actor)
    children = SheetVersion.objects.filter(parent_links__parent=row).order_by("pk")
    line, *below = lines_of(context, [row, *children])
    frame = context.frame()
    return SheetDetail(
        line=line, children=tuple(below), code_version=row.code_version, seed=row.seed, settings=row.settings,
        notes=dated_notes(sheet.notes, frame.calendar) if whole else {}, unit=_unit(sheet),
        currency=frame.currency, currency_decimals=frame.currency_decimals,
        tables=_tables(sheet), cubes=_cubes(context, sheet),
        findings=findings_from(sheet.tables[FINDINGS]) if whole and FINDINGS in sheet.tables else (),
    )  # fmt: skip


def _unit(sheet: Sheet) -> str | None:
    """The unit that all streams of the sheet share; empty where there is none, None without streams."""
    of_streams = [cube.units for cube in sheet.cubes.values() if cube.axis.kind == "stream"]
    units = {str(unit) for some in of_streams for unit in np.unique(some)}
    return None if not units else min(units) if len(units) == 1 else ""


def _tables(sheet: Sheet) -> tuple[TableHeld, ...]:
    return tuple(
        TableHeld(name=name, rows=len(table), columns=tuple(table.columns))
        for name, table in sorted(sheet.shown.items())
        if name != FINDINGS
    )


def _cubes(context: Context, sheet: Sheet) -> tuple[CubeHeld, ...]:
    if not sheet.cubes:
        return ()
    calendar = context.frame().calendar
    return tuple(_held(name, cube, [p.label for p in calendar.periods]) for name, cube in sorted(sheet.cubes.items()))


def _held(name: str, cube: Cube, labels: list[str]) -> CubeHeld:
    return CubeHeld(
        name=name,
        axis=cube.axis.kind,
        series=len(cube.axis),
        first=labels[cube.indices[0]],
        last=labels[cube.indices[-1]],
        missing=int(np.count_nonzero(cube.state == State.MISSING)),
    )
