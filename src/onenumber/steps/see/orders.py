"""Open orders of customers and vendors, what each waits for and which comes first, as far as one may see."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.demand.streams import stream_axis
from onenumber.model.axis import Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.review.naming import name_of, names_in
from onenumber.review.order_book import MATERIAL, Ready, urgency
from onenumber.rights.ask import Actor, mask, may_somewhere, reads, refused_reading
from onenumber.rights.roles import plants_kept, reads_customers
from onenumber.rights.table import Figure
from onenumber.steps.frame.asked_for import sources
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.see.broken import broken_of
from onenumber.steps.see.customer import customers_opened
from onenumber.steps.see.emergency_form import EmergencyForm, emergency_form
from onenumber.steps.see.order_ground import Asked, Book, book_of, materials_asked
from onenumber.steps.see.since import lines_since
from onenumber.store.models import Cycle

SHIPS, MAKES, TELLS, READS = "ships", "makes", "tells", "reads"
"""What she does about an open line: promises it and has it sent, makes it, tells the customer, or reads what supply
does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An order line that a customer waits for: due on the day we promise, ready when it can leave (None: not known).

    ``called`` is the item by name and key. ``by`` says of what it comes (stock, released, material), ``waits_for``
    and ``waits_called`` which material. ``ordered``: so much of it is on its way, else the day holds if it is ordered
    today. ``page`` is the planning customer whose page she may open (empty: none). ``late`` are the days it leaves
    after its day; ``fell_due``: it was not late when the facts ended, and its day has passed since. ``money`` is None
    where the line has none, its currency no rate, or it is not hers to see. ``breaks`` is the month that it breaks,
    where it came since the freeze and does.
    """

    order: str
    line: int
    customer: str
    name: str
    key_account: bool
    item: str
    called: str
    quantity: float
    unit: str
    due: dt.date
    requested: dt.date | None
    ready: dt.date | None
    by: str
    waits_for: str
    waits_called: str
    ordered: bool
    late: int
    money: float | None
    since_freeze: bool
    stream: str
    page: str = ""
    breaks: str = ""
    fell_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A purchase order line that has not come: promised first and now, what it is worth, and how many orders wait.

    ``called`` is the item by name and key, ``site`` where it comes by name. ``fell_due``: it was not late when the
    facts ended, and its day has passed since.
    """

    order: str
    line: int
    vendor: str
    name: str
    item: str
    called: str
    site: str
    quantity: float
    unit: str
    first: dt.date | None
    due: dt.date | None
    late: int
    money: float | None
    held: int
    fell_due: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersShown:
    """Every open line, in the order in which it needs a deed; ``as_of`` is the day of the newest stock count.

    ``counted`` is the day to which lateness is counted: before ``today`` where no load came for more than a week.
    ``does`` is what she does about a line. ``sites`` is whether she sees one: who sees none receives nothing.
    ``plants`` are hers by name where she is shown only what they make or buy, ``company`` the open lines of everybody.
    ``to_order`` are the materials that are to be ordered, the one for which most lines wait first; none to who sees no
    site. ``emergency`` is what the form of an emergency offers, to who may name one now.
    """

    cycle: str
    today: dt.date
    counted: dt.date
    as_of: dt.date | None
    currency: str
    part: bool
    sites: bool
    waiting: tuple[Waiting, ...]
    bought: tuple[Bought, ...]
    does: str = READS
    plants: tuple[str, ...] = ()
    company: int = 0
    to_order: tuple[Asked, ...] = ()
    emergency: EmergencyForm | None = None

    @property
    def old(self) -> bool:
        """Whether the facts are so old that what left and came since is not known."""
        return self.counted < self.today


