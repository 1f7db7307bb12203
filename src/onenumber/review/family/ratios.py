"""Rows of a family page that are no sums: differences, days, weeks and service."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from onenumber.measure.service import ServiceRule, judge_lines
from onenumber.model.sheet import Sheet
from onenumber.review.family.leaves import Cell
from onenumber.review.family.lens import Lens
from onenumber.review.kept import order_lines
from onenumber.review.promises import promises

WEEK_DAYS = 7.0
Line = tuple[Cell, ...]


def difference(left: Line, right: Line) -> Line:
    """Cell by cell ``left - right``; without one of them its reason.

    Example:
        >>> difference((Cell(value=5.0),), (Cell(value=None, reason="no_last_cycle"),))[0].reason
        'no_last_cycle'
    """
    return tuple(_difference(a, b) for a, b in zip(left, right, strict=True))


def _difference(left: Cell, right: Cell) -> Cell:
    if left.value is None or right.value is None:
        return Cell(value=None, reason=left.reason or right.reason, coverage=0.0)
    return Cell(value=left.value - right.value, coverage=min(left.coverage, right.coverage))


def cover_days(stock: Line, demand: Line, days: Sequence[int]) -> Line:
    """Days that the stock at the end of each period lasts against the demand ahead; the last period counts in part.

    Reason ``beyond_horizon`` where it outlasts the demand that is known.

    Example:
        >>> stock, demand = (Cell(value=45.0), Cell(value=15.0), Cell(value=5.0)), (Cell(value=30.0),) * 3
        >>> line = cover_days(stock, demand, [31, 30, 31])
        >>> [cell.value for cell in line], line[2].reason
        ([45.5, 15.5, None], 'beyond_horizon')
    """
    return tuple(_days_from(cell, demand[at + 1 :], days[at + 1 :]) for at, cell in enumerate(stock))


def _days_from(cell: Cell, ahead: Line, days: Sequence[int]) -> Cell:
    if cell.value is None:
        return cell
    left, passed = max(cell.value, 0.0), 0.0
    for need, length in zip(ahead, days, strict=True):
        if need.value is None:
            break
        if need.value >= left:
            return Cell(value=passed + (length * left / need.value if need.value else 0.0), coverage=cell.coverage)
        left, passed = left - need.value, passed + length
    return Cell(value=0.0) if left == 0.0 else Cell(value=None, reason="beyond_horizon", coverage=0.0)


def weeks(backlog: Line, demand: Line, days: Sequence[int]) -> Line:
    """Backlog in weeks of its period's demand: ``backlog / (demand / weeks of the period)``.

    Example:
        >>> weeks((Cell(value=20.0),), (Cell(value=40.0),), [28])[0].value
        2.0
    """
    return tuple(_weeks(a, b, length) for a, b, length in zip(backlog, demand, days, strict=True))


def _weeks(backlog: Cell, demand: Cell, days: int) -> Cell:
    if backlog.value is None or demand.value is None:
        return Cell(value=None, reason=backlog.reason or demand.reason, coverage=0.0)
    if demand.value == 0:
        return Cell(value=None, reason="no_demand", coverage=0.0)
    return Cell(value=backlog.value / demand.value * days / WEEK_DAYS, coverage=backlog.coverage)


def in_time(plan: Sheet | None, lens: Lens) -> Line:
    """Planned service: what the plan promises in its period / what is asked, weighed as the page is."""
    if plan is None:
        return (Cell(value=None, reason="not_made", coverage=0.0),) * len(lens.periods)
    if lens.unit is None:
        return (Cell(value=None, reason="unlike_units", coverage=0.0),) * len(lens.periods)
    axis = plan.cube("demand").axis
    mine, weights = lens.rows(axis), np.nan_to_num(lens.weights(axis))
    rows = promises(plan)
    at, columns = axis.rows(rows["stream"].to_list()), rows["period"].to_numpy() - lens.first
    inside = np.isin(at, mine)
    sums = np.zeros((2, len(lens.periods)))
    for k, name in enumerate(("promised", "asked")):
        weighed = rows[name].to_numpy() * weights[at, columns]
        sums[k] = np.bincount(columns[inside], weights=weighed[inside], minlength=len(lens.periods))
    known = np.arange(len(lens.periods)) + lens.first >= lens.ground.cycle
    return tuple(
        _share(sums[0, c], sums[1, c], "no_demand" if known[c] else "no_data") for c in range(len(lens.periods))
    )


def _share(numerator: float, denominator: float, reason: str) -> Cell:
    if denominator == 0:
        return Cell(value=None, reason=reason, coverage=0.0)
    return Cell(value=float(numerator / denominator))


def on_requested_date(lens: Lens) -> Line:
    """Order lines kept on the requested date / lines due, for the periods that are over."""
    width = len(lens.periods)
    if "shipments" not in lens.ground.load:
        return (Cell(value=None, reason="no_data", coverage=0.0),) * width
    start = lens.periods[0].start
    lines = order_lines(lens.ground, first=start).join(lens.items.select("item"), on="item", how="semi")
    judged = judge_lines(
        lines=lines, shipments=lens.ground.facts("shipments"), date="requested", rule=ServiceRule(),
        as_of=lens.ground.as_of,
    ).filter(pl.col("counted"))  # fmt: skip
    columns = lens.ground.frame.calendar.indices(judged["due"].to_numpy().astype("datetime64[D]")) - lens.first
    past = (columns >= 0) & (columns < lens.ground.cycle - lens.first)
    kept = judged["kept"].to_numpy().astype(np.float64)
    good = np.bincount(columns[past], weights=kept[past], minlength=width)
    due = np.bincount(columns[past], minlength=width).astype(np.float64)
    over = [column < lens.ground.cycle - lens.first for column in range(width)]
    return tuple(_share(good[c], due[c], "no_demand" if over[c] else "no_actual") for c in range(width))
