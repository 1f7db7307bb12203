"""The linear program as arrays: columns by name, blocks of rows, one sparse matrix by columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onenumber.supply.horizon import Flags, Floats, Ints

Index = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each variable stands: ``at[name]`` is an array of column numbers, -1 where there is none."""

    at: Mapping[str, Ints]
    count: int


def lay_out(masks: Mapping[str, Flags]) -> Columns:
    """Number the columns in the order of the names given and, within a name, of its cells.

    Example:
        >>> c = lay_out({"make": np.array([[True, False]]), "stock": np.array([[True, True]])})
        >>> c.at["make"].tolist(), c.at["stock"].tolist(), c.count
        ([[0, -1]], [[1, 2]], 3)
    """
    found: dict[str, Ints] = {}
    count = 0
    for name, mask in masks.items():
        numbers = np.full(mask.shape, -1, dtype=np.int64)
        numbers[mask] = np.arange(count, count + int(mask.sum()))
        found[name] = numbers
        count += int(mask.sum())
    return Columns(at=found, count=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows of one constraint: ``lower <= sum(value x column) <= upper``.

    ``place`` names each row: one array of numbers per axis (cell and period, say), in the order of the rows.
    """

    name: str
    lower: Floats
    upper: Floats
    row: Ints
    column: Ints
    value: Floats
    place: tuple[Ints, ...]

    def __len__(self) -> int:
        return len(self.lower)


Term = tuple[Ints, Ints, Floats | float]
"""Row numbers, column numbers and coefficients of the same shape; a negative row or column adds nothing."""


def block(name: str, *, lower: Floats, upper: Floats, rows: Ints, terms: Sequence[Term]) -> Block:
    """A block whose rows are numbered by ``rows`` (-1: no row), of the shape of ``lower`` and ``upper``.

    Example:
        >>> rows = np.array([[0, 1]])
        >>> b = block("cap", lower=np.full((1, 2), -np.inf), upper=np.array([[5.0, 6.0]]), rows=rows,
        ...           terms=[(rows, np.array([[3, -1]]), 2.0)])
        >>> b.upper.tolist(), b.row.tolist(), b.column.tolist(), b.value.tolist()
        ([5.0, 6.0], [0], [3], [2.0])
    """
    there = rows >= 0
    parts = [_flat(term) for term in terms]
    row, column, value = (np.concatenate([part[k] for part in parts]) for k in range(3))
    place = tuple(axis.astype(np.int64) for axis in np.nonzero(there))
    return Block(
        name=name, lower=lower[there], upper=upper[there], row=row, column=column, value=value, place=place
    )  # fmt: skip


def _flat(term: Term) -> tuple[Ints, Ints, Floats]:
    row, column, value = np.broadcast_arrays(*term)
    kept = (row >= 0) & (column >= 0) & (value != 0)
    return row[kept].astype(np.int64), column[kept].astype(np.int64), value[kept].astype(np.float64)


def number(there: Flags) -> Ints:
    """Row numbers where there is a row, -1 elsewhere.

    Example:
        >>> number(np.array([[True, False, True]])).tolist()
        [[0, -1, 1]]
    """
    rows = np.full(there.shape, -1, dtype=np.int64)
    rows[there] = np.arange(int(there.sum()))
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Minimise ``cost x`` subject to ``row_lower <= A x <= row_upper`` and ``lower <= x <= upper``; A by columns.

    ``blocks`` keep which rows belong to which constraint; ``first`` is the row at which each begins.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: Index
    index: Index
    value: Floats
    blocks: tuple[Block, ...]
    first: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.row_lower), len(self.cost)


def assemble(*, blocks: Sequence[Block], cost: Floats, lower: Floats, upper: Floats) -> Program:
    """One program of all blocks; equal (row, column) pairs are added, in the order in which they came."""
    first = np.concatenate([[0], np.cumsum([len(b) for b in blocks])]).astype(np.int64)
    row = np.concatenate([b.row + at for b, at in zip(blocks, first.tolist(), strict=False)])
    column = np.concatenate([b.column for b in blocks])
    value = np.concatenate([b.value for b in blocks])
    order = np.lexsort((row, column))
    row, column, value = row[order], column[order], value[order]
    new = np.ones(len(row), dtype=bool)
    new[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
    total = np.add.reduceat(value, np.flatnonzero(new)) if len(value) else value
    start = np.searchsorted(column[new], np.arange(len(cost) + 1))
    return Program(
        cost=cost, lower=lower, upper=upper,
        row_lower=np.concatenate([b.lower for b in blocks]), row_upper=np.concatenate([b.upper for b in blocks]),
        start=start.astype(np.int32), index=row[new].astype(np.int32), value=total,
        blocks=tuple(blocks), first=tuple(first[:-1].tolist()),
    )  # fmt: skip
