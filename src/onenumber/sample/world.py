"""Everything about the model company that does not depend on what is made: who wants what, and the dice thrown."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.catalogue import ASSEMBLED, LINES, MADE_TO_ORDER, NAME
from onenumber.sample.clock import CLOSED, HORIZON, Clock, clock_at
from onenumber.sample.customers import CUSTOMERS, PATCHES
from onenumber.sample.demand import AHEAD, Pairs, draw_lines, make_pairs, numbered, returns_of
from onenumber.sample.making import line_hours
from onenumber.sample.money import amounts, money_tables
from onenumber.sample.network import SHARED_LINE, Network, hours_a_day, make_network
from onenumber.sample.people import people_tables
from onenumber.sample.plant_tables import plant_tables, product_tables, vendor_tables
from onenumber.sample.purchases import REVIEWS, Coming, Sources, draw_leads, make_sources
from onenumber.sample.rows import rows
from onenumber.sample.threads import kept, leaving, ordinary, peak, signals, vendor
from onenumber.sample.windows import Window, hours_taken, ordinary_windows

Rows = npt.NDArray[np.int64]
REJECTED = 0.06
"""Share of deliveries of which a part is rejected."""
REJECTS = 0.07
"""The part."""
DELAYED = 0.03
"""Share of lines that leave some days late for no reason worth a name."""
WHIMS = 64
"""Throws of the dice for each patch and cycle: what its salesperson feels."""
ORDERS_A_MONTH = 1_000_000
"""Orders drawn after the first start are numbered from here, each month from its own million on."""
TO_ORDER_DAYS = 35
"""Days that customers of families made or assembled to order ask earlier than others."""


OWN_LINES = (vendor.key_line, ordinary.late_order, ordinary.pre_orders, peak.call_offs)
"""Orders that threads write themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Who wants what and when, the network, and every throw of the dice; the future included.

    ``base`` is what is expected without any thread (budgets know no more), ``pairs`` with them, ``foreseen``
    what could be expected of it before last month; ``drawn`` are the
    orders before threads mark them, ``lines`` and ``returns`` the numbered and priced ones. ``masters`` are the tables
    that no day changes.
    """

    clock: Clock
    base: Pairs
    foreseen: Pairs
    pairs: Pairs
    network: Network
    sources: Sources
    daily: Values
    windows: tuple[Window, ...]
    drawn: pl.DataFrame
    lines: pl.DataFrame
    returns: pl.DataFrame
    guess: Values
    works: Values
    late: Rows
    coming: Coming
    whims: Values
    masters: dict[str, pl.DataFrame]

    @property
    def hours(self) -> Values:
        """Hours of each line after maintenance (lines x months of the calendar)."""
        return line_hours(self.daily, hours_taken(self.windows, self.clock), self.clock)


def make_world(*, rng: np.random.Generator, as_of: dt.date, later: int = 0) -> World:
    """Draw everything that chance decides, each part from a generator of its own, so that parts do not move others.

    ``later`` months have happened since ``as_of``; each has a generator of its own as well, so that what was there
    before it stays as it was.
    """
    clock = clock_at(as_of, later=later)
    orders, back, plants, shipping, vendors, people = rng.spawn(6)
    base = make_pairs(clock)
    foreseen = _with_threads(base, clock)
    pairs = peak.with_second_stage(foreseen, clock)
    network = make_network(pairs, clock)
    sources = make_sources(network, clock)
    by_chance = peak.without_second_stage(foreseen, clock)
    drawn = leaving.in_rhythm(_ahead(draw_lines(by_chance, range(clock.now + AHEAD), clock, orders)), clock)
    lines = _priced(numbered(_marked(drawn, pairs, clock)), network, clock)
    kept_goods = drawn.filter(pl.col("customer") != leaving.CUSTOMER)
    returned = pl.concat([returns_of(kept_goods, clock, back), signals.credit(pairs, clock)])
    daily, windows = _hours(network, base, clock)
    shape = (len(network.items), clock.now + 1)
    spoiled = vendors.random((len(network.materials), len(REVIEWS) * clock.now)) < REJECTED
    world = World(
        clock=clock,
        base=base,
        foreseen=foreseen,
        pairs=pairs,
        network=network,
        sources=sources,
        daily=daily,
        windows=windows,
        drawn=drawn,
        lines=lines,
        returns=_priced(numbered(returned), network, clock).with_columns(pl.col("order").str.replace("SO", "SR")),
        guess=network.expected[:, : clock.now + 1] * np.exp(plants.normal(0.0, 0.04, shape)),
        works=np.where(network.to_order[:, None], 1.0, np.exp(plants.normal(0.0, 0.03, shape))),
        late=_delays(lines, shipping),
        whims=people.normal(0.0, 1.0, (len(PATCHES), CLOSED + 1, WHIMS)),
        coming=Coming(
            days=vendor.slipped(draw_leads(sources, clock.now, vendors), sources),
            rejected=np.where(spoiled, REJECTS, 0.0),
        ),
        masters=_masters(network, base=base, sources=sources, daily=daily, clock=clock),
    )
    for month, own in enumerate(rng.spawn(later), start=clock.now):
        world = _a_month_more(world, month, own)
    return world


def _a_month_more(world: World, month: int, rng: np.random.Generator) -> World:
    """The world with what chance decides once ``month`` has happened: the orders drawn ahead reach a month further."""
    clock, network = world.clock, world.network
    orders, plants, shipping, vendors, people = rng.spawn(5)
    expected = peak.without_second_stage(world.foreseen, clock)
    drawn = _ahead(draw_lines(expected, range(month + AHEAD, month + AHEAD + 1), clock, orders))
    lines = _priced(numbered(drawn, after=ORDERS_A_MONTH * (month - clock.now + 1)), network, clock)
    lines = lines.select(world.lines.columns).cast(world.lines.schema)
    products = (len(network.items), 1)
    spoiled = vendors.random((len(network.materials), len(REVIEWS))) < REJECTED
    days = vendor.drifted(draw_leads(world.sources, 1, vendors), world.sources)
    works = np.where(network.to_order[:, None], 1.0, np.exp(plants.normal(0.0, 0.03, products)))
    return replace(
        world,
        drawn=pl.concat([world.drawn, drawn.select(world.drawn.columns)]),
        lines=pl.concat([world.lines, lines]),
        late=np.concatenate([world.late, _delays(lines, shipping)]),
        guess=np.hstack([world.guess, network.expected[:, [month + 1]] * np.exp(plants.normal(0.0, 0.04, products))]),
        works=np.hstack([world.works, works]),
        whims=np.concatenate([world.whims, people.normal(0.0, 1.0, (len(PATCHES), 1, WHIMS))], axis=1),
        coming=Coming(
            days=np.hstack([world.coming.days, days]),
            rejected=np.hstack([world.coming.rejected, np.where(spoiled, REJECTS, 0.0)]),
        ),
    )


def _masters(
    network: Network, *, base: Pairs, sources: Sources, daily: Values, clock: Clock
) -> dict[str, pl.DataFrame]:
    start, periods = clock.calendar[0].start, len(clock.calendar)
    plan = ("tarnvik", NAME, "EUR", 2.0, "Europe/Berlin", "months", start, periods, 1, HORIZON)
    return {
        "plan": rows("plan", [plan]),
        **product_tables(network),
        **people_tables(clock),
        **plant_tables(network, clock, daily),
        **vendor_tables(network, sources, clock),
        **money_tables(network, base, clock),
    }


def _with_threads(base: Pairs, clock: Clock) -> Pairs:
    return ordinary.with_lives(
        signals.with_signals(leaving.without(peak.with_first_stage(base, clock), clock), clock), clock
    )  # fmt: skip


def _marked(drawn: pl.DataFrame, pairs: Pairs, clock: Clock) -> pl.DataFrame:
    marked = signals.with_marks(drawn, pairs, clock)
    own = [make(pairs, clock) for make in OWN_LINES]
    return pl.concat([marked, *own])


def _hours(network: Network, base: Pairs, clock: Clock) -> tuple[Values, tuple[Window, ...]]:
    """Hours a day of each line, and all windows; those of the shared line follow from the peak."""
    windows = (*ordinary_windows(clock), peak.window(clock), *peak.rebuilding(clock))
    daily = hours_a_day(network, base, clock)
    line = [key for key, _, _ in LINES].index(SHARED_LINE)
    daily[line] = peak.hours_a_day(network, hours_taken(windows, clock), clock)
    return daily, (*windows, kept.window(daily, clock))


def _delays(lines: pl.DataFrame, rng: np.random.Generator) -> Rows:
    days = np.where(rng.random(len(lines)) < DELAYED, rng.integers(1, 6, len(lines)), 0)
    exempt = lines["item"].is_in([signals.OUT_ITEM]).to_numpy()
    delays: Rows = np.where(exempt, 0, days)
    return delays


def _ahead(lines: pl.DataFrame) -> pl.DataFrame:
    """What is made or assembled to order is ordered so much earlier."""
    early = pl.col("item").str.slice(0, 3).is_in([MADE_TO_ORDER, ASSEMBLED])
    ordered = pl.when(early).then(pl.col("ordered") - pl.duration(days=TO_ORDER_DAYS)).otherwise(pl.col("ordered"))
    return lines.with_columns(ordered.alias("ordered"))


def _priced(lines: pl.DataFrame, network: Network, clock: Clock) -> pl.DataFrame:
    row = {item: k for k, item in enumerate(network.items)}
    customer = {c.key: k for k, c in enumerate(CUSTOMERS)}
    placed = lines.with_columns(
        pl.col("item").replace_strict(row, return_dtype=pl.Int64).alias("row"),
        pl.col("customer").replace_strict(customer, return_dtype=pl.Int64).alias("customer_row"),
    )
    return placed.with_columns(pl.Series("amount", amounts(placed, network, clock)))
