"""A customer before a visit: orders, promises, service, what was called against what came, news, and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.rights import NotYoursError
from onenumber.measure.service import ServiceRule, judge_lines
from onenumber.model.axis import Axis, Rows
from onenumber.model.cube import Cube, State
from onenumber.model.sheet import SheetKind
from onenumber.review.naming import Names, name_of, place_words
from onenumber.rights.ask import Thing, mask, may, refused_reading
from onenumber.rights.roles import reads_customers
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import customers_at, names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.layers import inside
from onenumber.steps.frame.order_lines import Book, order_book
from onenumber.steps.see.buyers import StandsOut, stands_out
from onenumber.steps.see.customer_orders import CustomerOrders, RequestShown, customers_of, requests_of
from onenumber.steps.see.edits import EditShown, edits_shown
from onenumber.steps.see.month_promises import CustomerOutcome, outcome_of
from onenumber.steps.see.order_ground import slipping
from onenumber.steps.see.risks import NewsShown, risks_shown
from onenumber.store.models import Cycle, SheetVersion

BACK = 6
"""Months of calls and of what came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What was called for a month a month ahead, and what came, in one unit; None where it is not known."""

    label: str
    unit: str
    called: float | None
    came: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Order lines due in the last year that left in full by the day the customer wanted, of those that count."""

    kept: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSeen:
    """All that is known of a planning customer, as far as the person sees its streams.

    ``outcome`` is what the plan published in cycle ``of`` leaves short, ``of`` empty where none is in force. ``slips``
    counts open lines that are not late yet and cannot leave by their promised day.
    """

    cycle: str
    customer: str
    name: str
    patches: tuple[str, ...]
    families: tuple[tuple[str, str], ...]
    part: bool
    orders: CustomerOrders
    requests: tuple[RequestShown, ...]
    of: str
    outcome: CustomerOutcome | None
    served: Served
    came: tuple[Came, ...]
    news: tuple[NewsShown, ...]
    typed: tuple[EditShown, ...]
    out: StandsOut
    slips: int = 0


