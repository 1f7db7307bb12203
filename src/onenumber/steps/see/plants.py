"""The plan as each plant is asked to make it, what it answered, and what changed against the plan before."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.cycle.phases import Phase
from onenumber.model.cube import Cube
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Thing, may
from onenumber.rights.duties import holders
from onenumber.rights.roles import reads_lines
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, cycle_earlier, glance, rows_in
from onenumber.steps.frame.in_force import is_amendment
from onenumber.steps.frame.plants import AMENDS, CANNOT, EPSILON, answers_of, handed, plants_in, standing, takers, unmet
from onenumber.steps.see.planned import Planned, planned_if_any, planned_in
from onenumber.steps.see.sheets import SheetLine
from onenumber.store.models import Cycle, PlantAnswer, SheetVersion, SignatureRow
from onenumber.store.plans import both_names

SIGNS = ("sign_supply", "confirm_final")
"""The signatures with which a plant that did not answer counts as having taken the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """What a plant is asked of a family, or a line of it, by month; ``change`` against the plan before (None: none)."""

    name: str
    unit: str
    values: tuple[float, ...]
    change: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a plant said it cannot make: of what, when, what was asked, is asked now and can be made, who and why."""

    site: str
    item: str
    period: str
    asked: float
    asks: float
    can: float
    by: str
    at: dt.datetime
    note: str
    amends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantSeen:
    """A plant: who runs it, where its answer stands (open, taken, deemed, cannot), and what it is asked to make.

    ``by`` is who took the plan, or signed it where the plant counts as having taken it. ``hers``: she may answer;
    ``amends``: what she says now stands beside the published plan.
    """

    site: str
    name: str
    managers: tuple[str, ...]
    state: str
    by: str
    at: dt.datetime | None
    note: str
    hers: bool
    families: tuple[AskedRow, ...]
    lines: tuple[AskedRow, ...]
    said: tuple[Said, ...]
    items: tuple[tuple[str, str], ...]
    amends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantsSeen:
    """The plants that a person sees, by the plan of which cycle, against that of which (empty: none)."""

    of: str
    stage: str
    own: bool
    before: str
    months: tuple[str, ...]
    plants: tuple[PlantSeen, ...]


def plants_seen(context: Context, label: str = "") -> PlantsSeen | None:
    """Every plant that the person sees, with what it is asked; None before anything was planned.

    Raises:
        NotAllowedError: if she reads what no line does.
    """
    look = glance(context)
    cycle = look.cycle(label)
    plan = planned_if_any(look, cycle)
    if plan is None:
        return None
    before = cycle_earlier(look, plan.cycle)
    old = handed(look, before) if before is not None else None
    was = look.versions.get(old.content).cube("production") if old is not None else None
    made = plan.sheet.cube("production")
    hers = set(made.axis.attributes["site"][plan.hers(made.axis)].tolist())
    rows, words = answers_of(look, plan.cycle), _Words.of(plan)
    plants = tuple(_plant(plan, site, rows, words, was) for site in plants_in(plan.sheet) if site in hers)
    months = tuple(plan.label(index) for index in plan.indices)
    return PlantsSeen(
        of=plan.cycle.label, stage=plan.version.stage, own=plan.own,
        before=before.label if before is not None and was is not None else "", months=months, plants=plants,
    )  # fmt: skip


def plants_untaken(context: Context, label: str = "") -> tuple[str, ...]:
    """The names of the plants that the person sees and that have not answered the cycle's plan; nothing to others."""
    look = glance(context)
    cycle = look.cycle(label)
    return tuple(name for _, name in untaken(look, cycle)) if reads_lines(look.actor.roles) else ()


def untaken(look: Glance, cycle: Cycle) -> tuple[tuple[str, str], ...]:
    """The plants (key and name) that have not answered the plan of a cycle and that no signature has taken it for."""
    version = handed(look, cycle)
    if version is None:
        return ()
    rows = answers_of(look, cycle)
    if _signature(look, cycle, version) is not None:
        return ()
    answered = {row.site for row in rows if row.sheet_id == version.pk} | {site for site, *_ in standing(rows)}
    made = look.versions.get(version.content)
    names = dict(look.company(cycle)["sites"].select("site", "name").iter_rows())
    return tuple((site, names.get(site) or site) for site in plants_in(made) if site not in answered)


def amendments_beside(context: Context, line: SheetLine) -> tuple[Said, ...]:
    """What plants said of a published plan that they cannot make, as far as they are hers; beside that sheet only."""
    if line.kind != SheetKind.PUBLISHED_PLAN.value or not reads_lines(context.actor.roles):
        return ()
    look = glance(context)
    cycle = SheetVersion.objects.select_related("cycle").get(pk=line.pk).cycle
    if cycle is None:
        return ()
    rows = [row for row in answers_of(look, cycle) if row.phase in AMENDS]
    if not rows:
        return ()
    plan = planned_in(look, cycle)
    made = plan.sheet.cube("production").axis
    hers, words = set(made.attributes["site"][plan.hers(made)].tolist()), _Words.of(plan)
    return tuple(_said(plan, row, words) for key, row in sorted(standing(rows).items()) if key[0] in hers)


def still_asked(look: Glance, cycle: Cycle) -> tuple[Said, ...]:
    """What plants said they cannot make of a cycle's plan and it still asks; nothing where none said any."""
    version, rows = handed(look, cycle), answers_of(look, cycle)
    if version is None or not rows:
        return ()
    sheet = look.versions.get(version.content)
    plan = Planned(look=look, cycle=cycle, version=version, sheet=sheet, own=True, since=cycle.index)
    words = _Words.of(plan)
    return tuple(_said(plan, one.said, words) for one in unmet(rows, sheet))


