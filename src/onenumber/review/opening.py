"""Sales figures of cycles before OneNumber, from the opening snapshots: what the first cycles are held against."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.demand.streams import stream_axis, with_stream
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State
from onenumber.model.period import Calendar

Tables = Mapping[str, pl.DataFrame]
SALES, BASELINE = "L2", "L1"


def opening_sales(rows: pl.DataFrame, *, company: Tables, calendar: Calendar, as_of: dt.date) -> dict[int, Cube]:
    """S of each earlier cycle in ``forecast_snapshots``, by its calendar index, on one stream axis as of ``as_of``.

    S is L2 where a stream has one in that cycle, else L1; the other layers are signed deltas on top. Customers that
    are not planned by name add up in their rest. A period without a row is *none*; what lies outside the calendar is
    left out.
    """
    dated = rows.with_columns(_index(rows["cycle"], calendar), _index(rows["period"], calendar))
    inside = dated.filter((pl.col("cycle") >= 0) & (pl.col("period") >= 0) & pl.col("layer").is_in([SALES, BASELINE]))
    lines = with_stream(inside, company=company, as_of=as_of)
    typed = lines.filter(layer=SALES).select("cycle", "stream").unique()
    rest = lines.filter(layer=BASELINE).join(typed, on=["cycle", "stream"], how="anti")
    held = pl.concat([lines.filter(layer=SALES), rest])
    axis = stream_axis(held)
    parts = held.partition_by("cycle", as_dict=True)
    return {int(str(key[0])): _cube(part, axis, company) for key, part in sorted(parts.items())}


def _index(days: pl.Series, calendar: Calendar) -> pl.Series:
    return pl.Series(days.name, calendar.indices(days.to_numpy().astype("datetime64[D]")))


def _cube(rows: pl.DataFrame, axis: Axis, company: Tables) -> Cube:
    period = rows["period"].to_numpy()
    first, count = int(period.min()), int(period.max() - period.min()) + 1
    at = axis.rows(rows["stream"].to_list()), period - first
    values, state = np.zeros((len(axis), count)), np.full((len(axis), count), State.NONE, dtype=np.uint8)
    np.add.at(values, at, rows["quantity"].to_numpy())
    state[at] = State.PRESENT
    unit_of = dict(company["items"].select("item", "unit").iter_rows())
    units = np.array([unit_of[item] for item in axis.attributes["item"].tolist()], dtype=np.str_)
    return Cube("S", values, state, axis, first, units)
