"""What the lines of an entry page stand on: the layer, last month's call, what was promised, orders, prices, ranges."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import Axis, Rows
from onenumber.model.cube import Cube, State, Values
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import customers_at
from onenumber.steps.frame.glance import Glance, cycle_earlier
from onenumber.steps.frame.in_force import in_force_up_to
from onenumber.steps.frame.layers import Board, board, inside
from onenumber.steps.frame.standing import edits_alone
from onenumber.steps.frame.unit_values import Master, prices
from onenumber.store.layers import LOCKS, unpack
from onenumber.store.models import Cycle, SheetVersion

LINE = ("planning_customer", "family")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What the plan in force answers to a line in the months ahead: asked, promised, short, and until which month."""

    asked: float
    promised: float
    short: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Ground:
    """The layer of sales over her streams (``rows`` of its axis), and what her lines are held against.

    ``called_in`` is the cycle of the last call that is not this one's, ``answered_in`` that of the plan in force, which
    answers to its own; both empty where there is none.
    """

    board: Board
    rows: Rows
    labels: tuple[str, ...]
    horizon: tuple[str, ...]
    past: Values
    booked: Values
    low: Values
    high: Values
    price: Values | None
    called: Mapping[tuple[str, str], Values]
    called_in: str
    reach: int
    answers: Mapping[tuple[str, str], Promised]
    answered_in: str
    names: Mapping[str, Mapping[str, str]]
    edits: tuple[tuple[int, Rows], ...]

    @property
    def axis(self) -> Axis:
        """The streams."""
        return self.board.axis

    def groups(self) -> Iterator[Rows]:
        """Her streams, line by line."""
        labels = [self.axis.attributes[name][self.rows] for name in LINE]
        _, line = np.unique(np.stack(labels), axis=1, return_inverse=True)
        for one in range(int(line.max()) + 1 if len(line) else 0):
            yield self.rows[line.ravel() == one]

    def label(self, attribute: str, rows: Rows) -> str:
        """What the streams of a line share."""
        return str(self.axis.attributes[attribute][rows[0]])

    def name(self, table: str, key: str) -> str:
        """What a customer or family is called."""
        return self.names[table].get(key) or key

    def unit(self, rows: Rows) -> str:
        """The unit of a line; empty where its items share none."""
        units = np.unique(self.board.cube.units[rows])
        return str(units[0]) if len(units) == 1 else ""

    def last(self, customer: str, family: str, k: int) -> float | None:
        """What was called last month for the k-th month; None beyond what that call reached, or without one."""
        values = self.called.get((customer, family))
        return float(values[k]) if values is not None and k < self.reach else None

    def promised(self, customer: str, family: str) -> Promised | None:
        """The answer of the plan in force."""
        return self.answers.get((customer, family))

    def money(self, rows: Rows) -> float | None:
        """The baseline of the months at her prices; None where no price is known."""
        if self.price is None:
            return None
        months = len(self.labels)
        values = self.board.baseline.values[rows, :months] * self.price[rows, :months]
        return None if np.isnan(values).all() else float(np.nansum(values))

    def touches(self, where: Mapping[str, str], rows: Rows, *, customer: str, family: str) -> bool:
        """Whether news is about this line: it names its customer or its family, and does not contradict the other."""
        named = where.get("planning_customer") == customer or where.get("family") == family or "item" in where
        return named and bool(inside(self.axis, where)[rows].any())

    def mine(self, rows: Rows) -> tuple[int, ...]:
        """The edits of hers that stand in a line and moved nothing else."""
        return tuple(number for number, moved in self.edits if len(moved) and bool(np.isin(moved, rows).all()))


def ground_of(look: Glance, cycle: Cycle, patches: tuple[str, ...], *, months: int) -> Ground:
    """The ground of the lines of some patches.

    Raises:
        NoSheetError: if there is no baseline yet.
    """
    stand = board(look, cycle, "L2")
    axis, ahead = stand.axis, min(months, stand.cube.periods)
    hers = mask(look.actor, Figure.VOLUME, axis=axis) & np.isin(axis.attributes["patch"], patches)
    labels = tuple(stand.calendar[k].label for k in stand.cube.indices)
    history = look.sheet(SheetKind.HISTORY, cycle)
    forecast = look.sheet(SheetKind.FORECAST, cycle)
    known = history.cubes if history is not None else {}
    ranges = forecast.cubes if forecast is not None else {}
    called, reach = _called(look, cycle, patches, ahead)
    before, answers = cycle_earlier(look, cycle), in_force_up_to(look.plan, cycle.index)
    return Ground(
        board=stand, rows=np.flatnonzero(hers), labels=labels[:ahead], horizon=labels,
        past=_like(axis, known.get("demand_raw")), booked=_ahead(axis, known.get("booked"), stand.cube.periods),
        low=_ahead(axis, ranges.get("lo80"), stand.cube.periods),
        high=_ahead(axis, ranges.get("hi80"), stand.cube.periods),
        price=_prices(look, cycle, stand), called=called, reach=reach,
        called_in=before.label if before is not None and reach else "",
        answers=_answers(look, answers, cycle, patches, ahead),
        answered_in=answers.cycle.label if answers is not None and answers.cycle is not None else "",
        names=_names(look, cycle), edits=_edits(look, stand),
    )  # fmt: skip


