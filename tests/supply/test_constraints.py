"""Every constraint against its golden LP, coefficient by coefficient, on one small company that has everything.

A is made at P (1 h a unit, nine of ten good, 15 days) of two M, and moved to W (10 days); B is made to order at P. M is
bought from V (20 days, at most 40 a period, at least 5). Period 0 is firm. D1 comes before D2, who keeps a fifth. Of B
4 are there and 3 come in period 2, when 14 were asked for by then. P says that of A it can make 12 in period 1. The
network is that of an emergency: 2 more of A come to P in period 1, of the plan that was made without it; period 0 is
over.
To write the files anew after a change that was meant: ``ONENUMBER_WRITE_LP=1 pytest tests/supply/test_constraints.py``.
"""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import highspy
import pytest

from onenumber.supply.build import build
from onenumber.supply.constraints import CONSTRAINTS
from onenumber.supply.differences import FairShare, FirmMove, PlantLimit, Precedence
from onenumber.supply.fixed import Standing
from onenumber.supply.plan import make_plan
from onenumber.supply.settings import DEFAULT
from onenumber.supply.variables import columns_of
from tests.supply.lp_text import names_of, text_of
from tests.supply.world import CYCLE, DAY_BEFORE, company, facts, inputs, item, rate, stock

FOLDER = Path(__file__).resolve().parents[1] / "lp"


def everything():
    made = company(
        items=[item("A", "F1"), item("B", "F2"), item("M", kind="bought", role="material")],
        sites=[
            {"site": "P", "name": "P", "kind": "plant", "workdays": "12345"},
            {"site": "W", "name": "W", "kind": "warehouse", "workdays": "12345", "space": 60.0},
        ],
        item_sites=[
            {"item": "A", "site": "P", "policy": "make_to_stock"},
            {"item": "A", "site": "W", "policy": "make_to_stock", "safety_stock": 8.0},
            {"item": "B", "site": "P", "policy": "make_to_order"},
            {"item": "M", "site": "P", "policy": "make_to_stock"},
        ],
        sourcing_rules=[{"item": "A", "site": "W", "rank": 1}, {"item": "B", "site": "P", "rank": 1}],
        lanes=[{"from_site": "P", "to_site": "W", "lead_time_days": 10, "cost": 0.5}],
        rates=[rate("A", lead_time_days=15, yield_share=0.9), rate("B", hours=2.0)],
        bill_of_materials=[{"parent": "A", "component": "M", "quantity": 2.0}],
        overtime=[{"resource": "L", "step": 1, "hours_per_period": 10.0, "cost_per_hour": 30.0}],
        vendors=[{"vendor": "V", "name": "V"}],
        vendor_items=[{"vendor": "V", "item": "M", "site": "P", "lead_time_days": 20, "price": 3.0, "currency": "EUR"}],
        vendor_limits=[{"vendor": "V", "item": "M", "quantity": 40.0}],
        vendor_contracts=[{"vendor": "V", "item": "M", "minimum": 5.0}],
        customer_contracts=[{"customer": "x", "item": "B", "minimum": 6.0, "penalty": 4.0}],
    )  # fmt: skip
    rules = (
        Precedence(resource="L", first=CYCLE + 1, periods=1, order=("D1", "D2"), floor_share=0.2),
        FairShare(resource="L", first=CYCLE + 1, periods=2),
        PlantLimit(item="A", site="P", period=CYCLE + 1, quantity=12.0),
    )
    demand = {"A|x": [5.0, 20.0, 20.0], "B|x": [0.0, 10.0, 4.0]}
    days = {"released": DAY_BEFORE, "due": dt.date(2026, 7, 15)}
    order = {"order": "R1", "item": "B", "site": "P", "quantity": 3.0, **days}
    there = facts(stock=[stock("A", 30.0, "W"), stock("B", 4.0), stock("M", 9.0)], production_orders=[order])
    agreed = inputs(demand, company_=made, facts_=there, differences=rules)
    move = FirmMove(item="A", site="P", period=CYCLE + 1, quantity=2.0)
    standing = Standing(plan=make_plan(agreed)[0], since=CYCLE + 1, until=CYCLE + 1, move=move)
    return build(replace(agreed, differences=(*rules, move), standing=standing)).network


NETWORK = everything()
COLUMNS = columns_of(NETWORK, DEFAULT)
NAMES = names_of(NETWORK, COLUMNS)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_constraint_builds_its_golden_lp(name):
    made = text_of(CONSTRAINTS[name](NETWORK, COLUMNS), NAMES)
    file = FOLDER / f"{name}.lp"
    if os.environ.get("ONENUMBER_WRITE_LP"):
        file.write_text(made)
    assert file.read_text() == made


def test_no_constraint_is_without_a_golden_lp_and_no_golden_lp_without_a_constraint():
    assert sorted(file.stem for file in FOLDER.glob("*.lp")) == sorted(CONSTRAINTS)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_golden_lp_is_read_by_the_solver(name):
    solver = highspy._core._Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(FOLDER / f"{name}.lp")) == highspy.HighsStatus.kOk
    assert solver.getNumRow() == len(CONSTRAINTS[name](NETWORK, COLUMNS)) > 0


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_constraint_says_its_formula(name):
    assert "``" in CONSTRAINTS[name].__doc__
