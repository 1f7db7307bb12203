"""The only door to the solver (HiGHS): solve a program, fix its optimal face, solve again."""

from dataclasses import dataclass

import highspy
import numpy as np

from onenumber.errors.supply import NotOptimalError
from onenumber.supply.basis import BASIC, LOWER, UPPER, Basis, Codes, slack
from onenumber.supply.horizon import Floats, Ints
from onenumber.supply.lp import Program

SEED = 1
FACE_TOLERANCE = 1e-9
OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False, "threads": 1, "random_seed": SEED, "presolve": "on", "solver": "simplex",
}  # fmt: skip
PRIMAL = int(highspy.simplex_constants.SimplexStrategy.kSimplexStrategyPrimal)
TIME_LIMIT = highspy.HighsModelStatus.kTimeLimit
OPTIMAL = highspy.HighsModelStatus.kOptimal
ASTRAY = highspy.HighsModelStatus.kSolveError
FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)
STATUSES = np.array(
    [highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic, highspy.HighsBasisStatus.kUpper], dtype=object
)
"""What the codes LOWER, BASIC and UPPER are called by the solver."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What the solver found: values, reduced costs, row duals; ``bound`` is the value of the dual solution.

    Signs: for a minimum the dual of a row is what one unit more on its right side costs; ``reduced = cost - A'dual``.
    ``basis`` is where another solve may start; that of a cold start if this one was cut.
    """

    status: str
    x: Floats
    reduced: Floats
    dual: Floats
    objective: float
    bound: float
    repeatable: bool
    basis: Basis


