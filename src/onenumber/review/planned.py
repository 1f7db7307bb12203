"""What was planned for one past period: from the plan then in force, or the snapshot that the company brought."""

from dataclasses import dataclass

import polars as pl

from onenumber.demand.streams import with_stream
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground

MEASURES = ("sales", "production", "inventory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Planned quantities of one period: ``sales`` per stream, ``production`` and ``inventory`` per item and site.

    A measure is None where no plan for it was in force. ``source`` is ``published``, ``snapshot`` or empty.
    """

    source: str
    sales: pl.DataFrame | None = None
    production: pl.DataFrame | None = None
    inventory: pl.DataFrame | None = None


def planned_for(period: int, *, published: Sheet | None, ground: Ground) -> Planned:
    """The plan of ``period`` that was in force on its first day.

    ``published`` is the plan of record in force then; without one the latest plan snapshot made for that day or before
    stands in; without either nothing was planned.
    """
    if published is not None:
        of_period = {name: published.table(name).filter(pl.col("period") == period) for name in MEASURES}
        return Planned(source="published", **of_period)
    start = ground.frame.calendar[period].start
    rows = ground.facts("plan_snapshots").filter((pl.col("period") == start) & (pl.col("cycle") <= start))
    if not len(rows):
        return Planned(source="")
    rows = rows.filter(pl.col("cycle") == rows["cycle"].max()).sort("measure", "item", "place")
    return Planned(
        source="snapshot",
        sales=_sales(rows.filter(pl.col("measure") == "sales"), ground),
        production=_cells(rows.filter(pl.col("measure") == "production")),
        inventory=_cells(rows.filter(pl.col("measure") == "inventory")),
    )


def _sales(rows: pl.DataFrame, ground: Ground) -> pl.DataFrame | None:
    if not len(rows):
        return None
    lines = rows.select("item", pl.col("place").alias("customer"), "quantity")
    streams = with_stream(lines, company=ground.company, as_of=ground.as_of)
    return streams.select("stream", "item", "division", "quantity")


def _cells(rows: pl.DataFrame) -> pl.DataFrame | None:
    return rows.select("item", pl.col("place").alias("site"), "quantity") if len(rows) else None
