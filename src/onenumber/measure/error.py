"""Forecast error, bias and accuracy over a selection of cells (domain.md §5.1, K1-K15).

Everywhere: error e = forecast - actual, so over is +. Arrays are of one shape, the last axis is periods; a cell where
either side is NaN is not scored. A figure that can't be computed is None, with a reason code.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
NO_ACTIVITY = "no_activity"
NO_DEMAND = "forecast_without_demand"
NOTHING_SCORED = "nothing_scored"
TOO_FEW = "too_few"
CONSTANT = "constant_history"
PERFECT_NAIVE = "worse_than_perfect_naive"
FEWEST_PERIODS = 3
FEWEST_RANGES = 20
FEWEST_SIGNAL = 6
SIGNAL_WINDOW = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A figure over ``cells`` scored cells; ``dropped`` cells could not take part.

    Exactly one of ``value`` and ``reason`` is set. Numerator and denominator are kept where the figure is a ratio of
    sums, so that selections add up; they hold the units of error where there is no value.
    """

    value: float | None
    reason: str
    cells: int
    dropped: int = 0
    numerator: float = 0.0
    denominator: float = 0.0


def wmape(*, forecast: Floats, actual: Floats, weight: Floats | None = None) -> Score:
    """K1: ``sum(w |e|) / sum(w |A|)``, w a cost or price where units differ, else 1. Can exceed 1.

    Example (vector T1: 60 / 230):
        >>> a, f = np.array([100.0, 0.0, 50.0, 80.0]), np.array([90.0, 10.0, 50.0, 120.0])
        >>> round(wmape(forecast=f, actual=a).value, 5)
        0.26087
        >>> wmape(forecast=np.ones(2), actual=np.zeros(2)).reason
        'forecast_without_demand'
    """
    f, a, w = _scored(forecast, actual, weight)
    return _ratio(np.abs(f - a) * w, np.abs(a) * w, forecast=f)


def accuracy(*, forecast: Floats, actual: Floats, weight: Floats | None = None) -> Score:
    """K2: ``1 - WMAPE``, not clipped: it falls below 0 where the error exceeds demand.

    Example:
        >>> accuracy(forecast=np.array([30.0]), actual=np.array([10.0])).value
        -1.0
    """
    error = wmape(forecast=forecast, actual=actual, weight=weight)
    left = error.denominator - error.numerator
    value = None if error.value is None else 1.0 - error.value
    return Score(value=value, reason=error.reason, cells=error.cells, numerator=left, denominator=error.denominator)


def mape(*, forecast: Floats, actual: Floats) -> Score:
    """K3: ``mean(|e| / A)`` over cells with A > 0; the others are counted in ``dropped``. Harsher on over than under.

    Example (vector T1: (10/100 + 0/50 + 40/80) / 3, one dropped):
        >>> a, f = np.array([100.0, 0.0, 50.0, 80.0]), np.array([90.0, 10.0, 50.0, 120.0])
        >>> s = mape(forecast=f, actual=a)
        >>> round(s.value, 5), s.cells, s.dropped
        (0.2, 3, 1)
    """
    f, a, _ = _scored(forecast, actual)
    used = a > 0.0
    return _mean(np.abs(f[used] - a[used]) / a[used], dropped=int(len(a) - used.sum()), otherwise=NO_ACTIVITY)


def smape(*, forecast: Floats, actual: Floats) -> Score:
    """K4: ``mean(200 |e| / (|A| + |F|))``, in percent, 0 to 200; both zero counts as 0.

    Example (vector T1):
        >>> a, f = np.array([100.0, 0.0, 50.0, 80.0]), np.array([90.0, 10.0, 50.0, 120.0])
        >>> round(smape(forecast=f, actual=a).value, 3)
        62.632
    """
    f, a, _ = _scored(forecast, actual)
    size = np.abs(a) + np.abs(f)
    return _mean(200.0 * np.abs(f - a) / np.where(size > 0.0, size, 1.0))


