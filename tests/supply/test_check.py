"""The check sees every kind of fault in an answer."""

from dataclasses import replace

import pytest

from onenumber.errors.supply import PlanCheckError
from onenumber.supply import plan, variables
from onenumber.supply.build import build
from onenumber.supply.check import check, refuse_broken
from onenumber.supply.constraints import CONSTRAINTS
from onenumber.supply.differences import FairShare
from onenumber.supply.plan import make_program
from onenumber.supply.solve import Solver
from tests.supply.test_laws import random_inputs
from tests.supply.world import CYCLE, inputs

ASKED = random_inputs(1)
NETWORK = build(ASKED).network
PROGRAM, COLUMNS = make_program(NETWORK, ASKED.settings)
FOUND = Solver(PROGRAM).minimise()
CHARGED = variables.prices(NETWORK, ASKED.settings)


def checked(answer, objective=FOUND.objective, bound=FOUND.bound):
    firm = ASKED.settings.firm_periods
    return check(NETWORK, answer, charged=CHARGED, firm_periods=firm, objective=objective, bound=bound)


def broken(answer, **more):
    return {one.name for one in checked(answer, **more) if not one.ok}


def answer():
    return variables.answer_of(COLUMNS, FOUND.x)


def test_a_true_answer_passes():
    assert broken(answer()) == set()


@pytest.mark.parametrize(
    ("variable", "place", "sees"),
    [
        ("stock", (0, 2), {"stock_balance"}),
        ("receive", (0, 2), {"stock_balance"}),
        ("ship", (0, 1), {"stock_balance", "demand_balance"}),
        ("lost", (0, 1), {"demand_balance"}),
        ("hours", (0, 2), {"hours_used", "evenness"}),
    ],
)
def test_a_unit_too_many_is_seen(variable, place, sees):
    wrong = {name: values.copy() for name, values in answer().items()}
    wrong[variable][place] += 1.0
    assert sees <= broken(wrong)


def test_overtime_beyond_its_step_hours_and_negative_quantities_are_seen():
    wrong = {name: values.copy() for name, values in answer().items()}
    wrong["overtime"][0, 1] = NETWORK.resources.step_hours[0, 1] + 1.0
    wrong["backlog"][0, 0] = -1.0
    assert {"overtime", "signs"} <= broken(wrong)


def test_claims_that_do_not_add_up_are_seen():
    from_june = FairShare(resource="L", first=CYCLE + 1, periods=2)
    asked = replace(ASKED, differences=(from_june,))
    network = build(asked).network
    program, columns = make_program(network, asked.settings)
    found = variables.answer_of(columns, Solver(program).minimise().x)
    names = {"charged": {}, "firm_periods": asked.settings.firm_periods, "objective": 0.0, "bound": 0.0}
    assert {c.name for c in check(network, found, **names) if not c.ok} == set()
    found["unserved"] = found["unserved"] - 1.0
    assert {c.name for c in check(network, found, **names) if not c.ok} >= {"claims"}


def test_a_stated_optimum_that_is_not_the_cost_of_the_answer_is_seen():
    assert broken(answer(), objective=FOUND.objective * 1.001) == {"objective"}
    assert broken(answer(), bound=FOUND.objective * 0.999) == {"optimality"}


def test_a_plan_that_is_not_optimal_is_refused_unless_time_ran_out():
    checks = checked(answer(), bound=FOUND.objective * 0.999)
    refuse_broken(checks, repeatable=False)
    with pytest.raises(PlanCheckError, match="^The plan breaks optimality by 0.001"):
        refuse_broken(checks, repeatable=True)


def test_a_fault_in_a_constraint_would_be_caught(monkeypatch):
    """130 h of 100: 30 too many are 0.231 of the hours used."""
    without = {name: rows for name, rows in CONSTRAINTS.items() if name != "capacity"}
    monkeypatch.setattr(plan, "CONSTRAINTS", without)
    with pytest.raises(PlanCheckError, match="^The plan breaks capacity by 0.231 "):
        plan.make_plan(inputs({"A|x": [0, 130]}))
