"""Prices of dated rows in plan currency."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.rates import PLAN, rates_on
from onenumber.supply.horizon import Floats, Horizon, Ints

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRates:
    """Plan currency for one unit of each currency in each period, (currencies x periods); the last row is unknown."""

    place: Mapping[str, int]
    rate: Floats

    def of(self, currency: pl.Series, row: Ints, t: Ints | int) -> Floats:
        """The rate of the currency in each row and period; NaN where none is known."""
        at = np.array([self.place.get(name, -1) for name in currency.to_list()], dtype=np.int64)
        found: Floats = self.rate[at[row], t]
        return found


def plan_rates(company: Tables, *, horizon: Horizon, currency: str) -> PlanRates:
    """The rates of the plan's rate set in the periods of a plan whose own currency is ``currency``.

    Example:
        >>> import datetime as dt
        >>> from onenumber.model.period import Calendar
        >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=0, count=1)
        >>> plan_rates({}, horizon=h, currency="EUR").of(pl.Series(["EUR", "CHF"]), np.array([0, 1]), 0).tolist()
        [1.0, nan]
    """
    rows = rates_on(company, days=[p.start for p in horizon.periods], rate_set=PLAN, currency=currency)
    names = rows["currency"].to_list()
    place = {name: number for number, name in enumerate(dict.fromkeys(names))}
    rate = np.full((len(place) + 1, horizon.count), np.nan)
    rate[[place[name] for name in names], rows["t"].to_numpy()] = rows["rate"].to_numpy()
    return PlanRates(place=place, rate=rate)