def mase(*, forecast: Floats, actual: Floats, history: Floats, season: int) -> Score:
    """K5: ``mean|e| / q``, ``q = mean |y_t - y_(t-season)|`` over ``history``, which ends before the first scored cell.

    Source: Hyndman and Koehler (2006). One series: 1-d arrays. Constant history has no value: take :func:`rel_mae`.

    Example (vector T1: 15 / 10):
        >>> a, f = np.array([100.0, 0.0, 50.0, 80.0]), np.array([90.0, 10.0, 50.0, 120.0])
        >>> mase(forecast=f, actual=a, history=np.array([60.0, 70.0, 65.0, 80.0, 75.0, 90.0]), season=1).value
        1.5
    """
    f, a, _ = _scored(forecast, actual)
    return _scaled(np.abs(f - a), np.abs(_steps(history, season)))


def rmsse(*, forecast: Floats, actual: Floats, history: Floats) -> Score:
    """K6: ``sqrt(mean(e^2) / mean((y_t - y_(t-1))^2))``; history starts at its first non-zero period. One series.

    Source: Makridakis, Spiliotis and Assimakopoulos (2022), M5.

    Example (vector T1: sqrt(450 / 120)):
        >>> a, f = np.array([100.0, 0.0, 50.0, 80.0]), np.array([90.0, 10.0, 50.0, 120.0])
        >>> round(rmsse(forecast=f, actual=a, history=np.array([60.0, 70.0, 65.0, 80.0, 75.0, 90.0])).value, 4)
        1.9365
    """
    f, a, _ = _scored(forecast, actual)
    begun = np.flatnonzero(np.nan_to_num(history) != 0.0)
    used = history[begun[0] :] if len(begun) else history[:0]
    squared = _scaled((f - a) ** 2, _steps(used, 1) ** 2)
    value = None if squared.value is None else float(np.sqrt(squared.value))
    return Score(value=value, reason=squared.reason, cells=squared.cells)


def wrmsse(*, scores: Floats, weights: Floats) -> Score:
    """K7: ``sum(w_i RMSSE_i) / sum(w_i)``, w recent money sales; a series whose RMSSE is NaN is dropped.

    Example:
        >>> wrmsse(scores=np.array([1.0, 2.0, np.nan]), weights=np.array([3.0, 1.0, 9.0])).value
        1.25
    """
    used = np.isfinite(scores) & (weights > 0.0)
    dropped = int(len(scores) - used.sum())
    if not bool(used.any()):
        return _none(NOTHING_SCORED, cells=0, dropped=dropped)
    return _of(scores[used] * weights[used], weights[used], cells=int(used.sum()), dropped=dropped)


def rel_mae(*, forecast: Floats, naive: Floats, actual: Floats) -> Score:
    """K8: ``sum|e| / sum|naive - A|`` on the cells that both scored; both perfect is 1.

    Example:
        >>> rel_mae(forecast=np.array([9.0]), naive=np.array([6.0]), actual=np.array([10.0])).value
        0.25
        >>> rel_mae(forecast=np.array([9.0]), naive=np.array([10.0]), actual=np.array([10.0])).reason
        'worse_than_perfect_naive'
    """
    both = np.where(np.isfinite(naive), forecast, np.nan)
    f, a, n = _scored(both, actual, naive)
    error, benchmark = np.abs(f - a), np.abs(n - a)
    if not len(a):
        return _none(NOTHING_SCORED, cells=0)
    if float(benchmark.sum()) > 0.0:
        return _of(error, benchmark, cells=len(a))
    if float(error.sum()) > 0.0:
        return _none(PERFECT_NAIVE, cells=len(a))
    return Score(value=1.0, reason="", cells=len(a))


def bias(*, forecast: Floats, actual: Floats, weight: Floats | None = None, fewest: int = FEWEST_PERIODS) -> Score:
    """K9: ``sum(e) / sum(A)``, + is over; needs ``fewest`` periods with a scored cell.

    Example (vector T1: +40 / 230):
        >>> a, f = np.array([100.0, 0.0, 50.0, 80.0]), np.array([90.0, 10.0, 50.0, 120.0])
        >>> round(bias(forecast=f, actual=a).value, 5)
        0.17391
        >>> bias(forecast=f[:2], actual=a[:2]).reason
        'too_few'
    """
    f, a, w = _scored(forecast, actual, weight)
    scored = np.isfinite(forecast) & np.isfinite(actual)
    periods = int(scored.any(axis=tuple(range(scored.ndim - 1))).sum())
    if 0 < periods < fewest:
        return _none(TOO_FEW, cells=len(a))
    return _ratio((f - a) * w, a * w, forecast=f)


