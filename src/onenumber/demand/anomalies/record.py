"""An anomaly, and what it is looked for in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from onenumber.model.cube import Cube, Values
from onenumber.model.finding import Value
from onenumber.model.period import Calendar

Tables = Mapping[str, pl.DataFrame]
RECENT = 24
"""Periods before the cycle in which anomalies are looked for; what is older no longer moves a forecast."""


class Kind(StrEnum):
    """Kinds of anomaly; only the first three are proposed to be cleaned."""

    WRONG_UNIT = "wrong_unit"  # a line of a usual customer times the factor of a unit
    ONE_OFF = "one_off"  # a line many times the usual, after which all is as before
    HIDDEN = "hidden"  # demand that was not placed while there was no stock
    FLAT_PROMOTION = "flat_promotion"  # a promotion that sold nothing more
    NEW_LEVEL = "new_level"  # a customer that buys more, month after month
    SILENT = "silent"  # a customer that stopped ordering


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """One thing unlike the past: where, when, what was, what is usual, and by which deltas it would be corrected.

    ``key`` stays the same when it is found again; ``first`` and ``last`` are calendar indices; ``deltas`` are pairs of
    an index and what would be added to demand, empty where nothing is to be cleaned. ``money`` is what the difference
    is worth, ``surprise`` how many times the usual deviation it is, ``evidence`` what its sentence says. ``unit`` is
    empty where units are unlike.
    """

    key: str
    kind: Kind
    family: str
    item: str = ""
    customer: str = ""
    first: int
    last: int
    actual: float
    usual: float
    unit: str
    money: float
    surprise: float
    deltas: tuple[tuple[int, float], ...] = ()
    evidence: Mapping[str, Value]

    @property
    def score(self) -> float:
        """Money times surprise: what is looked at first."""
        return self.money * self.surprise


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known when the cycle opened: demand, what a unit of each stream brought, order lines, stock, company."""

    demand: Cube
    worth: Values
    load: Tables
    company: Tables
    calendar: Calendar

    @property
    def cycle(self) -> int:
        """The calendar index of the cycle's period, the first without history."""
        return self.demand.first + self.demand.periods

    @property
    def year(self) -> int:
        """How many periods make a year."""
        return self.calendar.periods_a_year

    def sums(self, rows: np.ndarray) -> Values:
        """Demand of some streams together, per period."""
        total: Values = self.demand.values[rows].sum(axis=0)
        return total

    def money(self, rows: np.ndarray) -> float:
        """What a unit of these streams brought on average, weighted by what they sold; 0 where nobody paid."""
        weights = self.demand.values[rows, -RECENT:].sum(axis=1)
        known = np.isfinite(self.worth[rows]) & (weights > 0)
        if not known.any():
            return 0.0
        return float(np.average(self.worth[rows][known], weights=weights[known]))

    def unit(self, rows: np.ndarray) -> str:
        """The unit that these streams share; empty where they share none."""
        units = np.unique(self.demand.units[rows]).tolist()
        return str(units[0]) if len(units) == 1 else ""


def worth_of(demand: Cube, value: Cube) -> Values:
    """What a unit of each stream usually brought in the recent months; NaN where it sold nothing.

    Formula: ``worth[s] = median over t of value[s, t] / demand[s, t]`` over the last :data:`RECENT` periods with
    demand: one line of a mistaken quantity does not move it.
    """
    sold, paid = demand.values[:, -RECENT:], value.values[:, -RECENT:]
    price = np.where(sold > 0, paid / np.where(sold > 0, sold, 1.0), np.nan)
    found, some = np.full(len(price), np.nan), (sold > 0).any(axis=1)
    found[some] = np.nanmedian(price[some], axis=1)
    return found
