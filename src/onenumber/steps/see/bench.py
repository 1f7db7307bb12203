"""The workbench of the demand planner: what is worth looking at first, and one place with all that is known of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.demand.anomalies import Anomaly
from onenumber.demand.anomalies.record import worth_of
from onenumber.model.cube import Values
from onenumber.model.finding import Finding
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.ask import may, reads, refused_reading
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.agreed import board_shown, demand_agreed
from onenumber.steps.frame.anomalies import CLEAN, anomalies_in, verdicts
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.layers import Board, inside
from onenumber.steps.frame.news import Heard, Stand, heard_in
from onenumber.steps.see.bench_series import Flag, Series, flags_of, series_of
from onenumber.steps.see.edits import edits_waiting
from onenumber.steps.see.places import COMPANY, Place, place_of, places_of
from onenumber.steps.see.questions import Asking, QuestionShown, asking_of, questions_shown
from onenumber.store.models import Cycle, LookedRow, VerdictRow
from onenumber.store.plans import both_names

NEAR = 6
"""Months ahead of which the error counts as money at risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An anomaly with the names of its place, and the verdict that stands: empty where it waits for one."""

    anomaly: Anomaly
    item: str
    customer: str
    first: str
    last: str
    verdict: str
    because: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A family of the queue: its money at risk and what it is made of, and what is open there.

    ``error`` is half the width of the 80 % range over the next months, ``moved`` what sales and planners changed of the
    baseline, ``odd`` anomalies without a verdict; all in the currency of the plan. ``looked``: the planner has looked
    at this forecast.
    """

    key: str
    name: str
    error: float
    moved: float
    odd: float
    odds: int
    asked: int
    news: int
    looked: bool

    @property
    def risk(self) -> float:
        """Money at risk: what is looked at first."""
        return self.error + self.moved + self.odd


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An item of the place: what is expected of it in the next months, and how far that is from the baseline."""

    key: str
    name: str
    unit: str
    expected: float
    moved: float
    odds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The queue, what is worth most first; the place that is looked at, its series and all that is open there.

    ``waiting`` counts verdicts that the next forecast will take, ``left_behind`` says what was typed on the one before
    and is not on this one; ``asking`` is whom the planner may ask; ``agreed``: the demand of the cycle is.
    """

    cycle: str
    currency: str
    queue: tuple[Line, ...]
    place: Place
    series: Series | None
    flags: tuple[Flag, ...]
    parts: tuple[Part, ...]
    odds: tuple[Judged, ...]
    questions: tuple[QuestionShown, ...]
    waiting: int
    left_behind: tuple[Finding, ...]
    asking: Asking | None
    judges: bool
    looks: bool
    agreed: bool


def bench_seen(context: Context, place: str = "", label: str = "") -> Bench:
    """The workbench of a cycle at a place; without one, at the first of the queue.

    Raises:
        NotAllowedError: if the person does not read the whole plan.
        NoSuchPlaceError: if there is no such place.
    """
    look = glance(context)
    refuse_part(look, "see the workbench")
    desk = _Desk.of(look, look.cycle(label))
    queue = tuple(sorted(desk.lines(), key=lambda one: (one.looked, -one.risk, one.key)))
    places = places_of(look, desk.cycle)
    shown = place_of(look, desk.cycle, places, place or (queue[0].key if queue else COMPANY))
    phase, actor = Phase(desk.cycle.phase), look.actor
    return Bench(
        cycle=desk.cycle.label, currency=look.frame(desk.cycle).currency, queue=queue, place=shown,
        series=series_of(look, desk.cycle, shown, stand=desk.stand, worth=desk.worth),
        flags=flags_of(look, desk.cycle, shown, odds=desk.odds, news=desk.news), parts=tuple(desk.parts(shown)),
        odds=tuple(desk.judged(shown)), questions=tuple(desk.asked(shown)), waiting=desk.waiting(),
        left_behind=edits_waiting(look, desk.cycle.label),
        asking=asking_of(look, desk.cycle),
        judges=may(actor, "judge", phase=phase), looks=may(actor, "look", phase=phase) and desk.stand is not None,
        agreed=demand_agreed(look, desk.cycle),
    )  # fmt: skip


