"""Papers about what plants cannot make: what they offer, what is at risk, and that the plan as it is is no advice."""

import pytest

from onenumber.model.sentences import say
from onenumber.review.papers.decision import decision_sheet
from onenumber.review.papers.plants import plant_papers, stake_of
from onenumber.review.papers.words import change_of, say_change
from onenumber.review.scene import Scene
from onenumber.review.words import question_finding
from onenumber.supply.differences import DoNothing, Overtime, PlantLimit, SecondSource, Together
from tests.review.world import CYCLE, ground, plan, rows

AUGUST = CYCLE + 1
ASKED = plan(
    demand={"a1|c1": [60.0, 60], "b1|c1": [40.0, 0]}, shipped={"a1|c1": [60.0, 60], "b1|c1": [40.0, 0]},
    production={"a1|P1": [60.0, 60], "b1|P1": [40.0, 0]},
)  # fmt: skip
LESS = plan(
    demand={"a1|c1": [60.0, 60], "b1|c1": [40.0, 0]}, shipped={"a1|c1": [60.0, 20], "b1|c1": [40.0, 0]},
    lost={"a1|c1": [0.0, 40]}, production={"a1|P1": [60.0, 20], "b1|P1": [40.0, 0]},
)  # fmt: skip
LIMIT = PlantLimit(item="a1", site="P1", period=AUGUST, quantity=20.0)
UNIT_WORTH = 400
"""Price less cost of an a1, in cents."""
OVERTIME = {
    "overtime": rows("overtime", {"resource": "R1", "step": 1, "hours_per_period": 9.0, "needs_decision": True})
}
SOURCE = {
    "vendors": rows("vendors", {"vendor": "V", "name": "V"}),
    "vendor_items": rows("vendor_items", {"vendor": "V", "item": "a1", "site": "P1", "needs_decision": True}),
}


def test_it_offers_the_plants_figure_alone_and_with_each_way_out_and_the_plan_as_it_is_last() -> None:
    (paper,) = plant_papers([LIMIT], plan=ASKED, ground=ground(company_more={**OVERTIME, **SOURCE}))
    more = Overtime(resource="R1", step=1, first=AUGUST, periods=2)
    assert [(one.option, one.difference) for one in paper.options] == [
        ("A", LIMIT),
        ("B", Together(parts=(LIMIT, SecondSource(vendor="V", item="a1", site="P1")))),
        ("C", Together(parts=(LIMIT, more))),
        ("D", DoNothing()),
    ]
    assert paper.default == "D"  # nobody's word enters the plan of everybody because nobody decided
    assert (paper.paper, paper.subject) == ("2026-07-plant-a1@P1-2026-08", "a1|P1")
    assert (paper.divisions, paper.streams) == (("A",), ("a1|c1",))
    assert paper.money_at_risk == 40 * UNIT_WORTH


def test_where_no_way_out_is_offered_there_are_two_options_all_the_same() -> None:
    (paper,) = plant_papers([LIMIT], plan=ASKED, ground=ground())
    assert [one.difference for one in paper.options] == [LIMIT, DoNothing()]


def test_what_is_in_force_is_not_offered_again() -> None:
    held = Overtime(resource="R1", step=1, first=CYCLE, periods=6)
    (paper,) = plant_papers([LIMIT], plan=ASKED, ground=ground(company_more=OVERTIME), in_force=[held])
    assert [one.difference for one in paper.options] == [LIMIT, DoNothing()]


def test_of_a_part_what_is_built_of_it_is_at_stake() -> None:
    stake = stake_of("m1", Scene(ASKED, ground(), None, rows("order_lines")))
    assert (stake.streams, stake.divisions, stake.of(10.0, decimals=2)) == (("a1|c1",), ("A",), 10 * UNIT_WORTH)


def test_what_has_no_price_is_not_zero() -> None:
    (paper,) = plant_papers([LIMIT], plan=ASKED, ground=ground(company_more={"prices": rows("prices")}))
    assert paper.money_at_risk is None


def test_the_plan_as_it_is_costs_nothing_and_is_not_recommended() -> None:
    here = ground()
    papers = plant_papers([LIMIT], plan=ASKED, ground=here)
    sheet = decision_sheet(papers=papers, base=ASKED, solved={(papers[0].paper, "A"): LESS}, ground=here)
    net = dict(sheet.table("options").select("option", "net_cost").iter_rows())
    assert net == {"A": 40 * UNIT_WORTH, "B": 0}
    assert sheet.table("papers")["recommended"].to_list() == ["A"]


def test_it_is_said_in_words() -> None:
    here = ground()
    (paper,) = plant_papers([LIMIT], plan=ASKED, ground=here)
    row = {
        "question": paper.question, "subject": paper.subject, "first_period": paper.first_period,
        "last_period": paper.last_period, "money_at_risk": paper.money_at_risk, "divisions": "A",
    }  # fmt: skip
    assert say(question_finding(row, here)) == (
        "The plant says that it cannot make a1 at P1 in 2026-08 as the plan asks. What does the plan go by?"
    )
    both = Together(parts=(LIMIT, SecondSource(vendor="V", item="a1", site="P1")))
    assert say_change(change_of(both, here.frame.calendar, {})) == (
        "The plan is made with what P1 can make of a1 in 2026-08: 20. a1 for P1 may also come from V."
    )


def test_nothing_said_makes_no_paper() -> None:
    assert plant_papers([], plan=ASKED, ground=ground()) == ()


@pytest.mark.parametrize("quantity", [60.0, 90.0])
def test_what_the_plan_asks_no_more_of_puts_nothing_at_risk(quantity: float) -> None:
    enough = PlantLimit(item="a1", site="P1", period=AUGUST, quantity=quantity)
    (paper,) = plant_papers([enough], plan=ASKED, ground=ground())
    assert paper.money_at_risk == 0
