"""Rule R1: what stands in for a salesperson who did not submit before the cut-off."""

from enum import StrEnum


class Fallback(StrEnum):
    """Which figure fills a patch without a submission."""

    CARRY = "CARRY"  # last cycle's sales figure, rolled
    BASELINE = "BASELINE"  # the statistical forecast


def fallback_of(*, has_last: bool, lag1_bias: float | None, tolerance: float) -> Fallback:
    """Carry last cycle's figure if there is one and the person's lag-1 bias is within +-tolerance, else the baseline.

    ``lag1_bias`` is sum(F - A) / sum(A), over is +; None where it is not known, and then nothing is carried.

    Example:
        >>> fallback_of(has_last=True, lag1_bias=0.08, tolerance=0.10).value
        'CARRY'
        >>> fallback_of(has_last=True, lag1_bias=None, tolerance=0.10).value
        'BASELINE'
    """
    trusted = lag1_bias is not None and abs(lag1_bias) <= tolerance
    return Fallback.CARRY if has_last and trusted else Fallback.BASELINE
