"""Type a figure, a change or a percent at any level of a layer; lock cells."""

import math
from collections.abc import Mapping

import numpy as np

from onenumber.consensus.edit import Spot, edit, edit_sales
from onenumber.consensus.edits import Change
from onenumber.consensus.spread import Mode, Typed
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError, MixedPlaceError, OutsideHorizonError
from onenumber.model.axis import Rows
from onenumber.rights.ask import check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.layers import EDITABLE, GOES_ON, Board, board, inside, name_of, permit_rows, rows_at, type_in
from onenumber.steps.frame.writing import Outcome
from onenumber.store.layers import LOCKS, Entry
from onenumber.store.plans import find_cycle


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
    cycle: str = "",
) -> Outcome:
    """Append one edit to a layer: it is split over the streams below the place that the person may write.

    With ``until`` it lives on in the next cycles, for its months up to and including that one.

    Raises:
        ConsensusError: if it cannot be split (all locked, negative, nothing there).
        StaleEditError: if somebody moved the same cells after the sequence ``seen`` (or, where none is given, while
            this edit was worked out).
        BadArgumentError: if it has no value, or one that is no number, or ``seen`` is not reached yet, or ``until``
            is no month for which it can live on, or names a layer that goes on by itself.
        MixedPlaceError: if a figure or a change is typed over items counted in different units.
        OutsideHorizonError: if a period lies outside the horizon.
        NotAllowedError: if a patch below the place is not hers.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, f"edit_{layer}", phase=Phase(now.phase))
    stand = board(context, now, layer)
    rows = rows_at(context, stand.axis, place)
    grant = permit_rows(context, f"edit_{layer}", cycle=now, axis=stand.axis, rows=rows)
    start = stand.calendar.labelled(first).index if first else stand.cube.first
    spot = Spot(name=_called(stand, place, rows), rows=rows, columns=_columns(stand, start, periods))
    last = _last_month(stand, layer, until, start=start) if until else None
    figure = 0.0 if mode in LOCKS else _figure(value)
    if mode not in (*LOCKS, Mode.PERCENT):
        _refuse_unlike(spot.name, stand, rows)
    looked = _looked(stand, seen)  # what comes in between is not written over
    change = _held(spot) if mode in LOCKS else _moved(stand, spot, Typed(mode=Mode(mode), value=figure))
    fields = {
        "place": dict(place), "place_name": spot.name, "first": start, "periods": len(spot.columns), "mode": mode,
        "value": figure, "author": context.actor.person, "role": grant.role, "phase": now.phase, "reason": reason,
        "at": context.now, "until": last,
    }  # fmt: skip
    row = type_in(now, stand, change, Entry(fields=fields, seen=looked))
    instead = int(stand.carried[change.rows, change.columns].sum()) if mode not in LOCKS else 0
    over, lives = {"instead_of_carried": instead} if instead else {}, {"until": until} if until else {}
    return Outcome(
        step="edit",
        figures={"layer": layer, "sequence": row.sequence, "place": spot.name, "cells": len(change), **over, **lives},
    )


def _called(stand: Board, place: Mapping[str, str], rows: Rows) -> str:
    """The place in words; where a part of it is hers to see, also the patches that this is."""
    if len(rows) == int(inside(stand.axis, place).sum()):
        return name_of(place)
    patches = np.unique(stand.axis.attributes["patch"][rows]).tolist()
    return ", ".join(dict.fromkeys([*place.values(), *patches]))


def _last_month(stand: Board, layer: str, until: str, *, start: int) -> int:
    """The month up to which an edit lives on, by its index in the calendar."""
    calendar, ahead = stand.calendar, stand.cube.indices
    end = calendar[ahead[-1]].label
    last = calendar.labelled(until).index
    if layer in GOES_ON:
        why = f"what is typed in {layer} goes on by itself while its months lie ahead; undo it to end it"
    elif last <= ahead[0]:
        why = f"it ends with cycle {calendar[ahead[0]].label} anyway; name a later month, up to {end}"
    elif last > ahead[-1]:
        why = f"the horizon ends with {end}; name a month up to then"
    elif last < start:
        why = f"it is typed for {calendar[start].label} and later; name a month from then on"
    else:
        return last
    raise BadArgumentError(step="edit", argument="until", value=until, reason=why)


def _figure(value: float | None) -> float:
    if value is None:
        raise BadArgumentError(step="edit", argument="value", value="", reason="type one; nothing is not 0")
    if not math.isfinite(value):
        raise BadArgumentError(step="edit", argument="value", value=value, reason="it is no number to plan with")
    return value


def _refuse_unlike(place: str, stand: Board, rows: Rows) -> None:
    """One figure over pieces and kilograms would be a sum of nothing; a percent moves each in its own unit."""
    units = np.unique(stand.cube.units[rows]).tolist()
    if len(units) > 1:
        raise MixedPlaceError(place=place, units=" and ".join(units))


def _looked(stand: Board, seen: int | None) -> int:
    """The last edit that the person knows of: the one that she was shown, or else the last there is."""
    last = stand.layer.last_sequence
    if seen is not None and seen > last:
        reason = f"the last edit of {stand.layer.code} is {last}"
        raise BadArgumentError(step="edit", argument="seen", value=seen, reason=reason)
    return last if seen is None else seen


def _columns(stand: Board, start: int, periods: int) -> range:
    first = start - stand.cube.first
    if not 0 <= first < first + periods <= stand.cube.periods:
        calendar, ahead = stand.calendar, stand.cube.indices
        raise OutsideHorizonError(
            first=calendar[start].label, periods=periods, begin=calendar[ahead[0]].label, end=calendar[ahead[-1]].label
        )
    return range(first, first + periods)


def _moved(stand: Board, spot: Spot, typed: Typed) -> Change:
    layer, locked, history = stand.cube, stand.locked, stand.history
    if stand.layer.code == "L2":
        return edit_sales(
            layer=layer, baseline=stand.baseline, carried=stand.carried, spot=spot, typed=typed, locked=locked,
            history=history,
        )  # fmt: skip
    return edit(layer=layer, shown=stand.shown, spot=spot, typed=typed, locked=locked, history=history)


def _held(spot: Spot) -> Change:
    rows, columns = np.meshgrid(spot.rows, np.array(spot.columns, dtype=np.int64), indexing="ij")
    absent = np.full(rows.size, np.nan)
    return Change(rows=rows.ravel(), columns=columns.ravel(), before=absent, after=absent)


STEP = Step(
    name="edit",
    verb="edit_L2",
    names_verb=lambda arguments: f"edit_{arguments['layer']}",
    phase=Phase.DEMAND,
    says="Type a figure, a change or a percent in a layer.",
    run=run,
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
        CYCLE,
    ),
)
