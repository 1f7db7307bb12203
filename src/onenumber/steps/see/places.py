"""Places: the company, divisions, families, items and planning customers, as a person may see and find them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from onenumber.errors.rights import NotYoursError
from onenumber.errors.store import NoSuchPlaceError
from onenumber.model.axis import Axis
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask, reads
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import customers_at
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle
from onenumber.store.plans import find_cycle

COMPANY = "company"
CUSTOMER = "planning_customer"
MOST_FOUND = 12
NAMED = {
    "item": ("items", "item"),
    "planning_customer": ("customers", "customer"),
    "site": ("sites", "site"),
    "division": ("divisions", "division"),
    "family": ("families", "family"),
    "patch": ("patches", "patch"),
}
"""Where the names of a level stand: table and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place: its key (``company``, ``division:IND``, ``item:D1``), level, name, and the key above it.

    ``items``: of a planning customer, and of a place of which she sees a part, what of it the person sees; for any
    other place empty, as its items lie in it.
    """

    key: str
    level: str
    label: str
    name: str
    above: str = ""
    items: tuple[str, ...] = ()

    @property
    def has_budget(self) -> bool:
        """Whether a budget is made for it."""
        return self.level in {COMPANY, "division"}

    def rows(self, axis: Axis) -> np.ndarray:
        """Which rows of an axis lie in it; what belongs to no family is in none, and stock is no customer's."""
        inside: np.ndarray = axis.attributes["family"] != ""
        if self.level == COMPANY:
            return inside
        labels = axis.attributes.get(self.level)
        return np.zeros(len(axis), dtype=np.bool_) if labels is None else inside & (labels == self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that was searched for, with the place whose page it is."""

    kind: str
    key: str
    name: str
    place: str


def places_of(context: Context, cycle: Cycle) -> tuple[Place, ...]:
    """The company, each division, and under it each family of which the person sees a stream."""
    company = context.company(cycle)
    seen = _labels_seen(context, cycle, "family")
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


def place_of(context: Context, cycle: Cycle, places: tuple[Place, ...], key: str) -> Place:
    """The place called ``key``: one of ``places``, which the person sees, or an item or planning customer in them.

    Raises:
        NoSuchPlaceError: if there is none.
        NotYoursError: if it is not among hers, whether or not it is there.
    """
    below = () if any(place.key == key for place in places) else places_below(context, cycle)
    found = next((place for place in (*places, *below) if place.key == key), None)
    if found is None:
        asked = key.replace(":", " ")
        raise NoSuchPlaceError(place=asked) if sees_all(context.actor) else NotYoursError(place=asked)
    return replace(found, items=_bought(context, cycle, found.label)) if found.level == CUSTOMER else found


def home_of(context: Context, places: tuple[Place, ...]) -> str:
    """The key of the place that a person begins with: the only division that she sees, else the company."""
    divisions = [place.key for place in places if place.level == "division"]
    return divisions[0] if len(divisions) == 1 and not sees_all(context.actor) else COMPANY


def part_of(context: Context, cycle: Cycle, place: Place) -> Place:
    """The place with those of its items that the person sees, where these are not all: they are counted in their unit.

    A planning customer has them already.
    """
    axis = None if sees_all(context.actor) or place.level == CUSTOMER else _streams(context, cycle)
    if axis is None:
        return place
    inside, seen = place.rows(axis), _seen(context, axis)
    whole, hers = (np.unique(axis.attributes["item"][rows]) for rows in (inside, inside & seen))
    return place if not len(hers) or len(hers) == len(whole) else replace(place, items=tuple(hers.tolist()))


def whole_of(context: Context, cycle: Cycle, place: Place) -> bool:
    """Whether a person reads all of a place and not her part: every stream of it, with what it costs.

    A customer has neither stock nor cost of its own, so every stream is all of it.
    """
    if sees_all(context.actor):
        return True
    axis = _streams(context, cycle)
    if axis is None:
        return False
    rows, figure = place.rows(axis), Figure.VOLUME if place.level == CUSTOMER else Figure.COST
    return bool(rows.any() and mask(context.actor, figure, axis=axis)[rows].all())


def places_below(context: Context, cycle: Cycle) -> tuple[Place, ...]:
    """The items and planning customers that a person sees: too many to list, so a search or a link leads to them."""
    if not reads(context.actor, Figure.VOLUME):
        return ()
    return (*_items(context, cycle), *_customers(context, cycle))


def names_at(context: Context, level: str) -> dict[str, str]:
    """The name of each item, customer, site, division, family or patch, by its key; empty for a level without names.

    Empty also to who sees no plan.
    """
    if not reads(context.actor, Figure.VOLUME):
        return {}
    table, key = NAMED.get(level, ("", ""))
    company = context.company()
    return dict(company[table].select(key, "name").iter_rows()) if table in company else {}


def find_places(context: Context, label: str, text: str) -> tuple[Found, ...]:
    """Divisions, families, items and customers whose key or name holds the text.

    The one whose key or name it is comes first, then those that begin with it. A person finds what she sees a
    stream of.
    """
    if not reads(context.actor, Figure.VOLUME) or not context.company():
        return ()
    cycle = find_cycle(context.plan, label)
    found = [
        Found(kind=place.level, key=place.label, name=place.name, place=place.key)
        for place in (*places_of(context, cycle), *places_below(context, cycle))
        if place.level != COMPANY
    ]
    wanted = text.lower()
    hits = [one for one in found if wanted in one.name.lower() or wanted in one.key.lower()]
    return tuple(sorted(hits, key=lambda one: _rank(one, wanted))[:MOST_FOUND])


def _rank(one: Found, wanted: str) -> tuple[int, str, str]:
    """The key that was typed, the name, keys that begin with it, names that do, what only holds it; then by name.

    Keys that begin with it go by key, as the one who types a key counts on.
    """
    key, name = one.key.lower(), one.name.lower()
    fits = (key == wanted, name == wanted, key.startswith(wanted), name.startswith(wanted), True)
    rank = fits.index(True)
    return (rank, one.key, one.name) if fits[2] else (rank, one.name, one.key)


def _items(context: Context, cycle: Cycle) -> Iterator[Place]:
    """Items of the families she sees; who sees a part of the plan sees those of which she sees a stream."""
    table = context.company(cycle)["items"].filter(pl.col("family").is_not_null() & (pl.col("family") != ""))
    families = _labels_seen(context, cycle, "family")
    items = None if sees_all(context.actor) else _labels_seen(context, cycle, "item")
    for item, name, family in table.select("item", "name", "family").iter_rows():
        if (families is None or family in families) and (items is None or item in items):
            yield Place(key=f"item:{item}", level="item", label=item, name=name, above=f"family:{family}")


def _customers(context: Context, cycle: Cycle) -> Iterator[Place]:
    names = customers_at(context, cycle)
    for one in sorted(_labels_seen(context, cycle, CUSTOMER) or ()):
        yield Place(key=f"{CUSTOMER}:{one}", level=CUSTOMER, label=one, name=names.get(one) or one, above=COMPANY)


def _bought(context: Context, cycle: Cycle, customer: str) -> tuple[str, ...]:
    """The items of which the person sees a stream of a planning customer."""
    axis = _streams(context, cycle)
    if axis is None:
        return ()
    rows = _seen(context, axis) & (axis.attributes[CUSTOMER] == customer)
    return tuple(np.unique(axis.attributes["item"][rows]).tolist())


def _labels_seen(context: Context, cycle: Cycle, level: str) -> frozenset[str] | None:
    """The labels at a level of which the person sees a stream; None before there are streams, where all are named."""
    axis = _streams(context, cycle)
    return None if axis is None else frozenset(axis.attributes[level][_seen(context, axis)].tolist())


def _seen(context: Context, axis: Axis) -> np.ndarray:
    """Streams of a family that the person sees."""
    seen: np.ndarray = mask(context.actor, Figure.VOLUME, axis=axis) & (axis.attributes["family"] != "")
    return seen


def _streams(context: Context, cycle: Cycle) -> Axis | None:
    history = context.sheet(SheetKind.HISTORY, cycle)
    return history.cube("demand_raw").axis if history is not None else None
