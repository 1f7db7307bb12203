"""What was recorded of past periods for a family page: stock at their ends and what was made in them, per item-site."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State
from onenumber.model.plan import PlanFrame
from onenumber.review.actuals import made, stock_at_end
from onenumber.review.ground import Ground
from onenumber.steps.frame.unit_values import KEPT, Master, Tables

NAMES = ("item", "site", "family", "division")


@lru_cache(maxsize=KEPT)
def recorded(company: Master, facts: Master, frame: PlanFrame, first: int, cycle: int) -> Mapping[str, Cube]:
    """Cubes of the periods [first, cycle), by name, worked out once: both sheets never change.

    A period in which nothing was recorded is not computed; a cube of which nothing is known is left out.
    """
    ground = Ground(company=company.tables, load=facts.tables, frame=frame, cycle=cycle)
    past = range(first, cycle)
    tables = {
        "stock_actual": {k: stock_at_end(ground, period=k) for k in past},
        "supply_actual": {k: table for k in past if (table := made(ground, period=k)) is not None},
    }
    cubes = {name: _cube(company.tables, by_period, past) for name, by_period in tables.items()}
    return {name: cube for name, cube in cubes.items() if cube is not None}


def _cube(company: Tables, tables: Mapping[int, pl.DataFrame], past: range) -> Cube | None:
    families = company["families"].select("family", "division")
    items = company["items"].select("item", "family", "unit").join(families, on="family", how="left")
    rows = [table.with_columns(pl.lit(k, dtype=pl.Int64).alias("period")) for k, table in tables.items() if len(table)]
    if not rows:
        return None
    found = pl.concat(rows).join(items, on="item", how="left").with_columns(pl.col(*NAMES, "unit").fill_null(""))
    keyed = found.with_columns((pl.col("item") + "|" + pl.col("site")).alias("key"))
    labels = keyed.unique("key").sort("key")
    keys, units = (np.array(labels[name].to_list(), dtype=np.str_) for name in ("key", "unit"))
    axis = Axis("cell", keys, {name: np.array(labels[name].to_list(), dtype=np.str_) for name in NAMES})
    values = np.zeros((len(axis), len(past)))
    at, column = axis.rows(keyed["key"].to_list()), keyed["period"].to_numpy() - past.start
    np.add.at(values, (at, column), keyed["quantity"].to_numpy())
    state = np.full(values.shape, State.NOT_COMPUTED, dtype=np.uint8)
    state[:, np.unique(column)] = State.PRESENT
    for part in (values, state):
        part.setflags(write=False)
    return Cube("recorded", values, state, axis, past.start, units)
