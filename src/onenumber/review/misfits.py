"""Where demand and schedule do not fit, item by item, and in which months: what is ordered, missing or made over."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onenumber.model.cube import Values

LEAST = 0.5
"""What is less is no misfit."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Misfit:
    """A sort of misfit by item: how much, and by number the first and the last of the months that it is of."""

    code: str
    amounts: Values
    first: npt.NDArray[np.intp]
    last: npt.NDArray[np.intp]


def orders_over(over: Values) -> Misfit:
    """What is ordered ``over`` what is asked, and the months that have such orders.

    Example:
        >>> found = orders_over(np.array([[0.0, 4.0, 0.0], [3.0, -9.0, 2.0]]))
        >>> found.amounts.tolist(), found.first.tolist(), found.last.tolist()
        ([4.0, 5.0], [1, 0], [1, 2])
    """
    months = over.shape[1]
    some = over > LEAST / months  # one month at least has so much, where all of them together have the least
    last = months - 1 - some[:, ::-1].argmax(axis=1)
    amounts = np.maximum(over, 0.0).sum(axis=1)
    return Misfit(code="orders_over", amounts=amounts, first=some.argmax(axis=1), last=last)


def beside_need(left: Values, *, target: Values, need: Values) -> list[Misfit]:
    """What is missing at the end of the months, and what lies there over ``target`` and a month's ``need``.

    ``left`` is what stock and schedule have left at the end of each month; what is missing is so from the month on
    from which it is not made up for any more.

    Example:
        >>> left = np.array([[5.0, -2.0, -9.0], [-4.0, 3.0, -1.0], [-4.0, 1.0, 90.0]])
        >>> missing, over = beside_need(left, target=np.ones(3), need=np.full((3, 3), 10.0))
        >>> missing.amounts.tolist(), missing.first.tolist()[:2]
        ([9.0, 1.0, 0.0], [1, 2])
        >>> over.amounts.tolist(), over.first.tolist()
        ([0.0, 0.0, 79.0], [2, 2, 2])
    """
    end = left.shape[1] - 1
    last = np.full(len(left), end)
    later = np.maximum.accumulate((left >= -LEAST)[:, ::-1], axis=1)[:, ::-1]  # it is there now, or again later
    missing, over = np.maximum(-left[:, end], 0.0), left[:, end] - target - need.mean(axis=1)
    return [
        Misfit(code="asked_over", amounts=missing, first=np.minimum(later.sum(axis=1), end), last=last),
        Misfit(code="made_over", amounts=np.maximum(over, 0.0), first=last, last=last),
    ]
