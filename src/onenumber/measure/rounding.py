"""Rounding that keeps totals: largest remainder inside a group."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


def round_within(values: Floats, *, groups: Codes, decimals: Codes) -> Floats:
    """Values rounded to each row's decimals so that every group still adds up to its own rounded total.

    Largest remainder (Hamilton): each row is rounded down, then the rows with the largest remainders get one step
    more until the group's total, itself rounded half to even, is reached; ties go to the earlier row. Rows of one
    group with different decimals form groups of their own. Axes: (rows x periods); unit: as given; values >= 0.

    Example:
        >>> same = np.array([0, 0, 0])
        >>> round_within(np.array([[1.4], [1.4], [1.2]]), groups=same, decimals=same).tolist()
        [[2.0], [1.0], [1.0]]
    """
    _, together = np.unique(np.stack([groups, decimals], axis=1), axis=0, return_inverse=True)
    codes = together.astype(np.int64).ravel()
    scale = np.power(10.0, decimals)[:, None]
    scaled = values * scale
    floor = np.floor(scaled)
    steps = _steps(scaled, floor, codes)
    rounded: Floats = (floor + steps) / scale
    return rounded


def _steps(scaled: Floats, floor: Floats, codes: Codes) -> Floats:
    """One or zero per cell: who gets a step more."""
    count = int(codes.max()) + 1 if len(codes) else 0
    total, low = np.zeros((count, scaled.shape[1])), np.zeros((count, scaled.shape[1]))
    np.add.at(total, codes, scaled)
    np.add.at(low, codes, floor)
    short = np.rint(total) - low
    columns = [_column(scaled[:, k] - floor[:, k], codes, short[:, k]) for k in range(scaled.shape[1])]
    return np.stack(columns, axis=1) if columns else floor.copy()


def _column(remainder: Floats, codes: Codes, short: Floats) -> Floats:
    order = np.lexsort((np.arange(len(codes)), -remainder, codes))
    sizes = np.bincount(codes, minlength=len(short))
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rank = np.empty(len(codes), dtype=np.int64)
    rank[order] = np.arange(len(codes)) - first[codes[order]]
    return (rank < short[codes]).astype(np.float64)
