"""When the last of what a period asks for leaves."""

import numpy as np

from onenumber.model.axis import Axis
from onenumber.model.cube import State, cube
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.promises import periods_to_come

AXIS = Axis("stream", np.array(["a|x", "b|x", "c|x"]), {})


def plan(**cubes: list[list[float]]) -> Sheet:
    made = {
        name: cube(measure=name, values=np.array(rows), axis=AXIS, first=4, unit="pcs") for name, rows in cubes.items()
    }
    return Sheet(kind=SheetKind.SUPPLY_PLAN, cubes=made)


def test_it_is_the_period_by_whose_end_everything_asked_until_then_has_left() -> None:
    found = periods_to_come(
        plan(
            demand=[[10.0, 10, 0], [0, 0, 5], [10, 0, 0]],
            shipped=[[6.0, 9, 5], [0, 0, 5], [0, 0, 10]],
            backlog=[[4.0, 5, 0], [0, 0, 0], [13, 13, 3]],  # 3 of c were late before
            lost=[[0.0, 0, 0], [0, 0, 0], [0, 0, 0]],
        )
    )
    assert found.first == 4
    assert found.values[0].tolist() == [1.0, 1.0, 0.0]
    assert (found.values[1, 2], found.state[1].tolist()) == (0.0, [State.NONE, State.NONE, State.PRESENT])
    assert found.values[2, 0] == -1.0  # 13 are asked for, 10 leave


def test_what_waits_and_is_given_up_later_never_comes() -> None:
    """All 10 of a wait and are lost in the next period; 4 of the 10 of b come in it before the rest is lost."""
    found = periods_to_come(plan(
        demand=[[10.0, 0], [10, 0], [0, 0]], shipped=[[0.0, 0], [0, 4], [0, 0]], backlog=[[10.0, 0], [10, 0], [0, 0]],
        lost=[[0.0, 10], [0, 6], [0, 0]],
    ))  # fmt: skip
    assert found.values[:2, 0].tolist() == [-1.0, 1.0]


def test_what_is_given_up_is_never_promised() -> None:
    found = periods_to_come(plan(
        demand=[[5.0, 5], [5, 5], [5, 5]], shipped=[[5.0, 0], [5, 5], [5, 5]], backlog=[[0.0, 0], [0, 0], [0, 0]],
        lost=[[0.0, 5], [0, 0], [0, 0]],
    ))  # fmt: skip
    assert found.values.tolist() == [[0.0, -1.0], [0.0, 0.0], [0.0, 0.0]]
