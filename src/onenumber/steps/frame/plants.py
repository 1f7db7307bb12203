"""The plan that is handed to each plant: what it asks of it, and what the plant answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import WrongStateError
from onenumber.errors.store import NoSheetError
from onenumber.model.cube import Cube
from onenumber.model.period import Calendar
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.model.sheet_names import sheet_said
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.in_force import amended
from onenumber.steps.frame.reading import MADE_BY
from onenumber.store.models import Cycle, PlantAnswer, SheetVersion
from onenumber.store.plans import cycle_before
from onenumber.supply.differences import PlantLimit

TAKEN, CANNOT = "taken", "cannot"
EPSILON = 1e-6
AMENDS = (Phase.PUBLISH.value, Phase.MONITOR.value, Phase.CLOSED.value)
"""Phases in which an answer is an amendment: it stands beside the published plan, which never changes."""
Answered = Mapping[tuple[str, str, int], PlantAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cannot:
    """An item and month of which a plant cannot make what the plan asks now, and what it said."""

    site: str
    item: str
    period: int
    asks: float
    said: PlantAnswer

    @property
    def limit(self) -> PlantLimit:
        """What the plant can, as a difference that a plan can be made with."""
        return PlantLimit(item=self.item, site=self.site, period=self.period, quantity=self.said.quantity or 0.0)

    def named(self, calendar: Calendar) -> str:
        """Plant, item and month, as a gate names them."""
        return f"{self.site} {self.item} {calendar[self.period].label}"


def handed(look: Glance, cycle: Cycle) -> SheetVersion | None:
    """The version that the plants of a cycle are handed: the final plan as amended, or the proposal before it."""
    return amended(look, SheetKind.SUPPLY_PLAN, cycle) or look.version(SheetKind.SUPPLY_PLAN, cycle, "proposed")


def handed_cycle(look: Glance, cycle: Cycle) -> Cycle:
    """The cycle whose plan the plants hold: a cycle's own, or until it has one that of the cycle before it."""
    before = cycle_before(cycle) if handed(look, cycle) is None else None
    return before if before is not None and handed(look, before) is not None else cycle


def need_handed(look: Glance, cycle: Cycle) -> tuple[SheetVersion, Sheet]:
    """The same with its sheet, where a plant may answer to it.

    Raises:
        NoSheetError: if there is no plan yet.
        WrongStateError: if a later cycle has published its own.
    """
    version = handed(look, cycle)
    if version is None:
        said = sheet_said(SheetKind.SUPPLY_PLAN.value, "proposed")
        raise NoSheetError(kind=said, cycle=cycle.label, step=MADE_BY[SheetKind.SUPPLY_PLAN])
    later = SheetVersion.objects.filter(
        plan=cycle.plan_id, kind=SheetKind.PUBLISHED_PLAN.value, cycle__index__gt=cycle.index
    )
    if cycle.phase == Phase.CLOSED and later.exists():
        what = f"The plan of {cycle.label}"
        raise WrongStateError(what=what, state="replaced by a later one", wanted="answered", before="in force")
    return version, look.versions.get(version.content)


def answers_of(look: Glance, cycle: Cycle) -> list[PlantAnswer]:
    """Everything that plants said in a cycle, in its order."""
    if not look.has(PlantAnswer, cycle):
        return []
    rows = PlantAnswer.objects.filter(cycle=cycle).select_related("sheet").order_by("pk")
    return look.gathered(PlantAnswer.__name__, cycle, lambda: rows)


def standing(rows: Iterable[PlantAnswer]) -> Answered:
    """The newest word on each site, item and month; a plant that took the plan after it takes its words back."""
    found: dict[tuple[str, str, int], PlantAnswer] = {}
    for row in rows:
        if row.state == TAKEN:
            found = {key: one for key, one in found.items() if key[0] != row.site}
        elif row.period is not None:
            found[row.site, row.item, row.period] = row
    return found


def takers(rows: Iterable[PlantAnswer], version: SheetVersion) -> dict[str, PlantAnswer]:
    """The last word of each plant on this very version, where it took it."""
    last = {row.site: row for row in rows if row.sheet_id == version.pk}
    return {site: row for site, row in last.items() if row.state == TAKEN}


def unmet(rows: Iterable[PlantAnswer], sheet: Sheet) -> tuple[Cannot, ...]:
    """What plants cannot make and the plan still asks, by site, item and month."""
    made = sheet.cube("production")
    return tuple(
        Cannot(site=site, item=item, period=period, asks=asks, said=row)
        for (site, item, period), row in sorted(standing(rows).items())
        if (asks := asked_of(made, site=site, item=item, period=period)) > (row.quantity or 0.0) + EPSILON
    )


def asked_of(made: Cube, *, site: str, item: str, period: int) -> float:
    """What a plan asks of a plant: units of an item that come to stock in a period; 0 where it makes none there."""
    names = made.axis.attributes
    rows = np.flatnonzero((names["site"] == site) & (names["item"] == item))
    inside = made.first <= period < made.first + made.periods
    return float(made.values[rows, period - made.first].sum()) if inside else 0.0


def plants_in(sheet: Sheet) -> tuple[str, ...]:
    """The sites that a plan asks to make something, by key."""
    made = sheet.cube("production")
    rows = made.values.sum(axis=1) > EPSILON
    return tuple(sorted({str(site) for site in made.axis.attributes["site"][rows]}))


def conflicts_of(look: Glance, cycle: Cycle) -> dict[str, Cannot]:
    """What of the proposed plan plants said they cannot make, by plant, item and month as a gate names them."""
    version = look.version(SheetKind.SUPPLY_PLAN, cycle, "proposed")
    rows = answers_of(look, cycle) if version is not None else ()
    if version is None or not rows:
        return {}
    calendar = look.frame(cycle).calendar
    return {one.named(calendar): one for one in unmet(rows, look.versions.get(version.content))}
