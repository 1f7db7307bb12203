"""Safety stock by the cases B1 to B8 of domain.md §5.4.

Per item-site: ``mean`` and ``sigma`` are the mean demand a period and the standard deviation of its forecast error at
the lag of the lead time; ``lead`` and ``lead_sigma`` the mean and standard deviation of the lead time in periods;
``review`` the review interval. Arrays broadcast; quantities come out in the unit of ``mean``.
"""

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
NO_STOCK = 0.3989422804014327
"""G(0): where the loss that is allowed exceeds it, no safety stock is needed."""
_NORMAL = NormalDist()
_TAIL = np.frompyfunc(lambda k: 0.5 * math.erfc(k / math.sqrt(2.0)), 1, 1)
_STEPS, _HIGHEST = 60, 12.0


def _tail(factor: Floats) -> Floats:
    return np.asarray(_TAIL(factor), dtype=np.float64)


def service_factor(*, alpha: Floats) -> Floats:
    """Z = inverse normal of the cycle service level.

    Example:
        >>> service_factor(alpha=np.array([0.95, 0.98])).round(5).tolist()
        [1.64485, 2.05375]
    """
    levels, codes = np.unique(alpha, return_inverse=True)
    factors: Floats = np.array([_NORMAL.inv_cdf(float(a)) for a in levels])
    return factors[codes].reshape(np.shape(alpha))


def cycle_service_of(*, factor: Floats) -> Floats:
    """The cycle service level that a factor gives: the normal distribution function.

    Example:
        >>> cycle_service_of(factor=np.array([1.1001])).round(3).tolist()
        [0.864]
    """
    return 1.0 - _tail(factor)


def lead_time_sigma(*, mean: Floats, sigma: Floats, lead: Floats, lead_sigma: Floats) -> Floats:
    """Standard deviation of demand during the lead time: ``sqrt(L sigma^2 + mean^2 sigma_L^2)``.

    Both terms are variances. Source: King, Crack the Code (APICS).

    Example:
        >>> lead_time_sigma(mean=np.array(100.0), sigma=np.array(30.0), lead=np.array(4.0),
        ...                 lead_sigma=np.array(1.0)).round(3)
        np.float64(116.619)
    """
    spread: Floats = np.sqrt(lead * sigma**2 + mean**2 * lead_sigma**2)
    return spread


def for_demand(*, z: Floats, sigma: Floats, lead: Floats) -> Floats:
    """B1, demand only, continuous review: ``z sigma sqrt(L)``.

    Example (T4a):
        >>> for_demand(z=np.array(1.64485), sigma=np.array(30.0), lead=np.array(4.0)).round(2)
        np.float64(98.69)
    """
    return z * sigma * np.sqrt(lead)


def for_lead_time(*, z: Floats, mean: Floats, sigma: Floats, lead: Floats, lead_sigma: Floats) -> Floats:
    """B2, demand and lead time vary independently: ``z sqrt(L sigma^2 + mean^2 sigma_L^2)``.

    Example (T4b):
        >>> for_lead_time(z=np.array(1.64485), mean=np.array(100.0), sigma=np.array(30.0), lead=np.array(4.0),
        ...               lead_sigma=np.array(1.0)).round(2)
        np.float64(191.82)
    """
    return z * lead_time_sigma(mean=mean, sigma=sigma, lead=lead, lead_sigma=lead_sigma)


def for_periodic_review(
    *, z: Floats, mean: Floats, sigma: Floats, lead: Floats, lead_sigma: Floats, review: Floats
) -> Floats:
    """B3, reviewed every R periods: B2 over the protection interval L + R.

    Example (T4c):
        >>> for_periodic_review(z=np.array(1.64485), mean=np.array(100.0), sigma=np.array(30.0), lead=np.array(4.0),
        ...                     lead_sigma=np.array(1.0), review=np.array(1.0)).round(2)
        np.float64(198.07)
    """
    return for_lead_time(z=z, mean=mean, sigma=sigma, lead=lead + review, lead_sigma=lead_sigma)


def for_dependent(*, z: Floats, mean: Floats, sigma: Floats, lead: Floats, lead_sigma: Floats) -> Floats:
    """B4, demand and lead time move together (conservative): ``z sigma sqrt(L) + z mean sigma_L``.

    Example (T4d):
        >>> for_dependent(z=np.array(1.64485), mean=np.array(100.0), sigma=np.array(30.0), lead=np.array(4.0),
        ...               lead_sigma=np.array(1.0)).round(2)
        np.float64(263.18)
    """
    return for_demand(z=z, sigma=sigma, lead=lead) + z * mean * lead_sigma


def loss(*, factor: Floats) -> Floats:
    """The normal loss function ``G(k) = phi(k) - k (1 - Phi(k))``: expected shortage in standard deviations.

    Example:
        >>> loss(factor=np.array([0.0, 1.1001])).round(4).tolist()
        [0.3989, 0.0686]
    """
    density = np.exp(-(factor**2) / 2.0) / math.sqrt(2.0 * math.pi)
    return density - factor * _tail(factor)


