"""Recorded corrections of history: what was demand that never was, and demand that was hidden."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.demand.streams import with_stream
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State
from onenumber.model.period import Calendar

Tables = Mapping[str, pl.DataFrame]
SCHEMA = {
    "adjustment": pl.String, "stream": pl.String, "item": pl.String, "period": pl.Int64, "delta": pl.Float64,
    "reason": pl.String, "person": pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleansed:
    """Demand after the corrections, one row of ``applied`` per correction and stream, and how many found no stream.

    ``below_zero`` counts cells that a correction would have taken below zero; they stand at zero.
    """

    demand: Cube
    applied: pl.DataFrame
    not_applied: int
    below_zero: int


def cleanse(raw: Cube, rows: pl.DataFrame | None, *, company: Tables, calendar: Calendar, as_of: dt.date) -> Cleansed:
    """Raw demand plus the recorded corrections (the table ``history_adjustments``), never below zero.

    Formula: ``demand[s, t] = max(0, raw[s, t] + sum of deltas of s in t)``, in units of the stream; axes as ``raw``.
    A correction without a customer is spread over the streams of its item by their raw demand in the period; where
    that is zero, by their raw demand in all periods. A stream is present from its first order or correction on. A
    period whose orders are *missing* stays so: a correction of it has nothing to correct, and is not applied.
    """
    if rows is None or not len(rows):
        return Cleansed(demand=raw.rename("demand"), applied=pl.DataFrame(schema=SCHEMA), not_applied=0, below_zero=0)
    days = rows["period"].to_numpy().astype("datetime64[D]")
    dated = rows.with_columns(pl.Series("period", calendar.indices(days)))
    missing = np.all(raw.state == State.MISSING, axis=0)
    known = [k for k, gone in zip(raw.indices, missing.tolist(), strict=True) if not gone]
    inside = dated.filter(pl.col("period").is_in(known))
    own = with_stream(inside.filter(pl.col("customer").is_not_null()), company=company, as_of=as_of)
    shared = _spread(inside.filter(pl.col("customer").is_null()), raw)
    both = pl.concat([own.select(*SCHEMA), shared.select(*SCHEMA)])
    applied = both.filter(pl.Series(raw.axis.find(both["stream"].to_list()) >= 0)).sort("adjustment", "stream")
    demand, below_zero = _added(raw, applied)
    missed = len(rows) - applied["adjustment"].n_unique()
    return Cleansed(demand=demand, applied=applied, not_applied=missed, below_zero=below_zero)


def _spread(rows: pl.DataFrame, raw: Cube) -> pl.DataFrame:
    """A row per correction and stream of its item, with the stream's share of the delta."""
    streams = pl.DataFrame({"item": raw.axis.attributes["item"], "stream": raw.axis.keys})
    pairs = rows.join(streams, on="item", maintain_order="left_right")
    at = raw.axis.rows(pairs["stream"].to_list())
    now = raw.values[at, pairs["period"].to_numpy() - raw.first]
    pairs = pairs.with_columns(pl.Series("now", now), pl.Series("ever", raw.values.sum(axis=1)[at]))
    weight = pl.when(pl.col("now").sum().over("adjustment") > 0).then("now").otherwise("ever")
    share = weight / weight.sum().over("adjustment")
    return pairs.with_columns(pl.col("delta") * share).filter(pl.col("delta").is_finite() & (pl.col("delta") != 0))


def _added(raw: Cube, applied: pl.DataFrame) -> tuple[Cube, int]:
    at = _rows(raw.axis, applied), applied["period"].to_numpy() - raw.first
    values = raw.values.copy()
    np.add.at(values, at, applied["delta"].to_numpy())
    touched = raw.state == State.PRESENT
    touched[at] = True
    begun = np.logical_or.accumulate(touched, axis=1)
    state = np.where(begun & (raw.state == State.NONE), State.PRESENT, raw.state).astype(np.uint8)
    return Cube("demand", np.maximum(values, 0.0), state, raw.axis, raw.first, raw.units), int((values < 0).sum())


def _rows(axis: Axis, applied: pl.DataFrame) -> np.ndarray:
    return axis.rows(applied["stream"].to_list())
