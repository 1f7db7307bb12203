"""The leaves of a family page: cubes and facts, cut to a place and to what the person may see, in units or money."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from onenumber.finance.budget import budget_in_force
from onenumber.model.axis import Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.cube import Cube, State, Values
from onenumber.model.period import Period
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import Sheet
from onenumber.review.leaves import Leaves, join, leaves_of, money_of, sums
from onenumber.review.promises import periods_to_come
from onenumber.rights.ask import Actor, mask, reads
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.unit_values import Master, Tables, costs, prices
from onenumber.steps.see.family_policy import MAKE_TO_STOCK, makes_to_order, to_order_only
from onenumber.steps.see.family_recorded import recorded
from onenumber.steps.see.family_unit import items_in, units_to
from onenumber.steps.see.places import COMPANY, Place

BALANCED = 1e-6
"""What a plan's balances close to, in the unit of the item."""
SHOWN = 0.5
"""A difference below this would be shown as 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Through which a page sees: who, which place, which columns (calendar indices), units or money.

    ``whole``: she reads all of the place, its costs with it; else her part of it.
    """

    actor: Actor
    place: Place
    master: Master
    frame: PlanFrame
    columns: range
    cycle: int
    money: bool
    unit: str | None
    whole: bool = True

    def streams(self, cube: Cube, *, at_cost: bool = False, only: np.ndarray | None = None) -> Leaves:
        """The streams of a cube that lie in the place and are the person's to see; money at price, or at cost."""
        figure = Figure.VOLUME if not self.money else Figure.COST if at_cost else Figure.PRICE
        rows = self.place.rows(cube.axis) & mask(self.actor, figure, axis=cube.axis)
        rows = rows if only is None else rows & only
        if not self.money:
            return self._units(cube, rows)
        price = self._costs(cube.axis) if at_cost else self._prices(cube.axis)
        return self._money(cube, rows, price)

    def cells(self, cube: Cube, *, only: np.ndarray | None = None) -> Leaves | None:
        """The item-sites of a cube that lie in the place; None where the person sees none of them. Money at cost."""
        rows = self.place.rows(cube.axis) & mask(self.actor, self.cell_figure, axis=cube.axis)
        rows = rows if only is None else rows & only
        if not bool(np.any(rows)):
            return None
        return self._money(cube, rows, self._costs(cube.axis)) if self.money else self._units(cube, rows)

    def marks(self, cube: Cube) -> Leaves:
        """The streams of a cube whose cells are neither quantity nor money."""
        rows = self.place.rows(cube.axis) & mask(self.actor, Figure.VOLUME, axis=cube.axis)
        return leaves_of(cube, rows=rows, columns=self.columns)

    def amounts(self, cube: Cube) -> Leaves:
        """The streams of a cube that is money already, in minor units, as she reads prices."""
        rows = self.place.rows(cube.axis) & mask(self.actor, Figure.PRICE, axis=cube.axis)
        return leaves_of(cube, rows=rows, columns=self.columns)

    @property
    def to_order(self) -> bool:
        """Whether nothing of the place is kept in stock."""
        return makes_to_order(self.master, self.place, self.frame, self.cycle)

    def stocked(self, axis: Axis) -> np.ndarray:
        """Rows of what is kept in stock somewhere today."""
        to_order = np.array(sorted(to_order_only(self.master, self.frame, self.cycle)), dtype=np.str_)
        return np.isin(axis.attributes["item"], to_order, invert=True)

    @property
    def cell_figure(self) -> Figure:
        """The class of figure that stock and supply are shown in."""
        return Figure.COST if self.money else Figure.VOLUME

    @property
    def company(self) -> Tables:
        """The master data."""
        return self.master.tables

    @property
    def _periods(self) -> tuple[Period, ...]:
        return self.frame.calendar.periods[self.columns.start : self.columns.stop]

    def _units(self, cube: Cube, rows: np.ndarray) -> Leaves:
        weight = units_to(self.master, self.place, cube.axis, len(self.columns))
        return leaves_of(cube, rows=rows, columns=self.columns, weight=weight)

    def _money(self, cube: Cube, rows: np.ndarray, price: Values) -> Leaves:
        decimals = self.frame.currency_decimals
        return money_of(cube, rows=rows, columns=self.columns, price=price, decimals=decimals)

    def _prices(self, axis: Axis) -> Values:
        return prices(self.master, axis, self._periods, self.frame.currency)

    def _costs(self, axis: Axis) -> Values:
        return costs(self.master, axis.attributes["item"], self._periods, self.frame.currency)


