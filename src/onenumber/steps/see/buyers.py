"""What stands out in the orders of one's customers: who is silent, and which orders are unlike them."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from onenumber.demand.buyers import odd_orders, silent_buyers
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.order_lines import Book
from onenumber.store.models import Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A buyer who is silent longer than usual: since when, and every how many days it used to order."""

    customer: str
    name: str
    planning_customer: str
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
    if book is None or not len(book.lines):
        return StandsOut(silent=(), odd=())
    names, frame = _names(look, cycle), look.frame(cycle)
    since = frame.calendar[max(cycle.index - 1, 0)].start
    plan_of = dict(book.lines.select("customer", "planning_customer").unique().sort("customer").iter_rows())
    silent = silent_buyers(book.lines, as_of=book.known_until)
    odd = odd_orders(book.lines, since=since, as_of=book.known_until).filter(pl.col("status") == "open")
    return StandsOut(
        silent=tuple(
            Silent(
                customer=one["customer"], name=names["customers"].get(one["customer"], one["customer"]),
                planning_customer=plan_of[one["customer"]], last=one["last"], days=one["silent_days"],
                usual=one["usual_days"],
            )
            for one in silent.iter_rows(named=True)
        ),
        odd=tuple(_odd(part, names) for part in odd.partition_by("customer", "item", maintain_order=True)),
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
