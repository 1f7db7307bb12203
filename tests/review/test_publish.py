"""The plan of record: what was asked is promised or short, and money is the sum of its cells."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onenumber.review.promises import first_in_first_out, in_time
from onenumber.review.publish import make_published
from onenumber.supply.shortages import comes_by
from tests.review.world import decided, ground, plan

QUANTITIES = hnp.arrays(np.float64, (3, 6), elements=st.integers(0, 20).map(float))


def test_what_comes_back_to_the_salesperson() -> None:
    final = plan(
        demand={"a1|c1": [40.0, 0, 10], "b1|c1": [5.0]},
        shipped={"a1|c1": [30.0, 10, 10], "b1|c1": [5.0]},
        backlog={"a1|c1": [10.0]},
        shortages=[("a1|c1", 6, 40.0, 10.0, 0.0, "capacity", "R1", 6, 4.0, 7)],
        unplanned=[("z9", "P1", "no_route")],
    )
    sheet = make_published(final_plan=final, decision=decided(("p1", "A", "ex", "decided")), ground=ground())
    assert sheet.table("promises").rows() == [
        ("a1|c1", "a1", "c1", "N", "A", 6, 40.0, 30.0, 10.0, "capacity", "R1", 7),
        ("a1|c1", "a1", "c1", "N", "A", 8, 10.0, 10.0, 0.0, None, None, None),
        ("b1|c1", "b1", "c1", "N", "B", 6, 5.0, 5.0, 0.0, None, None, None),
    ]
    revenue = sheet.table("money").filter((pl.col("account") == "revenue") & (pl.col("place") == "A"))
    assert revenue["amount"].to_list() == [300_00, 100_00, 100_00, 0, 0, 0]
    assert sheet.table("assumptions").rows() == [("not_planned", "z9|P1", "no_route")]
    assert sheet.table("decisions").rows() == [("p1", "A", "ex", "decided")]
    assert sheet.notes["short_units"] == 10.0


def test_a_promise_says_by_when_all_of_it_has_come() -> None:
    """4 of the 10 short come in August, the last in September: as the plan's shortages say."""
    final = plan(
        demand={"a1|c1": [40.0, 0, 0]},
        shipped={"a1|c1": [30.0, 4, 6]},
        backlog={"a1|c1": [10.0, 6]},
        shortages=[("a1|c1", 6, 40.0, 10.0, 0.0, "capacity", "R1", 6, 4.0, 8)],
    )
    kept = make_published(final_plan=final, decision=decided(), ground=ground()).table("promises")
    assert kept["next_period"].to_list() == [8]


def test_opening_backlog_is_served_before_this_months_demand() -> None:
    final = plan(demand={"a1|c1": [10.0]}, shipped={"a1|c1": [12.0]}, backlog={"a1|c1": [3.0]})
    kept = make_published(final_plan=final, decision=decided(), ground=ground()).table("promises")
    # 5 were open before July (3 + 12 - 10) and are asked for in July too: 12 of 15 leave
    assert kept.select("asked", "promised", "short").rows() == [(15.0, 12.0, 3.0)]
    assert in_time(final)[0].tolist() == [7.0, 0, 0, 0, 0, 0]  # the first 5 of the 12 go to the past-due orders


def test_what_is_given_up_never_comes() -> None:
    final = plan(demand={"a1|c1": [10.0, 10]}, shipped={"a1|c1": [6.0, 10]}, lost={"a1|c1": [4.0]})
    kept = make_published(final_plan=final, decision=decided(), ground=ground()).table("promises")
    assert kept.select("promised", "short", "next_period").rows() == [(6.0, 4.0, None), (10.0, 0.0, None)]


@given(asked=QUANTITIES, share=QUANTITIES, gone=QUANTITIES, opening=hnp.arrays(np.float64, 3, elements=st.just(7.0)))
def test_asked_is_promised_plus_short_and_all_that_ships_is_somebodys(
    asked: np.ndarray, share: np.ndarray, gone: np.ndarray, opening: np.ndarray
) -> None:
    shipped, lost, queue = np.zeros_like(asked), np.zeros_like(asked), opening.copy()
    for k in range(6):  # any plan that never ships or loses more than is open
        queue = queue + asked[:, k]
        shipped[:, k] = np.minimum(share[:, k], queue)
        lost[:, k] = np.minimum(gone[:, k], queue - shipped[:, k])
        queue = queue - shipped[:, k] - lost[:, k]
    found = first_in_first_out(asked=asked, shipped=shipped, lost=lost, opening=opening)
    assert (found.promised + found.short == asked).all()
    assert ((found.promised >= 0) & (found.short >= 0)).all()
    assert (found.promised <= shipped + 1e-9).all()
    by = comes_by(asked=asked + (np.arange(6) == 0) * opening[:, None], short=found.short, shipped=shipped, lost=lost)
    columns = np.broadcast_to(np.arange(6), asked.shape)
    assert (by[found.short == 0] == columns[found.short == 0]).all()
    late = (found.short > 0) & (by >= 0)
    assert (by[late] > columns[late]).all()
    gone, queue = (shipped + lost).cumsum(axis=1), opening[:, None] + asked.cumsum(axis=1)
    assert all(gone[row, by[row, t]] >= queue[row, t] > gone[row, by[row, t] - 1] for row, t in np.argwhere(late))
