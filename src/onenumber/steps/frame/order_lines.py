"""The order book as salespeople see it: lines with their stream, what of each is open, and what was said of it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from onenumber.demand.buyers import silent_buyers
from onenumber.demand.known import open_lines
from onenumber.demand.streams import stream_axis, with_stream
from onenumber.model.axis import Axis
from onenumber.model.sheet import SheetKind
from onenumber.review.order_book import newest_fact
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle, OrderConfirmation, OrderRequest
from onenumber.store.versions import Versions

KEPT = 8
"""Order books of which a process remembers the streams: company and load of the cycles that are looked at."""
PEOPLE = 8
"""People of whose part of a book a process remembers who is silent in it."""
KINDS = ("not_mine", "wrong_date", "missing")
"""What can be wrong with an order."""
OUTCOMES = ("corrected", "declined")
"""What becomes of a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """An open order line, as far as it is confirmed: what was ordered for when."""

    order: str
    line: int
    quantity: float
    requested: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A buyer who is silent longer than usual: where it is planned, its last order, and its usual days between two."""

    customer: str
    planning_customer: str
    patch: str
    last: dt.date
    days: int
    usual: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Book:
    """The order lines that a person sees, each with its stream: ``lines`` all of them, ``open`` those still to come.

    ``open`` has the quantity that is open; ``known_until`` is the day up to which orders are known (exclusive), and
    ``newest`` the newest day of which any fact tells.
    """

    lines: pl.DataFrame
    open: pl.DataFrame
    known_until: dt.date
    newest: dt.date | None = None


def order_book(context: Context, cycle: Cycle) -> Book | None:
    """The orders as far as the person sees their streams: as loaded last, of an earlier cycle as frozen for it.

    None before any load.
    """
    kept = _kept(context, cycle)
    if kept is None:
        return None
    lines, still, until = _book(*kept)
    if not len(lines):
        return None
    seen = _seen(context, kept)
    return Book(
        lines=lines.filter(pl.col("stream").is_in(seen)), open=still.filter(pl.col("stream").is_in(seen)),
        known_until=until, newest=_newest(kept[0], kept[2]),
    )  # fmt: skip


def silent_in(context: Context, cycle: Cycle) -> tuple[Quiet, ...]:
    """The buyers who are silent longer than usual in the orders that the person sees, the longest over it first.

    What every page counts: kept by the versions of company and load, and by what she sees.
    """
    kept = _kept(context, cycle)
    return _silent(*kept, tuple(_seen(context, kept))) if kept is not None else ()


def open_by_customer(context: Context, cycle: Cycle) -> Iterator[tuple[tuple[str, ...], list[OpenLine]]]:
    """The open lines that the person sees, by planning customer, each with the patches that they belong to.

    What every page counts: no table is cut for it.
    """
    kept = _kept(context, cycle)
    if kept is None:
        return
    of, by = _streams(*kept)
    found: dict[str, tuple[dict[str, None], list[OpenLine]]] = {}
    for stream in _seen(context, kept) if by else ():
        if stream in by:
            customer, patch = of[stream]
            patches, lines = found.setdefault(customer, ({}, []))
            patches[patch] = None
            lines += by[stream]
    for patches, lines in found.values():
        yield tuple(patches), lines


Kept = tuple[Versions, str, str, dt.date]
"""What a book is kept by: the store, the contents of company and load, and the first day of the cycle's month."""


def _kept(context: Context, cycle: Cycle) -> Kept | None:
    newest = next(iter(context.all_cycles()), None)
    load = context.version(SheetKind.LOAD, cycle if newest is not None and newest.pk != cycle.pk else None)
    company = context.company_version(cycle)
    if load is None or company is None:
        return None
    return context.versions, company.content, load.content, context.frame(cycle).calendar[cycle.index].start


def _seen(context: Context, kept: Kept) -> list[str]:
    axis = _axis(*kept)
    found: list[str] = axis.keys[mask(context.actor, Figure.VOLUME, axis=axis)].tolist()
    return found


@lru_cache(maxsize=KEPT)
def _axis(versions: Versions, company: str, load: str, as_of: dt.date) -> Axis:
    """The streams of a book."""
    return stream_axis(_book(versions, company, load, as_of)[0])


