"""Confirm open orders of a customer: they are right as they stand."""

import polars as pl
from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.rights import NotYoursError
from onenumber.rights.ask import Thing, check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.order_lines import order_book, said_of_orders
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import OrderConfirmation
from onenumber.store.plans import find_cycle, hold


def run(context: Context, *, customer: str, order: str = "", line: int | None = None, cycle: str = "") -> Outcome:
    """Confirm the open lines of a planning customer, or one of them, as they stand: a line that changes waits again.

    Lines that are confirmed already, or that she asked to be corrected, are left as they are.

    Raises:
        NotAllowedError: if a patch of the customer is not hers.
        NotYoursError: if she sees no open order of that customer, whether or not there is one.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, "confirm_orders", phase=Phase(now.phase))
    book = order_book(context, now)
    wanted = pl.col("planning_customer") == customer
    if order:
        wanted &= (pl.col("order") == order) & (pl.lit(line is None) | (pl.col("line") == line))
    lines = book.open.filter(wanted) if book is not None else pl.DataFrame()
    if not len(lines):
        raise NotYoursError(place=f"open order {order} of {customer}" if order else f"open order of {customer}")
    grants = {
        patch: context.permit("confirm_orders", phase=Phase(now.phase), thing=Thing(patch=patch))
        for patch in lines["patch"].unique().sort().to_list()
    }
    with transaction.atomic():
        hold(now)
        said = said_of_orders(context, now)
        rows = [
            OrderConfirmation(
                plan=context.plan, cycle=now, patch=one["patch"], order=one["order"], line=one["line"],
                quantity=one["quantity"], requested=one["requested"], person=context.actor.person,
                deputy_for=grants[one["patch"]].deputy_for, at=context.now,
            )
            for one in lines.iter_rows(named=True)
            if not said.is_settled(one["order"], one["line"], quantity=one["quantity"], requested=one["requested"])
        ]  # fmt: skip
        OrderConfirmation.objects.bulk_create(rows)
    return Outcome(step="confirm", figures={"customer": customer, "confirmed": len(rows)})


STEP = Step(
    name="confirm",
    verb="confirm_orders",
    phase=Phase.DEMAND,
    says="Confirm open orders.",
    run=run,
    arguments=(
        Argument(name="customer", doc="The planning customer.", positional=True),
        Argument(name="order", doc="One order of it; all its open lines if not given.", required=False),
        Argument(name="line", doc="One line of the order.", kind="integer", required=False),
        CYCLE,
    ),
)
