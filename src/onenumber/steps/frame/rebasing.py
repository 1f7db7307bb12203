"""What was typed on an earlier base of a cycle, and the ground on which it is typed again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from onenumber.consensus.edit import Spot, edit
from onenumber.consensus.edits import Change, replay
from onenumber.consensus.layers import DELTAS, Stack, sales_figure
from onenumber.consensus.news import news_change
from onenumber.consensus.spread import Mask, Mode, Typed
from onenumber.errors.steps import NotRebasedError
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State, Values
from onenumber.steps.frame.layers import EDITABLE
from onenumber.store.layers import LOCKS, edits_of
from onenumber.store.models import Cycle, EditRow, Layer


def left_behind(cycle: Cycle, *, base: str) -> list[Layer]:
    """The layers of a cycle on other bases that were not rebased, in the order in which they were made."""
    return list(Layer.objects.filter(cycle=cycle, code__in=EDITABLE, rebased_to=None).exclude(base=base).order_by("pk"))


def standing_edits(layers: Collection[Layer]) -> list[EditRow]:
    """What was typed in some layers and not taken back, in the order in which it was typed; an undo is none of it."""
    rows = EditRow.objects.filter(layer__in=[layer.pk for layer in layers]).select_related("layer").order_by("-pk")
    undone: set[int] = set()
    kept = []
    for row in rows:  # the newest first: an undo that was undone takes nothing back
        if row.undoes_id is None:
            kept += [] if row.pk in undone else [row]
        elif row.pk not in undone:
            undone.add(row.undoes_id)
    return kept[::-1]


def refuse_left_behind(cycle: Cycle, *, base: str) -> None:
    """Refuse to go on on a base while what was typed on an earlier one is not on it.

    Raises:
        NotRebasedError: if there is any such edit.
    """
    lost = standing_edits(left_behind(cycle, base=base))
    if lost:
        typed = {row.layer.code for row in lost}
        codes = ", ".join(code for code in EDITABLE if code in typed)
        raise NotRebasedError(edits=len(lost), layers=codes, cycle=cycle.label)


@dataclass(slots=True, kw_only=True)
class Ground:
    """All layers of a cycle on one base, as they stand while edits are replayed on it.

    ``given`` are the streams whose typed figure counts: not those of a patch that was defaulted.
    """

    baseline: Cube
    cubes: dict[str, Cube]
    locked: dict[str, Mask]
    given: Mask
    typed_since: dict[str, Mask] = field(default_factory=dict)  # cells that hold: typed on this base later

    @property
    def axis(self) -> Axis:
        """The streams."""
        return self.baseline.axis

    def shown(self, code: str) -> Cube:
        """The figure a person sees who types in a layer, as on her board before the sales window is closed."""
        if code == "L2":
            return sales_figure(submitted=self.cubes["L2"], fallback=self.baseline)
        sales = sales_figure(submitted=_only(self.cubes["L2"], self.given), fallback=self.baseline)
        return Stack(sales=sales, deltas={name: self.cubes[name] for name in DELTAS}).total()

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
        return edit(layer=layer, shown=shown, spot=spot, typed=typed, locked=holds, history=history)


def ground(layers: Sequence[Layer], *, baseline: Cube, defaulted: Collection[str]) -> Ground:
    """The layers of one base with what was typed in them so far."""
    edits = edits_of(layers)
    return Ground(
        baseline=baseline,
        cubes={code: found.cube(baseline) for code, found in edits.items()},
        locked={code: found.locked(baseline.values.shape) for code, found in edits.items()},
        given=~np.isin(baseline.axis.attributes["patch"], sorted(defaulted)),
    )


def _only(cube: Cube, rows: Mask) -> Cube:
    kept = rows[:, None] & (cube.state == State.PRESENT)
    state = np.where(kept, State.PRESENT, State.NONE).astype(np.uint8)
    return replace(cube, values=np.where(kept, cube.values, 0.0), state=state)
