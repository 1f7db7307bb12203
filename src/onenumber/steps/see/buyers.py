"""What stands out in the orders of one's customers: who is silent, and which orders are unlike them."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from onenumber.demand.buyers import odd_orders
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.order_lines import Book, silent_in
from onenumber.store.models import Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A buyer who is silent longer than usual: since when, and every how many days it used to order."""

    customer: str
    name: str
    planning_customer: str
    patch: str
    last: dt.date
    days: int
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Orders of one buyer and item that are unlike it: how many, the largest, the usual size, and when first wanted."""

    customer: str
    name: str
    planning_customer: str
    item: str
    item_name: str
    family: str
    unit: str
    orders: int
    largest: float
    usual: float
    first: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsOut:
    """Both, of the customers that a person sees, the weightiest first."""

    silent: tuple[Silent, ...]
    odd: tuple[Odd, ...]


def stands_out(look: Glance, cycle: Cycle, book: Book | None) -> StandsOut:
    """Silent buyers on the day until which orders are known; odd orders since the month before the cycle's."""
    silent = silent_seen(look, cycle)
    if book is None or not len(book.lines):
        return StandsOut(silent=silent, odd=())
    names, frame = _names(look, cycle), look.frame(cycle)
    since = frame.calendar[max(cycle.index - 1, 0)].start
    odd = odd_orders(book.lines, since=since, as_of=book.known_until).filter(pl.col("status") == "open")
    return StandsOut(
        silent=silent,
        odd=tuple(_odd(part, names) for part in odd.partition_by("customer", "item", maintain_order=True)),
    )  # fmt: skip


def silent_seen(look: Glance, cycle: Cycle) -> tuple[Silent, ...]:
    """The silent buyers among the customers that a person sees."""
    found = silent_in(look, cycle)
    names = _names(look, cycle)["customers"] if found else {}
    return tuple(
        Silent(
            customer=one.customer, name=names.get(one.customer, one.customer), patch=one.patch,
            planning_customer=one.planning_customer, last=one.last, days=one.days, usual=one.usual,
        )
        for one in found
    )  # fmt: skip


def _odd(lines: pl.DataFrame, names: dict[str, dict[str, str]]) -> Odd:
    one = lines.row(0, named=True)
    first = lines["requested"].min()
    return Odd(
        customer=one["customer"], name=names["customers"].get(one["customer"], one["customer"]),
        planning_customer=one["planning_customer"], item=one["item"],
        item_name=names["items"].get(one["item"], one["item"]), family=one["family"] or "",
        unit=names["units"].get(one["item"], ""), orders=len(lines), largest=one["quantity"], usual=one["usual"],
        first=first if isinstance(first, dt.date) else one["requested"],
    )  # fmt: skip


def _names(context: Context, cycle: Cycle) -> dict[str, dict[str, str]]:
    company = context.company(cycle)
    return {
        "customers": dict(company["customers"].select("customer", "name").iter_rows()),
        "items": dict(company["items"].select("item", "name").iter_rows()),
        "units": dict(company["items"].select("item", "unit").iter_rows()),
    }
