"""Starting from another plan finds the same plan: for every difference, a month later, and from what does not fit."""

import datetime as dt
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from onenumber.model.cube import Cube
from onenumber.model.sheet import content_hash
from onenumber.supply import variables
from onenumber.supply.basis import COLUMNS, ROWS, start_from
from onenumber.supply.build import build
from onenumber.supply.constraints import CONSTRAINTS
from onenumber.supply.differences import (
    KINDS,
    DoNothing,
    FairShare,
    FirmMove,
    MoveWindow,
    Overtime,
    PlantLimit,
    Precedence,
    SecondSource,
    Together,
)
from onenumber.supply.plan import make_plan, make_program, solve
from onenumber.supply.unique import tie_weights
from tests.supply.test_laws import random_inputs
from tests.supply.world import CYCLE, JUNE, facts, inputs, rate, stock, table

SEEDS = range(4)
WINDOW = {
    "window": "W", "resource": "L", "start": dt.date(2026, 6, 15), "end": dt.date(2026, 6, 20), "hours": 30.0,
    "movable": True, "earliest": dt.date(2026, 6, 1), "latest": dt.date(2026, 9, 1),
}  # fmt: skip
DIFFERENCES = (
    DoNothing(),
    Overtime(resource="L", step=2, first=JUNE, periods=3),
    MoveWindow(window="W", start=dt.date(2026, 8, 20)),
    SecondSource(vendor="W", item="M", site="P"),
    Precedence(resource="L", first=JUNE, periods=2, order=("D2", "D1"), floor_share=0.2),
    FairShare(resource="L", first=JUNE, periods=2),
    FirmMove(item="A", site="P", period=CYCLE, quantity=7.0),
    PlantLimit(item="A", site="P", period=JUNE, quantity=7.0),
    Together(
        parts=(
            PlantLimit(item="A", site="P", period=JUNE, quantity=7.0),
            Overtime(resource="L", step=2, first=JUNE, periods=3),
        )
    ),
)


def contested(seed):
    """A random company with a window that may move, and a step and a vendor that need a decision."""
    asked = random_inputs(seed)
    steps, sold = asked.company["overtime"], asked.company["vendor_items"]
    changed = {
        "maintenance": table("maintenance", [WINDOW]),
        "overtime": steps.with_columns(needs_decision=pl.col("step") == 2),
        "vendor_items": sold.with_columns(needs_decision=pl.col("vendor") == "W"),
    }
    return replace(asked, company={**asked.company, **changed})


def assert_the_same_plan(one, two):
    assert one.notes["objective"] == pytest.approx(two.notes["objective"], rel=1e-9)
    assert two.notes["bound"] == pytest.approx(two.notes["objective"], rel=1e-6)
    for name in one.cubes:
        assert np.abs(one.cube(name).values - two.cube(name).values).max() <= 1e-6, name


def test_every_kind_of_difference_is_tried():
    assert {type(difference) for difference in DIFFERENCES} == set(KINDS.values())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda d: type(d).__name__)
def test_a_plan_with_a_difference_is_the_same_from_the_proposed_plan_and_from_nothing(difference, seed):
    asked = contested(seed)
    if isinstance(difference, FirmMove):  # where the first period is firm: else none is needed
        asked = replace(asked, settings=replace(asked.settings, firm_periods=1))
    proposed, _ = make_plan(asked)
    other = replace(asked, differences=(difference,), reference=proposed)
    cold, warm = make_plan(other)[0], make_plan(replace(other, start=proposed))[0]
    assert_the_same_plan(cold, warm)
    again, _ = make_plan(replace(other, start=proposed))
    assert content_hash(again) == content_hash(warm)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_month_later_the_plan_is_the_same_from_the_last_one_and_from_nothing(seed):
    asked = contested(seed)
    before, _ = make_plan(asked)
    later = replace(asked, cycle=CYCLE + 1, demand=_later(asked.demand), booked=_later(asked.booked))
    cold, warm = make_plan(later)[0], make_plan(replace(later, start=before))[0]
    assert_the_same_plan(cold, warm)


def _later(cube):
    return Cube(cube.measure, cube.values, cube.state, cube.axis, cube.first + 1, cube.units)


@pytest.mark.parametrize("letters", ["B", "U", "L", "BLU"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_start_that_says_what_cannot_be_changes_nothing(seed, letters):
    """The names are right, what is said of them is not: all basic, none, or drawn."""
    asked = contested(seed)
    sheet, _ = make_plan(asked)
    drawn = np.random.default_rng(seed).choice(list(letters), (len(sheet.table("basis")), 6))
    foreign = sheet.table("basis").with_columns(pl.Series("status", ["".join(row) for row in drawn.tolist()]))
    start = replace(sheet, tables={**sheet.tables, "basis": foreign})
    assert_the_same_plan(sheet, make_plan(replace(asked, start=start))[0])


def test_the_plan_of_another_company_is_no_start():
    asked = contested(0)
    made = {"item": "Z", "name": "Z", "family": "F1", "kind": "made", "unit": "pcs", "decimals": 0}
    changes = {"items": [made], "rates": [rate("Z")], "item_sites": [], "costs": []}
    start, _ = make_plan(inputs({"Z|z": [1.0] * 6}, facts_=facts(stock=[stock("Z", 0.0)]), **changes))
    assert _start(asked, start) is None
    assert content_hash(make_plan(replace(asked, start=start))[0]) == content_hash(make_plan(asked)[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_table_says_where_the_solver_ended(seed):
    asked = contested(seed)
    sheet, _ = make_plan(asked)
    network = build(asked).network
    program, columns = make_program(network, asked.settings)
    ended, start = solve(network, program, columns, asked)[0].basis, _start(asked, sheet)
    assert (start.column.tolist(), start.row.tolist()) == (ended.column.tolist(), ended.row.tolist())
    assert int((start.column == 1).sum() + (start.row == 1).sum()) == program.shape[0]


def test_a_plan_from_before_there_was_a_basis_is_no_start():
    asked = contested(0)
    sheet, _ = make_plan(asked)
    old = replace(sheet, tables={name: t for name, t in sheet.tables.items() if name != "basis"})
    assert _start(asked, old) is None
    assert _start(asked, None) is None


def _start(asked, sheet):
    network = build(asked).network
    program, columns = make_program(network, asked.settings)
    return start_from(sheet, network=network, program=program, columns=columns)


def test_every_variable_and_constraint_is_kept_or_belongs_to_one_decision():
    asked = contested(0)
    of_a_decision = {"unserved", "under_floor", "worst_share"}
    assert set(COLUMNS) == set(variables.masks(build(asked).network, asked.settings)) - of_a_decision
    assert set(ROWS) == set(CONSTRAINTS) - {"unserved", "fair_share", "precedence_floor", "fixed"}


def test_two_moves_never_weigh_the_same():
    """What settles ties: the weight from one column to the next is another one each time, so no two moves cancel."""
    steps = np.diff(tie_weights(20_000))
    assert len(np.unique(steps)) == len(steps)
