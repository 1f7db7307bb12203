"""A place from forecast to schedule by month: asked, booked, late, made, in stock, free to promise, and its lines."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.cube import Cube, Values
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.free import Book, Tables, book_of, by_item, on_hand, past_due
from onenumber.review.misfits import LEAST, beside_need, orders_over
from onenumber.steps.frame.agreed import board_shown, demand_agreed
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, cycle_earlier, glance
from onenumber.steps.frame.in_force import amended
from onenumber.steps.see.bench import refuse_part
from onenumber.steps.see.bench_series import Amounts, Sums
from onenumber.steps.see.places import Place, place_of, places_of
from onenumber.steps.see.sheets import SheetName, named
from onenumber.store.models import Cycle, SheetVersion

MONTHS = 12
NEAR = 3
"""Months that its sentences look ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """One row: its code, and an amount for each month; None where there is none. ``name`` where the code is a line."""

    code: str
    amounts: Amounts
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Where demand and schedule do not fit, for one item: what, by how much, in which unit, over the next months.

    ``first`` and ``last`` label the months in which it does not: those with too many orders, those from where on more
    is asked than was made, the one at whose end too much lies there.
    """

    code: str
    item: str
    name: str
    amount: float
    unit: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A place from forecast to schedule.

    ``unit`` is empty where its items share none, and then only its lines have figures. The row ``planned`` is all that
    the plan makes in a month, what is released included: with it the row of stock adds up, and plants see the same.
    ``plan`` is the supply plan that the schedule is read from, ``plan_of`` the cycle that made it; both empty before
    the first. ``agreed``: the demand of the cycle is.
    """

    place: Place
    places: tuple[Place, ...]
    labels: tuple[str, ...]
    unit: str
    rows: tuple[FlowRow, ...]
    lines: tuple[FlowRow, ...]
    signals: tuple[Signal, ...]
    plan: SheetName | None
    plan_of: str
    agreed: bool


def flow_seen(context: Context, place: str = "", label: str = "") -> Flow:
    """A family or item from forecast to schedule; without one, the first family.

    Raises:
        NotAllowedError: if the person does not read the whole plan.
        NoSuchPlaceError: if there is no such place.
    """
    look = glance(context)
    refuse_part(look, "see the way from forecast to schedule")
    cycle = look.cycle(label)
    places = places_of(look, cycle)
    families = tuple(one for one in places if one.level == "family")
    shown = place_of(look, cycle, places, place or families[0].key)
    made = _plan(look, cycle)
    desk = _Desk.of(look, cycle, shown, made)
    return Flow(
        place=shown, places=families, labels=tuple(look.frame(cycle).calendar[k].label for k in desk.months),
        unit=desk.unit, rows=tuple(desk.rows()) if desk.unit else (), lines=tuple(desk.lines()),
        signals=tuple(desk.signals()), plan=named(made) if made is not None else None,
        plan_of=made.cycle.label if made is not None and made.cycle is not None else "",
        agreed=demand_agreed(look, cycle),
    )  # fmt: skip


