"""SalesInput by rule R1, and the consensus that adds up."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.consensus.agree import agree
from onenumber.consensus.collect import PatchState, Standing, collect
from onenumber.consensus.layers import Stack, empty_delta
from onenumber.measure.rounding import round_within
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, cube

AXIS = Axis(
    "stream",
    np.array(["A|n", "A|s", "A|w"]),
    {"patch": np.array(["Nord", "South", "West"]), "family": np.array(["F", "F", "F"])},
)


def _cube(measure: str, *values: float) -> Cube:
    return cube(measure=measure, values=np.array(values).reshape(3, 1), axis=AXIS, first=0, unit="pcs")


def _standing(patch: str, state: PatchState, *, carried: bool = False) -> tuple[str, Standing]:
    return patch, Standing(patch=patch, state=state, carried=carried)


def test_submitted_carried_and_baseline_each_stand_where_they_should() -> None:
    found = collect(
        baseline=_cube("L1", 10, 20, 30),
        typed=_cube("L2", 12, 99, np.nan),
        carried=_cube("S", 11, 21, 31),
        standings=dict(
            [
                _standing("Nord", PatchState.ACCEPTED),
                _standing("South", PatchState.DEFAULTED, carried=True),
                _standing("West", PatchState.DEFAULTED),
            ]
        ),
    )
    assert found.sales.values[:, 0].tolist() == [12, 21, 30]  # typed; carried, not the 99 nobody submitted; baseline
    assert found.patches.select("patch", "source", "typed_cells").rows() == [
        ("Nord", "submitted", 1),
        ("South", "carried", 1),
        ("West", "baseline", 0),
    ]


def test_the_consensus_is_the_sum_of_its_layers_in_whole_units() -> None:
    sales = _cube("S", 1.4, 1.4, 1.2)
    news = _cube("L3", 2.0, np.nan, np.nan)
    stack = Stack(sales=sales, deltas={"L3": Cube("L3", news.values, np.array([[0], [1], [1]], dtype=np.uint8),
                                                  AXIS, 0, sales.units), "L4": empty_delta("L4", sales)})  # fmt: skip
    agreed = agree(stack=stack, decimals=np.zeros(3, dtype=np.int64))
    assert agreed.unrounded.values[:, 0].tolist() == [3.4, 1.4, 1.2]
    assert agreed.consensus.values[:, 0].tolist() == [4.0, 1.0, 1.0]  # 6.0 in all; 3.4 and 1.4 tie, the first gets it


def test_demand_is_never_negative() -> None:
    sales = _cube("S", 1, 2, 3)
    stack = Stack(sales=sales, deltas={"L4": _cube("L4", -5, 0, 0)})
    assert agree(stack=stack, decimals=np.zeros(3, dtype=np.int64)).consensus.values[:, 0].tolist() == [0, 2, 3]


def test_below_zero_are_cells_that_are_so_beyond_rounding() -> None:
    stack = Stack(sales=_cube("S", 1, 0.3, 3), deltas={"L4": _cube("L4", -5, -0.1 - 0.2, 0)})
    agreed = agree(stack=stack, decimals=np.zeros(3, dtype=np.int64))
    assert agreed.unrounded.values[1, 0] < 0
    assert agreed.below_zero[:, 0].tolist() == [True, False, False]


@given(
    values=hnp.arrays(np.float64, (20, 3), elements=st.floats(0, 1e5)),
    groups=hnp.arrays(np.int64, 20, elements=st.integers(0, 3)),
    decimals=st.integers(0, 2),
)
def test_rounding_keeps_every_group_total(values: np.ndarray, groups: np.ndarray, decimals: int) -> None:
    rounded = round_within(values, groups=groups, decimals=np.full(20, decimals))
    assert (np.abs(rounded - values) < 10.0**-decimals + 1e-9).all()
    for group in set(groups.tolist()):
        mine = groups == group
        np.testing.assert_allclose(rounded[mine].sum(axis=0), np.round(values[mine].sum(axis=0), decimals), atol=1e-6)
