"""One plan out of all that cost the same: the one nearest to the last published plan, ties in a fixed order."""

import numpy as np
import polars as pl

from onenumber.model.axis import Axis
from onenumber.model.sheet import Sheet
from onenumber.supply.cells import keys_of
from onenumber.supply.horizon import Flags, Floats, Ints
from onenumber.supply.lp import Columns
from onenumber.supply.network import Network
from onenumber.supply.solve import Solution, Solver

MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
"""Shifts and factors of the mixing of 64 bits (SplitMix64: Steele, Lea and Flood 2014, figure 16)."""
STEP = 0x9E3779B97F4A7C15
NOTHING = pl.DataFrame(schema={"item": pl.String, "site": pl.String, "period": pl.Int64, "quantity": pl.Float64})
TIE_SHARE = 1e-3
"""Weight of the fixed order beside the distance."""


def settle(solver: Solver, found: Solution, *, network: Network, columns: Columns, reference: Sheet | None) -> Solution:
    """The optimal plan nearest to the reference: total distance of production and purchases per cell and period.

    Without a reference, or where it says nothing, the plan that does least wins; the order of the columns settles
    the rest. The cost of the plan does not change.
    """
    solver.fix_face(found)
    order = tie_weights(columns.count)
    if reference is None:
        return solver.minimise(order)
    row, column, target = distance_rows(network, columns, reference)
    solver.add_distance(found, row=row, column=column, target=target)
    return solver.minimise(np.concatenate([TIE_SHARE * order, np.ones(2 * len(target))]))


def tie_weights(count: int) -> Floats:
    """A weight of its own for each column, between 1 and 2, always the same.

    They look drawn at random: weights with a rule, say the multiples of a number, let moves that shift two receipts
    against each other weigh exactly nothing, and the plan is not the only one.

    Example:
        >>> tie_weights(3).round(3).tolist()
        [1.883, 1.432, 1.026]
    """
    mixed = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(STEP)
    for shift, factor in MIX:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    weights: Floats = 1.0 + (mixed >> np.uint64(11)) / 2.0**53
    return weights


def distance_rows(network: Network, columns: Columns, reference: Sheet) -> tuple[Ints, Ints, Floats]:
    """Rows (number, column) of receipts made and bought per cell and period, and what the reference had."""
    acts, cells = network.activities, network.cells
    parts, targets, first = [], [], 0
    for kind, name, firm in (("make", "production", cells.firm_made), ("buy", "purchases", cells.firm_bought)):
        old, known = _old(reference, name, network)
        into = np.zeros(firm.shape, dtype=bool)
        here = acts.kind == kind
        np.logical_or.at(into, acts.cell[here], acts.allowed[here])
        wanted = into & known
        number = np.full(firm.shape, -1, dtype=np.int64)
        number[wanted] = first + np.arange(int(wanted.sum()))
        row, column = number[acts.cell[here]], columns.at["receive"][here]
        kept = (row >= 0) & (column >= 0)
        parts.append((row[kept], column[kept]))
        targets.append((old - firm)[wanted])
        first += int(wanted.sum())
    row, column = (np.concatenate([part[k] for part in parts]) for k in range(2))
    return row, column, np.concatenate(targets)


def _old(reference: Sheet, name: str, network: Network) -> tuple[Floats, Flags]:
    """Receipts of the reference per cell and period, and the cells it covers: from its cube, else from its table."""
    shape = network.cells.safety.shape
    old, known = np.zeros(shape), np.zeros(shape, dtype=bool)
    cell, period, quantity = _listed(reference, name, network.cells.axis)
    if not len(cell):
        return old, known
    t = period - network.horizon.first
    inside = (t >= 0) & (t < shape[1]) & (cell >= 0)
    np.add.at(old, (cell[inside], t[inside]), quantity[inside])
    known[:, : max(int(t.max()) + 1, 0)] = True
    return old, known


def _listed(reference: Sheet, name: str, cells: Axis) -> tuple[Ints, Ints, Floats]:
    """Cell (-1: not of this plan), period and quantity of a supply plan's cube, or of a published plan's table."""
    if name not in reference.cubes:
        table = reference.tables.get(name, NOTHING).sort("item", "site", "period", "quantity")
        return cells.find(keys_of(table)), table["period"].to_numpy(), table["quantity"].to_numpy()
    cube = reference.cubes[name]
    cell, period = cells.find(cube.axis.keys), np.array(cube.indices, dtype=np.int64)
    return np.repeat(cell, cube.periods), np.tile(period, len(cell)), cube.values.reshape(-1)
