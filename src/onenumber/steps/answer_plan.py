"""Answer the plan: a plant says which item it cannot make as asked, in which month, and how much it can."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Thing
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.plants import AMENDS, CANNOT, asked_of, handed_cycle, need_handed
from onenumber.steps.frame.writing import Outcome
from onenumber.store.manifest import latest, outdate
from onenumber.store.models import AuditRow, PlantAnswer
from onenumber.store.plans import find_cycle, hold


def run(  # noqa: PLR0913 - what a plant says (domain.md F-OP1)
    context: Context, *, site: str, item: str, month: str, quantity: float, note: str, cycle: str = ""
) -> Outcome:
    """Say what a plant can make of an item in a month where the plan asks more; the newest word on each stands.

    In Supply it keeps "achievable" from being signed until the plan asks no more, or it is escalated; while papers are
    prepared it makes those stale that lack it. After publication it is an amendment beside the plan, which never
    changes.

    Raises:
        NotAllowedError: if the plant is not in the person's scope.
        NoSheetError: if nothing was planned yet.
        WrongStateError: if a later plan is in force.
        BadArgumentError: if the plan asks no more than that, or no sentence is given.
    """
    look = glance(context)
    now = handed_cycle(look, find_cycle(context.plan, cycle))
    grant = context.permit("answer_plan", phase=Phase(now.phase), thing=Thing(site=site))
    check_words("answer-plan", "note", note, reason="say in a sentence why; the planner reads it")
    version, sheet = need_handed(look, now)
    period = look.frame(now).calendar.labelled(month).index
    asks = asked_of(sheet.cube("production"), site=site, item=item, period=period)
    if not 0.0 <= quantity < asks:
        reason = f"it is from 0 to less than the {asks:.12g} of {item} that the plan asks of {site} in {month}"
        raise BadArgumentError(step="answer-plan", argument="quantity", value=quantity, reason=reason)
    with transaction.atomic():
        held = hold(now)
        row = PlantAnswer.objects.create(
            plan=context.plan, cycle=held, sheet=version, site=site, state=CANNOT, phase=held.phase, item=item,
            period=period, asked=asks, quantity=quantity, person=context.actor.person, deputy_for=grant.deputy_for,
            note=note, at=context.now,
        )  # fmt: skip
        what = {"site": site, "item": item, "month": month, "asked": asks, "quantity": quantity, "note": note}
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for,
            verb="answer_plan", what=what,
        )  # fmt: skip
        if held.phase == Phase.RECONCILE:
            made = latest(context.plan, SheetKind.DECISION, cycle=held, stage="papers")
            because = f"{site} said after it what it cannot make of {item} in {month}"
            outdate([made] if made is not None else [], because)
    kind = "amendment" if row.phase in AMENDS else "conflict"
    return Outcome(step="answer-plan", figures={"site": site, "item": item, "month": month, "kind": kind})


STEP = Step(
    name="answer-plan",
    verb="answer_plan",
    phase=Phase.SUPPLY,
    says="Say what a plant cannot make as the plan asks.",
    run=run,
    arguments=(
        Argument(name="site", doc="The plant.", positional=True),
        Argument(name="item", doc="The item.", positional=True),
        Argument(name="month", doc="The month, as 2026-09.", positional=True),
        Argument(name="quantity", doc="How much of it the plant can make.", kind="number"),
        Argument(name="note", doc="Why, in a sentence."),
        CYCLE,
    ),
)
