"""What was asked, what can be promised in its period, and by when all of it has come: first in, first out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Cube, State, Values
from onenumber.model.sheet import Sheet
from onenumber.supply.shortages import comes_by

Flags = npt.NDArray[np.bool_]
EPSILON = 1e-6
"""Quantities are balanced to this; less than it is nothing."""
STREAM = ("item", "planning_customer", "patch", "division")


@dataclass(frozen=True, slots=True)
class Promised:
    """Per stream and period: asked, promised in that period, and short."""

    asked: Values
    promised: Values
    short: Values


def first_in_first_out(*, asked: Values, shipped: Values, lost: Values, opening: Values) -> Promised:
    """Split what is asked into promised and short: backlog is served before the demand of the period.

    ``promised = clip(shipped - backlog before, 0, asked)``, ``short = asked - promised``; the backlog before is
    ``opening`` plus what earlier periods asked less what they shipped and lost. Axes: (streams x periods), ``opening``
    (streams,).

    Example:
        >>> p = first_in_first_out(asked=np.array([[10.0, 10, 0]]), shipped=np.array([[6.0, 9, 5]]),
        ...                        lost=np.zeros((1, 3)), opening=np.zeros(1))
        >>> p.promised.tolist(), p.short.tolist()
        ([[6.0, 5.0, 0.0]], [[4.0, 5.0, 0.0]])
    """
    gone = np.cumsum(shipped + lost, axis=1)
    queue = opening[:, None] + np.cumsum(asked, axis=1)
    before = queue - asked - (gone - shipped - lost)
    promised = np.clip(shipped - before, 0.0, asked)
    promised = np.where(asked - promised < EPSILON, asked, promised)
    return Promised(asked, promised, asked - promised)


def opening_backlog(plan: Sheet) -> Values:
    """Backlog of each stream when the plan begins: ``backlog[0] - demand[0] + shipped[0] + lost[0]``."""
    parts = [plan.cube(name).values[:, 0] for name in ("backlog", "demand", "shipped", "lost")]
    opening: Values = np.maximum(parts[0] - parts[1] + parts[2] + parts[3], 0.0)
    return opening


def in_time(plan: Sheet) -> Values:
    """What of each period's own demand leaves in it, once the backlog before is served: (streams x periods)."""
    return _split(plan, asked=plan.cube("demand").values, opening=opening_backlog(plan)).promised


def served(plan: Sheet) -> Promised:
    """What a supply plan promises of what is asked of it: past-due orders are asked in the first period."""
    opening, asked = opening_backlog(plan), plan.cube("demand").values.copy()
    asked[:, 0] += opening
    return _split(plan, asked=asked, opening=np.zeros_like(opening))


def periods_to_come(plan: Sheet) -> Cube:
    """Per stream and period, how many periods later all that is asked in it has come, by the rule of the shortages.

    Past-due orders are asked in the first period. Less than 0 is not within the plan, or given up; where nothing is
    asked, none.
    """
    split, demand = served(plan), plan.cube("demand")
    lost = plan.cube("lost").values
    by = comes_by(asked=split.asked, short=split.short, shipped=plan.cube("shipped").values, lost=lost)
    columns = np.arange(lost.shape[1])
    # of what leaves in part and is lost in part, nothing comes later
    by = np.where((split.promised > EPSILON) & (split.short <= lost + EPSILON), columns, by)
    later = np.where(by < 0, -1.0, by - columns)
    asked = split.asked > EPSILON
    state = np.where(asked, State.PRESENT, State.NONE).astype(np.uint8)
    values = np.where(asked, later, 0.0).astype(np.float64)
    return Cube("comes", values, state, demand.axis, demand.first, demand.units)


def _split(plan: Sheet, *, asked: Values, opening: Values) -> Promised:
    demand, shipped, lost = (plan.cube(name) for name in ("demand", "shipped", "lost"))
    for other in (shipped, lost):
        demand.same_labels(other)
    return first_in_first_out(asked=asked, shipped=shipped.values, lost=lost.values, opening=opening)


def promises(plan: Sheet) -> pl.DataFrame:
    """The promises of a supply plan: one row per stream and period in which something is asked.

    Past-due orders are asked in the first period, as in the plan's shortages. ``asked = promised + short`` in every
    row. Cause, where it lies and ``next_period``, the calendar index of the period by which all of it has come, are
    those of the plan's shortages; they are null where nothing is short, the period also where it never comes.
    """
    split = served(plan)
    return promise_rows(plan, split, cells=split.asked > EPSILON).drop("cause_period")


def promise_rows(plan: Sheet, split: Promised, *, cells: Flags) -> pl.DataFrame:
    """The rows of :func:`promises` of some cells (streams x periods), with ``cause_period`` as the plan found it."""
    demand, (rows, columns) = plan.cube("demand"), np.nonzero(cells)
    table = pl.DataFrame(
        {
            "stream": demand.axis.column(rows),
            **{name: demand.axis.column(rows, name) for name in STREAM},
            "period": columns.astype(np.int64) + demand.first,
            "asked": split.asked[rows, columns],
            "promised": split.promised[rows, columns],
            "short": split.short[rows, columns],
        }
    )
    return _with_cause(table, plan)


def _with_cause(table: pl.DataFrame, plan: Sheet) -> pl.DataFrame:
    period, found = pl.col("period").cast(pl.Int64), ["cause", "cause_at", "next_period"]
    causes = plan.table("shortages").select("stream", period, *found, "cause_period")
    causes = causes.unique(subset=["stream", "period"], keep="first", maintain_order=True)
    joined = table.join(causes, on=["stream", "period"], how="left", maintain_order="left")
    short = pl.col("short") > 0
    return joined.with_columns(pl.when(short).then(pl.col(name)).alias(name) for name in found).select(
        "stream", *STREAM, "period", "asked", "promised", "short", *found, "cause_period"
    )


def cells_table(cube: Cube, names: tuple[str, ...]) -> pl.DataFrame:
    """The cells of a cube that hold something, with some attributes of their series: ..., period, quantity."""
    rows, columns = np.nonzero(np.abs(cube.values) > EPSILON)
    return pl.DataFrame(
        {
            **{name: cube.axis.column(rows, "" if name == cube.axis.kind else name) for name in names},
            "period": columns.astype(np.int64) + cube.first,
            "quantity": cube.values[rows, columns],
        },
        schema_overrides=dict.fromkeys(names, pl.String),
    )
