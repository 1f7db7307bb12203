"""Orders since the freeze: what the order book says now, beside what a cycle froze."""

import datetime as dt
from collections.abc import Mapping

import polars as pl

from onenumber.demand.known import mappings_of, with_period
from onenumber.demand.streams import ATTRIBUTES, with_stream
from onenumber.model.period import Calendar

Tables = Mapping[str, pl.DataFrame]
LINE = ["order", "line"]
NEW, CHANGED, CANCELLED, SHIPPED = "new", "changed", "cancelled", "shipped"
SINCE = pl.Schema(
    {
        "order": pl.String, "line": pl.Int64, "kind": pl.String, "period": pl.Int64, "quantity": pl.Float64,
        "stream": pl.String, **dict.fromkeys(ATTRIBUTES, pl.String),
    }
)  # fmt: skip


def orders_since(*, frozen: Tables, now: Tables, company: Tables, calendar: Calendar, cycle: int) -> pl.DataFrame:
    """Order lines that the frozen facts do not hold as they stand now, as demand to add to what was frozen.

    Columns ``SINCE``: ``quantity`` (in the item's unit) is what comes (+) or goes (-) in ``period``, the calendar
    index by the channel's mapping (-1: outside the calendar). A line that moved has a row where it stood and one
    where it stands; what left it in its period as it was has none. ``kind`` is new, changed or cancelled. Returns are
    no demand and left out, and what we cancelled ourselves still is. ``company`` holds the masters of both.
    """
    as_of = calendar[cycle].start
    wanted = [*LINE, "customer", "item", "quantity", "ordered", "requested"]
    before, after = (_counted(facts["order_lines"]).select(wanted) for facts in (frozen, now))
    changed = pl.concat(
        [
            before.join(after, on=wanted, how="anti", nulls_equal=True).with_columns(-pl.col("quantity")),
            after.join(before, on=wanted, how="anti", nulls_equal=True),
        ]
    )
    known, standing = before.select(LINE), after.select(LINE)
    kinds = pl.concat(
        [
            changed.join(known, on=LINE, how="anti").with_columns(pl.lit(NEW).alias("kind")),
            changed.join(standing, on=LINE, how="anti").with_columns(pl.lit(CANCELLED).alias("kind")),
            changed.join(known, on=LINE, how="semi")
            .join(standing, on=LINE, how="semi")
            .with_columns(pl.lit(CHANGED).alias("kind")),
        ]
    )
    placed = with_stream(kinds, company=company, as_of=as_of)
    dated = with_period(placed, calendar=calendar, mappings=mappings_of(company))
    return dated.select(SINCE.names()).cast(SINCE).sort("order", "line", "quantity")


def shipped_since(*, frozen: Tables, now: Tables, company: Tables, as_of: dt.date) -> pl.DataFrame:
    """Order lines that the frozen facts hold as open and that are shipped now, with stream and attributes.

    Demand is what was asked, so none of it moves; a line that changed on the way is told as both.
    """
    before, after = (_counted(facts["order_lines"]) for facts in (frozen, now))
    left = after.filter(pl.col("status") == "shipped")
    lines = left.join(before.filter(pl.col("status") == "open"), on=LINE, how="semi")
    return with_stream(lines, company=company, as_of=as_of).select(*LINE, "stream", *ATTRIBUTES)


def _counted(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that are demand: no returns, and nothing that the customer cancelled."""
    ours = (pl.col("cancelled_by") == "us").fill_null(value=False)
    return lines.filter((pl.col("quantity") >= 0) & ((pl.col("status") != "cancelled") | ours))


def masters_since(frozen: Tables, now: Tables) -> dict[str, pl.DataFrame]:
    """The frozen master data, and of items and customers that came since what stands in the newer one."""
    return {**frozen, **{name: _with_new(frozen, now, name, key) for name, key in KEYS.items() if name in now}}


KEYS = {"items": "item", "families": "family", "customers": "customer", "patch_customers": "customer"}


def _with_new(frozen: Tables, now: Tables, name: str, key: str) -> pl.DataFrame:
    if name not in frozen:
        return now[name]
    return pl.concat([frozen[name], now[name].join(frozen[name], on=key, how="anti")], how="diagonal_relaxed")
