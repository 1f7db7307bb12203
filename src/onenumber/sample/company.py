"""The model company: made once from a seed and a day, then lived month by month, by its own rule or by its plans."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.books import open_books
from onenumber.sample.catalogue import NAME
from onenumber.sample.clock import HORIZON, Clock
from onenumber.sample.facts import Books, facts_on
from onenumber.sample.money import money_tables
from onenumber.sample.network import Network
from onenumber.sample.people import people_tables
from onenumber.sample.plant_tables import plant_tables, product_tables, vendor_tables
from onenumber.sample.rows import rows
from onenumber.sample.threads import kept, leaving, ordinary, peak, signals, vendor
from onenumber.sample.windows import windows_table
from onenumber.sample.world import World, make_world

Tables = dict[str, pl.DataFrame]
NO_PLANS: Mapping[int, pl.DataFrame] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company: ``tables`` of the contract as on its current day, what made them, and the threads' true numbers."""

    world: World
    books: Books
    tables: Mapping[str, pl.DataFrame]
    truth: Mapping[str, Mapping[str, object]]


def make_company(*, rng: np.random.Generator, as_of: dt.date) -> Company:
    """The company of a seed and a day, its plants following their own rule; see :func:`live` for closed cycles."""
    return live(make_world(rng=rng, as_of=as_of))


def live(world: World, *, plans: Mapping[int, pl.DataFrame] = NO_PLANS, promise: pl.DataFrame | None = None) -> Company:
    """Let the plants work, the goods leave and the materials come, and open the books.

    ``plans`` maps a month's calendar index to the plan in force for it (item, quantity): plants make that, nearly. In
    every other month, and for what is made or assembled to order, they follow their own rule. ``promise`` (item,
    quantity) is the extra that the precedence decision for last month promised. What was known on a day depends on no
    plan of its month or a later one. The same world, plans and promise give the same bits.
    """
    quantities = {month: _by_product(plan, world.network) for month, plan in plans.items()}
    extra = np.zeros(len(world.network.items)) if promise is None else _by_product(promise, world.network)
    books = open_books(world, plans=quantities, promise=extra)
    tables = _tables(world, books, world.clock.today)
    return Company(world=world, books=books, tables=tables, truth=_truth(world, tables, extra))


def tables_on(company: Company, day: dt.date) -> Tables:
    """Every table of the contract as it stood in the morning of ``day``: masters and facts."""
    return _tables(company.world, company.books, day)


def _tables(world: World, books: Books, day: dt.date) -> Tables:
    clock, network = world.clock, world.network
    tables = {
        "plan": rows("plan", [_plan_row(clock)]),
        **product_tables(network),
        **people_tables(clock),
        **plant_tables(network, clock, world.daily),
        **vendor_tables(network, world.sources, clock),
        **money_tables(network, world.base, clock),
        **ordinary.life_tables(clock, day),
        "maintenance": windows_table(world.windows, day),
        "customer_contracts": peak.contracts(clock, day),
        "promotions": signals.promotions(world.pairs, clock, day),
        **facts_on(books, day, clock),
    }
    tables["items"] = ordinary.sold_dates(tables["items"], clock, day)
    tables["vendor_limits"] = vendor.vendor_limits(tables["vendor_limits"], network, clock, day)
    tables["rates"] = _shown(tables["rates"], network, clock, day)
    return {name: table for name, table in tables.items() if len(table)}


def _shown(rates: pl.DataFrame, network: Network, clock: Clock, day: dt.date) -> pl.DataFrame:
    """The rates with the hours that the last runs before a day showed."""
    known = clock.calendar.index_of(day) - (kept.SHOWN_SINCE - kept.SLOW_SINCE)
    factor = kept.slowness(network, range(known, known + 1), clock)[:, 0]
    return rates.with_columns((pl.col("hours_per_unit") * pl.Series(factor)).round(4).alias("shown_hours_per_unit"))


def _plan_row(clock: Clock) -> tuple[object, ...]:
    start, periods = clock.calendar[0].start, len(clock.calendar)
    return ("tarnvik", NAME, "EUR", 2.0, "Europe/Berlin", "months", start, periods, 1, HORIZON)


def _by_product(plan: pl.DataFrame, network: Network) -> Values:
    row = {item: k for k, item in enumerate(network.items)}
    wanted = plan.filter(pl.col("item").is_in(list(network.items)))
    total = np.zeros(len(network.items))
    np.add.at(total, [row[item] for item in wanted["item"].to_list()], wanted["quantity"].to_numpy())
    return total


def _truth(world: World, tables: Tables, promise: Values) -> dict[str, dict[str, object]]:
    """The true numbers of the five threads and the small stories, as plain values."""
    clock, network = world.clock, world.network
    on_order = tables["purchase_orders"].filter((pl.col("item") == vendor.MATERIAL) & (pl.col("status") == "open"))
    ordered = float(on_order["quantity"].sum())
    return {
        "full_peak": peak.truth(network, world.hours, clock),
        "leaving_customer": leaving.truth(world.pairs, world.base, clock),
        "signals": signals.truth(world.lines, world.drawn, world.pairs, clock),
        "slipping_vendor": vendor.truth(
            network, world.lines, _stock_of(tables, vendor.MATERIAL), ordered, clock
        ),
        "plan_not_kept": kept.truth(network, promise, clock),
        "besides": ordinary.truth(_stock_of(tables, ordinary.LAST), world.lines, clock),
    }  # fmt: skip


def _stock_of(tables: Tables, item: str) -> float:
    mine = tables["stock"].filter(pl.col("item") == item)
    return float(mine.filter(pl.col("date") == mine["date"].max())["quantity"].sum())
