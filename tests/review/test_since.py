"""Orders since the freeze: what comes, moves and goes, against what a cycle froze."""

import datetime as dt
from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onenumber.model.period import Calendar
from onenumber.review.since import masters_since, orders_since
from tests import tiny

CALENDAR = Calendar.months(start=tiny.FIRST, periods=60)
MAY = CALENDAR.labelled("2026-05").index
COMPANY = {name: table for name, table in tiny.tables().items() if name != "order_lines"}
BASE: Mapping[str, object] = {
    "order": "O1", "line": 1, "customer": "alpha", "item": "A1", "quantity": 10.0, "unit": "pcs", "status": "open",
    "ordered": dt.date(2026, 4, 20), "requested": dt.date(2026, 6, 10),
}  # fmt: skip


def _lines(*rows: Mapping[str, object]) -> dict[str, pl.DataFrame]:
    return {"order_lines": tiny.table("order_lines", [{**BASE, **row} for row in rows])}


def _since(frozen: dict[str, pl.DataFrame], now: dict[str, pl.DataFrame]) -> list[tuple[object, ...]]:
    found = orders_since(frozen=frozen, now=now, company=COMPANY, calendar=CALENDAR, cycle=MAY)
    return found.with_columns(pl.col("period") - MAY).select("kind", "order", "stream", "period", "quantity").rows()


def test_what_stands_as_it_was_is_no_news() -> None:
    assert _since(_lines({}), _lines({"status": "shipped", "last_confirmed": dt.date(2026, 6, 20)})) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (({}, {"order": "O2", "item": "B1"}), [("new", "O2", "B1|alpha", 1, 10.0)]),
        (({"quantity": 4.0},), [("changed", "O1", "A1|alpha", 1, -10.0), ("changed", "O1", "A1|alpha", 1, 4.0)]),
        (
            ({"requested": dt.date(2026, 7, 1)},),
            [("changed", "O1", "A1|alpha", 1, -10.0), ("changed", "O1", "A1|alpha", 2, 10.0)],
        ),
        (({"status": "cancelled", "cancelled_by": "customer"},), [("cancelled", "O1", "A1|alpha", 1, -10.0)]),
        (({"status": "cancelled", "cancelled_by": "us"},), []),  # what we cancelled was demand
        (({}, {"order": "R1", "quantity": -3.0}), []),  # a return is none
        (({}, {"order": "O2", "requested": dt.date(2040, 1, 1)}), [("new", "O2", "A1|alpha", -1 - MAY, 10.0)]),
    ],
)
def test_what_came_moved_or_went(now: tuple[Mapping[str, object], ...], said: list[tuple[object, ...]]) -> None:
    assert _since(_lines({}), _lines(*now)) == said


def test_an_item_and_a_customer_that_came_since_have_their_place() -> None:
    newer = dict(COMPANY)
    newer["items"] = pl.concat([newer["items"], newer["items"].head(1).with_columns(item=pl.lit("A9"))])
    newer["customers"] = pl.concat(
        [newer["customers"], newer["customers"].head(1).with_columns(customer=pl.lit("zeta"))]
    )
    more = newer["patch_customers"].head(1).with_columns(customer=pl.lit("zeta"))
    newer["patch_customers"] = pl.concat([newer["patch_customers"], more])
    masters = masters_since(COMPANY, newer)
    found = orders_since(
        frozen=_lines({}), now=_lines({}, {"order": "O2", "item": "A9", "customer": "zeta"}), company=masters,
        calendar=CALENDAR, cycle=MAY,
    )  # fmt: skip
    assert found.select("stream", "division", "patch").rows() == [("A9|zeta", "DA", "Nord")]
    assert masters["items"].head(len(COMPANY["items"])).equals(COMPANY["items"])  # what was frozen stays as it was


LINES = st.dictionaries(
    st.integers(1, 5),
    st.tuples(st.integers(0, 9), st.integers(5, 9), st.sampled_from(["open", "cancelled"])),
    max_size=5,
)


@given(LINES, LINES)
def test_what_was_frozen_and_what_came_since_add_up_to_the_order_book(before: dict, after: dict) -> None:  # type: ignore[type-arg]  # as drawn
    def book(drawn: dict) -> dict[str, pl.DataFrame]:  # type: ignore[type-arg]  # as drawn
        rows = [
            {**BASE, "line": n, "quantity": float(q), "requested": dt.date(2026, m, 3), "status": s,
             "cancelled_by": "customer" if s == "cancelled" else None}
            for n, (q, m, s) in drawn.items()
        ]  # fmt: skip
        return {"order_lines": tiny.table("order_lines", rows)}

    def demand(drawn: dict) -> list[float]:  # type: ignore[type-arg]  # as drawn
        return [sum(q for q, at, s in drawn.values() if at == m and s == "open") for m in range(5, 10)]

    found = orders_since(frozen=book(before), now=book(after), company=COMPANY, calendar=CALENDAR, cycle=MAY)
    moved = [found.filter(period=MAY + k)["quantity"].sum() for k in range(5)]
    assert [a + b for a, b in zip(demand(before), moved, strict=True)] == demand(after)
