"""The error a month ahead that a patch is known by."""

import numpy as np
import pytest

from onenumber.consensus.bias import Snapshot, lag1_bias
from onenumber.model.axis import Axis
from onenumber.model.cube import cube

AXIS = Axis("stream", np.array(["A|x"]), {"patch": np.array(["Nord"])})


@pytest.mark.parametrize(
    ("asked", "bias"),
    [
        ([10.0, 10.0, 10.0, 10.0], {"Nord": 0.3}),
        ([10.0, 10.0, 10.0, np.nan], {"Nord": 0.2}),
        ([10.0, np.nan, np.nan, 10.0], {}),
    ],
)
def test_a_month_that_is_missing_is_held_against_nothing(asked: list[float], bias: dict[str, float]) -> None:
    """Of four snapshots 12, 12, 12 and 16 said of 10 each; what did not come does not count, and two are too few."""
    said = [
        Snapshot(cycle=k, weights=np.ones(1), given=("Nord",), sales=cube(
            measure="S", values=np.array([[9.0, value]]), axis=AXIS, first=k, unit="pcs"
        ))
        for k, value in ((4, 12.0), (5, 12.0), (6, 12.0), (7, 16.0))
    ]  # fmt: skip
    actual = cube(measure="demand", values=np.array([[9.0, *asked]]), axis=AXIS, first=4, unit="pcs")
    assert lag1_bias(snapshots=said, actual=actual, weights=np.ones(1)) == pytest.approx(bias)
