"""What a difference changes: precedence, fair share, moved windows, and what is refused."""

import datetime as dt

import pytest

from onenumber.errors.supply import BadDifferenceError
from onenumber.supply.differences import (
    FairShare,
    FirmMove,
    MoveWindow,
    Overtime,
    PlantLimit,
    Precedence,
    SecondSource,
    Together,
)
from tests.supply.world import (
    CYCLE,
    DAY_BEFORE,
    JUNE,
    causes,
    facts,
    of,
    planned,
    stock,
    total,
)

CONTEST = {"A|x": [0, 90, 0], "B|x": [0, 60, 0]}


def test_precedence_is_exact_whatever_the_prices():
    """100 h in June for 90 of D1 at 1 and 60 of D2 at 1,000: with D1 first D2 gets what is left, and vice versa."""
    prices = {"A|x": 1.0, "B|x": 1000.0}
    first = planned(CONTEST, prices=prices, differences=(_order("D1", "D2"),))
    assert (of(first, "shipped", "A|x")[1], of(first, "shipped", "B|x")[1]) == (90.0, 10.0)
    assert causes(first) == [("B|x", 1, 50.0, "precedence", "L")]
    second = planned(CONTEST, prices=prices, differences=(_order("D2", "D1"),))
    assert (of(second, "shipped", "A|x")[1], of(second, "shipped", "B|x")[1]) == (40.0, 60.0)


def test_precedence_keeps_the_floor():
    """D2 keeps 30 % of its 60 h: 18, so D1 gets 82."""
    sheet = planned(CONTEST, differences=(_order("D1", "D2", floor_share=0.3),))
    assert (of(sheet, "shipped", "A|x")[1], of(sheet, "shipped", "B|x")[1]) == (82.0, 18.0)


def test_a_fair_share_is_in_proportion_to_the_claims():
    """100 h for claims of 90 and 60 h: 60 and 40 (domain §5.9 rule 1)."""
    sheet = planned(
        CONTEST, prices={"A|x": 1.0, "B|x": 1000.0}, differences=(FairShare(resource="L", first=JUNE, periods=1),)
    )
    assert (of(sheet, "shipped", "A|x")[1], of(sheet, "shipped", "B|x")[1]) == (60.0, 40.0)


def _order(*order, floor_share=0.0):
    return Precedence(resource="L", first=JUNE, periods=1, order=order, floor_share=floor_share)


def test_going_first_in_a_window_makes_nobody_wait_before_it():
    """30 on hand serve May, and June's 100 hours serve 100 of 150: stock held back would raise June alone."""
    first = _order("D1", "D2")
    demand = {"A|x": [30, 150, 0], "B|x": [0, 10, 0]}
    sheet = planned(demand, facts_=facts(stock=[stock("A", 30.0)]), differences=(first,))
    assert of(sheet, "shipped", "A|x")[:2] == [30.0, 100.0]


def test_a_sale_lost_before_the_window_does_not_help_a_claimant():
    """D1 asks 40 in May, which nobody can serve, and nothing in June: it claims nothing there; D2 gets June's hours."""
    fair = FairShare(resource="L", first=JUNE, periods=1)
    sheet = planned({"A|x": [40, 0, 0], "B|x": [0, 120, 0]}, differences=(fair,))
    assert of(sheet, "shipped", "B|x")[1] == 100.0
    assert of(sheet, "lost", "A|x") == [0.0, 0.0, 0.0]


def test_a_claim_counts_what_waits_already():
    """May is firm, so the window starts with its backlog: 40 past due and 60 asked in May and June, 100 against 50."""
    fair = FairShare(resource="L", first=CYCLE, periods=2)
    demand = {"A|x": [30, 30], "B|x": [0, 50]}
    sheet = planned(demand, backlog=[("A|x", 40.0, 1)], differences=(fair,))
    assert sum(of(sheet, "shipped", "A|x")) == pytest.approx(100 * 100 / 150)
    assert sum(of(sheet, "shipped", "B|x")) == pytest.approx(100 * 50 / 150)


def test_a_window_moves_only_within_its_limits():
    window = {"window": "S", "resource": "L", "start": dt.date(2026, 5, 28), "end": dt.date(2026, 6, 2), "hours": 30.0}
    fixed, loose = {**window, "movable": False}, {**window, "movable": True, "earliest": dt.date(2026, 5, 25)}
    for rows, start, what in (
        ([fixed], dt.date(2026, 7, 1), "window 'S' is unknown or may not be moved"),
        ([loose], dt.date(2026, 5, 1), "window 'S' must start from 2026-05-25 to 2026-05-01, not on 2026-05-01"),
    ):
        with pytest.raises(BadDifferenceError, match=what):
            planned({"A|x": [0, 1]}, maintenance=rows, differences=(MoveWindow(window="S", start=start),))


