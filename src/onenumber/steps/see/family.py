"""The family page of a place, from the sheets of this cycle and the last, cut to what the person may see."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.family import FamilyRow, Sources, family_rows
from onenumber.review.leaves import Leaves
from onenumber.rights.ask import reads, refused_reading
from onenumber.rights.roles import plants_kept
from onenumber.rights.table import Figure
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.unit_values import Master
from onenumber.steps.see.family_absent import absent_leaves
from onenumber.steps.see.family_course import course_leaves
from onenumber.steps.see.family_delivered import delivered_leaves
from onenumber.steps.see.family_leaves import (
    LAST,
    Lens,
    any_late,
    budget_versions,
    demand_leaves,
    past_plan,
    stock_leaves,
    supply_leaves,
)
from onenumber.steps.see.family_orders import order_leaves
from onenumber.steps.see.family_service import service_leaves
from onenumber.steps.see.family_unit import items_in, unit_of
from onenumber.steps.see.places import Place, home_of, part_of, place_of, places_of, whole_of
from onenumber.steps.see.sheets import SheetName, named
from onenumber.steps.see.since import since_leaves, since_of
from onenumber.store.models import Cycle, SheetVersion

BACK = 3
"""Periods shown before the cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sheet that rows were read from, and who made it."""

    name: SheetName
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one figure of last cycle or the budget stands: the cycle and its sheet, or the version of the budget."""

    cycle: str = ""
    source: Source | None = None
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySeen:
    """The page of a place: period labels, how many of them are past, its rows, and the sheets they come from.

    ``money``: the amounts are money, in minor units of ``minor`` decimals; ``unlike``: units were asked for,
    but these items do not share one; ``provisional``: there is no consensus yet, and new demand is the forecast;
    ``part``: she sees a part of the place only; ``everybodys``: of its demand all the same.
    ``old_plan``: there is no supply plan yet, and days, weeks and promises ahead are of the last one. ``origins``: of
    leaves that come from more than one sheet, where each column is from.
    """

    place: Place
    places: tuple[Place, ...]
    labels: tuple[str, ...]
    past: int
    money: bool
    minor: int
    money_allowed: bool
    unlike: bool
    part: bool
    everybodys: bool
    provisional: bool
    old_plan: bool
    rows: tuple[FamilyRow, ...]
    sources: dict[str, Source]
    origins: dict[str, tuple[Origin | None, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The sheets that a page reads, and where each came from."""

    sheets: dict[str, Sheet]
    sources: dict[str, Source]

    @property
    def facts(self) -> Master | None:
        """The facts, known by their content."""
        load = self.sources.get("load")
        return Master(load.name.content, self.sheets["load"].tables) if load is not None else None


def family_seen(context: Glance, label: str, *, place: str, money: bool) -> FamilySeen:
    """The family page of ``place``, in units or in money; where none is named, of the one that is hers.

    Raises:
        NotAllowedError: if the person sees no plan.
        NoSuchPlaceError: if there is no such place.
        NotYoursError: if she sees a part of the plan, and no such place in it.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no plan"
        raise refused_reading(context.actor, "see the plan", figure=Figure.VOLUME, whole=False, reason=reason)
    cycle = context.cycle(label)
    places = places_of(context, cycle)
    read = _read(context, cycle)
    allowed = reads(context.actor, Figure.PRICE)
    master, frame = _master(context, cycle), context.frame(cycle)
    at = place_of(context, cycle, places, place or _plants_home(context, places, master) or home_of(context, places))
    mine = part_of(context, cycle, at)
    unit = unit_of(master, mine)
    in_money = allowed and (money or unit is None)
    columns = range(max(cycle.index - BACK, 0), min(cycle.index + frame.horizon, len(frame.calendar)))
    earlier = _earlier_plans(context, cycle, columns.start)
    lens = Lens(
        actor=context.actor, place=mine, master=master, frame=frame, columns=columns, cycle=cycle.index,
        money=in_money, unit=unit, whole=whole_of(context, cycle, at),
    )  # fmt: skip
    return FamilySeen(
        place=at, places=places, labels=tuple(frame.calendar[k].label for k in columns),
        past=cycle.index - columns.start, money=in_money, minor=frame.currency_decimals, money_allowed=allowed,
        unlike=unit is None and not money,
        part=not lens.whole, everybodys=_everybodys(context, lens), provisional="consensus" not in read.sheets,
        old_plan="supply" not in read.sheets,
        rows=family_rows(_sources(context, cycle, lens, read, earlier)), sources=read.sources,
        origins=_origins(context, lens, read, earlier),
    )  # fmt: skip


def _plants_home(context: Glance, places: tuple[Place, ...], master: Master) -> str:
    """The place that a plant manager begins with, as money is not hers: that of one unit with most of what she keeps.

    Divisions before families; empty for anybody else.
    """
    sites = plants_kept(context.actor)
    if not sites or reads(context.actor, Figure.PRICE):
        return ""
    table = master.tables["item_sites"]
    kept = frozenset(table.filter(pl.col("site").is_in(sorted(sites)))["item"].to_list())
    for level in ("division", "family"):
        alike = [one for one in places if one.level == level and unit_of(master, one) is not None]
        most = max(alike, key=lambda one: len(kept.intersection(items_in(master, one)["item"])), default=None)
        if most is not None and not kept.isdisjoint(items_in(master, most)["item"]):
            return most.key
    return ""


def _everybodys(context: Glance, lens: Lens) -> bool:
    """Whether she sees the whole demand of a place, and of its stock and supply what is hers."""
    return not lens.whole and bool(plants_kept(context.actor)) and not reads(context.actor, Figure.PRICE)


def _sources(context: Glance, cycle: Cycle, lens: Lens, read: _Read, earlier: "_Earlier") -> Sources:
    days = np.array([lens.frame.calendar[k].days for k in lens.columns], dtype=np.float64)
    sheets = {
        kind: [(index, context.versions.get(version.content)) for index, (_, version) in made.items()]
        for kind, made in earlier.items()
    }
    last = {kind: next((sheet for _, sheet in made), None) for kind, made in sheets.items()}
    leaves = {
        **demand_leaves(lens, read.sheets),
        **supply_leaves(lens, read.sheets, last[SheetKind.SUPPLY_PLAN]),
        **stock_leaves(lens, read.facts),
        **order_leaves(lens, read.facts),
        **delivered_leaves(lens, read.facts),
        **service_leaves(lens, read.facts),
        **since_leaves(lens, since_of(context, cycle)),
    }
    leaves |= _planned_before(lens, sheets)
    leaves |= course_leaves(lens, read.sheets, leaves, last[SheetKind.CONSENSUS])
    absent = absent_leaves(lens, leaves, read.facts)
    unit = lens.frame.currency if lens.money else lens.unit or ""
    return Sources(leaves={**leaves, **absent.leaves}, days=days, unit=unit, why=absent.why, unvalued=absent.unvalued)


def _planned_before(lens: Lens, sheets: Mapping[SheetKind, list[tuple[int, Sheet]]]) -> dict[str, Leaves]:
    """What earlier cycles planned; a backlog only where nothing is kept in stock, or some of it is late."""
    made = {name: past_plan(lens, name, sheets[kind]) for name, kind in KIND_OF_LAST.items()}
    found = {name: leaves for name, leaves in made.items() if leaves is not None}
    late = found.get("backlog_last")
    if late is not None and not lens.to_order and not any_late(late):
        del found["backlog_last"]
    return found


KIND_OF_LAST = {name: SheetKind.CONSENSUS if name == "last" else SheetKind.SUPPLY_PLAN for name in LAST}
"""Which sheet of earlier cycles each of their leaves is read from."""
_Earlier = dict[SheetKind, dict[int, tuple[str, SheetVersion]]]
"""Of each kind the version of every earlier cycle, by the cycle's index and newest first, with its label."""


def _earlier_plans(context: Glance, cycle: Cycle, first: int) -> _Earlier:
    """The plans of the cycles before this one, down to the one of period ``first``."""
    plans: _Earlier = {SheetKind.CONSENSUS: {}, SheetKind.SUPPLY_PLAN: {}}
    for one in (one for one in context.all_cycles() if first <= one.index < cycle.index):
        for kind, made in plans.items():
            version = _newest(context, kind, one)
            if version is not None:
                made[one.index] = (one.label, version)
    return plans


def _origins(context: Glance, lens: Lens, read: _Read, earlier: _Earlier) -> dict[str, tuple[Origin | None, ...]]:
    """The last cycle's plan from its first period on, before it each period by the plan of its own cycle.

    What runs on from actual to planned is read from the facts, then from the plan: the last one until there is a new.
    """
    names = context.names()
    found: dict[str, tuple[Origin | None, ...]] = {}
    for name, kind in KIND_OF_LAST.items():
        made = {index: Origin(cycle=label, source=_source(v, names)) for index, (label, v) in earlier[kind].items()}
        newest = max(made, default=lens.cycle)
        found[name] = tuple(made.get(min(k, newest)) for k in lens.columns)
    plan = Origin(source=read.sources["supply"]) if "supply" in read.sources else found["stock_last"][-1]
    facts = Origin(source=read.sources.get("load"))
    for name, past in (("held", facts), ("late", facts), ("comes", None)):
        found[name] = tuple(past if k < lens.cycle else plan for k in lens.columns)
    budget = budget_versions(lens)
    found["budget"] = tuple(Origin(version=budget[k]) if k in budget else None for k in lens.columns)
    return found


def _source(version: SheetVersion, names: Mapping[str, str]) -> Source:
    return Source(name=named(version), author=names.get(version.person, version.person))


def _read(context: Glance, cycle: Cycle) -> _Read:
    wanted = {
        "load": _newest(context, SheetKind.LOAD, cycle),
        "history": _newest(context, SheetKind.HISTORY, cycle),
        "forecast": _newest(context, SheetKind.FORECAST, cycle),
        "consensus": _newest(context, SheetKind.CONSENSUS, cycle),
        "supply": _newest(context, SheetKind.SUPPLY_PLAN, cycle),
    }
    names = context.names()
    made = {name: version for name, version in wanted.items() if version is not None}
    return _Read(
        sheets={name: context.versions.get(version.content) for name, version in made.items()},
        sources={name: _source(version, names) for name, version in made.items()},
    )


def _master(context: Glance, cycle: Cycle) -> Master:
    version = context.company_version(cycle)
    return Master(version.content if version is not None else "", context.company(cycle))


def _newest(context: Glance, kind: SheetKind, cycle: Cycle) -> SheetVersion | None:
    if kind is SheetKind.SUPPLY_PLAN:
        made = [context.version(kind, cycle, stage) for stage in ("final", "proposed")]
        return max((version for version in made if version is not None), key=lambda v: v.sequence, default=None)
    return context.version(kind, cycle)
