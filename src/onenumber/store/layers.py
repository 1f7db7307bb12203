"""Layers: edits appended in a gapless sequence, and the clash that a second writer is told of."""

import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from django.db import transaction
from django.db.models import QuerySet

from onenumber.consensus.edits import Change, clash, replay
from onenumber.consensus.layers import empty_delta
from onenumber.errors.store import StaleEditError
from onenumber.model.cube import Cube
from onenumber.store.manifest import outdate
from onenumber.store.models import Cycle, EditRow, Layer, SheetVersion
from onenumber.store.plans import person_name

SMALL, KEPT_SMALL, KEPT_LARGE = 4096, 16_384, 64
"""Edits kept unpacked in a process: those below so many bytes (each takes about 1 KB then), and those above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What goes into the row of an edit beside its leaves: place, mode, value, author, reason, time ..."""

    fields: Mapping[str, object]
    seen: int | None = None  # the sequence the person was shown; None: she takes whatever stands
    undoes: EditRow | None = None


def layer_of(cycle: Cycle, *, code: str, base: str) -> Layer:
    """The layer of a cycle that is typed on ``base`` (the content of a Forecast sheet); made when first asked."""
    layer, _ = Layer.objects.get_or_create(plan_id=cycle.plan_id, cycle_id=cycle.pk, code=code, base=base)
    return layer


def layers_of(cycle: Cycle, codes: Sequence[str], *, base: str) -> dict[str, Layer]:
    """Several layers of a cycle that are typed on ``base``, by their code; each made when first asked."""
    rows = Layer.objects.filter(plan=cycle.plan_id, cycle=cycle.pk, code__in=codes, base=base)
    found = {layer.code: layer for layer in rows}
    new = [code for code in codes if code not in found]
    if new:  # another process may make the same ones
        made = [Layer(plan_id=cycle.plan_id, cycle_id=cycle.pk, code=code, base=base) for code in new]
        Layer.objects.bulk_create(made, ignore_conflicts=True)
        found = {layer.code: layer for layer in rows.all()}
    return {code: found[code] for code in codes}


def append(layer: Layer, change: Change, entry: Entry) -> EditRow:
    """Append an edit: as :func:`append_all`."""
    return append_all([(layer, change, entry)])[0]


def append_all(typed: Sequence[tuple[Layer, Change, Entry]]) -> tuple[EditRow, ...]:
    """Append edits in their order, all or none; each is held to what others typed since it was seen.

    The row of a layer is locked while its sequences are given, so sequence order is commit order. What was made from a
    layer as it stood before, and what was made from that, becomes stale.

    Raises:
        StaleEditError: if somebody moved one of the same cells after ``seen`` of its entry.
    """
    layers = {layer.pk: layer for layer, _, _ in typed}
    with transaction.atomic():
        last = {key: _count_on(layers[key], sum(layer.pk == key for layer, _, _ in typed)) for key in sorted(layers)}
        for layer, change, entry in typed:
            if entry.seen is not None and entry.seen < last[layer.pk]:  # no gap: else nothing was typed since
                _refuse_stale(layer, change, entry.seen)
        rows = EditRow.objects.bulk_create(_numbered(typed, last))
        for key in dict.fromkeys(row.layer_id for row in rows if row.mode not in LOCKS):
            made = SheetVersion.objects.filter(
                plan=layers[key].plan_id, cycle=layers[key].cycle_id, edits__has_key=str(key)
            )
            outdate(made, f"layer {layers[key].code} was typed in after it")
    return tuple(rows)


def _numbered(typed: Sequence[tuple[Layer, Change, Entry]], last: Mapping[int, int]) -> list[EditRow]:
    numbers = {key: count(number + 1) for key, number in last.items()}
    return [
        EditRow(
            plan_id=layer.plan_id, layer=layer, sequence=next(numbers[layer.pk]), leaves=pack(change),
            undoes=entry.undoes, **entry.fields,
        )
        for layer, change, entry in typed
    ]  # fmt: skip


def moved_after(layer: Layer, seen: int) -> tuple[tuple[EditRow, Change], ...]:
    """The edits of a layer after a sequence that still move something, each with the cells that it moved."""
    rows = layer.edits.filter(sequence__gt=seen, sequence__lte=layer.last_sequence).exclude(mode__in=LOCKS)
    return tuple((row, unpack(row.leaves)) for row in _standing(rows))


def _count_on(layer: Layer, more: int) -> int:
    """The layer's last number so far; its row is locked and counts ``more`` on, mostly from where it was read."""
    row = Layer.objects.filter(pk=layer.pk)
    if row.filter(last_sequence=layer.last_sequence).update(last_sequence=layer.last_sequence + more):
        return layer.last_sequence
    last = row.select_for_update().get().last_sequence
    row.update(last_sequence=last + more)
    return last


def _refuse_stale(layer: Layer, change: Change, seen: int) -> None:
    for row in _standing(layer.edits.filter(sequence__gt=seen).exclude(mode__in=LOCKS)):
        hit = clash(change, unpack(row.leaves))
        if len(hit):
            who = person_name(layer.plan, row.author) or row.author
            raise StaleEditError(cells=len(hit), who=who, where=row.place_name)


def _standing(rows: QuerySet[EditRow]) -> list[EditRow]:
    """Of some edits in sequence those that still move something: an edit and its undo among them move nothing."""
    found = {row.pk: row for row in rows.order_by("sequence")}
    undone = taken_back(list(found.values()))
    return [row for row in found.values() if row.pk not in undone and row.undoes_id not in found]


