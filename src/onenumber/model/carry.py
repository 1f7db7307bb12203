"""The one operation between two axes: carry numbers across by dated links, conserving totals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from onenumber.errors.model import BadAxisError
from onenumber.model.axis import Axis, Labels, Rows
from onenumber.model.cube import Cube, State, States, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From the calendar index ``since`` on, ``share`` of an old label's quantity goes to a new label.

    ``factor`` converts units: units of the new label for one of the old.
    """

    old: str
    new: str
    since: int = 0
    share: float = 1.0
    factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The cube on the new axis, and the old labels that have no place there (their quantity is not in it)."""

    cube: Cube
    without_link: tuple[str, ...]


def carry(source: Cube, *, to_axis: Axis, units: Labels, links: tuple[Link, ...] = ()) -> Carried:
    """Put a cube on another axis: equal labels stay, linked labels move, the rest is listed.

    Total conserved: ``sum(new / factor) = sum(old)`` over every old label that has a place. A cell of the new
    axis that nothing arrives in is *none*.

    Raises:
        BadAxisError: if the links of one label start on different dates.

    Example:
        >>> from onenumber.model.cube import cube
        >>> old = cube(measure="q", values=np.array([[4.0], [1.0]]), axis=Axis("item", np.array(["A", "X"]), {}),
        ...            first=0, unit="pcs")
        >>> new = Axis("item", np.array(["A", "B"]), {})
        >>> moved = carry(old, to_axis=new, units=np.array(["pcs", "pcs"]), links=(Link(old="A", new="B", share=0.25),
        ...                                                                     Link(old="A", new="A", share=0.75)))
        >>> moved.cube.values.tolist(), moved.without_link
        ([[3.0], [1.0]], ('X',))
    """
    values = np.zeros((len(to_axis), source.periods))
    state = np.full(values.shape, State.NONE, dtype=np.uint8)
    linked = _by_old(links)
    target = to_axis.find(source.axis.keys)
    stays = np.array([key not in linked for key in source.axis.keys.tolist()], dtype=bool) & (target >= 0)
    _place(values, state, source, np.flatnonzero(stays), target[stays])
    lost = [
        key
        for key, row in zip(source.axis.keys.tolist(), target.tolist(), strict=True)
        if row < 0 and key not in linked
    ]
    for old, parts in linked.items():
        if not _move(values, state, source, to_axis, old=old, parts=parts):
            lost.append(old)
    moved = replace(source, values=values, state=state, axis=to_axis, units=units)
    return Carried(cube=moved, without_link=tuple(sorted(lost)))


def _by_old(links: tuple[Link, ...]) -> Mapping[str, list[Link]]:
    grouped: dict[str, list[Link]] = {}
    for link in links:
        grouped.setdefault(link.old, []).append(link)
    for old, parts in grouped.items():
        if len({part.since for part in parts}) > 1:
            raise BadAxisError(kind="target", what=f"the links of {old!r} start on different dates; chain them instead")
    return grouped


def _place(values: Values, state: States, source: Cube, rows: Rows, target: Rows) -> None:
    values[target] += source.values[rows]
    state[target] = _joined(state[target], source.state[rows])


def _joined(old: States, new: States) -> States:
    return np.where(old == State.NONE, new, np.where(new == State.NONE, old, np.maximum(old, new)))


def _move(values: Values, state: States, source: Cube, to_axis: Axis, *, old: str, parts: list[Link]) -> bool:
    row = int(source.axis.find([old])[0])
    targets = to_axis.find([part.new for part in parts])
    if row < 0:
        return True
    if bool(np.any(targets < 0)):
        return False
    for part, target in zip(parts, targets.tolist(), strict=True):
        since = max(part.since - source.first, 0)
        values[target, since:] += source.values[row, since:] * part.share * part.factor
        state[target, since:] = _joined(state[target, since:], source.state[row, since:])
    return _keep_before(values, state, source, to_axis, row=row, old=old, since=min(p.since for p in parts))


def _keep_before(  # noqa: PLR0913 - as above
    values: Values, state: States, source: Cube, to_axis: Axis, *, row: int, old: str, since: int
) -> bool:
    before = max(since - source.first, 0)
    if before == 0:
        return True
    target = int(to_axis.find([old])[0])
    if target < 0:
        return not bool(np.any(source.values[row, :before]))
    values[target, :before] += source.values[row, :before]
    state[target, :before] = _joined(state[target, :before], source.state[row, :before])
    return True
