"""Where a figure of the planning grid comes from: its layers with their amounts, and who typed what, when and why."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from onenumber.consensus.collect import GIVEN, PatchState
from onenumber.consensus.edits import Change
from onenumber.consensus.layers import DELTAS, sales_figure
from onenumber.consensus.spread import SAME, Mask
from onenumber.model.axis import Rows
from onenumber.model.cube import Cube, State
from onenumber.model.sheet import SheetKind
from onenumber.review.naming import place_words
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.holding import came_to
from onenumber.steps.frame.layers import EDITABLE, Board, inside, rows_at
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.submissions import states
from onenumber.steps.see.edits import EditShown, edits_shown, sees_edit, typed_over
from onenumber.steps.see.plan_grid import board_seen, called
from onenumber.steps.see.questions import Asking, QuestionShown, asking_of, questions_shown
from onenumber.steps.see.sheets import SheetName, named
from onenumber.store.layers import LOCKS, taken_back, unpack
from onenumber.store.models import Cycle, EditRow, SheetVersion

ZERO, WHOLE = MADE = ("zero", "whole")
"""Parts that make the sum of layers the agreed demand: what is below zero is held there, and all is rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """One edit that touched the cell; ``undone``: it was taken back.

    ``came_to`` is what it added here; None for a lock, and where the units are unlike. ``carried_from`` is the cycle
    in which it was typed first, empty where it was typed in this one: then ``at`` is when it was typed. It ``waits``
    while it is carried into a patch that is not handed in: only that makes it the salesperson's word again. ``over`` is
    when something else was typed over it here.
    """

    layer: str
    sequence: int
    place: str
    mode: str
    value: float
    came_to: float | None
    person: str
    role: str
    at: dt.datetime
    reason: str
    carried_from: str
    waits: bool
    over: dt.datetime | None
    undone: bool

    @property
    def figure(self) -> bool:
        """Whether a figure was typed, and not only a lock set or lifted."""
        return self.mode not in LOCKS


@dataclass(frozen=True, slots=True, kw_only=True)
class CellStory:
    """A cell of the grid: baseline, layers and what ``MADE`` them agreed, in all ``shown``; its edits, newest first.

    ``unit`` is empty where the streams below share none, and then no amount says anything. ``as_baseline``: each of its
    streams shows its baseline. ``hidden`` counts edits that moved more than the person sees. ``questions`` are those
    asked about any of its streams in that month, ``asking`` what a new one may name.
    """

    place: str
    layer: str
    label: str
    unit: str
    shown: float
    parts: tuple[tuple[str, float], ...]
    as_baseline: bool
    base: SheetName
    base_by: str
    edits: tuple[CellEdit, ...]
    hidden: int
    questions: tuple[QuestionShown, ...]
    asking: Asking | None


def plan_cell(context: Context, layer: str, *, place: Mapping[str, str], period: str, label: str = "") -> CellStory:
    """The story of a place in a month, as far as the person sees its streams.

    Raises:
        NotAllowedError: if the person sees no plan.
        EmptyPlaceError: if nothing of hers lies there.
        UnknownPeriodError: if the calendar has no such month.
    """
    look = glance(context)
    stand = board_seen(look, layer, label)
    rows = rows_at(look, stand.axis, place)
    at = stand.calendar.labelled(period).index - stand.cube.first
    made = look.made(look.cycle(label))[SheetKind.FORECAST, ""]  # the board stands on it
    parts = _parts(look, stand, made, rows, at, label)
    units = np.unique(stand.cube.units[rows]).tolist()
    edits, hidden = _edits(look, stand, made, rows, at, label)
    names = context.names()
    return CellStory(
        place=called(look, look.cycle(label), stand.axis, rows[0], place), layer=layer, label=period,
        unit=units[0] if len(units) == 1 else "",
        shown=float(stand.result.values[rows, at].sum()), parts=parts, base=named(made),
        as_baseline=bool(np.abs(stand.shown.values[rows, at] - stand.baseline.values[rows, at]).max() <= SAME),
        base_by=names.get(made.person, made.person), edits=edits, hidden=hidden,
        questions=_questions(look, stand, rows, period, label), asking=asking_of(look, look.cycle(label)),
    )  # fmt: skip


def typed_since(context: Context, layer: str, seen: int, label: str = "") -> tuple[EditShown, ...]:
    """What others typed in a layer after a sequence and still stands, as far as the person sees all that it moved."""
    found = edits_shown(context, label)
    return tuple(one for one in found if one.layer == layer and one.sequence > seen)


