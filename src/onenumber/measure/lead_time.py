"""Lead times as they were, and what a small sample is worth (K53, K54; domain.md §5.4)."""

from dataclasses import dataclass

import numpy as np

from onenumber.measure.ratio import Floats

SHRINK_WEIGHT = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTimes:
    """Statistics of a sample of lead times in days. What a sample cannot tell is None, with the reason."""

    count: int
    mean: float | None
    sigma: float | None  # n - 1
    p50: float | None
    p80: float | None
    p90: float | None
    reason: str

    @property
    def cv(self) -> float | None:
        """Coefficient of variation, sigma / mean; None without a sigma or with a mean of 0."""
        return None if self.sigma is None or not self.mean else self.sigma / self.mean


def lead_times(*, days: Floats, quantity: Floats | None = None) -> LeadTimes:
    """Mean, standard deviation (n - 1) and quantiles of lead times; the mean is quantity-weighted where given.

    Example (vector T11):
        >>> t = lead_times(days=np.array([28.0, 30, 27, 45, 29, 31, 33, 28, 52, 30]))
        >>> round(t.mean, 1), round(t.sigma, 3), round(t.cv, 3)
        (33.3, 8.354, 0.251)
        >>> lead_times(days=np.array([30.0])).reason
        'one_receipt'
    """
    count = len(days)
    if count == 0:
        return LeadTimes(count=0, mean=None, sigma=None, p50=None, p80=None, p90=None, reason="no_receipts")
    p50, p80, p90 = (float(q) for q in np.quantile(days, [0.5, 0.8, 0.9]))
    mean = float(np.average(days, weights=quantity))
    sigma = float(np.std(days, ddof=1)) if count > 1 else None
    reason = "" if count > 1 else "one_receipt"
    return LeadTimes(count=count, mean=mean, sigma=sigma, p50=p50, p80=p80, p90=p90, reason=reason)


def winsorise(*, days: Floats, percent: float = 99.0) -> Floats:
    """Lead times capped at their own percentile, so that one lost parcel does not set the stock.

    Example:
        >>> winsorise(days=np.array([10.0, 10, 10, 10, 60]), percent=75).tolist()
        [10.0, 10.0, 10.0, 10.0, 10.0]
    """
    return days if len(days) == 0 else np.minimum(days, np.percentile(days, percent))


def shrunk_sigma(*, sigma: Floats, count: Floats, group_sigma: Floats, weight: float = SHRINK_WEIGHT) -> Floats:
    """Sigma of small samples drawn towards their group: ``sqrt((n s^2 + k s_group^2) / (n + k))``.

    Example:
        >>> shrunk_sigma(sigma=np.array([8.0]), count=np.array([10.0]), group_sigma=np.array([4.0])).round(4).tolist()
        [6.3246]
    """
    pooled: Floats = np.sqrt((count * sigma**2 + weight * group_sigma**2) / (count + weight))
    return pooled


def lead_time_bias(*, actual_mean: Floats, planned: Floats) -> Floats:
    """K54: actual mean - planned, in days; + is slower than planned.

    Example:
        >>> lead_time_bias(actual_mean=np.array([34.0]), planned=np.array([21.0])).tolist()
        [13.0]
    """
    return actual_mean - planned
