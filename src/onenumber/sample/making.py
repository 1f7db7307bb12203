"""What the plants made and what left: production to a base stock within the hours, shipments first come first served.

The plants' rule: at the end of month t-2 they release, for month t, what brings stock back to its safety level,
``P(t) = S + f(t-1) + f(t) - P(t-1) - net(t-2)``, where net is stock less backlog and f what they expect; hours cap it.
Where a published plan holds for a month, they make that instead, as well as they can.
"""

from collections.abc import Mapping
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
BATCHES = (0.10, 0.35, 0.60, 0.85)
"""When in a month batches come into stock."""
OVERTIME = 1.08
"""The most a line worked, as a share of its hours."""
RELEASED_DAYS = 14


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
    """How the plants work: hours (lines x months), how well they keep to what was released, and months without.

    ``kept`` multiplies what was released (products x months); ``closed`` multiplies what the rule asks for.
    """

    hours: Values
    kept: Values
    closed: Values


def run_plants(network: Network, asked: Asked, shop: Shop, *, clock: Clock, plans: Mapping[int, Values]) -> Made:
    """Month by month to the current one (which is released, not made). ``plans`` holds quantities per month index."""
    months = clock.now + 1
    released, made = np.zeros((len(network.items), months)), np.zeros((len(network.items), months))
    opening = np.where(network.to_order, 0.0, _stepped(network, network.safety + asked.guess[:, 0] / 2))
    net = opening.copy()  # at the end of month t-2
    ready = net.copy()  # at the end of month t-1
    for t in range(months):
        before = (asked.guess[:, t - 1] - released[:, t - 1]) if t else np.zeros_like(net)
        wanted = np.where(network.to_order, asked.due[:, t] - ready, network.safety + before + asked.guess[:, t] - net)
        wanted = plans[t] if t in plans else np.maximum(wanted, 0.0) * shop.closed[:, t]
        released[:, t] = _stepped(network, _within_hours(network, wanted, shop.hours[:, t]))
        made[:, t] = _stepped(network, released[:, t] * shop.kept[:, t])
        net = ready
        ready = ready + made[:, t] + asked.returned[:, t] - asked.due[:, t]
    return Made(released=released, made=made, opening=opening)


def _stepped(network: Network, quantity: Values) -> Values:
    stepped: Values = np.round(quantity / network.step) * network.step
    return stepped


def _within_hours(network: Network, wanted: Values, hours: Values) -> Values:
    load = hours_wanted(network, wanted[:, None])[:, 0]
    share = np.minimum(1.0, hours * OVERTIME / np.maximum(load, 1e-9))
    scaled: Values = wanted * share[network.line]
    return scaled


def batches(network: Network, quantity: Values, clock: Clock) -> pl.DataFrame:
    """Quantities of months spread over :data:`BATCHES`: product row, month, batch, quantity, day into stock."""
    months = quantity.shape[1]
    shares = np.arange(len(BATCHES) + 1) / len(BATCHES)
    cumulated = np.round(quantity[:, :, None] * shares / network.step[:, None, None]) * network.step[:, None, None]
    amounts = np.diff(cumulated, axis=2)
    row, month, batch = np.nonzero(amounts > 0)
    start, end = clock.calendar.starts[:months], clock.calendar.ends[:months]
    length = (end - start).astype(np.int64)
    days = start[:, None] + np.floor(length[:, None] * np.array(BATCHES)).astype("timedelta64[D]")
    return pl.DataFrame(
        {"row": row, "month": month, "batch": batch, "quantity": amounts[row, month, batch],
         "date": clock.on_workday(days, forward=True)[month, batch]}
    )  # fmt: skip


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
