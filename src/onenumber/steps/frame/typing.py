"""What a person types into cells of a layer, one or a batch of them, worked out on what stands and appended whole."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onenumber.consensus.edit import Spot, edit, edit_sales
from onenumber.consensus.edits import Change, replay
from onenumber.consensus.layers import sales_figure
from onenumber.consensus.spread import Mask, Mode, Typed
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError, MixedPlaceError, OutsideHorizonError
from onenumber.model.axis import Rows
from onenumber.rights.ask import check_role
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.layers import GOES_ON, Board, board, inside, name_of, permit_rows, rows_at, type_in
from onenumber.store.layers import LOCKS, Entry, moved_after
from onenumber.store.models import Cycle, EditRow
from onenumber.store.plans import find_cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is typed where: a value and its mode, over some periods (the first by its label; the cycle's if empty)."""

    place: Mapping[str, str]
    mode: str
    value: float | None = None
    first: str = ""
    periods: int = 1
    reason: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An edit that was appended, how many cells it moved, and how many figures of an earlier cycle it replaced."""

    row: EditRow
    cells: int
    instead: int


def type_all(
    context: Context, *, layer: str, asked: Sequence[Asked], seen: int | None, rest: bool, cycle: str
) -> tuple[Done, ...]:
    """Append what is typed in a layer, whole or not at all; each on what those before it left.

    ``rest``: the cells that somebody moved after ``seen`` hold as if they were locked.

    Raises:
        ConsensusError, StaleEditError, BadArgumentError, MixedPlaceError, OutsideHorizonError, NotAllowedError: as the
            step ``edit`` says.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, f"edit_{layer}", phase=Phase(now.phase))
    look = glance(context)
    stand = board(look, now, layer)
    looked = _looked(stand, seen)  # what comes in between is not written over
    held = _moved_since(stand, seen, rest=rest)
    looked = stand.layer.last_sequence if rest else looked
    typed, instead = [], []
    for one in asked:
        change, fields = _worked_out(look, now, stand, one, held)
        typed.append((change, Entry(fields=fields, seen=looked)))
        instead.append(int(stand.carried[change.rows, change.columns].sum()) if one.mode not in LOCKS else 0)
        stand = _after(stand, change, one.mode)
    rows = type_in(now, stand, typed)
    return tuple(
        Done(row=row, cells=len(change), instead=over)
        for row, (change, _), over in zip(rows, typed, instead, strict=True)
    )


def tried(context: Context, *, layer: str, asked: Asked, cycle: str) -> tuple[Board, Board]:
    """A layer as it stands, and as it would after an edit that is not kept; refused where the edit would be.

    Raises:
        ConsensusError, BadArgumentError, MixedPlaceError, OutsideHorizonError, NotAllowedError: as the step ``edit``.
    """
    now = find_cycle(context.plan, cycle)
    check_role(context.actor, f"edit_{layer}", phase=Phase(now.phase))
    stand = board(context, now, layer)
    change, _ = _worked_out(context, now, stand, asked, _moved_since(stand, None, rest=False))
    return stand, _after(stand, change, asked.mode)


def _worked_out(
    context: Context, cycle: Cycle, stand: Board, asked: Asked, held: Mask
) -> tuple[Change, dict[str, object]]:
    """The leaves that one typed value moves, and what its row says."""
    layer, mode = stand.layer.code, asked.mode
    rows = rows_at(context, stand.axis, asked.place)
    grant = permit_rows(context, f"edit_{layer}", cycle=cycle, axis=stand.axis, rows=rows)
    start = stand.calendar.labelled(asked.first).index if asked.first else stand.cube.first
    spot = Spot(name=_called(stand, asked.place, rows), rows=rows, columns=_columns(stand, start, asked.periods))
    last = _last_month(stand, layer, asked.until, start=start) if asked.until else None
    figure = 0.0 if mode in LOCKS else _figure(asked.value)
    if mode not in (*LOCKS, Mode.PERCENT):
        _refuse_unlike(spot.name, stand, rows)
    change = _held(spot) if mode in LOCKS else _moved(stand, spot, Typed(mode=Mode(mode), value=figure), held)
    return change, {
        "place": dict(asked.place), "place_name": spot.name, "first": start, "periods": len(spot.columns),
        "mode": mode, "value": figure, "author": context.actor.person, "role": grant.role, "phase": cycle.phase,
        "reason": asked.reason, "at": context.now, "until": last,
    }  # fmt: skip


def _after(stand: Board, change: Change, mode: str) -> Board:
    """The layer as it stands once a change is in it."""
    at = (change.rows, change.columns)
    if mode in LOCKS:
        locked = stand.locked.copy()
        locked[at] = mode == LOCKS[0]
        return replace(stand, locked=locked)
    carried = stand.carried.copy()
    carried[at] = False
    cube = replay(stand.cube, [change])
    if stand.layer.code == "L2":
        return replace(stand, cube=cube, carried=carried, shown=sales_figure(submitted=cube, fallback=stand.baseline))
    values = stand.shown.values.copy()
    values[at] += cube.values[at] - stand.cube.values[at]
    return replace(stand, cube=cube, carried=carried, shown=replace(stand.shown, values=values))


def _moved_since(stand: Board, seen: int | None, *, rest: bool) -> Mask:
    """The cells that hold because somebody moved them after the person looked."""
    held: Mask = np.zeros(stand.cube.values.shape, dtype=np.bool_)
    if rest and seen is None:
        reason = "say by --seen what you were shown; the rest is what nobody moved since"
        raise BadArgumentError(step="edit", argument="rest", value="rest", reason=reason)
    for _, change in moved_after(stand.layer, seen) if rest and seen is not None else ():
        held[change.rows, change.columns] = True
    return held


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


def _moved(stand: Board, spot: Spot, typed: Typed, held: Mask) -> Change:
    layer, locked, history = stand.cube, stand.locked | held, stand.history
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