def _like(axis: Axis, cube: Cube | None) -> Values:
    """A cube of the same cycle on the axis of the layer; what it does not know is nothing there."""
    if cube is None:
        return np.zeros((len(axis), 1))
    if np.array_equal(axis.keys, cube.axis.keys):
        return np.where(cube.state == State.PRESENT, cube.values, 0.0)
    at = {key: row for row, key in enumerate(cube.axis.keys.tolist())}
    found = np.zeros((len(axis), cube.periods))
    pairs = [(row, at[key]) for row, key in enumerate(axis.keys.tolist()) if key in at]
    mine, its = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found[mine] = np.where(cube.state[its] == State.PRESENT, cube.values[its], 0.0)
    return found


def _ahead(axis: Axis, cube: Cube | None, periods: int) -> Values:
    """The same for a cube of the horizon, as wide as that is."""
    found = _like(axis, cube)[:, :periods]
    return np.pad(found, ((0, 0), (0, periods - found.shape[1])))


def _prices(look: Glance, cycle: Cycle, stand: Board) -> Values | None:
    company, frame = look.company_version(cycle), look.frame(cycle)
    if company is None:
        return None
    master = Master(company.content, look.versions.get(company.content).tables)
    periods = tuple(frame.calendar[k] for k in stand.cube.indices)
    found = prices(master, stand.axis, periods, frame.currency)
    seen = mask(look.actor, Figure.PRICE, axis=stand.axis)
    return np.where(seen[:, None], found, np.nan)


def _called(
    look: Glance, cycle: Cycle, patches: tuple[str, ...], months: int
) -> tuple[Mapping[tuple[str, str], Values], int]:
    """What sales called in the month before, by line and month from this cycle on, and how many months that reached."""
    before = cycle_earlier(look, cycle)
    sheet = look.sheet(SheetKind.SALES_INPUT, before) if before is not None else None
    if sheet is None:
        return {}, 0
    cube = sheet.cube("S")
    begin = cycle.index - cube.first
    reach = max(min(months, cube.periods - begin), 0)
    axis = cube.axis
    seen = mask(look.actor, Figure.VOLUME, axis=axis) & np.isin(axis.attributes["patch"], patches)
    found: dict[tuple[str, str], Values] = {}
    values = np.where(cube.state == State.PRESENT, cube.values, 0.0)[:, begin : begin + reach]
    for row in np.flatnonzero(seen):
        line = str(axis.attributes["planning_customer"][row]), str(axis.attributes["family"][row])
        found[line] = found.get(line, np.zeros(reach)) + values[row]
    return found, reach


def _answers(
    look: Glance, version: SheetVersion | None, cycle: Cycle, patches: tuple[str, ...], months: int
) -> Mapping[tuple[str, str], Promised]:
    """Asked, promised and short of each line in the months ahead, by a published plan."""
    if version is None or version.cycle is None:
        return {}
    families = look.company(version.cycle)["items"].select("item", "family")
    end = cycle.index + months
    table = look.versions.get(version.content).table("promises")
    rows = table.filter(pl.col("patch").is_in(patches), pl.col("period").is_between(cycle.index, end, closed="left"))
    sums = rows.join(families, on="item", how="left").group_by(LINE).agg(pl.col("asked", "promised", "short").sum())
    return {
        (customer, family or ""): Promised(asked=asked, promised=promised, short=short)
        for customer, family, asked, promised, short in sums.select(*LINE, "asked", "promised", "short").iter_rows()
    }


def _names(look: Glance, cycle: Cycle) -> Mapping[str, Mapping[str, str]]:
    families = look.company(cycle)["families"].select("family", "name")
    return {"customers": customers_at(look, cycle), "families": dict(families.iter_rows())}


def _edits(look: Glance, stand: Board) -> tuple[tuple[int, Rows], ...]:
    """What she typed in this cycle and stands, by sequence, with the streams that each moved."""
    rows = edits_alone([stand.layer])
    return tuple(
        (row.sequence, unpack(row.leaves).rows)
        for row in rows
        if row.author == look.actor.person and row.carried_from_id is None and row.mode not in LOCKS
    )
