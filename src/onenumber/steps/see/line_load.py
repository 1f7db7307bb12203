"""How full each line is: what is asked of it month by month, beside the best month that it ever made."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import polars as pl

from onenumber.measure.capacity import best_period, load_share, load_zone
from onenumber.measure.ratio import Floats
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.period import Calendar
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import SheetKind
from onenumber.model.validity import valid_on
from onenumber.review import reach
from onenumber.review.ground import Ground
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.unit_values import KEPT, Master
from onenumber.steps.see.planned import Planned, planned_if_any
from onenumber.store.models import Cycle
from onenumber.store.versions import Versions

EPSILON = 1e-6
NEARLY = 4
"""Digits of a share that tell its zone: what the solver lets through beyond them is no overload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMonth:
    """A line in a month, in hours: there without overtime, planned, and asked (planned and what is held back for it).

    ``overtime`` is what of the planned hours is overtime, ``maintenance`` what windows take; ``share`` is asked over
    available, None with its reason where there is no time; ``zone`` green, watch, tight or overload.
    """

    period: str
    available: float
    planned: float
    asked: float
    overtime: float
    maintenance: float
    share: float | None
    why: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best month that a line ever made, in standard hours of what came out."""

    period: str
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLoad:
    """A line with its months; ``best`` is None where nothing was recorded as made on it."""

    line: str
    name: str
    site: str
    best: Best | None
    months: tuple[LineMonth, ...]

    @property
    def worst(self) -> LineMonth:
        """The month in which most of its hours is asked; the first of them."""
        return max(self.months, key=lambda month: month.share or 0.0)

    @property
    def held_back(self) -> float:
        """Hours that are asked of it over all months and that the plan does not give."""
        return sum(month.asked - month.planned for month in self.months)

    @property
    def overtime(self) -> float:
        """Hours of overtime in the plan."""
        return sum(month.overtime for month in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSeen:
    """The lines that a person sees, the fullest first; ``own``: of the cycle's own plan, else of that in force."""

    of: str
    stage: str
    own: bool
    lines: tuple[LineLoad, ...]


def line_loads(context: Context, label: str = "") -> LoadSeen | None:
    """The load of every line that the person sees; None before anything was planned.

    Raises:
        NotAllowedError: if she reads what no line does.
    """
    look = glance(context)
    cycle = look.cycle(label)
    plan = planned_if_any(look, cycle)
    if plan is None:
        return None
    used = plan.sheet.cube("hours_used")
    rows = np.flatnonzero(plan.hers(used.axis))
    best = best_months(plan, cycle)
    months = _months(plan, rows)
    names = used.axis.attributes
    lines = tuple(
        LineLoad(
            line=(key := str(used.axis.keys[row])), name=str(names["name"][row]), site=str(names["site"][row]),
            best=best.get(key), months=months[k],
        )
        for k, row in enumerate(rows)
    )  # fmt: skip
    ordered = tuple(sorted(lines, key=lambda one: (-(one.worst.share or 0.0), one.line)))
    return LoadSeen(of=plan.cycle.label, stage=plan.version.stage, own=plan.own, lines=ordered)


def _months(plan: Planned, rows: np.ndarray) -> list[tuple[LineMonth, ...]]:
    cubes = {
        name: plan.sheet.cube(name).values[rows]
        for name in ("hours_available", "hours_used", "overtime_hours", "maintenance_hours")
    }
    asked = cubes["hours_used"] + held_back_hours(plan)[rows]
    share = load_share(load=asked, capacity=cubes["hours_available"])
    zones, first = load_zone(share=np.round(share.value, NEARLY)), plan.sheet.cube("hours_used").first
    return [
        tuple(
            LineMonth(
                period=plan.label(first + t), available=float(cubes["hours_available"][k, t]),
                planned=float(cubes["hours_used"][k, t]), asked=float(asked[k, t]),
                overtime=float(cubes["overtime_hours"][k, t]), maintenance=float(cubes["maintenance_hours"][k, t]),
                share=None if np.isnan(share.value[k, t]) else float(share.value[k, t]),
                why=str(share.reason[k, t]), zone=str(zones[k, t]),
            )
            for t in range(plan.since - first, asked.shape[1])
        )
        for k in range(len(rows))
    ]  # fmt: skip


