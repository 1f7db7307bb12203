"""What was bought: orders up to a level twice a month, confirmed by vendors, received when they really came."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.period import Days
from onenumber.sample.catalogue import VENDORS
from onenumber.sample.clock import CLOSED, Clock
from onenumber.sample.network import Network

Rows = npt.NDArray[np.int64]
REVIEWS = (3, 17)
"""Days of the month on which materials are ordered."""
SAFETY = 0.2
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """How each review's order really comes: days until then, share rejected (materials x reviews)."""

    days: Rows
    rejected: Values


def draw_leads(sources: Sources, months: int, rng: np.random.Generator) -> Rows:
    """True days from order to receipt of each review's order (materials x reviews): planned, give or take a tenth."""
    reviews = len(REVIEWS) * months
    factor = np.exp(rng.normal(0.0, 0.10, (len(sources.lead), reviews)))
    days: Rows = np.maximum(3, np.round(sources.lead[:, None] * factor)).astype(np.int64)
    return days


def order_days(clock: Clock) -> Days:
    """The day of each review, month by month up to the current one."""
    starts = clock.calendar.starts[: clock.reached]
    offsets = np.array(REVIEWS) - 1
    days = (starts[:, None] + offsets.astype("timedelta64[D]")).ravel()
    return clock.on_workday(days, forward=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """Ordered in time and hurried in (materials x reviews), and the stock each material began with."""

    ordered: Values
    hurried: Values
    opening: Values


def buy(network: Network, sources: Sources, *, used: Values, coming: Coming, clock: Clock) -> Bought:
    """What is ordered at each review, and what is hurried in because it would not have been enough.

    Ordered: up to the use expected until the next order can arrive plus :data:`SAFETY` months, less stock and open
    orders. ``used`` is what production took (materials x reviews). Stock never falls below a tenth of a month's use:
    before the closed cycles because the material began with so much more, later because it is hurried in.
    """
    level = _levels(network.bill.T @ network.expected, sources, clock)
    opening = np.ceil(level[:, 0])
    position = opening.copy()
    ordered = np.zeros_like(used)
    for review in range(used.shape[1]):
        short = np.maximum(level[:, review] - position, 0.0)
        ordered[:, review] = np.round(short / sources.multiple) * sources.multiple
        position = position + ordered[:, review] - used[:, review]
    deep = _missing(opening, ordered, used, coming, clock)
    first = len(REVIEWS) * (clock.now - CLOSED)
    more = deep[:, :first].max(axis=1)
    rest = np.maximum(deep[:, first:] - more[:, None], 0.0)
    hurried = np.zeros_like(used)
    hurried[:, first:] = np.diff(np.maximum.accumulate(rest, axis=1), axis=1, prepend=0.0)
    return Bought(ordered=ordered, hurried=hurried, opening=opening + more)


def _levels(expected: Values, sources: Sources, clock: Clock) -> Values:
    """Order-up-to level per review: mean use of the months ahead x (lead time + half a month + safety)."""
    cover = sources.lead / 30.4 + 0.5 + SAFETY
    months = np.arange(clock.reached)
    ahead = np.stack([expected[:, months + k] for k in range(3)]).mean(axis=0)
    return np.repeat(ahead * cover[:, None], len(REVIEWS), axis=1)


def _missing(opening: Values, ordered: Values, used: Values, coming: Coming, clock: Clock) -> Values:
    """How much more would have had to be there at each review for a tenth of a month's use to be left (never below 0).

    What comes between two reviews counts as too late for what is used between them, so no day is forgotten.
    """
    days = order_days(clock)
    arrives = days[None, :] + coming.days.astype("timedelta64[D]")
    good = ordered - np.floor(ordered * coming.rejected)
    came = np.stack([(good * (arrives < day)).sum(axis=1) for day in days], axis=1)
    path = opening[:, None] + came - np.cumsum(used, axis=1)
    first = len(REVIEWS) * (clock.now - CLOSED)
    floor = used[:, :first].mean(axis=1, keepdims=True) / 5.0
    missing: Values = np.ceil(np.maximum(floor - path, 0.0))
    return missing


def taken(posted: pl.DataFrame) -> Values:
    """Units of product that material was taken for: what was made and lost, or is released and still to come."""
    done = pl.col("quantity") + pl.col("scrapped")
    units = pl.when(pl.col("made")).then(done).otherwise(pl.col("planned"))
    found: Values = posted.select(units).to_series().to_numpy()
    return found


def use_by_review(network: Network, posted: pl.DataFrame, clock: Clock) -> Values:
    """Material taken for production, when it was released, between one review and the next (materials x reviews)."""
    days = posted["released"].to_numpy().astype("datetime64[D]")
    at = np.maximum(np.searchsorted(order_days(clock), days, side="right") - 1, 0)
    reviews = len(REVIEWS) * clock.reached
    made = np.zeros((len(network.items), reviews))
    np.add.at(made, (posted["row"].to_numpy(), at), taken(posted))
    used: Values = network.bill.T @ made
    return used
