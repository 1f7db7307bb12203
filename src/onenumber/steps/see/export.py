"""A sheet as tables that a person may have: the rows and classes of figure that her role reads."""

import numpy as np
import polars as pl

from onenumber.errors.rights import NotAllowedError
from onenumber.errors.store import NoSheetError
from onenumber.model.cube import Cube, State
from onenumber.model.period import Calendar
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask, reads
from onenumber.rights.table import PLANNERS, Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.reading import MADE_BY
from onenumber.store.models import Purpose
from onenumber.store.plans import find_cycle

PRICED = ("price", "prices", "revenue", "value", "demand_value")
COSTED = (
    "money", "costs", "options", "papers", "landing", "money_at_risk", "cost", "margin", "amount", "penalty",
    "inventory_value",
)  # fmt: skip
WHO = ("stream", "patch")
PATCH_TABLES = ("promises", "sales", "patches")
"""Tables of which a salesperson may have the rows of her patches; every other table is for planners."""


def exported(context: Context, kind: SheetKind, label: str = "", stage: str = "") -> dict[str, pl.DataFrame]:
    """The tables and cubes of the newest sheet of a kind, cut to what the person may read, with period labels.

    Raises:
        NoSheetError: if there is no such sheet.
        NotAllowedError: if the person reads no volume.
    """
    cycle = find_cycle(context.plan, label)
    sheet = context.sheet(kind, cycle, stage)
    if sheet is None:
        raise NoSheetError(kind=kind.value, cycle=cycle.label, step=MADE_BY[kind])
    if not reads(context.actor, Figure.VOLUME):
        reason = "an administrator sees no plan"
        raise NotAllowedError(person=context.actor.called, verb="export a sheet", where="", reason=reason)
    calendar = context.frame(cycle).calendar
    found = {name: _cube_table(context, cube, calendar) for name, cube in sheet.cubes.items() if _may(context, name)}
    tables = {name: _table(context, name, table) for name, table in sheet.tables.items() if _may(context, name)}
    found |= {name: _labelled(table, calendar) for name, table in tables.items() if table is not None}
    return {"about": _about(context, kind, cycle.label), **dict(sorted(found.items()))}


def _may(context: Context, name: str) -> bool:
    if name in COSTED:
        return reads(context.actor, Figure.COST)
    return name not in PRICED or reads(context.actor, Figure.PRICE)


def _about(context: Context, kind: SheetKind, cycle: str) -> pl.DataFrame:
    plan = context.plan
    rehearsal = "REHEARSAL: not the plan of record" if plan.purpose == Purpose.REHEARSAL else ""
    whole = "your part" if _is_cut(context) else "the whole company"
    return pl.DataFrame(
        {
            "about": ["plan", "cycle", "sheet", "shown", "note"],
            "value": [plan.name, cycle, kind.value.replace("_", " "), whole, rehearsal],
        }
    )


def _is_cut(context: Context) -> bool:
    return not any(g.role in PLANNERS for g in context.actor.grants)


def _cube_table(context: Context, cube: Cube, calendar: Calendar) -> pl.DataFrame:
    rows = mask(context.actor, Figure.VOLUME, axis=cube.axis)
    labels = {"key": cube.axis.keys[rows]} | {name: values[rows] for name, values in cube.axis.attributes.items()}
    table = pl.DataFrame({name: pl.Series(values.tolist(), dtype=pl.String) for name, values in labels.items()})
    table = table.with_columns(pl.Series("unit", cube.units[rows].tolist(), dtype=pl.String))
    values = np.where(cube.state[rows] == State.PRESENT, cube.values[rows], np.nan)
    columns = [pl.Series(calendar[index].label, values[:, k]).fill_nan(None) for k, index in enumerate(cube.indices)]
    return table.with_columns(columns)


def _table(context: Context, name: str, table: pl.DataFrame) -> pl.DataFrame | None:
    kept = table.drop([c for c in table.columns if not _may(context, c)])
    if not _is_cut(context):
        return kept
    if name not in PATCH_TABLES or "patch" not in table.columns:
        return None
    patches = [grant.scope for grant in context.actor.grants if grant.role == "SP"]
    return kept.filter(pl.col("patch").is_in(patches))


def _labelled(table: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Period indices as labels: what a person reads."""
    names = [c for c in table.columns if c == "period" or c.endswith("_period")]
    labels = pl.Series([p.label for p in calendar.periods])
    return table.with_columns(
        pl.Series(name, [None if k is None or not 0 <= k < len(labels) else labels[k] for k in table[name].to_list()],
                  dtype=pl.String)
        for name in names
    )  # fmt: skip
