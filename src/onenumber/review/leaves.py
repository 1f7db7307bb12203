"""Figures that open: the leaves that a sum is made of, so that a total and its parts can't disagree."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onenumber.finance.valuation import worth
from onenumber.model.axis import Labels
from onenumber.model.cube import Cube, State, States, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """Values and states, (leaves x columns), with the labels of each leaf by level (item, planning_customer, site).

    A cell that is *not computed* lies outside its source and is not expected in a sum. ``valued``: they are quantities
    times a price or cost, so that a cell of quantity 0 says nothing of what the others are worth.
    """

    values: Values
    state: States
    by: Mapping[str, Labels]
    valued: bool = False

    def minus(self, other: "Leaves") -> "Leaves":
        """The leaves of a difference, in columns where both sides have something; elsewhere nothing is computed."""
        both = self.known & other.known
        joined = join([self, replace(other, values=-other.values)])
        return replace(joined, state=np.where(both, joined.state, State.NOT_COMPUTED).astype(np.uint8))

    @property
    def known(self) -> np.ndarray:
        """Per column, whether any leaf is present."""
        known: np.ndarray = np.any(self.state == State.PRESENT, axis=0)
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One figure: its value (None where nothing is present), why not, and the share of expected leaves it holds."""

    value: float | None
    state: State
    coverage: float


def leaves_of(cube: Cube, *, rows: np.ndarray, columns: range, weight: Values | None = None) -> Leaves:
    """The leaves of some series of a cube over calendar indices ``columns``.

    ``weight`` (series x columns; equivalent units in one unit) turns quantities into what is asked for; NaN where it
    is not known, which makes a cell *missing* unless its quantity is zero.

    Example:
        >>> from onenumber.model.axis import Axis
        >>> from onenumber.model.cube import cube
        >>> q = cube(measure="q", values=np.array([[2.0, 0.0]]), axis=Axis("item", np.array(["A"]), {}), first=3,
        ...          unit="pcs")
        >>> found = leaves_of(q, rows=np.array([True]), columns=range(2, 5), weight=np.array([[1.0, np.nan, np.nan]]))
        >>> found.values.tolist(), found.state.tolist()
        ([[0.0, 0.0, 0.0]], [[4, 2, 0]])
    """
    cut = cube.cut(columns.start, len(columns))
    values, state = cut.values[rows], cut.state[rows]
    if weight is not None:
        unknown = np.isnan(weight[rows]) & (values != 0)
        values = np.where(unknown, 0.0, values * np.nan_to_num(weight[rows]))
        state = np.where(unknown & (state == State.PRESENT), State.MISSING, state).astype(np.uint8)
    return Leaves(values=values, state=state, by=_labels_of(cube, rows))


def money_of(cube: Cube, *, rows: np.ndarray, columns: range, price: Values, decimals: int) -> Leaves:
    """The same in money: each leaf cell rounded to the minor unit before anything is added; values in minor units.

    ``price`` is (series x columns), NaN where it is not known.
    """
    cut = cube.cut(columns.start, len(columns))
    state = cut.state[rows]
    money = worth(cut.values[rows], state, price[rows], decimals=decimals)
    unknown = (state == State.PRESENT) & ~money.known
    state = np.where(unknown, State.MISSING, state).astype(np.uint8)
    return Leaves(values=money.minor.astype(np.float64), state=state, by=_labels_of(cube, rows), valued=True)