def orders_shown(context: Context, label: str = "") -> OrdersShown:
    """The order book of today, by the newest facts.

    Raises:
        NotAllowedError: if she sees no volume.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no figure of a plan"
        raise refused_reading(context.actor, "see the orders", figure=Figure.VOLUME, whole=False, reason=reason)
    look = glance(context)
    cycle, today = look.cycle(label), look.today
    currency, book = look.frame(cycle).currency, book_of(look, cycle)
    if book is None:
        return OrdersShown(
            cycle=cycle.label, today=today, counted=today, as_of=None, currency=currency, part=False, sites=False,
            waiting=(), bought=(),
        )  # fmt: skip
    new, tables = _since(look, cycle), look.company(cycle)
    names, pages, sites = _names(tables), customers_opened(look, cycle), _sites(look.actor, tables)
    axis, own = stream_axis(book.lines), _own_plants(look.actor, sites)
    priced, seen = (_streams(look.actor, axis, figure) for figure in (Figure.PRICE, Figure.VOLUME))
    waiting = [
        _waiting(
            row,
            book.ready[row["order"], row["line"]],
            names,
            opens=(row["stream"] in priced, row["planning_customer"] in pages),
            new=new,
            days=(book.counted, today),
        )
        for row in _hers(book.lines, seen, tables, own).iter_rows(named=True)
    ]
    return OrdersShown(
        cycle=cycle.label, today=today, counted=book.counted, currency=currency,
        part=len(waiting) < len(book.lines), as_of=book.as_of, sites=bool(sites), does=_does(look, cycle),
        plants=tuple(name_of("site", one, names["called"]) for one in own), company=len(book.lines),
        bought=_purchases(look.actor, book, names, sites, today),
        waiting=tuple(sorted(waiting, key=lambda one: _place(one, book.counted))),
        to_order=_to_order(book, names, sources(tables), sites), emergency=emergency_form(look, cycle),
    )  # fmt: skip


def _does(look: Glance, cycle: Cycle) -> str:
    """What she does about an open line: whoever asks for corrections speaks with customers."""

    def may(verb: str) -> bool:
        return may_somewhere(look.actor, verb, phase=Phase(cycle.phase))

    if may("request_order"):
        return TELLS
    if may("settle_request") or may("take_back"):
        return SHIPS
    return MAKES if plants_kept(look.actor) else READS


def _own_plants(actor: Actor, sites: Sequence[str]) -> Sequence[str]:
    """The plants of who reads by plant only."""
    return () if reads_customers(actor.roles) else sites


def _hers(
    lines: pl.DataFrame, streams: Collection[str], company: Mapping[str, pl.DataFrame], plants: Sequence[str]
) -> pl.DataFrame:
    """The lines of the ``streams`` that she sees; to who runs plants, of what they make or buy."""
    seen = lines.filter(pl.col("stream").is_in(sorted(streams)))
    if not plants:
        return seen
    items = [item for item, sites in sources(company).items() if not set(plants).isdisjoint(sites)]
    return seen.filter(pl.col("item").is_in(items))


def _streams(actor: Actor, axis: Axis, figure: Figure) -> frozenset[str]:
    return frozenset(axis.keys[mask(actor, figure, axis=axis)].tolist())


def _since(look: Glance, cycle: Cycle) -> Mapping[tuple[str, int], str]:
    """Each line that came or changed since the freeze, with the month that its order breaks (empty: none)."""
    breaks = {order: one.month for one in reversed(broken_of(look, cycle)) for order in one.orders}
    return {line: breaks.get(line[0], "") for line in lines_since(look, cycle)}


def _names(company: Mapping[str, pl.DataFrame]) -> Mapping[str, Mapping[str, Any]]:
    """What customers, vendors and the rest of the master data are called, and the units of items."""
    return {
        "called": names_in(company),
        "customers": dict(company["customers"].select("customer", "name").iter_rows()),
        "units": dict(company["items"].select("item", "unit").iter_rows()),
        "vendors": dict(table_or_empty(company, "vendors").select("vendor", "name").iter_rows()),
    }


def _waiting(
    row: Mapping[str, Any], ready: Ready, names: Mapping[str, Mapping[str, Any]], *, opens: tuple[bool, bool],
    new: Mapping[tuple[str, int], str], days: tuple[dt.date, dt.date],
) -> Waiting:  # fmt: skip
    """``opens``: whether she may see its price, and the page of its customer; ``days``: that counted to, and today."""
    (priced, page), due, (counted, today) = opens, row["due"], days
    late = max((counted - due).days, (ready.day - due).days if ready.day is not None else 0, 0)
    return Waiting(
        order=row["order"], line=row["line"], customer=row["customer"],
        name=names["customers"].get(row["customer"], row["customer"]), key_account=bool(row["key_account"]),
        item=row["item"], called=name_of("item", row["item"], names["called"]), quantity=row["open"],
        unit=row["unit"] or names["units"].get(row["item"], ""), due=due,
        requested=row["requested"], ready=ready.day, by=ready.by, late=late,
        waits_for=ready.waits_for, ordered=ready.waits_for not in ready.unordered,
        waits_called=name_of("item", ready.waits_for, names["called"]),
        money=row["money"] if priced else None, since_freeze=(row["order"], row["line"]) in new, stream=row["stream"],
        page=row["planning_customer"] if page else "",
        breaks=new.get((row["order"], row["line"]), ""), fell_due=late == 0 and due < today and counted < today,
    )  # fmt: skip


def _place(one: Waiting, today: dt.date) -> tuple[bool, bool, float, str, int]:
    """Late first, and what nothing covers among it, then what fell due since the facts ended; each by urgency.

    What has no money, or none that she may see, weighs as one line: quantities of unlike units are never compared.
    """
    late = one.late > 0 or one.ready is None
    first = urgency(
        money=1.0 if one.money is None else one.money, late=max(one.late, int(late)), left=(one.due - today).days
    )
    return not late, not one.fell_due, -first, one.order, one.line


def _sites(actor: Actor, company: Mapping[str, pl.DataFrame]) -> Sequence[str]:
    """The sites of which she sees the volumes."""
    sites = np.array(company["sites"]["site"].sort().to_list(), dtype=np.str_)
    return list(sites[mask(actor, Figure.VOLUME, axis=Axis("site", sites, {"site": sites}))].tolist())


def _purchases(
    actor: Actor, book: Book, names: Mapping[str, Mapping[str, Any]], seen: Sequence[str], today: dt.date
) -> tuple[Bought, ...]:
    costed = reads(actor, Figure.COST) and actor.plans_all
    held: dict[str, int] = {}
    for one in book.ready.values():
        if one.by == MATERIAL and one.waits_for and one.waits_for not in one.unordered:
            held[one.waits_for] = held.get(one.waits_for, 0) + 1
    found = [
        _bought(row, names, held=held.get(row["item"], 0), costed=costed, days=(book.counted, today))
        for row in book.bought.filter(pl.col("site").is_in(seen)).iter_rows(named=True)
    ]
    return tuple(sorted(found, key=lambda one: _place_bought(one, book.counted)))


def _to_order(
    book: Book, names: Mapping[str, Mapping[str, Any]], bought_at: Mapping[str, Sequence[str]], seen: Sequence[str]
) -> tuple[Asked, ...]:
    """Those of the sites that she sees."""
    asked = (one for one in materials_asked(book, names["called"]) if not one.ordered)
    return tuple(one for one in asked if not set(seen).isdisjoint(bought_at.get(one.item, ())))


def _place_bought(one: Bought, today: dt.date) -> tuple[bool, bool, float, str, int]:
    """Late first, then what fell due since the facts ended, by urgency: more for each order that waits for it."""
    left = ((one.due or today) - today).days
    first = urgency(money=1.0 if one.money is None else one.money, late=one.late, left=left) * (1 + one.held)
    return one.late == 0, not one.fell_due, -first, one.order, one.line


def _bought(
    row: Mapping[str, Any], names: Mapping[str, Mapping[str, Any]], *, held: int, costed: bool,
    days: tuple[dt.date, dt.date],
) -> Bought:  # fmt: skip
    """``days``: that to which lateness is counted, and today."""
    first, due, (counted, today) = row["first_confirmed"], row["due"], days
    soonest = None if due is None else max(due, counted)  # what has not come cannot come before that day
    late = 0 if soonest is None or due is None else max((soonest - (first or due)).days, (counted - due).days, 0)
    price = row["price"] if costed else None
    return Bought(
        order=row["order"], line=row["line"], vendor=row["vendor"],
        name=names["vendors"].get(row["vendor"], row["vendor"]), item=row["item"],
        called=name_of("item", row["item"], names["called"]), site=name_of("site", row["site"], names["called"]),
        quantity=row["open"], unit=names["units"].get(row["item"], ""), first=first, due=due,
        late=late, money=None if price is None else price * row["open"], held=held,
        fell_due=late == 0 and due is not None and due < today and counted < today,
    )  # fmt: skip
