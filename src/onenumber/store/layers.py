"""Layers: edits appended in a gapless sequence, and the clash that a second writer is told of."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.db import transaction

from onenumber.consensus.edits import Change, clash, replay
from onenumber.consensus.layers import empty_delta
from onenumber.errors.store import StaleEditError
from onenumber.model.cube import Cube
from onenumber.store.manifest import outdate
from onenumber.store.models import Cycle, EditRow, Layer, SheetVersion

KEPT = 1024
"""Edits kept unpacked in a process: about what a sales window types in one company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What goes into the row of an edit beside its leaves: place, mode, value, author, reason, time ..."""

    fields: Mapping[str, object]
    seen: int | None = None  # the sequence the person was shown; None: she takes whatever stands
    undoes: EditRow | None = None


def layer_of(cycle: Cycle, *, code: str, base: str) -> Layer:
    """The layer of a cycle that is typed on ``base`` (the content of a Forecast sheet); made when first asked."""
    layer, _ = Layer.objects.get_or_create(plan=cycle.plan, cycle=cycle, code=code, base=base)
    return layer


def append(layer: Layer, change: Change, entry: Entry) -> EditRow:
    """Append an edit: the layer's row is locked while its sequence is given, so sequence order is commit order.

    What was made from the layer as it stood before, and what was made from that, becomes stale.

    Raises:
        StaleEditError: if somebody moved one of the same cells after ``entry.seen``.
    """
    with transaction.atomic():
        held = Layer.objects.select_for_update().get(pk=layer.pk)
        if entry.seen is not None:
            _refuse_stale(held, change, entry.seen)
        held.last_sequence += 1
        held.save(update_fields=["last_sequence"])
        row = EditRow.objects.create(
            plan=held.plan, layer=held, sequence=held.last_sequence, leaves=pack(change), undoes=entry.undoes,
            **entry.fields,
        )  # fmt: skip
        if row.mode not in LOCKS:
            outdate(
                SheetVersion.objects.filter(edits__has_key=str(held.pk)), f"layer {held.code} was typed in after it"
            )
        return row


def _refuse_stale(layer: Layer, change: Change, seen: int) -> None:
    for row in layer.edits.filter(sequence__gt=seen).exclude(mode__in=LOCKS).order_by("sequence"):
        hit = clash(change, unpack(row.leaves))
        if len(hit):
            raise StaleEditError(cells=len(hit), who=row.author, where=row.place_name)


LOCKS = ("lock", "unlock")
"""Modes of edits that hold cells and move no figure."""


def changes_of(layer: Layer, *, until: int | None = None) -> list[Change]:
    """The edits of a layer in sequence, up to and including ``until``."""
    rows = layer.edits.exclude(mode__in=LOCKS).order_by("sequence")
    if until is not None:
        rows = rows.filter(sequence__lte=until)
    return [unpack(leaves) for leaves in rows.values_list("leaves", flat=True)]


def layer_cube(layer: Layer, *, like: Cube, until: int | None = None) -> Cube:
    """The layer as typed, on the labels of ``like``."""
    return replay(empty_delta(layer.code, like), changes_of(layer, until=until))


def locks_of(layer: Layer, *, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Which cells of a layer are locked: the last lock or unlock of each counts."""
    locked = np.zeros(shape, dtype=np.bool_)
    for mode, leaves in layer.edits.filter(mode__in=LOCKS).order_by("sequence").values_list("mode", "leaves"):
        change = unpack(leaves)
        locked[change.rows, change.columns] = mode == "lock"
    return locked


def pack(change: Change) -> bytes:
    """Leaf changes as bytes.

    Example:
        >>> one = np.array([1])
        >>> unpack(pack(Change(rows=one, columns=one, before=np.array([np.nan]), after=np.array([2.5])))).after.tolist()
        [2.5]
    """
    out = io.BytesIO()
    np.savez_compressed(out, rows=change.rows, columns=change.columns, before=change.before, after=change.after)
    return out.getvalue()


def unpack(data: bytes | memoryview) -> Change:
    """Leaf changes from bytes.

    Example:
        >>> none = np.array([], dtype=np.int64)
        >>> len(unpack(pack(Change(rows=none, columns=none, before=np.zeros(0), after=np.zeros(0)))))
        0
    """
    return _unpacked(bytes(data))


@lru_cache(maxsize=KEPT)
def _unpacked(data: bytes) -> Change:
    """An edit never changes, and every look at a layer replays all of them."""
    with np.load(io.BytesIO(data), allow_pickle=False) as parts:
        rows, columns, before, after = (parts[name] for name in ("rows", "columns", "before", "after"))
    for part in (rows, columns, before, after):
        part.flags.writeable = False
    return Change(rows=rows, columns=columns, before=before, after=after)
