"""Ask that an order be corrected: it is not the customer's, its date is wrong, or one is missing."""

import datetime as dt

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.errors.rights import NotYoursError
from onenumber.errors.steps import BadArgumentError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Thing, check_role, mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.order_lines import KINDS, order_book
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import Cycle, OrderRequest
from onenumber.store.plans import find_cycle

NOT_MINE, WRONG_DATE, MISSING = KINDS


def run(  # noqa: PLR0913 - which order, and what is wrong with it
    context: Context,
    *,
    kind: str,
    text: str,
    order: str = "",
    line: int | None = None,
    customer: str = "",
    item: str = "",
    quantity: float | None = None,
    day: dt.date | None = None,
    cycle: str = "",
) -> Outcome:
    """Append a request about one order line, or about an order that is missing; the supply planner answers it.

    Raises:
        NotAllowedError: if the patch is not hers.
        NotYoursError: if she sees no such order line or customer.
        BadArgumentError: if it does not say which line, which day, or what is missing.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, "request_order", phase=Phase(now.phase))
    check_words("request", "text", text, reason="say in a sentence what is wrong; who corrects it reads it")
    fields = (
        _missing(context, now, customer=customer, item=item, quantity=quantity, day=day)
        if kind == MISSING
        else _of_line(context, now, order=order, line=line, day=day, kind=kind)
    )
    grant = context.permit("request_order", phase=Phase(now.phase), thing=Thing(patch=str(fields["patch"])))
    row = OrderRequest.objects.create(
        plan=context.plan, cycle=now, kind=kind, text=text, person=context.actor.person,
        deputy_for=grant.deputy_for, at=context.now, **fields,
    )  # fmt: skip
    return Outcome(step="request", figures={"request": row.pk, "kind": kind})


def _of_line(
    context: Context, cycle: Cycle, *, order: str, line: int | None, day: dt.date | None, kind: str
) -> dict[str, object]:
    if not order or line is None:
        raise _bad(argument="order", value=order, reason="say which order and line it is")
    if kind == WRONG_DATE and day is None:
        raise _bad(argument="day", value="", reason="say for which day the customer wants it")
    book = order_book(context, cycle)
    this = (pl.col("order") == order) & (pl.col("line") == line)
    found = book.open.filter(this) if book is not None else pl.DataFrame()
    if not len(found):
        raise NotYoursError(place=f"open order {order}, line {line}")
    one = found.row(0, named=True)
    return {
        "patch": one["patch"], "customer": one["customer"], "order": order, "line": line, "item": one["item"],
        "quantity": one["quantity"], "day": day,
    }  # fmt: skip


def _missing(
    context: Context, cycle: Cycle, *, customer: str, item: str, quantity: float | None, day: dt.date | None
) -> dict[str, object]:
    """The patch of a missing order is that of the item's family where the customer lies in several."""
    items = dict(context.company(cycle)["items"].select("item", "family").iter_rows())
    if item not in items:
        raise _bad(argument="item", value=item, reason="say which item is missing, by its key")
    if quantity is None or not quantity > 0 or day is None:
        raise _bad(argument="quantity", value=quantity, reason="say how much the customer ordered, and for which day")
    history = context.sheet(SheetKind.HISTORY, cycle)
    axis = history.cube("demand").axis if history is not None else None
    if axis is None:
        raise NotYoursError(place=f"customer {customer}")
    hers = mask(context.actor, Figure.VOLUME, axis=axis) & (axis.attributes["planning_customer"] == customer)
    if not hers.any():
        raise NotYoursError(place=f"customer {customer}")
    same = hers & (axis.attributes["family"] == items[item])
    patch = str(axis.attributes["patch"][np.flatnonzero(same if same.any() else hers)[0]])
    return {"patch": patch, "customer": customer, "item": item, "quantity": quantity, "day": day}


def _bad(*, argument: str, value: object, reason: str) -> BadArgumentError:
    return BadArgumentError(step="request", argument=argument, value=value, reason=reason)


STEP = Step(
    name="request",
    verb="request_order",
    phase=None,
    says="Ask that an order be corrected.",
    run=run,
    arguments=(
        Argument(name="kind", doc="What is wrong with it.", choices=KINDS, positional=True),
        Argument(name="text", doc="In a sentence."),
        Argument(name="order", doc="The order, unless it is missing.", required=False),
        Argument(name="line", doc="Its line.", kind="integer", required=False),
        Argument(name="customer", doc="The planning customer whose order is missing.", required=False),
        Argument(name="item", doc="The item that is missing.", required=False),
        Argument(name="quantity", doc="How much of it.", kind="number", required=False),
        Argument(name="day", doc="The day for which the customer wants it.", kind="date", required=False),
        CYCLE,
    ),
)
