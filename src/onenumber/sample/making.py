"""What the plants made and what left: production to a base stock within the hours, shipments first come first served.

The plants' rule: at the end of month t-2 they release, for month t, what brings stock back to its safety level,
``P(t) = S + f(t-1) + f(t) - P(t-1) - net(t-2)``, where net is stock less backlog and f what they expect; hours cap it.
Where a published plan holds for a month, they make that instead, as well as they can.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.period import Days
from onenumber.sample.catalogue import LINES
from onenumber.sample.clock import Clock
from onenumber.sample.network import Network, hours_wanted

Rows = npt.NDArray[np.int64]
BATCHES = (0.05, 0.30, 0.55, 0.80)
"""When in a month batches come into stock."""
OVERTIME = 1.02
"""The most a line worked, as a share of its hours."""
RELEASED_DAYS = 1
"""Days before its month begins on which an order is released and its material taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the plants react to: demand by the month it is due, returns, and what they expect (products x months)."""

    due: Values
    returned: Values
    guess: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Released and made quantity (products x months to the current one), and the stock each product began with."""

    released: Values
    made: Values
    opening: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """How the plants work: hours (lines x months), what they make of a release, and what goes out of the ordinary.

    ``work`` turns a month and what is to be made in it into what is made; ``extra`` is made on top, and where
    ``empty`` is 1 just so much that the month ends without stock (products x months).
    """

    hours: Values
    work: Callable[[int, Values], Values]
    extra: Values
    empty: Values


def run_plants(network: Network, asked: Asked, shop: Shop, *, clock: Clock, plans: Mapping[int, Values]) -> Made:
    """Month by month to the current one (which is released, not made).

    ``plans`` holds quantities per month index; NaN leaves a product to the plants' own rule.
    """
    months = clock.reached + 1
    released, made = np.zeros((len(network.items), months)), np.zeros((len(network.items), months))
    opening = np.where(network.to_order, 0.0, _stepped(network, network.safety + asked.guess[:, 0] / 2))
    net = opening.copy()  # at the end of month t-2
    ready = net.copy()  # at the end of month t-1
    for t in range(months):
        own = _within_hours(network, _rule(network, asked, released, net=net, ready=ready, t=t), shop.hours[:, t])
        plan = plans.get(t, own)
        told = np.where(np.isnan(plan), own, plan)
        released[:, t] = _stepped(network, told)
        usual = _stepped(network, shop.work(t, told)) + shop.extra[:, t]
        bare = np.maximum(asked.due[:, t] - asked.returned[:, t] - ready, 0.0)
        made[:, t] = np.where(shop.empty[:, t] > 0, bare, usual)
        net = ready
        ready = ready + made[:, t] + asked.returned[:, t] - asked.due[:, t]
    return Made(released=released, made=made, opening=opening)


def _rule(network: Network, asked: Asked, released: Values, *, net: Values, ready: Values, t: int) -> Values:
    before = (asked.guess[:, t - 1] - released[:, t - 1]) if t else np.zeros_like(net)
    to_stock = network.safety + before + asked.guess[:, t] - net
    wanted: Values = np.maximum(np.where(network.to_order, asked.due[:, t] - ready, to_stock), 0.0)
    return wanted


def _stepped(network: Network, quantity: Values) -> Values:
    stepped: Values = np.round(quantity / network.step) * network.step
    return stepped


def _within_hours(network: Network, wanted: Values, hours: Values) -> Values:
    load = hours_wanted(network, wanted[:, None])[:, 0]
    share = np.minimum(1.0, hours * OVERTIME / np.maximum(load, 1e-9))
    scaled: Values = wanted * share[network.line]
    return scaled


def batches(network: Network, quantity: Values, shares: Values, clock: Clock) -> pl.DataFrame:
    """Quantities of months split into batches: product row, month, batch, quantity, day into stock.

    ``shares`` is what each batch brings of its month (products x months x batches).
    """
    months = quantity.shape[1]
    step = network.step[:, None, None]
    reached = np.concatenate([np.zeros((*quantity.shape, 1)), np.cumsum(shares[:, :months], axis=2)], axis=2)
    amounts = np.diff(np.round(quantity[:, :, None] * reached / step) * step, axis=2)
    row, month, batch = np.nonzero(amounts > 0)
    days = clock.on_workday(batch_days(clock, months), forward=True)
    return pl.DataFrame(
        {"row": row, "month": month, "batch": batch, "quantity": amounts[row, month, batch],
         "date": days[month, batch]}
    )  # fmt: skip


