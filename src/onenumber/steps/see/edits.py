"""What stands in the layers of a cycle: each edit with its months, its author, and how long it lives."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from onenumber.consensus.edits import Change
from onenumber.model.cube import Cube
from onenumber.model.finding import Finding
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.holding import came_to
from onenumber.steps.frame.layers import EDITABLE
from onenumber.steps.frame.rebasing import waits_for_rebase
from onenumber.steps.frame.standing import edits_alone
from onenumber.store.layers import LOCKS, unpack
from onenumber.store.models import EditRow, Layer
from onenumber.store.plans import find_cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class EditShown:
    """One edit as it was typed; ``sequence`` is what `undo` asks for, ``value`` is None for a lock.

    ``came_to`` is what it added when it was typed, by unit; of a figure of sales, to what stood there before.
    ``until`` is the last month for which it lives on in the next cycles and ``carried_from`` the cycle in which it
    was typed first, both empty where there is none. ``where`` is its place by attribute. ``over`` is when something
    else was typed over all that it moved; None where any of it still stands.
    """

    layer: str
    sequence: int
    place: str
    first: str
    last: str
    mode: str
    value: float | None
    came_to: Mapping[str, float]
    person: str
    role: str
    at: dt.datetime
    reason: str
    until: str
    carried_from: str
    where: Mapping[str, str] = field(default_factory=dict)
    over: dt.datetime | None = None


def edits_shown(context: Context, label: str = "") -> tuple[EditShown, ...]:
    """What was typed in a cycle and not taken back, layer by layer, as far as the person sees all that it moved."""
    look = glance(context)
    cycle = look.cycle(label)
    base = look.version(SheetKind.FORECAST, cycle)
    if base is None:
        return ()
    baseline = look.versions.get(base.content).cube("L1")
    seen = mask(look.actor, Figure.VOLUME, axis=baseline.axis)
    layers = Layer.objects.filter(cycle=cycle, code__in=EDITABLE, base=base.content)
    words = _Words(
        names=look.names(), labels=[period.label for period in look.frame(cycle).calendar.periods],
        cycles={one.pk: one.label for one in look.all_cycles()},
    )  # fmt: skip
    standing = edits_alone(list(layers))
    rows = [row for row in standing if sees_edit(look, row, seen)]
    moves = [(row, unpack(row.leaves)) for row in standing if row.mode not in LOCKS]
    over = typed_over(moves, baseline.values.shape)
    shown = [replace(_shown(row, words, baseline), over=over.get(row.pk)) for row in rows]
    return tuple(sorted(shown, key=lambda one: (EDITABLE.index(one.layer), one.sequence)))


def typed_over(rows: Sequence[tuple[EditRow, Change]], shape: tuple[int, ...]) -> dict[int, dt.datetime]:
    """Of some standing edits, in their order and with what they moved, those typed over as a whole, and since when.

    A figure takes the place of all that was typed before it in its layer; anything typed takes the place of what was
    only carried from an earlier cycle.
    """
    found: dict[int, dt.datetime] = {}
    for layer in dict.fromkeys(row.layer_id for row, _ in rows):
        figure, anything = np.full(shape, np.inf), np.full(shape, np.inf)
        for row, change in reversed([one for one in rows if one[0].layer_id == layer]):
            at, carried = (change.rows, change.columns), row.carried_from_id is not None
            since = (anything if carried else figure)[at]
            if len(since) and bool(np.isfinite(since).all()):
                found[row.pk] = dt.datetime.fromtimestamp(float(since.max()), tz=dt.UTC)
            if not carried:
                anything[at] = row.at.timestamp()
                figure[at] = row.at.timestamp() if row.mode == "set" else figure[at]
    return found


def edits_waiting(context: Context, label: str = "") -> tuple[Finding, ...]:
    """That edits wait to be typed again on a forecast made anew: all to those who plan the company, else her own."""
    cycle = find_cycle(context.plan, label)
    base = context.version(SheetKind.FORECAST, cycle)
    if base is None:
        return ()
    return waits_for_rebase(cycle, base=base.content, author=None if context.actor.plans_all else context.actor.person)


def sees_edit(context: Context, row: EditRow, seen: np.ndarray) -> bool:
    """Whether an edit is hers to see: she typed it, or she sees every stream that it moved."""
    leaves = unpack(row.leaves).rows
    return row.author == context.actor.person or bool(seen.all()) or (len(leaves) > 0 and bool(seen[leaves].all()))


def _came_to(row: EditRow, baseline: Cube) -> dict[str, float]:
    """What it added: in L2, which is a total, the baseline stands where nothing is typed."""
    under = baseline.values if row.layer.code == "L2" else None
    return {} if row.mode in LOCKS else came_to(unpack(row.leaves), baseline.units, under=under)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What people are called by key, periods by calendar index, and cycles by key."""

    names: Mapping[str, str]
    labels: Sequence[str]
    cycles: Mapping[int, str]


def _shown(row: EditRow, words: _Words, baseline: Cube) -> EditShown:
    labels = words.labels
    return EditShown(
        layer=row.layer.code, sequence=row.sequence, place=row.place_name, mode=row.mode,
        value=None if row.mode in LOCKS else row.value, came_to=_came_to(row, baseline),
        first=labels[row.first], last=labels[row.first + row.periods - 1],
        person=words.names.get(row.author, row.author), role=row.role, at=row.at, reason=row.reason,
        until=labels[row.until] if row.until is not None else "", where=dict(row.place),
        carried_from=words.cycles[row.carried_from_id] if row.carried_from_id is not None else "",
    )  # fmt: skip
