"""Prices and costs of a company's master data, worked out once in a process: the sheet they stand in never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.finance.prices import item_costs, stream_prices
from onenumber.finance.valuation import value_cells
from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Cube, Values
from onenumber.model.money import in_currency
from onenumber.model.period import Period
from onenumber.model.plan import PlanFrame

KEPT = 16
Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, eq=False)
class Master:
    """A company's tables, known by the content hash of their sheet."""

    content: str
    tables: Tables

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Master) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)


@lru_cache(maxsize=KEPT)
def prices(master: Master, axis: Axis, periods: tuple[Period, ...], currency: str) -> Values:
    """Price of a unit per stream and period; see :func:`onenumber.finance.prices.stream_prices`."""
    return _frozen(stream_prices(company=master.tables, axis=axis, periods=periods, currency=currency))


def worth_by(level: str, cube: Cube, master: Master, frame: PlanFrame) -> dict[str, float]:
    """What a cube is worth by label of a level, in currency; without the labels of which nothing has a price."""
    price = prices(master, cube.axis, tuple(frame.calendar[k] for k in cube.indices), frame.currency)
    money = value_cells(cube, price, decimals=frame.currency_decimals)
    labels, codes = cube.axis.groups(level)
    totals = np.bincount(codes, weights=money.minor.sum(axis=1), minlength=len(labels))
    known = np.bincount(codes, weights=money.known.any(axis=1), minlength=len(labels)) > 0
    return {
        label: in_currency(int(total), decimals=frame.currency_decimals)
        for label, total, there in zip(labels.tolist(), totals.tolist(), known.tolist(), strict=True)
        if there
    }


def costs(master: Master, items: Labels, periods: tuple[Period, ...], currency: str) -> Values:
    """Standard cost of a unit per item and period, in the order of ``items``; NaN where it is not known."""
    known, table = _all_costs(master, periods, currency)
    at = np.minimum(np.searchsorted(known, items), len(known) - 1)
    found: Values = np.where((known[at] == items)[:, None], table[at], np.nan)
    return found


@lru_cache(maxsize=KEPT)
def _all_costs(master: Master, periods: tuple[Period, ...], currency: str) -> tuple[Labels, Values]:
    items = np.array(master.tables["items"]["item"].sort().to_list(), dtype=np.str_)
    return items, _frozen(item_costs(company=master.tables, items=items, periods=periods, currency=currency))


def _frozen(values: Values) -> Values:
    values.setflags(write=False)
    return values