def demand_leaves(lens: Lens, sheets: Mapping[str, Sheet]) -> dict[str, Leaves]:
    """New (until the consensus is made: the statistical forecast), actual, budget, and the range of the forecast.

    Where nothing is kept in stock, also what was booked ahead when the data was frozen.
    """
    found: dict[str, Leaves] = {}
    if "consensus" in sheets:
        found["new"] = lens.streams(sheets["consensus"].cube("consensus"))
    elif "forecast" in sheets:
        found["new"] = lens.streams(sheets["forecast"].cube("L1"))
    if "history" in sheets:
        found["actual"] = lens.streams(sheets["history"].cube("demand_raw"))
        if lens.to_order:
            found["booked"] = lens.streams(sheets["history"].cube("booked"))
    if "forecast" in sheets and not lens.money and sees_all(lens.actor):
        found |= _band(lens, sheets["forecast"])
    if lens.money and lens.whole and lens.place.has_budget:
        budget = _budget(lens)
        if budget is not None:
            found["budget"] = budget
    return found


def supply_leaves(lens: Lens, sheets: Mapping[str, Sheet], last: Sheet | None) -> dict[str, Leaves]:
    """Supply, stock and safety stock of item-sites, and of streams backlog, what was shipped, due and given up.

    Also what the plan was asked for, where orders make that another figure than what was agreed.
    Until this cycle has a plan, what was promised stands as in the ``last`` one.
    """
    plan = sheets.get("supply")
    if plan is None:
        return _promised(lens, last) if last is not None else {}
    stocked = _stocked_then(plan)
    cells = {
        "supply": lens.cells(_received(plan)),
        "stock": lens.cells(plan.cube("stock"), only=stocked),
        "safety": lens.cells(plan.cube("safety_stock"), only=stocked),
    }
    found = {name: leaves for name, leaves in cells.items() if leaves is not None}
    asked, late, sent, lost = (lens.streams(plan.cube(name)) for name in ("demand", "backlog", "shipped", "lost"))
    unpriced = np.any(late.state == State.MISSING)
    if bool(any_late(late) or unpriced) or "stock" not in found:
        found["backlog"] = late
    # What was due in a period: what was shipped, is still late at its end, or was given up in it.
    found |= {"shipped": sent, "due": replace(asked, values=sent.values + late.values + lost.values)}
    if given_up(lost) or (np.any(lost.state == State.MISSING) and any_late(lens.marks(plan.cube("lost")))):
        found["lost"] = lost
    if "consensus" in sheets and _differ(asked, lens.streams(sheets["consensus"].cube("consensus"))):
        found["planned"] = asked
    return found | _promised(lens, plan)


def _differ(asked: Leaves, agreed: Leaves) -> bool:
    """Whether two rows differ by what would be shown."""
    pairs = zip(sums(asked)[0], sums(agreed)[0], strict=True)
    return any(abs((one.value or 0.0) - (other.value or 0.0)) >= SHOWN for one, other in pairs)


def given_up(lost: Leaves) -> bool:
    """Whether a plan gives up as much in any period as would be shown.

    Example:
        >>> dust = Leaves(values=np.array([[0.2, 0.0], [0.2, 0.0]]), state=np.zeros((2, 2), dtype=np.uint8), by={})
        >>> given_up(dust), given_up(replace(dust, values=dust.values + 0.2))
        (False, True)
    """
    return any((one.value or 0.0) >= SHOWN for one in sums(lost)[0])


def any_late(late: Leaves) -> bool:
    """Whether any of a plan's backlog is more than what its balances close to (C25).

    Example:
        >>> any_late(Leaves(values=np.array([[6e-14]]), state=np.zeros((1, 1), dtype=np.uint8), by={}))
        False
    """
    return bool(np.any(late.values > BALANCED))


def _stocked_then(plan: Sheet) -> np.ndarray:
    stocked: np.ndarray = plan.cube("stock").axis.attributes["policy"] == MAKE_TO_STOCK
    return stocked


def _promised(lens: Lens, plan: Sheet) -> dict[str, Leaves]:
    """When what is asked for comes, of a place that keeps no stock."""
    return {"comes": lens.marks(periods_to_come(plan))} if lens.to_order else {}


def _received(plan: Sheet) -> Cube:
    made_here = plan.cube("production")
    return made_here.add(plan.cube("purchases"))


