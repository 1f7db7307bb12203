"""What sales figures were worth: added value, what was put up, and what takes no part."""

import numpy as np
import pytest

from onenumber.consensus.skill import Call, skill
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State, cube

AXIS = Axis("stream", np.array(["A|x", "B|y"]), {"patch": np.array(["Nord", "South"])})


def of(measure: str, *rows: tuple[float, ...], axis: Axis = AXIS, first: int = 0) -> Cube:
    return cube(measure=measure, values=np.array(rows), axis=axis, first=first, unit="pcs")


def call(cycle: int, sales: float, *, patches: tuple[str, ...] = ("Nord",), worth: float = 2.0) -> Call:
    months = (sales, sales, sales)
    return Call(
        cycle=cycle, sales=of("S", months, months, first=cycle), baseline=of("L1", *[(100.0,) * 3] * 2, first=cycle),
        worth=np.array([worth, worth]), patches=patches,
    )  # fmt: skip


def test_who_puts_the_baseline_up_and_is_wrong_takes_value_away() -> None:
    found = skill([call(k, 120.0) for k in range(7)], actual=of("demand", *[(100.0,) * 9] * 2))
    assert [(one.period, one.raised, one.nearer) for one in found.months[:2]] == [
        (1, pytest.approx(0.2), False), (2, pytest.approx(0.2), False),
    ]  # fmt: skip
    assert found.added is not None
    assert found.added.added == pytest.approx(-0.2)
    assert found.added.hits == 0.0
    assert len(found.moved(1)) == 7
    assert found.moved(-1) == ()
    assert found.bias == pytest.approx(0.2)


def test_only_the_own_patches_count_each_at_its_worth() -> None:
    found = skill([call(0, 120.0)], actual=of("demand", (100.0,) * 3, (1.0,) * 3)).months
    assert [(one.sales, one.baseline, one.actual) for one in found] == [(240.0, 200.0, 200.0)]


def test_a_month_that_has_not_come_or_was_not_loaded_says_nothing() -> None:
    actual = of("demand", (100.0, 100.0), (100.0, 100.0))
    missing = Cube("demand", actual.values, np.full((2, 2), State.MISSING, dtype=np.uint8), AXIS, 0, actual.units)
    assert skill([call(5, 120.0)], actual=actual).months == ()
    assert skill([call(0, 120.0)], actual=missing).months == ()
    assert skill([call(0, 120.0, worth=float("nan"))], actual=actual).months == ()
    assert skill([], actual=actual).bias is None