class _Cut(Mapping[str, Labels]):
    """Labels by level that are cut out when somebody asks: most figures of a page are never opened."""

    def __init__(self, names: Iterable[str], cut: Callable[[str], Labels]) -> None:
        self._names = dict.fromkeys(names)
        self._cut = cut

    def __getitem__(self, name: str) -> Labels:
        if name not in self._names:
            raise KeyError(name)
        return self._cut(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _labels_of(cube: Cube, rows: np.ndarray) -> Mapping[str, Labels]:
    attributes = {**cube.axis.attributes, cube.axis.kind: cube.axis.keys}
    return _Cut(attributes, lambda name: attributes[name][rows])


def join(parts: Sequence[Leaves]) -> Leaves:
    """Leaves of several sources as one; only levels that all of them have are kept."""
    first, *others = parts
    shared = [name for name in first.by if all(name in other.by for other in others)]
    return Leaves(
        values=np.concatenate([part.values for part in parts]),
        state=np.concatenate([part.state for part in parts]),
        by=_Cut(shared, lambda name: np.concatenate([part.by[name] for part in parts])),
        valued=any(part.valued for part in parts),
    )


def sums(leaves: Leaves, codes: np.ndarray | None = None, groups: int = 1) -> list[list[Sum]]:
    """Per group (one, without codes) and column, the sum of what is present.

    Of valued leaves there is no sum where a cell is missing and all others are zero: without prices nothing is worth 0.

    Example:
        >>> one = Leaves(values=np.array([[1.0], [0.0]]), state=np.array([[0], [2]], dtype=np.uint8), by={})
        >>> sums(one)
        [[Sum(value=1.0, state=<State.PRESENT: 0>, coverage=0.5)]]
        >>> sums(Leaves(values=np.zeros((2, 1)), state=np.array([[0], [2]], dtype=np.uint8), by={}, valued=True))
        [[Sum(value=None, state=<State.MISSING: 2>, coverage=0.0)]]
    """
    present = leaves.state == State.PRESENT
    expected = present | (leaves.state == State.MISSING)
    telling = present & ((leaves.values != 0) | (not leaves.valued))
    parts = [np.where(present, leaves.values, 0.0), present, expected, telling]
    total, count, wanted, told = (_added(part, codes, groups).tolist() for part in parts)
    worst = np.full((groups, present.shape[1]), State.NOT_COMPUTED, dtype=np.uint8)
    if codes is None:
        worst[0] = np.min(leaves.state, axis=0, initial=State.NOT_COMPUTED)
    else:
        _lower(worst, codes, leaves.state)
    table = zip(total, count, wanted, told, worst.tolist(), strict=True)
    return [[_sum(*cell) for cell in zip(*group, strict=True)] for group in table]


def latest(leaves: Leaves, codes: np.ndarray | None = None, groups: int = 1) -> list[list[Sum]]:
    """Per group and column, the largest of what is present; there is none where one of them is under 0: never.

    Example:
        >>> one = Leaves(values=np.array([[1.0, -1.0], [3.0, 2.0]]), state=np.zeros((2, 2), dtype=np.uint8), by={})
        >>> [(found.value, found.state.name) for found in latest(one)[0]]
        [(3.0, 'PRESENT'), (None, 'NONE')]
    """
    present = leaves.state == State.PRESENT
    never = present & (leaves.values < 0)
    values = np.where(never, np.inf, np.where(present, leaves.values, -np.inf))
    last = np.full((groups, present.shape[1]), -np.inf)
    np.maximum.at(last, np.zeros(len(values), dtype=np.int64) if codes is None else codes, values)
    return [[_last(value) for value in group] for group in last.tolist()]


def _last(value: float) -> Sum:
    if math.isinf(value):
        return Sum(value=None, state=State.NONE if value > 0 else State.NOT_COMPUTED, coverage=0.0)
    return Sum(value=value, state=State.PRESENT, coverage=1.0)


def _added(values: np.ndarray, codes: np.ndarray | None, groups: int) -> Values:
    """Sums over rows, one after the other, so that a whole and a group of everything are the same bits."""
    if codes is None:
        total: Values = np.ascontiguousarray(values).sum(axis=0, keepdims=True, dtype=np.float64)
        return total
    columns = values.shape[1]
    cells = (codes[:, None] * columns + np.arange(columns)).ravel()
    added = np.bincount(cells, weights=values.ravel(), minlength=groups * columns).astype(np.float64)
    return added.reshape(groups, columns)


def _lower(worst: States, codes: np.ndarray, state: States) -> None:
    """The lowest state of each group that has a row, cell by cell."""
    order = np.argsort(codes, kind="stable")
    there, starts = np.unique(codes[order], return_index=True)
    if len(there):
        worst[there] = np.minimum(worst[there], np.minimum.reduceat(state[order], starts, axis=0))


def _sum(total: float, count: float, wanted: float, told: float, state: int) -> Sum:
    if not count:
        return Sum(value=None, state=State(state), coverage=0.0)
    if count < wanted and not told:
        return Sum(value=None, state=State.MISSING, coverage=0.0)
    return Sum(value=float(total), state=State.PRESENT, coverage=float(count / wanted))
