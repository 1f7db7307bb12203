"""A plan in force that an emergency amends: what is over stands, what is agreed gives way only in the month of it."""

from dataclasses import replace

import pytest

from onenumber.errors.supply import BadDifferenceError
from onenumber.supply.differences import FirmMove
from onenumber.supply.fixed import Standing
from onenumber.supply.plan import make_plan
from onenumber.supply.report import brought
from tests.supply.world import JUNE, facts, inputs, of, planned, rate, stock

MOVE = FirmMove(item="A", site="P", period=JUNE, quantity=10.0, stream="A|x")
DEMAND = {"A|x": [10.0, 60.0, 60.0], "A|z": [10.0, 0.0, 0.0], "B|y": [0.0, 40.0, 30.0]}
"""June is full: 100 hours. Of May's ten there are ten, for either customer."""
THERE = {"facts_": facts(stock=[stock("A", 10.0), stock("B", 0.0)])}


def amended(move, *, until=JUNE):
    asked = inputs(DEMAND, **THERE)
    before = make_plan(asked)[0]
    standing = Standing(plan=before, since=JUNE, until=until, move=move)
    return before, make_plan(replace(asked, differences=(move,), reference=before, standing=standing))[0]


def test_as_much_comes_as_was_asked_and_other_things_give_way_to_it_in_its_month():
    before, after = amended(MOVE)
    made = {name: of(before, "production", f"{name}|P")[1] for name in "AB"}
    assert sum(made.values()) == 100.0
    assert of(after, "production", "A|P")[1] == made["A"] + 10.0
    assert of(after, "production", "B|P")[1] == made["B"] - 10.0
    assert of(after, "demand", "A|x") == [10.0, 70.0, 60.0]
    assert after.table("firm_moves")["quantity"].to_list() == [10.0]


def test_what_it_brings_is_its_own_beside_what_amended_the_plan_before():
    """B stands behind A in the table, and four of it came by an amendment before."""
    earlier = FirmMove(item="B", site="P", period=JUNE, quantity=4.0)
    asked, first = inputs(DEMAND, **THERE), amended(earlier)[1]
    standing = Standing(plan=first, since=JUNE, until=JUNE, move=MOVE)
    after = make_plan(replace(asked, differences=(earlier, MOVE), reference=first, standing=standing))[0]
    (mine, of_a), (others, of_b) = after.table("firm_moves").select("item", "quantity").rows()
    assert (mine, others) == ("A", "B")
    assert (brought(after, MOVE), brought(after, earlier)) == (of_a, of_b)
    assert of_a > of_b == 0.0  # what came by the earlier one stands in the plan in force already


def test_what_is_over_stands_customer_by_customer():
    before, after = amended(MOVE)
    for name in ("shipped", "backlog", "lost"):
        for stream in DEMAND:
            assert of(after, name, stream)[0] == of(before, name, stream)[0]
    assert of(after, "stock", "A|P")[0] == of(before, "stock", "A|P")[0]


def test_a_later_month_that_is_agreed_stands_as_well():
    before, after = amended(MOVE, until=JUNE + 1)
    assert of(after, "production", "A|P")[2] == of(before, "production", "A|P")[2]
    assert of(after, "production", "B|P")[2] == of(before, "production", "B|P")[2]
    assert after.table("checks").filter(check="fixed")["ok"].to_list() == [True]


def test_what_was_begun_before_is_not_begun_again():
    long = {"rates": [rate("A", lead_time_days=40), rate("B")], **THERE}
    asked = inputs(DEMAND, **long)
    before = make_plan(asked)[0]
    standing = Standing(plan=before, since=JUNE, until=JUNE, move=MOVE)
    after = make_plan(replace(asked, differences=(MOVE,), reference=before, standing=standing))[0]
    assert of(after, "production", "A|P")[2] == of(before, "production", "A|P")[2]


def test_only_a_customer_of_the_item_may_ask_for_it():
    with pytest.raises(BadDifferenceError, match="no customer asks for 'A' as 'B|y'"):
        amended(replace(MOVE, stream="B|y"))
    for period in (JUNE - 5, JUNE + 20):
        with pytest.raises(BadDifferenceError, match="'A' is asked for in a period outside the horizon"):
            amended(replace(MOVE, period=period))
    with pytest.raises(BadDifferenceError, match="can come to 'P' in 2026-06 without an emergency"):
        planned(DEMAND, differences=(replace(MOVE, stream=""),))