@lru_cache(maxsize=KEPT * PEOPLE)
def _silent(versions: Versions, company: str, load: str, as_of: dt.date, seen: tuple[str, ...]) -> tuple[Quiet, ...]:
    lines, _, until = _book(versions, company, load, as_of)
    hers = lines.filter(pl.col("stream").is_in(seen))
    where = (
        hers.select("customer", "planning_customer", "patch").unique().sort("customer", "planning_customer", "patch")
    )
    found = silent_buyers(hers, as_of=until)
    streams = {one["customer"]: one for one in reversed(where.rows(named=True))}
    return tuple(
        Quiet(
            customer=one["customer"], planning_customer=streams[one["customer"]]["planning_customer"],
            patch=streams[one["customer"]]["patch"], last=one["last"], days=one["silent_days"], usual=one["usual_days"],
        )
        for one in found.iter_rows(named=True)
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _streams(
    versions: Versions, company: str, load: str, as_of: dt.date
) -> tuple[Mapping[str, tuple[str, str]], Mapping[str, list[OpenLine]]]:
    """The planning customer and the patch of each stream with open lines, and these lines."""
    of: dict[str, tuple[str, str]] = {}
    by: dict[str, list[OpenLine]] = {}
    columns = ("stream", "planning_customer", "patch", "order", "line", "quantity", "requested")
    rows = _book(versions, company, load, as_of)[1].select(columns).iter_rows()
    for stream, customer, patch, order, line, quantity, requested in rows:
        of[stream] = customer, patch
        by.setdefault(stream, []).append(OpenLine(order=order, line=line, quantity=quantity, requested=requested))
    return of, by


@lru_cache(maxsize=KEPT)
def _newest(versions: Versions, load: str) -> dt.date | None:
    """The newest day of which the facts of a load tell."""
    return newest_fact(versions.get(load).tables)


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
    """What salespeople said of a cycle's orders: what each line was confirmed as last, and its newest request."""

    confirmed: Mapping[tuple[str, int], tuple[float, dt.date]]
    requested: Mapping[tuple[str, int], OrderRequest]
    waiting: frozenset[int]

    def is_right(self, order: str, line: int, *, quantity: float, requested: dt.date) -> bool:
        """Whether the line was confirmed and stands as it did then."""
        return self.confirmed.get((order, line)) == (quantity, requested)

    def waits(self, order: str, line: int) -> bool:
        """Whether a request on the line has no answer yet."""
        row = self.requested.get((order, line))
        return row is not None and row.pk in self.waiting

    def is_settled(self, order: str, line: int, *, quantity: float, requested: dt.date) -> bool:
        """Whether nobody has to look at the line: it is right, or it was asked that it be corrected."""
        said = self.is_right(order, line, quantity=quantity, requested=requested)
        return said or self.waits(order, line)


def said_of_orders(context: Context, cycle: Cycle) -> Said:
    """What was said in a cycle; a request lives until it is answered, whatever the cycle."""
    rows = requests_in(context, cycle)
    return Said(
        confirmed={(order, line): (quantity, day) for order, line, quantity, day in _confirmed(context, cycle)},
        requested={(row.order, row.line): row for row in rows if row.line is not None},
        waiting=frozenset(row.pk for row in rows if not row.answers.all()),
    )


def requests_in(context: Context, cycle: Cycle) -> list[OrderRequest]:
    """Every request about an order up to a cycle with its answers, in the order in which they were made."""
    if not context.has_ever(OrderRequest, cycle):
        return []
    rows = OrderRequest.objects.filter(plan=cycle.plan_id, cycle__index__lte=cycle.index).order_by("pk")
    return context.gathered(OrderRequest.__name__, cycle, lambda: rows.prefetch_related("answers"))


def _confirmed(context: Context, cycle: Cycle) -> list[tuple[str, int, float, dt.date]]:
    if not context.has(OrderConfirmation, cycle):
        return []
    rows = OrderConfirmation.objects.filter(cycle=cycle).order_by("pk")
    return context.gathered(
        OrderConfirmation.__name__, cycle, lambda: rows.values_list("order", "line", "quantity", "requested")
    )
