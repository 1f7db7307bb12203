"""In which unit the items of a place are added."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Values
from onenumber.steps.see.places import Place

Tables = Mapping[str, pl.DataFrame]


def unit_of(company: Tables, place: Place) -> str | None:
    """The unit that all items of a place share, else the equivalent unit of all its families; None where neither is."""
    items = _items(company, place)
    units = items["unit"].unique().sort().to_list()
    if len(units) == 1:
        return str(units[0])
    equivalents = items["equivalent_unit"].unique().to_list()
    whole = len(equivalents) == 1 and equivalents[0] and not items["equivalent"].null_count()
    return str(equivalents[0]) if whole else None


def units_to(company: Tables, place: Place, axis: Axis, columns: int) -> Values | None:
    """What one unit of each row counts for (rows x columns); None where all items share a unit and it is 1."""
    items = _items(company, place)
    if items["unit"].n_unique() <= 1:
        return None
    known = dict(items.select("item", "equivalent").iter_rows())
    each = np.array([known.get(item) or np.nan for item in axis.attributes["item"].tolist()], dtype=np.float64)
    return np.repeat(each[:, None], columns, axis=1)


def items_in(company: Tables, place: Place) -> Labels:
    """The items of a place, sorted."""
    return np.array(_items(company, place)["item"].sort().to_list(), dtype=np.str_)


def _items(company: Tables, place: Place) -> pl.DataFrame:
    families = company["families"].select("family", "division", "equivalent_unit")
    items = company["items"].filter(pl.col("family").is_not_null() & (pl.col("family") != ""))
    joined = items.join(families, on="family", how="left", maintain_order="left")
    return joined if place.level == "company" else joined.filter(pl.col(place.level) == place.label)