def batch_days(clock: Clock, months: int) -> Days:
    """The day of each batch of each month (months x batches)."""
    start, end = clock.calendar.starts[:months], clock.calendar.ends[:months]
    length = (end - start).astype(np.int64)
    days = start[:, None] + np.floor(length[:, None] * np.array(BATCHES)).astype("timedelta64[D]")
    return clock.on_workday(days, forward=True)


def batch_of(days: Days, clock: Clock) -> Rows:
    """Which batch, counted through all months to the current one, is the last that comes in time for each day."""
    at: Rows = np.searchsorted(batch_days(clock, clock.reached + 1).ravel(), days, side="right") - 1
    return np.maximum(at, 0)


def due_by_batch(network: Network, lines: pl.DataFrame, clock: Clock) -> Values:
    """Quantity of lines that each batch is the last to come in time for (products x months x batches)."""
    days = lines["first_confirmed"].to_numpy().astype("datetime64[D]")
    inside = days < clock.calendar.ends[clock.reached]
    due = np.zeros((len(network.items), (clock.reached + 1) * len(BATCHES)))
    at = (lines["row"].to_numpy()[inside], batch_of(days[inside], clock))
    np.add.at(due, at, lines["quantity"].to_numpy()[inside])
    return due.reshape(len(network.items), clock.reached + 1, len(BATCHES))


def batch_shares(network: Network, due: Values) -> Values:
    """What each batch brings of its month: the same to stock; to order, what is due until the next batch."""
    total = due.sum(axis=2, keepdims=True)
    even = 1.0 / len(BATCHES)
    by_due = np.where(total > 0, due / np.maximum(total, 1e-9), even)
    shares: Values = np.where(network.to_order[:, None, None], by_due, even)
    return shares


def ship(lines: pl.DataFrame, supply: pl.DataFrame, opening: Values, late: Rows) -> Days:
    """When each line leaves: on its first confirmed date, or once all lines due before it and itself are covered.

    ``lines`` (row, quantity, first_confirmed) and ``supply`` (row, quantity, date) are of products by row; ``late``
    adds days of ordinary delay per line. NaT where nothing covers it yet.
    """
    queue = lines.with_row_index("at").sort("row", "first_confirmed", "at")
    wanted = queue.select(pl.col("quantity").cum_sum().over("row"))["quantity"].to_numpy()
    came = supply.filter(pl.col("quantity") > 0).sort("row", "date")
    total = came.select(pl.col("quantity").cum_sum().over("row"))["quantity"].to_numpy()
    total = total + opening[came["row"].to_numpy()]
    span = float(max(total.max(initial=0.0), wanted.max(initial=0.0), opening.max(initial=0.0)) + 1.0)
    rows = queue["row"].to_numpy()
    found = np.searchsorted(came["row"].to_numpy() * span + total, rows * span + wanted - 1e-6)
    return _leaves(queue, came, found, wanted <= opening[rows] + 1e-6, late)


def _leaves(queue: pl.DataFrame, came: pl.DataFrame, found: Rows, there: npt.NDArray[np.bool_], late: Rows) -> Days:
    rows = queue["row"].to_numpy()
    padded = np.append(came["row"].to_numpy(), -1)
    days = np.append(came["date"].to_numpy().astype("datetime64[D]"), np.datetime64("NaT"))
    covered = np.where(padded[found] == rows, days[found], np.datetime64("NaT"))
    due = queue["first_confirmed"].to_numpy().astype("datetime64[D]")
    leaves = np.where(there, due, np.maximum(due, covered))
    at = queue["at"].to_numpy()
    out = np.empty(len(queue), dtype="datetime64[D]")
    out[at] = leaves + late[at].astype("timedelta64[D]")
    return out


def line_hours(daily: Values, taken: Values, clock: Clock) -> Values:
    """Hours of each line (lines x months): working days x hours a day less maintenance."""
    hours: Values = daily[:, None] * clock.workdays[None, :] - taken
    return hours


def resource_of(network: Network, row: Rows) -> npt.NDArray[np.str_]:
    """Key of the line that makes each product."""
    keys = np.array([line for line, _, _ in LINES])
    found: npt.NDArray[np.str_] = keys[network.line[row]]
    return found
