"""What a review stands on: master data, facts as they were known, the frame and the cycle."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from onenumber.finance.prices import ItemCosts, costs_of_items
from onenumber.model.axis import Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.cube import Values
from onenumber.model.period import Period
from onenumber.model.plan import PlanFrame
from onenumber.review.naming import Names, name_of, names_in

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Company and Load tables, the plan's frame, and the calendar index of the cycle's first period.

    ``load`` must already be cut to what was known when the cycle opened. ``made`` is what was made of them already.
    """

    company: Tables
    load: Tables
    frame: PlanFrame
    cycle: int
    made: dict[tuple[str, str], Values] = field(init=False, default_factory=dict, compare=False, repr=False)

    def once(self, name: str, axis: Axis, make: Callable[[], Values]) -> Values:
        """What is made once for an axis and then only read: prices and costs, the same for every plan of the cycle."""
        key = (name, axis.hash)
        if key not in self.made:
            values = make()
            values.flags.writeable = False
            self.made[key] = values
        return self.made[key]

    @cached_property
    def costs(self) -> ItemCosts:
        """What a unit of every item costs, from the calendar's first period to the last of the horizon."""
        periods = self.frame.calendar.periods[: self.horizon.stop]
        return costs_of_items(company=self.company, periods=periods, currency=self.frame.currency)

    @cached_property
    def names(self) -> Names:
        """What everything that has a name is called, by kind and key."""
        return names_in(self.company)

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The unit of every item."""
        return dict(table_or_empty(self.company, "items").select("item", "unit").iter_rows())

    @cached_property
    def digits(self) -> Mapping[str, int]:
        """The digits behind the point in which every item is planned."""
        return dict(table_or_empty(self.company, "items").select("item", "decimals").drop_nulls().iter_rows())

    @cached_property
    def windows(self) -> Mapping[str, str]:
        """What every maintenance window is called: its reason, where it has one, and its line."""
        rows = table_or_empty(self.company, "maintenance").select("window", "resource", "reason").iter_rows()
        return {
            window: f"“{reason}” on {name_of('resource', line, self.names)}" if reason
            else f"{window} on {name_of('resource', line, self.names)}"
            for window, line, reason in rows
        }  # fmt: skip

    @property
    def as_of(self) -> dt.date:
        """First day of the cycle's period: master data is taken as of it."""
        return self.frame.calendar[self.cycle].start

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the horizon."""
        return self.frame.calendar.periods[self.horizon.start : self.horizon.stop]

    @property
    def horizon(self) -> range:
        """The calendar indices of the horizon's periods."""
        return range(self.cycle, min(self.cycle + self.frame.horizon, len(self.frame.calendar)))

    @property
    def decimals(self) -> int:
        """Digits of the minor unit of the plan currency."""
        return self.frame.currency_decimals

    def master(self, name: str) -> pl.DataFrame:
        """A Company table; without rows where the company brings none."""
        return table_or_empty(self.company, name)

    def facts(self, name: str) -> pl.DataFrame:
        """A Load table; without rows where the company brings none."""
        return table_or_empty(self.load, name)