def customer_seen(context: Context, customer: str, label: str = "") -> CustomerSeen:
    """The page of a customer.

    Raises:
        NotAllowedError: if the person reads no customers: no volumes at all, or those of her plant.
        NotYoursError: if she sees no stream of it, whether or not it is there.
    """
    if not reads_customers(context.actor.roles):
        reason = "only who sells, plans or answers for a division may"
        raise refused_reading(context.actor, "see a customer", figure=Figure.VOLUME, whole=False, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    history = look.sheet(SheetKind.HISTORY, cycle)
    axis = history.cube("demand").axis if history is not None else None
    rows = _hers(look, axis, customer)
    if history is None or axis is None or not len(rows):
        raise NotYoursError(place=f"customer {customer}")
    book, company = order_book(look, cycle), look.company(cycle)
    places, names = names_at(look, cycle), customers_at(look, cycle)
    families = dict(company["families"].select("family", "name").iter_rows())
    orders = customers_of(look, cycle, book, only=customer)
    of, outcome = outcome_of(look, cycle, customer, streams=axis.keys[rows].tolist())
    bought = sorted(set(axis.attributes["family"][rows].tolist()) - {""})
    return CustomerSeen(
        cycle=cycle.label, customer=customer, name=names.get(customer) or customer,
        patches=tuple(name_of("patch", one, places) for one in np.unique(axis.attributes["patch"][rows]).tolist()),
        families=tuple((one, families.get(one) or one) for one in bought),
        part=len(rows) < int((axis.attributes["planning_customer"] == customer).sum()),
        orders=orders[0] if orders else _none(look, cycle, customer, names, axis.attributes["patch"][rows]),
        requests=_requests(look, cycle, book, customer),
        of=of, outcome=outcome, served=_served(look, cycle, book, customer),
        came=_came(look, cycle, history.cube("demand_raw"), rows, customer),
        news=_news(look, cycle, axis, rows, customer),
        typed=_typed(look, cycle, axis, rows, places), out=_out(look, cycle, book, customer),
        slips=slipping(look, cycle, {(one.order, one.line) for of in orders for one in of.lines}),
    )  # fmt: skip


def customers_opened(look: Glance, cycle: Cycle) -> frozenset[str]:
    """The planning customers whose pages she may open: those of whom she sees a stream."""
    history = look.sheet(SheetKind.HISTORY, cycle) if reads_customers(look.actor.roles) else None
    if history is None:
        return frozenset()
    axis = history.cube("demand").axis
    seen = mask(look.actor, Figure.VOLUME, axis=axis)
    return frozenset(np.unique(axis.attributes["planning_customer"][seen]).tolist())


def _hers(look: Glance, axis: Axis | None, customer: str) -> Rows:
    if axis is None:
        return np.array([], dtype=np.int64)
    seen = mask(look.actor, Figure.VOLUME, axis=axis)
    return np.flatnonzero(seen & (axis.attributes["planning_customer"] == customer))


def _none(
    look: Glance, cycle: Cycle, customer: str, names: Mapping[str, str], patches: np.ndarray
) -> CustomerOrders:  # fmt: skip
    """A customer without an open order: one that is missing can be asked for by who could ask for others."""
    requests = all(
        may(look.actor, "request_order", phase=Phase(cycle.phase), thing=Thing(patch=patch))
        for patch in np.unique(patches).tolist()
    )
    name = names.get(customer) or customer
    return CustomerOrders(customer=customer, name=name, lines=(), confirms=False, requests=requests)


def _requests(look: Glance, cycle: Cycle, book: Book | None, customer: str) -> tuple[RequestShown, ...]:
    """Requests about the customer, and about the buyers in a rest of a patch, which stand under their own names."""
    mine = {customer}
    if book is not None:
        mine |= set(book.lines.filter(pl.col("planning_customer") == customer)["customer"].unique().to_list())
    return tuple(one for one in requests_of(look, cycle) if one.customer in mine)


def _served(look: Glance, cycle: Cycle, book: Book | None, customer: str) -> Served:
    """The last year on the day on which the cycle begins, judged by the wanted date (K27)."""
    load = look.sheet(SheetKind.LOAD, cycle) or look.sheet(SheetKind.LOAD, None)
    if book is None or load is None or "shipments" not in load.tables:
        return Served(kept=0, counted=0)
    calendar = look.frame(cycle).calendar
    as_of = calendar[cycle.index].start
    begin = calendar[max(cycle.index - calendar.periods_a_year, 0)].start  # of a year of service
    due = pl.col("requested").is_between(begin, as_of, closed="left")
    lines = book.lines.filter(due & (pl.col("planning_customer") == customer))
    sent = load.tables["shipments"].join(lines.select("order", "line"), on=["order", "line"], how="semi")
    judged = judge_lines(lines=lines, shipments=sent, date="requested", rule=ServiceRule(), as_of=as_of)
    return Served(kept=int(judged["kept"].sum()), counted=int(judged["counted"].sum()))


def _came(look: Glance, cycle: Cycle, raw: Cube, rows: Rows, customer: str) -> tuple[Came, ...]:
    """The last months, unit by unit: what sales called for each in the cycle before it, and what was asked for."""
    calendar, found, inputs = look.frame(cycle).calendar, [], _inputs(look, cycle)
    for index in range(max(cycle.index - BACK, 1), cycle.index):
        called = _called(look, inputs.get(index - 1), index, customer)
        values = np.where(raw.state[rows, index - raw.first] == State.PRESENT, raw.values[rows, index - raw.first], 0.0)
        for unit in np.unique(raw.units[rows]).tolist():
            here = raw.units[rows] == unit
            found.append(
                Came(
                    label=calendar[index].label,
                    unit=unit,
                    came=float(values[here].sum()),
                    called=None if called is None else called.get(unit, 0.0),
                )
            )
    return tuple(sorted(found, key=lambda one: one.unit))


def _inputs(look: Glance, cycle: Cycle) -> dict[int, SheetVersion]:
    """The SalesInput of each of the cycles before, the newest, by the index of its cycle."""
    found = SheetVersion.objects.filter(
        plan=look.plan, kind=SheetKind.SALES_INPUT.value, cycle__index__range=(cycle.index - BACK - 1, cycle.index - 1)
    )
    rows = found.select_related("cycle").order_by("sequence")
    return {row.cycle.index: row for row in rows if row.cycle is not None}


def _called(look: Glance, version: SheetVersion | None, index: int, customer: str) -> dict[str, float] | None:
    """What a SalesInput says of a month for a customer, by unit; None without one."""
    cube = look.versions.get(version.content).cube("S") if version is not None else None
    if cube is None or not cube.first <= index < cube.first + cube.periods:
        return None
    rows = _hers(look, cube.axis, customer)
    units, values = cube.units[rows], cube.values[rows, index - cube.first]
    return {unit: float(values[units == unit].sum()) for unit in np.unique(units).tolist()}


def _news(look: Glance, cycle: Cycle, axis: Axis, rows: Rows, customer: str) -> tuple[NewsShown, ...]:
    """News that is about the customer, or about all of something that the customer buys."""
    shown = risks_shown(look, cycle.label)
    return tuple(
        one
        for one in (*shown.risks, *shown.taken)
        if one.where.get("planning_customer", customer) == customer and bool(inside(axis, one.where)[rows].any())
    )


def _typed(look: Glance, cycle: Cycle, axis: Axis, rows: Rows, places: Names) -> tuple[EditShown, ...]:
    """What was typed on the customer, or over more in which it lies, the newest first."""
    found = edits_shown(look, cycle.label)
    hers = (one for one in reversed(found) if bool(inside(axis, one.where)[rows].any()))
    return tuple(replace(one, place=place_words(one.where, places)) for one in hers)


def _out(look: Glance, cycle: Cycle, book: Book | None, customer: str) -> StandsOut:
    mine = pl.col("planning_customer") == customer
    out = stands_out(look, cycle, None if book is None else replace(book, lines=book.lines.filter(mine)))
    return StandsOut(
        silent=tuple(one for one in out.silent if one.planning_customer == customer),
        odd=out.odd,
    )
