"""Leaf changes of an edit: what moved, exact undo, replay in sequence, and what two writers both moved."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onenumber.model.cube import Cube, State, Values

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The leaves that one edit moved: row and column on the layer's cube, value before and after.

    NaN stands for *absent*: a leaf that held nothing, or holds nothing again.
    """

    rows: Rows
    columns: Rows
    before: Values
    after: Values

    def __len__(self) -> int:
        return len(self.rows)


def between(before: Cube, after: Cube, *, also: npt.NDArray[np.bool_] | None = None) -> Change:
    """The change that leads from one state of a layer to another; ``also`` are cells that it has even if they stay.

    Raises:
        LabelMismatchError: if they stand on different labels.
    """
    before.same_labels(after)
    old, new = _with_absence(before), _with_absence(after)
    moved = ~((old == new) | (np.isnan(old) & np.isnan(new)))
    if also is not None:
        moved |= also
    rows, columns = np.nonzero(moved)
    return Change(rows=rows, columns=columns, before=old[moved], after=new[moved])


def undo(change: Change) -> Change:
    """The change that restores every leaf, absence included.

    Example:
        >>> one = np.array([0])
        >>> undo(Change(rows=one, columns=one, before=np.array([np.nan]), after=np.array([5.0]))).after.tolist()
        [nan]
    """
    return Change(rows=change.rows, columns=change.columns, before=change.after, after=change.before)


def taken_out(change: Change, layer: Cube) -> Change:
    """The change that takes an earlier one out of a layer and leaves what was added to the same leaves since.

    A leaf that nobody moved since is restored, absence included; from any other the difference is subtracted.
    """
    now = _with_absence(layer)[change.rows, change.columns]
    kept = (now == change.after) | (np.isnan(now) & np.isnan(change.after))
    less = np.nan_to_num(now) - (np.nan_to_num(change.after) - np.nan_to_num(change.before))
    return Change(rows=change.rows, columns=change.columns, before=now, after=np.where(kept, change.before, less))


def replay(base: Cube, changes: Iterable[Change]) -> Cube:
    """The layer after all changes, in their sequence.

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> l4 = cube(measure="L4", values=np.array([[np.nan]]), axis=Axis("s", np.array(["a"]), {}), first=0, unit="u")
        >>> zero = np.array([0])
        >>> step = Change(rows=zero, columns=zero, before=np.array([np.nan]), after=np.array([3.0]))
        >>> replay(l4, [step]).values.tolist(), replay(l4, [step, undo(step)]).state.tolist()
        ([[3.0]], [[1]])
    """
    values, state = base.values.copy(), base.state.copy()
    if kept := tuple(changes):
        where = (np.concatenate([one.rows for one in kept]), np.concatenate([one.columns for one in kept]))
        last = np.concatenate([one.after for one in kept])  # of a leaf that moved twice NumPy keeps what came last
        absent = np.isnan(last)
        values[where] = np.where(absent, 0.0, last)
        state[where] = np.where(absent, State.NONE, State.PRESENT)
    return Cube(base.measure, values, state, base.axis, base.first, base.units)


def _with_absence(cube: Cube) -> Values:
    return np.where(cube.state == State.PRESENT, cube.values, np.nan)


def clash(mine: Change, theirs: Change) -> Change:
    """The leaves of ``mine`` that ``theirs`` moved as well: judged per leaf and period.

    Example:
        >>> a = Change(rows=np.array([0, 1]), columns=np.array([0, 0]), before=np.zeros(2), after=np.ones(2))
        >>> b = Change(rows=np.array([1]), columns=np.array([0]), before=np.zeros(1), after=np.full(1, 9.0))
        >>> clash(a, b).rows.tolist()
        [1]
    """
    taken = set(zip(theirs.rows.tolist(), theirs.columns.tolist(), strict=True))
    hit = [cell in taken for cell in zip(mine.rows.tolist(), mine.columns.tolist(), strict=True)]
    kept = np.array(hit, dtype=bool)
    return Change(rows=mine.rows[kept], columns=mine.columns[kept], before=mine.before[kept], after=mine.after[kept])
