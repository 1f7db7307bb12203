"""A sheet as tables that a person may have: the rows and classes of figure that her role reads."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import rule_of
from onenumber.errors.store import NoSheetError, NoSuchStageError
from onenumber.model.cube import Cube, State
from onenumber.model.period import Calendar
from onenumber.model.sheet import SheetKind
from onenumber.model.sheet_names import sheet_name, sheet_said
from onenumber.review.accuracy import NAME as ACCURACY
from onenumber.rights.ask import Actor, mask, may, reads, refused_reading
from onenumber.rights.table import READ, Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.in_force import is_asked
from onenumber.steps.frame.reading import STAGES, maker_of
from onenumber.steps.see.accuracy import seen_accuracy
from onenumber.steps.see.around import rehearsal_note
from onenumber.steps.see.sheets import signatures_of
from onenumber.store.manifest import newest_in
from onenumber.store.models import SheetVersion
from onenumber.store.plans import find_cycle

PRICED = ("price", "prices", "revenue", "value", "demand_value")
COSTED = (
    "money", "costs", "options", "papers", "landing", "money_at_risk", "cost", "margin", "amount", "penalty",
    "inventory_value",
)  # fmt: skip
IN_SMALLEST = {
    SheetKind.REVIEW: (
        "money_at_risk", "penalty", "severity", "actual", "plan", "landing", "budget", "gap", "amount", "promised",
        "final",
    ),
    SheetKind.DECISION: (
        "money_at_risk", "penalty", "revenue", "margin", "extra_cost", "waiting_cost", "inventory_value", "net_cost",
        "own_worth", "own_service", "own_cost",
    ),
    SheetKind.PUBLISHED_PLAN: ("amount", "budget"),
}  # fmt: skip
"""Columns whose amounts a sheet holds as whole numbers of the smallest unit of the currency (C20)."""
PART_TABLES = ("promises", "sales", "patches", "production", "purchases", "inventory")
"""Tables of which who sees a part of the company may have the rows of it; every other table is for planners."""


def stage_of(context: Context, kind: SheetKind, label: str = "", stage: str = "") -> str:
    """The stage that is asked for; where none is, that of the newest sheet of the kind that holds in the cycle.

    Raises:
        NoSuchStageError: if the kind has no such stage, or the cycle has sheets of the kind and none in this one.
        NotAllowedError: if the person reads no volume.
    """
    _refuse_blind(context)
    cycle = find_cycle(context.plan, label)
    made = {there: version.sequence for (of, there), version in newest_in(cycle).items() if of is kind}
    if stage and stage not in (made or STAGES.get(kind, ())):
        there = ", ".join(sorted(name for name in made if name))
        to_come = f"It comes as: {', '.join(STAGES[kind])}." if kind in STAGES else "It has none: leave the stage out."
        to_come = "It has that after the decision only: leave the stage out." if kind is SheetKind.REVIEW else to_come
        way_out = f"There is: {there}." if there else to_come
        raise NoSuchStageError(kind=sheet_said(kind), cycle=cycle.label, stage=stage, way_out=way_out)
    holds = {there: sequence for there, sequence in made.items() if not is_asked(there)}
    return stage or max(holds, key=holds.__getitem__, default="")


def exported(context: Context, kind: SheetKind, label: str = "", stage: str = "") -> dict[str, pl.DataFrame]:
    """The tables and cubes of the newest sheet of a kind, cut to what the person may read, as a person reads them.

    Periods stand by their labels, amounts in the currency of the plan.

    Raises:
        NoSheetError: if there is no such sheet.
        NotAllowedError: if the person reads no volume.
    """
    _refuse_blind(context)
    cycle = find_cycle(context.plan, label)
    sheet = context.sheet(kind, cycle, stage)
    if sheet is None:
        raise NoSheetError(kind=sheet_said(kind, stage), cycle=cycle.label, step=maker_of(kind, stage))
    frame = context.frame(cycle)
    calendar, amounts = frame.calendar, IN_SMALLEST.get(kind, ())
    found = {
        name: _cube_table(context, name, cube, calendar) for name, cube in sheet.cubes.items() if _may(context, name)
    }
    tables = {name: _table(context, name, table) for name, table in sheet.shown.items() if _may(context, name)}
    found |= {
        name: _in_currency(_labelled(table, calendar), amounts, decimals=frame.currency_decimals)
        for name, table in tables.items()
        if table is not None
    }
    if kind is SheetKind.COMPANY and "people" in found:
        found["people"] = _named(context, found["people"])
    signed = [("signed", one) for one in _signed(context, context.version(kind, cycle, stage))]
    more = [("money", f"amounts are in {frame.currency}")] if amounts else []
    about = _about(context, sheet_name(kind, stage), cycle.label, [*more, *signed])
    return {"about": about, **dict(sorted(found.items()))}


def _in_currency(table: pl.DataFrame, amounts: Sequence[str], *, decimals: int) -> pl.DataFrame:
    """Amounts in the currency, not in its smallest unit: the last thing done to them."""
    there = [name for name in amounts if name in table.columns]
    return table.with_columns((pl.col(name) / 10**decimals).round(decimals) for name in there)


def _named(context: Context, people: pl.DataFrame) -> pl.DataFrame:
    """People by their names, which no sheet holds, and addresses for who loads: so that it can be loaded again."""
    with_addresses = may(context.actor, "load", phase=Phase.DATA)
    known = {key: (name, email) for key, name, email in context.plan.people.values_list("key", "name", "email")}
    held = [known.get(key, (key, "")) for key in people["person"]]
    names = pl.Series("name", [name for name, _ in held], dtype=pl.String)
    emails = pl.Series("email", [email if email and with_addresses else None for _, email in held], dtype=pl.String)
    return people.with_columns(names, emails)


def _refuse_blind(context: Context) -> None:
    if not reads(context.actor, Figure.VOLUME):
        reason = "an administrator sees no plan"
        raise refused_reading(context.actor, "export a sheet", figure=Figure.VOLUME, whole=False, reason=reason)


def _figure(name: str) -> Figure:
    """The class of figure of a cube, a table or a column."""
    return Figure.COST if name in COSTED else Figure.PRICE if name in PRICED else Figure.VOLUME


def _may(context: Context, name: str) -> bool:
    return reads(context.actor, _figure(name))


def _signed(context: Context, version: SheetVersion | None) -> list[str]:
    """Each signature that stands on a version, in words."""
    given = signatures_of(context.plan, version) if version is not None else ()
    stand = [one for one in given if not one.struck_because]
    return [f"“{rule_of(one.verb).meaning}” by {one.signer}, {one.at:%Y-%m-%d}" for one in stand]


def _about(context: Context, sheet: str, cycle: str, more: list[tuple[str, str]]) -> pl.DataFrame:
    whole = "your part" if _is_cut(context) else "the whole company"
    rows = [
        ("plan", context.plan.name), ("cycle", cycle), ("sheet", sheet), ("shown", whole),
        ("note", rehearsal_note(context)), *more,
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["about", "value"], orient="row")


def _is_cut(context: Context) -> bool:
    return not context.actor.plans_all


def _cube_table(context: Context, name: str, cube: Cube, calendar: Calendar) -> pl.DataFrame:
    rows = mask(context.actor, _figure(name), axis=cube.axis)
    labels = {"key": cube.axis.keys[rows]} | {name: values[rows] for name, values in cube.axis.attributes.items()}
    table = pl.DataFrame({name: pl.Series(values.tolist(), dtype=pl.String) for name, values in labels.items()})
    table = table.with_columns(pl.Series("unit", cube.units[rows].tolist(), dtype=pl.String))
    values = np.where(cube.state[rows] == State.PRESENT, cube.values[rows], np.nan)
    columns = [pl.Series(calendar[index].label, values[:, k]).fill_nan(None) for k, index in enumerate(cube.indices)]
    return table.with_columns(columns)


def _table(context: Context, name: str, table: pl.DataFrame) -> pl.DataFrame | None:
    if name == ACCURACY:
        seen = seen_accuracy(context.actor, table)
        return seen if len(seen) or not _is_cut(context) else None
    kept = table.drop([c for c in table.columns if not _may(context, c)])
    if not _is_cut(context):
        return kept
    if name not in PART_TABLES:
        return None
    foreign = [
        pl.when(_inside(context.actor, _figure(c), table)).then(c).alias(c)
        for c in kept.columns
        if _figure(c) is not Figure.VOLUME
    ]
    return kept.with_columns(foreign).filter(_inside(context.actor, Figure.VOLUME, table))


def _inside(actor: Actor, figure: Figure, table: pl.DataFrame) -> pl.Expr:
    """The rows in the scope of a role that reads the figure: of her patch, her division or his site."""
    inside = pl.lit(value=False)
    for grant in actor.grants:
        scope = READ[figure].get(grant.role)
        if scope is not None and scope.value in table.columns:
            inside |= pl.col(scope.value) == grant.scope
    return inside


def _labelled(table: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Period indices as labels: what a person reads. What else is named so is no index: a day, or hours per period."""
    names = [c for c in table.columns if "period" in c.split("_") and table[c].dtype.is_integer()]
    labels = pl.Series([p.label for p in calendar.periods])
    return table.with_columns(
        pl.Series(name, [None if k is None or not 0 <= k < len(labels) else labels[k] for k in table[name].to_list()],
                  dtype=pl.String)
        for name in names
    )  # fmt: skip
