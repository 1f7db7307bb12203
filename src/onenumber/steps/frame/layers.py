"""What a person sees and types on: the layers of the cycle, her rows, locks, and the figure that stands."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from onenumber.consensus.collect import PatchState
from onenumber.consensus.edits import Change
from onenumber.consensus.layers import DELTAS, Stack, sales_figure
from onenumber.consensus.spread import Mask
from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.errors.steps import PatchClosedError
from onenumber.errors.store import NoSheetError
from onenumber.model.axis import Axis, Rows
from onenumber.model.cube import Cube, Values
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.ask import Grant, Thing, mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.submissions import states
from onenumber.store.layers import Entry, append, layer_of, locks_of
from onenumber.store.manifest import latest
from onenumber.store.models import Cycle, EditRow, Layer, Plan
from onenumber.store.plans import hold

EDITABLE = ("L2", *DELTAS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One layer of a cycle with all it stands on: the baseline, History's weights, locks, and what is shown."""

    layer: Layer
    cube: Cube
    shown: Cube
    locked: Mask
    history: Values

    @property
    def axis(self) -> Axis:
        """The streams."""
        return self.cube.axis


def board(context: Context, cycle: Cycle, code: str) -> Board:
    """The layer ``code`` of a cycle as it stands now.

    Raises:
        NoSheetError: if there is no baseline yet.
    """
    reader = Reader(context, cycle)
    base = latest(context.plan, SheetKind.FORECAST, cycle=cycle)
    if base is None:
        raise NoSheetError(kind="forecast", cycle=cycle.label, step="forecast")
    forecast = context.versions.get(base.content)
    layer = layer_of(cycle, code=code, base=base.content)
    typed = reader.layer(code, like=forecast.cube("L1"), base=base.content)
    shown = _shown(context, cycle, forecast=forecast, base=base.content, typed=typed)
    history = reader.need(SheetKind.HISTORY).cube("demand")
    year = context.frame(cycle).calendar.periods_a_year
    return Board(
        layer=layer, cube=typed, shown=shown, locked=locks_of(layer, shape=typed.values.shape),
        history=history.values[:, -year:].mean(axis=1),
    )  # fmt: skip


def _shown(context: Context, cycle: Cycle, *, forecast: Sheet, base: str, typed: Cube) -> Cube:
    """The figure a person sees who types in a layer: her total in L2, the sum of all layers in a delta."""
    baseline = forecast.cube("L1")
    reader = Reader(context, cycle)
    if typed.measure == "L2":
        return sales_figure(submitted=typed, fallback=baseline)
    collected = context.sheet(SheetKind.SALES_INPUT, cycle)
    if collected is not None:
        sales = collected.cube("S")
    else:
        sales = sales_figure(submitted=reader.layer("L2", like=baseline, base=base), fallback=baseline)
    deltas = {name: typed if name == typed.measure else reader.layer(name, like=baseline, base=base) for name in DELTAS}
    return Stack(sales=sales, deltas=deltas).total()


def rows_at(context: Context, axis: Axis, place: Mapping[str, str]) -> Rows:
    """The streams below a place that the person may see: a sum shown to her is over her leaves.

    Raises:
        EmptyPlaceError: if there are none.
        UnknownLabelError: if the axis has no such attribute.
    """
    inside = mask(context.actor, Figure.VOLUME, axis=axis)
    for attribute, value in place.items():
        labels, codes = (axis.keys, np.arange(len(axis))) if attribute == "stream" else axis.groups(attribute)
        inside &= labels[codes] == value
    if not bool(inside.any()):
        raise EmptyPlaceError(place=name_of(place))
    return np.flatnonzero(inside)


def permit_rows(context: Context, verb: str, *, cycle: Cycle, axis: Axis, rows: Rows) -> Grant:
    """The grant under which a verb may be done to all these streams.

    Raises:
        NotAllowedError: if one of their patches is outside the person's scope.
        PatchClosedError: if it is a sales figure and one of the patches has handed in or been defaulted.
    """
    patches = np.unique(axis.attributes["patch"][rows]).tolist()
    grants = [context.permit(verb, phase=Phase(cycle.phase), thing=Thing(patch=patch)) for patch in patches]
    if verb == "edit_L2":
        _refuse_closed(cycle, patches)
    return grants[0]


def type_in(context: Context, cycle: Cycle, stand: Board, change: Change, entry: Entry) -> EditRow:
    """Append an edit, if phase and patches stand as they did when the rights to it were asked.

    Raises:
        PhaseMovedError: if the phase ended meanwhile.
        PatchClosedError: if a patch was handed in meanwhile.
        StaleEditError: as :func:`onenumber.store.layers.append`.
    """
    with transaction.atomic():
        hold(cycle)
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        if stand.layer.code == "L2":
            _refuse_closed(cycle, np.unique(stand.axis.attributes["patch"][change.rows]).tolist())
        return append(stand.layer, change, entry)


def _refuse_closed(cycle: Cycle, patches: list[str]) -> None:
    known = states(cycle)
    for patch in patches:
        state = known.get(patch, PatchState.OPEN)
        if state not in (PatchState.OPEN, PatchState.RETURNED):
            raise PatchClosedError(patch=patch, state=state.value)


def name_of(place: Mapping[str, str]) -> str:
    """A place in words.

    Example:
        >>> name_of({"family": "Road bikes", "patch": "Nord"}), name_of({})
        ('Road bikes, Nord', 'the company')
    """
    return ", ".join(place.values()) or "the company"
