"""Mark a forecast as looked at: it needs no change now, and comes again when the forecast is made again."""

from collections.abc import Mapping

import numpy as np

from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.layers import inside, name_of
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import LookedRow
from onenumber.store.plans import find_cycle


def run(context: Context, *, place: Mapping[str, str], cycle: str = "") -> Outcome:
    """Append that the planner looked at the forecast of a place, in the version that stands.

    Raises:
        NotAllowedError: if the person may not.
        NoSheetError: if there is no forecast yet.
        EmptyPlaceError: if nothing is asked for at the place.
        UnknownLabelError: if streams have no such attribute.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("look", phase=Phase(now.phase))
    reader = Reader(context, now)
    axis = reader.need(SheetKind.FORECAST).cube("L1").axis
    if not np.any(inside(axis, place)):
        raise EmptyPlaceError(place=name_of(place))
    made = reader.version(SheetKind.FORECAST)
    LookedRow.objects.create(
        plan=context.plan, cycle=now, place=dict(place), base=made.content if made is not None else "",
        person=context.actor.person, deputy_for=grant.deputy_for, at=context.now,
    )  # fmt: skip
    return Outcome(step="look", figures={"place": name_of(place)})


STEP = Step(
    name="look",
    verb="look",
    phase=Phase.DEMAND,
    says="Mark a forecast as looked at.",
    run=run,
    arguments=(Argument(name="place", doc="Which one, as attribute=value.", kind="place"), CYCLE),
)
