"""What would have been usual: the share that something has of what it belongs to, in the months around."""

import numpy as np

from onenumber.model.cube import Values

AROUND = 6
"""Months before and after that say what is usual."""
NORMAL = 0.6745
"""Median absolute deviation of a standard normal distribution."""


def usual(part: Values, whole: Values) -> Values:
    """What a part of a whole would usually have been in each period; NaN where the rest of the whole is 0.

    Formula: ``usual[t] = median of part[k] / (whole[k] - part[k]) over 0 < |k - t| <= AROUND``, times the rest of the
    whole in ``t``. A season or a move of the whole moves the usual with it, so a season that comes early is no anomaly.

    Example:
        >>> part, whole = np.array([2.0, 2.0, 0.0, 4.0]), np.array([10.0, 10.0, 8.0, 20.0])
        >>> usual(part, whole).tolist()
        [2.0, 2.0, 2.0, 4.0]
    """
    rest = whole - part
    share = np.where(rest > 0, part / np.where(rest > 0, rest, 1.0), np.nan)
    found = np.full(len(part), np.nan)
    for at in range(len(part)):
        around = np.delete(share[max(0, at - AROUND) : at + AROUND + 1], min(at, AROUND))
        known = around[np.isfinite(around)]
        if len(known) and rest[at] > 0:
            found[at] = np.median(known) * rest[at]
    return found


def surprise(actual: Values, expected: Values) -> Values:
    """How far each period lies from what is usual, in robust standard deviations; 0 where nothing is known.

    Formula: ``NORMAL * (r[t] - median(r)) / median(|r - median(r)|)`` with ``r = (actual - usual) / sqrt(usual)``.
    Source: Iglewicz and Hoaglin (1993), modified z-score; the root, because what varies are counts of orders.

    Example:
        >>> surprise(np.array([9.0, 11.0, 10.0, 30.0]), np.full(4, 10.0)).round(1).tolist()
        [-1.0, 0.3, -0.3, 13.2]
    """
    known = np.isfinite(expected) & (expected > 0)
    if not known.any():
        return np.zeros(len(actual))
    apart = np.where(known, (actual - expected) / np.sqrt(np.where(known, expected, 1.0)), np.nan)
    middle = np.nanmedian(apart)
    spread = float(np.nanmedian(np.abs(apart - middle)))
    found: Values = np.nan_to_num(NORMAL * (apart - middle) / spread) if spread > 0 else np.zeros(len(actual))
    return found
