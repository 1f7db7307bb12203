"""Escalate shortages: they go to the pre-S&OP with a name, and no longer block the supply signature."""

from onenumber.cycle.phases import Phase, Waived
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.gates import CANNOT, ESCALATED
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.passing import let_pass
from onenumber.steps.frame.plants import conflicts_of
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome
from onenumber.store.plans import find_cycle


def run(context: Context, *, subject: str, reason: str, cycle: str = "") -> Outcome:
    """Escalate every shortage with this cause (a resource, a vendor, an item, the firm period) to the pre-S&OP.

    What a plant cannot make is escalated by its plant, item and month, as the gate names it.

    Raises:
        NotAllowedError: if the person may not.
        NoSheetError: if nothing was planned yet.
        BadArgumentError: if no reason is given.
        NothingToPassError: if nothing is short for that cause.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("escalate", phase=Phase(now.phase))
    check_words("escalate", "reason", reason, reason="say why it goes up; the pre-S&OP reads it")
    Reader(context, now).need(SheetKind.SUPPLY_PLAN, "proposed")
    said = {one.casefold() for one in conflicts_of(glance(context), now)}
    code = CANNOT if subject.strip().casefold() in said else ESCALATED
    wish = Waived(code=code, subject=subject, person=context.actor.person, reason=reason)
    figures = let_pass(context, now, wish, verb="escalate", deputy_for=grant.deputy_for)
    return Outcome(step="escalate", figures=figures)


STEP = Step(
    name="escalate",
    verb="escalate",
    phase=Phase.SUPPLY,
    says="Escalate a shortage to the pre-S&OP.",
    run=run,
    arguments=(
        Argument(name="subject", doc="Its cause: a resource, vendor, item or the firm period.", positional=True),
        Argument(name="reason", doc="Why it goes up."),
        CYCLE,
    ),
)
