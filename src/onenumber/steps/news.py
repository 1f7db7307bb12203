"""Share market news about a place: what, how sure, and whether it is in the number already."""

from collections.abc import Mapping

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.errors.steps import BadArgumentError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Grant, Thing, check_role, may
from onenumber.steps.frame.beyond import asked_beyond
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.layers import inside, name_of
from onenumber.steps.frame.months import first_of
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import Cycle, News
from onenumber.store.plans import find_cycle, hold

YES, NO = "yes", "no"
ALL_OF_IT = -100.0
"""Percent by which a demand is gone."""
KINDS = (
    "win", "loss", "tender", "contract", "price", "promotion", "listing", "customer_stock", "competitor",
    "regulation", "other",
)  # fmt: skip


def run(  # noqa: PLR0913 - the fields of a news item (domain.md 7.1)
    context: Context,
    *,
    kind: str,
    text: str,
    place: Mapping[str, str],
    patch: str = "",
    in_number: str,
    low: float | None = None,
    likely: float | None = None,
    high: float | None = None,
    probability: float | None = None,
    first: str = "",
    periods: int | None = None,
    cycle: str = "",
) -> Outcome:
    """Append a news item; ``likely`` is the change in percent of the baseline, from ``first`` on over ``periods``.

    ``low`` and ``high`` are the least and the most that it may be, the same way. What reaches beyond her own
    part is also asked of who sells there, and of the planner. It is numbered within its cycle, as it came.

    Raises:
        NotAllowedError: if the patch is not in the person's scope.
        BadArgumentError: if it says nothing, names none of her patches, or a likelihood that cannot be.
        OutsideHorizonError: if a period lies outside the horizon.
        EmptyPlaceError: if nothing is asked for at its place.
        UnknownLabelError: if streams have no such attribute.
    """
    now = find_cycle(context.plan, cycle)
    grant = _check_patch(context, now, patch)
    check_words("news", "text", text, reason="say what is new in a sentence")
    if probability is not None and not 0 <= probability <= 1:
        raise BadArgumentError(step="news", argument="probability", value=probability, reason="it is from 0 to 1")
    _check_range(low=low, likely=likely, high=high)
    _check_place(context, now, place)
    start = first_of(context, now, first, periods)
    with transaction.atomic():
        hold(now)  # one at a time: its number is its place in the cycle
        row = News.objects.create(
            plan=context.plan, cycle=now, patch=patch, author=context.actor.person, kind=kind, place=dict(place),
            text=text, low=low, likely=likely, high=high, probability=probability, first=start, periods=periods,
            in_number=in_number == YES, at=context.now,
        )  # fmt: skip
        number = News.objects.filter(cycle=now).count()
        asked = asked_beyond(context, now, row, grant=grant)
    named = {"asked": ", ".join(context.names().get(one, one) for one in asked)} if asked else {}
    return Outcome(step="news", figures={"news": number, "place": name_of(place), **named})


def _check_patch(context: Context, cycle: Cycle, patch: str) -> Grant:
    """Who has a patch says from which her news comes; that she left it out is no lack of rights."""
    phase = Phase(cycle.phase)
    if not patch:
        check_role(context.actor, "news", phase=phase)
        if not may(context.actor, "news", phase=phase):
            actor = context.actor
            own = {one for grant in actor.grants for one in actor.patches_of.get(grant.scope, (grant.scope,))}
            reason = f"say from which of yours it comes: --patch {' or '.join(sorted(own))}"
            raise BadArgumentError(step="news", argument="patch", value=patch, reason=reason)
    return context.permit("news", phase=phase, thing=Thing(patch=patch))


def _check_range(**said: float | None) -> None:
    """A demand falls by all of it at most, and what is likely lies between the low and the high."""
    known = {name: value for name, value in said.items() if value is not None}
    for name, value in known.items():
        if not value >= ALL_OF_IT:
            reason = "a demand falls by 100 percent at most: -100"
            raise BadArgumentError(step="news", argument=name, value=value, reason=reason)
    if list(known.values()) != sorted(known.values()):
        reason = f"low, likely and high come in this order, and are {', '.join(f'{v:.12g}' for v in known.values())}"
        raise BadArgumentError(step="news", argument=next(iter(known)), value=next(iter(known.values())), reason=reason)


def _check_place(context: Context, cycle: Cycle, place: Mapping[str, str]) -> None:
    """News may be about what lies outside one's own patch, but not about what nobody asks for."""
    history = context.sheet(SheetKind.HISTORY, cycle)
    if history is not None and not inside(history.cube("demand").axis, place).any():
        raise EmptyPlaceError(place=name_of(place))


STEP = Step(
    name="news",
    verb="news",
    phase=Phase.DEMAND,
    says="Share market news.",
    run=run,
    arguments=(
        Argument(name="kind", doc="What kind of news.", choices=KINDS, positional=True),
        Argument(name="text", doc="The news in a sentence."),
        Argument(name="place", doc="About whom or what, as attribute=value.", kind="place"),
        Argument(name="in_number", doc="Is it in your figure already?", choices=(YES, NO)),
        Argument(name="patch", doc="The patch it comes from.", required=False),
        Argument(name="likely", doc="Likely change in percent of the baseline.", kind="number", required=False),
        Argument(
            name="low", doc="The least that it may be, in percent of the baseline.", kind="number", required=False
        ),
        Argument(
            name="high", doc="The most that it may be, in percent of the baseline.", kind="number", required=False
        ),
        Argument(name="probability", doc="How probable, 0 to 1.", kind="number", required=False),
        Argument(name="first", doc="Label of the first period; the whole horizon if not given.", required=False),
        Argument(name="periods", doc="How many periods; to its end if not given.", kind="integer", required=False),
        CYCLE,
    ),
)
