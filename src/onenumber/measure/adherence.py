"""How well a month kept its plan: volume, mix, absolute accuracy, schedule and inventory (K20-K26, K30-K33).

Variance is actual - plan (above is +). ``plan`` and ``actual`` are (cells x ...) on the same cells; ``codes`` gives
the group of each cell. Everything is summed within a group before it is divided.
"""

import numpy as np
import numpy.typing as npt

from onenumber.measure.ratio import Codes, Floats, Ratios, ratios, sum_groups

Flags = npt.NDArray[np.bool_]


def volume_attainment(*, plan: Floats, actual: Floats, codes: Codes, groups: int) -> Ratios:
    """K20, K22: ``sum(actual) / sum(plan)`` per group. Above 100 % is not automatically good.

    No plan: ``unplanned`` when something happened (the numerator holds the units), else ``nothing_planned``.

    Example:
        >>> one = np.zeros(3, dtype=np.int64)
        >>> volume_attainment(plan=np.array([100.0, 100, 100]), actual=np.array([160.0, 100, 40]), codes=one,
        ...                   groups=1).at(0)
        (1.0, '')
    """
    planned, made = sum_groups(plan, codes, groups), sum_groups(actual, codes, groups)
    return ratios(made, planned, _no_plan(planned, made))


def mix_attainment(*, plan: Floats, actual: Floats, codes: Codes, groups: int) -> Ratios:
    """K21, K23 (build to plan): ``sum(min(actual, plan)) / sum(plan)``; what is over its plan earns nothing.

    Example:
        >>> one = np.zeros(3, dtype=np.int64)
        >>> mix_attainment(plan=np.array([100.0, 100, 100]), actual=np.array([160.0, 100, 40]), codes=one,
        ...                groups=1).at(0)
        (0.8, '')
    """
    planned, made = sum_groups(plan, codes, groups), sum_groups(actual, codes, groups)
    kept = sum_groups(np.minimum(plan, actual), codes, groups)
    return ratios(kept, planned, _no_plan(planned, made))


def plan_accuracy(*, plan: Floats, actual: Floats, codes: Codes, groups: int) -> Ratios:
    """K25: ``1 - sum(abs(actual - plan)) / sum(plan)``; counts over and under, and can be below zero.

    Example:
        >>> one = np.zeros(3, dtype=np.int64)
        >>> plan_accuracy(plan=np.array([100.0, 100, 100]), actual=np.array([160.0, 100, 40]), codes=one,
        ...               groups=1).at(0)
        (0.6, '')
    """
    planned, made = sum_groups(plan, codes, groups), sum_groups(actual, codes, groups)
    missed = sum_groups(np.abs(actual - plan), codes, groups)
    return ratios(planned - missed, planned, _no_plan(planned, made))


def _no_plan(planned: Floats, made: Floats) -> dict[str, Flags]:
    return {"unplanned": (planned == 0) & (made != 0), "nothing_planned": (planned == 0) & (made == 0)}


def schedule_adherence(
    *, planned: Codes, completed: Codes, moved_before_fence: Flags, tolerance: int, codes: Codes, groups: int
) -> Ratios:
    """K24: orders completed in their planned period (within +-``tolerance`` periods) / orders planned.

    ``planned`` and ``completed`` are period indices per order, -1 for not completed. An order that the planner
    moved before the fence is not a miss: it leaves both sums.

    Example:
        >>> schedule_adherence(planned=np.array([3, 3, 3, 3]), completed=np.array([3, 4, -1, 5]),
        ...                    moved_before_fence=np.array([False, False, False, True]), tolerance=1,
        ...                    codes=np.zeros(4, dtype=np.int64), groups=1).at(0)
        (0.6666666666666666, '')
    """
    counted = ~moved_before_fence
    kept = counted & (completed >= 0) & (np.abs(completed - planned) <= tolerance)
    due = sum_groups(counted.astype(np.float64), codes, groups)
    return ratios(sum_groups(kept.astype(np.float64), codes, groups), due, {"nothing_planned": due == 0})


def inventory_variance(*, plan: Floats, actual: Floats, codes: Codes, groups: int) -> Ratios:
    """K26: ``(inventory - planned) / planned``, sign kept (above is +); without a plan the numerator is in units.

    Example:
        >>> inventory_variance(plan=np.array([50.0]), actual=np.array([40.0]), codes=np.array([0]), groups=1).at(0)
        (-0.2, '')
    """
    planned, held = sum_groups(plan, codes, groups), sum_groups(actual, codes, groups)
    return ratios(held - planned, planned, _no_plan(planned, held))


def cycle_service(*, stocked_out: Flags, codes: Codes, groups: int) -> Ratios:
    """K30, type 1 (alpha): share of replenishment cycles without a stock-out; not comparable with a fill rate.

    Example:
        >>> cycle_service(stocked_out=np.array([False, True, False, False]), codes=np.zeros(4, dtype=np.int64),
        ...               groups=1).at(0)
        (0.75, '')
    """
    cycles = sum_groups(np.ones(len(stocked_out)), codes, groups)
    return ratios(sum_groups((~stocked_out).astype(np.float64), codes, groups), cycles, {"no_cycle": cycles == 0})


def stock_out_rate(*, stock: Floats, demand: Floats, codes: Codes, groups: int) -> Ratios:
    """K31: item-days at zero stock with demand / item-days.

    Example:
        >>> stock_out_rate(stock=np.array([0.0, 0, 5, 1]), demand=np.array([2.0, 0, 1, 1]),
        ...                codes=np.zeros(4, dtype=np.int64), groups=1).at(0)
        (0.25, '')
    """
    out = ((stock <= 0) & (demand > 0)).astype(np.float64)
    days = sum_groups(np.ones_like(out), codes, groups)
    return ratios(sum_groups(out, codes, groups), days, {"no_item_day": days == 0})


def decision_effectiveness(*, expected: Floats, effect: Floats, on_time: Flags, band: float = 0.2) -> Ratios:
    """K32: decisions done on time whose effect lies within +-``band`` of what was expected / decisions due.

    Example:
        >>> decision_effectiveness(expected=np.array([100.0, 100]), effect=np.array([110.0, 50]),
        ...                        on_time=np.array([True, True])).at(0)
        (0.5, '')
    """
    good = on_time & (np.abs(effect - expected) <= band * np.abs(expected))
    due = np.array([float(len(expected))])
    return ratios(np.array([float(good.sum())]), due, {"nothing_due": due == 0})


def input_coverage(*, value: Floats, submitted: Flags, codes: Codes, groups: int) -> Ratios:
    """K33: forecast value that a salesperson submitted (not defaulted) / all forecast value.

    Example:
        >>> input_coverage(value=np.array([30.0, 10.0]), submitted=np.array([True, False]),
        ...                codes=np.array([0, 0]), groups=1).at(0)
        (0.75, '')
    """
    total = sum_groups(value, codes, groups)
    return ratios(sum_groups(value * submitted, codes, groups), total, {"no_forecast": total == 0})
