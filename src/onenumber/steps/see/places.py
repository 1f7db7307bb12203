"""Places: the company, its divisions and families, as a person may see them; and finding items and customers."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.errors.rights import NotYoursError
from onenumber.errors.store import NoSuchPlaceError
from onenumber.model.axis import Axis
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask, reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle
from onenumber.store.plans import find_cycle

COMPANY = "company"
MOST_FOUND = 12
NAMED = {
    "item": ("items", "item"),
    "planning_customer": ("customers", "customer"),
    "site": ("sites", "site"),
    "division": ("divisions", "division"),
}
"""Where the names of a level stand: table and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place: its key (``company``, ``division:IND``, ``family:DOS``), level, name, and the key above it."""

    key: str
    level: str
    label: str
    name: str
    above: str = ""

    def rows(self, axis: Axis) -> np.ndarray:
        """Which rows of an axis lie in it; what belongs to no family is in none."""
        if self.level == COMPANY:
            inside: np.ndarray = axis.attributes["family"] != ""
            return inside
        own: np.ndarray = axis.attributes[self.level] == self.label
        return own


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that was searched for, with the place whose page shows it."""

    kind: str
    key: str
    name: str
    place: str


def places_of(context: Context, cycle: Cycle) -> tuple[Place, ...]:
    """The company, each division, and under it each family of which the person sees a stream."""
    company = context.company(cycle)
    seen = _families_seen(context, cycle)
    families = company["families"].sort("name", "family")
    if seen is not None:
        families = families.filter(pl.col("family").is_in(sorted(seen)))
    found = [Place(key=COMPANY, level=COMPANY, label="", name=context.plan.name)]
    for division in company["divisions"].sort("name", "division").iter_rows(named=True):
        own = families.filter(pl.col("division") == division["division"])
        if len(own):
            key = f"division:{division['division']}"
            found.append(
                Place(key=key, level="division", label=division["division"], name=division["name"], above=COMPANY)
            )
            found += [
                Place(key=f"family:{row['family']}", level="family", label=row["family"], name=row["name"], above=key)
                for row in own.iter_rows(named=True)
            ]
    return tuple(found)


def place_of(places: tuple[Place, ...], key: str, *, whole: bool) -> Place:
    """The place called ``key`` among those that a person sees; ``whole``: she sees all there are.

    Raises:
        NoSuchPlaceError: if there is none.
        NotYoursError: if it is not among hers, whether or not it is there.
    """
    found = next((place for place in places if place.key == key), None)
    if found is None:
        asked = key.replace(":", " ")
        raise NoSuchPlaceError(place=asked) if whole else NotYoursError(place=asked)
    return found


def names_at(context: Context, level: str) -> dict[str, str]:
    """The name of each item, customer, site or division, by its key; empty for a level without names.

    Empty also to who sees no plan.
    """
    if not reads(context.actor, Figure.VOLUME):
        return {}
    table, key = NAMED.get(level, ("", ""))
    company = context.company()
    return dict(company[table].select(key, "name").iter_rows()) if table in company else {}


def find_places(context: Context, label: str, text: str) -> tuple[Found, ...]:
    """Divisions, families, items and customers whose key or name holds the text: those that begin with it first.

    A person finds what she sees a stream of.
    """
    if not reads(context.actor, Figure.VOLUME) or not context.company():
        return ()
    cycle = find_cycle(context.plan, label)
    found = [
        Found(kind=place.level, key=place.label, name=place.name, place=place.key)
        for place in places_of(context, cycle)
        if place.level != COMPANY
    ]
    found += [*_items(context, cycle), *_customers(context, cycle)]
    wanted = text.lower()
    hits = [one for one in found if wanted in one.name.lower() or wanted in one.key.lower()]
    return tuple(sorted(hits, key=lambda one: (not _begins(one, wanted), one.name))[:MOST_FOUND])


def _begins(one: Found, wanted: str) -> bool:
    return one.name.lower().startswith(wanted) or one.key.lower().startswith(wanted)


def _items(context: Context, cycle: Cycle) -> list[Found]:
    table = context.company(cycle)["items"].filter(pl.col("family").is_not_null() & (pl.col("family") != ""))
    seen = _families_seen(context, cycle)
    return [
        Found(kind="item", key=item, name=name, place=f"family:{family}")
        for item, name, family in table.select("item", "name", "family").iter_rows()
        if seen is None or family in seen
    ]


def _customers(context: Context, cycle: Cycle) -> list[Found]:
    axis = _streams(context, cycle)
    if axis is None:
        return []
    seen = mask(context.actor, Figure.VOLUME, axis=axis)
    customers = context.company(cycle)["customers"].select("customer", "name")
    names = dict(customers.iter_rows())
    own = np.unique(axis.attributes["planning_customer"][seen]).tolist()
    return [Found(kind="planning_customer", key=c, name=names.get(c) or c, place=COMPANY) for c in own]


def _families_seen(context: Context, cycle: Cycle) -> frozenset[str] | None:
    """The families of which the person sees a stream; None before there are streams, where all are named."""
    axis = _streams(context, cycle)
    if axis is None:
        return None
    return frozenset(axis.attributes["family"][mask(context.actor, Figure.VOLUME, axis=axis)].tolist())


def _streams(context: Context, cycle: Cycle) -> Axis | None:
    history = context.sheet(SheetKind.HISTORY, cycle)
    return history.cube("demand_raw").axis if history is not None else None
