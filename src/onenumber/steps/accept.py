"""Accept what a patch submitted."""

from onenumber.consensus.collect import PatchState
from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.submissions import move
from onenumber.steps.frame.writing import Outcome
from onenumber.store.plans import find_cycle


def run(context: Context, *, patch: str, note: str = "", cycle: str = "") -> Outcome:
    """Accept a submission.

    Raises:
        NotAllowedError: if the patch is not in the person's scope.
        WrongStateError: if the patch does not stand where this may follow.
    """
    now = find_cycle(context.plan, cycle)
    row = move(context, now, patch, to=PatchState.ACCEPTED, verb="accept", note=note)
    return Outcome(step="accept", figures={"patch": patch, "state": row.state})


STEP = Step(
    name="accept",
    verb="accept",
    phase=Phase.DEMAND,
    says="Accept what a patch submitted.",
    run=run,
    arguments=(
        Argument(name="patch", doc="The patch.", positional=True),
        Argument(name="note", doc="A sentence.", required=False),
        CYCLE,
    ),
)
