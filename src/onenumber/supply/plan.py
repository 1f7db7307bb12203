"""Consensus and network to the SupplyPlan sheet: one linear program, proven optimal, checked, explained."""

import numpy as np

from onenumber.model.finding import Finding, Value
from onenumber.model.sheet import Sheet
from onenumber.supply import variables
from onenumber.supply.basis import basis_table, start_from
from onenumber.supply.build import Built, build
from onenumber.supply.check import check, flows, refuse_broken
from onenumber.supply.constraints import CONSTRAINTS
from onenumber.supply.differences import FirmMove
from onenumber.supply.explain import Tracer, prices_of
from onenumber.supply.horizon import Floats, Ints
from onenumber.supply.inputs import SupplyInputs
from onenumber.supply.lp import Columns, Program, assemble
from onenumber.supply.network import Network
from onenumber.supply.report import Result, plan_sheet
from onenumber.supply.settings import SupplySettings
from onenumber.supply.shortages import shortage_table
from onenumber.supply.solve import Solution, Solver
from onenumber.supply.split import split
from onenumber.supply.unique import settle
from onenumber.supply.unplanned import unplanned


def make_plan(inputs: SupplyInputs) -> tuple[Sheet, tuple[Finding, ...]]:
    """The SupplyPlan of a cycle and what was found on the way.

    Minimises what is charged for stock, backlog, lost sales (at their price), overtime, moves, dearer sources and
    stock under its target, subject to the constraints of :mod:`onenumber.supply.constraints`. The answer is checked
    by :mod:`onenumber.supply.check` before a sheet is made.

    Raises:
        BadDifferenceError: if a difference cannot be applied.
        LabelMismatchError: if demand and booked stand on different labels.
        NotOptimalError: if the solver does not end optimal.
        PlanCheckError: if the answer breaks a balance, a limit or its own objective.
    """
    built = build(inputs)
    program, columns = make_program(built.network, inputs.settings)
    priced, final = solve(built.network, program, columns, inputs)
    return make_sheet(inputs, built, columns, program=program, priced=priced, final=final)


def make_program(network: Network, settings: SupplySettings) -> tuple[Program, Columns]:
    """The linear program of a network, and where its variables stand."""
    columns = variables.columns_of(network, settings)
    cost = variables.cost_vector(columns, variables.prices(network, settings))
    upper = variables.upper_vector(columns, variables.uppers(network))
    blocks = [rows(network, columns) for rows in CONSTRAINTS.values()]
    return assemble(blocks=blocks, cost=cost, lower=np.zeros(columns.count), upper=upper), columns


def solve(network: Network, program: Program, columns: Columns, inputs: SupplyInputs) -> tuple[Solution, Solution]:
    """The optimal plan with its prices, and the one of all optimal plans that is kept.

    Emergencies come before all else, as much of them as can come, then precedence levels, then money: each is minimised
    on the optimal face of those before it. What the plan to start from shares with this one is taken over: it changes
    how long the optimum takes, not what it costs.
    """
    start = start_from(inputs.start, network=network, program=program, columns=columns)
    solver = Solver(program, start=start, seconds_max=inputs.settings.seconds_max)
    found = solver.minimise()
    turns = (_level(columns, name, rows) for name, rows in network.claims.levels)
    levels = [*_emergencies(network, columns, inputs), *turns]
    for level in levels:
        solver.fix_face(solver.minimise(level))
    if levels:
        found = solver.minimise(program.cost)
    if not inputs.settings.unique or not found.repeatable:
        return found, found
    return found, settle(solver, found, network=network, columns=columns, reference=inputs.reference)


def _emergencies(network: Network, columns: Columns, inputs: SupplyInputs) -> tuple[Floats, ...]:
    """That as much as can comes where emergencies, the last ways of the network, bring more; nothing without any."""
    moves = [one for one in inputs.differences if isinstance(one, FirmMove)]
    acts, cost = network.activities, np.zeros(columns.count)
    for way, move in enumerate(moves, start=len(acts.kind) - len(moves)):
        same = (acts.kind == acts.kind[way]) & (acts.cell == acts.cell[way])
        at = columns.at["receive"][same, move.period - network.horizon.first]
        cost[at[at >= 0]] = -1.0
    return (cost,) if moves else ()


def _level(columns: Columns, name: str, rows: Ints) -> Floats:
    cost = np.zeros(columns.count)
    cost[columns.at[name][rows]] = 1.0
    return cost


def make_sheet(
    inputs: SupplyInputs, built: Built, columns: Columns, *, program: Program, priced: Solution, final: Solution
) -> tuple[Sheet, tuple[Finding, ...]]:
    """The sheet of a solved program, once the answer has passed its check.

    Raises:
        PlanCheckError: if the answer breaks a balance, a limit or its own objective.
    """
    network = built.network
    answer = variables.answer_of(columns, final.x[: columns.count])
    charged = variables.prices(network, inputs.settings)
    objective = float(program.cost @ final.x[: columns.count])
    checks = check(
        network, answer, charged=charged, firm_periods=inputs.settings.firm_periods, objective=priced.objective,
        bound=priced.bound,
    )  # fmt: skip
    refuse_broken(checks, repeatable=priced.repeatable and final.repeatable)
    parts = split(network, answer)
    tracer = Tracer(
        network=network,
        prices=prices_of(network, program, columns, dual=priced.dual, reduced=priced.reduced),
        overtime_left=_overtime_left(network, answer["overtime"]),
    )
    table, findings = unplanned(network)
    result = Result(
        built=built, answer=answer, flows=flows(network, answer), parts=parts, charged=charged, checks=checks,
        shortages=shortage_table(network, parts, tracer), unplanned=table, demand=inputs.demand,
        basis=basis_table(priced.basis, network=network, program=program, columns=columns),
    )  # fmt: skip
    notes: dict[str, Value] = {
        "stage": inputs.stage, "status": priced.status, "objective": objective, "bound": priced.bound,
        "repeatable": priced.repeatable and final.repeatable,
    }  # fmt: skip
    return plan_sheet(result, notes=notes), (*built.findings, *findings)


def _overtime_left(network: Network, used: Floats) -> Floats:
    left = np.zeros(network.resources.available.shape)
    np.add.at(left, network.resources.step_resource, network.resources.step_hours - used)
    return left
