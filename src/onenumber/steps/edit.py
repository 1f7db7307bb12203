"""Type a figure, a change or a percent at any level of a layer; lock cells."""

from collections.abc import Mapping, Sequence

from onenumber.consensus.spread import Mode
from onenumber.cycle.phases import Phase
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.layers import EDITABLE
from onenumber.steps.frame.typing import Asked, type_all
from onenumber.steps.frame.writing import Outcome
from onenumber.store.layers import LOCKS


def run(  # noqa: PLR0913 - what a cell of the grid sends
    context: Context,
    *,
    layer: str,
    place: Mapping[str, str],
    mode: str,
    value: float | None = None,
    first: str = "",
    periods: int = 1,
    reason: str = "",
    until: str = "",
    seen: int | None = None,
    rest: bool = False,
    cycle: str = "",
) -> Outcome:
    """Append one edit to a layer: it is split over the streams below the place that the person may write.

    With ``until`` it lives on in the next cycles, for its months up to and including that one. With ``rest`` the cells
    that somebody moved after ``seen`` hold as if they were locked.

    Raises:
        ConsensusError: if it cannot be split (all locked, negative, nothing there).
        StaleEditError: if somebody moved the same cells after the sequence ``seen`` (or, where none is given, while
            this edit was worked out).
        BadArgumentError: if it has no value, or one that is no number, or ``seen`` is not reached yet, or ``rest``
            comes without it, or ``until`` is no month for which it can live on, or names a layer that goes on by
            itself.
        MixedPlaceError: if a figure or a change is typed over items counted in different units.
        OutsideHorizonError: if a period lies outside the horizon.
        NotAllowedError: if a patch below the place is not hers.
    """
    asked = Asked(place=place, mode=mode, value=value, first=first, periods=periods, reason=reason, until=until)
    done = type_all(context, layer=layer, asked=[asked], seen=seen, rest=rest, cycle=cycle)[0]
    over, lives = {"instead_of_carried": done.instead} if done.instead else {}, {"until": until} if until else {}
    sequence, where = done.row.sequence, done.row.place_name
    return Outcome(
        step="edit",
        figures={"layer": layer, "sequence": sequence, "place": where, "cells": done.cells, **over, **lives},
    )


def run_batch(
    context: Context,
    *,
    layer: str,
    asked: Sequence[Asked],
    seen: int | None = None,
    rest: bool = False,
    cycle: str = "",
) -> Outcome:
    """Append a batch of edits (a paste, an upload), each on what those before it left: whole or not at all.

    Raises:
        ConsensusError, StaleEditError, BadArgumentError, MixedPlaceError, OutsideHorizonError, NotAllowedError: as
            :func:`run`, of the first that cannot be taken.
    """
    done = type_all(context, layer=layer, asked=asked, seen=seen, rest=rest, cycle=cycle)
    last, cells = done[-1].row.sequence, sum(one.cells for one in done)
    return Outcome(step="edit", figures={"layer": layer, "sequence": last, "edits": len(done), "cells": cells})


STEP = Step(
    name="edit",
    verb="edit_L2",
    names_verb=lambda arguments: f"edit_{arguments['layer']}",
    phase=Phase.DEMAND,
    says="Type a figure, a change or a percent in a layer.",
    run=run,
    run_batch=run_batch,
    arguments=(
        Argument(name="layer", doc="Layer to type in.", choices=EDITABLE, positional=True),
        Argument(name="place", doc="Where, as attribute=value; several narrow it down.", kind="place"),
        Argument(name="mode", doc="How the value is meant.", choices=(*(m.value for m in Mode), *LOCKS)),
        Argument(name="value", doc="The value; 5 is +5 in percent mode.", kind="number", required=False),
        Argument(name="first", doc="Label of the first period; the cycle's if not given.", required=False),
        Argument(name="periods", doc="How many periods.", kind="integer", required=False),
        Argument(name="reason", doc="Why.", required=False),
        Argument(
            name="until",
            doc="Label of the last month for which it lives on in the next cycles; L2M, L4, L5.",
            required=False,
        ),
        Argument(name="seen", doc="Sequence that you were shown.", kind="integer", required=False),
        Argument(name="rest", doc="Hold the cells that moved since then.", kind="flag", required=False),
        CYCLE,
    ),
)
