"""What is typed in the planning grid, done by the steps."""

from onenumber.steps import edit, undo
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import plainly
from onenumber.web.plan_grid.model import GridTyped


def type_in(context: Context, cycle: str, layer: str, typed: GridTyped) -> tuple[int, ...]:
    """A batch of values, or edits taken back: whole or not at all; the sequences of the edits that were made."""
    asks = plainly(context)
    if typed.undo:
        done = undo.run_batch(asks, layer=layer, sequences=typed.undo, cycle=cycle)
    else:
        done = edit.run_batch(asks, layer=layer, asked=typed.asked, seen=typed.seen, rest=typed.rest, cycle=cycle)
    last, count = int(str(done.figures["sequence"])), int(str(done.figures["edits"]))
    return tuple(range(last - count + 1, last + 1))
