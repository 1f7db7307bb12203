"""What plants cannot make as conflicts: what is at risk, who said it and why, and what the plan would be with it."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.cycle.calendar import due
from onenumber.cycle.phases import Phase
from onenumber.errors.review import NoSuchConflictError
from onenumber.model.money import in_currency
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.ground import Ground
from onenumber.review.papers.decision import decision_sheet
from onenumber.review.papers.paper import Paper
from onenumber.review.papers.plants import paper_of, plant_papers, stake_of
from onenumber.review.scene import Scene
from onenumber.rights.ask import refused_reading
from onenumber.rights.duties import holders
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.gates import CANNOT, waivers_of
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.planning import ground_of, in_force, solved_papers, supply_inputs
from onenumber.steps.frame.plants import AMENDS, Cannot, answers_of, unmet
from onenumber.steps.frame.reading import Reader
from onenumber.steps.see.options import Weighed, options_of
from onenumber.steps.see.planned import Planned, planned_if_any
from onenumber.steps.see.what_if import Beside, Short
from onenumber.store.models import Cycle
from onenumber.store.plans import both_names
from onenumber.supply.differences import Difference, PlantLimit
from onenumber.supply.inputs import SupplyInputs

TRIED = (Phase.SUPPLY, Phase.RECONCILE, Phase.EXEC)
"""Phases in which the proposed plan is tried with what a plant can make."""
KEPT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotLine:
    """An item and month that a plant cannot make as the plan asks: by how much less, and what that puts at risk.

    ``money`` is in currency, None where nothing that needs the item has a price. ``passed`` says why it went up or was
    let pass, and ``paper`` is the paper about it; both empty until then. ``amends``: it was said after publication.
    """

    site: str
    item: str
    month: str
    site_name: str
    item_name: str
    unit: str
    asks: float
    can: float
    money: float | None
    by: str
    at: dt.datetime
    note: str
    owner: str
    until: dt.date
    passed: str
    paper: str
    amends: bool

    @property
    def subject(self) -> str:
        """Plant, item and month, as the gate names them."""
        return f"{self.site} {self.item} {self.month}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotShown:
    """One of them; ``tries``: the plan can be tried with it now."""

    cycle: str
    currency: str
    line: CannotLine
    tries: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotTried:
    """The plan with what the plant can make: the options side by side, the one recommended, and who goes short."""

    currency: str
    options: tuple[Weighed, ...]
    recommended: str
    shorts: tuple[Short, ...]


def cannot_shown(context: Context, site: str, item: str, month: str, label: str = "") -> CannotShown:
    """What a plant cannot make of an item in a month.

    Raises:
        NotAllowedError: if the person does not read the costs of the whole company.
        NoSuchConflictError: if no plant says so of the plan as it is.
    """
    look, cycle, line = _found(context, site, item, month, label)
    tries = Phase(cycle.phase) in TRIED and look.version(SheetKind.SUPPLY_PLAN, cycle, "proposed") is not None
    return CannotShown(cycle=cycle.label, currency=look.frame(cycle).currency, line=line, tries=tries)


def cannot_lines(look: Glance, cycle: Cycle) -> tuple[CannotLine, ...]:
    """What plants cannot make of the plan that they are handed, what puts most at risk first; to who reads papers."""
    if not reads_papers(look.actor):
        return ()
    plan = planned_if_any(look, cycle)
    found = unmet(answers_of(look, plan.cycle), plan.sheet) if plan is not None else ()
    if plan is None or not found:
        return ()
    told = _Told(plan)
    return tuple(sorted((told.line(one) for one in found), key=lambda one: (-(one.money or 0.0), one.subject)))


def cannot_tried(context: Context, site: str, item: str, month: str, label: str = "") -> CannotTried:
    """The proposed plan solved again with what the plant can make, alone and with each way out; nothing is kept.

    Raises:
        NotAllowedError, NoSuchConflictError: as :func:`cannot_shown`.
        NoSheetError: if nothing was planned in the cycle.
    """
    look, cycle, line = _found(context, site, item, month, label)
    reader = Reader(look, cycle)
    base, ground = reader.need(SheetKind.SUPPLY_PLAN, "proposed"), ground_of(reader, cycle)
    limit = PlantLimit(item=item, site=site, period=ground.frame.calendar.labelled(month).index, quantity=line.can)
    held = [one.now for one in in_force(reader, cycle)]
    version = reader.version(SheetKind.SUPPLY_PLAN, "proposed")
    key = _Key(
        content=version.content if version is not None else "", limit=limit, held=tuple(held), context=context,
        inputs=supply_inputs(reader, cycle, base=base), ground=ground, base=base,
    )  # fmt: skip
    paper, sheet, plan = _solved(key)
    options, best = options_of(sheet, paper.paper, ground)
    axis = base.cube("demand").axis
    beside = Beside(
        look=look, cycle=cycle, now=base, then=plan, axis=axis, units=base.cube("demand").units,
        edited=np.zeros(len(axis), dtype=bool),
    )  # fmt: skip
    return CannotTried(currency=ground.frame.currency, options=options, recommended=best, shorts=tuple(beside.shorts()))


def _found(context: Context, site: str, item: str, month: str, label: str) -> tuple[Glance, Cycle, CannotLine]:
    if not reads_papers(context.actor):
        reason = "only who reads the costs of the whole company may"
        raise refused_reading(context.actor, "see conflicts", figure=Figure.COST, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    wanted = (site, item, month)
    line = next((one for one in cannot_lines(look, cycle) if (one.site, one.item, one.month) == wanted), None)
    if line is None:
        raise NoSuchConflictError(conflict=" ".join(wanted), cycle=cycle.label)
    return look, cycle, line


class _Told:
    """What plants, items and people are called, what hangs on an item, and what became of what was said."""

    def __init__(self, plan: Planned) -> None:
        self._plan, self._look, self._cycle = plan, plan.look, plan.cycle
        self._scene = Scene(plan.sheet, plan.ground, None, pl.DataFrame())
        self._people = plan.look.names()
        self._sites = dict(plan.table("sites").select("site", "name").iter_rows())
        self._items = {item: (name, unit) for item, name, unit in plan.table("items")["item", "name", "unit"].rows()}
        self._passed = {one.subject: one.reason for one in waivers_of(plan.cycle) if one.code == CANNOT}
        papers = plan.look.sheet(SheetKind.DECISION, plan.cycle, "papers")
        self._papers = set(papers.table("papers")["paper"].to_list()) if papers is not None else set()
        period, week = plan.frame.calendar[plan.cycle.index], week_at(plan.look, plan.cycle)
        self._until = due("sign_supply", period=period, week=week)

    def line(self, one: Cannot) -> CannotLine:
        """One thing that a plant cannot make."""
        said, calendar = one.said, self._plan.frame.calendar
        name, unit = self._items.get(one.item, (one.item, ""))
        paper = paper_of(one.limit, calendar=calendar, cycle=self._cycle.index)
        return CannotLine(
            site=one.site, item=one.item, month=calendar[one.period].label,
            site_name=self._sites.get(one.site) or one.site, item_name=name or one.item, unit=unit, asks=one.asks,
            can=said.quantity or 0.0, money=self._money(one), by=both_names(self._people, said.person, said.deputy_for),
            at=said.at, note=said.note, owner=self._owner(), until=self._until,
            passed=self._passed.get(one.named(calendar), ""), paper=paper if paper in self._papers else "",
            amends=said.phase in AMENDS,
        )  # fmt: skip

    def _money(self, one: Cannot) -> float | None:
        decimals = self._plan.frame.currency_decimals
        minor = stake_of(one.item, self._scene).of(one.asks - (one.said.quantity or 0.0), decimals=decimals)
        return None if minor is None else in_currency(minor, decimals=decimals)

    def _owner(self) -> str:
        held = self._look.held(self._cycle)
        person = next(iter(holders(held, "SS", "*")), "") if held is not None else ""
        return self._people.get(person, person)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """What was tried, by content: the same key is the same answer."""

    content: str
    limit: PlantLimit
    held: tuple[Difference, ...]
    context: Context = field(compare=False)
    inputs: SupplyInputs = field(compare=False)
    ground: Ground = field(compare=False)
    base: Sheet = field(compare=False)


@lru_cache(maxsize=KEPT)
def _solved(key: _Key) -> tuple[Paper, Sheet, Sheet]:
    """The paper that would be made, its options compared, and the plan with what the plant can make alone."""
    (paper,) = plant_papers([key.limit], plan=key.base, ground=key.ground, in_force=key.held)
    solved = solved_papers(key.context, key.inputs, (paper,))
    sheet = decision_sheet(papers=(paper,), base=key.base, solved=solved, ground=key.ground)
    return paper, sheet, solved[paper.paper, paper.options[0].option]