class Solver:
    """One program held by the solver, so that a second solve starts from the basis of the first.

    It is the one object of the room that changes: made, used and dropped inside one plan.
    """

    def __init__(self, program: Program, *, start: Basis | None = None, seconds_max: float | None = None) -> None:
        """Pass the arrays; money is divided by a power of two so that a typical price is near 1.

        The first solve starts from ``start``, which need not fit: basics too many, too few or dependent are mended.
        """
        self._program = program
        self._lower, self._upper = program.lower.copy(), program.upper.copy()
        self._row_lower, self._row_upper = program.row_lower.copy(), program.row_upper.copy()
        self._cost = program.cost
        self._scale = _scale_of(program.cost)
        self._highs = highspy._core._Highs()  # noqa: SLF001 - its subclass prints a banner when it is made
        for name, value in OPTIONS.items():
            self._highs.setOptionValue(name, value)
        if seconds_max is not None:
            self._highs.setOptionValue("time_limit", seconds_max)
        rows, columns = program.shape
        self._highs.passModel(
            columns, rows, len(program.value), int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), 0.0,
            program.cost / self._scale, self._lower, self._upper, self._row_lower, self._row_upper,
            program.start[:-1], program.index, program.value, np.zeros(columns, dtype=np.int32),
        )  # fmt: skip
        if start is not None:
            self._set_basis(start, mend=True)

    def minimise(self, cost: Floats | None = None) -> Solution:
        """Solve, with the dual simplex; a new ``cost`` starts from the last basis with the primal simplex.

        Each suits its start: another program of equal prices leaves a basis dual feasible, a new cost primal feasible.
        A start from which the solver loses its way (duals too large to go on) is dropped, and it starts from nothing.

        Raises:
            NotOptimalError: if the solver ends without a plan.
        """
        if cost is not None:
            self._cost, self._scale = cost, _scale_of(cost)
            columns = np.arange(len(cost), dtype=np.int32)
            self._highs.changeColsCost(len(cost), columns, cost / self._scale)
            self._highs.setOptionValue("simplex_strategy", PRIMAL)
        self._highs.run()
        if self._highs.getModelStatus() == ASTRAY:
            self._highs.clearSolver()
            self._highs.run()
        status = self._highs.getModelStatus()
        has_plan = self._highs.getInfo().primal_solution_status == FEASIBLE
        if status not in (OPTIMAL, TIME_LIMIT) or not has_plan:
            raise NotOptimalError(status=self._highs.modelStatusToString(status))
        return self._solution(status)

    def fix_face(self, solution: Solution, *, tolerance: float = FACE_TOLERANCE) -> None:
        """Keep only the optimal plans: what has a reduced cost stays at its bound, what has a dual stays tight."""
        bound = np.where(solution.reduced > 0, self._lower, self._upper)
        held = (np.abs(solution.reduced) > tolerance * self._scale) & np.isfinite(bound)
        self._lower = np.where(held, bound, self._lower)
        self._upper = np.where(held, bound, self._upper)
        side = np.where(solution.dual > 0, self._row_lower, self._row_upper)
        tight = (np.abs(solution.dual) > tolerance * self._scale) & np.isfinite(side)
        self._row_lower = np.where(tight, side, self._row_lower)
        self._row_upper = np.where(tight, side, self._row_upper)
        columns, rows = np.flatnonzero(held).astype(np.int32), np.flatnonzero(tight).astype(np.int32)
        self._highs.changeColsBounds(len(columns), columns, self._lower[columns], self._upper[columns])
        self._highs.changeRowsBounds(len(rows), rows, self._row_lower[rows], self._row_upper[rows])  # type: ignore[attr-defined]  # not in its stubs

    def add_distance(self, found: Solution, *, row: Ints, column: Ints, target: Floats) -> int:
        """Rows ``sum(x) - over + under = target`` with two new columns each; returns the first new column.

        ``over`` of row r is the new column 2r, ``under`` 2r + 1, both free of charge until a cost names them. The one
        that ``found`` needs becomes basic, so that the next solve starts from a plan that holds.
        """
        first, count = self._highs.getNumCol(), len(target)
        zero, most = np.zeros(2 * count), np.full(2 * count, np.inf)
        none = np.zeros(0, dtype=np.int32)
        self._highs.addCols(2 * count, zero, zero, most, 0, none, none, np.zeros(0))
        new = first + np.arange(2 * count)
        rows = np.concatenate([row, np.repeat(np.arange(count), 2)])
        columns = np.concatenate([column, new])
        values = np.concatenate([np.ones(len(row)), np.tile([-1.0, 1.0], count)])
        order = np.lexsort((columns, rows))
        start = np.searchsorted(rows[order], np.arange(count)).astype(np.int32)
        self._highs.addRows(
            count, target, target, len(order), start, columns[order].astype(np.int32), values[order]
        )  # fmt: skip
        self._lower, self._upper = np.append(self._lower, zero), np.append(self._upper, most)
        self._row_lower, self._row_upper = np.append(self._row_lower, target), np.append(self._row_upper, target)
        is_over = np.bincount(row, weights=found.x[column], minlength=count) > target
        sides = np.where(np.column_stack([is_over, ~is_over]), BASIC, LOWER).reshape(-1).astype(np.uint8)
        tight = np.full(count, LOWER, dtype=np.uint8)
        self._set_basis(
            Basis(column=np.append(found.basis.column, sides), row=np.append(found.basis.row, tight)), mend=False
        )
        return first

    def _set_basis(self, basis: Basis, *, mend: bool) -> None:
        given = highspy.HighsBasis()
        given.col_status = STATUSES[basis.column].tolist()
        given.row_status = STATUSES[basis.row].tolist()
        given.valid, given.alien = True, mend
        self._highs.setBasis(given)

    def _basis(self, x: Floats, row: Floats) -> Basis:
        """Which columns and rows are basic; the others stand at the bound that they are at."""
        _, basic = self._highs.getBasicVariables()  # type: ignore[attr-defined]  # not in its stubs
        columns, rows = basic[basic >= 0], -1 - basic[basic < 0]
        basis = Basis(column=_side(x, self._lower, self._upper), row=_side(row, self._row_lower, self._row_upper))
        basis.column[columns], basis.row[rows] = BASIC, BASIC
        return basis

    def _solution(self, status: highspy.HighsModelStatus) -> Solution:
        found = self._highs.getSolution()
        x = np.array(found.col_value, dtype=np.float64)
        reduced = np.array(found.col_dual, dtype=np.float64) * self._scale
        dual = np.array(found.row_dual, dtype=np.float64) * self._scale
        x = np.minimum(np.maximum(x, self._lower), self._upper)
        row = np.array(found.row_value, dtype=np.float64)
        return Solution(
            status=self._highs.modelStatusToString(status).lower().replace(" ", "_"),
            x=x,
            reduced=reduced,
            dual=dual,
            objective=float(self._cost @ x),
            bound=self._bound(reduced, dual),
            repeatable=status == OPTIMAL,
            basis=self._basis(x, row) if status == OPTIMAL else slack(len(row), len(x)),
        )

    def _bound(self, reduced: Floats, dual: Floats) -> float:
        """Value of the dual solution: each dual times the side of its row, each reduced cost times its bound."""
        return _worth(dual, self._row_lower, self._row_upper) + _worth(reduced, self._lower, self._upper)


def _worth(price: Floats, lower: Floats, upper: Floats) -> float:
    side = np.where(price > 0, lower, upper)
    return float(np.sum(np.where(np.isfinite(side), price * np.where(np.isfinite(side), side, 0.0), 0.0)))


def _side(value: Floats, lower: Floats, upper: Floats) -> Codes:
    return np.where(np.abs(value - upper) < np.abs(value - lower), UPPER, LOWER).astype(np.uint8)


def _scale_of(cost: Floats) -> float:
    paid = np.abs(cost[cost != 0])
    return float(2.0 ** np.round(np.log2(np.median(paid)))) if len(paid) else 1.0
