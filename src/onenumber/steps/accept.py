"""Accept what a patch submitted."""

from onenumber.consensus.collect import PatchState
from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.submissions import handed_in_by, is_leaders, move
from onenumber.steps.frame.writing import Outcome
from onenumber.store.plans import find_cycle


def run(context: Context, *, patch: str, note: str = "", cycle: str = "") -> Outcome:
    """Accept a submission of somebody else; what a sales leader handed in, the demand planner may accept as well.

    Raises:
        NotAllowedError: if the patch is not in the person's scope.
        OwnSubmissionError: if she handed it in, or somebody did it for her or as her deputy.
        WrongStateError: if the patch does not stand where this may follow.
    """
    now = find_cycle(context.plan, cycle)
    verb = "accept_leaders" if is_leaders(context, patch, handed_in_by(now, patch)) else "accept"
    row = move(context, now, patch, to=PatchState.ACCEPTED, verb=verb, note=note)
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
