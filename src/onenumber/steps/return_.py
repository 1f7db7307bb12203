"""Return a submission with a sentence."""

from onenumber.consensus.collect import PatchState
from onenumber.cycle.phases import Phase
from onenumber.rights.ask import Thing
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.submissions import move
from onenumber.steps.frame.writing import Outcome
from onenumber.store.plans import find_cycle


def run(context: Context, *, patch: str, note: str, cycle: str = "") -> Outcome:
    """Give a submission back.

    Raises:
        NotAllowedError: if the patch is not in the person's scope.
        WrongStateError: if the patch does not stand where this may follow.
        BadArgumentError: if nothing is said.
    """
    now = find_cycle(context.plan, cycle)
    context.permit("return", phase=Phase(now.phase), thing=Thing(patch=patch))
    check_words("return", "note", note, reason="say what to look at again; the salesperson reads it")
    row = move(context, now, patch, to=PatchState.RETURNED, verb="return", note=note)
    return Outcome(step="return", figures={"patch": patch, "state": row.state})


STEP = Step(
    name="return",
    verb="return",
    phase=Phase.DEMAND,
    says="Return a submission with a sentence.",
    run=run,
    arguments=(
        Argument(name="patch", doc="The patch.", positional=True),
        Argument(name="note", doc="What to look at again, in a sentence."),
        CYCLE,
    ),
)
