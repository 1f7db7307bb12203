"""Papers of named emergencies: what is at risk without them, whose it is, and what they offer."""

import pytest

from onenumber.model.sentences import say
from onenumber.review.papers.emergencies import emergencies
from onenumber.review.words import question_finding
from onenumber.supply.differences import DoNothing, FirmMove
from tests.review.world import CYCLE, ground, plan, rows

SHORT = plan(
    demand={"a1|c1": [60.0, 60], "b1|c1": [40.0, 0]},
    shipped={"a1|c1": [30.0, 90], "b1|c1": [40.0, 0]},
    backlog={"a1|c1": [30.0, 0]},
    shortages=[("a1|c1", CYCLE, 60.0, 30.0, 0.0, "lead_time", "m1|P1", CYCLE, 4.0, CYCLE + 1)],
)
UNIT_WORTH = 400
"""Price less cost of an a1, in cents."""


def _move(item: str) -> FirmMove:
    return FirmMove(item=item, site="P1", period=CYCLE, quantity=10.0)


@pytest.mark.parametrize("item", ["a1", "m1"])  # of the item that is short, or of the cell that is the cause
def test_at_risk_is_what_the_period_leaves_short_for_want_of_it(item: str) -> None:
    (paper,) = emergencies([_move(item)], plan=SHORT, ground=ground())
    assert paper.money_at_risk == 30 * UNIT_WORTH
    assert (paper.paper, paper.subject, paper.divisions) == (f"2026-07-emergency-{item}@P1", f"{item}|P1", ("A",))
    assert paper.streams == ("a1|c1",)
    assert [(o.option, o.difference) for o in paper.options] == [("A", _move(item)), ("B", DoNothing())]
    assert paper.default == "B"


def test_where_nobody_is_short_it_is_a_question_of_the_items_own_division() -> None:
    (paper,) = emergencies([_move("b1")], plan=SHORT, ground=ground())
    assert (paper.divisions, paper.money_at_risk, paper.streams) == (("B",), 0, ())


def test_what_nothing_short_has_a_price_for_is_not_zero() -> None:
    unpriced = ground(company_more={"prices": rows("prices")})
    (short,) = emergencies([_move("a1")], plan=SHORT, ground=unpriced)
    (enough,) = emergencies([_move("b1")], plan=SHORT, ground=unpriced)
    assert (short.money_at_risk, enough.money_at_risk) == (None, 0)


def test_nothing_named_makes_no_paper() -> None:
    assert emergencies([], plan=SHORT, ground=ground()) == ()


def test_it_asks_its_question_in_words() -> None:
    (paper,) = emergencies([_move("a1")], plan=SHORT, ground=ground())
    row = {
        "question": paper.question, "subject": paper.subject, "first_period": paper.first_period,
        "last_period": paper.last_period, "money_at_risk": paper.money_at_risk,
    }  # fmt: skip
    assert say(question_finding(row, ground())) == (
        "a1 at P1 was named an emergency: more is to come in 2026-07 than was released. Is it worth its price?"
    )
