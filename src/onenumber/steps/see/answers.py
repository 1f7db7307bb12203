"""Who missed the plan in which month, what she said of it, what she promised, and what the figure did since."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.sheet import SheetKind
from onenumber.rights.actors import answering_for
from onenumber.rights.ask import Thing, may, reads, refused_reading, sees_owned
from onenumber.rights.roles import plants_kept
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.seats import owned_figures
from onenumber.store.models import Answer, Cycle, SheetVersion
from onenumber.store.versions import Versions

KEPT = 64
MONTHS = 12
"""Measured months that the page looks back."""
WINDOW, OFTEN = 6, 3
"""Who missed the plan in this many of the last months of a figure is asked for a plan of her own (domain.md 4.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said of a miss: the code and sentence of the cause, what she promised and by when."""

    person: str
    code: str
    text: str
    action: str
    due: dt.date | None
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A figure that was not kept in a month: its deviation, what was said, and whether each month since kept it.

    ``key`` are figure and scope as the step `answer` names them; ``hers``: whether who looks may answer for it now.
    ``since`` holds a month and True where the figure was kept in it, None where it is not known.
    """

    key: tuple[str, str]
    scope: str
    owner: str
    period: str
    plan: float | None
    actual: float | None
    unit: str
    value: float | None
    tolerance: float | None
    said: tuple[Said, ...]
    since: tuple[tuple[str, bool | None], ...]
    hers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An owner's month: how many of her figures are known, how many she missed, and answered for of the missed ones."""

    known: int
    missed: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLine:
    """An owner with her months (None: nothing was measured), and the figures that she missed over and over."""

    owner: str
    cells: tuple[Cell | None, ...]
    often: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerer:
    """Who answers for a figure of a place."""

    figure: str
    scope: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersShown:
    """The measured months, oldest first, the owners in them, and the misses of the newest and of the one before.

    ``others``: to the head of a division or a plant whose figures are others' to answer for, who they are.
    """

    cycle: str
    periods: tuple[str, ...]
    owners: tuple[OwnerLine, ...]
    misses: tuple[Miss, ...]
    earlier: tuple[Miss, ...]
    others: tuple[Answerer, ...] = ()


def answers_shown(context: Context, label: str = "") -> AnswersShown:
    """The months of Adherence up to a cycle: to planners all, to anybody else what she may answer for.

    Raises:
        NotAllowedError: if the person reads no volume.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no plan"
        raise refused_reading(context.actor, "see who kept the plan", figure=Figure.VOLUME, whole=False, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    desk = _Desk.of(look, cycle)
    months = tuple(dict.fromkeys(row["period"] for row in desk.rows))
    return AnswersShown(
        cycle=cycle.label,
        periods=tuple(desk.labels[period] for period in months),
        owners=desk.owners(months),
        misses=desk.misses(months[-1:]),
        earlier=desk.misses(months[-2:-1]),
        others=() if months else tuple(desk.others()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """The rows of the last Adherence sheets that she sees, oldest month first, and what was answered to them.

    ``answering``: who may answer for what is an owner's.
    """

    look: Glance
    cycle: Cycle
    rows: Sequence[Mapping[str, Any]]
    answering: Mapping[str | None, tuple[str, ...]]
    said: Mapping[tuple[str, str, int], tuple[Said, ...]]
    labels: Mapping[int, str]
    places: Mapping[str, str]

    @classmethod
    def of(cls, look: Glance, cycle: Cycle) -> "_Desk":
        figures = _figures_up_to(look, cycle)
        answering = _answering({row["owner"] for row in figures}, look.company(cycle))
        sees = {owner: sees_owned(look.actor, answering=above) for owner, above in answering.items()}
        return cls(
            look=look, cycle=cycle, rows=[row for row in figures if sees[row["owner"]]], answering=answering,
            said=_said(look, cycle), places=_places(look, cycle),
            labels={one.index: one.label for one in look.frame(cycle).calendar.periods},
        )  # fmt: skip

    def owners(self, months: Sequence[int]) -> tuple[OwnerLine, ...]:
        """Who owns a figure, those who missed the newest month first, then by name."""
        names = self.look.names()
        of: dict[str, list[Mapping[str, Any]]] = {}
        for row in self.rows:
            if row["owner"]:
                of.setdefault(row["owner"], []).append(row)
        found = [
            OwnerLine(
                owner=names.get(key, key), cells=tuple(self._cell(of[key], k) for k in months),
                often=self._often(of[key], sorted(months)[-WINDOW:]),
            )
            for key in sorted(of)
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (_open(one) == 0, -_open(one), one.owner)))

    def others(self) -> Iterator[Answerer]:
        """Who answers for the figures of her division or plant, which everybody reads in who does what."""
        actor, names = self.look.actor, self.look.names()
        over = actor.scopes("DH") | plants_kept(actor)
        found = [one for one in owned_figures(self.look.company(self.cycle)) if one.place in over and one.person]
        if any(one.person in actor.stands_for for one in found):
            return  # one of hers stands here once its month is measured
        for one in found:
            owner = names.get(one.person, one.person)
            yield Answerer(figure=one.figure, scope=self.places.get(one.place, one.place), owner=owner)

    def _cell(self, of_owner: Sequence[Mapping[str, Any]], period: int) -> Cell | None:
        mine = [row for row in of_owner if row["period"] == period]
        missed = [row for row in mine if row["breached"]]
        answered = sum(_key(row) in self.said for row in missed)
        known = sum(row["value"] is not None for row in mine)
        return Cell(known=known, missed=len(missed), answered=answered) if mine else None

    def _often(self, of_owner: Sequence[Mapping[str, Any]], last: Collection[int]) -> tuple[tuple[str, str], ...]:
        missed = [row for row in of_owner if row["period"] in last and row["breached"]]
        count: dict[tuple[str, str], int] = {}
        for row in missed:
            count[row["figure"], row["scope"]] = count.get((row["figure"], row["scope"]), 0) + 1
        return tuple((figure, self.places.get(scope, scope)) for (figure, scope), n in count.items() if n >= OFTEN)

    def misses(self, months: Collection[int]) -> tuple[Miss, ...]:
        """The misses of some months, what nobody answered for first."""
        found = [self._miss(row) for row in self.rows if row["period"] in months and row["breached"] and row["owner"]]
        return tuple(sorted(found, key=lambda one: (bool(one.said), one.owner)))

    def _miss(self, row: Mapping[str, Any]) -> Miss:
        hidden = not reads(self.look.actor, Figure.COST) and row["unit"] == self.look.frame(self.cycle).currency
        names, owner = self.look.names(), row["owner"]
        return Miss(
            key=(row["figure"], row["scope"]), scope=self.places.get(row["scope"], row["scope"]),
            owner=names.get(owner, owner), period=self.labels[row["period"]], unit=row["unit"] or "",
            plan=None if hidden else row["plan"], actual=None if hidden else row["actual"],
            value=row["value"], tolerance=row["tolerance"], said=self.said.get(_key(row), ()),
            since=self._since(row), hers=self._hers(row),
        )  # fmt: skip

    def _since(self, row: Mapping[str, Any]) -> tuple[tuple[str, bool | None], ...]:
        same = (one for one in self.rows if (one["figure"], one["scope"]) == (row["figure"], row["scope"]))
        return tuple(
            (self.labels[one["period"]], None if one["value"] is None else not one["breached"])
            for one in same
            if one["period"] > row["period"]
        )

    def _hers(self, row: Mapping[str, Any]) -> bool:
        """Whether it is of the month that this cycle measured, and hers to answer for in the phase that it is in."""
        if row["period"] != self.cycle.index - 1:
            return False
        answering, actor = self.answering[row["owner"]], self.look.actor
        return not actor.stands_for.isdisjoint(answering) and may(
            actor, "explain", phase=Phase(self.cycle.phase), thing=Thing(answering=answering)
        )


def _open(one: OwnerLine) -> int:
    last = one.cells[-1] if one.cells else None
    return last.missed - last.answered if last is not None else 0


def _key(row: Mapping[str, Any]) -> tuple[str, str, int]:
    return row["figure"], row["scope"], row["period"]


def _figures_up_to(look: Glance, cycle: Cycle) -> list[Mapping[str, Any]]:
    """The figures of the newest Adherence of each cycle up to this one, whosever they are."""
    made = SheetVersion.objects.filter(
        plan=look.plan, kind=SheetKind.ADHERENCE.value, cycle__index__lte=cycle.index,
        cycle__index__gt=cycle.index - MONTHS,
    )  # fmt: skip
    newest = dict(made.order_by("cycle__index", "pk").values_list("cycle_id", "content"))
    tables = [_figures(look.versions, content) for content in newest.values()]
    return list(pl.concat(tables, how="diagonal").iter_rows(named=True)) if tables else []


def _answering(owners: Collection[str | None], company: Tables) -> dict[str | None, tuple[str, ...]]:
    """Who may answer for what is each owner's; nobody for what is nobody's."""
    return {one: answering_for(one, company=company) if one is not None else () for one in owners}


@lru_cache(maxsize=KEPT)
def _figures(versions: Versions, content: str) -> pl.DataFrame:
    """The figures of an Adherence, which never change: a page asks for a year of them."""
    return versions.get(content).table("figures")


def _said(look: Glance, cycle: Cycle) -> dict[tuple[str, str, int], tuple[Said, ...]]:
    names = look.names()
    found: dict[tuple[str, str, int], tuple[Said, ...]] = {}
    rows = Answer.objects.filter(plan=look.plan, cycle__index__lte=cycle.index, cycle__index__gt=cycle.index - MONTHS)
    wanted = ("figure", "scope", "period", "person", "reason_code", "text", "action", "due", "at")
    for figure, scope, period, person, code, text, action, due, at in rows.order_by("pk").values_list(*wanted):
        said = Said(person=names.get(person, person), code=code, text=text, action=action, due=due, on=look.day_of(at))
        key = (figure, scope, period)
        found[key] = (*found.get(key, ()), said)
    return found


def _places(look: Glance, cycle: Cycle) -> dict[str, str]:
    company, tables = look.company(cycle), (("sites", "site"), ("divisions", "division"))
    return {key: name for table, kind in tables for key, name in table_or_empty(company, table)[[kind, "name"]].rows()}
