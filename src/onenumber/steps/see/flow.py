"""A place from forecast to schedule by month: asked, booked, late, made, in stock, free to promise, and its lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.inventory.promise import cumulative_atp, discrete_atp, look_back
from onenumber.model.cube import Cube, Values
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.in_force import amended
from onenumber.steps.frame.layers import board
from onenumber.steps.see.bench import refuse_part
from onenumber.steps.see.bench_series import Amounts, Sums
from onenumber.steps.see.places import Place, place_of, places_of
from onenumber.steps.see.sheets import SheetName, named
from onenumber.store.models import Cycle, SheetVersion
from onenumber.store.plans import cycle_before

MONTHS = 12
NEAR = 3
"""Months that its sentences look ahead."""
LEAST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """One row: its code, and an amount for each month; None where there is none. ``name`` where the code is a line."""

    code: str
    amounts: Amounts
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Where demand and schedule do not fit, for one item: what, by how much, in which unit, over the next months."""

    code: str
    item: str
    name: str
    amount: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A place from forecast to schedule.

    ``unit`` is empty where its items share none, and then only its lines have figures. ``plan`` is the supply plan that
    the schedule is read from, ``plan_of`` the cycle that made it; both empty before the first.
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
    )  # fmt: skip


def _plan(look: Glance, cycle: Cycle) -> SheetVersion | None:
    """The newest supply plan of the cycle, else the final one of the cycle before."""
    made = [amended(look, SheetKind.SUPPLY_PLAN, cycle), look.version(SheetKind.SUPPLY_PLAN, cycle, "proposed")]
    before = cycle_before(cycle)
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
        stand = board(look, cycle, "L4") if look.version(SheetKind.FORECAST, cycle) is not None else None
        company, frame = look.company(cycle), look.frame(cycle)
        wanted = pl.col("family" if place.level == "family" else "item") == place.label
        items = company["items"].filter(wanted).sort("item")
        end = min(cycle.index + min(MONTHS, frame.horizon), len(frame.calendar))
        return cls(
            look=look, cycle=cycle, place=place, history=look.sheet(SheetKind.HISTORY, cycle),
            plan=look.versions.get(made.content) if made is not None else None,
            total=stand.shown if stand else None, baseline=stand.baseline if stand else None,
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
        before = cycle_before(self.cycle)
        last = self.look.sheet(SheetKind.CONSENSUS, before) if before is not None else None
        found: list[tuple[str, Cube | None]] = [
            ("baseline", self.baseline), ("stands", self.total),
            ("last", last.cube("consensus") if last is not None else None),
            ("booked", self.history.cube("booked") if self.history is not None else None),
        ]  # fmt: skip
        yield from (FlowRow(code=code, amounts=sums.of(cube)) for code, cube in found if cube is not None)
        if self.history is not None:
            late = float(self._late().sum())
            yield FlowRow(code="backlog", amounts=(late, *(None for _ in self.months[1:])))
        yield FlowRow(code="released", amounts=self._released())
        if self.plan is not None:
            yield FlowRow(code="planned", amounts=self._planned(self.plan))
            for code in ("stock", "safety_stock"):
                yield FlowRow(code=code, amounts=sums.of(self.plan.cube(code)))
            yield FlowRow(code="promise", amounts=_summed(self._free(self.plan)))

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
        found = [("orders_over", np.maximum(booked - asked, 0.0).sum(axis=1))]
        if self.plan is not None:
            comes = self._on_hand() + self._by_item(self.plan.cube("production"))[:, :NEAR].sum(axis=1)
            target = self._by_item(self.plan.cube("safety_stock"))[:, NEAR - 1]
            need = asked.sum(axis=1)
            found += [
                ("asked_over", np.maximum(need - comes, 0.0)),
                ("made_over", np.maximum(comes - need - target - need / NEAR, 0.0)),
            ]
        every = [
            Signal(code=code, item=item, name=names.get(item) or item, amount=float(amount), unit=unit)
            for code, amounts in found
            for item, unit, amount in zip(self.items, self.units, amounts.tolist(), strict=True)
            if amount > LEAST
        ]
        yield from sorted(every, key=lambda one: -one.amount)

    def _planned(self, plan: Sheet) -> Amounts:
        """What the plan starts anew in each month."""
        runs = plan.table("runs").filter(pl.col("item").is_in(self.items) & ~pl.col("released"))
        by = dict(runs.group_by("period").agg(pl.col("quantity").sum()).iter_rows())
        return tuple(by.get(month, 0.0) for month in self.months)

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

    def _free(self, plan: Sheet) -> Values:
        """What is free to promise by the end of each month, by item: stock and production, less what is booked."""
        none = np.zeros((len(self.items), len(self.months)))
        booked = none if self.history is None else self._by_item(self.history.cube("booked"))
        booked[:, 0] += self._late()
        atp = discrete_atp(on_hand=self._on_hand(), receipts=self._by_item(plan.cube("production")), orders=booked)
        return cumulative_atp(atp=look_back(atp=atp))

    def _late(self) -> Values:
        """Backlog by item."""
        if self.history is None:
            return np.zeros(len(self.items))
        table = self.history.table("backlog").group_by("item").agg(pl.col("open").sum())
        by: Mapping[str, float] = dict(table.iter_rows())
        return np.array([by.get(item, 0.0) for item in self.items])

    def _on_hand(self) -> Values:
        """Free stock by item as it was counted last, over all sites."""
        load = self.look.sheet(SheetKind.LOAD, self.cycle)
        stock = load.tables.get("stock") if load is not None else None
        if stock is None or not len(stock):
            return np.zeros(len(self.items))
        free = stock.filter((pl.col("status") == "free") & pl.col("item").is_in(self.items))
        newest = free.filter(pl.col("date") == pl.col("date").max().over("item", "site"))
        by = dict(newest.group_by("item").agg(pl.col("quantity").sum()).iter_rows())
        return np.array([by.get(item, 0.0) for item in self.items])

    def _by_item(self, cube: Cube) -> Values:
        """A cube summed by item over the months shown; 0 outside it."""
        found, of = np.zeros((len(self.items), len(self.months))), cube.axis.labels("item")
        at = [cube.indices.index(k) if k in cube.indices else -1 for k in self.months]
        for row, item in enumerate(self.items):
            total = cube.values[of == item].sum(axis=0)
            found[row] = [total[k] if k >= 0 else 0.0 for k in at]
        return found


def _summed(values: Values) -> Amounts:
    return tuple(float(one) for one in values.sum(axis=0))
