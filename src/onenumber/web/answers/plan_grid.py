"""What is typed in the planning grid, done by the steps."""

from onenumber.steps import edit, undo
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import plainly
from onenumber.steps.frame.typing import Asked
from onenumber.steps.see.what_if import WhatIf, what_if
from onenumber.web.plan_grid.model import GridTyped
from onenumber.web.plan_grid.read import place_of
from onenumber.web.what_if.model import Tried


def tried(context: Context, cycle: str, asked: Tried) -> WhatIf:
    """What an edit would do; nothing is kept."""
    edit_asked = Asked(
        place=place_of(asked.level, asked.key), mode=asked.mode, value=asked.value, first=asked.month,
        periods=asked.months,
    )  # fmt: skip
    return what_if(context, asked.layer, edit_asked, cycle)


def type_in(context: Context, cycle: str, layer: str, typed: GridTyped) -> tuple[int, ...]:
    """A batch of values, or edits taken back: whole or not at all; the sequences of the edits that were made."""
    asks = plainly(context)
    if typed.undo:
        done = undo.run_batch(asks, layer=layer, sequences=typed.undo, cycle=cycle)
    else:
        done = edit.run_batch(asks, layer=layer, asked=typed.asked, seen=typed.seen, rest=typed.rest, cycle=cycle)
    last, count = int(str(done.figures["sequence"])), int(str(done.figures["edits"]))
    return tuple(range(last - count + 1, last + 1))
