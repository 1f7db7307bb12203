"""What a family page looks at, in which measure, and through whose eyes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.finance.prices import item_costs, stream_prices
from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Values
from onenumber.model.period import Period
from onenumber.review.ground import Ground

MONTHS_BACK = 3
Flags = npt.NDArray[np.bool_]


class Level(StrEnum):
    """Levels that have a family page."""

    COMPANY = "company"
    DIVISION = "division"
    FAMILY = "family"


class Measure(StrEnum):
    """What the page counts in."""

    UNITS = "units"
    MONEY = "money"


def everything(axis: Axis) -> Flags:
    """The eyes of somebody who sees every leaf of an axis.

    Example:
        >>> everything(Axis("item", np.array(["A", "B"]), {})).tolist()
        [True, True]
    """
    return np.ones(len(axis), dtype=np.bool_)


@dataclass(frozen=True)
class Lens:
    """A place (level and label; the company has none), a measure, and which leaves of an axis the reader may see."""

    ground: Ground
    level: Level
    label: str = ""
    measure: Measure = Measure.UNITS
    sees: Callable[[Axis], Flags] = everything

    @cached_property
    def periods(self) -> Sequence[Period]:
        """The columns: three periods back, now, the horizon, as far as the calendar reaches back."""
        ground = self.ground
        first = max(ground.cycle - MONTHS_BACK, 0)
        return ground.frame.calendar.periods[first : ground.cycle + ground.frame.horizon]

    @property
    def first(self) -> int:
        """Calendar index of the first column."""
        return self.periods[0].index

    @property
    def past(self) -> range:
        """Calendar indices of the periods that are over."""
        return range(self.first, self.ground.cycle)

    @cached_property
    def items(self) -> pl.DataFrame:
        """The items of the place: item, unit, equivalent, equivalent_unit. A material belongs to no family."""
        company = self.ground.company
        items = company["items"].filter(pl.col("family").is_not_null())
        items = items.join(company["families"].drop("name"), on="family", how="left", maintain_order="left")
        if self.level is not Level.COMPANY:
            items = items.filter(pl.col(self.level.value) == self.label)
        return items.select("item", "unit", "equivalent", "equivalent_unit").sort("item")

    @cached_property
    def unit(self) -> str | None:
        """What the page's quantities are in: the one unit, the equivalent unit, or the currency; None: unlike units.

        Unlike units are only added through the equivalent unit, and only where every item has its factor.
        """
        if self.measure is Measure.MONEY:
            return self.ground.frame.currency
        units = self.items["unit"].unique().to_list()
        if len(units) <= 1:
            return units[0] if units else ""
        shared = self.items["equivalent_unit"].unique().to_list()
        whole = self.items["equivalent"].null_count() == 0
        return shared[0] if whole and len(shared) == 1 else None

    @cached_property
    def alike(self) -> bool:
        """Whether every item of the place is counted in one unit."""
        return self.items["unit"].n_unique() <= 1

    def rows(self, axis: Axis) -> npt.NDArray[np.int64]:
        """Rows of an axis that lie in the place and are the reader's to see."""
        inside = np.isin(axis.attributes["item"], np.array(self.items["item"].to_list(), dtype=np.str_))
        return np.flatnonzero(inside & self.sees(axis)).astype(np.int64)

    def weights(self, axis: Axis) -> Values:
        """What one unit counts per row of an axis and column: 1, its equivalent, its price or its standard cost.

        Streams count at their price, cells at their standard cost; NaN where it is not known.
        """
        if self.measure is Measure.MONEY and axis.kind == "stream":
            ground = self.ground
            return stream_prices(
                company=ground.company, axis=axis, periods=self.periods, currency=ground.frame.currency
            )
        return self.item_weights(axis.attributes["item"])

    def item_weights(self, items: Labels) -> Values:
        """What one unit of each item counts per column; in money its standard cost."""
        ground = self.ground
        if self.measure is Measure.MONEY:
            return item_costs(company=ground.company, items=items, periods=self.periods, currency=ground.frame.currency)
        if self.alike:
            return np.ones((len(items), len(self.periods)))
        factors = dict(self.items.select("item", "equivalent").iter_rows())
        one = np.array([factors[item] for item in items.tolist()], dtype=np.float64)
        return np.repeat(one[:, None], len(self.periods), axis=1)
