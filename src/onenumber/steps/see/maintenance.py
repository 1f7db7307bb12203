"""Maintenance windows: the hours that each takes, where it may go, and what moving it would bring."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.supply import BadDifferenceError
from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.compare import gained, valued
from onenumber.review.papers.windows import start_in
from onenumber.review.worth import rates_of
from onenumber.rights.ask import refused_reading
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.planning import ground_of, in_force, solved_each, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.see.planned import Planned, planned_if_any, planned_in
from onenumber.supply.differences import MoveWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class Goes:
    """A month that a window may go to: the day on which it would start, and how full its line is there by the plan."""

    period: str
    start: dt.date
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A maintenance window: its line, days and hours, why, and where it may go (nowhere where it is locked).

    ``share`` is how full its line is in the month in which it starts, by the plan; ``decided`` the day to which a
    decision of an earlier month moved it.
    """

    window: str
    line: str
    name: str
    site: str
    start: dt.date
    end: dt.date
    hours: float
    reason: str
    period: str
    share: float | None
    movable: bool
    decided: dt.date | None
    goes: tuple[Goes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowsSeen:
    """The windows within the plan, of the lines that a person sees; ``prices``: she may ask what moving one brings.

    ``decided``: the plan of the month is approved, so nothing is moved in it any more.
    """

    of: str
    stage: str
    own: bool
    prices: bool
    windows: tuple[Window, ...]
    decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePrice:
    """What moving a window brings against the proposed plan, in currency and hours; None where it is not known.

    ``moved``: whether any unit is shipped, lost or late otherwise, or any cost changes.
    """

    window: str
    period: str
    start: dt.date
    currency: str
    net_cost: float | None
    extra_cost: float | None
    waiting_cost: float | None
    revenue: float | None
    overtime_hours: float
    moved: bool


def windows_seen(context: Context, label: str = "") -> WindowsSeen | None:
    """The maintenance windows of the plan's months; None before anything was planned.

    Raises:
        NotAllowedError: if the person reads what no line does.
    """
    look = glance(context)
    cycle = look.cycle(label)
    plan = planned_if_any(look, cycle)
    if plan is None:
        return None
    moved = {
        one.now.window: one.now.start
        for one in in_force(Reader(look, plan.cycle), plan.cycle)
        if isinstance(one.now, MoveWindow)
    }
    found = tuple(sorted(_windows(plan, moved), key=lambda one: (not one.movable, one.start, one.window)))
    decided = Phase(cycle.phase).place > Phase.EXEC.place
    made = plan.own and look.version(SheetKind.SUPPLY_PLAN, cycle, "proposed") is not None
    return WindowsSeen(
        of=plan.cycle.label, stage=plan.version.stage, own=plan.own, windows=found, decided=decided,
        prices=reads_papers(context.actor) and made and not decided,
    )  # fmt: skip


def window_price(context: Context, window: str, month: str, label: str = "") -> MovePrice:
    """What moving a window to a month brings: the proposed plan of the cycle, solved again with that one difference.

    Raises:
        NotAllowedError: if the person does not read the costs of the whole company.
        NoSheetError: if nothing was planned in the cycle.
        BadDifferenceError: if the window may not go there.
    """
    if not reads_papers(context.actor):
        reason = "only who reads the costs of the whole company may"
        says = "see what moving maintenance costs"
        raise refused_reading(context.actor, says, figure=Figure.COST, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    reader = Reader(look, cycle)
    base = reader.need(SheetKind.SUPPLY_PLAN, "proposed")
    plan = planned_in(look, cycle)
    goes = next(
        (to for one in _windows(plan, {}) if one.window == window for to in one.goes if to.period == month), None
    )
    if goes is None:
        raise BadDifferenceError(what=f"window {window!r} may not go to {month}")
    inputs, ground = supply_inputs(reader, cycle, base=base), ground_of(reader, cycle)
    sheet = next(iter(solved_each(context, inputs, [MoveWindow(window=window, start=goes.start)])))
    rates = rates_of(base, ground)
    brings = gained(valued(sheet, rates=rates, ground=ground), valued(base, rates=rates, ground=ground), ())
    cubes = ("shipped", "lost", "backlog")
    moved = any(np.abs(sheet.cube(one).values - base.cube(one).values).max(initial=0.0) > LEAST for one in cubes)

    def money(name: str) -> float | None:
        amount = brings[name]
        return None if amount is None else in_currency(int(amount), decimals=ground.decimals)

    return MovePrice(
        window=window, period=month, start=goes.start, currency=ground.frame.currency, net_cost=money("net_cost"),
        extra_cost=money("extra_cost"), waiting_cost=money("waiting_cost"), revenue=money("revenue"),
        overtime_hours=float(brings["overtime_hours"] or 0.0), moved=moved or bool(brings["net_cost"]),
    )  # fmt: skip


LEAST = 1e-6
"""Units of which nobody is said to have more or fewer."""


def _windows(plan: Planned, moved: Mapping[str, dt.date]) -> Iterator[Window]:
    """The windows that lie in the plan's months as master data has them, or as decided."""
    axis = plan.sheet.cube("hours_used").axis
    hers = set(axis.keys[plan.hers(axis)].tolist())
    names = {str(key): (axis.attributes["name"][k], axis.attributes["site"][k]) for k, key in enumerate(axis.keys)}
    begin = plan.frame.calendar[plan.since].start
    end = plan.frame.calendar[plan.sheet.cube("hours_used").indices[-1]].end
    rows = plan.table("maintenance").filter((pl.col("end") > begin) & (pl.col("start") < end)).sort("start", "window")
    for row in rows.iter_rows(named=True):
        if row["resource"] in hers:
            start = moved.get(row["window"], row["start"])
            period = _period_of(plan, start)
            name, site = names[row["resource"]]
            yield Window(
                window=row["window"], line=row["resource"], name=str(name), site=str(site), start=start,
                end=start + (row["end"] - row["start"]), hours=row["hours"], reason=row["reason"] or "",
                period=plan.label(period), share=_share(plan, row["resource"], period), movable=bool(row["movable"]),
                decided=moved.get(row["window"]), goes=tuple(_goes(plan, row, period)) if row["movable"] else (),
            )  # fmt: skip


def _period_of(plan: Planned, day: dt.date) -> int:
    indices = plan.sheet.cube("hours_used").indices
    return next((k for k in indices if plan.frame.calendar[k].end > day), indices[-1])


def _goes(plan: Planned, row: Mapping[str, Any], now: int) -> Iterator[Goes]:
    """The months in which it may start, but the one it is in and the firm first, which is over before it is decided."""
    for index in plan.sheet.cube("hours_used").indices:
        period = plan.frame.calendar[index]
        start = start_in(period, earliest=row["earliest"], latest=row["latest"])
        if index not in (now, plan.cycle.index) and index >= plan.since and start is not None:
            yield Goes(period=period.label, start=start, share=_share(plan, row["resource"], index, row["hours"]))


def _share(plan: Planned, line: str, period: int, takes: float = 0.0) -> float | None:
    """How much of its hours the plan takes of a line in a month, less the hours that a window would take there."""
    used, free = plan.sheet.cube("hours_used"), plan.sheet.cube("hours_available")
    row = used.axis.rows([line])[0]
    hours = free.values[row, period - free.first] - takes
    return float(used.values[row, period - used.first] / hours) if hours > 0 else None
