"""The error a month ahead that a patch is known by."""

import numpy as np
import pytest

from onenumber.consensus.bias import Snapshot, lag1_bias
from onenumber.model.axis import Axis
from onenumber.model.cube import cube

AXIS = Axis("stream", np.array(["A|x"]), {"patch": np.array(["Nord"])})


@pytest.mark.parametrize(("asked", "bias"), [([9.0, 10.0, 10.0], 0.35), ([9.0, 10.0, np.nan], 0.2)])
def test_a_month_that_is_missing_is_held_against_nothing(asked: list[float], bias: float) -> None:
    """Of two snapshots, 12 and 15 said of 10 and 10; where the second month did not come, only the first counts."""
    said = [
        Snapshot(cycle=k, weights=np.ones(1), sales=cube(
            measure="S", values=np.array([[9.0, value]]), axis=AXIS, first=k, unit="pcs"
        ))
        for k, value in ((4, 12.0), (5, 15.0))
    ]  # fmt: skip
    actual = cube(measure="demand", values=np.array([asked]), axis=AXIS, first=4, unit="pcs")
    assert lag1_bias(snapshots=said, actual=actual, weights=np.ones(1)) == pytest.approx({"Nord": bias})
