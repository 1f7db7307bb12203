"""What was asked, what can be promised in its period, and when the rest can come: first in, first out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Cube, State, Values
from onenumber.model.sheet import Sheet

Flags = npt.NDArray[np.bool_]
EPSILON = 1e-6
"""Quantities are balanced to this; less than it is nothing."""
STREAM = ("item", "planning_customer", "patch", "division")


@dataclass(frozen=True, slots=True)
class Promised:
    """Per stream and period: asked, promised in that period, short, and the column it next comes in (-1: never)."""

    asked: Values
    promised: Values
    short: Values
    next_column: npt.NDArray[np.int64]


def first_in_first_out(*, asked: Values, shipped: Values, lost: Values, opening: Values) -> Promised:
    """Split what is asked into promised and short: backlog is served before the demand of the period.

    ``promised = clip(shipped - backlog before, 0, asked)``, ``short = asked - promised``; the backlog before is
    ``opening`` plus what earlier periods asked less what they shipped and lost. Of the units short, the next column is
    the first in which one of them leaves: shipments and losses take the oldest first. Axes: (streams x periods),
    ``opening`` (streams,).

    Example:
        >>> p = first_in_first_out(asked=np.array([[10.0, 10, 0]]), shipped=np.array([[6.0, 9, 5]]),
        ...                        lost=np.zeros((1, 3)), opening=np.zeros(1))
        >>> p.promised.tolist(), p.short.tolist(), p.next_column.tolist()
        ([[6.0, 5.0, 0.0]], [[4.0, 5.0, 0.0]], [[1, 2, -1]])
    """
    gone = np.cumsum(shipped + lost, axis=1)
    queue = opening[:, None] + np.cumsum(asked, axis=1)
    before = queue - asked - (gone - shipped - lost)
    promised = np.clip(shipped - before, 0.0, asked)
    promised = np.where(asked - promised < EPSILON, asked, promised)
    short = asked - promised
    still_open = np.minimum(np.maximum(queue - gone, 0.0), short)
    ahead = queue - still_open
    return Promised(asked, promised, short, _next_column(ahead, gone, shipped, still_open))


def _next_column(ahead: Values, gone: Values, shipped: Values, still_open: Values) -> npt.NDArray[np.int64]:
    """First later column whose cumulative outflow goes past what stands ahead in the queue and which ships."""
    found = np.full(ahead.shape, -1, dtype=np.int64)
    rows, columns = np.nonzero(still_open > EPSILON)
    leaves = (gone[rows] > ahead[rows, columns][:, None] + EPSILON) & (shipped[rows] > EPSILON)
    leaves &= np.arange(ahead.shape[1]) > columns[:, None]
    found[rows, columns] = np.where(leaves.any(axis=1), leaves.argmax(axis=1), -1)
    return found


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
    """Per stream and period, how many periods later the last of what is asked in it leaves.

    Past-due orders are asked in the first period. Less than 0 is not within the plan; where nothing is asked, none.
    """
    split, demand = served(plan), plan.cube("demand")
    gone = np.cumsum(plan.cube("shipped").values + plan.cube("lost").values, axis=1)
    queue = np.cumsum(split.asked, axis=1)
    columns = np.arange(gone.shape[1])
    # the first column by whose end all of the queue is gone; past the last one, never
    reached = np.array([np.searchsorted(g + EPSILON, q) for g, q in zip(gone, queue, strict=True)]).reshape(gone.shape)
    given_up = (split.promised <= EPSILON) & (split.next_column < 0)
    later = np.where((reached >= len(columns)) | given_up, -1.0, np.maximum(reached, columns) - columns)
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
    row. Cause and where it lies are those the plan found; they are null where nothing is short. ``next_period`` is a
    calendar index, null when it does not come within the horizon.
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
            "next_period": split.next_column[rows, columns] + demand.first,
        }
    )
    return _with_cause(table, plan, demand)


def _with_cause(table: pl.DataFrame, plan: Sheet, demand: Cube) -> pl.DataFrame:
    period = pl.col("period").cast(pl.Int64)
    causes = plan.table("shortages").select("stream", period, "cause", "cause_at", "cause_period")
    causes = causes.unique(subset=["stream", "period"], keep="first", maintain_order=True)
    joined = table.join(causes, on=["stream", "period"], how="left", maintain_order="left")
    short = pl.col("short") > 0
    return joined.with_columns(
        pl.when(short).then(pl.col("cause")).alias("cause"),
        pl.when(short).then(pl.col("cause_at")).alias("cause_at"),
        pl.when(short & (pl.col("next_period") >= demand.first)).then(pl.col("next_period")).alias("next_period"),
    ).select(
        "stream", *STREAM, "period", "asked", "promised", "short", "cause", "cause_at", "next_period", "cause_period"
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
