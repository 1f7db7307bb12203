"""Orders since the freeze that break a month: what is missing, of what, and when the plan brings it."""

import numpy as np
import polars as pl
import pytest

from onenumber.model.axis import Axis
from onenumber.model.cube import Cube
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.broken import Broken, broken_months
from onenumber.review.since import SINCE

FIRST = 4
ITEMS = ("A", "B")
MADE = [[0.0, 50, 0, 50], [10, 10, 10, 10]]
PLANNED = [[20.0, 20, 20, 20], [10, 10, 10, 10]]
BOOKED = [[15.0, 10, 0, 0], [10, 0, 0, 0]]


def _cube(name: str, values: list[list[float]]) -> Cube:
    axis = Axis("key", np.array(ITEMS), {"item": np.array(ITEMS)})
    units = np.array(["pcs", "pcs"])
    return Cube(name, np.array(values, dtype=float), np.zeros((2, 4), dtype=np.uint8), axis, FIRST, units)


NONE = np.zeros((2, 4)).tolist()
PLAN = Sheet(
    kind=SheetKind.SUPPLY_PLAN,
    cubes={
        "production": _cube("production", MADE), "purchases": _cube("purchases", NONE), "used": _cube("used", NONE),
        "demand": _cube("demand", PLANNED),
    },
)  # fmt: skip
HISTORY = Sheet(
    kind=SheetKind.HISTORY,
    cubes={"booked": _cube("booked", BOOKED)},
    tables={"backlog": pl.DataFrame({"item": ["A"], "open": [5.0]})},
)
COUNTS = pl.DataFrame({"item": ["A", "B"], "site": "P", "date": [1, 1], "status": "free", "quantity": [30.0, 5.0]})
LOAD = {"stock": COUNTS}


def _since(*rows: tuple[str, int, str, float]) -> pl.DataFrame:
    made = [
        {"order": f"N{k}", "line": 1, "kind": "new", "period": FIRST + month, "quantity": quantity, "item": item,
         "stream": f"{item}|{who}", "planning_customer": who}
        for k, (item, month, who, quantity) in enumerate(rows)
    ]  # fmt: skip
    return pl.DataFrame([{name: row.get(name) for name in SINCE} for row in made], schema=SINCE)


def _broken(*rows: tuple[str, int, str, float]) -> tuple[Broken, ...]:
    return broken_months(_since(*rows), plan=PLAN, history=HISTORY, load=LOAD, first=FIRST)


@pytest.mark.parametrize(
    "rows",
    [
        (("A", 0, "alpha", 4.0),),  # 30 - 5 - 15 are free
        (("A", 1, "alpha", 40.0),),  # the receipt of the second month covers it
        (("B", 1, "alpha", 10.0),),  # no more than the plan was made for
        (("A", 0, "alpha", 20.0), ("A", 0, "beta", -15.0)),  # what goes makes room for what comes
        (("A", 9, "alpha", 900.0),),  # beyond the plan
    ],
)
def test_what_is_there_or_was_planned_for_breaks_nothing(rows: tuple[tuple[str, int, str, float], ...]) -> None:
    assert _broken(*rows) == ()


def test_what_is_not_there_in_its_month_is_told_with_who_ordered_and_when_it_comes() -> None:
    (one,) = _broken(("A", 0, "alpha", 12.0), ("A", 0, "beta", 3.0))
    # stock 30 less 5 past due and 15 booked leaves 10 of the 15 that came; 50 come a month later
    assert (one.item, one.period, one.missing, one.booked, one.planned) == ("A", FIRST, 5.0, 30.0, 20.0)
    assert one.covered == FIRST + 1
    assert one.orders == (("N0", "alpha", 12.0), ("N1", "beta", 3.0))


def test_what_no_month_brings_is_told_once_where_it_is_missed_first() -> None:
    (one,) = _broken(("B", 1, "alpha", 100.0))
    # 5 + 20 - 10 booked leaves 15; what is still missing later is the same and no second break
    assert (one.period, one.missing, one.covered) == (FIRST + 1, 85.0, None)


def test_a_later_month_counts_only_with_what_is_missing_beyond_the_first() -> None:
    (one,) = _broken(("A", 0, "alpha", 12.0), ("A", 1, "gamma", 60.0))[1:]
    assert (one.period, one.missing, one.orders) == (FIRST + 1, 20.0, (("N1", "gamma", 60.0),))


def test_what_is_asked_for_by_a_month_that_is_over_is_asked_for_now() -> None:
    (one,) = _broken(("A", -1, "alpha", 12.0))
    assert (one.period, one.missing) == (FIRST, 2.0)
