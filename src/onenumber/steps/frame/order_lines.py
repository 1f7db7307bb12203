"""The order book as salespeople see it: lines with their stream, what of each is open, and what was said of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from onenumber.demand.known import open_lines
from onenumber.demand.streams import stream_axis, with_stream
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle, OrderConfirmation, OrderRequest
from onenumber.store.plans import current_cycle
from onenumber.store.versions import Versions

KEPT = 8
"""Order books of which a process remembers the streams: company and load of the cycles that are looked at."""
KINDS = ("not_mine", "wrong_date", "missing")
"""What can be wrong with an order."""
OUTCOMES = ("corrected", "declined")
"""What becomes of a request."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Book:
    """The order lines that a person sees, each with its stream: ``lines`` all of them, ``open`` those still to come.

    ``open`` has the quantity that is open; ``known_until`` is the day up to which orders are known (exclusive).
    """

    lines: pl.DataFrame
    open: pl.DataFrame
    known_until: dt.date


def order_book(context: Context, cycle: Cycle) -> Book | None:
    """The orders as far as the person sees their streams: as loaded last, of an earlier cycle as frozen for it.

    None before any load.
    """
    newest = current_cycle(context.plan)
    load = context.version(SheetKind.LOAD, cycle if newest is not None and newest.pk != cycle.pk else None)
    company = context.company_version(cycle)
    if load is None or company is None:
        return None
    begin = context.frame(cycle).calendar[cycle.index].start
    lines, still, until = _book(context.versions, company.content, load.content, begin)
    if not len(lines):
        return None
    seen = _seen(context, lines)
    return Book(
        lines=lines.filter(pl.col("stream").is_in(seen)), open=still.filter(pl.col("stream").is_in(seen)),
        known_until=until,
    )  # fmt: skip


def _seen(context: Context, lines: pl.DataFrame) -> list[str]:
    axis = stream_axis(lines)
    found: list[str] = axis.keys[mask(context.actor, Figure.VOLUME, axis=axis)].tolist()
    return found


@lru_cache(maxsize=KEPT)
def _book(versions: Versions, company: str, load: str, as_of: dt.date) -> tuple[pl.DataFrame, pl.DataFrame, dt.date]:
    """All order lines and the open ones, with their streams, and the day after the last order: they never change."""
    tables, facts = versions.get(company).tables, versions.get(load).tables
    asked = (pl.col("quantity") > 0) & (pl.col("status") != "cancelled")
    lines = with_stream(facts["order_lines"].filter(asked), company=tables, as_of=as_of)
    still = with_stream(open_lines(facts), company=tables, as_of=as_of)
    units = tables["items"].select("item", pl.col("unit").alias("planned_in"), pl.col("name").alias("item_name"))
    buyers = tables["customers"].select("customer", pl.col("name").alias("customer_name"))
    joined = still.join(units, on="item", how="left", maintain_order="left")
    joined = joined.join(buyers, on="customer", how="left", maintain_order="left")
    last = facts["order_lines"]["ordered"].max()
    until = last + dt.timedelta(days=1) if isinstance(last, dt.date) else as_of
    return lines, joined.sort("requested", "order", "line"), until


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What salespeople said of a cycle's orders: the newest confirmation and the newest request of each line."""

    confirmed: Mapping[tuple[str, int], OrderConfirmation]
    requested: Mapping[tuple[str, int], OrderRequest]
    waiting: frozenset[int]

    def is_right(self, order: str, line: int, *, quantity: float, requested: dt.date) -> bool:
        """Whether the line was confirmed and stands as it did then."""
        row = self.confirmed.get((order, line))
        return row is not None and (row.quantity, row.requested) == (quantity, requested)

    def waits(self, order: str, line: int) -> bool:
        """Whether a request on the line has no answer yet."""
        row = self.requested.get((order, line))
        return row is not None and row.pk in self.waiting

    def is_settled(self, order: str, line: int, *, quantity: float, requested: dt.date) -> bool:
        """Whether nobody has to look at the line: it is right, or it was asked that it be corrected."""
        said = self.is_right(order, line, quantity=quantity, requested=requested)
        return said or self.waits(order, line)


def said_of_orders(cycle: Cycle) -> Said:
    """What was said in a cycle; a request lives until it is answered, whatever the cycle."""
    confirmed = OrderConfirmation.objects.filter(cycle=cycle).order_by("pk")
    asked = OrderRequest.objects.filter(plan=cycle.plan_id, cycle__index__lte=cycle.index).order_by("pk")
    rows = list(asked.prefetch_related("answers"))
    return Said(
        confirmed={(row.order, row.line): row for row in confirmed},
        requested={(row.order, row.line): row for row in rows if row.line is not None},
        waiting=frozenset(row.pk for row in rows if not row.answers.all()),
    )
