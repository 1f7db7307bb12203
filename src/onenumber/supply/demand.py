"""What is asked of supply: orders consume forecast, past-due orders wait already."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.axis import Axis
from onenumber.model.finding import Finding
from onenumber.supply.differences import FirmMove
from onenumber.supply.findings import attention_finding
from onenumber.supply.horizon import Flags, Floats, Horizon, Ints


def asked(*, forecast: Floats, booked: Floats, pool: Ints, pooled: int = 1, back: int = 0, forward: int = 0) -> Floats:
    """Demand after forecast consumption, (streams x periods), units; ``pool`` numbers what shares one forecast.

    An order uses up the forecast of its own stream: of its period, then of up to ``back`` earlier periods (nearest
    first), then of up to ``forward`` later ones; what is left of it is extra demand. In the first ``pooled`` periods it
    then uses up what is left of the other streams of its pool, each in proportion: when most orders are in, what one
    customer orders beyond her forecast another orders less, while an early order beyond it is news.
    ``asked = booked + remaining forecast``; without back and forward that is ``max(booked, forecast)``, in the first
    periods both summed over the pool, later by stream (domain §5.8).

    Example:
        >>> f, b = np.array([[10.0, 10.0], [10.0, 10.0]]), np.array([[15.0, 15.0], [0.0, 0.0]])
        >>> asked(forecast=f, booked=b, pool=np.array([0, 0])).tolist()
        [[15.0, 15.0], [5.0, 10.0]]
        >>> asked(forecast=f, booked=b, pool=np.array([0, 1]), forward=1).tolist()
        [[15.0, 15.0], [10.0, 10.0]]
    """
    left, orders = forecast.copy(), booked.copy()
    periods = forecast.shape[1]
    for lag in (0, *range(-1, -back - 1, -1), *range(1, forward + 1)):
        for t in range(max(0, -lag), min(periods, periods - lag)):
            used = np.minimum(orders[:, t], left[:, t + lag])
            orders[:, t] -= used
            left[:, t + lag] -= used
    left[:, :pooled] *= 1.0 - _used_share(orders[:, :pooled], left[:, :pooled], pool)
    return booked + left


def _used_share(orders: Floats, left: Floats, pool: Ints) -> Floats:
    """Which share of what is left of a stream's forecast the orders of its pool use up."""
    over, open_ = (_sums(values, pool) for values in (orders, left))
    share = np.minimum(over, open_) / np.where(open_ > 0, open_, 1.0)
    found: Floats = share[pool]
    return found


def _sums(values: Floats, pool: Ints) -> Floats:
    total = np.zeros((int(pool.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(total, pool, values)
    return total


def only_orders(*, asked_for: Floats, booked: Floats, inside: Flags) -> Floats:
    """Demand where only orders count: inside the demand fence of what is made to order; (streams x periods).

    Example:
        >>> only_orders(asked_for=np.array([[9.0, 9.0]]), booked=np.array([[4.0, 0.0]]),
        ...             inside=np.array([[True, False]])).tolist()
        [[4.0, 9.0]]
    """
    return np.where(inside, booked, asked_for)


def with_extra(demand: Floats, *, axis: Axis, moves: Sequence[FirmMove], horizon: Horizon) -> Floats:
    """Demand with what streams ask beyond it in an emergency; (streams x periods), units.

    Raises:
        BadDifferenceError: if there is no such stream, it is of another item, or the period is none of the plan.
    """
    found = demand.copy()
    for move in moves:
        if move.stream:
            row = int(axis.find([move.stream])[0])
            if row < 0 or axis.attributes["item"][row] != move.item:
                raise BadDifferenceError(what=f"no customer asks for {move.item!r} as {move.stream!r}")
            t = move.period - horizon.first
            if not 0 <= t < horizon.count:
                raise BadDifferenceError(what=f"{move.item!r} is asked for in a period outside the horizon")
            found[row, t] += move.quantity
    return found


def opening_backlog(backlog: pl.DataFrame, *, axis: Axis) -> tuple[Floats, tuple[Finding, ...]]:
    """Units past due per stream when the plan opens; lines of unknown streams are findings.

    Example:
        >>> rows = pl.DataFrame({"stream": ["A|x", "B|x"], "open": [2.0, 1.0], "age": [1, 3]})
        >>> found, findings = opening_backlog(rows, axis=Axis("stream", np.array(["A|x"]), {}))
        >>> found.tolist(), [f.code for f in findings]
        ([2.0], ['backlog_without_stream'])
    """
    ordered = backlog.sort("stream", "age", "open")
    rows = axis.find(ordered["stream"].to_list())
    quantity = ordered["open"].to_numpy().astype(np.float64)
    known = rows >= 0
    total = np.bincount(rows[known], weights=quantity[known], minlength=len(axis)).astype(np.float64)
    lost = quantity[~known]
    if not len(lost):
        return total, ()
    return total, (attention_finding("backlog_without_stream", lines=len(lost), quantity=float(lost.sum())),)
