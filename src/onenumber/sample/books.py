"""What happened, from what the plants made: goods left, materials came, stock moved."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.model.cube import Values
from onenumber.model.period import Days
from onenumber.sample.catalogue import PLANT_2
from onenumber.sample.clock import Clock
from onenumber.sample.facts import QUARANTINE, Books
from onenumber.sample.making import (
    RELEASED_DAYS,
    Asked,
    Made,
    Shop,
    batch_shares,
    batches,
    due_by_batch,
    resource_of,
    run_plants,
    ship,
)
from onenumber.sample.money import standard_cost
from onenumber.sample.network import Network
from onenumber.sample.plant_tables import SECOND_SOURCES, second_vendor, vendor_key
from onenumber.sample.purchases import REVIEWS, Rows, buy, order_days, taken, use_by_review
from onenumber.sample.threads import kept, ordinary, signals, vendor
from onenumber.sample.world import World

SCRAP = 0.006


def open_books(world: World, *, plans: Mapping[int, Values], promise: Values) -> Books:
    """Let the plants work, the goods leave and the materials come.

    ``plans`` holds quantities per product by month index, ``promise`` what last month's precedence decision promised
    on top of each.
    """
    network, clock = world.network, world.clock
    followed = {month: _followed(world, month, plan) for month, plan in plans.items()}
    made = run_plants(network, _asked(world), _shop(world, promise), clock=clock, plans=followed)
    posted = _posted(made, world)
    sales = _sales(world, posted, made.opening)
    bought, start = _bought(world, posted)
    opening = pl.DataFrame(
        {
            "item": [*network.items, *network.materials],
            "site": [*network.site, *network.material_site],
            "quantity": np.concatenate([made.opening, start]),
        }
    )
    return Books(
        sales=sales, made=posted, bought=bought, moves=_moves(world, sales, posted, bought), opening=opening
    )  # fmt: skip


def _followed(world: World, month: int, plan: Values) -> Values:
    """What of a plan the plants go by: what is made or assembled to order follows its orders, not the plan (NaN).

    Only in the month that plant 2 kept badly does all it makes follow from the plan.
    """
    ours = np.array([site == PLANT_2 for site in world.network.site]) & (month == world.clock.now + kept.MONTH)
    by_order: Values = np.where(world.network.to_order & ~ours, np.nan, plan)
    return by_order


def _shop(world: World, promise: Values) -> Shop:
    network, clock = world.network, world.clock
    shape = (len(network.items), clock.reached + 1)
    out = network.row(signals.OUT_ITEM)
    works = world.works * signals.stopped_at(out, shape, clock)

    def work(month: int, released: Values) -> Values:
        if month != clock.now + kept.MONTH:
            return released * works[:, month]
        mine = np.array([site == PLANT_2 for site in network.site])
        uneven = kept.uneven(
            released[mine], weight=standard_cost(network)[mine], step=network.step[mine], promise=promise[mine]
        )
        made = released * works[:, month]
        made[mine] = uneven
        return made

    return Shop(
        hours=world.hours,
        work=work,
        extra=ordinary.overmade(network.row(ordinary.LAST), network.expected, clock),
        empty=signals.empty_at(out, shape, clock),
    )


def _kept(world: World) -> pl.DataFrame:
    return world.lines.filter(pl.col("cancelled").is_null())


def _asked(world: World) -> Asked:
    """Demand by the month it is due; what is made to order belongs to the month of the last batch in time for it.

    The late order in the frozen zone came after the release.
    """
    clock, network, shape = world.clock, world.network, world.guess.shape
    kept_lines = _kept(world).filter(~ordinary.is_late_order(clock))
    to_stock = _by_month(kept_lines, "first_confirmed", shape, clock)
    to_order = due_by_batch(network, kept_lines, clock).sum(axis=2)
    back = world.returns.with_columns(pl.col("requested") + pl.duration(days=QUARANTINE), -pl.col("quantity"))
    return Asked(
        due=np.where(network.to_order[:, None], to_order, to_stock),
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
    shares = batch_shares(network, due_by_batch(network, _kept(world), clock))
    told = batches(network, made.released, shares, clock).rename({"quantity": "planned"})
    done = batches(network, made.made, shares, clock)
    keys = ["row", "month", "batch", "date"]
    frame = told.join(done, on=keys, how="full", coalesce=True).sort("month", "row", "batch")
    row = frame["row"].to_numpy()
    good = pl.when(pl.col("date") < clock.morning).then(pl.col("quantity").fill_null(0.0)).otherwise(0.0)
    slow = kept.slowness(network, range(made.made.shape[1]), clock) * network.hours[:, None]
    number = (pl.col("month") * len(network.items) + pl.col("row")) * 4 + pl.col("batch") + 100000
    frame = frame.with_columns(good.alias("quantity"), pl.col("planned").fill_null(0.0))
    frame = signals.after_the_gap(frame, network.row(signals.OUT_ITEM), clock)
    return frame.with_columns(
        pl.format("PR{}", number).alias("production"),
        pl.Series("item", np.array(network.items)[row]),
        pl.Series("site", np.array(network.site)[row]),
        pl.Series("resource", resource_of(network, row)),
        (pl.col("quantity") * SCRAP).floor().alias("scrapped"),
        (pl.col("date") < clock.morning).alias("made"),
        (pl.col("quantity") * pl.Series(slow[row, frame["month"].to_numpy()])).round(2).alias("hours"),
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
    network, clock = world.network, world.clock
    used = use_by_review(network, posted, clock)
    bought = buy(network, world.sources, used=used, coming=world.coming, clock=clock)
    frame = pl.concat([_in_time(world, bought.ordered), _hurried(world, bought.hurried)])
    mine = network.material(vendor.MATERIAL)
    frame = vendor.with_last_orders(frame, network, _on_hand(frame, used, bought.opening, mine, world), clock)
    line = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("order").alias("line")
    return frame.with_columns(line), bought.opening


def _in_time(world: World, ordered: Values) -> pl.DataFrame:
    review, material = np.nonzero(ordered.T > 0)
    day, quantity = order_days(world.clock)[review], ordered[material, review]
    dates = (
        day,
        day + world.sources.lead[material].astype("timedelta64[D]"),
        day + world.coming.days[material, review].astype("timedelta64[D]"),
    )
    lost = np.floor(quantity * world.coming.rejected[material, review])
    seller = world.sources.vendor[material]
    order = [f"PO{200000 + 100 * r + v}" for r, v in zip(review.tolist(), seller.tolist(), strict=True)]
    return _purchases(world, material, quantity, dates, ids=(seller, order)).with_columns(pl.Series("rejected", lost))


def _hurried(world: World, hurried: Values) -> pl.DataFrame:
    """What was hurried in: ordered ten days before a review, at the second source if there is one, and on time."""
    review, material = np.nonzero(hurried.T > 0)
    day = order_days(world.clock)[review]
    there = day - np.timedelta64(2, "D")
    other = np.isin(material, SECOND_SOURCES)
    seller = np.where(other, second_vendor(world.sources.vendor[material]), world.sources.vendor[material])
    order = [f"PX{200000 + 100 * r + m}" for r, m in zip(review.tolist(), material.tolist(), strict=True)]
    dates = (day - np.timedelta64(10, "D"), there, there)
    frame = _purchases(world, material, hurried[material, review], dates, ids=(seller, order))
    return frame.with_columns(pl.lit(0.0).alias("rejected"))


def _purchases(
    world: World, material: Rows, quantity: Values, dates: tuple[Days, Days, Days], ids: tuple[Rows, list[str]]
) -> pl.DataFrame:
    network = world.network
    seller, order = ids
    return pl.DataFrame(
        {
            "vendor": [vendor_key(v) for v in seller.tolist()],
            "item": np.array(network.materials)[material],
            "site": np.array(network.material_site)[material],
            "quantity": quantity,
            "price": np.round(network.price[material], 4),
            "ordered": dates[0],
            "first_confirmed": dates[1],
            "received": dates[2],
            "order": order,
        },
        schema_overrides={"order": pl.String, "vendor": pl.String},
    )


def _on_hand(bought: pl.DataFrame, used: Values, opening: Values, material: int, world: World) -> float:
    """Stock of a material on the day that stories are told from."""
    item = world.network.materials[material]
    came = bought.filter((pl.col("item") == item) & (pl.col("received") < world.clock.today))
    return float(
        opening[material]
        + (came["quantity"] - came["rejected"]).sum()
        - used[material, : len(REVIEWS) * world.clock.now].sum()
    )


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
    return pl.concat([left, into, came, _used(network, posted)])


def _used(network: Network, posted: pl.DataFrame) -> pl.DataFrame:
    """Material taken for every batch on the day it was released."""
    parent, component = np.nonzero(network.bill)
    bill = pl.DataFrame(
        {
            "row": parent,
            "material": np.array(network.materials)[component],
            "each": network.bill[parent, component],
        }
    )
    units = posted.with_columns(pl.Series("units", taken(posted)))
    joined = units.join(bill, on="row", how="inner", maintain_order="left")
    return joined.select(
        pl.col("material").alias("item"),
        "site",
        pl.col("released").alias("date"),
        pl.lit("use").alias("kind"),
        -(pl.col("units") * pl.col("each")).alias("quantity"),
    )
