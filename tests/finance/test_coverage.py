"""Coverage of value by prices and costs."""

import datetime as dt

import numpy as np
import pytest

from onenumber.finance.coverage import value_coverage
from onenumber.model.axis import Axis
from onenumber.model.cube import cube
from onenumber.model.period import Calendar
from tests import tiny

CALENDAR = Calendar.months(start=dt.date(2026, 1, 1), periods=24)
AXIS = Axis(
    "stream", np.array(["A1|x", "B1|x", "Z|x"]),
    {"item": np.array(["A1", "B1", "Z"]), "channel": np.array(["shop"] * 3), "planning_customer": np.array(["x"] * 3)},
)  # fmt: skip
FOREVER = {"valid_from": None, "valid_to": None}
PRICES = tiny.table("prices", [{"item": i, "price": 2.0, "currency": "EUR", **FOREVER} for i in ("A1", "B1")])
COSTS = tiny.table("costs", [{"item": "A1", "standard_cost": 1.0, "currency": "EUR", **FOREVER}])


def covered(values: list[list[float]], year: int = 12, **company: object) -> float | None:
    value = cube(measure="demand_value", values=np.array(values), axis=AXIS, first=0, unit="EUR")
    return value_coverage(value=value, company=company, period=CALENDAR[2], year=year, currency="EUR")


def test_a_stream_counts_if_it_is_priced_and_costed() -> None:
    values = [[0.0, 60.0], [0.0, 30.0], [0.0, 10.0]]
    assert covered(values, prices=PRICES) == pytest.approx(0.9)
    assert covered(values, prices=PRICES, costs=COSTS) == pytest.approx(0.6)


def test_only_the_last_year_counts() -> None:
    assert covered([[0.0, 60.0], [0.0, 40.0], [900.0, 0.0]], year=1, prices=PRICES) == 1.0


def test_without_prices_costs_or_sales_it_is_not_known() -> None:
    assert covered([[0.0, 60.0], [0.0, 30.0], [0.0, 10.0]]) is None
    assert covered([[0.0, 0.0], [0.0, 0.0], [0.0, -10.0]], prices=PRICES) is None