def _plan(look: Glance, cycle: Cycle) -> SheetVersion | None:
    """The newest supply plan of the cycle, else the final one of the cycle before."""
    made = [amended(look, SheetKind.SUPPLY_PLAN, cycle), look.version(SheetKind.SUPPLY_PLAN, cycle, "proposed")]
    before = cycle_earlier(look, cycle)
    made += [amended(look, SheetKind.SUPPLY_PLAN, before)] if before is not None else []
    return next((one for one in made if one is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A place with the sheets it is read from, and the months shown."""

    look: Glance
    cycle: Cycle
    place: Place
    history: Sheet | None
    plan: Sheet | None
    total: Cube | None
    baseline: Cube | None
    items: tuple[str, ...]
    units: tuple[str, ...]
    months: range

    @classmethod
    def of(cls, look: Glance, cycle: Cycle, place: Place, made: SheetVersion | None) -> "_Desk":
        stand = board_shown(look, cycle, "L4") if look.version(SheetKind.FORECAST, cycle) is not None else None
        company, frame = look.company(cycle), look.frame(cycle)
        wanted = pl.col("family" if place.level == "family" else "item") == place.label
        items = company["items"].filter(wanted).sort("item")
        end = min(cycle.index + min(MONTHS, frame.horizon), len(frame.calendar))
        return cls(
            look=look, cycle=cycle, place=place, history=look.sheet(SheetKind.HISTORY, cycle),
            plan=look.versions.get(made.content) if made is not None else None,
            total=stand.result if stand else None, baseline=stand.baseline if stand else None,
            items=tuple(items["item"].to_list()), units=tuple(items["unit"].to_list()),
            months=range(cycle.index, end),
        )  # fmt: skip

    @property
    def unit(self) -> str:
        """The unit that the items share; empty where they share none."""
        return self.units[0] if len(set(self.units)) == 1 else ""

    def rows(self) -> Iterator[FlowRow]:
        """Demand, orders, backlog, production, stock and what is free to promise."""
        sums = Sums(place=self.place, months=self.months, weights=None)
        before = cycle_earlier(self.look, self.cycle)
        last = self.look.sheet(SheetKind.CONSENSUS, before) if before is not None else None
        found: list[tuple[str, Cube | None]] = [
            ("baseline", self.baseline), ("stands", self.total),
            ("last", last.cube("consensus") if last is not None else None),
            ("booked", self.history.cube("booked") if self.history is not None else None),
        ]  # fmt: skip
        yield from (FlowRow(code=code, amounts=sums.of(cube)) for code, cube in found if cube is not None)
        if self.history is not None:
            late = float(past_due(self.items, self.history).sum())
            yield FlowRow(code="backlog", amounts=(late, *(None for _ in self.months[1:])))
        yield FlowRow(code="released", amounts=self._released())
        if self.plan is not None:
            yield FlowRow(code="planned", amounts=sums.of(self.plan.cube("production")))
            for code in ("stock", "safety_stock"):
                yield FlowRow(code=code, amounts=sums.of(self.plan.cube(code)))
            free = self._book(self.plan).free
            yield FlowRow(code="promise", amounts=_summed(np.maximum(free, 0.0)))
            if (free < -LEAST).any():  # apart: what one item has too much does not make up for what another lacks
                yield FlowRow(code="promised_over", amounts=_summed(np.maximum(-free, 0.0)))

    def lines(self) -> Iterator[FlowRow]:
        """The share of their hours that the lines of its items are filled to, by everything that they make."""
        if self.plan is None:
            return
        rates = self.look.company(self.cycle)["rates"].filter(pl.col("item").is_in(self.items))
        used, available = self.plan.cube("hours_used"), self.plan.cube("hours_available").values
        for row, key in enumerate(used.axis.keys.tolist()):
            if key in set(rates["resource"].to_list()):
                share = {
                    month: float(hours / had) if had else None
                    for month, hours, had in zip(used.indices, used.values[row], available[row], strict=True)
                }
                name = str(used.axis.labels("name")[row]) or key
                yield FlowRow(code="line", name=f"{name} ({key})", amounts=tuple(share.get(k) for k in self.months))

    def signals(self) -> Iterator[Signal]:
        """Items whose demand and schedule do not fit over the next months, what is largest first."""
        if self.total is None or self.history is None:
            return
        names = dict(self.look.company(self.cycle)["items"].select("item", "name").iter_rows())
        asked, booked = (self._by_item(cube)[:, :NEAR] for cube in (self.total, self.history.cube("booked")))
        found = [orders_over(booked - asked)]
        if self.plan is not None:
            stock, made = on_hand(self.items, self._load), self._by_item(self.plan.cube("production"))[:, :NEAR]
            target = self._by_item(self.plan.cube("safety_stock"))[:, NEAR - 1]
            need = np.maximum(asked, booked)  # as the plan has it: what is ordered is not made over
            left = stock[:, np.newaxis] + made.cumsum(axis=1) - need.cumsum(axis=1)
            found += beside_need(left, target=target, need=need)
        labels = [self.look.frame(self.cycle).calendar[k].label for k in self.months[:NEAR]]
        every = [
            Signal(
                code=one.code, item=item, name=names.get(item) or item, amount=float(one.amounts[k]), unit=unit,
                first=labels[one.first[k]], last=labels[one.last[k]],
            )
            for one in found for k, (item, unit) in enumerate(zip(self.items, self.units, strict=True))
            if one.amounts[k] > LEAST
        ]  # fmt: skip
        yield from sorted(every, key=lambda one: -one.amount)

    def _book(self, plan: Sheet) -> Book:
        return book_of(self.items, self.months, plan=plan, load=self._load, history=self.history)

    def _released(self) -> Amounts:
        """What is left of released production orders by the month in which it is due; past due in the first."""
        load = self.look.sheet(SheetKind.LOAD, self.cycle)
        orders = load.tables.get("production_orders") if load is not None else None
        if load is None or orders is None or not len(orders):
            return (None,) * len(self.months)
        mine = orders.filter(pl.col("item").is_in(self.items))
        made = load.tables.get("production", pl.DataFrame(schema={"order": pl.String, "quantity": pl.Float64}))
        done = made.group_by("order").agg(pl.col("quantity").sum().alias("done"))
        left = (pl.col("quantity") - pl.col("done").fill_null(0.0)).clip(lower_bound=0.0)
        open_ = mine.join(done, on="order", how="left").with_columns(left.alias("left"))
        due = self.look.frame(self.cycle).calendar.indices(open_["due"].to_numpy().astype("datetime64[D]"))
        found = dict.fromkeys(self.months, 0.0)
        for month, quantity in zip(due.tolist(), open_["left"].to_list(), strict=True):
            at = max(month, self.months[0])
            if at in found:
                found[at] += quantity
        return tuple(found.values())

    def _by_item(self, cube: Cube) -> Values:
        return by_item(cube, self.items, self.months)

    @property
    def _load(self) -> Tables:
        load = self.look.sheet(SheetKind.LOAD, self.cycle)
        return load.tables if load is not None else {}


def _summed(values: Values) -> Amounts:
    return tuple(float(one) for one in values.sum(axis=0))
