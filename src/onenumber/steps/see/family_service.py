"""Order-line service of past months on a family page (K27 on the requested date), from the facts."""

from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.demand.streams import stream_axis, with_stream
from onenumber.measure.service import ServiceRule, judge_lines
from onenumber.model.axis import Axis
from onenumber.model.cube import State, States, Values
from onenumber.model.plan import PlanFrame
from onenumber.review.leaves import Leaves
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.unit_values import KEPT, Master
from onenumber.steps.see.family_leaves import Lens

COUNTS = ("kept", "counted")
Judged = tuple[Axis, dict[str, Values], States]


def service_leaves(lens: Lens, facts: Master | None) -> dict[str, Leaves]:
    """Order lines kept, and counted, per stream by the period of their requested date; nothing without shipments.

    Judged on the first day of the cycle, with what was known then. A period in which nothing was due is not computed.
    """
    if facts is None or "shipments" not in facts.tables or lens.columns.start >= lens.cycle:
        return {}
    found = _judged(lens.master, facts, lens.frame, lens.columns.start, lens.cycle)
    if found is None:
        return {}
    axis, counts, state = found
    rows = lens.place.rows(axis) & mask(lens.actor, Figure.VOLUME, axis=axis)
    by = {name: labels[rows] for name, labels in axis.attributes.items()}
    if not bool(np.any(rows)):
        return {}
    padded = ((0, 0), (0, len(lens.columns) - state.shape[1]))
    ahead = int(State.NOT_COMPUTED)
    return {
        name: Leaves(
            values=np.pad(counts[name][rows], padded),
            state=np.pad(state[rows], padded, constant_values=ahead),
            by=by,
        )
        for name in COUNTS
    }


@lru_cache(maxsize=KEPT)
def _judged(company: Master, facts: Master, frame: PlanFrame, first: int, cycle: int) -> Judged | None:
    """Lines kept and counted (streams x periods first to cycle), worked out once: both sheets never change."""
    begin, as_of = frame.calendar[first].start, frame.calendar[cycle].start
    due = pl.col("requested").is_between(begin, as_of, closed="left") & (pl.col("quantity") > 0)
    lines = facts.tables["order_lines"].filter(due)
    if not len(lines):
        return None
    shipments = facts.tables["shipments"]
    judged = judge_lines(lines=lines, shipments=shipments, date="requested", rule=ServiceRule(), as_of=as_of)
    judged = with_stream(judged, company=company.tables, as_of=as_of)
    axis = stream_axis(judged)
    row = axis.rows(judged["stream"].to_list())
    column = frame.calendar.indices(judged["requested"].to_numpy().astype("datetime64[D]")) - first
    counts = {name: _count(judged[name], row, column, (len(axis), cycle - first)) for name in COUNTS}
    state = np.where(counts["counted"] > 0, State.PRESENT, State.NOT_COMPUTED).astype(np.uint8)
    return axis, counts, state


def _count(flags: pl.Series, row: np.ndarray, column: np.ndarray, shape: tuple[int, int]) -> Values:
    found = np.zeros(shape)
    np.add.at(found, (row, column), flags.to_numpy().astype(np.float64))
    found.setflags(write=False)
    return found
