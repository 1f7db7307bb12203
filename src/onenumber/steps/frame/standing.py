"""Which edits stand in a layer, and in which cycle what stands in a cell was typed."""

from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from onenumber.consensus.spread import Mask
from onenumber.store.layers import LOCKS, taken_back, unpack
from onenumber.store.models import EditRow, Layer

Cycles = npt.NDArray[np.int64]
"""The calendar index of a cycle per cell; NOBODY where nobody typed."""
NOBODY = -1


def standing_edits(layers: Collection[Layer]) -> list[EditRow]:
    """What was typed in some layers and not taken back, in the order in which it was typed; an undo is none of it."""
    return _standing(_typed_in(layers).select_related("layer__cycle", "carried_from"))


def edits_alone(layers: Collection[Layer]) -> list[EditRow]:
    """The same, each with its layer as it was given and without cycles: these take more time than the edits."""
    of, rows = {layer.pk: layer for layer in layers}, _standing(_typed_in(layers))
    for row in rows:
        row.layer = of[row.layer_id]
    return rows


def _typed_in(layers: Collection[Layer]) -> QuerySet[EditRow]:
    return EditRow.objects.filter(layer__in=[layer.pk for layer in layers]).order_by("pk")


def _standing(typed: Iterable[EditRow]) -> list[EditRow]:
    rows = list(typed)
    undone = taken_back(rows)
    return [row for row in rows if row.undoes_id is None and row.pk not in undone]


def born(row: EditRow) -> int:
    """The calendar index of the cycle in which an edit was typed first."""
    return (row.carried_from or row.layer.cycle).index


def said_in(rows: Iterable[EditRow], shape: tuple[int, ...]) -> Cycles:
    """The cycle in which the last of some edits, in their order, was typed first, for each cell that they moved."""
    said = np.full(shape, NOBODY, dtype=np.int64)
    for row in rows:
        if row.mode not in LOCKS:
            change = unpack(row.leaves)
            said[change.rows, change.columns] = born(row)
    return said


def before_cycle(said: Cycles, cycle: int) -> Mask:
    """The cells whose figure was typed in an earlier cycle than this one."""
    earlier: Mask = (said != NOBODY) & (said < cycle)
    return earlier
