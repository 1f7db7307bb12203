"""Share market news about a place: what, how sure, and whether it is in the number already."""

from collections.abc import Mapping

from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.errors.steps import BadArgumentError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Thing
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.layers import inside, name_of
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import Cycle, News
from onenumber.store.plans import find_cycle

YES, NO = "yes", "no"
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
    likely: float | None = None,
    probability: float | None = None,
    cycle: str = "",
) -> Outcome:
    """Append a news item; ``likely`` is the change in percent of the baseline.

    Raises:
        NotAllowedError: if the patch is not in the person's scope.
        BadArgumentError: if it says nothing, or its probability is none.
        EmptyPlaceError: if nothing is asked for at its place.
        UnknownLabelError: if streams have no such attribute.
    """
    now = find_cycle(context.plan, cycle)
    context.permit("news", phase=Phase(now.phase), thing=Thing(patch=patch))
    check_words("news", "text", text, reason="say what is new in a sentence")
    if probability is not None and not 0 <= probability <= 1:
        raise BadArgumentError(step="news", argument="probability", value=probability, reason="it is from 0 to 1")
    _check_place(context, now, place)
    row = News.objects.create(
        plan=context.plan, cycle=now, patch=patch, author=context.actor.person, kind=kind, place=dict(place),
        text=text, likely=likely, probability=probability, in_number=in_number == YES, at=context.now,
    )  # fmt: skip
    return Outcome(step="news", figures={"news": row.pk, "place": name_of(place)})


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
        Argument(name="probability", doc="How probable, 0 to 1.", kind="number", required=False),
        CYCLE,
    ),
)
