"""Name an emergency: more of an item inside its fence, which goes as a paper with its price to who decides it."""

import math
from collections.abc import Mapping

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.model.period import Calendar
from onenumber.model.sheet import SheetKind
from onenumber.review.papers.candidates import MOST_PAPERS
from onenumber.steps.frame.amending import Asked, price
from onenumber.steps.frame.asked_for import site_of, stream_of
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import Argument, Step
from onenumber.steps.frame.planning import supply_inputs
from onenumber.steps.frame.reading import Reader, standing_moves
from onenumber.steps.frame.urgent import Between, between, take_lapsed
from onenumber.steps.frame.writing import Outcome
from onenumber.store.manifest import latest, outdate
from onenumber.store.models import AuditRow, Cycle, EmergencyRow, Plan
from onenumber.store.plans import find_cycle
from onenumber.supply.differences import FirmMove


def run(  # noqa: PLR0913 - what, where, how much, when, for whom and why
    context: Context, *, item: str, quantity: float, reason: str, site: str = "", period: str = "", customer: str = ""
) -> Outcome:  # fmt: skip
    """Name an emergency: from the supply plan to the pre-S&OP for the meeting, else as a paper of its own at once.

    For the meeting the newest of an item and site stands, and a quantity of 0 takes it back; papers that were prepared
    before it are stale. Between meetings it is priced against the plan in force, and waits 48 hours for its decision.

    Raises:
        NotAllowedError: if the person may not.
        NoSheetError: if nothing was planned yet.
        NoPlanInForceError: if none is published that it could amend.
        BadArgumentError: if the quantity or the reason is none, its month is over, more stand than can be papers, the
            customer is none of the company, or no site is named and the item can come at several.
        BadDifferenceError: if nothing can come to that site, or can come then without an emergency.
    """
    now = find_cycle(context.plan)
    grant = context.permit("emergency", phase=Phase(now.phase))
    _refuse_empty(quantity, reason)
    where = between(context, now)
    of = now if where is None else where.cycle
    item, site = item.strip(), site_of(context.company(of), item=item.strip(), site=site.strip())
    stream = stream_of(context, of, item=item, customer=customer.strip())
    calendar = context.frame(now).calendar
    first = now.index if where is None else where.since
    when = calendar.labelled(period).index if period else first
    move = FirmMove(item=item, site=site, period=when, quantity=quantity, stream=stream)
    if where is not None:
        _refuse_over(move, where, calendar)
        take_lapsed(context)
        return price(context, where, Asked(move=move, reason=reason, deputy_for=grant.deputy_for))
    if quantity:
        _refuse_impossible(context, now, move)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        _refuse_beyond(now, move)
        EmergencyRow.objects.create(
            plan=context.plan, cycle=now, item=move.item, site=move.site, period=move.period, quantity=quantity,
            stream=move.stream, person=context.actor.person, deputy_for=grant.deputy_for, reason=reason,
            at=context.now,
        )  # fmt: skip
        what = {"item": move.item, "site": move.site, "period": move.period, "quantity": quantity, "reason": reason}
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for,
            verb="emergency", what=what,
        )  # fmt: skip
        made = latest(context.plan, SheetKind.DECISION, cycle=now, stage="papers")
        outdate([made] if made is not None else [], f"an emergency of {item} at {site} was named after it")
    label = calendar[when].label
    return Outcome(step="emergency", figures={"item": item, "site": site, "period": label, "quantity": quantity})


def _refuse_over(move: FirmMove, where: Between, calendar: Calendar) -> None:
    """Between meetings: a month that is over, or nothing to take back."""
    if move.period < where.since:
        why = f"that month is over; it is {calendar[where.since].label}"
        label = calendar[move.period].label
        raise BadArgumentError(step="emergency", argument="period", value=label, reason=why)
    if not move.quantity:
        why = "between meetings it is how many more are to come; `onenumber take-back PAPER` takes a paper back"
        raise BadArgumentError(step="emergency", argument="quantity", value=move.quantity, reason=why)


def _refuse_empty(quantity: float, reason: str) -> None:
    if not math.isfinite(quantity) or quantity < 0:
        why = "it is how many more are to come; 0 takes the emergency back"
        raise BadArgumentError(step="emergency", argument="quantity", value=quantity, reason=why)
    if not reason.strip():
        raise BadArgumentError(step="emergency", argument="reason", value=reason, reason="who decides will read it")


def _sound(given: Mapping[str, object]) -> None:
    quantity = given["quantity"]
    _refuse_empty(quantity if isinstance(quantity, float | int) else math.nan, str(given["reason"]))


def _refuse_impossible(context: Context, cycle: Cycle, move: FirmMove) -> None:
    """What could not be a difference of the plan is refused now, not when the papers are solved."""
    from onenumber.supply.build import build  # noqa: PLC0415 - the web process starts without what plans

    reader = Reader(context, cycle)
    reader.need(SheetKind.SUPPLY_PLAN, "proposed")
    build(supply_inputs(reader, cycle, differences=(move,)))


def _refuse_beyond(cycle: Cycle, move: FirmMove) -> None:
    others = [one for one in standing_moves(cycle) if (one.item, one.site) != (move.item, move.site)]
    if move.quantity and len(others) >= MOST_PAPERS:
        why = f"{len(others)} emergencies stand, and a meeting decides no more; take one back with quantity 0"
        raise BadArgumentError(step="emergency", argument="item", value=move.item, reason=why)


STEP = Step(
    name="emergency",
    verb="emergency",
    phase=None,
    says="Name an emergency: more of an item than is planned for its month.",
    run=run,
    sound=_sound,
    arguments=(
        Argument(name="item", doc="The item.", positional=True),
        Argument(
            name="site", doc="Where it is to come; where there is one site only, that.", required=False, positional=True
        ),
        Argument(name="quantity", doc="How many more; 0 takes it back.", kind="number"),
        Argument(name="reason", doc="Why it cannot wait."),
        Argument(name="period", doc="Label of the period; that which runs if not given.", required=False),
        Argument(name="customer", doc="Who asks for it beyond the plan, if anybody.", required=False),
    ),
)
