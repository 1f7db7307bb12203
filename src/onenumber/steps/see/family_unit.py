"""In which unit the items of a place are added."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.model.axis import Axis
from onenumber.model.cube import Values
from onenumber.steps.frame.unit_values import Master
from onenumber.steps.see.places import COMPANY, CUSTOMER, Place

KEPT = 256
"""Places kept at hand in a process: about those of two cycles of one company."""


@lru_cache(maxsize=KEPT)
def unit_of(master: Master, place: Place) -> str | None:
    """The unit that all items of a place share, else the equivalent unit of all its families; None where neither is."""
    items = items_in(master, place)
    units = items["unit"].unique().sort().to_list()
    if len(units) == 1:
        return str(units[0])
    equivalents = items["equivalent_unit"].unique().to_list()
    whole = len(equivalents) == 1 and equivalents[0] and not items["equivalent"].null_count()
    return str(equivalents[0]) if whole else None


def units_to(master: Master, place: Place, axis: Axis, columns: int) -> Values | None:
    """What one unit of each row counts for (rows x columns); None where all items share a unit and it is 1."""
    known = _equivalents(master, place)
    if known is None:
        return None
    each = np.array([known.get(item) or np.nan for item in axis.attributes["item"].tolist()], dtype=np.float64)
    return np.repeat(each[:, None], columns, axis=1)


@lru_cache(maxsize=KEPT)
def _equivalents(master: Master, place: Place) -> Mapping[str, float | None] | None:
    """What one of each item of a place counts for; None where all share a unit.

    A planning customer may have been planned something that he does not buy today: it counts if its unit is known. So
    may a place of which the person sees a part.
    """
    items = items_in(master, place)
    alike = items["unit"].n_unique() <= 1
    if place.level != CUSTOMER and not place.items:
        return None if alike else dict(items.select("item", "equivalent").iter_rows())
    unit, counts = (pl.col("unit"), pl.lit(1.0)) if alike else (pl.col("equivalent_unit"), pl.col("equivalent"))
    worth = pl.when(unit == unit_of(master, place)).then(counts)
    everything = items_in(master, Place(key=COMPANY, level=COMPANY, label="", name=""))
    return dict(everything.select("item", worth).iter_rows())


def items_in(master: Master, place: Place) -> pl.DataFrame:
    """The items of a place with the equivalent unit of their family; what belongs to no family is in none."""
    families = master.tables["families"].select("family", "division", "equivalent_unit")
    items = master.tables["items"].filter(pl.col("family").is_not_null() & (pl.col("family") != ""))
    joined = items.join(families, on="family", how="left", maintain_order="left")
    if place.level == CUSTOMER or place.items:
        return joined.filter(pl.col("item").is_in(place.items))
    return joined if place.level == COMPANY else joined.filter(pl.col(place.level) == place.label)
