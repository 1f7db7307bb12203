"""Where the layers of demand come to less than nothing, in words."""

import numpy as np

from onenumber.consensus.agree import Agreed
from onenumber.consensus.layers import DELTAS, Stack
from onenumber.model.axis import Rows
from onenumber.model.finding import Finding, Place, Severity, Value
from onenumber.model.period import Calendar


def below_zero(agreed: Agreed, stack: Stack, calendar: Calendar) -> tuple[Finding, ...]:
    """A finding for each stream whose layers come to less than zero in some month, the furthest below first."""
    cells = agreed.below_zero
    rows = np.flatnonzero(cells.any(axis=1))
    depth = np.where(cells[rows], agreed.unrounded.values[rows], 0.0).sum(axis=1)
    return tuple(_finding(row, np.flatnonzero(cells[row]), agreed, stack, calendar) for row in rows[np.argsort(depth)])


def _finding(row: int, columns: Rows, agreed: Agreed, stack: Stack, calendar: Calendar) -> Finding:
    total, first = agreed.unrounded, int(columns[0])
    layers = [stack.sales, *(stack.deltas[code] for code in DELTAS if code in stack.deltas)]
    parts = [f"{cube.measure} {_said(cube.values[row, first])}" for cube in layers if cube.values[row, first]]
    values: dict[str, Value] = {
        "sum": _said(total.values[row, first]), "unit": str(total.units[row]), "layers": ", ".join(parts),
        "months": len(columns),
    }  # fmt: skip
    where = Place(series=str(total.axis.keys[row]), period=calendar[total.first + first].label)
    return Finding(code="below_zero", severity=Severity.ATTENTION, place=where, values=values)


def _said(value: float) -> str:
    return f"{round(float(value), 1):.12g}"
