"""Undo an edit: a new row that restores every leaf, absence included."""

from collections.abc import Sequence

from django.db import transaction

from onenumber.consensus.edits import undo
from onenumber.cycle.phases import Phase
from onenumber.errors.store import NoEditError
from onenumber.rights.ask import check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.layers import EDITABLE, board, permit_rows, type_in
from onenumber.steps.frame.writing import Outcome
from onenumber.store.layers import LOCKS, Entry, unpack
from onenumber.store.plans import find_cycle


def run(context: Context, *, layer: str, sequence: int, cycle: str = "") -> Outcome:
    """Take back one edit of a layer.

    Raises:
        NoEditError: if there is none with that sequence.
        StaleEditError: if a later edit moved one of the same cells.
        NotAllowedError: if a cell is not hers to write.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, f"edit_{layer}", phase=Phase(now.phase))
    stand = board(context, now, layer)
    row = stand.layer.edits.filter(sequence=sequence).first()
    if row is None:
        last = stand.layer.last_sequence
        known = f"its edits are numbered 1 to {last}" if last else "nothing was typed in it in this cycle"
        raise NoEditError(layer=layer, sequence=sequence, known=known)
    change = unpack(row.leaves)
    grant = permit_rows(context, f"edit_{layer}", cycle=now, axis=stand.axis, rows=change.rows)
    fields = {
        "place": row.place, "place_name": row.place_name, "first": row.first, "periods": row.periods,
        "mode": LOCKS[1 - LOCKS.index(row.mode)] if row.mode in LOCKS else "undo", "value": row.value,
        "author": context.actor.person, "role": grant.role, "phase": now.phase, "reason": f"undo of {sequence}",
        "at": context.now,
    }  # fmt: skip
    (made,) = type_in(now, stand, [(undo(change), Entry(fields=fields, seen=row.sequence, undoes=row))])
    return Outcome(step="undo", figures={"layer": layer, "sequence": made.sequence, "undoes": sequence})


def run_batch(context: Context, *, layer: str, sequences: Sequence[int], cycle: str = "") -> Outcome:
    """Take back several edits of a layer, the last first: whole or not at all.

    Raises:
        NoEditError, StaleEditError, NotAllowedError: as :func:`run`, of the first that cannot be taken back.
    """
    with transaction.atomic():
        done = [run(context, layer=layer, sequence=one, cycle=cycle) for one in sorted(sequences, reverse=True)]
    return Outcome(step="undo", figures={"layer": layer, "sequence": done[-1].figures["sequence"], "edits": len(done)})


STEP = Step(
    name="undo",
    verb="edit_L2",
    names_verb=lambda arguments: f"edit_{arguments['layer']}",
    phase=Phase.DEMAND,
    says="Take an edit back.",
    run=run,
    run_batch=run_batch,
    arguments=(
        Argument(name="layer", doc="Layer.", choices=EDITABLE, positional=True),
        Argument(name="sequence", doc="Number of the edit.", kind="integer", positional=True),
        CYCLE,
    ),
)
