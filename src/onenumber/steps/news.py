"""Share market news about a place: what, how sure, and whether it is in the number already."""

from collections.abc import Mapping

from onenumber.cycle.phases import Phase
from onenumber.rights.ask import Thing
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.layers import name_of
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import News
from onenumber.store.plans import find_cycle

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
    likely: float | None = None,
    probability: float | None = None,
    in_number: bool = False,
    cycle: str = "",
) -> Outcome:
    """Append a news item; ``likely`` is the change in percent of the baseline.

    Raises:
        NotAllowedError: if the patch is not in the person's scope.
    """
    now = find_cycle(context.plan, cycle)
    context.permit("news", phase=Phase(now.phase), thing=Thing(patch=patch))
    row = News.objects.create(
        plan=context.plan, cycle=now, patch=patch, author=context.actor.person, kind=kind, place=dict(place),
        text=text, likely=likely, probability=probability, in_number=in_number, at=context.now,
    )  # fmt: skip
    return Outcome(step="news", figures={"news": row.pk, "place": name_of(place)})


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
        Argument(name="patch", doc="The patch it comes from.", required=False),
        Argument(name="likely", doc="Likely change in percent of the baseline.", kind="number", required=False),
        Argument(name="probability", doc="How probable, 0 to 1.", kind="number", required=False),
        Argument(name="in_number", doc="Is it in your figure already?", kind="flag", required=False),
        CYCLE,
    ),
)
