"""What a person sees and types on: the layers of the cycle, her rows, locks, and the figure that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from onenumber.consensus.collect import WITH_HER, PatchState
from onenumber.consensus.edits import Change
from onenumber.consensus.layers import DELTAS, Stack, sales_figure
from onenumber.consensus.spread import Mask
from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.errors.steps import PatchClosedError
from onenumber.model.axis import Axis, Rows
from onenumber.model.cube import Cube, State, Values
from onenumber.model.period import Calendar
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.ask import Grant, Thing, mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance, rows_in
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.submissions import refuse_signed, states
from onenumber.store.layers import Entry, append_all, edits_of
from onenumber.store.models import Cycle, EditRow, Layer, SubmissionRow
from onenumber.store.plans import hold

EDITABLE = ("L2", *DELTAS)
GOES_ON = ("L2", "L3")
"""Layers whose edits live on in the next cycles by themselves; those of the others expire unless marked "until"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One layer of a cycle with all it stands on: the baseline, History's weights, locks, and what is shown.

    ``carried`` are the cells of L2 that hold what was carried from an earlier cycle, ``back`` those that somebody put
    back in this one to what lies below the layer. ``agreed`` is the consensus of
    the cycle where it stands, for who only looks.
    """

    layer: Layer
    cube: Cube
    baseline: Cube
    shown: Cube
    carried: Mask
    back: Mask
    locked: Mask
    history: Values
    calendar: Calendar
    agreed: Cube | None = None

    @property
    def axis(self) -> Axis:
        """The streams."""
        return self.cube.axis

    @property
    def result(self) -> Cube:
        """What a page shows: of a sum of layers the consensus, where that stands; the sum itself is not whole."""
        return self.shown if self.agreed is None or self.layer.code == "L2" else self.agreed


def board(context: Context, cycle: Cycle, code: str) -> Board:
    """The layer ``code`` of a cycle as it stands now.

    Raises:
        NoSheetError: if there is no baseline yet.
    """
    look = glance(context)
    reader = Reader(look, cycle)
    base, baseline = reader.version(SheetKind.FORECAST), reader.need(SheetKind.FORECAST).cube("L1")
    collected = None if code == "L2" else look.sheet(SheetKind.SALES_INPUT, cycle)
    below = () if code == "L2" else DELTAS if collected is not None else EDITABLE
    held = reader.edited(*dict.fromkeys((code, *below)), base=base.content if base else "")
    cubes = {name: edits.cube(baseline) for name, (_, edits) in held.items()}
    history, calendar = reader.need(SheetKind.HISTORY).cube("demand"), look.frame(cycle).calendar
    layer, edits = held[code]
    shape = baseline.values.shape
    return Board(
        layer=layer, cube=cubes[code], baseline=baseline,
        carried=edits.carried(shape) if code == "L2" else np.zeros(shape, dtype=np.bool_),
        shown=_shown(code, cubes, baseline=baseline, collected=collected),
        back=edits.typed(shape) & (cubes[code].state != State.PRESENT), locked=edits.locked(shape),
        history=history.values[:, -calendar.periods_a_year :].mean(axis=1),
        calendar=calendar,
    )  # fmt: skip


def _shown(code: str, cubes: Mapping[str, Cube], *, baseline: Cube, collected: Sheet | None) -> Cube:
    """The figure a person sees who types in a layer: her total in L2, the sum of all layers in a delta."""
    sales = collected.cube("S") if collected is not None else sales_figure(submitted=cubes["L2"], fallback=baseline)
    return sales if code == "L2" else Stack(sales=sales, deltas={name: cubes[name] for name in DELTAS}).total()


def carried_by_patch(context: Context, cycle: Cycle) -> dict[str, int]:
    """How many cells of each patch hold what was carried from an earlier cycle; patches without any are left out."""
    base = context.version(SheetKind.FORECAST, cycle)
    layer = Layer.objects.filter(cycle=cycle, code="L2", base=base.content).first() if base is not None else None
    if base is None or layer is None:
        return {}
    baseline = context.versions.get(base.content).cube("L1")
    rows, _ = np.nonzero(edits_of([layer])["L2"].carried(baseline.values.shape))
    patches, cells = np.unique(baseline.axis.attributes["patch"][rows], return_counts=True)
    return dict(zip(patches.tolist(), cells.tolist(), strict=True))


def rows_at(context: Context, axis: Axis, place: Mapping[str, str]) -> Rows:
    """The streams below a place that the person may see: a sum shown to her is over her leaves.

    Raises:
        EmptyPlaceError: if there are none.
        UnknownLabelError: if the axis has no such attribute.
    """
    hers = mask(context.actor, Figure.VOLUME, axis=axis) & inside(axis, place)
    if not bool(hers.any()):
        raise EmptyPlaceError(place=name_of(place))
    return np.flatnonzero(hers)


def inside(axis: Axis, place: Mapping[str, str]) -> Mask:
    """Which streams lie under a place."""
    found = np.ones(len(axis), dtype=np.bool_)
    for attribute, value in place.items():
        found &= (axis.keys if attribute == "stream" else axis.labels(attribute)) == value
    return found


def permit_rows(context: Context, verb: str, *, cycle: Cycle, axis: Axis, rows: Rows) -> Grant:
    """The grant under which a verb may be done to all these streams.

    Raises:
        NotAllowedError: if one of their patches is outside the person's scope.
        PatchClosedError: if it is a sales figure and one of the patches has handed in or been defaulted.
    """
    patches = np.unique(axis.attributes["patch"][rows]).tolist()
    grants = [context.permit(verb, phase=Phase(cycle.phase), thing=Thing(patch=patch)) for patch in patches]
    if verb == "edit_L2":
        _refuse_closed(states(cycle, rows_in(context, SubmissionRow, cycle)), patches)
    return grants[0]


def type_in(cycle: Cycle, stand: Board, typed: Sequence[tuple[Change, Entry]]) -> tuple[EditRow, ...]:
    """Append edits, all or none, if phase and patches stand as they did when the rights to them were asked.

    Raises:
        PhaseMovedError: if the phase ended meanwhile.
        DemandSignedError: if the demand is signed.
        PatchClosedError: if a patch was handed in meanwhile.
        StaleEditError: as :func:`onenumber.store.layers.append`.
    """
    with transaction.atomic():
        hold(cycle)
        refuse_signed(cycle)
        if stand.layer.code == "L2":
            moved = np.concatenate([change.rows for change, _ in typed])
            _refuse_closed(states(cycle), np.unique(stand.axis.attributes["patch"][moved]).tolist())
        return append_all([(stand.layer, change, entry) for change, entry in typed])


def _refuse_closed(known: Mapping[str, PatchState], patches: list[str]) -> None:
    for patch in patches:
        state = known.get(patch, PatchState.OPEN)
        if state not in WITH_HER:
            raise PatchClosedError(patch=patch, state=state.value)


def name_of(place: Mapping[str, str]) -> str:
    """A place in words.

    Example:
        >>> name_of({"family": "Road bikes", "patch": "Nord"}), name_of({})
        ('Road bikes, Nord', 'the company')
    """
    return ", ".join(place.values()) or "the company"
