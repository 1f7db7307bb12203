"""What was bought: orders up to a level twice a month, confirmed by vendors, received when they really came."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.period import Days
from onenumber.sample.catalogue import VENDORS
from onenumber.sample.clock import Clock
from onenumber.sample.network import Network

Rows = npt.NDArray[np.int64]
REVIEWS = (3, 17)
"""Days of the month on which materials are ordered."""
SAFETY = 0.8
"""Months of use held as safety stock when orders are placed."""
_LEADS = (14, 21, 28, 35, 10)
SLIPPING = 7
"""Row in VENDORS of the vendor whose deliveries slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Vendor (row), planned lead time and order multiple of each material."""

    vendor: Rows
    lead: Rows
    multiple: Values


def make_sources(network: Network, clock: Clock) -> Sources:
    """The first source of each material; multiples are about a fifth of a month's use."""
    vendor = (np.arange(len(network.materials)) + 17) % len(VENDORS)
    vendor[15] = 9
    vendor[45] = SLIPPING
    lead = np.array(_LEADS)[vendor % len(_LEADS)]
    lead[vendor == SLIPPING] = 21
    use = monthly_use(network, clock)
    size = 10.0 ** np.floor(np.log10(np.maximum(use / 5.0, 1.0)))
    return Sources(vendor=vendor, lead=lead, multiple=size * np.maximum(1.0, np.round(use / 5.0 / size)))


def monthly_use(network: Network, clock: Clock) -> Values:
    """Expected use of each material in a month of the last year."""
    year = slice(clock.now - 12, clock.now)
    use: Values = network.bill.T @ network.expected[:, year].mean(axis=1)
    return use


def draw_leads(sources: Sources, clock: Clock, rng: np.random.Generator) -> Rows:
    """True days from order to receipt of each review's order (materials x reviews): planned, give or take a tenth."""
    reviews = len(REVIEWS) * clock.now
    factor = np.exp(rng.normal(0.0, 0.10, (len(sources.lead), reviews)))
    days: Rows = np.maximum(3, np.round(sources.lead[:, None] * factor)).astype(np.int64)
    return days


def order_days(clock: Clock) -> Days:
    """The day of each review, month by month up to the current one."""
    starts = clock.calendar.starts[: clock.now]
    offsets = np.array(REVIEWS) - 1
    days = (starts[:, None] + offsets.astype("timedelta64[D]")).ravel()
    return clock.on_workday(days, forward=True)


def buy(network: Network, sources: Sources, *, used: Values, true_days: Rows, clock: Clock) -> tuple[Values, Values]:
    """Ordered quantity (materials x reviews) and the stock each material began with.

    At each review: up to the use expected until the next order can arrive plus :data:`SAFETY` months, less stock and
    open orders. ``used`` is what production took (materials x half months). Where that path would have run below a
    tenth of a month's use, the material began with so much more.
    """
    days = order_days(clock)
    arrives = days[None, :] + true_days.astype("timedelta64[D]")
    expected = network.bill.T @ network.expected
    level = _levels(expected, sources, clock)
    opening = np.ceil(level[:, 0])
    position = opening - 0.0
    ordered = np.zeros_like(true_days, dtype=np.float64)
    for review in range(len(days)):
        short = np.maximum(level[:, review] - position, 0.0)
        ordered[:, review] = np.round(short / sources.multiple) * sources.multiple
        position = position + ordered[:, review] - used[:, review]
    return ordered, opening + _missing(opening, ordered, arrives, used, clock)


def _levels(expected: Values, sources: Sources, clock: Clock) -> Values:
    """Order-up-to level per review: mean use of the months ahead x (lead time + half a month + safety)."""
    cover = sources.lead / 30.4 + 0.5 + SAFETY
    months = np.arange(clock.now)
    ahead = np.stack([expected[:, months + k] for k in range(3)]).mean(axis=0)
    return np.repeat(ahead * cover[:, None], len(REVIEWS), axis=1)


def _missing(opening: Values, ordered: Values, arrives: Days, used: Values, clock: Clock) -> Values:
    """How much deeper than a tenth of a month's use the stock would have fallen, had no more been there at first.

    What comes between two reviews counts as too late for what is used between them, so no day is forgotten.
    """
    came = np.stack([(ordered * (arrives < day)).sum(axis=1) for day in order_days(clock)], axis=1)
    path = opening[:, None] + came - np.cumsum(used, axis=1)
    floor = used.mean(axis=1) / 5.0
    missing: Values = np.ceil(np.maximum(floor - path.min(axis=1), 0.0))
    return missing


def use_by_review(network: Network, posted: pl.DataFrame, clock: Clock) -> Values:
    """Material that production took between one review and the next (materials x reviews)."""
    days = posted["date"].to_numpy().astype("datetime64[D]")
    at = np.maximum(np.searchsorted(order_days(clock), days, side="right") - 1, 0)
    reviews = len(REVIEWS) * clock.now
    made = np.zeros((len(network.items), reviews))
    np.add.at(made, (posted["row"].to_numpy(), at), (posted["quantity"] + posted["scrapped"]).to_numpy())
    used: Values = network.bill.T @ made
    return used
