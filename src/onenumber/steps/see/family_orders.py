"""The order book of a family page: what was booked in past months and what was late at their ends, from the facts."""

import datetime as dt
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.demand.known import mappings_of, with_period
from onenumber.demand.streams import stream_axis, with_stream
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, Values
from onenumber.model.plan import PlanFrame
from onenumber.review.leaves import Leaves
from onenumber.steps.frame.unit_values import KEPT, Master
from onenumber.steps.see.family_leaves import Lens

BOOKINGS, LATE = "bookings", "backlog_actual"


def order_leaves(lens: Lens, facts: Master | None) -> dict[str, Leaves]:
    """Late at the end of past months; what was booked in them where nothing is kept in stock; without shipments none.

    Where there is stock, and nothing was ever late, the place has no such row.
    """
    if facts is None or "shipments" not in facts.tables or lens.columns.start >= lens.cycle:
        return {}
    cubes = _book(lens.master, facts, lens.frame, lens.columns.start, lens.cycle)
    found = {name: lens.streams(cube) for name, cube in cubes.items()}
    if not lens.to_order:
        del found[BOOKINGS]
        if not bool(np.any(found[LATE].values)):
            del found[LATE]
    return {name: leaves for name, leaves in found.items() if len(leaves.values)}


@lru_cache(maxsize=KEPT)
def _book(company: Master, facts: Master, frame: PlanFrame, first: int, cycle: int) -> dict[str, Cube]:
    """Booked in the periods [first, cycle) and late at their ends, worked out once: both sheets never change."""
    lines, axis = _lines(company, facts, frame, first, cycle)
    units = dict(company.tables["items"].select("item", "unit").iter_rows())
    unit = np.array([units.get(item, "") for item in axis.attributes["item"].tolist()], dtype=np.str_)
    shape = (len(axis), cycle - first)
    state = np.zeros(shape, dtype=np.uint8)
    booked, late = _booked(lines, frame, first, shape), _late(lines, facts, frame, first, shape)
    for part in (state, booked, late):
        part.setflags(write=False)
    return {name: Cube(name, values, state, axis, first, unit) for name, values in ((BOOKINGS, booked), (LATE, late))}


def _lines(company: Master, facts: Master, frame: PlanFrame, first: int, cycle: int) -> tuple[pl.DataFrame, Axis]:
    """Order lines that were asked for and known before the cycle, with ``row`` and ``period``, unless all had left."""
    begin, as_of = frame.calendar[first].start, frame.calendar[cycle].start
    asked = (pl.col("quantity") > 0) & (pl.col("status") != "cancelled") & (pl.col("ordered") < as_of)
    lines = facts.tables["order_lines"].filter(asked)
    left = pl.Series("left", _left(lines, facts, begin))
    lines = lines.filter((left < lines["quantity"]) | (lines["ordered"] >= begin))
    lines = with_stream(lines, company=company.tables, as_of=as_of)
    lines = with_period(lines, calendar=frame.calendar, mappings=mappings_of(company.tables))
    axis = stream_axis(lines)
    return lines.with_columns(pl.Series("row", axis.rows(lines["stream"].to_list()), dtype=pl.Int64)), axis


def _left(lines: pl.DataFrame, facts: Master, day: dt.date) -> Values:
    """What of each line had left before a day."""
    sent = facts.tables["shipments"].filter(pl.col("date") < day).sort("order", "line", "date")
    each = sent.group_by("order", "line", maintain_order=True).agg(pl.col("quantity").sum().alias("left"))
    joined = lines.select("order", "line").join(each, on=["order", "line"], how="left", maintain_order="left")
    found: Values = joined["left"].fill_null(0.0).to_numpy()
    return found


def _booked(lines: pl.DataFrame, frame: PlanFrame, first: int, shape: tuple[int, int]) -> Values:
    column = frame.calendar.indices(lines["ordered"].to_numpy().astype("datetime64[D]")) - first
    inside = column >= 0
    values = np.zeros(shape)
    np.add.at(values, (lines["row"].to_numpy()[inside], column[inside]), lines["quantity"].to_numpy()[inside])
    return values


def _late(lines: pl.DataFrame, facts: Master, frame: PlanFrame, first: int, shape: tuple[int, int]) -> Values:
    """What was asked for by the end of a period, and had not left by then: (streams x periods)."""
    values = np.zeros(shape)
    begins = pl.lit(frame.calendar[0].start)
    for column in range(shape[1]):
        end = frame.calendar[first + column].end
        due = (pl.col("period") >= 0) | (pl.col("requested") < begins)
        there = lines.filter(due & (pl.col("period") <= first + column) & (pl.col("ordered") < end))
        rest = there["quantity"].to_numpy() - _left(there, facts, end)
        values[:, column] = np.bincount(there["row"].to_numpy(), np.maximum(rest, 0.0), minlength=shape[0])
    return values