class Row(Protocol):
    """What tells of an edit which one it takes back, if any."""

    @property
    def pk(self) -> int:
        """Its key."""

    @property
    def undoes_id(self) -> int | None:
        """The key of the one that it undoes."""


def taken_back(rows: Sequence[Row]) -> set[int]:
    """The keys of the edits that some of ``rows`` undo, given in the order in which they were typed.

    An undo that was undone itself takes nothing back.
    """
    undone: set[int] = set()
    for row in reversed(rows):
        if row.undoes_id is not None and row.pk not in undone:
            undone.add(row.undoes_id)
    return undone


LOCKS = ("lock", "unlock")
"""Modes of edits that hold cells and move no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """The edits of a layer in sequence: the changes of its figures; what locked or unlocked cells, with its mode.

    ``standing``: the changes that nobody took back, each with whether it was typed first in an earlier cycle.
    """

    code: str
    changes: tuple[Change, ...]
    locks: tuple[tuple[str, Change], ...]
    standing: tuple[tuple[Change, bool], ...]

    def cube(self, like: Cube) -> Cube:
        """The layer as typed, on the labels of ``like``."""
        return replay(empty_delta(self.code, like), self.changes)

    def locked(self, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
        """Which cells are locked: the last lock or unlock of each counts."""
        locked = np.zeros(shape, dtype=np.bool_)
        for mode, change in self.locks:
            locked[change.rows, change.columns] = mode == "lock"
        return locked

    def carried(self, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
        """Which cells hold what was carried from an earlier cycle: nobody typed in them in this one."""
        carried = np.zeros(shape, dtype=np.bool_)
        for change, came in self.standing:
            carried[change.rows, change.columns] = came
        return carried

    def typed(self, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
        """Which cells somebody typed in in this cycle, be it to put them back to what lies below the layer."""
        typed = np.zeros(shape, dtype=np.bool_)
        for change, came in self.standing:
            typed[change.rows, change.columns] = not came
        return typed


def edits_of(layers: Iterable[Layer]) -> dict[str, Edits]:
    """The edits of some layers of one cycle and base, each up to its last sequence, by code: one query for all."""
    of_layer = {layer.pk: layer for layer in layers}
    typed = [key for key, layer in of_layer.items() if layer.last_sequence]
    found: dict[int, list[_Typed]] = {key: [] for key in of_layer}
    if typed:
        rows = EditRow.objects.filter(layer__in=typed).order_by("layer_id", "sequence")
        wanted = ("layer_id", "sequence", "pk", "undoes_id", "mode", "leaves", "carried_from_id")
        for layer, sequence, key, undoes, mode, leaves, origin in rows.values_list(*wanted):
            if sequence <= of_layer[layer].last_sequence:
                found[layer].append(_Typed(key, undoes, mode, unpack(leaves), origin is not None))
    return {layer.code: _sorted_out(layer.code, found[key]) for key, layer in of_layer.items()}


class _Typed(NamedTuple):
    """A row of an edit, as far as the figures need it."""

    pk: int
    undoes_id: int | None
    mode: str
    change: Change
    carried: bool


def _sorted_out(code: str, edits: Sequence[_Typed]) -> Edits:
    undone = taken_back(edits)
    moves = [edit for edit in edits if edit.mode not in LOCKS]
    return Edits(
        code=code,
        changes=tuple(edit.change for edit in moves),
        locks=tuple((edit.mode, edit.change) for edit in edits if edit.mode in LOCKS),
        standing=tuple(
            (edit.change, edit.carried) for edit in moves if edit.undoes_id is None and edit.pk not in undone
        ),
    )


PACKED, ZIPPED = b"\x01", b"PK"
"""How the bytes of leaf changes begin: the four columns one after the other, or, as first kept, a file of arrays."""


def pack(change: Change) -> bytes:
    """Leaf changes as bytes: rows, columns, before and after, eight bytes a value, deflated.

    Example:
        >>> one = np.array([1])
        >>> unpack(pack(Change(rows=one, columns=one, before=np.array([np.nan]), after=np.array([2.5])))).after.tolist()
        [2.5]
    """
    columns = (change.rows.astype("<i8"), change.columns.astype("<i8"),
               change.before.astype("<f8"), change.after.astype("<f8"))  # fmt: skip
    return PACKED + zlib.compress(b"".join(column.tobytes() for column in columns))


def unpack(data: bytes | memoryview) -> Change:
    """Leaf changes from bytes.

    Example:
        >>> none = np.array([], dtype=np.int64)
        >>> len(unpack(pack(Change(rows=none, columns=none, before=np.zeros(0), after=np.zeros(0)))))
        0
    """
    return (_small if len(data) < SMALL else _large)(bytes(data))


def _unpacked(data: bytes) -> Change:
    if data.startswith(ZIPPED):
        return _unzipped(data)
    rows, columns, before, after = np.frombuffer(zlib.decompress(data[len(PACKED) :]), dtype="<i8").reshape(4, -1)
    return Change(rows=rows, columns=columns, before=before.view("<f8"), after=after.view("<f8"))


def _unzipped(data: bytes) -> Change:
    """An edit as it was kept at first: a hundred times as slow to read."""
    with np.load(io.BytesIO(data), allow_pickle=False) as parts:
        rows, columns, before, after = (parts[name] for name in ("rows", "columns", "before", "after"))
    for part in (rows, columns, before, after):
        part.flags.writeable = False
    return Change(rows=rows, columns=columns, before=before, after=after)


_small, _large = lru_cache(maxsize=KEPT_SMALL)(_unpacked), lru_cache(maxsize=KEPT_LARGE)(_unpacked)
"""An edit never changes, and every look at a layer replays all of them."""