def factor_of_loss(*, allowed: Floats) -> Floats:
    """K with ``G(k) = allowed``, by bisection on [0, 12]; 0 where more loss is allowed than no stock gives.

    Example:
        >>> factor_of_loss(allowed=np.array([0.06860, 0.857])).round(4).tolist()
        [1.1001, 0.0]
    """
    low, high = np.zeros_like(allowed, dtype=np.float64), np.full_like(allowed, _HIGHEST, dtype=np.float64)
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        too_much = loss(factor=middle) > allowed
        low, high = np.where(too_much, middle, low), np.where(too_much, high, middle)
    return np.where(allowed >= NO_STOCK, 0.0, (low + high) / 2.0)


def for_fill_rate(*, beta: Floats, lot: Floats, spread: Floats, lost_sales: bool = False) -> Floats:
    """B5, fill-rate target: ``SS = k spread`` with ``G(k) = Q (1 - beta) / spread`` (lost sales: ``/ (beta spread)``).

    ``spread`` is the standard deviation of demand during the lead time, ``lot`` the order size Q. It ignores the
    undershoot of the reorder point, which overstates the fill rate.

    Example (T4e):
        >>> spread = np.full(4, 116.619)
        >>> for_fill_rate(beta=np.array([0.98, 0.95, 0.98, 0.95]), lot=np.array([400.0, 400, 100, 2000]),
        ...               spread=spread).round(2).tolist()
        [128.3, 68.78, 201.31, 0.0]
    """
    allowed = lot * (1.0 - beta) / (spread * (beta if lost_sales else 1.0))
    return factor_of_loss(allowed=allowed) * spread


def from_samples(*, alpha: float, samples: Floats) -> Floats:
    """B6, not normal: ``quantile_alpha(demand during lead time) - its mean``; samples are (items x draws).

    Example:
        >>> from_samples(alpha=0.8, samples=np.array([[0.0, 0.0, 10.0, 0.0, 20.0]])).round(6).tolist()
        [6.0]
    """
    extra: Floats = np.quantile(samples, alpha, axis=1) - samples.mean(axis=1)
    return extra


def draw_lead_time_demand(
    *, demand: Floats, leads: npt.NDArray[np.int64], draws: int, generator: np.random.Generator
) -> Floats:
    """Bootstrapped demand during a bootstrapped lead time: (items x draws) from (items x periods) of history.

    ``leads`` is a sample of lead times in whole periods, shared by the items; the generator is passed in.

    Example:
        >>> drawn = draw_lead_time_demand(demand=np.array([[5.0, 5.0]]), leads=np.array([2, 3]), draws=4,
        ...                               generator=np.random.Generator(np.random.PCG64(1)))
        >>> sorted(set(drawn.ravel().tolist()))
        [10.0, 15.0]
    """
    total = np.zeros((len(demand), draws))
    lead = generator.choice(leads, size=draws)
    for step in range(int(leads.max(initial=0))):
        picked = generator.integers(0, demand.shape[1], size=total.shape)
        total += np.take_along_axis(demand, picked, axis=1) * (step < lead)
    return total


def sigma_from_mad(*, mad: Floats) -> Floats:
    """B7: ``sigma = 1.25 MAD``, for normal errors only.

    Example:
        >>> sigma_from_mad(mad=np.array([24.0])).tolist()
        [30.0]
    """
    return 1.25 * mad


def for_cover(*, cover: Floats, mean: Floats) -> Floats:
    """B8, time-based: ``cover periods x mean demand a period``. Show the cycle service it implies beside it.

    Example:
        >>> for_cover(cover=np.array([1.5]), mean=np.array([100.0])).tolist()
        [150.0]
    """
    return cover * mean


def implied_cycle_service(*, stock: Floats, spread: Floats) -> Floats:
    """The cycle service level that a safety stock gives: ``Phi(stock / spread)``; alpha and beta differ.

    Example (T4e: 98 % fill is only 86.4 % cycle service):
        >>> implied_cycle_service(stock=np.array([128.30]), spread=np.array([116.619])).round(3).tolist()
        [0.864]
    """
    return cycle_service_of(factor=stock / spread)


def reorder_point(*, mean: Floats, actual_lead: Floats, safety_stock: Floats) -> Floats:
    """``ROP = mean x actual mean lead time + safety stock``: never the planned lead time.

    Example (T4f, planned 4 and actual 4.5 periods):
        >>> reorder_point(mean=np.array([100.0, 100.0]), actual_lead=np.array([4.0, 4.5]),
        ...               safety_stock=np.array([191.82, 194.97])).round(2).tolist()
        [591.82, 644.97]
    """
    return mean * actual_lead + safety_stock


def value_of_reliability(*, z: Floats, mean: Floats, sigma: Floats, lead: Floats, lead_sigma: Floats) -> Floats:
    """Safety stock saved per period of lead-time deviation less: ``z mean^2 sigma_L / spread``.

    Example:
        >>> value_of_reliability(z=np.array(1.64485), mean=np.array(100.0), sigma=np.array(30.0), lead=np.array(4.0),
        ...                      lead_sigma=np.array(1.0)).round(2)
        np.float64(141.04)
    """
    return z * mean**2 * lead_sigma / lead_time_sigma(mean=mean, sigma=sigma, lead=lead, lead_sigma=lead_sigma)
