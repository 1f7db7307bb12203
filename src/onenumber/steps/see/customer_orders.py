"""The open orders of one's customers, with what was said of each line, and the requests about them."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.review.order_book import counted_to
from onenumber.rights.ask import Thing, may, may_somewhere, reads, refused_reading
from onenumber.rights.roles import patches_led, patches_sold, sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import customers_at, names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.order_lines import (
    Book,
    OpenLine,
    Said,
    open_by_customer,
    order_book,
    requests_in,
    said_of_orders,
)
from onenumber.steps.see.since import lines_since
from onenumber.store.models import Cycle, OrderRequest
from onenumber.store.plans import both_names

RIGHT, ASKED, CHANGED, UNSEEN = "right", "asked", "changed", "unseen"
"""What was said of a line: it is right, a request on it waits, it changed since it was confirmed, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """An open order line: what is to come of it, when the customer wants it and when it is promised.

    ``late`` are the days since it was wanted and not sent (as far as it is known), ``later`` those by which the promise
    is after the wish; both 0 where it is not so. ``buyer`` is the customer by name, ``said`` what was said of the line,
    ``since`` that it came or changed since the freeze.
    """

    order: str
    line: int
    buyer: str
    item: str
    item_name: str
    unit: str
    quantity: float
    open: float
    ordered: dt.date
    requested: dt.date
    promised: dt.date | None
    late: int
    later: int
    said: str
    since: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestShown:
    """A request about an order, and its answer: empty while it waits. ``mine``: whether the person may answer it.

    The names are empty in a digest that was written before they were kept.
    """

    number: int
    kind: str
    order: str
    line: int | None
    customer: str
    item: str
    quantity: float | None
    day: dt.date | None
    text: str
    person: str
    at: dt.datetime
    outcome: str
    answer: str
    answered_by: str
    mine: bool
    customer_name: str = ""
    item_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerOrders:
    """The open lines of a planning customer, the first wanted first.

    ``confirms`` and ``requests``: whether the person may confirm them, and ask that they be corrected, now. ``by`` is
    the day to which lateness is counted where no load came for more than a week (None: to today).
    """

    customer: str
    name: str
    lines: tuple[OrderLine, ...]
    confirms: bool
    requests: bool
    by: dt.date | None = None

    @property
    def unseen(self) -> int:
        """Lines that nobody said anything of, or that changed since."""
        return sum(one.said in (UNSEEN, CHANGED) for one in self.lines)

    @property
    def late(self) -> int:
        """Lines that were wanted before today, or the day to which it is known."""
        return sum(one.late > 0 for one in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersSeen:
    """The open orders by customer, the requests about them, and until when orders are known (None: before any load)."""

    cycle: str
    known_until: dt.date | None
    customers: tuple[CustomerOrders, ...]
    requests: tuple[RequestShown, ...]


def orders_seen(context: Context, label: str = "") -> OrdersSeen:
    """The open orders of a cycle, as far as the person sees their streams.

    Raises:
        NotAllowedError: if the person sees no plan.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no plan"
        raise refused_reading(context.actor, "see orders", figure=Figure.VOLUME, whole=False, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    book = order_book(look, cycle)
    return OrdersSeen(
        cycle=cycle.label, known_until=book.known_until if book is not None else None,
        customers=customers_of(look, cycle, book), requests=requests_of(look, cycle),
    )  # fmt: skip


def customers_of(
    look: Glance, cycle: Cycle, book: Book | None, *, only: str | None = None
) -> tuple[CustomerOrders, ...]:
    """The open lines by planning customer, or of one of them, by name."""
    if book is None:
        return ()
    lines = book.open if only is None else book.open.filter(pl.col("planning_customer") == only)
    said, new = said_of_orders(look, cycle), lines_since(look, cycle)
    company = look.company(cycle)
    names, named = customers_at(look, cycle), frozenset(company["customers"]["customer"].to_list())
    found = [
        _customer(look, cycle, part, (said, new), (names, part["planning_customer"][0] in named), book.newest)
        for part in lines.partition_by("planning_customer", maintain_order=True)
        if len(part)
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.customer)))


def _customer(
    look: Glance, cycle: Cycle, part: pl.DataFrame, known: tuple[Said, Collection[tuple[str, int]]],
    called: tuple[Mapping[str, str], bool], newest: dt.date | None,
) -> CustomerOrders:  # fmt: skip
    (said, new), (names, named), by = known, called, counted_to(look.today, newest)
    key, patches = part["planning_customer"][0], part["patch"].unique().sort().to_list()
    return CustomerOrders(
        customer=key, name=names.get(key) or key,
        lines=tuple(
            replace(_line(one, said, by, named=named), since=(one["order"], one["line"]) in new)
            for one in part.iter_rows(named=True)
        ),
        confirms=_all(look, cycle, "confirm_orders", patches), requests=_all(look, cycle, "request_order", patches),
        by=by if by < look.today else None,
    )  # fmt: skip


def _all(look: Glance, cycle: Cycle, verb: str, patches: Collection[str]) -> bool:
    """Whether she may do it in all of these patches."""
    return all(may(look.actor, verb, phase=Phase(cycle.phase), thing=Thing(patch=patch)) for patch in patches)


def _line(one: Mapping[str, Any], said: Said, today: dt.date, *, named: bool) -> OrderLine:
    promised = one["last_confirmed"] or one["first_confirmed"]
    return OrderLine(
        order=one["order"], line=one["line"], buyer="" if named else one["customer_name"], item=one["item"],
        item_name=one["item_name"] or one["item"], unit=one["planned_in"] or "", quantity=one["quantity"],
        open=one["open"], ordered=one["ordered"], requested=one["requested"], promised=promised,
        late=max((today - one["requested"]).days, 0),
        later=max((promised - one["requested"]).days, 0) if promised is not None else 0, said=_said(one, said),
    )  # fmt: skip


def _said(one: Mapping[str, Any], said: Said) -> str:
    key = one["order"], one["line"]
    if said.waits(*key):
        return ASKED
    if said.is_right(*key, quantity=one["quantity"], requested=one["requested"]):
        return RIGHT
    return CHANGED if key in said.confirmed else UNSEEN


def requests_of(look: Glance, cycle: Cycle) -> tuple[RequestShown, ...]:
    """The requests that the person may know of: her own and those of her patches, those who plan hear all.

    Those that wait first, then those answered in this cycle.
    """
    actor = look.actor
    patches = patches_sold(actor) | patches_led(actor)
    known = [
        row for row in requests_in(look, cycle) if sees_all(actor) or row.person == actor.person or row.patch in patches
    ]
    settles = _may(look, cycle, "settle_request")
    names = look.names() if known else {}
    customers = customers_at(look, cycle) if known else {}
    places = names_at(look, cycle) if known else {}
    shown = [_request(row, cycle, names, settles=settles) for row in known]
    kept = [
        replace(one, customer_name=customers.get(one.customer, ""), item_name=places.get(f"item:{one.item}", ""))
        for one in shown
        if one is not None
    ]
    return tuple(sorted(kept, key=lambda one: (bool(one.outcome), one.number)))


def orders_waiting(look: Glance, cycle: Cycle) -> int:
    """How many open order lines wait for the person to confirm them; none where she confirms none now."""
    if not _may(look, cycle, "confirm_orders"):
        return 0
    said = said_of_orders(look, cycle)
    groups: dict[tuple[str, ...], list[OpenLine]] = {}
    for patches, lines in open_by_customer(look, cycle):
        groups.setdefault(patches, []).extend(lines)
    return sum(
        not said.is_settled(one.order, one.line, quantity=one.quantity, requested=one.requested)
        for patches, lines in groups.items()
        if _all(look, cycle, "confirm_orders", patches)
        for one in lines
    )


def _may(look: Glance, cycle: Cycle, verb: str) -> bool:
    """Whether a role of hers allows a verb now."""
    return may_somewhere(look.actor, verb, phase=Phase(cycle.phase))


def requests_waiting(look: Glance, cycle: Cycle) -> tuple[RequestShown, ...]:
    """The requests about orders that wait for the person's answer, the first asked first."""
    if not _may(look, cycle, "settle_request"):
        return ()
    return tuple(one for one in requests_of(look, cycle) if one.mine)


def _request(row: OrderRequest, cycle: Cycle, names: Mapping[str, str], *, settles: bool) -> RequestShown | None:
    answers = list(row.answers.all())
    if answers and answers[-1].cycle_id != cycle.pk:
        return None
    last = answers[-1] if answers else None
    return RequestShown(
        number=row.pk, kind=row.kind, order=row.order, line=row.line, customer=row.customer, item=row.item,
        quantity=row.quantity, day=row.day, text=row.text, person=both_names(names, row.person, row.deputy_for),
        at=row.at, outcome=last.outcome if last is not None else "", answer=last.text if last is not None else "",
        answered_by=both_names(names, last.person, last.deputy_for) if last is not None else "",
        mine=settles and last is None,
    )  # fmt: skip
