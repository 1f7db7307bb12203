"""The solver's door: what it finds is optimal, ties are settled the same way, a cut run is said."""

import numpy as np
import pytest
from highspy import HighsModelStatus

from onenumber.errors.supply import NotOptimalError
from onenumber.supply.basis import Basis
from onenumber.supply.build import build
from onenumber.supply.lp import assemble, block
from onenumber.supply.plan import make_program
from onenumber.supply.solve import Solver
from tests.supply.test_laws import random_inputs


def little(upper):
    """Minimise -3x - 2y with x + y <= 4, x <= 3, y <= upper."""
    rows = np.array([0])
    one = block(
        "sum", lower=np.array([-np.inf]), upper=np.array([4.0]), rows=rows,
        terms=[(rows, np.array([0]), 1.0), (rows, np.array([1]), 1.0)],
    )  # fmt: skip
    return assemble(blocks=[one], cost=np.array([-3.0, -2.0]), lower=np.zeros(2), upper=np.array([3.0, upper]))


def test_values_duals_and_bound():
    """x = 3 at its bound, y = 1: one more unit of the sum is worth 2, one more x only 1 more than y."""
    found = Solver(little(9.0)).minimise()
    assert found.x.tolist() == [3.0, 1.0]
    assert (found.objective, found.bound) == (-11.0, -11.0)
    assert (found.dual.tolist(), found.reduced.tolist()) == ([-2.0], [-1.0, 0.0])
    assert (found.status, found.repeatable) == ("optimal", True)


def test_the_face_keeps_the_optimum_while_something_else_is_minimised():
    solver = Solver(little(9.0))
    solver.fix_face(solver.minimise())
    assert solver.minimise(np.array([1.0, 1.0])).x.tolist() == [3.0, 1.0]


def free():
    """x + y = 4 at no cost."""
    rows = np.array([0])
    one = block(
        "sum", lower=np.array([4.0]), upper=np.array([4.0]), rows=rows,
        terms=[(rows, np.array([0]), 1.0), (rows, np.array([1]), 1.0)],
    )  # fmt: skip
    return assemble(blocks=[one], cost=np.zeros(2), lower=np.zeros(2), upper=np.full(2, 9.0))


@pytest.mark.parametrize(("target", "answer"), [(1.0, [1, 3, 0, 0]), (4.0, [4, 0, 0, 0]), (6.0, [4, 0, 0, 2])])
def test_distance_rows_keep_a_plan_near_its_target(target, answer):
    """x + y = 4 at no cost; the target for x is 1: x = 1, y = 3. With 6 as the target x = 4, and 2 under it."""
    solver = Solver(free())
    solver.add_distance(solver.minimise(), row=np.array([0]), column=np.array([0]), target=np.array([target]))
    assert solver.minimise(np.array([0.0, 0.0, 1.0, 1.0])).x.tolist() == answer


@pytest.mark.parametrize(("column", "answer"), [([1, 0], [4.0, 0.0]), ([0, 1], [0.0, 4.0])])
def test_a_solve_begins_at_its_start(column, answer):
    """Where every plan costs the same, the one whose column is basic at the start stays."""
    start = Basis(column=np.array(column, dtype=np.uint8), row=np.array([0], dtype=np.uint8))
    found = Solver(free(), start=start).minimise()
    assert found.x.tolist() == answer
    assert (found.basis.column.tolist(), found.basis.row.tolist()) == (column, [0])


@pytest.mark.parametrize("codes", [[1, 1, 1], [0, 0, 0], [2, 2, 2]])
def test_a_start_that_does_not_fit_is_mended(codes):
    """One row has one basic variable: here all three are, or none is."""
    start = Basis(column=np.array(codes[:2], dtype=np.uint8), row=np.array(codes[2:], dtype=np.uint8))
    found = Solver(little(9.0), start=start).minimise()
    assert (found.x.tolist(), found.objective) == ([3.0, 1.0], -11.0)
    assert (found.basis.column.tolist(), found.basis.row.tolist()) == ([2, 1], [2])


def test_a_program_without_an_answer_is_refused():
    rows = np.array([0])
    one = block("no", lower=np.array([9.0]), upper=np.array([9.0]), rows=rows, terms=[(rows, np.array([0]), 1.0)])
    program = assemble(blocks=[one], cost=np.ones(1), lower=np.zeros(1), upper=np.ones(1))
    with pytest.raises(NotOptimalError, match="^The solver ended with Infeasible and no plan that holds"):
        Solver(program).minimise()


def test_without_time_there_is_no_plan():
    asked = random_inputs(0)
    program, _ = make_program(build(asked).network, asked.settings)
    with pytest.raises(NotOptimalError, match="Time limit reached"):
        Solver(program, seconds_max=0.0).minimise()


def test_the_same_program_gives_the_same_bits():
    asked = random_inputs(2)
    program, _ = make_program(build(asked).network, asked.settings)
    one, two = Solver(program).minimise(), Solver(program).minimise()
    assert one.x.tobytes() == two.x.tobytes()
    assert one.dual.tobytes() == two.dual.tobytes()


class Astray:
    """A solver that loses its way on its first run, as the dual simplex may from a start that hardly fits."""

    def __init__(self, solver):
        self._solver, self.runs = solver, 0

    def __getattr__(self, name):
        return getattr(self._solver, name)

    def run(self):
        self.runs += 1
        return self._solver.run()

    def getModelStatus(self):  # noqa: N802 - the solver's own name
        return HighsModelStatus.kSolveError if self.runs == 1 else self._solver.getModelStatus()


def test_a_start_that_leads_astray_is_dropped():
    program = little(9.0)
    solver = Solver(program, start=Basis(column=np.array([1, 0], dtype=np.uint8), row=np.array([0], dtype=np.uint8)))
    solver._highs = Astray(solver._highs)
    found = solver.minimise()
    assert (solver._highs.runs, found.status, found.x.tolist()) == (2, "optimal", [3.0, 1.0])