def attainment(*, forecast: Floats, actual: Floats) -> Score:
    """K15: ``sum(A) / sum(F)``. Not an accuracy: errors cancel.

    Example:
        >>> attainment(forecast=np.array([50.0, 150.0]), actual=np.array([150.0, 50.0])).value
        1.0
    """
    f, a, _ = _scored(forecast, actual)
    return _ratio(a, f, forecast=f)


def instability(*, now: Floats, before: Floats) -> Score:
    """K13: ``sum |F_now - F_before| / sum F_before``: how much one forecast moved between two cycles, same periods.

    Example:
        >>> instability(now=np.array([11.0, 9.0]), before=np.array([10.0, 10.0])).value
        0.1
    """
    n, b, _ = _scored(now, before)
    return _ratio(np.abs(n - b), b, forecast=n)


def interval_coverage(*, lower: Floats, upper: Floats, actual: Floats, fewest: int = FEWEST_RANGES) -> Score:
    """K14: share of actuals inside their range, ends included; needs ``fewest`` cells.

    Example:
        >>> a = np.array([0.0, 1.0, 2.0, 0.5])
        >>> interval_coverage(lower=np.zeros(4), upper=np.ones(4), actual=a, fewest=4).value
        0.75
    """
    scored = np.isfinite(lower) & np.isfinite(upper) & np.isfinite(actual)
    inside = (actual[scored] >= lower[scored]) & (actual[scored] <= upper[scored])
    if len(inside) < fewest:
        return _none(TOO_FEW, cells=len(inside))
    return _mean(inside.astype(np.float64))


def brier(*, probability: Floats, happened: Floats) -> Score:
    """Brier score of events: ``mean((p - o)^2)``, o is 1 where it happened, else 0.

    Source: Brier (1950).

    Example (vector T13):
        >>> round(brier(probability=np.array([0.8]), happened=np.array([1.0])).value, 2)
        0.04
        >>> round(brier(probability=np.array([0.3]), happened=np.array([0.0])).value, 2)
        0.09
    """
    p, o, _ = _scored(probability, happened)
    return _mean((p - o) ** 2)


def _scored(forecast: Floats, actual: Floats, third: Floats | None = None) -> tuple[Floats, Floats, Floats]:
    """The cells that both sides have, flat; the third array (1 where absent) at the same cells."""
    used = np.isfinite(forecast) & np.isfinite(actual)
    other = np.ones(forecast.shape) if third is None else np.broadcast_to(third, forecast.shape)
    return forecast[used], actual[used], other[used]


def _ratio(numerator: Floats, denominator: Floats, *, forecast: Floats) -> Score:
    if not len(numerator):
        return _none(NOTHING_SCORED, cells=0)
    if float(denominator.sum()) == 0.0:
        reason = NO_DEMAND if bool(np.any(forecast != 0.0)) else NO_ACTIVITY
        return _none(reason, cells=len(numerator), numerator=float(numerator.sum()))
    return _of(numerator, denominator, cells=len(numerator))


def _mean(parts: Floats, *, dropped: int = 0, otherwise: str = NOTHING_SCORED) -> Score:
    if not len(parts):
        return _none(otherwise if dropped else NOTHING_SCORED, cells=0, dropped=dropped)
    return _of(parts, np.ones(len(parts)), cells=len(parts), dropped=dropped)


def _scaled(error: Floats, step: Floats) -> Score:
    if not len(error):
        return _none(NOTHING_SCORED, cells=0)
    if not len(step):
        return _none(TOO_FEW, cells=len(error))
    size = float(step.mean())
    if size == 0.0:
        return _none(CONSTANT, cells=len(error))
    return Score(value=float(error.mean()) / size, reason="", cells=len(error))


def _steps(history: Floats, lag: int) -> Floats:
    difference = history[lag:] - history[:-lag]
    return difference[np.isfinite(difference)]


def _of(numerator: Floats, denominator: Floats, *, cells: int, dropped: int = 0) -> Score:
    top, bottom = float(numerator.sum()), float(denominator.sum())
    return Score(value=top / bottom, reason="", cells=cells, dropped=dropped, numerator=top, denominator=bottom)


def _none(reason: str, *, cells: int, dropped: int = 0, numerator: float = 0.0) -> Score:
    return Score(value=None, reason=reason, cells=cells, dropped=dropped, numerator=numerator)