def held_back_hours(plan: Planned) -> Floats:
    """Hours that what is short for a line would take of it, in the month that is full: (lines x periods)."""
    used = plan.sheet.cube("hours_used")
    found: Floats = np.zeros(used.values.shape)
    rows = short_at_lines(plan).filter(pl.col("hours") > EPSILON)
    where = {str(key): k for k, key in enumerate(used.axis.keys)}
    for line, period, hours in rows.select("cause_at", "cause_period", "hours").iter_rows():
        if 0 <= period - used.first < used.periods:
            found[where[line], period - used.first] += hours
    return found


def short_at_lines(plan: Planned) -> pl.DataFrame:
    """What is short because a line is full: the rows of the plan's shortages with their item and hours of the line."""
    return _short_at_lines(plan.look.versions, plan.version.content, plan.master, plan.frame, plan.cycle.index)


@lru_cache(maxsize=KEPT)
def _short_at_lines(versions: Versions, content: str, company: Master, frame: PlanFrame, cycle: int) -> pl.DataFrame:
    """Worked out once in a process: neither the plan nor its master data ever changes."""
    sheet, ground = versions.get(content), Ground(company=company.tables, load={}, frame=frame, cycle=cycle)
    used, demand = sheet.cube("hours_used"), sheet.cube("demand")
    names = demand.axis.attributes
    streams = pl.DataFrame(
        {name: names[name].tolist() for name in ("item", "planning_customer")} | {"stream": demand.axis.keys.tolist()}
    )
    rows = sheet.table("shortages").filter(pl.col("cause_at").is_in(used.axis.keys.tolist()))
    rows = rows.join(streams, on="stream", how="left", maintain_order="left")
    needs = reach.hours(ground, reach.components(ground)).rename({"needs": "cause_at"})
    rows = rows.join(needs, on=["item", "cause_at"], how="left", maintain_order="left")
    return rows.with_columns((pl.col("short") * pl.col("per_unit").fill_null(0.0)).alias("hours"))


def best_months(plan: Planned, cycle: Cycle) -> Mapping[str, Best]:
    """The best month of each line among those before the cycle of which facts are held."""
    load = plan.look.version(SheetKind.LOAD, cycle)
    if load is None:
        return {}
    facts = Master(load.content, plan.look.versions.get(load.content).tables)
    return _best_months(facts, plan.master, plan.frame.calendar, of=plan.cycle.index, cycle=cycle.index)


@lru_cache(maxsize=KEPT)
def _best_months(facts: Master, company: Master, calendar: Calendar, *, of: int, cycle: int) -> Mapping[str, Best]:
    """By the rates of the cycle ``of`` that planned. Worked out once in a process: neither sheet ever changes."""
    made = table_or_empty(facts.tables, "production").select("item", "site", "date", "quantity")
    rates = valid_on(table_or_empty(company.tables, "rates"), calendar[of].start)
    rates = rates.sort("item", "site", "route", "resource")
    first = rates.unique(subset=["item", "site"], keep="first", maintain_order=True).select("item", "site", "route")
    rates = rates.join(first, on=["item", "site", "route"], how="semi").select(
        "item", "site", "resource", "hours_per_unit"
    )
    past = calendar.periods[:cycle]
    starts = pl.DataFrame(
        {"period": [one.index for one in past], "start": [one.start for one in past]},
        schema={"period": pl.Int64, "start": pl.Date},
    )
    made = made.filter(pl.col("date") < calendar[cycle].start).sort("date")
    spent = made.join_asof(starts.sort("start"), left_on="date", right_on="start").drop_nulls("period")
    spent = spent.join(rates, on=["item", "site"], how="inner", maintain_order="left")
    spent = spent.with_columns((pl.col("quantity") * pl.col("hours_per_unit")).alias("hours"))
    sums = spent.group_by("resource", "period").agg(pl.col("hours").sum()).sort("resource", "period")
    lines = sums["resource"].unique().sort().to_list()
    hours = np.zeros((len(lines), len(past)))
    for line, period, amount in sums.select("resource", "period", "hours").iter_rows():
        hours[lines.index(line), period - past[0].index] = amount
    best = best_period(hours=hours) if lines else np.zeros(0, dtype=np.int64)
    found = {
        line: Best(period=past[int(at)].label, hours=float(hours[k, at]))
        for k, (line, at) in enumerate(zip(lines, best, strict=True))
        if at >= 0
    }
    return MappingProxyType(found)
