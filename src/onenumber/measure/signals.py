"""Signals that errors are not chance: tracking signal, Trigg's signal, runs of one sign (K10-K12).

Errors are forecast - actual of one series, the latest last; NaN is a period that was not scored.
"""

import numpy as np

from onenumber.measure.error import FEWEST_SIGNAL, SIGNAL_WINDOW, TOO_FEW, Floats, Score


def tracking_signal(*, errors: Floats, window: int = SIGNAL_WINDOW, fewest: int = FEWEST_SIGNAL) -> Score:
    """K10: ``sum(e) / MAD``, ``MAD = mean|e|``, over the last ``window`` scored periods; 0 where every error is 0.

    It can never exceed the number of periods, so a limit of 4 needs more than 4 of them.

    Source: Brown (1959).

    Example (vector T1: 40 / 15):
        >>> round(tracking_signal(errors=np.array([-10.0, 10.0, 0.0, 40.0]), fewest=4).value, 3)
        2.667
    """
    used = errors[np.isfinite(errors)][-window:]
    if len(used) < fewest:
        return Score(value=None, reason=TOO_FEW, cells=len(used))
    mad = float(np.abs(used).mean())
    value = float(used.sum()) / mad if mad > 0.0 else 0.0
    return Score(value=value, reason="", cells=len(used), numerator=float(used.sum()), denominator=mad)


def trigg_signal(*, errors: Floats, beta: float = 0.1) -> Score:
    """K11: ``|E / M|`` with ``E <- beta e + (1 - beta) E`` and ``M <- beta |e| + (1 - beta) M``, both from 0.

    Above 0.51 at beta = 0.1 the errors are not chance. Source: Trigg (1964).

    Example:
        >>> trigg_signal(errors=np.array([5.0, 5.0])).value, trigg_signal(errors=np.array([0.0])).value
        (1.0, 0.0)
    """
    used = errors[np.isfinite(errors)]
    if not len(used):
        return Score(value=None, reason=TOO_FEW, cells=0)
    smooth, size = 0.0, 0.0
    for error in used.tolist():
        smooth = beta * error + (1.0 - beta) * smooth
        size = beta * abs(error) + (1.0 - beta) * size
    return Score(value=abs(smooth / size) if size > 0.0 else 0.0, reason="", cells=len(used))


def same_sign_run(*, errors: Floats) -> int:
    """K12: how many of the latest errors in a row have the sign of the last; an error of 0 ends a run.

    Example:
        >>> same_sign_run(errors=np.array([-1.0, 2.0, np.nan, 3.0, 4.0])), same_sign_run(errors=np.array([1.0, 0.0]))
        (3, 0)
    """
    signs = np.sign(errors[np.isfinite(errors)])[::-1]
    if not len(signs) or signs[0] == 0.0:
        return 0
    other = np.flatnonzero(signs != signs[0])
    return int(other[0]) if len(other) else len(signs)
