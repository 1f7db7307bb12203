"""Where the solver ended, as a table of the plan: the solve of a plan like it starts there.

A basis says of each column and row of the program whether it is basic or stands at a bound (Dantzig 1963, ch. 5). It is
kept by name, not by number, so that a program of another shape takes over what it shares: options add columns and rows,
and a month later every period has moved up by one. What is not known starts as in a cold solve.
"""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.sheet import BASIS, Sheet
from onenumber.supply.horizon import Ints
from onenumber.supply.lp import Columns, Program
from onenumber.supply.network import Network

Codes = npt.NDArray[np.uint8]
LOWER, BASIC, UPPER, NONE = range(4)
LETTERS = np.frombuffer(b"LBU-", dtype=np.uint8)
"""How the table writes them: at the lower bound, basic, at the upper bound, nothing there."""
CODES = np.full(256, NONE, dtype=np.uint8)
CODES[LETTERS] = np.arange(len(LETTERS))
ENOUGH = 0.5
"""With less than this share of the program known, a cold solve is the better start."""
KEY = ["of", "block", "place"]
COLUMNS = MappingProxyType(
    {
        "receive": "way", "stock": "cell", "below": "cell", "ship": "edge", "backlog": "node", "lost": "node",
        "hours": "resource", "overtime": "step", "more_hours": "resource", "fewer_hours": "resource",
        "floor_short": "node", "not_taken": "duty", "over_space": "site",
    }
)  # fmt: skip
"""The variables that are kept, and what names their rows; those of a single decision (claims) are not."""
ROWS = MappingProxyType(
    {
        "stock_balance": "cell", "demand_balance": "node", "hours_used": "resource", "capacity": "resource",
        "evenness": "resource", "safety_stock": "cell", "to_order": "cell", "to_order_stock": "cell",
        "vendor_limit": "limit", "plant_limit": "plant", "vendor_duty": "duty", "space": "site",
        "contract_floor": "node",
    }
)  # fmt: skip
"""The constraints that are kept, and what names their rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """``LOWER``, ``BASIC`` or ``UPPER`` of each column and each row of a program; as many are basic as it has rows."""

    column: Codes
    row: Codes


def slack(rows: int, columns: int) -> Basis:
    """The basis of a cold start: every column at its lower bound, every row basic.

    Example:
        >>> slack(1, 2).column.tolist(), slack(1, 2).row.tolist()
        ([0, 0], [1])
    """
    return Basis(column=np.full(columns, LOWER, dtype=np.uint8), row=np.full(rows, BASIC, dtype=np.uint8))


def basis_table(basis: Basis, *, network: Network, program: Program, columns: Columns) -> pl.DataFrame:
    """``of`` (column or row), ``block``, ``place``, and in ``status`` a letter for each period of the plan."""
    keys, at = _grid(network, program, columns)
    codes = np.concatenate([basis.column, basis.row, [np.uint8(NONE)]])[at]
    letters = np.ascontiguousarray(LETTERS[codes]).view(f"S{at.shape[1]}")[:, 0].astype(np.str_).tolist()
    order = sorted(np.flatnonzero((codes != NONE).any(axis=1)).tolist(), key=keys.__getitem__)
    names = {name: [keys[row][part] for row in order] for part, name in enumerate(KEY)}
    names["status"] = [letters[row] for row in order]
    return pl.DataFrame(names, schema=dict.fromkeys(names, pl.String))


def start_from(sheet: Sheet | None, *, network: Network, program: Program, columns: Columns) -> Basis | None:
    """What a program shares with the basis kept in another plan; None where that is too little to start from.

    A period after the last of the other plan starts as that one did. The count of basics need not fit: the solver
    mends it.
    """
    if sheet is None or BASIS not in sheet.tables:
        return None
    keys, at = _grid(network, program, columns)
    table = sheet.table(BASIS)
    rows = list(zip(*(table[name].to_list() for name in (*KEY, "status")), strict=True))
    known = {(of, block, place): status for of, block, place, status in reversed(rows)}  # the first of equal ones
    by = network.horizon.first - sheet.cube("demand").first
    codes = _shifted([known.get(key, "-") for key in keys], periods=at.shape[1], by=by)
    start = slack(*program.shape)
    every = np.concatenate([start.column, start.row])
    there = (at >= 0) & (codes != NONE)
    if there.sum() < ENOUGH * len(every):
        return None
    every[at[there]] = codes[there]
    return Basis(column=every[: columns.count], row=every[columns.count :])


def _shifted(status: list[str], *, periods: int, by: int) -> Codes:
    """Codes of each row over the periods that begin ``by`` after those of the texts; (rows, periods).

    Example:
        >>> _shifted(["BLU", "-"], periods=3, by=1).tolist()
        [[0, 2, 2], [3, 3, 3]]
    """
    width = max(map(len, status), default=1)
    texts = np.array(status, dtype=f"S{width}")
    codes = CODES[texts.view(np.uint8).reshape(len(texts), width)]
    found: Codes = codes[:, np.clip(np.arange(periods) + by, 0, width - 1)]
    return found


def _grid(network: Network, program: Program, columns: Columns) -> tuple[list[tuple[str, str, str]], Ints]:
    """The names of all rows of variables and constraints, and (rows, periods) where each stands; -1 for nowhere.

    Rows of the program are numbered after its columns.
    """
    names, count = _names(network), network.horizon.count
    keys = [("column", block, label) for block, kind in COLUMNS.items() for label in names[kind]]
    at = [columns.at[block] for block in COLUMNS]
    for block, first in zip(program.blocks, program.first, strict=True):
        if block.name in ROWS:
            labels = names[ROWS[block.name]]
            keys += [("row", block.name, label) for label in labels]
            number = np.full((len(labels), count), -1, dtype=np.int64)
            number[block.place] = columns.count + first + np.arange(len(block))
            at.append(number)
    return keys, np.concatenate(at)


def _names(network: Network) -> dict[str, list[str]]:
    """What the rows of variables and constraints are called; a node by the first of its streams."""
    acts, nodes, resources, limits = network.activities, network.nodes, network.resources, network.limits
    cell, resource = network.cells.axis.keys, resources.axis.keys
    first = np.full(len(nodes.opening), len(nodes.node_of), dtype=np.int64)
    np.minimum.at(first, nodes.node_of, np.arange(len(nodes.node_of)))
    node = nodes.axis.keys[first]
    return {
        "way": _joined(acts.kind, cell[acts.cell], acts.name),
        "cell": cell.tolist(),
        "node": node.tolist(),
        "edge": _joined(node[nodes.edge_node], cell[nodes.edge_cell]),
        "resource": resource.tolist(),
        "step": _joined(resource[resources.step_resource], resources.step),
        "plant": cell[limits.plant].tolist(),
        "limit": _joined(limits.vendor, limits.vendor_item),
        "duty": limits.duty_label.tolist(),
        "site": limits.site.tolist(),
    }


def _joined(*parts: npt.NDArray[np.generic]) -> list[str]:
    """Names made of several parts.

    Example:
        >>> _joined(np.array(["L1", "L2"]), np.array([1, 2]))
        ['L1|1', 'L2|2']
    """
    return ["|".join(map(str, row)) for row in zip(*(part.tolist() for part in parts), strict=True)]
