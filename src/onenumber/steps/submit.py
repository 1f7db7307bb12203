"""Submit a patch: its figures are now the salesperson's word."""

from onenumber.consensus.collect import PatchState
from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Thing
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.layers import carried_by_patch
from onenumber.steps.frame.rebasing import refuse_left_behind
from onenumber.steps.frame.submissions import move
from onenumber.steps.frame.writing import Outcome
from onenumber.store.plans import find_cycle


def run(context: Context, *, patch: str, note: str = "", cycle: str = "") -> Outcome:
    """Hand in the patch; its cells close. What was carried into it from an earlier cycle is her word again.

    Raises:
        NotAllowedError: if the patch is not in the person's scope.
        WrongStateError: if the patch does not stand where this may follow.
        NotRebasedError: if what was typed on an earlier forecast of the cycle is not on this one yet.
    """
    now = find_cycle(context.plan, cycle)
    context.permit("submit", phase=Phase(now.phase), thing=Thing(patch=patch))
    base = context.version(SheetKind.FORECAST, now)
    refuse_left_behind(now, base=base.content if base is not None else "")
    row = move(context, now, patch, to=PatchState.SUBMITTED, verb="submit", note=note)
    carried = carried_by_patch(context, now).get(patch, 0)
    confirmed = {"carried_cells": carried} if carried else {}
    return Outcome(step="submit", figures={"patch": patch, "state": row.state, **confirmed})


STEP = Step(
    name="submit",
    verb="submit",
    phase=Phase.DEMAND,
    says="Submit a patch.",
    run=run,
    arguments=(
        Argument(name="patch", doc="The patch.", positional=True),
        Argument(name="note", doc="A sentence.", required=False),
        CYCLE,
    ),
)