def refuse_part(context: Context, says: str) -> None:
    """Refuse who does not read the whole plan.

    Raises:
        NotAllowedError: if the person sees a part of it only, or nothing.
    """
    actor = context.actor
    if not (reads(actor, Figure.VOLUME) and sees_all(actor)):
        reason = "their roles see a part of the plan, or nothing of it"
        raise refused_reading(actor, says, figure=Figure.VOLUME, whole=True, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What lies on it: history, the layers where there is a forecast, anomalies, news and questions."""

    look: Glance
    cycle: Cycle
    history: Sheet | None
    forecast: Sheet | None
    stand: Board | None
    worth: Values
    odds: tuple[Anomaly, ...]
    verdicts: Mapping[str, VerdictRow]
    news: tuple[Heard, ...]
    questions: tuple[QuestionShown, ...]

    @classmethod
    def of(cls, look: Glance, cycle: Cycle) -> "_Desk":
        history, forecast = (look.sheet(kind, cycle) for kind in (SheetKind.HISTORY, SheetKind.FORECAST))
        worth = worth_of(history.cube("demand_raw"), history.cube("demand_value")) if history else np.zeros(0)
        return cls(
            look=look, cycle=cycle, history=history, forecast=forecast,
            stand=board_shown(look, cycle, "L4") if forecast is not None else None, worth=np.nan_to_num(worth),
            odds=anomalies_in(look, cycle), verdicts=verdicts(cycle), news=heard_in(look, cycle),
            questions=questions_shown(look, cycle.label),
        )  # fmt: skip

    def lines(self) -> Iterator[Line]:
        """Every family, with its money at risk."""
        if self.history is None:
            return
        error, looked = self._errors(), self._looked()
        for place in places_of(self.look, self.cycle):
            if place.level == "family":
                open_ = [one for one in self._odds_at(place) if one.key not in self.verdicts]
                yield Line(
                    key=place.key, name=place.name, error=error.get(place.label, 0.0), moved=self._moved(place),
                    odd=sum(one.money for one in open_), odds=len(open_),
                    asked=sum(one.open for one in self.asked(place)),
                    news=self._undecided(place),
                    looked=place.key in looked,
                )  # fmt: skip

    def parts(self, place: Place) -> Iterator[Part]:
        """The items of a family, what moved most first."""
        if self.stand is None or place.level != "family":
            return
        axis, near = self.stand.axis, slice(0, NEAR)
        names = dict(self.look.company(self.cycle)["items"].select("item", "name").iter_rows())
        rows, found = place.rows(axis), []
        for item in np.unique(axis.labels("item")[rows]).tolist():
            mine = np.flatnonzero(axis.labels("item") == item)
            cubes = self.stand.baseline, self.stand.shown, self.stand.result
            base, shown, result = (float(cube.values[mine, near].sum()) for cube in cubes)
            odds = sum(one.item == item and one.key not in self.verdicts for one in self.odds)
            unit = str(self.stand.cube.units[mine[0]])
            money = abs(shown - base) * float(self.worth[mine].mean())
            found.append((money, Part(
                key=f"item:{item}", name=names.get(item) or item, unit=unit, expected=result,
                moved=shown - base, odds=odds,
            )))  # fmt: skip
        yield from (part for _, part in sorted(found, key=lambda one: (-one[1].odds, -one[0], one[1].key)))

    def judged(self, place: Place) -> Iterator[Judged]:
        """The anomalies that touch a place, those without a verdict first."""
        company, calendar = self.look.company(self.cycle), self.look.frame(self.cycle).calendar
        items, customers = (dict(company[table].select(key, "name").iter_rows()) for table, key in _NAMED)
        for one in sorted(self._odds_at(place), key=lambda odd: odd.key in self.verdicts):
            row = self.verdicts.get(one.key)
            yield Judged(
                anomaly=one, item=items.get(one.item) or one.item, customer=customers.get(one.customer) or one.customer,
                first=calendar[one.first].label, last=calendar[one.last].label, verdict=row.taken if row else "",
                because=row.reason if row else "",
                by=both_names(self.look.names(), row.person, row.deputy_for) if row else "",
            )  # fmt: skip

    def asked(self, place: Place) -> Iterator[QuestionShown]:
        """The questions about something in a place."""
        return (one for one in self.questions if self._touches(one.place, place))

    def waiting(self) -> int:
        """Verdicts of the cycle that came after its history."""
        made = self.look.version(SheetKind.HISTORY, self.cycle)
        rows = [row for row in self.verdicts.values() if row.cycle_id == self.cycle.pk and row.taken == CLEAN]
        return sum(row.at > made.made_at for row in rows) if made is not None else 0

    def _undecided(self, place: Place) -> int:
        open_ = [one for one in self.news if one.stand is Stand.UNDECIDED]
        return sum(self._touches(one.row.place, place) for one in open_)

    def _odds_at(self, place: Place) -> list[Anomaly]:
        """A customer's anomaly without an item belongs to every place that it buys from."""
        level, label = place.level, place.label
        if level == "family":
            return [one for one in self.odds if one.family == label]
        if level == "item":
            return [one for one in self.odds if one.item == label]
        return [one for one in self.odds if level == COMPANY or one.customer == label]

    def _touches(self, named: Mapping[str, str], place: Place) -> bool:
        if self.history is None:
            return False
        axis = self.history.cube("demand").axis
        return bool((inside(axis, named) & place.rows(axis)).any())

    def _moved(self, place: Place) -> float:
        """Money by which calls and planners moved the next months from the baseline, stream by stream."""
        if self.stand is None:
            return 0.0
        rows = np.flatnonzero(place.rows(self.stand.axis))
        apart = np.abs(self.stand.shown.values[rows, :NEAR] - self.stand.baseline.values[rows, :NEAR])
        return float((apart.sum(axis=1) * self.worth[rows]).sum())

    def _errors(self) -> dict[str, float]:
        """Money of half the 80 % range of each family over the next months; of one of unlike units its items' sum."""
        if self.forecast is None or self.history is None:
            return {}
        axis = self.history.cube("demand").axis
        families, items = axis.labels("family"), axis.labels("item")
        known = _half_widths(self.forecast, "family", self.cycle)
        price = {name: float(self.worth[families == name].mean()) for name in np.unique(families).tolist()}
        found = {name: width * price.get(name, 0.0) for name, width in known.items()}
        for item, width in _half_widths(self.forecast, "item", self.cycle).items():
            mine = items == item
            name = str(families[mine][0]) if mine.any() else ""
            if name and name not in known:
                found[name] = found.get(name, 0.0) + width * float(self.worth[mine].mean())
        return found

    def _looked(self) -> set[str]:
        """The places that were looked at in the forecast that stands."""
        made = self.look.version(SheetKind.FORECAST, self.cycle)
        rows = LookedRow.objects.filter(cycle=self.cycle, base=made.content) if made is not None else ()
        return {f"{level}:{label}" for row in rows for level, label in row.place.items()}


def _half_widths(forecast: Sheet, level: str, cycle: Cycle) -> dict[str, float]:
    """Half the 80 % range of each place of a level, summed over the next months."""
    near = (pl.col("level") == level) & (pl.col("period") < cycle.index + NEAR)
    width = ((pl.col("hi80") - pl.col("lo80")) / 2).sum()
    table = forecast.table("bands").filter(near)
    return dict(table.group_by("label", maintain_order=True).agg(width).iter_rows())


_NAMED: Sequence[tuple[str, str]] = (("items", "item"), ("customers", "customer"))
