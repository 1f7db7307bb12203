"""The model company: made once from a seed and a day, then lived month by month, by its own rule or by its plans."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.model.cube import Values
from onenumber.sample.catalogue import NAME
from onenumber.sample.clock import HORIZON, Clock, clock_at
from onenumber.sample.customers import CUSTOMERS
from onenumber.sample.demand import Pairs, draw_lines, make_pairs, numbered, returns_of
from onenumber.sample.facts import QUARANTINE, Books, facts_on
from onenumber.sample.making import (
    RELEASED_DAYS,
    Asked,
    Made,
    Shop,
    batches,
    line_hours,
    resource_of,
    run_plants,
    ship,
)  # fmt: skip
from onenumber.sample.money import amounts, money_tables
from onenumber.sample.network import Network, hours_a_day, make_network
from onenumber.sample.people import people_tables
from onenumber.sample.plant_tables import (
    plant_tables,
    product_tables,
    shown_factor,
    vendor_key,
    vendor_tables,
)  # fmt: skip
from onenumber.sample.purchases import Sources, buy, draw_leads, make_sources, order_days, use_by_review
from onenumber.sample.rows import rows
from onenumber.sample.windows import Window, hours_taken, ordinary_windows, windows_table

Rows = npt.NDArray[np.int64]
Tables = dict[str, pl.DataFrame]
SCRAP = 0.006
REJECTS = 0.004


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that does not depend on what is made: who wants what and when, the network, and the dice already thrown."""

    clock: Clock
    pairs: Pairs
    network: Network
    sources: Sources
    daily: Values
    windows: tuple[Window, ...]
    lines: pl.DataFrame
    returns: pl.DataFrame
    guess: Values
    kept: Values
    late: Rows
    leads: Rows
    rejects: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company: ``tables`` of the contract as on its current day, and what made them."""

    world: World
    books: Books
    tables: Mapping[str, pl.DataFrame]


def make_world(*, rng: np.random.Generator, as_of: dt.date) -> World:
    """Draw everything that chance decides, each part from a generator of its own, so that parts do not move others."""
    clock = clock_at(as_of)
    orders, back, plants, shipping, vendors = rng.spawn(5)
    pairs = make_pairs(clock)
    network = make_network(pairs, clock)
    sources = make_sources(network, clock)
    drawn = draw_lines(pairs, clock, orders)
    returned = returns_of(drawn, clock, back)
    lines = _priced(numbered(drawn), network, clock)
    shape = (len(network.items), clock.now + 1)
    reviews = len(order_days(clock))
    return World(
        clock=clock,
        pairs=pairs,
        network=network,
        sources=sources,
        daily=hours_a_day(network, clock),
        windows=ordinary_windows(clock),
        lines=lines,
        returns=_priced(numbered(returned), network, clock).with_columns(pl.col("order").str.replace("SO", "SR")),
        guess=network.expected[:, : clock.now + 1] * np.exp(plants.normal(0.0, 0.04, shape)),
        kept=np.exp(plants.normal(0.0, 0.03, shape)),
        late=np.where(shipping.random(len(lines)) < 0.05, shipping.integers(1, 6, len(lines)), 0),  # noqa: PLR2004
        leads=draw_leads(sources, clock, vendors),
        rejects=np.where(vendors.random((len(network.materials), reviews)) < 0.06, REJECTS / 0.06, 0.0),  # noqa: PLR2004
    )


def _priced(lines: pl.DataFrame, network: Network, clock: Clock) -> pl.DataFrame:
    row = {item: k for k, item in enumerate(network.items)}
    customer = {c.key: k for k, c in enumerate(CUSTOMERS)}
    placed = lines.with_columns(
        pl.col("item").replace_strict(row, return_dtype=pl.Int64).alias("row"),
        pl.col("customer").replace_strict(customer, return_dtype=pl.Int64).alias("customer_row"),
        pl.lit(None, dtype=pl.Date).alias("promised"),
    )
    ordered = pl.when(pl.Series(network.to_order)[placed["row"]]).then(pl.col("ordered") - pl.duration(days=35))
    placed = placed.with_columns(ordered.otherwise(pl.col("ordered")).alias("ordered"))
    return placed.with_columns(pl.Series("amount", amounts(placed, network, clock)))


def make_company(
    *, rng: np.random.Generator, as_of: dt.date, plans: Mapping[int, pl.DataFrame] | None = None
) -> Company:
    """The company of a seed and a day; ``plans`` holds what plants were told to make, see :func:`live`."""
    return live(make_world(rng=rng, as_of=as_of), plans=plans or {})


def live(world: World, *, plans: Mapping[int, pl.DataFrame]) -> Company:
    """Let the plants work, the goods leave and the materials come, and open the books.

    ``plans`` maps a month's calendar index to the plan in force for it (item, site, quantity): plants make that. In
    every other month they follow their own rule. The same world and plans give the same bits.
    """
    network, clock = world.network, world.clock
    made = run_plants(
        network,
        _asked(world),
        Shop(
            hours=line_hours(world.daily, hours_taken(world.windows, clock), clock),
            kept=world.kept,
            closed=np.ones_like(world.kept),
        ),
        clock=clock,
        plans={month: _planned(plan, network) for month, plan in plans.items()},
    )
    posted = _posted(made, world)
    sales = _sales(world, posted, made.opening)
    bought, start = _bought(world, posted)
    books = _books(world, sales=sales, posted=posted, bought=bought, opening=np.concatenate([made.opening, start]))
    company = Company(world=world, books=books, tables={})
    return replace(company, tables=tables_on(company, clock.today))


def tables_on(company: Company, day: dt.date) -> Tables:
    """Every table of the contract as it stood in the morning of ``day``: masters and facts."""
    world = company.world
    clock, network = world.clock, world.network
    return {
        "plan": rows("plan", [_plan_row(clock)]),
        **product_tables(network),
        **people_tables(clock),
        **plant_tables(network, clock, world.daily),
        "maintenance": windows_table(world.windows, day),
        **vendor_tables(network, world.sources, clock),
        **money_tables(network, world.pairs, clock),
        **facts_on(company.books, day, clock),
    }


def _plan_row(clock: Clock) -> tuple[object, ...]:
    start, periods = clock.calendar[0].start, len(clock.calendar)
    return ("tarnvik", NAME, "EUR", 2.0, "Europe/Berlin", "months", start, periods, 1, HORIZON)


def _planned(plan: pl.DataFrame, network: Network) -> Values:
    row = {item: k for k, item in enumerate(network.items)}
    wanted = plan.filter(pl.col("item").is_in(list(network.items)))
    total = np.zeros(len(network.items))
    np.add.at(total, [row[item] for item in wanted["item"].to_list()], wanted["quantity"].to_numpy())
    return total


def _asked(world: World) -> Asked:
    clock, shape = world.clock, world.guess.shape
    kept = world.lines.filter(pl.col("cancelled").is_null())
    back = world.returns.with_columns(pl.col("requested") + pl.duration(days=QUARANTINE), -pl.col("quantity"))
    return Asked(
        due=_by_month(kept, "first_confirmed", shape, clock),
        returned=_by_month(back, "requested", shape, clock),
        guess=world.guess,
    )


def _by_month(lines: pl.DataFrame, date: str, shape: tuple[int, ...], clock: Clock) -> Values:
    month = clock.calendar.indices(lines[date].to_numpy().astype("datetime64[D]"))
    inside = (month >= 0) & (month < shape[1])
    total = np.zeros(shape)
    np.add.at(total, (lines["row"].to_numpy()[inside], month[inside]), lines["quantity"].to_numpy()[inside])
    return total


def _posted(made: Made, world: World) -> pl.DataFrame:
    """Postings batch by batch: planned and made quantity, scrap and hours, for past months and the current release."""
    network, clock = world.network, world.clock
    told = batches(network, made.released, clock).rename({"quantity": "planned"})
    done = batches(network, made.made, clock)
    keys = ["row", "month", "batch", "date"]
    frame = told.join(done, on=keys, how="full", coalesce=True).sort("month", "row", "batch")
    row = frame["row"].to_numpy()
    good = pl.when(pl.col("date") < clock.today).then(pl.col("quantity").fill_null(0.0)).otherwise(0.0)
    shown = np.array([shown_factor(network, k) for k in range(len(network.items))]) * network.hours
    number = (pl.col("month") * len(network.items) + pl.col("row")) * 4 + pl.col("batch") + 100000
    frame = frame.with_columns(good.alias("quantity"), pl.col("planned").fill_null(0.0))
    return frame.with_columns(
        pl.format("PR{}", number).alias("production"),
        pl.Series("item", np.array(network.items)[row]),
        pl.Series("site", np.array(network.site)[row]),
        pl.Series("resource", resource_of(network, row)),
        (pl.col("quantity") * SCRAP).floor().alias("scrapped"),
        (pl.col("quantity") * pl.Series(shown[row])).round(2).alias("hours"),
        pl.Series("released", clock.calendar.starts[frame["month"].to_numpy()]) - pl.duration(days=RELEASED_DAYS),
    )


def _sales(world: World, posted: pl.DataFrame, opening: Values) -> pl.DataFrame:
    """Order lines and returns with the day they left; cancelled lines never do."""
    supply = pl.concat(
        [
            posted.select("row", "quantity", "date"),
            world.returns.select(
                "row", -pl.col("quantity"), (pl.col("requested") + pl.duration(days=QUARANTINE)).alias("date")
            ),
        ]
    )
    kept = world.lines["cancelled"].is_null().to_numpy()
    live_lines = world.lines.filter(pl.Series(kept))
    leaves = np.full(len(world.lines), np.datetime64("NaT"), dtype="datetime64[D]")
    leaves[kept] = world.clock.on_workday_or_none(ship(live_lines, supply, opening, world.late[kept]))
    shipped = world.lines.with_columns(pl.Series("shipped", leaves))
    back = world.returns.with_columns(pl.col("requested").alias("shipped"))
    return pl.concat([shipped, back.select(shipped.columns)]).sort("order", "line")


def _bought(world: World, posted: pl.DataFrame) -> tuple[pl.DataFrame, Values]:
    """Purchase order lines with the day each was received, and the stock each material began with."""
    network, clock, sources = world.network, world.clock, world.sources
    used = use_by_review(network, posted.filter(pl.col("date") < clock.today), clock)
    ordered, opening = buy(network, sources, used=used, true_days=world.leads, clock=clock)
    review, material = np.nonzero(ordered.T > 0)
    day = order_days(clock)[review]
    vendor = sources.vendor[material]
    frame = pl.DataFrame(
        {
            "vendor": [vendor_key(v) for v in vendor.tolist()],
            "item": np.array(network.materials)[material],
            "site": np.array(network.material_site)[material],
            "quantity": ordered[material, review],
            "price": np.round(network.price[material], 4),
            "ordered": day,
            "first_confirmed": day + sources.lead[material].astype("timedelta64[D]"),
            "received": day + world.leads[material, review].astype("timedelta64[D]"),
            "rejected": np.floor(ordered[material, review] * world.rejects[material, review]),
            "order": [f"PO{200000 + 100 * r + v}" for r, v in zip(review.tolist(), vendor.tolist(), strict=True)],
        }
    )
    line = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("order").alias("line")
    return frame.with_columns(line), opening


def _books(world: World, *, sales: pl.DataFrame, posted: pl.DataFrame, bought: pl.DataFrame, opening: Values) -> Books:
    network = world.network
    cells = pl.DataFrame(
        {
            "item": [*network.items, *network.materials],
            "site": [*network.site, *network.material_site],
            "quantity": opening,
        }
    )
    return Books(
        sales=sales, made=posted, bought=bought, moves=_moves(world, sales, posted, bought), opening=cells
    )  # fmt: skip


def _moves(world: World, sales: pl.DataFrame, posted: pl.DataFrame, bought: pl.DataFrame) -> pl.DataFrame:
    network = world.network
    site = dict(zip(network.items, network.site, strict=True))
    kind = pl.when(pl.col("quantity") < 0).then(pl.lit("return")).otherwise(pl.lit("shipment")).alias("kind")
    left = sales.filter(pl.col("shipped").is_not_null()).select(
        "item", pl.col("item").replace_strict(site).alias("site"), pl.col("shipped").alias("date"), kind,
        -pl.col("quantity"),
    )  # fmt: skip
    made = posted.filter(pl.col("quantity") > 0)
    into = made.select("item", "site", "date", pl.lit("production").alias("kind"), "quantity")
    came = bought.select(
        "item", "site", pl.col("received").alias("date"), pl.lit("receipt").alias("kind"),
        pl.col("quantity") - pl.col("rejected"),
    )  # fmt: skip
    return pl.concat([left, into, came, _used(network, made)])


def _used(network: Network, made: pl.DataFrame) -> pl.DataFrame:
    parent, component = np.nonzero(network.bill)
    bill = pl.DataFrame(
        {
            "row": parent,
            "material": np.array(network.materials)[component],
            "each": network.bill[parent, component],
        }
    )
    joined = made.join(bill, on="row", how="inner", maintain_order="left")
    taken = -((pl.col("quantity") + pl.col("scrapped")) * pl.col("each"))
    return joined.select(
        pl.col("material").alias("item"), "site", "date", pl.lit("use").alias("kind"), taken.alias("quantity")
    )
