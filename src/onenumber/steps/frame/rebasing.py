"""What was typed on an earlier base, and the ground on which it is typed again: in the same cycle or the next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from onenumber.consensus.edit import Spot, edit, edit_sales
from onenumber.consensus.edits import Change, replay
from onenumber.consensus.layers import DELTAS, Stack, blank, sales_figure
from onenumber.consensus.news import news_change
from onenumber.consensus.spread import Mask, Mode, Typed
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.errors.steps import NotRebasedError
from onenumber.model.axis import Axis, Rows
from onenumber.model.cube import Cube, Values
from onenumber.model.finding import Finding, Severity, Value
from onenumber.rights.ask import mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.layers import EDITABLE, inside, name_of
from onenumber.steps.frame.standing import Cycles, before_cycle, born, said_in, standing_edits
from onenumber.store.layers import LOCKS, edits_of, unpack
from onenumber.store.models import Cycle, EditRow, Layer


def left_behind(cycle: Cycle, *, base: str) -> list[Layer]:
    """The layers of a cycle on other bases that were not rebased, in the order in which they were made."""
    return list(Layer.objects.filter(cycle=cycle, code__in=EDITABLE, rebased_to=None).exclude(base=base).order_by("pk"))


TYPED = (
    "place", "place_name", "first", "periods", "mode", "value", "author", "role", "phase", "until", "carried_from",
    "news",
)  # fmt: skip


def typed_in(row: EditRow) -> dict[str, object]:
    """What stays of an edit wherever it is typed again: what was meant, by whom, and how long it lives."""
    return {name: getattr(row, name) for name in TYPED}


def rows_of(context: Context, row: EditRow, *, axis: Axis, before: Axis) -> Rows:
    """The streams of an axis below an edit's place that its author writes; ``before`` is the axis it was typed on.

    An edit of her part of a place is of the patches that it moved, whoever has them now and whatever she took over.
    """
    below = inside(axis, row.place)
    author = make_context(context.plan, person=row.author, now=context.now).actor
    own = below & mask(author, Figure.VOLUME, axis=axis)
    moved = np.isin(axis.attributes["patch"], np.unique(before.attributes["patch"][unpack(row.leaves).rows]))
    if row.place_name != name_of(row.place) and moved.any():
        own &= moved
    if not own.any():  # who has left still meant what she typed
        own = below & moved
    return np.flatnonzero(own)


def spot_of(row: EditRow, *, rows: Rows, columns: range) -> Spot:
    """Where an edit is typed again.

    Raises:
        EmptyPlaceError: if nothing is left there.
    """
    if not len(rows) or not len(columns):
        raise EmptyPlaceError(place=row.place_name)
    return Spot(name=row.place_name, rows=rows, columns=columns)


def not_replayed(row: EditRow, why: str) -> Finding:
    """An edit that cannot be typed again, with the reason."""
    values: dict[str, Value] = {
        "layer": row.layer.code, "sequence": row.sequence, "author": row.author, "mode": row.mode, "value": row.value,
        "spot": row.place_name, "why": why,
    }  # fmt: skip
    return Finding(code="not_replayed", severity=Severity.ATTENTION, values=values)


def refuse_left_behind(cycle: Cycle, *, base: str) -> None:
    """Refuse to go on on a base while what was typed on an earlier one is not on it.

    Raises:
        NotRebasedError: if there is any such edit.
    """
    count, codes = _left(cycle, base)
    if count:
        raise NotRebasedError(edits=count, layers=codes, cycle=cycle.label)


def waits_for_rebase(cycle: Cycle, *, base: str, author: str | None = None) -> tuple[Finding, ...]:
    """What was typed on an earlier forecast of the cycle and is not on this one, as a finding; of one author or all."""
    count, codes = _left(cycle, base, author=author)
    values: dict[str, Value] = {"edits": count, "layers": codes}
    return (Finding(code="waits_for_rebase", severity=Severity.ATTENTION, values=values),) if count else ()


def _left(cycle: Cycle, base: str, *, author: str | None = None) -> tuple[int, str]:
    """How many edits are left behind, and in which layers."""
    lost = [row for row in standing_edits(left_behind(cycle, base=base)) if author in (None, row.author)]
    typed = {row.layer.code for row in lost}
    return len(lost), ", ".join(code for code in EDITABLE if code in typed)


@dataclass(slots=True, kw_only=True)
class Ground:
    """All layers of a cycle on one base, as they stand while edits are replayed on it.

    ``given`` are the streams whose typed figure counts: not those of a patch that was defaulted. ``said`` is the cycle
    in which what stands in each cell of L2 was typed.
    """

    baseline: Cube
    cubes: dict[str, Cube]
    locked: dict[str, Mask]
    given: Mask
    said: Cycles
    typed_since: dict[str, Mask] = field(default_factory=dict)  # cells that hold: typed on this base later

    @property
    def axis(self) -> Axis:
        """The streams."""
        return self.baseline.axis

    def shown(self, code: str) -> Cube:
        """The figure a person sees who types in a layer, as on her board before the sales window is closed."""
        if code == "L2":
            return sales_figure(submitted=self.cubes["L2"], fallback=self.baseline)
        return Stack(sales=self.sales(), deltas={name: self.cubes[name] for name in DELTAS}).total()

    def sales(self) -> Cube:
        """S before the sales window is closed: the figures that count, else the baseline."""
        return sales_figure(submitted=blank(self.cubes["L2"], ~self.given[:, None]), fallback=self.baseline)

    def columns(self, row: EditRow) -> range:
        """The periods of an edit that lie in the horizon."""
        first = row.first - self.baseline.first
        return range(max(first, 0), max(min(first + row.periods, self.baseline.periods), 0))

    def again(self, row: EditRow, spot: Spot, *, history: Values) -> Change:
        """Type an edit again: what was meant, by its mode, on what is shown here now.

        Raises:
            ConsensusError: if it cannot be split here.
        """
        code, cells = row.layer.code, np.ix_(spot.rows, np.array(spot.columns, dtype=np.int64))
        if row.mode in LOCKS:
            self.locked[code][cells] = row.mode == LOCKS[0]
            rows, columns = (part.ravel() for part in np.meshgrid(spot.rows, list(spot.columns), indexing="ij"))
            absent = np.full(len(rows), np.nan)
            return Change(rows=rows, columns=columns, before=absent, after=absent)
        change = self._typed(row, spot, history)
        self.cubes[code] = replay(self.cubes[code], [change])
        return change

    def _typed(self, row: EditRow, spot: Spot, history: Values) -> Change:
        code = row.layer.code
        layer, shown, locked = self.cubes[code], self.shown(code), self.locked[code]
        if row.news_id is not None:  # it adds to whatever was typed since
            return news_change(
                layer=layer, baseline=self.baseline, shown=shown, spot=spot, percent=row.value, locked=locked,
                history=history,
            )  # fmt: skip
        holds = locked | self.typed_since.get(code, np.zeros_like(locked))
        typed = Typed(mode=Mode(row.mode), value=row.value)
        if code != "L2":
            return edit(layer=layer, shown=shown, spot=spot, typed=typed, locked=holds, history=history)
        change = edit_sales(
            layer=layer, baseline=self.baseline, carried=before_cycle(self.said, born(row)), spot=spot,
            typed=typed, locked=holds, history=history,
        )  # fmt: skip
        self.said[change.rows, change.columns] = born(row)
        return change


def ground(layers: Sequence[Layer], *, baseline: Cube, defaulted: Collection[str]) -> Ground:
    """The layers of one base with what was typed in them so far."""
    edits, shape = edits_of(layers), baseline.values.shape
    typed = standing_edits([layer for layer in layers if layer.code == "L2"])
    return Ground(
        baseline=baseline,
        cubes={code: found.cube(baseline) for code, found in edits.items()},
        locked={code: found.locked(shape) for code, found in edits.items()},
        given=~np.isin(baseline.axis.attributes["patch"], sorted(defaulted)),
        said=said_in(typed, shape),
    )
