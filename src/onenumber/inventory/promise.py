"""What can be promised: available to promise, projected balance, forecast consumption (domain.md §5.8).

``on_hand`` is (items,); ``receipts``, ``orders``, ``forecast`` are (items x periods). Past-due orders belong to the
first period. Loops run over periods, never over items.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int64]


def discrete_atp(*, on_hand: Floats, receipts: Floats, orders: Floats) -> Floats:
    """Raw discrete ATP: stock and receipts less the orders until the next receipt; 0 in periods without a receipt.

    The forecast is not in it. Source: APICS dictionary.

    Example (T6, the first and the two periods with receipts):
        >>> discrete_atp(on_hand=np.array([30.0]), receipts=np.array([[0.0, 50, 0, 0, 50, 0]]),
        ...              orders=np.array([[20.0, 15, 30, 25, 10, 5]])).tolist()
        [[10.0, -20.0, 0.0, 0.0, 35.0, 0.0]]
    """
    starts = receipts > 0
    starts[:, 0] = True
    block = np.cumsum(starts, axis=1) - 1
    items, periods = receipts.shape
    taken = np.zeros((items, periods))
    rows = np.repeat(np.arange(items), periods)
    np.add.at(taken, (rows, block.ravel()), orders.ravel())
    free = receipts - np.take_along_axis(taken, block, axis=1)
    free[:, 0] += on_hand
    return np.where(starts, free, 0.0)


def look_back(*, atp: Floats) -> Floats:
    """ATP with each negative borrowed from earlier periods, nearest first; what is left stands in the first period.

    A negative first period means over-promised. Later periods are never consumed: that would promise late.

    Example (T6):
        >>> look_back(atp=np.array([[10.0, -20, 0, 0, 35, 0]])).tolist()
        [[-10.0, 0.0, 0.0, 0.0, 35.0, 0.0]]
    """
    adjusted = atp.copy()
    for late in range(adjusted.shape[1] - 1, 0, -1):
        debt = np.maximum(-adjusted[:, late], 0.0)
        adjusted[:, late] += debt
        adjusted[:, late - 1] -= debt
    return adjusted


def cumulative_atp(*, atp: Floats) -> Floats:
    """Running sum of ATP after look-back.

    Example (T6):
        >>> cumulative_atp(atp=np.array([[-10.0, 0, 0, 0, 35, 0]])).tolist()
        [[-10.0, -10.0, -10.0, -10.0, 25.0, 25.0]]
    """
    return np.cumsum(atp, axis=1)


def projected_balance(*, on_hand: Floats, receipts: Floats, orders: Floats, forecast: Floats, fence: Columns) -> Floats:
    """PAB: ``previous + receipts - orders`` inside the demand fence, ``- max(orders, forecast)`` beyond it.

    ``fence`` is the number of periods inside the demand time fence, per item.

    Example (T6, fence of 2):
        >>> projected_balance(on_hand=np.array([30.0]), receipts=np.array([[0.0, 50, 0, 0, 50, 0]]),
        ...     orders=np.array([[20.0, 15, 30, 25, 10, 5]]), forecast=np.full((1, 6), 25.0),
        ...     fence=np.array([2])).tolist()
        [[10.0, 45.0, 15.0, -10.0, 15.0, -10.0]]
    """
    inside = np.arange(orders.shape[1])[None, :] < fence[:, None]
    need = np.where(inside, orders, np.maximum(orders, forecast))
    return on_hand[:, None] + np.cumsum(receipts - need, axis=1)


@dataclass(frozen=True, slots=True)
class Consumed:
    """Forecast left after orders consumed it, and orders that found none (extra demand), (items x periods)."""

    remaining: Floats
    extra: Floats

    def demand(self, orders: Floats) -> Floats:
        """Total demand: orders and what is left of the forecast."""
        return orders + self.remaining


def consume_forecast(*, orders: Floats, forecast: Floats, backward: int = 0, forward: int = 0) -> Consumed:
    """Orders consume forecast in their own period, then up to ``backward`` earlier, then ``forward`` later periods.

    What finds no forecast stays extra demand. Leave abnormal orders out of ``orders``: they do not consume.
    Law: ``orders - extra = forecast - remaining`` in sum.

    Example:
        >>> used = consume_forecast(orders=np.array([[0.0, 70.0, 0.0]]), forecast=np.array([[20.0, 30.0, 40.0]]),
        ...                         backward=1, forward=1)
        >>> used.remaining.tolist(), used.extra.tolist()
        ([[0.0, 0.0, 20.0]], [[0.0, 0.0, 0.0]])
    """
    remaining, left = forecast.copy(), orders.copy()
    periods = orders.shape[1]
    for offset in (0, *(-back for back in range(1, backward + 1)), *range(1, forward + 1)):
        for at in range(periods):
            if 0 <= at + offset < periods:
                taken = np.minimum(left[:, at], remaining[:, at + offset])
                left[:, at] -= taken
                remaining[:, at + offset] -= taken
    return Consumed(remaining, left)


def instability(*, new: Floats, old: Floats, fence: Columns) -> tuple[float | None, str]:
    """``sum(abs(new - old)) / sum(old)`` of the schedule inside the planning fence (periods per item).

    Example:
        >>> instability(new=np.array([[60.0, 9.0]]), old=np.array([[50.0, 0.0]]), fence=np.array([1]))
        (0.2, '')
    """
    inside = np.arange(new.shape[1])[None, :] < fence[:, None]
    base = float(old[inside].sum())
    return (None, "nothing_scheduled") if base == 0 else (float(np.abs(new - old)[inside].sum()) / base, "")
