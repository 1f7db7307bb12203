"""Allocation rules of domain §5.9: who gets what of a supply that is less than the claims.

Every rule takes one supply ``S`` and claims ``D_i`` and gives ``a_i`` with ``0 <= a_i <= D_i``,
``sum(a) = min(S, sum(D))`` and no one worse off when S grows. Units: those of the supply.
"""

import numpy as np

from onenumber.supply.horizon import Floats, Ints


def fair_share(*, supply: float, claims: Floats) -> Floats:
    """Rule 1, proportional: ``a_i = S D_i / sum(D)``, never more than the claim.

    Example:
        >>> fair_share(supply=120.0, claims=np.array([100.0, 60.0, 40.0])).tolist()
        [60.0, 36.0, 24.0]
    """
    total = float(claims.sum())
    if total <= supply or total <= 0:
        return claims.copy()
    return np.minimum(claims, max(supply, 0.0) * (claims / total))


def by_priority(*, supply: float, claims: Floats, tier: Ints, floor_share: float = 0.0) -> Floats:
    """Rule 2, priority classes (1 is served first): the first that no longer fits is fair-shared, later ones get none.

    ``floor_share`` of every claim is kept first (rule 6), fair-shared if even that does not fit.

    Example:
        >>> by_priority(supply=120.0, claims=np.array([50.0, 100.0, 50.0]), tier=np.array([1, 2, 3])).tolist()
        [50.0, 70.0, 0.0]
        >>> by_priority(supply=120.0, claims=np.array([50.0, 100.0, 50.0]), tier=np.array([1, 2, 3]),
        ...             floor_share=0.3).tolist()
        [50.0, 55.0, 15.0]
    """
    given = fair_share(supply=supply, claims=floor_share * claims)
    left = max(supply - float(given.sum()), 0.0)
    for one in np.unique(tier).tolist():
        own = np.where(tier == one, claims - given, 0.0)
        more = fair_share(supply=left, claims=own)
        given = given + more
        left = max(left - float(more.sum()), 0.0)
    return np.minimum(given, claims)


def equal_cover(*, supply: float, stock: Floats, use_a_day: Floats) -> tuple[Floats, float]:
    """Rule 3, equal cover: ``a_i = max(0, c d_i - stock_i)`` with c days such that ``sum(a) = S``; returns (a, c).

    Whoever has more days of stock than the others will get nothing. Places without use get nothing.

    Example:
        >>> a, days = equal_cover(supply=60.0, stock=np.array([10.0, 40.0, 5.0]), use_a_day=np.array([10.0, 5.0, 5.0]))
        >>> a.tolist(), days
        ([40.0, 0.0, 20.0], 5.0)
    """
    used = use_a_day > 0
    if not bool(used.any()) or supply <= 0:
        return np.zeros(len(stock)), 0.0
    cover = np.where(used, stock / np.where(used, use_a_day, 1.0), np.inf)
    order = np.argsort(cover, kind="stable")
    held, use = np.cumsum(stock[order]), np.cumsum(use_a_day[order])
    count = int(used.sum())
    days = (supply + held[:count]) / use[:count]
    after = np.append(cover[order][1:count], np.inf)
    at = int(np.argmax(days <= after))
    filled = np.where(used, np.maximum(days[at] * use_a_day - stock, 0.0), 0.0)
    return filled, float(days[at])


def quotas(*, supply: float, claims: Floats, ratio: Floats) -> Floats:
    """Rule 4, ratio quotas: supply is shared by ``ratio``; what one does not claim goes to the others by theirs.

    Claims of a ratio of zero come last, fair-shared.

    Example:
        >>> quotas(supply=100.0, claims=np.array([20.0, 80.0, 80.0]), ratio=np.array([2.0, 1.0, 1.0])).tolist()
        [20.0, 40.0, 40.0]
    """
    given = np.zeros(len(claims))
    left = min(max(supply, 0.0), float(claims.sum()))
    for _ in range(len(claims)):
        weight = np.where(given < claims, ratio, 0.0)
        if left <= 0 or float(weight.sum()) <= 0:
            break
        more = np.minimum(claims - given, left * (weight / float(weight.sum())))
        given = given + more
        left = max(left - float(more.sum()), 0.0)
    given = given + fair_share(supply=left, claims=np.where(ratio > 0, 0.0, claims - given))
    return np.minimum(given, claims)


def with_floor(*, supply: float, claims: Floats, floor_share: float) -> Floats:
    """Rule 6, protected floor: everyone gets ``floor_share`` of the claim, the rest is fair-shared by what is left.

    Example:
        >>> with_floor(supply=100.0, claims=np.array([100.0, 100.0]), floor_share=0.3).tolist()
        [50.0, 50.0]
    """
    given = fair_share(supply=supply, claims=floor_share * claims)
    left = max(supply - float(given.sum()), 0.0)
    return np.minimum(given + fair_share(supply=left, claims=claims - given), claims)


def in_lots(*, shares: Floats, claims: Floats, lot: float, requested: Ints) -> Floats:
    """Shares rounded to whole lots by largest remainder: the sum stays within one lot, no claim is exceeded.

    Ties go to the earlier ``requested`` (a number that grows with the date), then to the earlier place.

    Example:
        >>> in_lots(shares=np.array([2.5, 2.5, 1.0]), claims=np.array([9.0, 9.0, 9.0]), lot=1.0,
        ...         requested=np.array([2, 1, 3])).tolist()
        [2.0, 3.0, 1.0]
    """
    low = np.floor(shares / lot + LOT_SLACK) * lot
    count = int(np.floor((float(shares.sum()) - float(low.sum())) / lot + LOT_SLACK))
    rest = np.where(low + lot <= claims + LOT_SLACK * lot, np.round((shares - low) / lot, 9), -1.0)
    order = np.lexsort((np.arange(len(shares)), requested, -rest))
    chosen = [place for place in order.tolist() if rest[place] >= 0][:count]
    low[chosen] += lot
    return low


LOT_SLACK = 1e-9
"""A share this close under a whole lot counts as the lot."""
