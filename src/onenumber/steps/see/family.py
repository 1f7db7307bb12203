"""The family page of a place, from the sheets of this cycle and the last, cut to what the person may see."""

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.family import FamilyRow, Sources, family_rows
from onenumber.rights.ask import reads, refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.around import sees_all
from onenumber.steps.see.family_absent import absent_leaves
from onenumber.steps.see.family_leaves import Lens, demand_leaves, past_plan, stock_leaves, supply_leaves
from onenumber.steps.see.family_service import service_leaves
from onenumber.steps.see.family_unit import unit_of
from onenumber.steps.see.places import Place, place_of, places_of
from onenumber.steps.see.sheets import SheetName, named
from onenumber.steps.see.since import since_leaves, since_of
from onenumber.steps.see.unit_values import Master
from onenumber.store.models import Cycle, SheetVersion
from onenumber.store.plans import find_cycle, names_of

BACK = 3
"""Periods shown before the cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sheet that rows were read from, and who made it."""

    name: SheetName
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySeen:
    """The page of a place: period labels, how many of them are past, its rows, and the sheets they come from.

    ``money``: the amounts are money, in minor units of ``minor`` decimals; ``unlike``: units were asked for,
    but these items do not share one; ``provisional``: there is no consensus yet, and new demand is the forecast.
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
    provisional: bool
    rows: tuple[FamilyRow, ...]
    sources: dict[str, Source]


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
    """The family page of ``place``, in units or in money.

    Raises:
        NotAllowedError: if the person sees no plan.
        NoSuchPlaceError: if there is no such place, or she sees nothing of it.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no plan"
        raise refused_reading(context.actor, "see the plan", figure=Figure.VOLUME, whole=False, reason=reason)
    cycle = find_cycle(context.plan, label)
    places = places_of(context, cycle)
    at = place_of(places, place)
    read = _read(context, cycle)
    allowed = reads(context.actor, Figure.PRICE)
    master, frame = _master(context, cycle), context.frame(cycle)
    unit = unit_of(master, at)
    in_money = allowed and (money or unit is None)
    columns = range(max(cycle.index - BACK, 0), min(cycle.index + frame.horizon, len(frame.calendar)))
    lens = Lens(
        actor=context.actor, place=at, master=master, frame=frame, columns=columns, cycle=cycle.index,
        money=in_money, unit=unit,
    )  # fmt: skip
    return FamilySeen(
        place=at, places=places, labels=tuple(frame.calendar[k].label for k in columns),
        past=cycle.index - columns.start, money=in_money, minor=frame.currency_decimals, money_allowed=allowed,
        unlike=unit is None and not money,
        part=not sees_all(context.actor), provisional="consensus" not in read.sheets,
        rows=family_rows(_sources(context, cycle, lens, read)), sources=read.sources,
    )  # fmt: skip


def _sources(context: Glance, cycle: Cycle, lens: Lens, read: _Read) -> Sources:
    days = np.array([lens.frame.calendar[k].days for k in lens.columns], dtype=np.float64)
    leaves = {
        **demand_leaves(lens, read.sheets),
        **supply_leaves(lens, read.sheets),
        **stock_leaves(lens, read.facts),
        **service_leaves(lens, read.facts),
        **since_leaves(lens, since_of(context, cycle)),
    }
    earlier = tuple(_earlier(cycle, lens.columns.start))
    for name, kind in (("last", SheetKind.CONSENSUS), ("supply_last", SheetKind.SUPPLY_PLAN)):
        made = [(c.index, _newest(context, kind, c)) for c in earlier]
        sheets = [(index, context.versions.get(v.content)) for index, v in made if v is not None]
        found = past_plan(lens, name, sheets)
        if found is not None:
            leaves[name] = found
    absent = absent_leaves(lens, leaves, read.facts)
    unit = lens.frame.currency if lens.money else lens.unit or ""
    return Sources(leaves={**leaves, **absent.leaves}, days=days, unit=unit, why=absent.why)


def _read(context: Glance, cycle: Cycle) -> _Read:
    wanted = {
        "load": _newest(context, SheetKind.LOAD, cycle),
        "history": _newest(context, SheetKind.HISTORY, cycle),
        "forecast": _newest(context, SheetKind.FORECAST, cycle),
        "consensus": _newest(context, SheetKind.CONSENSUS, cycle),
        "supply": _newest(context, SheetKind.SUPPLY_PLAN, cycle),
    }
    names = names_of(context.plan)
    made = {name: version for name, version in wanted.items() if version is not None}
    return _Read(
        sheets={name: context.versions.get(version.content) for name, version in made.items()},
        sources={
            name: Source(name=named(version), author=names.get(version.person, version.person))
            for name, version in made.items()
        },
    )


def _master(context: Glance, cycle: Cycle) -> Master:
    version = context.company_version(cycle)
    return Master(version.content if version is not None else "", context.company(cycle))


def _newest(context: Glance, kind: SheetKind, cycle: Cycle) -> SheetVersion | None:
    if kind is SheetKind.SUPPLY_PLAN:
        made = [context.version(kind, cycle, stage) for stage in ("final", "proposed")]
        return max((version for version in made if version is not None), key=lambda v: v.sequence, default=None)
    return context.version(kind, cycle)


def _earlier(cycle: Cycle, first: int) -> QuerySet[Cycle]:
    """The cycles before this one, down to the one of period ``first``, newest first."""
    return Cycle.objects.filter(plan=cycle.plan_id, index__lt=cycle.index, index__gte=first).order_by("-index")
