"""Edits at any level: split, locks, layers, exact undo."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.consensus.edit import Spot, edit, edit_sales
from onenumber.consensus.edits import Change, between, replay, undo
from onenumber.consensus.layers import Stack, empty_delta, sales_figure
from onenumber.consensus.spread import Mode, Typed, spread
from onenumber.errors import AllLockedError, EmptyPlaceError, LockedExceedError, NegativeDemandError
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State, cube

NOT_LOCKED = np.array([[False], [False]])


def _axis(n: int) -> Axis:
    return Axis("stream", np.array([f"S{k:04d}" for k in range(n)]), {})


def _cube(values: list[list[float]], measure: str = "S") -> Cube:
    array = np.array(values, dtype=np.float64)
    return cube(measure=measure, values=array, axis=_axis(len(array)), first=0, unit="pcs")


def test_a_total_is_split_by_present_values() -> None:
    after = _spread([30.0, 10.0], Typed(mode=Mode.SET, value=80.0))
    assert after == [60.0, 20.0]  # 80 * 30/40, 80 * 10/40


def test_where_all_is_zero_history_splits() -> None:
    assert _spread([0.0, 0.0], Typed(mode=Mode.ADD, value=8.0), history=[3.0, 1.0]) == [6.0, 2.0]


def test_where_history_is_zero_too_the_split_is_equal() -> None:
    assert _spread([0.0, 0.0], Typed(mode=Mode.SET, value=8.0), history=[0.0, 0.0]) == [4.0, 4.0]


def test_a_locked_leaf_is_held() -> None:
    assert _spread([30.0, 10.0], Typed(mode=Mode.PERCENT, value=50.0), locked=[True, False]) == [30.0, 30.0]


def test_all_locked_is_refused_with_a_way_out() -> None:
    with pytest.raises(AllLockedError, match=r"All 2 cells below F1 are locked. Unlock one of them"):
        _spread([30.0, 10.0], Typed(mode=Mode.SET, value=1.0), locked=[True, True])


def test_less_than_what_is_locked_is_refused() -> None:
    with pytest.raises(LockedExceedError, match=r"20 was typed, but 30 of it is locked below F1"):
        _spread([30.0, 10.0], Typed(mode=Mode.SET, value=20.0), locked=[True, False])


def test_negative_demand_is_refused() -> None:
    with pytest.raises(NegativeDemandError, match=r"-60 at F1 would make demand negative"):
        _spread([30.0, 10.0], Typed(mode=Mode.ADD, value=-100.0))


@given(values=hnp.arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1e6)))
def test_all_of_a_figure_taken_away_leaves_exactly_zero(values: np.ndarray) -> None:
    for typed in (Typed(mode=Mode.PERCENT, value=-100.0), Typed(mode=Mode.ADD, value=-float(np.sum(values[::-1])))):
        assert _spread(values.tolist(), typed) == [0.0] * len(values)


@given(
    values=hnp.arrays(np.float64, (5, 3), elements=st.floats(0, 1e6)),
    steps=st.lists(st.tuples(st.sampled_from(("L2M", "L3", "L4", "L5")), st.floats(-100, 100)), max_size=6),
    out=st.sampled_from(("L2M", "L3", "L4", "L5")),
)
def test_a_phase_out_can_be_typed_again_on_what_its_layers_left(
    values: np.ndarray, steps: list[tuple[str, float]], out: str
) -> None:
    """Layers add up to zero within rounding, of either sign: nothing typed there is refused, and it stays zero."""
    stack = Stack(sales=_cube(values.tolist()), deltas={})
    spot = Spot(name="all", rows=np.arange(5), columns=range(3))
    for code, percent in (*steps, (out, -100.0), ("L4", 5.0), ("L2M", -100.0), ("L5", 0.0)):
        layer = stack.deltas.get(code) or empty_delta(code, stack.sales)
        change = edit(
            layer=layer, shown=stack.total(), spot=spot, typed=Typed(mode=Mode.PERCENT, value=percent),
            locked=np.zeros((5, 3), dtype=bool), history=np.ones(5),
        )  # fmt: skip
        stack = Stack(sales=stack.sales, deltas={**stack.deltas, code: replay(layer, [change])})
    assert np.abs(stack.total().values).max() <= 1e-6


def test_what_is_locked_is_held_within_rounding() -> None:
    after = _spread([0.1 + 0.2, 5.0], Typed(mode=Mode.SET, value=0.3), locked=[True, False])
    assert after == [0.1 + 0.2, 0.0]


def test_an_empty_place_is_refused() -> None:
    with pytest.raises(EmptyPlaceError, match="No demand stream that you see lies under F1"):
        _spread([], Typed(mode=Mode.SET, value=1.0))


def test_a_delta_layer_takes_the_difference_only() -> None:
    sales = _cube([[30.0], [10.0]])
    planner = empty_delta("L4", sales)
    change = edit(
        layer=planner,
        shown=sales,
        spot=Spot(name="F1", rows=np.array([0, 1]), columns=range(1)),
        typed=Typed(mode=Mode.SET, value=80.0),
        locked=NOT_LOCKED,
        history=np.zeros(2),
    )
    assert change.after.tolist() == [30.0, 10.0]  # 60 - 30, 20 - 10
    stack = Stack(sales=sales, deltas={"L4": replay(planner, [change])})
    assert stack.total().values.tolist() == [[60.0], [20.0]]


def test_the_sales_layer_takes_the_total() -> None:
    baseline = _cube([[30.0]], "L1")
    sales = empty_delta("L2", baseline)
    change = edit(
        layer=sales,
        shown=baseline,
        spot=Spot(name="C1", rows=np.array([0]), columns=range(1)),
        typed=Typed(mode=Mode.PERCENT, value=10.0),
        locked=np.array([[False]]),
        history=np.zeros(1),
    )
    assert sales_figure(submitted=replay(sales, [change]), fallback=baseline).values.tolist() == [[33.0]]


values_of = hnp.arrays(np.float64, (12, 3), elements=st.floats(0, 1e6).map(lambda v: round(v, 2)))
locks_of = hnp.arrays(np.bool_, (12, 3))


@given(values=values_of, locked=locks_of, typed=st.floats(0, 1e7))
def test_parts_add_up_to_what_was_typed_and_locks_hold(values: np.ndarray, locked: np.ndarray, typed: float) -> None:
    locked[0] = False
    total = typed + values.sum()
    after = spread(
        shown=values, typed=Typed(mode=Mode.SET, value=total), locked=locked, history=np.ones(12), place="F1"
    )
    np.testing.assert_allclose(after.sum(axis=0), total, rtol=1e-12)
    assert np.array_equal(after[locked], values[locked])
    assert (after >= 0).all()


@given(values=values_of, absent=locks_of, typed=st.floats(0, 1e7))
def test_undo_restores_every_leaf_absence_and_zero_included(
    values: np.ndarray, absent: np.ndarray, typed: float
) -> None:
    shown = cube(measure="S", values=values, axis=_axis(12), first=0, unit="pcs")
    layer = Cube(
        "L4", np.where(absent, 0.0, 1.0), np.where(absent, State.NONE, State.PRESENT).astype(np.uint8),
        shown.axis, 0, shown.units,
    )  # fmt: skip
    change = edit(
        layer=layer, shown=shown, spot=Spot(name="all", rows=np.arange(12), columns=range(3)),
        typed=Typed(mode=Mode.SET, value=typed), locked=np.zeros((12, 3), dtype=bool), history=np.ones(12),
    )  # fmt: skip
    back = replay(layer, [change, undo(change)])
    assert len(between(layer, back)) == 0
    assert np.array_equal(back.state, layer.state)


def _spread(
    shown: list[float], typed: Typed, locked: list[bool] | None = None, history: list[float] | None = None
) -> list[float]:
    n = len(shown)
    held = np.array(locked if locked is not None else [False] * n, dtype=bool).reshape(n, 1)
    weights = np.array(history if history is not None else [1.0] * n, dtype=np.float64)
    after = spread(
        shown=np.array(shown, dtype=np.float64).reshape(n, 1), typed=typed, locked=held, history=weights, place="F1"
    )
    return after[:, 0].tolist()


BASELINE = _cube([[30.0, 10.0], [10.0, 10.0]])
CARRIED = _cube([[36.0, np.nan], [90.0, np.nan]], "L2")
OFFERED = np.array([[True, False], [True, False]])


def _over(mode: Mode, value: float, *, locked: np.ndarray | None = None, carried: np.ndarray = OFFERED) -> Cube:
    """L2 after a salesperson typed over both streams of the first period."""
    held = np.zeros((2, 2), dtype=bool) if locked is None else locked
    change = edit_sales(
        layer=CARRIED, baseline=BASELINE, carried=carried, typed=Typed(mode=mode, value=value), locked=held,
        spot=Spot(name="F1", rows=np.array([0, 1]), columns=range(1)), history=np.ones(2),
    )  # fmt: skip
    assert len(change) == (~held[:, 0]).sum()
    return replay(CARRIED, [change])


@pytest.mark.parametrize(
    ("mode", "value", "wanted"),
    [
        (Mode.PERCENT, 20.0, [36.0, 12.0]),  # of 30 and 10; the first comes to what was carried and is hers now
        (Mode.ADD, 8.0, [36.0, 12.0]),  # 40 + 8, split 3 to 1
        (Mode.SET, 63.0, [18.0, 45.0]),  # split as what was carried, 36 to 90
    ],
)
def test_what_is_typed_takes_the_place_of_what_was_carried(mode: Mode, value: float, wanted: list[float]) -> None:
    assert _over(mode, value).values[:, 0].tolist() == pytest.approx(wanted)


def test_no_per_cent_goes_back_to_the_baseline() -> None:
    assert (_over(Mode.PERCENT, 0.0).state[:, 0] == State.NONE).all()


def test_a_total_that_stays_leaves_every_leaf_to_the_last_bit() -> None:
    leaves = [1 / 3, 0.7, 0.2]
    assert _spread(leaves, Typed(mode=Mode.PERCENT, value=0.0)) == leaves


def test_a_locked_cell_holds_what_was_carried() -> None:
    locked = np.array([[False, False], [True, False]])
    assert _over(Mode.PERCENT, 10.0, locked=locked).values[:, 0].tolist() == pytest.approx([42.0, 90.0])  # 120 * 1.1


def test_what_was_typed_in_this_cycle_is_built_on() -> None:
    typed = np.zeros((2, 2), dtype=bool)
    assert _over(Mode.PERCENT, 50.0, carried=typed).values[:, 0].tolist() == pytest.approx([54.0, 135.0])


MOVES = st.lists(st.tuples(st.integers(0, 2), st.one_of(st.none(), st.floats(0, 9))), max_size=30)


@given(MOVES)
def test_of_a_leaf_that_moved_often_the_last_move_stands(moves: list[tuple[int, float | None]]) -> None:
    layer = empty_delta("L4", _cube([[1.0], [2.0], [3.0]]))
    kept: dict[int, float | None] = {}
    changes = []
    for row, value in moves:
        after = np.array([np.nan if value is None else value])
        changes.append(Change(rows=np.array([row]), columns=np.array([0]), before=after, after=after))
        kept[row] = value
    found = replay(layer, changes)
    for row, value in kept.items():
        assert found.values[row, 0] == (value or 0.0)
        assert found.state[row, 0] == (State.NONE if value is None else State.PRESENT)
