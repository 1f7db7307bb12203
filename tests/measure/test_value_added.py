"""Value added: vector T2, touched cells, and when there is not enough evidence."""

import numpy as np

from onenumber.measure.value_added import by_size, sign_test, value_added

ACTUAL = np.array([[100.0, 120.0, 80.0, 110.0]])
STEPS = {
    "naive": np.array([[90.0, 100.0, 120.0, 80.0]]),
    "statistical": np.array([[98.0, 112.0, 95.0, 104.0]]),
    "sales": np.array([[110.0, 130.0, 100.0, 120.0]]),
    "consensus": np.array([[104.0, 122.0, 90.0, 110.0]]),
}


def _percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 2)


def test_vector_t2() -> None:
    made = value_added(steps=STEPS, actual=ACTUAL)
    assert [s.step for s in made] == list(STEPS)
    assert [_percent(s.error.value) for s in made] == [24.39, 7.56, 12.20, 3.90]
    assert [_percent(s.added) for s in made] == [None, 16.83, -4.63, 8.29]
    assert [_percent(s.added_in_all) for s in made] == [None, 16.83, 12.20, 20.49]
    assert [_percent(s.bias.value) for s in made] == [-4.88, -0.24, 12.20, 3.90]
    # |bias| before less own: 4.88 - 0.24, 0.24 - 12.20, 12.20 - 3.90
    assert [_percent(s.bias_added) for s in made] == [None, 4.63, -11.95, 8.29]


def test_a_cell_that_one_step_lacks_is_left_out_of_all() -> None:
    holed = {**STEPS, "sales": np.array([[110.0, np.nan, 100.0, 120.0]])}
    made = value_added(steps=holed, actual=ACTUAL)
    assert [s.error.cells for s in made] == [3, 3, 3, 3]
    np.testing.assert_allclose(made[0].error.value, (10 + 40 + 30) / 290)


def test_untouched_cells_do_not_dilute_the_truth() -> None:
    before, actual = np.full((1, 10), 100.0), np.full((1, 10), 110.0)
    after = before.copy()
    after[0, :2] = [110.0, 90.0]
    after[0, 2] = 100.4  # under half a percent: not touched
    step = value_added(steps={"before": before, "after": after}, actual=actual)[1]
    assert (step.touched, step.hits) == (2, 0.5)
    np.testing.assert_allclose(step.touched_added, (20.0 - 20.0) / 220.0)
    assert (step.chance, step.reason) == (None, "not_enough_evidence")


def test_enough_evidence_is_judged_by_a_sign_test() -> None:
    actual = np.full((4, 6), 100.0)
    before, after = actual * 1.2, actual * 1.1
    after[0, 0] = 140.0  # one of 24 moved away
    step = value_added(steps={"before": before, "after": after}, actual=actual)[1]
    assert (step.touched, step.hits, step.reason) == (24, 23 / 24, "")
    assert step.chance == 2 * (1 + 24) / 2**24


def test_a_step_that_touched_nothing_has_no_hit_rate() -> None:
    step = value_added(steps={"a": STEPS["sales"], "b": STEPS["sales"]}, actual=ACTUAL)[1]
    assert (step.added, step.touched, step.touched_added, step.hits) == (0.0, 0, None, None)


def test_changes_are_cut_by_size_and_direction() -> None:
    before = np.array([100.0, 100.0, 100.0, 100.0, 0.0])
    after = np.array([102.0, 90.0, 130.0, 160.0, 5.0])
    rows = by_size(before=before, after=after, actual=np.array([102.0, 100.0, 120.0, 100.0, 5.0]))
    got = {(r.low, r.upward): (r.cells, r.hits) for r in rows if r.cells}
    # a change from nothing is a large one
    assert got == {(0.0, True): (1, 1.0), (0.05, False): (1, 0.0), (0.2, True): (1, 1.0), (0.5, True): (2, 0.5)}


def test_the_sign_test_by_hand_and_in_its_limit() -> None:
    assert sign_test(wins=0, losses=0) == 1.0
    assert sign_test(wins=5, losses=5) == 1.0
    assert sign_test(wins=0, losses=10) == 2 / 2**10
    assert abs(sign_test(wins=530, losses=470) - sign_test(wins=531, losses=471)) < 0.003  # exact beside normal


def test_the_same_on_no_demand_is_none() -> None:
    nothing = {"a": np.zeros((1, 4)), "b": np.ones((1, 4))}
    step = value_added(steps=nothing, actual=np.zeros((1, 4)))[1]
    assert (step.error.reason, step.added, step.touched_added) == ("forecast_without_demand", None, None)