@pytest.mark.parametrize(
    ("difference", "what"),
    [
        (Overtime(resource="L", step=9, first=JUNE, periods=1), "resource 'L' has no overtime step 9"),
        (MoveWindow(window="S", start=dt.date(2026, 6, 1)), "there is no maintenance window 'S'"),
        (SecondSource(vendor="V", item="A", site="P"), "vendor 'V' does not sell 'A' to 'P'"),
        (Precedence(resource="Z", first=JUNE, periods=1, order=("D1",)), "there is no resource 'Z'"),
        (Precedence(resource="L", first=JUNE, periods=1, order=("D9",)), "no demand belongs to division 'D9'"),
        (FairShare(resource="L", first=0, periods=1), "periods 0 to 0 are not all in the horizon"),
        (
            FirmMove(item="Z", site="P", period=JUNE, quantity=1.0),
            "'Z' is neither made nor bought at 'P' in 2026-06",
        ),
    ],
)
def test_a_difference_that_does_not_fit_is_refused(difference, what):
    with pytest.raises(BadDifferenceError) as refused:
        planned({"A|x": [0, 1]}, differences=(difference,))
    assert str(refused.value) == f"The difference cannot be applied: {what}."


def _can(quantity, period=JUNE, item="A", site="P"):
    return PlantLimit(item=item, site=site, period=period, quantity=quantity)


def test_a_plant_makes_no_more_than_it_can_and_the_rest_waits_or_is_made_later():
    """90 of A in June; the plant can make 30 in June, and the line has 100 h in July: 60 come a month late."""
    demand = {"A|x": [0, 90, 0], "B|x": [0, 0, 0]}
    free = planned(demand)
    assert of(free, "production", "A|P") == [0.0, 90.0, 0.0]
    sheet = planned(demand, differences=(_can(30.0),))
    assert of(sheet, "production", "A|P") == [0.0, 30.0, 60.0]
    assert causes(sheet) == [("A|x", 1, 60.0, "plant_limit", "A|P")]
    assert all(sheet.table("checks")["ok"].to_list())


def test_a_limit_that_the_plan_keeps_anyhow_changes_nothing():
    demand = {"A|x": [0, 90, 0], "B|x": [0, 40, 0]}
    assert of(planned(demand, differences=(_can(90.0),)), "shipped", "A|x") == of(planned(demand), "shipped", "A|x")


def test_what_was_released_comes_only_as_far_as_the_plant_can():
    """50 are released for May, and the plant can make 20 of them."""
    days = {"released": DAY_BEFORE, "due": dt.date(2026, 5, 15)}
    order = {"order": "R1", "item": "A", "site": "P", "quantity": 50.0, **days}
    there = facts(stock=[stock("A", 0.0)], production_orders=[order])
    demand = {"A|x": [50, 0, 0]}
    assert of(planned(demand, facts_=there), "shipped", "A|x")[0] == 50.0
    sheet = planned(demand, facts_=there, differences=(_can(20.0, period=CYCLE),))
    assert of(sheet, "production", "A|P")[0] == 20.0
    assert of(sheet, "hours_used", "L")[0] == pytest.approx(20.0 * 14 / 15)  # a day is done
    assert of(sheet, "shipped", "A|x")[:2] == [20.0, 30.0]  # the rest is made anew


def test_a_limit_and_a_way_out_are_solved_together():
    """The plant can make 30 of the 90 A of June; with 120 B July lacks 10 hours, which overtime brings."""
    demand = {"A|x": [0, 90, 0, 0], "B|x": [0, 0, 120, 0]}
    steps = [{"resource": "L", "step": 1, "hours_per_period": 40.0, "cost_per_hour": 1.0, "needs_decision": True}]
    more = Overtime(resource="L", step=1, first=JUNE, periods=2)
    alone = planned(demand, differences=(_can(30.0),), overtime=steps)
    both = planned(demand, differences=(Together(parts=(_can(30.0), more)),), overtime=steps)
    assert (sum(total(alone, "production")[:3]), sum(total(both, "production")[:3])) == (200.0, 210.0)
    assert of(both, "production", "A|P")[1] == 30.0


@pytest.mark.parametrize(
    ("limit", "what"),
    [
        (_can(3.0, item="Z"), "'Z' is not made at 'P'"),
        (_can(3.0, site="Q"), "'A' is not made at 'Q'"),
        (_can(3.0, period=CYCLE + 9), "limited outside the horizon"),
    ],
)
def test_a_limit_of_what_the_plant_does_not_make_is_refused(limit, what):
    with pytest.raises(BadDifferenceError, match=what):
        planned({"A|x": [0, 90, 0]}, differences=(limit,))
