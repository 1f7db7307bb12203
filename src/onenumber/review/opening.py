"""Forecasts of cycles before OneNumber, from the opening snapshots: what the first cycles are held against."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.demand.streams import stream_axis, with_stream
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State
from onenumber.model.period import Calendar

Tables = Mapping[str, pl.DataFrame]
SALES, BASELINE, BENCHMARK = "L2", "L1", "L0"
DELTAS = ("L3", "L4", "L5")


def opening_sales(rows: pl.DataFrame, *, company: Tables, calendar: Calendar, as_of: dt.date) -> dict[int, Cube]:
    """S of each earlier cycle in ``forecast_snapshots``, by its calendar index, on one stream axis as of ``as_of``.

    S is L2 where a stream has one in that cycle, else L1; the other layers are signed deltas on top. Customers that
    are not planned by name add up in their rest. A period without a row is *none*; what lies outside the calendar is
    left out.
    """
    lines = _lines(rows.filter(pl.col("layer").is_in([SALES, BASELINE])), company, calendar, as_of)
    held = _held(lines)
    axis = stream_axis(held)
    parts = held.partition_by("cycle", as_dict=True)
    return {int(str(key[0])): _cube("S", part, axis, company) for key, part in sorted(parts.items())}


def opening_given(rows: pl.DataFrame, *, company: Tables, calendar: Calendar, as_of: dt.date) -> dict[int, set[str]]:
    """The patches that gave a figure of their own (L2) in each earlier cycle, by its calendar index."""
    typed = _lines(rows.filter(layer=SALES), company, calendar, as_of).partition_by("cycle", as_dict=True)
    return {int(str(key[0])): set(stream_axis(part).labels("patch").tolist()) for key, part in typed.items()}


def opening_layers(
    rows: pl.DataFrame, *, cycle: int, company: Tables, calendar: Calendar, as_of: dt.date
) -> dict[str, Cube]:
    """What one earlier cycle forecast, by layer: L0, L1, S and the consensus, each where it was brought.

    S is as in :func:`opening_sales`. The consensus is S with L3 to L5; it is not known where none of them was brought.
    """
    lines = _lines(rows.filter(_index(rows["cycle"], calendar) == cycle), company, calendar, as_of)
    if not len(lines):
        return {}
    sales, deltas = _held(lines), lines.filter(pl.col("layer").is_in(DELTAS))
    on_top = deltas.join(sales.select("stream", "period"), on=["stream", "period"], how="semi")
    found = {
        "L0": lines.filter(layer=BENCHMARK), "L1": lines.filter(layer=BASELINE), "S": sales,
        "consensus": pl.concat([sales, on_top]) if len(deltas) else sales.clear(),
    }  # fmt: skip
    axis = stream_axis(lines)
    return {name: _cube(name, part, axis, company) for name, part in found.items() if len(part)}


def _lines(rows: pl.DataFrame, company: Tables, calendar: Calendar, as_of: dt.date) -> pl.DataFrame:
    """Rows inside the calendar, with their stream and the indices of their cycle and period."""
    dated = rows.with_columns(_index(rows["cycle"], calendar), _index(rows["period"], calendar))
    inside = dated.filter((pl.col("cycle") >= 0) & (pl.col("period") >= 0))
    return with_stream(inside, company=company, as_of=as_of)


def _held(lines: pl.DataFrame) -> pl.DataFrame:
    """The sales figure: L2 where a stream has one in its cycle, else L1."""
    typed = lines.filter(layer=SALES).select("cycle", "stream").unique()
    rest = lines.filter(layer=BASELINE).join(typed, on=["cycle", "stream"], how="anti")
    return pl.concat([lines.filter(layer=SALES), rest])


def _index(days: pl.Series, calendar: Calendar) -> pl.Series:
    return pl.Series(days.name, calendar.indices(days.to_numpy().astype("datetime64[D]")))


def _cube(name: str, rows: pl.DataFrame, axis: Axis, company: Tables) -> Cube:
    period = rows["period"].to_numpy()
    first, count = int(period.min()), int(period.max() - period.min()) + 1
    at = axis.rows(rows["stream"].to_list()), period - first
    values, state = np.zeros((len(axis), count)), np.full((len(axis), count), State.NONE, dtype=np.uint8)
    np.add.at(values, at, rows["quantity"].to_numpy())
    state[at] = State.PRESENT
    unit_of = dict(company["items"].select("item", "unit").iter_rows())
    units = np.array([unit_of[item] for item in axis.attributes["item"].tolist()], dtype=np.str_)
    return Cube(name, values, state, axis, first, units)
