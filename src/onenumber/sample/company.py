"""The model company: made once from a seed and a day, then lived month by month, by its own rule or by its plans."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.books import open_books
from onenumber.sample.clock import Clock
from onenumber.sample.facts import Books, facts_on
from onenumber.sample.network import Network
from onenumber.sample.threads import kept, leaving, ordinary, peak, signals, vendor
from onenumber.sample.windows import windows_table
from onenumber.sample.world import World, make_world

Tables = dict[str, pl.DataFrame]
NO_PLANS: Mapping[int, pl.DataFrame] = {}


@dataclass(frozen=True, kw_only=True)
class Company:
    """The company: what was decided by chance, what came of it, and the extra that last month's decision promised."""

    world: World
    books: Books
    promise: Values

    @cached_property
    def tables(self) -> Tables:
        """Every table of the contract as on the current day."""
        return tables_on(self, self.world.clock.today)

    @cached_property
    def truth(self) -> dict[str, dict[str, object]]:
        """The true numbers of the five threads and the small stories, as plain values."""
        return _truth(self.world, self.tables, self.promise)


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
    return Company(world=world, books=open_books(world, plans=quantities, promise=extra), promise=extra)


def tables_on(company: Company, day: dt.date) -> Tables:
    """Every table of the contract as it stood in the morning of ``day``: masters and facts."""
    world = company.world
    clock, network = world.clock, world.network
    tables = {
        **world.masters,
        **ordinary.life_tables(clock, day),
        "maintenance": windows_table(world.windows, day),
        "customer_contracts": peak.contracts(clock, day),
        "promotions": signals.promotions(world.pairs, clock, day),
        **facts_on(company.books, day, clock),
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


def _by_product(plan: pl.DataFrame, network: Network) -> Values:
    row = {item: k for k, item in enumerate(network.items)}
    wanted = plan.filter(pl.col("item").is_in(list(network.items)))
    total = np.zeros(len(network.items))
    np.add.at(total, [row[item] for item in wanted["item"].to_list()], wanted["quantity"].to_numpy())
    return total


def _truth(world: World, tables: Tables, promise: Values) -> dict[str, dict[str, object]]:
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
