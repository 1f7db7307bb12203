"""Orders since the freeze, beside the sheets of a cycle: what came, went or was shipped, as far as one may see."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.demand.streams import stream_axis
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube
from onenumber.model.finding import Finding, Place, Severity
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import SheetKind
from onenumber.review.leaves import Leaves
from onenumber.review.since import CANCELLED, CHANGED, LINE, NEW, SHIPPED, masters_since, orders_since, shipped_since
from onenumber.rights.ask import mask, reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.unit_values import KEPT, Master
from onenumber.steps.see.family_leaves import Lens
from onenumber.store.models import Cycle, Purpose, SheetVersion

SINCE = "since the freeze"
"""Where a look keeps them."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Since:
    """The rows of :func:`onenumber.review.since.orders_since` that the person sees, and how many lines of each kind.

    What was shipped is counted only: it moves no demand.
    """

    rows: pl.DataFrame
    counts: dict[str, int]

    @property
    def finding(self) -> Finding:
        """How many order lines, as a finding that the sentence catalogue makes words of."""
        return Finding(code="since_the_freeze", severity=Severity.NOTE, place=Place(), values=self.counts)


def since_freeze(context: Context, label: str = "") -> Since | None:
    """What :func:`since_of` says of a cycle named by its label; of the newest if none is named."""
    look = glance(context)
    return since_of(look, look.cycle(label))


def since_of(context: Glance, cycle: Cycle) -> Since | None:
    """What the orders say since the cycle's data was frozen; None before that, and where nothing came.

    Of a closed cycle it would be all that the next one was planned with, and a rehearsal plays the past: so neither
    has any.
    """
    return context.gathered(SINCE, cycle, lambda: (_since_of(context, cycle),))[0]


def _since_of(context: Glance, cycle: Cycle) -> Since | None:
    if cycle.phase == Phase.CLOSED or context.plan.purpose == Purpose.REHEARSAL:
        return None
    frozen, company = (context.version(kind, cycle) for kind in (SheetKind.LOAD, SheetKind.COMPANY))
    now = context.version(SheetKind.LOAD, None)
    if frozen is None or company is None or now is None or not reads(context.actor, Figure.VOLUME):
        return None
    working = context.version(SheetKind.COMPANY, None) or company
    masters = (_master(context, company), _master(context, working))
    both = _lines(masters, (_master(context, frozen), _master(context, now)), context.frame(cycle), cycle.index)
    rows, shipped = (_seen(context, *lines) for lines in both)
    counts = {**_counts(rows), SHIPPED: len(shipped)}
    return Since(rows=rows, counts=counts) if any(counts.values()) else None


def lines_since(look: Glance, cycle: Cycle) -> frozenset[tuple[str, int]]:
    """The order lines, by order and line, that came or changed since the freeze, of those that the person sees."""
    found = since_of(look, cycle)
    return frozenset() if found is None else frozenset(found.rows.select(LINE).iter_rows())


def _seen(context: Glance, lines: pl.DataFrame, axis: Axis) -> pl.DataFrame:
    seen = mask(context.actor, Figure.VOLUME, axis=axis)
    return lines if seen.all() else lines.filter(pl.col("stream").is_in(axis.keys[seen].tolist()))


def _master(context: Glance, version: SheetVersion) -> Master:
    return Master(version.content, context.versions.get(version.content).tables)


@lru_cache(maxsize=KEPT)
def _lines(
    company: tuple[Master, Master], load: tuple[Master, Master], frame: PlanFrame, cycle: int
) -> tuple[tuple[pl.DataFrame, Axis], ...]:
    """What moves demand, and what was shipped, each with its streams. None of the four sheets ever changes."""
    masters = masters_since(*(one.tables for one in company))
    frozen, now = (one.tables for one in load)
    as_of = frame.calendar[cycle].start
    found = (
        orders_since(frozen=frozen, now=now, company=masters, calendar=frame.calendar, cycle=cycle),
        shipped_since(frozen=frozen, now=now, company=masters, as_of=as_of),
    )
    return tuple((lines, stream_axis(lines)) for lines in found)


def _counts(rows: pl.DataFrame) -> dict[str, int]:
    lines = rows.unique([*LINE, "kind"])
    return {kind: int((lines["kind"] == kind).sum()) for kind in (NEW, CHANGED, CANCELLED)}


def since_leaves(lens: Lens, since: Since | None) -> dict[str, Leaves]:
    """The change of demand per stream and period since the freeze; nothing where none came to the place."""
    if since is None:
        return {}
    rows = since.rows.filter(pl.col("period").is_in(list(lens.columns)))
    axis = stream_axis(rows)
    at = axis.rows(rows["stream"].to_list()), rows["period"].to_numpy() - lens.columns.start
    values = np.zeros((len(axis), len(lens.columns)))
    np.add.at(values, at, rows["quantity"].to_numpy())
    unit_of = dict(lens.company["items"].select("item", "unit").iter_rows())
    units = np.array([unit_of.get(item, "") for item in axis.attributes["item"].tolist()], dtype=np.str_)
    state = np.zeros(values.shape, dtype=np.uint8)
    leaves = lens.streams(Cube("since_the_freeze", values, state, axis, lens.columns.start, units))
    return {"since": leaves} if len(leaves.values) else {}
