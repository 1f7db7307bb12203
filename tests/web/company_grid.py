# ruff: noqa: ARG002 - it answers every question of the boundary, and needs few of their arguments
"""The planning grid of the small company: a family of two pumps with two customers each."""

import datetime as dt

import numpy as np

from onenumber.errors import StaleEditError
from onenumber.steps.see.edits import EditShown
from onenumber.steps.see.plan_cell import CellEdit, CellStory
from onenumber.steps.see.plan_grid import ALL_HELD, CARRIED, SOME_HELD, TYPED, GridSeen
from onenumber.steps.see.sheets import SheetName
from onenumber.web.frame.model import At
from onenumber.web.plan_grid.model import CellAsked, GridTyped

TREE = (
    (0, "Pumps", "Pumps"),
    (1, "Circulation pumps", "Circulation pumps"),
    (2, "CP-100", "Circulation pump 25-40"),
    (3, "CP-100|nordbau", "Nordbau AG"),
    (3, "CP-100|rest of Nord, trade", "rest of Nord, trade"),
    (2, "CP-120", "Circulation pump 32-60"),
    (3, "CP-120|nordbau", "Nordbau AG"),
    (3, "CP-120|rest of Nord, trade", "rest of Nord, trade"),
)
LEAVES = {0: (3, 4, 6, 7), 1: (3, 4, 6, 7), 2: (3, 4), 5: (6, 7)}
LABELS = tuple(f"2026-{month:02d}" for month in range(6, 13))


class Grids:
    """Answers about the grid: what is typed is added up the tree, and a sequence that is behind is refused."""

    def __init__(self) -> None:
        self.figures = np.tile(np.array([[0, 0, 0, 300, 200, 0, 150, 50]], dtype=np.float64).T, (1, len(LABELS)))
        self.marks = np.zeros(self.figures.shape, dtype=np.uint8)
        self.sequence = 2

    def plan_layer(self, at: At) -> str:
        return "L4"

    def plan_grid(self, at: At, layer: str) -> GridSeen:
        shown = self.figures.copy()
        for node, leaves in LEAVES.items():
            shown[node] = self.figures[list(leaves)].sum(axis=0)
        self.marks[3, 1], self.marks[4, 2] = self.marks[3, 1] | ALL_HELD, self.marks[4, 2] | CARRIED
        self.marks[0:3, 1] |= SOME_HELD
        return GridSeen(
            layer=layer, cycle="2026-06", sequence=self.sequence, labels=LABELS,
            depths=np.array([depth for depth, _, _ in TREE]), keys=tuple(key for _, key, _ in TREE),
            names=tuple(name for _, _, name in TREE), units=("pcs",) * len(TREE), shown=shown,
            added=np.where(self.marks & TYPED, 10.0, np.nan), marks=self.marks,
            writes=np.array([True] * 7 + [False]), part=at.person == "lena", yours="L4",
            back=0, waits=True, agreed=False,
        )  # fmt: skip

    def type_in(self, at: At, layer: str, typed: GridTyped) -> tuple[int, ...]:
        if typed.seen is not None and typed.seen < self.sequence and not typed.rest:
            raise StaleEditError(cells=1, who="Dora Petrov", where="Nordbau AG")
        for one in typed.asked:
            row = [key for _, key, _ in TREE].index(next(iter(one.place.values())))
            at_month = LABELS.index(one.first)
            assert one.value is not None
            moved = one.value if one.mode == "set" else self.figures[row, at_month] + one.value
            self.figures[row, at_month] = moved
            self.marks[row, at_month] |= TYPED
        before = self.sequence
        self.sequence += len(typed.asked) + len(typed.undo)
        return tuple(range(before + 1, self.sequence + 1))

    def typed_since(self, at: At, layer: str, seen: int) -> tuple[EditShown, ...]:
        one = EditShown(
            layer=layer, sequence=self.sequence, place="Nordbau AG", first="2026-07", last="2026-07", mode="add",
            value=10.0, came_to={"pcs": 10.0}, person="Dora Petrov", role="DP",
            at=dt.datetime(2026, 6, 4, 9, tzinfo=dt.UTC), reason="", until="", carried_from="",
        )  # fmt: skip
        return (one,)

    def plan_cell(self, at: At, asked: CellAsked) -> CellStory:
        edit = CellEdit(
            layer="L4", sequence=2, place="Nordbau AG", mode="add", value=10.0, came_to=10.0, person="Dora Petrov",
            role="DP", at=dt.datetime(2026, 6, 4, 9, tzinfo=dt.UTC), reason="a new site",
            carried_from="", waits=False, over=None, undone=False,
        )  # fmt: skip
        return CellStory(
            place=next(iter(asked.place.values())), layer=asked.layer, label=asked.period, unit="pcs", shown=310.0,
            parts=(("L1", 300.0), ("L4", 10.0)), as_baseline=False, base_by="Dora Petrov", edits=(edit,), hidden=1,
            base=SheetName(pk=4, kind="forecast", stage="", sequence=7, content="c"),
        )  # fmt: skip
