"""Which lines of a sales forecast need their salesperson, and how one figure for several months is spread over them."""

import numpy as np
import numpy.typing as npt

from onenumber.measure.rounding import round_within

Floats = npt.NDArray[np.float64]
FAR = 0.15
"""Share of the last call by which a baseline is far from it."""
WIDE = 0.3
"""Share of the baseline by which half its 80 % range makes it wide: there a low and a high are asked for."""
TOLD = 0.5
"""What news, an odd order or a refusal adds to the surprise, as a share of the money of the line."""
SILENT = 1.0
"""What a silent buyer adds: all of the line may be gone."""


def apart(baseline: float, last: float | None) -> float:
    """By how much the baseline differs from the last call, as a share of the larger; 0 where there was none.

    Example:
        >>> apart(100.0, 80.0), apart(80.0, 100.0), apart(100.0, None), apart(0.0, 0.0)
        (0.2, 0.2, 0.0, 0.0)
    """
    if last is None:
        return 0.0
    largest = max(abs(baseline), abs(last))
    return abs(baseline - last) / largest if largest else 0.0


def surprise(*, gap: float, carried: float, booked: float, silent: bool, told: int) -> float:
    """How much of a line is in question: what its figures differ by, and what is known beside them (unit: share).

    ``gap`` is :func:`apart`; ``carried`` the same of what stands there from an earlier month, ``booked`` of orders
    beyond what stands; ``told`` counts news, odd orders and refusals. A gap that is not far counts nothing.

    Example:
        >>> surprise(gap=0.1, carried=0.0, booked=0.0, silent=False, told=0)
        0.0
        >>> surprise(gap=0.2, carried=0.0, booked=0.0, silent=True, told=1)
        1.7
    """
    far = gap if gap >= FAR else 0.0
    return far + carried + booked + (SILENT if silent else 0.0) + TOLD * told


def half_range(low: Floats, high: Floats) -> float:
    """Half the 80 % range of the sum of cells, taken as independent: the root of the sum of squared half ranges.

    Example:
        >>> half_range(np.array([7.0, 6.0]), np.array([13.0, 14.0]))
        5.0
    """
    return float(np.sqrt(np.sum(((high - low) / 2.0) ** 2)))


def over_months(total: float, baseline: Floats) -> Floats:
    """One figure for several months, month by month in the shape of the baseline, in whole units that add up to it.

    Where the baseline is nothing, evenly. A total with decimals keeps them.

    Example:
        >>> over_months(100.0, np.array([1.0, 1.0, 2.0])).tolist(), over_months(5.0, np.zeros(2)).tolist()
        ([25.0, 25.0, 50.0], [3.0, 2.0])
        >>> over_months(2.5, np.array([1.0, 1.0])).tolist()
        [1.3, 1.2]
    """
    whole = float(baseline.sum())
    shares = baseline / whole if whole > 0.0 else np.full(len(baseline), 1.0 / len(baseline))
    one, decimals = np.zeros(len(baseline), dtype=np.int64), next((d for d in range(4) if round(total, d) == total), 4)
    at = np.full(len(baseline), decimals, dtype=np.int64)
    found: Floats = round_within((total * shares)[:, None], groups=one, decimals=at)[:, 0]
    return found
