"""Ask for a change of a patch that has closed: a late figure is a request, not an edit (domain.md 2.6, R1, R2)."""

import math

from onenumber.consensus.collect import WITH_HER, PatchState
from onenumber.consensus.spread import Mode
from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.errors.steps import BadArgumentError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Thing
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.layers import inside, name_of
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.submissions import states
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, ChangeRow, Cycle
from onenumber.store.plans import find_cycle


def run(  # noqa: PLR0913 - where, from when on, how it is meant, and why
    context: Context,
    *,
    patch: str,
    family: str,
    mode: str,
    value: float,
    first: str,
    reason: str,
    customer: str = "",
    periods: int = 1,
    cycle: str = "",
) -> Outcome:
    """Append a change request for a patch that was handed in or defaulted; its sales leader answers it.

    Raises:
        NotAllowedError: if the patch is not hers.
        BadArgumentError: if the patch is open (then it is typed), or the value or the reason says nothing.
        EmptyPlaceError: if nothing is asked for there.
        OutsideHorizonError: if a month lies outside the horizon.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("change", phase=Phase(now.phase), thing=Thing(patch=patch))
    check_words("change", "reason", reason, reason="who answers it reads why")
    _check(now, patch, value)
    place = {"patch": patch, "family": family} | ({"planning_customer": customer} if customer else {})
    start = _first(context, now, place, first, periods)
    row = ChangeRow.objects.create(
        plan=context.plan, cycle=now, patch=patch, place=place, first=start, periods=periods, mode=mode, value=value,
        reason=reason, person=context.actor.person, deputy_for=grant.deputy_for, at=context.now,
    )  # fmt: skip
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="change",
        what={"change": row.pk, "place": place, "mode": mode, "value": value},
    )  # fmt: skip
    return Outcome(step="change", figures={"change": row.pk, "place": name_of(place), "mode": mode, "value": value})


def _check(cycle: Cycle, patch: str, value: float) -> None:
    if states(cycle).get(patch, PatchState.OPEN) in WITH_HER:
        raise _bad(argument="patch", value=patch, reason="it is open: type the figure in its layer, and hand it in")
    if not math.isfinite(value):
        raise _bad(argument="value", value=value, reason="it is no number to plan with")


def _first(context: Context, cycle: Cycle, place: dict[str, str], label: str, periods: int) -> int:
    """The calendar index of the first month, where something is asked for at the place in all of them."""
    baseline = Reader(context, cycle).need(SheetKind.FORECAST).cube("L1")
    if not inside(baseline.axis, place).any():
        raise EmptyPlaceError(place=name_of(place))
    calendar = context.frame(cycle).calendar
    start, ahead = calendar.labelled(label).index, baseline.indices
    if not ahead[0] <= start < start + periods <= ahead[-1] + 1:
        labels = f"{calendar[ahead[0]].label} to {calendar[ahead[-1]].label}"
        raise _bad(argument="first", value=label, reason=f"the months from there on lie within the horizon, {labels}")
    return start


def _bad(*, argument: str, value: object, reason: str) -> BadArgumentError:
    return BadArgumentError(step="change", argument=argument, value=value, reason=reason)


STEP = Step(
    name="change",
    verb="change",
    phase=Phase.DEMAND,
    says="Ask for a change of a patch that has closed.",
    run=run,
    arguments=(
        Argument(name="patch", doc="The patch.", positional=True),
        Argument(name="family", doc="The family."),
        Argument(name="customer", doc="The customer; all of the patch if not given.", required=False),
        Argument(name="mode", doc="How the value is meant.", choices=tuple(mode.value for mode in Mode)),
        Argument(name="value", doc="The value; 5 is +5 in percent mode.", kind="number"),
        Argument(name="first", doc="Label of the first month."),
        Argument(name="periods", doc="How many months.", kind="integer", required=False),
        Argument(name="reason", doc="Why it comes late, and why it counts."),
        CYCLE,
    ),
)
