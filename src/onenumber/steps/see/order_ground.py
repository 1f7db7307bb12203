"""The open order lines of everybody with the day on which each can leave, and the materials that they wait for."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from onenumber.demand.streams import with_stream
from onenumber.model.period import WorkDays
from onenumber.model.plan import PlanFrame
from onenumber.model.rates import ACTUAL, rates_on
from onenumber.model.sheet import SheetKind
from onenumber.review.ground import Ground
from onenumber.review.naming import name_of, names_in
from onenumber.review.order_book import (
    MATERIAL,
    STOCK,
    Ready,
    counted_to,
    newest_fact,
    open_purchases,
    ready_days,
    waiting_lines,
)
from onenumber.steps.frame.days import working_week
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.unit_values import Master
from onenumber.store.models import Cycle, SheetVersion

KEPT = 4


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Book:
    """All open lines, of nobody in particular; ``counted`` is the day to which lateness is counted."""

    lines: pl.DataFrame
    ready: Mapping[tuple[str, int], Ready]
    bought: pl.DataFrame
    as_of: dt.date | None
    counted: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A material that open order lines wait for: of how many, and when the first of them can leave.

    ``ordered``: as much as they need of it is on its way; else the lines are those for which it is not.
    """

    item: str
    called: str
    lines: int
    first: dt.date
    ordered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """The materials that open order lines wait for, that of most lines first; ``known`` where the facts are old."""

    materials: tuple[Asked, ...] = ()
    known: dt.date | None = None


def book_of(look: Glance, cycle: Cycle) -> Book | None:
    """The order book of today, by the newest facts; None before anything was loaded."""
    company, load = look.company_version(cycle), look.version(SheetKind.LOAD, None)
    if company is None or load is None:
        return None
    return _book(_master(look, company), _master(look, load), look.frame(cycle), cycle.index, look.today)


def slipping(look: Glance, cycle: Cycle, lines: Collection[tuple[str, int]]) -> int:
    """How many of some open lines, by order and line, are not due yet and cannot leave by the day that is promised.

    0 where no load came for more than a week: what came since is not known.
    """
    book = book_of(look, cycle)
    if book is None or book.counted < look.today:
        return 0
    due = book.lines.filter(pl.col("due") >= look.today).select("order", "line", "due").iter_rows()
    ready = ((book.ready[order, line].day, day) for order, line, day in due if (order, line) in lines)
    return sum(leaves is None or leaves > day for leaves, day in ready)


def waited_for(look: Glance, cycle: Cycle, items: Collection[str]) -> Awaited:
    """Of some materials those that open order lines wait for, whoever the lines are of."""
    book = book_of(look, cycle)
    if book is None:
        return Awaited()
    found = materials_asked(book, names_in(look.company(cycle)))
    return Awaited(
        materials=tuple(one for one in found if one.item in items),
        known=book.counted if book.counted < look.today else None,
    )


def materials_asked(book: Book, called: Mapping[str, str]) -> tuple[Asked, ...]:
    """The materials that open order lines wait for, that of most lines first."""
    days: dict[str, list[dt.date]] = {}
    unordered: dict[str, list[dt.date]] = {}
    for one in book.ready.values():
        if one.by == MATERIAL and one.day is not None:
            for item in {one.waits_for, *one.unordered} - {""}:
                days.setdefault(item, []).append(one.day)
            for item in one.unordered:
                unordered.setdefault(item, []).append(one.day)
    found = [
        Asked(item=item, called=name_of("item", item, called), lines=len(those),
              first=min(those), ordered=item not in unordered)
        for item, those in (days | unordered).items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.lines, one.item)))


def _master(look: Glance, version: SheetVersion) -> Master:
    return Master(version.content, look.versions.get(version.content).tables)


@lru_cache(maxsize=KEPT)
def _book(company: Master, load: Master, frame: PlanFrame, cycle: int, today: dt.date) -> Book:
    """Worked out once in a process and day: both sheets never change."""
    ground = Ground(company=company.tables, load=load.tables, frame=frame, cycle=cycle)
    lines = waiting_lines(ground)
    rates = rates_on(company.tables, days=[ground.as_of], rate_set=ACTUAL, currency=frame.currency)
    lines = lines.join(rates.select("currency", "rate"), on="currency", how="left", maintain_order="left")
    own = pl.col("currency").is_null() | (pl.col("currency") == frame.currency)
    money = pl.when(own).then("money").otherwise(pl.col("money") * pl.col("rate")).alias("money")
    placed = with_stream(lines.with_columns(money), company=company.tables, as_of=ground.as_of)
    stock, day = ground.facts("stock")["date"].max(), counted_to(today, newest_fact(load.tables))
    ready = ready_days(lines, ground=ground, today=day)
    return Book(
        lines=placed, ready=_on_working_days(ready, lines, working_week(company.tables)),
        bought=open_purchases(ground, day), as_of=stock if isinstance(stock, dt.date) else None, counted=day,
    )  # fmt: skip


def _on_working_days(
    ready: Mapping[tuple[str, int], Ready], lines: pl.DataFrame, week: WorkDays
) -> Mapping[tuple[str, int], Ready]:
    """What leaves after its day leaves on a working day: no customer is promised a Sunday."""
    days = lines.select("order", "line", "due").iter_rows()
    found = ((order, line, due, ready[order, line]) for order, line, due in days)
    return {
        (order, line): one if one.day is None or one.day <= due or one.by == STOCK
        else replace(one, day=week.add(one.day - dt.timedelta(days=1), 1))
        for order, line, due, one in found
    }  # fmt: skip
