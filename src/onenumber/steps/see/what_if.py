"""What an edit would do before it is typed: the supply plan of what stands beside that of it with the edit."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.errors.store import NoSheetError
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, Values
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.naming import name_of, place_name
from onenumber.rights.ask import mask
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.layers import board, rows_at
from onenumber.steps.frame.planning import SETTINGS, solved, supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.typing import Asked, tried
from onenumber.steps.see.plan_grid import board_seen, called
from onenumber.store.models import Cycle
from onenumber.supply.inputs import SupplyInputs

LEAST = 0.5
"""Units, or hours, under which a difference is none."""
FULL = 0.999
"""Share of its hours from which on a line is full."""
KEPT = 8
"""Plans that a process remembers: what stands, and the last edits that were tried on it."""
SECONDS = 20.0
"""The longest that the plan of an edit may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """Something that would come late or never because of the edit: how much more of whom, when, and why.

    ``hers`` says whether the edit itself asks for it, or somebody else goes without; ``comes`` is the month by which it
    comes, empty for never.
    """

    customer: str
    item: str
    month: str
    more: float
    unit: str
    money: float
    cause: str
    at: str
    cause_month: str
    comes: str
    hers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A line and month that the edit would fill, or in which it needs overtime: hours before and after, and there are.

    ``overtime`` is what it needs more.
    """

    line: str
    month: str
    before: float
    after: float
    available: float
    overtime: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lower:
    """An item that would fall further under its safety stock at a site."""

    item: str
    site: str
    month: str
    more: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What an edit would do: what it moves, and the conflicts that it creates; none where the plan takes it.

    ``part``: the person sees what becomes of her own streams only. ``better`` counts what would no longer be short.
    """

    place: str
    first: str
    periods: int
    moved: float
    unit: str
    shorts: tuple[Short, ...]
    filled: tuple[Filled, ...]
    lower: tuple[Lower, ...]
    better: int
    part: bool
    currency: str

    @property
    def none(self) -> bool:
        """Whether the plan takes it without any conflict."""
        return not (self.shorts or self.filled or self.lower)


def what_if(context: Context, layer: str, asked: Asked, label: str = "") -> WhatIf:
    """What an edit would do to the supply plan; nothing is kept. The plan is the one that the month would make.

    Raises:
        ConsensusError, BadArgumentError, MixedPlaceError, OutsideHorizonError, NotAllowedError: as the step ``edit``.
        NoSheetError: if there is no baseline yet.
    """
    look = glance(context)
    cycle = look.cycle(label)
    before, after = tried(look, layer=layer, asked=asked, cycle=cycle.label)
    moved = after.shown.values - before.shown.values
    stands = board(look, cycle, "L4").shown
    now = _planned(look, cycle, stands)
    then = _planned(look, cycle, replace(stands, values=np.maximum(stands.values + moved, 0.0)), near=now)
    edited = np.abs(moved).sum(axis=1) > 0
    beside = Beside(look=look, cycle=cycle, now=now, then=then, axis=stands.axis, units=stands.units, edited=edited)
    whole, units = sees_all(look.actor), np.unique(stands.units[edited]).tolist()
    shorts = tuple(beside.shorts())
    return WhatIf(
        place=place_called(look, layer, asked.place, label), first=asked.first, periods=asked.periods,
        moved=float(moved.sum()),
        unit=str(units[0]) if len(units) == 1 else "", shorts=shorts, filled=tuple(beside.filled()) if whole else (),
        lower=tuple(beside.lower()) if whole else (), better=beside.better(), part=not whole,
        currency=look.frame(cycle).currency,
    )  # fmt: skip


def place_called(context: Context, layer: str, place: Mapping[str, str], label: str = "") -> str:
    """What a place of the grid is called, for who sees a stream of it.

    Raises:
        NotAllowedError: if the person sees no plan.
        EmptyPlaceError: if nothing of hers lies there.
    """
    look = glance(context)
    axis = board_seen(look, layer, label).axis
    return called(look, look.cycle(label), axis, rows_at(look, axis, place)[0], place)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """What a plan is made from, by content: the same key is the same plan."""

    content: str
    inputs: SupplyInputs = field(compare=False)


def _planned(look: Glance, cycle: Cycle, demand: Cube, *, near: Sheet | None = None) -> Sheet:
    """The supply plan of a demand; of all that are optimal, the one next to the plan ``near``."""
    made = look.made(cycle)
    missing = next((kind for kind in (SheetKind.LOAD, SheetKind.HISTORY) if (kind, "") not in made), None)
    if missing is not None:
        raise NoSheetError(kind=missing.value, cycle=cycle.label, step="freeze")
    inputs = supply_inputs(Reader(look, cycle), cycle, tried=demand)
    quick = replace(inputs, settings=replace(SETTINGS, seconds_max=SECONDS))
    quick = quick if near is None else replace(quick, start=near, reference=near)
    of = "|".join(made[kind, ""].content for kind in (SheetKind.COMPANY, SheetKind.LOAD, SheetKind.HISTORY))
    digest = hashlib.blake2b(demand.values.tobytes(), digest_size=16).hexdigest()
    return _solved(_Key(content=f"{cycle.pk}|{of}|{digest}|{quick.differences!r}", inputs=quick))