Read = Callable[[Lens, Sheet], Leaves | None]
LAST: Mapping[str, Read] = {
    "last": lambda lens, sheet: lens.streams(sheet.cube("consensus")),
    "supply_last": lambda lens, sheet: lens.cells(_received(sheet)),
    "stock_last": lambda lens, sheet: lens.cells(sheet.cube("stock"), only=_stocked_then(sheet)),
    "backlog_last": lambda lens, sheet: lens.streams(sheet.cube("backlog")),
}
"""What is read from the sheets of earlier cycles."""


def past_plan(lens: Lens, name: str, sheets: Sequence[tuple[int, Sheet]]) -> Leaves | None:
    """What earlier cycles planned: the last cycle's whole horizon, and of each one before it its own first period.

    Each stands on its own axis, with the attributes of its day.
    """
    found = []
    for rank, (index, sheet) in enumerate(sheets):
        leaves = LAST[name](lens, sheet)
        if leaves is not None:
            found.append(leaves if rank == 0 else _only(leaves, index - lens.columns.start))
    return join(found) if found else None


def _only(leaves: Leaves, column: int) -> Leaves:
    state = np.full_like(leaves.state, State.NOT_COMPUTED)
    state[:, column] = leaves.state[:, column]
    return replace(leaves, state=state)


def stock_leaves(lens: Lens, facts: Master | None) -> dict[str, Leaves]:
    """Stock at the end of past periods of what is kept in stock, and what was made in them, as recorded."""
    if facts is None or not reads(lens.actor, lens.cell_figure) or lens.columns.start >= lens.cycle:
        return {}
    cubes = recorded(lens.master, facts, lens.frame, lens.columns.start, lens.cycle)
    found = {
        name: lens.cells(cube, only=lens.stocked(cube.axis) if name == "stock_actual" else None)
        for name, cube in cubes.items()
    }
    return {name: leaves for name, leaves in found.items() if leaves is not None}


def _band(lens: Lens, forecast: Sheet) -> dict[str, Leaves]:
    """The range of what the place's streams add up to, which they do in one unit only."""
    if items_in(lens.master, lens.place)["unit"].n_unique() > 1:
        return {}
    wanted = lens.place.label if lens.place.level != COMPANY else ""
    rows = forecast.table("bands").filter(pl.col("level") == lens.place.level)
    if wanted:
        rows = rows.filter(pl.col("label") == wanted)
    inside = rows.filter(pl.col("period").is_in(list(lens.columns)))
    if not len(inside) or inside["label"].n_unique() != 1:
        return {}
    column = inside["period"].to_numpy() - lens.columns.start
    return {name: _one_row(lens, column, inside[key].to_numpy()) for name, key in (("low", "lo80"), ("high", "hi80"))}


def _one_row(lens: Lens, column: np.ndarray, amounts: np.ndarray) -> Leaves:
    values = np.zeros((1, len(lens.columns)))
    state = np.full(values.shape, State.NOT_COMPUTED, dtype=np.uint8)
    values[0, column], state[0, column] = amounts, State.PRESENT
    return Leaves(values=values, state=state, by={})


def _budget_lines(lens: Lens) -> pl.DataFrame:
    """The revenue lines of the place's divisions."""
    lines = table_or_empty(lens.company, "budget_lines").filter(pl.col("account") == "revenue")
    return lines.filter(pl.col("place") == lens.place.label) if lens.place.level == "division" else lines


def budget_versions(lens: Lens) -> dict[int, str]:
    """The version of the budget that is in force in each period of the page."""
    lines = _budget_lines(lens)
    at = lens.frame.calendar.indices(lines["period"].to_numpy().astype("datetime64[D]"))
    inside = lines.select("version", pl.Series("k", at)).filter(pl.col("k").is_in(list(lens.columns)))
    return dict(inside.group_by("k").agg(pl.col("version").max()).sort("k").iter_rows())


def _budget(lens: Lens) -> Leaves | None:
    """Revenue in the budget by division, in minor units."""
    decimals = lens.frame.currency_decimals
    held = budget_in_force(_budget_lines(lens), calendar=lens.frame.calendar, decimals=decimals)
    held = held.filter(pl.col("period").is_in(list(lens.columns)))
    if not len(held):
        return None
    divisions = held["place"].unique().sort().to_list()
    values = np.zeros((len(divisions), len(lens.columns)))
    state = np.full(values.shape, State.NOT_COMPUTED, dtype=np.uint8)
    at = np.searchsorted(np.array(divisions), np.array(held["place"].to_list()))
    column = held["period"].to_numpy() - lens.columns.start
    values[at, column] = held["budget"].to_numpy()
    state[at, column] = State.PRESENT
    return Leaves(values=values, state=state, by={"division": np.array(divisions)})