def _signature(look: Glance, cycle: Cycle, version: SheetVersion) -> SignatureRow | None:
    """The signature with which plants count as having taken a plan; an amendment stands on that of what it amends."""
    amends = {one.pk for one in look.every(cycle) if one.stage == "final"} if is_amendment(version) else {version.pk}
    rows = (row for row in rows_in(look, SignatureRow, cycle) if row.sheet_id in amends and row.verb in SIGNS)
    return next((row for row in rows if row.struck_at is None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What plants, people and items are called, who signed, and who manages what."""

    sites: Mapping[str, str]
    people: Mapping[str, str]
    items: Mapping[str, str]
    families: Mapping[str, str]
    signed: SignatureRow | None

    @classmethod
    def of(cls, plan: Planned) -> "_Words":
        tables = ("sites", "site"), ("items", "item"), ("families", "family")
        sites, items, families = (dict(plan.table(t).select(k, "name").iter_rows()) for t, k in tables)
        signed = _signature(plan.look, plan.cycle, plan.version)
        return cls(sites=sites, people=plan.look.names(), items=items, families=families, signed=signed)


def _plant(plan: Planned, site: str, rows: Sequence[PlantAnswer], words: _Words, was: Cube | None) -> PlantSeen:
    made, held = plan.sheet.cube("production"), plan.look.held(plan.cycle)
    taken = takers(rows, plan.version).get(site)
    said = tuple(_said(plan, row, words) for key, row in sorted(standing(rows).items()) if key[0] == site)
    deemed = words.signed if taken is None else None
    state = "taken" if taken else CANNOT if said else "deemed" if deemed else "open"
    who: PlantAnswer | SignatureRow | None = taken or (deemed if state == "deemed" else None)
    names = made.axis.attributes
    at = np.flatnonzero((names["site"] == site) & (made.values.sum(axis=1) > EPSILON))
    keys = sorted(set(names["item"][at].tolist()))
    managers = holders(held, "PM", site) if held is not None else ()
    return PlantSeen(
        site=site, name=words.sites.get(site) or site, managers=tuple(words.people.get(one, one) for one in managers),
        state=state, by=both_names(words.people, who.person, who.deputy_for) if who else "",
        at=who.at if who else None, note=taken.note if taken else "",
        hers=may(plan.look.actor, "answer_plan", phase=Phase(plan.cycle.phase), thing=Thing(site=site)),
        families=_families(plan, at, was, words), lines=_lines(plan, site), said=said,
        items=tuple((key, words.items.get(key) or key) for key in keys), amends=plan.cycle.phase in AMENDS,
    )  # fmt: skip


def _said(plan: Planned, row: PlantAnswer, words: _Words) -> Said:
    made, names = plan.sheet.cube("production"), plan.sheet.cube("production").axis.attributes
    rows = np.flatnonzero((names["site"] == row.site) & (names["item"] == row.item))
    period = row.period if row.period is not None else made.first
    inside = made.first <= period < made.first + made.periods
    asks = float(made.values[rows, period - made.first].sum()) if inside else 0.0
    return Said(
        site=words.sites.get(row.site) or row.site,
        item=words.items.get(row.item) or row.item, period=plan.label(period), asked=row.asked or 0.0, asks=asks,
        can=row.quantity or 0.0, by=both_names(words.people, row.person, row.deputy_for), at=row.at, note=row.note,
        amends=row.phase in AMENDS,
    )  # fmt: skip


def _families(plan: Planned, at: np.ndarray, was: Cube | None, words: _Words) -> tuple[AskedRow, ...]:
    made, ahead = plan.sheet.cube("production"), plan.since - plan.sheet.cube("production").first
    names = made.axis.attributes
    old = _carried(made, was)
    groups = sorted({(str(names["family"][k]), str(names["unit"][k])) for k in at})
    found = []
    for family, unit in groups:
        rows = at[(names["family"][at] == family) & (names["unit"][at] == unit)]
        values = made.values[rows].sum(axis=0)
        change = values - old[rows].sum(axis=0) if old is not None else np.full(made.periods, np.nan)
        found.append(_row(words.families.get(family) or family, unit, values[ahead:], change[ahead:]))
    return tuple(found)


def _carried(made: Cube, was: Cube | None) -> np.ndarray | None:
    """What the plan before asked of the same cells in the same months; unknown beyond its months."""
    if was is None:
        return None
    old = np.full(made.values.shape, np.nan)
    rows = was.axis.find(made.axis.keys)
    first, last = max(made.first, was.first), min(made.first + made.periods, was.first + was.periods)
    here, there = slice(first - made.first, last - made.first), slice(first - was.first, last - was.first)
    old[:, here] = np.where((rows >= 0)[:, None], was.values[rows, there], 0.0)
    return old


def _lines(plan: Planned, site: str) -> tuple[AskedRow, ...]:
    used = plan.sheet.cube("hours_used")
    rows = np.flatnonzero(used.axis.attributes["site"] == site)
    ahead = plan.since - used.first
    none = np.full(used.periods - ahead, np.nan)
    return tuple(_row(str(used.axis.attributes["name"][k]), "h", used.values[k, ahead:], none) for k in rows)


def _row(name: str, unit: str, values: np.ndarray, change: np.ndarray) -> AskedRow:
    told = tuple(None if np.isnan(one) else float(one) for one in change)
    return AskedRow(name=name, unit=unit, values=tuple(map(float, values)), change=told)