@lru_cache(maxsize=KEPT)
def _solved(key: _Key) -> Sheet:
    """What stands is planned once, however many edits are tried on it."""
    return solved(key.inputs)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Two plans of a cycle: of what stands, and of that with the edit, which touches the streams ``edited``."""

    look: Glance
    cycle: Cycle
    now: Sheet
    then: Sheet
    axis: Axis
    units: np.ndarray
    edited: np.ndarray

    def shorts(self) -> Iterator[Short]:
        """What is short by more than before, what costs most first; only of streams that the person sees."""
        seen = mask(self.look.actor, Figure.VOLUME, axis=self.axis)
        named = names_at(self.look, self.cycle)
        worse = self._shortages().filter(pl.col("more") > LEAST)
        worse = worse.with_columns((pl.col("more") * pl.col("price").fill_nan(0.0).fill_null(0.0)).alias("money"))
        for row in worse.sort("money", "stream", descending=[True, False]).iter_rows(named=True):
            (at,) = self.axis.rows([row["stream"]]).tolist()
            if seen[at]:
                item, customer = self.axis.labels("item")[at], self.axis.labels("planning_customer")[at]
                yield Short(
                    customer=name_of("customer", customer, named), item=named.get(f"item:{item}", item),
                    month=self._month(row["period"]), more=row["more"], unit=str(self.units[at]), money=row["money"],
                    cause=row["cause"], at=place_name(row["cause_at"] or "", named),
                    cause_month=self._month(row["cause_period"]), comes=self._month(row["next_period"]),
                    hers=bool(self.edited[at]),
                )  # fmt: skip

    def better(self) -> int:
        """How many shortages would be smaller, or gone."""
        return len(self._shortages().filter(pl.col("more") < -LEAST))

    def filled(self) -> Iterator[Filled]:
        """Lines that are full with the edit and were not before, or that need more overtime; the earliest first."""
        used, had = self.then.cube("hours_used"), self.now.cube("hours_used").values
        available, extra = self.then.cube("hours_available").values, self._overtime()
        names = used.axis.labels("name").tolist()
        at_limit = (used.values >= FULL * available) & (had < FULL * available) & (used.values - had > LEAST)
        for column in range(used.periods):
            for row, key in enumerate(used.axis.keys.tolist()):
                more = extra.get((key, used.first + column), 0.0)
                if at_limit[row, column] or more > LEAST:
                    yield Filled(
                        line=names[row] or key, month=self._month(used.first + column), before=float(had[row, column]),
                        after=float(used.values[row, column]), available=float(available[row, column]),
                        overtime=max(more, 0.0),
                    )  # fmt: skip

    def lower(self) -> Iterator[Lower]:
        """Items that fall further under their safety stock, each in the month in which it is worst."""
        under = self.then.cube("below_safety")
        more: Values = under.values - self.now.cube("below_safety").values
        named = names_at(self.look, self.cycle)
        for row in np.argsort(-more.max(axis=1), kind="stable").tolist():
            column = int(more[row].argmax())
            if more[row, column] > LEAST:
                item, site = (str(under.axis.labels(name)[row]) for name in ("item", "site"))
                yield Lower(
                    item=named.get(f"item:{item}", item), site=name_of("site", site, named),
                    month=self._month(under.first + column), more=float(more[row, column]), unit=str(under.units[row]),
                )  # fmt: skip

    def _shortages(self) -> pl.DataFrame:
        """Each shortage of either plan, by how much it is more with the edit."""
        both = ["stream", "period"]
        then, now = (
            self.then.table("shortages"),
            self.now.table("shortages").select(*both, pl.col("short").alias("had")),
        )
        joined = then.join(now, on=both, how="full", coalesce=True)
        return joined.with_columns((pl.col("short").fill_null(0.0) - pl.col("had").fill_null(0.0)).alias("more"))

    def _overtime(self) -> Mapping[tuple[str, int], float]:
        """Hours of overtime that each line and month needs more."""
        found: dict[tuple[str, int], float] = {}
        for sheet, sign in ((self.then, 1.0), (self.now, -1.0)):
            for line, period, hours in sheet.table("overtime").select("resource", "period", "hours").iter_rows():
                found[line, period] = found.get((line, period), 0.0) + sign * hours
        return found

    def _month(self, period: int | None) -> str:
        calendar = self.look.frame(self.cycle).calendar
        return calendar[period].label if period is not None and 0 <= period < len(calendar) else ""
