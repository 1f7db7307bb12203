"""Hours: how full a resource is, where it overflows, and what its equipment yields (K60-K64, §5.6).

``load`` and ``capacity`` are hours, (resources x periods). Planned maintenance is already out of ``capacity``.
"""

import numpy as np
import numpy.typing as npt

from onenumber.measure.ratio import Codes, Floats, Ratios, ratios

WATCH, TIGHT, OVERLOAD = 0.85, 0.95, 1.0
ZONES = ("green", "watch", "tight", "overload")


def load_share(*, load: Floats, capacity: Floats) -> Ratios:
    """K60: ``load / capacity``; no capacity but load is ``resource_closed``, neither is ``no_activity``.

    Example:
        >>> r = load_share(load=np.array([80.0, 5.0, 0.0]), capacity=np.array([100.0, 0.0, 0.0]))
        >>> r.value.tolist(), r.reason.tolist()
        ([0.8, nan, nan], ['', 'resource_closed', 'no_activity'])
    """
    closed = capacity <= 0
    return ratios(load, capacity, {"resource_closed": closed & (load > 0), "no_activity": closed & (load <= 0)})


def load_zone(*, share: Floats) -> npt.NDArray[np.str_]:
    """The zone of a load share: green below 85 %, watch to 95 %, tight to 100 %, overload above; empty for NaN.

    Example:
        >>> load_zone(share=np.array([0.5, 0.85, 1.0, 1.01, np.nan])).tolist()
        ['green', 'watch', 'tight', 'overload', '']
    """
    steps = (share >= WATCH).astype(np.int64) + (share >= TIGHT) + (share > OVERLOAD)
    return np.where(np.isnan(share), "", np.array(ZONES)[steps])


def overload_hours(*, load: Floats, capacity: Floats) -> Floats:
    """K62: ``max(0, load - capacity)`` per period.

    Example:
        >>> overload_hours(load=np.array([[90.0, 120.0]]), capacity=np.array([[100.0, 100.0]])).tolist()
        [[0.0, 20.0]]
    """
    return np.maximum(load - capacity, 0.0)


def first_overload(*, load: Floats, capacity: Floats) -> Codes:
    """K63: column of the first overloaded period per resource, -1 where there is none.

    Example:
        >>> first_overload(load=np.array([[90.0, 120.0], [1.0, 1.0]]), capacity=np.full((2, 2), 100.0)).tolist()
        [1, -1]
    """
    over = load > capacity
    return np.where(over.any(axis=1), over.argmax(axis=1), -1).astype(np.int64)


def pull_ahead_hours(*, load: Floats, capacity: Floats) -> Floats:
    """K64: free hours of all earlier periods, per period.

    Example:
        >>> pull_ahead_hours(load=np.array([[90.0, 120.0, 60.0]]), capacity=np.full((1, 3), 100.0)).tolist()
        [[0.0, 10.0, 10.0]]
    """
    free = np.maximum(capacity - load, 0.0)
    return np.cumsum(free, axis=1) - free


def oee(*, planned: Floats, run: Floats, ideal_cycle: Floats, total: Floats, good: Floats) -> Ratios:
    """K61: availability x performance x quality = ``good * ideal_cycle / planned`` (hours; maintenance already out).

    Performance above 1 means that the ideal cycle is wrong: reason ``ideal_cycle_too_long``.

    Example (vector T12, 0.90 x 0.95 x 0.98):
        >>> r = oee(planned=np.array([100.0]), run=np.array([90.0]), ideal_cycle=np.array([0.1]),
        ...         total=np.array([855.0]), good=np.array([837.9]))
        >>> round(r.at(0)[0], 4)
        0.8379
    """
    reasons = {"nothing_planned": planned <= 0, "ideal_cycle_too_long": ideal_cycle * total > run * (1 + 1e-9)}
    return ratios(good * ideal_cycle, planned, reasons)


def utilisation(*, worked: Floats, available: Floats) -> Ratios:
    """Hours worked / hours available.

    Example:
        >>> utilisation(worked=np.array([72.0]), available=np.array([80.0])).at(0)
        (0.9, '')
    """
    return ratios(worked, available, {"no_hours": available <= 0})


def efficiency(*, standard: Floats, worked: Floats) -> Ratios:
    """Standard hours produced / hours worked.

    Example:
        >>> efficiency(standard=np.array([66.0]), worked=np.array([60.0])).at(0)
        (1.1, '')
    """
    return ratios(standard, worked, {"no_hours": worked <= 0})


def best_period(*, hours: Floats) -> Codes:
    """The best ever made: column with the most standard hours per resource, -1 where none were made.

    ``hours`` are of the units that came out, (resources x periods): what a plan asks is held against it.

    Example:
        >>> best_period(hours=np.array([[90.0, 104.0, 98.0], [0.0, 0.0, 0.0]])).tolist()
        [1, -1]
    """
    return np.where(hours.any(axis=1), hours.argmax(axis=1), -1).astype(np.int64)