def _parts(
    context: Glance, stand: Board, made: SheetVersion, rows: Rows, at: int, label: str
) -> tuple[tuple[str, float], ...]:
    """The baseline, what sales put on it, every delta that is not 0, and what made the sum whole once it is agreed."""
    cycle, layer = context.cycle(label), stand.layer.code
    reader = Reader(context, cycle)
    cubes = reader.layers("L2", *DELTAS, like=stand.baseline, base=made.content)
    collected = None if layer == "L2" else context.sheet(SheetKind.SALES_INPUT, cycle)
    sales = collected.cube("S") if collected else sales_figure(submitted=cubes["L2"], fallback=stand.baseline)
    base = _amount(stand.baseline, rows, at)
    found = [("L1", base), ("L2", _amount(sales, rows, at) - base)]
    if layer != "L2":
        found += [(code, _amount(cubes[code], rows, at)) for code in DELTAS]
    return tuple((code, amount) for code, amount in (*found, *_made(stand, rows, at)) if code == "L1" or amount)


def _made(stand: Board, rows: Rows, at: int) -> Iterator[tuple[str, float]]:
    """What the agreed demand is over the sum of its layers: what was held at zero, and the rounding."""
    held = 0.0 if stand.result is stand.shown else -float(np.minimum(stand.shown.values[rows, at], 0.0).sum())
    rounded = _amount(stand.result, rows, at) - _amount(stand.shown, rows, at) - held
    yield from ((code, amount) for code, amount in ((ZERO, held), (WHOLE, rounded)) if abs(amount) > SAME)


def _questions(context: Glance, stand: Board, rows: Rows, period: str, label: str) -> tuple[QuestionShown, ...]:
    """What was asked about a place that shares a stream with the cell; of no month, or of one that is the cell's."""
    at = stand.calendar.labelled(period).index
    return tuple(
        one
        for one in questions_shown(context, label)
        if _in_month(stand, one, at) and bool(inside(stand.axis, one.place)[rows].any())
    )


def _in_month(stand: Board, one: QuestionShown, at: int) -> bool:
    labelled = stand.calendar.labelled
    return not one.first or labelled(one.first).index <= at <= labelled(one.last).index


def _amount(cube: Cube, rows: Rows, at: int) -> float:
    return float(np.where(cube.state[rows, at] == State.PRESENT, cube.values[rows, at], 0.0).sum())


def _edits(
    context: Glance, stand: Board, made: SheetVersion, rows: Rows, at: int, label: str
) -> tuple[tuple[CellEdit, ...], int]:
    """What was typed in the cell, and how many edits of it moved more than the person sees."""
    seen = mask(context.actor, Figure.VOLUME, axis=stand.axis)
    found = EditRow.objects.filter(layer__cycle=context.cycle(label), layer__base=made.content)
    typed = list(found.select_related("layer", "carried_from").order_by("pk"))
    undone, names = taken_back(typed), context.names()
    places = names_at(context, context.cycle(label)) if typed else {}
    open_ = _open(context.cycle(label), stand) if any(row.carried_from_id is not None for row in typed) else None
    touching = [(row, _within(unpack(row.leaves), rows, at)) for row in typed]
    here = [(row, change) for row, change in touching if len(change)]
    standing = [one for one in here if one[0].undoes_id is None and one[0].pk not in undone]
    over = typed_over([one for one in standing if one[0].mode not in LOCKS], stand.cube.values.shape)
    shown = [
        replace(
            _edit(stand, row, change, name=names.get(row.author, row.author), undone=row.pk in undone),
            place=place_words(row.place, places),
            over=over.get(row.pk),
            waits=open_ is not None and row.carried_from_id is not None and bool(open_[change.rows].any()),
        )
        for row, change in here
        if sees_edit(context, row, seen)
    ]
    order = sorted(shown, key=lambda one: (EDITABLE.index(one.layer), one.sequence), reverse=True)
    return tuple(order), len(here) - len(shown)


def _open(cycle: Cycle, stand: Board) -> Mask:
    """Which streams lie in a patch that is not handed in."""
    patches, of_stream = np.unique(stand.axis.labels("patch"), return_inverse=True)
    given = states(cycle)
    found: Mask = np.array([given.get(one, PatchState.OPEN) not in GIVEN for one in patches.tolist()])[of_stream]
    return found


def _within(change: Change, rows: Rows, at: int) -> Change:
    here = (change.columns == at) & np.isin(change.rows, rows)
    return Change(
        rows=change.rows[here], columns=change.columns[here], before=change.before[here], after=change.after[here]
    )


def _edit(stand: Board, row: EditRow, change: Change, *, name: str, undone: bool) -> CellEdit:
    under = stand.baseline.values if row.layer.code == "L2" else None
    amounts = [] if row.mode in LOCKS else [*came_to(change, stand.cube.units, under=under).values()]
    return CellEdit(
        layer=row.layer.code, sequence=row.sequence, place=row.place_name, mode=row.mode, value=row.value,
        came_to=amounts[0] if len(amounts) == 1 else None, person=name, role=row.role, at=row.at, reason=row.reason,
        carried_from=row.carried_from.label if row.carried_from is not None else "", waits=False, over=None,
        undone=undone,
    )  # fmt: skip
